"""Files documents in the order given, as if each had been fetched: the same way from a capture to its changes."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from monitor.chain.documents import Document
from monitor.chain.walk import Walk, walk_or_note
from monitor.errors import InputError
from store import captures, items, sources
from store.addresses import archived_at, asked, canonical, identity
from store.captures import Arrived
from store.database import Store
from store.items import Entry, Found


def ingest(store: Store, document: Document, walk: Walk) -> list[dict[str, Any]]:
    """File one document and give its changes; none where its address and text are stored already.

    Raises InputError where our rules fail on it; it is kept, and better rules read it again.
    """
    with store.write() as session:
        capture_id = _keep(session, document, walk.clock.now())
    if capture_id is None:
        return []
    changes = walk_or_note(store, capture_id, walk)
    if changes is None:
        message = f"{document.place}: our rules failed on it; it is kept, and read again by the next rules"
        raise InputError(message)
    return changes


def _keep(session: Session, document: Document, now: datetime) -> int | None:
    """The capture of a document; None for one that is stored and read already, or forgotten."""
    fetched = document.fetched or _archived(document.url, now) or now
    source = sources.ensure(session, document.source)
    key = _identity(session, document)
    address = asked(document.url)
    names = dict.fromkeys((key, canonical(address), document.url, address))
    item = next((one for one in map(partial(items.by_key, session), names) if one is not None), None)
    if item is None:
        entry = Entry(url=document.url, key=key, title=document.title, published=document.published)
        found = Found(watch_id=None, source_id=source.id, url="", entries=[entry])
        item = items.discover(session, found, fetched)[0]
    if item.state == items.FORGOTTEN:
        return None
    if address != item.url:
        items.known_as(session, item.id, address, fetched)
    arrived = Arrived(
        item_id=item.id,
        url=document.url,
        final_url=document.url,
        content=document.content,
        content_type=document.content_type,
        given=document.given,
        doc_id=document.doc_id,
    )
    capture = captures.same(session, arrived, document.fetched)
    if capture is None:
        return captures.keep(session, arrived, fetched).id
    return capture.id if capture.read_at is None else None  # what a crash left unread is read now


def _archived(address: str, now: datetime) -> datetime | None:
    """When the web archive fetched a copy: it tells of that day, not of the one on which somebody brought it."""
    at = archived_at(address)
    return at if at is not None and at < now else None


def _identity(session: Session, document: Document) -> str:
    definition = sources.definition(session, document.source)
    pattern = definition.identity if definition else None
    return identity(document.url, document.source, pattern) or canonical(document.url)
