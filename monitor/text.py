"""Bytes to what a reader would read: title, text and date of publication. The only use of trafilatura."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import trafilatura
from dateutil import parser as dates
from lxml import etree
from trafilatura.settings import use_config

HTML_TYPES = ("text/html", "application/xhtml+xml")
PLAIN = "text/plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A capture as read. `published` with `published_reason` (given, metadata), `unreadable` where there is no text."""

    title: str = ""
    text: str = ""
    language: str | None = None
    published: date | None = None
    published_reason: str | None = None
    unreadable: str | None = None


def read_page(content: bytes, content_type: str, given: Mapping[str, Any], fetched: datetime) -> Page:
    """The page behind a capture's bytes; `given` is what a feed or a line of documents said of it."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == PLAIN:
        return _plain(content, given, fetched)
    if kind in HTML_TYPES or _looks_like_html(content):
        return _html(content, given, fetched)
    return Page(title=given.get("title", ""), unreadable=f"not a page: {kind or 'no content type'}")


def _looks_like_html(content: bytes) -> bool:
    return b"<html" in content[:2000].lower() or b"<!doctype html" in content[:200].lower()


def _plain(content: bytes, given: Mapping[str, Any], fetched: datetime) -> Page:
    published, reason = _published(given.get("published"), None, fetched)
    return Page(
        title=given.get("title") or "",
        text=content.decode("utf-8", errors="replace"),
        language=given.get("lang"),
        published=published,
        published_reason=reason,
    )


def _html(content: bytes, given: Mapping[str, Any], fetched: datetime) -> Page:
    config = use_config()
    document = None
    if content.strip():
        document = trafilatura.bare_extraction(
            content,
            config=config,
            date_extraction_params={"original_date": True, "max_date": fetched.date().isoformat()},
            favor_precision=True,
            include_comments=False,
            with_metadata=True,
        )
    if document is None or isinstance(document, dict):
        published, reason = _published(given.get("published"), None, fetched)
        title = given.get("title") or _title(content)
        return Page(title=title, published=published, published_reason=reason, unreadable="no text found on the page")
    title = (document.title or given.get("title") or "").strip()
    published, reason = _published(given.get("published"), document.date, fetched)
    return Page(
        title=title,
        text=_without_title(document.text or "", title),
        language=given.get("lang") or document.language,
        published=published,
        published_reason=reason,
    )


def _title(content: bytes) -> str:
    try:
        tree = etree.fromstring(content, etree.HTMLParser(recover=True))
    except (etree.LxmlError, ValueError):
        return ""
    found = tree.findtext(".//title") if tree is not None else None
    return (found or "").strip()


def _without_title(text: str, title: str) -> str:
    first, _, rest = text.partition("\n")
    return rest if rest and first.strip() == title else text


def _published(given: str | None, metadata: str | None, fetched: datetime) -> tuple[date | None, str | None]:
    """The date of publication and where it comes from; a date after the fetch, in any zone, is no date."""
    for value, reason in ((given, "given"), (metadata, "metadata")):
        day = _day(value)
        if day is not None and day <= fetched.date() + timedelta(days=1):
            return day, reason
    return None, None


def _day(value: str | None) -> date | None:
    if not value:
        return None
    try:
        return dates.isoparse(value).date()
    except ValueError:
        return None
