"""Bytes of any kind to a page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from monitor.text.article import read_article
from monitor.text.markup import decode
from monitor.text.page import Page
from monitor.text.published import choose, given_dates

HTML_TYPES = ("text/html", "application/xhtml+xml")
PLAIN = "text/plain"


def read_page(content: bytes, content_type: str, given: Mapping[str, Any], fetched: datetime, *, url: str = "") -> Page:
    """The page behind the bytes of a capture.

    `given` is what a feed or a line of documents said of it, `url` its address, `fetched` when it was fetched.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if url:
        given = {**given, "url": url}
    if kind == PLAIN:
        return _plain(content, content_type, given, fetched)
    if kind in HTML_TYPES or _looks_like_html(content):
        return read_article(content, content_type, given, fetched)
    return Page(title=given.get("title") or "", unreadable=f"not a page: {kind or 'no content type'}")


def _looks_like_html(content: bytes) -> bool:
    return b"<html" in content[:2000].lower() or b"<!doctype html" in content[:200].lower()


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
