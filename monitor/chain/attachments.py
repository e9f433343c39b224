"""Papers and workbooks that the article of a page links: they are fetched as its children."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from lxml.html import HtmlElement
from sqlalchemy.orm import Session

from monitor.text.clutter import prune
from monitor.text.markup import parse
from store import items, sources
from store.addresses import absolute, asked, canonical, host_of, identity
from store.items import Entry, Found
from store.models import Item

MOST = 5  # children of a page
KINDS = re.compile(r"\.(?:pdf|xlsx?|ods|csv)$", re.IGNORECASE)
LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that an article links, and the words of the link."""

    url: str
    title: str


def attachments(content: bytes, content_type: str, url: str) -> tuple[Attachment, ...]:
    """The files of its own site that the article of a page links, in their order; what stands around it is no article.

    Those of other sites are left alone: who links them did not publish them.
    """
    if "html" not in content_type.lower():
        return ()
    markup = parse(content, content_type)
    if markup is None:
        return ()
    base = absolute(markup.tree.findtext(".//base[@href]") or "", url) or url
    prune(markup.tree)
    found: dict[str, Attachment] = {}
    for attachment in _linked(markup.tree, base):
        if _same_site(attachment.url, url):
            found.setdefault(canonical(attachment.url), attachment)
    return tuple(found.values())[:MOST]


def _linked(tree: HtmlElement, base: str) -> Iterator[Attachment]:
    for anchor in tree.iterfind(".//a[@href]"):
        address = absolute(anchor.get("href") or "", base)
        if address is not None and KINDS.search(urlsplit(address).path):
            yield Attachment(asked(address), " ".join(anchor.text_content().split())[:LONGEST_TITLE])


def _same_site(address: str, page: str) -> bool:
    """Whether two hosts are one, or one lies below the other: files often stand on a host of their own."""
    one, other = (host_of(each).removeprefix("www.") for each in (address, page))
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def file_children(session: Session, item: Item, linked: Sequence[Attachment], now: datetime, *, first: bool) -> None:
    """File the attachments of an item as items that the next visit fetches; those of a baseline belong to it.

    `first` says whether the item has just had its first text: what an edit adds is news.
    """
    if not linked:
        return
    definition = sources.definition(session, item.source_id)
    pattern = definition.identity if definition else None
    entries = [_entry(item, one, pattern) for one in linked]
    for child in items.discover(session, Found(watch_id=None, source_id=item.source_id, url="", entries=entries), now):
        child.baseline = item.baseline and first


def _entry(item: Item, attachment: Attachment, pattern: str | None) -> Entry:
    key = identity(attachment.url, item.source_id, pattern) or canonical(attachment.url)
    return Entry(url=attachment.url, key=key, title=attachment.title, published=item.published, parent=item.url)


def given_of_child(given: dict[str, object]) -> tuple[dict[str, object], date | None]:
    """What came with a capture, and the date of the page that links it: a child's own date goes before that."""
    published = given.get("published")
    if not given.get("parent") or not isinstance(published, str):
        return given, None
    return {name: value for name, value in given.items() if name != "published"}, date.fromisoformat(published)
