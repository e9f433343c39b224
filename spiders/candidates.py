"""What an address offers to be watched: feeds, sitemaps, an interface, a pattern of its links. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import html

from spiders.watches.markup import parse_html
from spiders.watches.page import Page, UnreadableError
from store.addresses import absolute, host_of
from store.definitions import WatchDefinition

FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})
MOST_FEEDS, MOST_SITEMAPS = 4, 3
FEWEST_LINKS = 4  # of one shape, to be a list of articles
LONG_SLUG = 3  # dashes in the last part of an article's address
_SITEMAP = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


def of_page(page: Page) -> list[WatchDefinition]:
    """What a page offers: the feeds that it names, WordPress's interface, the most frequent shape of its links."""
    try:
        root = parse_html(page, "a page")
    except UnreadableError:
        return []
    feeds = [WatchDefinition(kind="feed", url=url) for url in _feeds(root, page.url)]
    pattern = link_pattern(_links(root, page.url), page.url)
    listing = [WatchDefinition(kind="listing", url=page.url, links=pattern)] if pattern else []
    return [*feeds[:MOST_FEEDS], *_interface(root, page.url), *listing]


def of_robots(text: str, base: str) -> list[WatchDefinition]:
    """The sitemaps that a robots.txt names, those of news first."""
    found = [url for name in _SITEMAP.findall(text) if (url := absolute(name, base))]
    found = sorted(dict.fromkeys(found), key=lambda url: "news" not in url.lower())
    return [WatchDefinition(kind="sitemap", url=url, pages=1 if "news" in url else 2) for url in found[:MOST_SITEMAPS]]


def kind_of(content: bytes) -> str | None:
    """The kind of watch that the bytes are themselves; None for a page or anything else."""
    start = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for kind, marks in (("feed", (b"<rss", b"<feed", b"<rdf:rdf")), ("sitemap", (b"<urlset", b"<sitemapindex"))):
        if any(mark in start for mark in marks) and b"<html" not in start:
            return kind
    if start.startswith((b"{", b"[")):
        return "search"
    return "document" if start.startswith(b"%pdf-") else None


def described(page: Page) -> dict[str, str]:
    """The name and language of a site as its page gives them."""
    try:
        root = parse_html(page, "a page")
    except UnreadableError:
        return {}
    names = [meta.get("content") for meta in root.iter("meta") if meta.get("property") == "og:site_name"]
    name = next((name for name in names if name), None) or (root.findtext(".//title") or "").split("|")[-1]
    language = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "")[:2].lower()
    found = {"name": " ".join(name.split())[:80], "language": language}
    return {key: value for key, value in found.items() if value}


def link_pattern(links: list[str], base: str) -> str | None:
    """An expression for the articles among the links of a page: the shape that most have, if enough of them have it."""
    shapes = Counter(shape for link in dict.fromkeys(links) if (shape := _shape(link, base)))
    if not shapes:
        return None
    shape, count = max(shapes.items(), key=lambda pair: (pair[1], len(pair[0])))
    return shape if count >= FEWEST_LINKS else None


def _shape(link: str, base: str) -> str | None:
    """The address with its numbers and its slug left open; None where it has no slug as an article has."""
    parts = urlsplit(link)
    if host_of(link).removeprefix("www.") != host_of(base).removeprefix("www."):
        return None
    *folders, slug = parts.path.strip("/").split("/")
    if slug.count("-") < LONG_SLUG:
        return None
    fixed = "/".join(_open(folder) for folder in folders)
    ending = re.escape(slug[slug.rindex(".") :]) if re.search(r"\.(?:html?|aspx?|php)$", slug) else "/?"
    start = f"^https?://{re.escape(parts.netloc)}/{fixed}{'/' if fixed else ''}"
    return rf"{start}[^/?#]+{ending}$"


def _open(folder: str) -> str:
    if folder.isdecimal():
        return rf"\d{{{len(folder)}}}" if len(folder) in (2, 4) else r"\d+"
    return re.escape(folder)


def _links(root: html.HtmlElement, base: str) -> list[str]:
    found = (absolute(anchor.get("href") or "", base) for anchor in root.iterfind(".//a[@href]"))
    return [url.partition("#")[0].partition("?")[0] for url in found if url]


def _feeds(root: html.HtmlElement, base: str) -> list[str]:
    found: dict[str, None] = {}
    for link in root.iter("link"):
        if "alternate" in (link.get("rel") or "").lower() and (link.get("type") or "").lower() in FEED_TYPES:
            url = absolute(link.get("href") or "", base)
            if url and "/comments/" not in url:
                found.setdefault(url)
    return list(found)


def _interface(root: html.HtmlElement, base: str) -> Iterator[WatchDefinition]:
    for link in root.iter("link"):
        if (link.get("rel") or "") == "https://api.w.org/" and (url := absolute(link.get("href") or "", base)):
            yield WatchDefinition(kind="search", url=f"{url.rstrip('/')}/wp/v2/posts")
            return
