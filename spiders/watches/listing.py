"""Listings: pages of links, with dates beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lxml import html

from monitor.reader.dates import find_date
from spiders.watches.markup import parse_html
from spiders.watches.page import MOST, Listed, Page, UnreadableError
from store.addresses import absolute, host_of
from store.items import Entry

CARD_DEPTH = 6  # elements above a link in which its date and summary may stand
LONGEST_CARD = 1500  # characters
MOST_ANCHORS = 6  # that lead to one entry: a picture, a heading, "read more"; a page of nothing else takes no time
LARGEST_FORM = 1_000_000  # characters that are sent to turn a page
_POSTBACK = re.compile(r"__doPostBack\('([^']{1,300})', ?'([^']{0,300})'\)")
_TARGET = ("__EVENTTARGET", "__EVENTARGUMENT")
PAGE_NUMBERS = frozenset({"page", "sheet", "pagina", "paged", "pageindex"})


@dataclass(slots=True)
class _Card:
    """A link of the list with the first anchors that lead there."""

    url: str
    anchors: list[html.HtmlElement] = field(default_factory=list)


_Links = dict[html.HtmlElement, _Card]


def read(page: Page) -> Listed:
    """The links of a listing that match `links` (or lie below its own path). Raises UnreadableError."""
    root = parse_html(page, "a page of links")
    if root.find(".//a[@href]") is None:
        raise UnreadableError(page, "a page of links")
    base = absolute(root.findtext(".//base[@href]") or "", page.url) or page.url
    cards, links = _cards(root, base, page)
    entries, more = tuple(_entry(card, links) for card in cards), _next(root, page.url)
    return Listed(entries=entries, more=more) if more else _turned(root, page, Listed(entries=entries))


def _cards(root: html.HtmlElement, base: str, page: Page) -> tuple[list[_Card], _Links]:
    """The entries in their order, and whose each anchor is."""
    cards: dict[str, _Card] = {}
    links: _Links = {}
    for anchor in root.iterfind(".//a[@href]"):
        url = absolute(anchor.get("href"), base)
        if url is None or not _matches(url, page):
            continue
        card = cards.setdefault(url.partition("#")[0], _Card(url))
        links[anchor] = card
        if len(card.anchors) < MOST_ANCHORS:
            card.anchors.append(anchor)
    return list(cards.values())[:MOST], links


def _matches(url: str, page: Page) -> bool:
    if page.links:
        return re.search(page.links, url) is not None
    own, other = urlsplit(page.url), urlsplit(url)
    return own.netloc == other.netloc and other.path.startswith(own.path.rstrip("/") + "/")


def _entry(card: _Card, links: _Links) -> Entry:
    title = max((_title(anchor) for anchor in card.anchors), key=len)
    found = Entry(url=card.url, title=title)
    for anchor in card.anchors:
        for element in _around(anchor, card, links):
            text = _text(element)
            published, written = _date(element, text)
            if published is not None:
                return replace(found, title=title or text, summary=text, published=published, published_text=written)
    return found


def _around(anchor: html.HtmlElement, card: _Card, links: _Links) -> Iterator[html.HtmlElement]:
    """The elements around a link, smallest first, as long as they belong to no other entry."""
    element: html.HtmlElement | None = anchor
    for _ in range(CARD_DEPTH):
        if element is None or any(links.get(a, card) is not card for a in element.iter("a")):
            return
        yield element
        element = element.getparent()


def _title(anchor: html.HtmlElement) -> str:
    heading = next(anchor.iter("h1", "h2", "h3", "h4", "h5"), None)
    return _text(heading if heading is not None else anchor) or (anchor.get("title") or anchor.get("aria-label") or "")


def _text(element: html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())[:LONGEST_CARD]


def _date(element: html.HtmlElement, text: str) -> tuple[date | None, str]:
    for time in element.iter("time"):
        written = time.get("datetime") or _text(time)
        if (found := find_date(written)) is not None:
            return found, written
    found = find_date(text)
    return found, text if found and len(text) < 40 else ""


def _next(root: html.HtmlElement, url: str) -> tuple[str, ...]:
    """The page that goes on: the one that says so; where no pager says anything, the next number of the address."""
    pager = False
    for link in root.iter("a", "link"):
        relations = (link.get("rel") or "").lower().split()
        if "next" in relations and (found := absolute(link.get("href") or "", url)):
            return (found,)
        pager = pager or "prev" in relations
    return () if pager else counted_up(url)


def counted_up(url: str) -> tuple[str, ...]:
    """The address with its page number one higher, where it has one."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    if not any(name.lower() in PAGE_NUMBERS and value.isdecimal() for name, value in pairs):
        return ()
    higher = [(n, str(int(v) + 1) if n.lower() in PAGE_NUMBERS and v.isdecimal() else v) for n, v in pairs]
    return (urlunsplit(parts._replace(query=urlencode(higher))),)


def _turned(root: html.HtmlElement, page: Page, listed: Listed) -> Listed:
    """The list with the form that turns to its next page, where its pages have no addresses (ASP.NET's postback)."""
    for anchor in root.iterfind(".//a[@href]"):
        found = _POSTBACK.search(anchor.get("href"))
        form = next(anchor.iterancestors("form"), None)
        if not found or form is None or _text(anchor) != str(page.number + 1):
            continue
        url = absolute(form.get("action") or "", page.url) or page.url
        fields = {one.get("name"): one.get("value") or "" for one in form.iter("input") if one.get("type") == "hidden"}
        sent = {name: value for name, value in fields.items() if name} | dict(zip(_TARGET, found.groups(), strict=True))
        if host_of(url) == host_of(page.url) and sum(map(len, sent.values())) <= LARGEST_FORM:
            return replace(listed, more=(url,), form=tuple(sent.items()))
    return listed
