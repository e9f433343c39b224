"""Sitemaps, news sitemaps and their indexes."""

from __future__ import annotations

import re

from lxml import etree

from monitor.reader.dates import find_date
from spiders.watches.markup import parse_xml, words
from spiders.watches.page import Listed, Page, UnreadableError
from store.addresses import absolute
from store.items import Entry

MOST = 10_000  # entries of a sitemap that are read; its standard allows five times as many


def read(page: Page) -> Listed:
    """The addresses of a sitemap that match `links`; of an index the sitemaps, newest first. Raises UnreadableError."""
    root = parse_xml(page, "a sitemap")
    kind = str(root.tag).rpartition("}")[2]
    if kind == "urlset":
        return Listed(entries=tuple(e for node in _newest(root) if (e := _entry(node, page)) is not None))
    if kind == "sitemapindex":
        return Listed(more=_sitemaps(root, page))
    raise UnreadableError(page, "a sitemap")


def _newest(root: etree._Element) -> list[etree._Element]:
    """The nodes that are read: where there are too many, those at the end where its dates are the later ones."""
    rising = len(root) > MOST and _text(root[0], "lastmod") < _text(root[-1], "lastmod")
    return list(root[-MOST:] if rising else root[:MOST])


def _entry(node: etree._Element, page: Page) -> Entry | None:
    url = absolute(_text(node, "loc"), page.url)
    if url is None or (page.links and not re.search(page.links, url)):
        return None
    written = _text(node, "publication_date") or _text(node, "lastmod")
    return Entry(
        url=url,
        title=words(_text(node, "title")),
        section=words(_text(node, "keywords")),
        published=find_date(_text(node, "publication_date")),
        published_text=written,
    )


def _sitemaps(root: etree._Element, page: Page) -> tuple[str, ...]:
    dated = [(_text(node, "lastmod"), absolute(_text(node, "loc"), page.url)) for node in root[:MOST]]
    return tuple(url for _, url in sorted(dated, key=lambda pair: pair[0], reverse=True) if url is not None)


def _text(node: etree._Element, name: str) -> str:
    """The text of the first descendant of that name, in any namespace."""
    found = next(iter(node.iter(f"{{*}}{name}")), None)
    return (found.text or "").strip() if found is not None else ""
