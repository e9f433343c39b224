"""RSS and Atom feeds."""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import feedparser

from monitor.reader.dates import find_date, local_day
from spiders.watches.markup import is_utf8, words
from spiders.watches.page import MOST, Listed, Page, UnreadableError
from store.addresses import absolute
from store.items import Entry

LONGEST_SUMMARY = 2000
LARGEST = 2 * 1024 * 1024  # bytes of a feed without the articles in it; what follows is older
_IMPOSSIBLE = re.compile(rb"&#(?:\d{7,}|[xX][0-9a-fA-F]{6,});?")  # letters that no alphabet has
FULL_TEXTS = (b"content:encoded", b"media:group", b"media:content")


def read(page: Page) -> Listed:
    """The entries of a feed. Raises UnreadableError where there is no feed."""
    content = _IMPOSSIBLE.sub(b"", _without_full_texts(page.content)[:LARGEST])
    # feedparser believes a header more than the file; what is UTF-8 is that, whatever either of them says.
    content_type = "application/xml; charset=utf-8" if is_utf8(page.content) else page.content_type
    headers = {"content-type": content_type, "content-location": page.url}
    try:
        # A stream, since feedparser takes bytes for a file name or an address.
        parsed = feedparser.parse(BytesIO(content), response_headers=headers)
    except Exception as error:  # what feedparser raises on broken feeds is not documented
        raise UnreadableError(page, "a feed (RSS or Atom)") from error
    if not parsed.get("version") and not parsed.entries:
        raise UnreadableError(page, "a feed (RSS or Atom)")
    return Listed(entries=tuple(_entries(parsed.entries[:MOST], page.url)))


def _entries(parsed: list[Any], base: str) -> Iterator[Entry]:
    for entry in parsed:
        url = absolute(entry.get("link") or entry.get("id") or "", base)
        if url is None:
            continue
        yield Entry(
            url=url,
            title=words(entry.get("title", "")),
            summary=words(entry.get("summary", ""))[:LONGEST_SUMMARY],
            section=words(", ".join(tag["term"] for tag in entry.get("tags", ()) if tag.get("term"))),
            published=_published(entry),
            published_text=words(_first(entry, "published", "updated")),
        )


def _published(entry: Any) -> date | None:
    moment = _first(entry, "published_parsed", "updated_parsed")
    if moment is not None:
        try:
            return local_day(datetime.fromtimestamp(timegm(moment), tz=UTC))
        except (ValueError, OverflowError):
            pass
    return find_date(_first(entry, "published", "updated") or "")


def _first(entry: Any, *names: str) -> Any:
    """The first field that is there, without feedparser's own stand-ins, which warn."""
    return next((value for name in names if (value := dict.get(entry, name))), None)


def _without_full_texts(content: bytes) -> bytes:
    """The feed without the articles in it: they are fetched on their own, and cleaning them takes seconds."""
    for tag in FULL_TEXTS:
        start, end = b"<" + tag, b"</" + tag + b">"
        kept, rest = [], content
        while (at := rest.find(start)) >= 0 and (until := rest.find(end, at)) >= 0:
            kept.append(rest[:at])
            rest = rest[until + len(end) :]
        content = b"".join([*kept, rest])
    return content
