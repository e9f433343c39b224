"""When an item was published: every date that speaks of it, and the one that is chosen, with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from monitor.papers.paper import Paper
from monitor.reader.dates import find_date
from monitor.reader.language import fold
from monitor.text.clutter import is_date_line
from monitor.text.head import Head
from monitor.text.page import Dated

FIRST_DAY = date(1990, 1, 1)  # no web page is older
AHEAD = timedelta(hours=14)  # where on earth a day begins first

_METADATA = (
    *(
        "article:published_time",
        "og:published_time",
        "article:published",
        "datepublished",
        "date",
        "pubdate",
        "publishdate",
    ),
    *(
        "publish-date",
        "publish_date",
        "publication_date",
        "published_time",
        "dc.date.issued",
        "dcterms.issued",
        "dcterms.created",
    ),
    *("dc.date", "dcterms.date", "citation_publication_date", "citation_date", "parsely-pub-date", "sailthru.date"),
)
_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/_.-]|$)")
_ADDRESS_RUN = re.compile(r"[/_-]((?:20)\d\d)(\d\d)(\d\d)(?=[/_.-]|$)")
_NAMED = re.compile(r"(?<![a-z])(?:date|fecha|publish\w*|publicad\w|posted|time|timestamp)(?![a-z])")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_UPDATED = ("actualiza", "modifica", "update", "modified")
_DATELINE = re.compile(r"^[^\d.;:!?\n]{2,40},\s(.{6,40}?)(?:\.-|\.|–|—|-\s|\()")


def dates_of_page(head: Head, addresses: Iterable[str]) -> list[Dated]:
    """The dates in metadata, addresses and the lines that a page shows, best first. Read before its tree is pruned."""
    return [*_in_metadata(head), *in_addresses([*addresses, *head.addresses]), *_visible(head.tree)]


def given_dates(given: Mapping[str, Any]) -> Iterator[Dated]:
    """The date that a feed, a listing or a line of documents gave."""
    yield from _dated("given", given.get("published"))
    yield from _dated("given", given.get("published_text"))


def in_addresses(addresses: Iterable[str]) -> Iterator[Dated]:
    """Dates in addresses: `/2026/03/05/`, `/2026-03-05-`, `_20260305.`."""
    for address in dict.fromkeys(addresses):
        found = _ADDRESS.search(address[:2000]) or _ADDRESS_RUN.search(address[:2000])
        if found:
            yield from _dated("address", f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}")


def in_dateline(text: str) -> Iterator[Dated]:
    """The date of a dateline: `Lima, 5 de marzo de 2026.- ...`."""
    for line in text[:1500].split("\n")[:3]:
        if found := _DATELINE.match(line):
            yield from _dated("text", found[1])


def dates_of_paper(paper: Paper, addresses: Iterable[str]) -> list[Dated]:
    """The dates in the address, on the first page and in the metadata of a paper, best first."""
    shown = [dated for line in paper.dated for dated in _dated("text", line)]
    return [*in_addresses(addresses), *shown, *in_dateline(paper.text), *_dated("metadata", paper.made)]


def choose(dates: Sequence[Dated], fetched: datetime) -> tuple[date | None, str | None, tuple[Dated, ...]]:
    """The first date that can be, its reason and what else was found; no date lies after the fetch in any zone."""
    last = (fetched + AHEAD).date()
    possible = tuple(dict.fromkeys(dated for dated in dates if FIRST_DAY <= dated.day <= last))
    if not possible:
        return None, None, ()
    chosen = possible[0]
    others = {dated.origin: dated for dated in reversed(possible) if dated.day != chosen.day}
    against = [f"{dated.origin} says {dated.day}" for dated in reversed(others.values())]
    return chosen.day, "; ".join([chosen.origin, *against]), possible


def _dated(origin: str, written: object) -> Iterator[Dated]:
    if isinstance(written, str) and (day := find_date(written)) is not None:
        yield Dated(day, origin, written[:80])


def _in_metadata(head: Head) -> Iterator[Dated]:
    yield from _dated("metadata", head.described.get("datePublished"))
    for name in _METADATA:
        yield from _dated("metadata", head.meta.get(name))


def _visible(tree: HtmlElement) -> list[Dated]:
    """The first dates that a reader sees; that of an update only where there is no other."""
    shown = list(islice((dated for element in tree.iter() if _may_show_date(element) for dated in _shown(element)), 3))
    return [dated for dated in shown if not fold(dated.written).startswith(_UPDATED)] or shown


def _may_show_date(element: HtmlElement) -> bool:
    if not isinstance(element.tag, str) or len(element) > 6:
        return False
    if element.tag in ("time", "p"):
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:300]
    return element.tag in ("div", "span", "li") and _NAMED.search(_CAMEL.sub("-", names).lower()) is not None


def _shown(element: HtmlElement) -> Iterator[Dated]:
    words = " ".join(element.text_content().split())
    if element.tag == "p" and not is_date_line(words):
        return
    yield from _dated("text", words if len(words) <= 80 and find_date(words) else element.get("datetime"))
