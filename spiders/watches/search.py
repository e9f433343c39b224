"""Searches and other interfaces that answer in JSON: gob.pe, WordPress, El Peruano and their like."""

from __future__ import annotations

import json
import re
from typing import Any

from lxml import etree, html

from monitor.reader.dates import find_date
from spiders.watches.listing import counted_up
from spiders.watches.markup import LONGEST, words
from spiders.watches.page import MOST, Listed, Page, UnreadableError, storable
from store.addresses import absolute
from store.items import Entry

LONGEST_SUMMARY = 2000
DEEPEST = 4  # objects around the list of results
LINKS = ("url", "link", "URLFriendLy", "href", "permalink")
TITLES = ("name_with_parent", "title", "vchTitulo", "name", "headline")
SUMMARIES = ("content", "excerpt", "summary", "description", "vchBajada")
DATES = ("publication", "date", "dtmFecha", "published", "published_at", "seendate", "created")
SECTIONS = ("section", "Seccion", "category", "institution")


def read(page: Page) -> Listed:
    """The results of a search. Raises UnreadableError where there is no JSON with a list of results."""
    try:
        answer = json.loads(page.content)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(page, "JSON with results") from error
    results = _results(answer, DEEPEST)
    if results is None:
        raise UnreadableError(page, "JSON with results")
    entries = (_entry(result, page) for result in results[:MOST] if isinstance(result, dict))
    return Listed(entries=tuple(e for e in entries if e is not None), more=counted_up(page.url) if results else ())


def _results(answer: Any, depth: int) -> list[Any] | None:
    """The first list that holds results; an empty one where there is no other."""
    if isinstance(answer, list):
        return answer if not answer or any(isinstance(r, dict) and _first(r, LINKS) for r in answer) else None
    if not isinstance(answer, dict) or depth == 0:
        return None
    named = [answer[name] for name in ("results", "data", "attributes", "articles", "items") if name in answer]
    found = [result for value in named or answer.values() if (result := _results(value, depth - 1)) is not None]
    return next((result for result in found if result), found[0] if found else None)


def _entry(result: dict[str, Any], page: Page) -> Entry | None:
    url = absolute(_address(_first(result, LINKS)), page.url)
    if url is None or (page.links and not re.search(page.links, url)):
        return None
    written = _first(result, DATES)
    return Entry(
        url=url,
        title=words(_first(result, TITLES)),
        summary=words(_first(result, SUMMARIES))[:LONGEST_SUMMARY],
        section=words(_first(result, SECTIONS)),
        published=find_date(written),
        published_text=written,
    )


def _first(result: dict[str, Any], names: tuple[str, ...]) -> str:
    """The first of the fields that is there; WordPress wraps its texts in an object."""
    for name in names:
        value = result.get(name)
        text = value.get("rendered") if isinstance(value, dict) else value
        if isinstance(text, str) and text.strip():
            return storable(text.strip()[:LONGEST])
    return ""


def _address(link: str) -> str:
    """The address of a field that may hold a whole anchor in its place."""
    if "<" not in link:
        return link
    try:
        anchor = html.fragment_fromstring(link, create_parent="div").find(".//a[@href]")
    except (etree.LxmlError, ValueError):
        return ""
    return str(anchor.get("href")) if anchor is not None else ""
