"""Files documents in the order given, as if each had been fetched: the same way from a capture to its changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from monitor.chain import DOCUMENT_TYPE, Walk, walk_capture
from monitor.documents import Document
from monitor.text import Page, read_page
from store import captures, items, sources
from store.addresses import canonical, identity
from store.captures import Arrived
from store.database import Store
from store.items import Entry, Found

HTML_TYPE = "text/html; charset=utf-8"
NO_DAY_IS_LATER = datetime.max.replace(tzinfo=UTC) - timedelta(days=2)  # where nothing says when it was fetched


def ingest(store: Store, document: Document, walk: Walk) -> list[dict[str, Any]]:
    """File one document and give its changes; none where its address and text are stored already."""
    with store.write() as session:
        capture_id = _keep(session, document, walk.clock.now())
    return walk_capture(store, capture_id, walk) if capture_id is not None else []


def _keep(session: Session, document: Document, now: datetime) -> int | None:
    """The capture of a document; None for one that is stored already."""
    fetched = document.fetched or now
    source = sources.ensure(session, document.source)
    key = _identity(session, document)
    item = items.by_key(session, key) or items.by_key(session, document.url)
    if item is None:
        entry = Entry(url=document.url, key=key, title=document.title, published=document.published)
        found = Found(watch_id=None, source_id=source.id, url="", entries=[entry])
        item = items.discover(session, found, fetched)[0]
    content = (document.html if document.text is None else document.text) or ""
    arrived = Arrived(
        item_id=item.id,
        url=document.url,
        final_url=document.url,
        content=content.encode(),
        content_type=HTML_TYPE if document.text is None else DOCUMENT_TYPE,
        given=_given(document),
        doc_id=document.doc_id,
    )
    if captures.is_kept(session, arrived, document.fetched):
        return None
    return captures.keep(session, arrived, fetched).id


def _identity(session: Session, document: Document) -> str:
    definition = sources.definition(session, document.source)
    pattern = definition.identity if definition else None
    return identity(document.url, document.source, pattern) or canonical(document.url)


def _given(document: Document) -> dict[str, Any]:
    published = document.published.isoformat() if document.published else None
    given = {"title": document.title, "lang": document.language, "published": published}
    return {name: value for name, value in given.items() if value}


def page_of(document: Document) -> Page:
    """The page that a document is, as the chain reads it."""
    content = (document.html if document.text is None else document.text) or ""
    kind = HTML_TYPE if document.text is None else DOCUMENT_TYPE
    return read_page(content.encode(), kind, _given(document), document.fetched or NO_DAY_IS_LATER)
