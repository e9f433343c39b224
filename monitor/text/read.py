"""Bytes of any kind to a page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from monitor.papers.apart import read_apart
from monitor.papers.grid import read_csv
from monitor.papers.paper import Paper
from monitor.reader.language import detect_language
from monitor.text.article import read_article
from monitor.text.markup import LARGEST, decode
from monitor.text.page import Page
from monitor.text.published import choose, dates_of_paper, given_dates

HTML_TYPES = ("text/html", "application/xhtml+xml")
PLAIN = "text/plain"
CSV = "text/csv"

_ENOUGH_TO_DETECT = 200
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = {
    "image": "a picture",
    "video": "a video",
    "audio": "a recording",
    "application/json": "data (JSON)",
    "application/msword": "a Word document: save it as PDF and add that with `tratawatch add`",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (
        "a Word document: save it as PDF and add that with `tratawatch add`"
    ),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": (
        "a presentation: save it as PDF and add that with `tratawatch add`"
    ),
    "application/zip": "an archive: open it and add what it holds with `tratawatch add`",
}


def read_page(content: bytes, content_type: str, given: Mapping[str, Any], fetched: datetime, *, url: str = "") -> Page:
    """The page behind the bytes of a capture.

    `given` is what a feed or a line of documents said of it, `url` its address, `fetched` when it was fetched. A PDF or
    a workbook is read in a process of its own (`monitor.papers.apart`), for at most 75 s.
    """
    kind = content_type.partition(";")[0].strip().lower()
    address = url or given.get("url") or ""
    if paper := _paper(content, kind, address):
        return read_paper(paper, given, fetched, address)
    if kind == PLAIN:
        return _plain(content, content_type, given, fetched)
    if kind in HTML_TYPES or _looks_like_html(content):
        return read_article(content, content_type, {**given, "url": address}, fetched)
    published, reason, dates = choose([*given_dates(given)], fetched)
    return Page(
        title=given.get("title") or "",
        published=published,
        published_reason=reason,
        dates=dates,
        unreadable=_no_page(kind),
    )


def read_paper(paper: Paper, given: Mapping[str, Any], fetched: datetime, address: str = "") -> Page:
    """What a paper says as a page: the title and language that fit best, and every date that speaks of it."""
    found = [*given_dates(given), *dates_of_paper(paper, [address] if address else [])]
    published, reason, dates = choose(found, fetched)
    language = detect_language(paper.text) if len(paper.text) >= _ENOUGH_TO_DETECT else None
    return Page(
        title=paper.title or given.get("title") or paper.headline,
        text=paper.text,
        language=given.get("lang") or language,
        published=published,
        published_reason=reason,
        dates=dates,
        pages=paper.pages,
        remark=paper.remark,
        unreadable=paper.unreadable,
    )


def _paper(content: bytes, kind: str, address: str) -> Paper | None:
    """The paper that the bytes are, whatever their type is said to be; None where they are none."""
    start = content[:1024]
    if b"%PDF-" in start and not _looks_like_html(content):
        return read_apart("pdf", content)
    office = start.startswith(b"PK\x03\x04") and (b"xl/" in content or b"opendocument.spreadsheet" in start)
    if office or (start.startswith(_OLD_OFFICE) and ("excel" in kind or address.lower().endswith(".xls"))):
        return read_apart("workbook", content)
    if kind == CSV or (kind == PLAIN and address.lower().partition("?")[0].endswith(".csv")):
        return read_csv(decode(content[:LARGEST]))
    return None


def _no_page(kind: str) -> str:
    said = _OTHERS.get(kind) or _OTHERS.get(kind.partition("/")[0])
    return f"not a page, but {said}" if said else f"not a page: {kind or 'no content type'}"


def _looks_like_html(content: bytes) -> bool:
    start = content[:2000].lower()
    return b"<html" in start or b"<!doctype html" in start


def _plain(content: bytes, content_type: str, given: Mapping[str, Any], fetched: datetime) -> Page:
    published, reason, dates = choose([*given_dates(given)], fetched)
    return Page(
        title=given.get("title") or "",
        text=decode(content, content_type),
        language=given.get("lang"),
        published=published,
        published_reason=reason,
        dates=dates,
    )
