"""Files and pages that a person found: filed as captures and read the way of all others."""

from __future__ import annotations

import asyncio
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy.orm import Session

from monitor.chain.walk import Walk, walk_or_note
from monitor.configuration.loading import Configuration
from monitor.errors import InputError
from monitor.visits.visit import Hear, Visitor
from store import captures, items, sources
from store.addresses import asked, canonical, identity
from store.captures import Arrived
from store.database import Store
from store.items import Entry, Found
from store.models import Capture, Item

LARGEST = 64 * 1024 * 1024  # bytes of a file
DIGITS = 12  # of the SHA-256 in the address of a file
PAGE_TYPES = {".htm": "text/html", ".html": "text/html", ".csv": "text/csv", ".txt": "text/plain", ".md": "text/plain"}
UNKNOWN_TYPE = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of a file or page: whose it is, and where known its title and day of publication."""

    source: str
    title: str = ""
    published: date | None = None

    @property
    def given(self) -> dict[str, Any]:
        """The same, as a capture keeps it."""
        published = self.published.isoformat() if self.published else None
        known = {"title": self.title, "published": published}
        return {name: value for name, value in known.items() if value} | {"by_hand": True}


@dataclass(frozen=True, slots=True)
class Added:
    """What became of it: its address, whether it was there already, whether it is relevant, and why or why not."""

    url: str
    known: bool
    relevant: bool
    reasons: tuple[str, ...]


def add_file(store: Store, path: Path, said: Said, walk: Walk, hear: Hear) -> Added:
    """File a file under an address of its own, `file:NAME#DIGEST`, and read it: the same bytes are the same item.

    Raises InputError where it cannot be read or has no text.
    """
    content = _bytes(path)
    url = f"file:{quote(path.name)}#{hashlib.sha256(content).hexdigest()[:DIGITS]}"
    with store.write() as session:
        now = walk.clock.now()
        sources.ensure(session, said.source)
        item = _item(session, said, url, url, walk)
        item.state = items.HELD  # nobody can fetch it
        arrived = Arrived(
            item_id=item.id, url=url, final_url=url, content=content, content_type=_type(path), given=said.given
        )
        held = captures.same(session, arrived, None)
        capture_id, known = (held or captures.keep(session, arrived, now)).id, held is not None
    if not known:
        hear(walk_or_note(store, capture_id, walk) or [])
    return _added(store, capture_id, known=known)


def add_page(store: Store, url: str, said: Said, setting: tuple[Configuration, Walk], hear: Hear) -> Added:
    """Fetch a page, as politely as in a visit, and read it.

    Raises InputError where its source is not in the configuration, where it could not be fetched (it is kept, and the
    next visit of its source tries again) or has no text.
    """
    configuration, walk = setting
    source = configuration.sources.get(said.source)
    if source is None:
        message = (
            f"no source {said.source!r} in the configuration; there are {', '.join(sorted(configuration.sources))}"
        )
        raise InputError(message)
    address = asked(url)
    key = identity(address, source.id, source.identity) or canonical(address)
    with store.write() as session:
        sources.sync(session, configuration.sources.values())
        key = _item(session, said, address, key, walk).key
    told = asyncio.run(_fetch(Visitor(store, configuration, walk), source.id, key, hear))
    if told.get("outcome") not in {"ok", "not_modified"}:
        why = told.get("note") or told.get("outcome")
        message = f"{address}: could not be fetched: {why}; the next visit of {source.id} tries again"
        raise InputError(message)
    with store.read() as session:
        item = items.by_key(session, key)
        last = captures.last(session, item.id) if item else None
    if last is None:
        message = f"{address}: nothing came of it"
        raise InputError(message)
    return _added(store, last.id, known=told["outcome"] == "not_modified")


async def _fetch(visitor: Visitor, source_id: str, key: str, hear: Hear) -> Mapping[str, Any]:
    told = await visitor.fetch(visitor.configuration.sources[source_id], key)
    await visitor.read(hear)
    return told


def _item(session: Session, said: Said, url: str, key: str, walk: Walk) -> Item:
    """The item at an address, made where there is none; one that was passed over is wanted after all."""
    entry = Entry(url=url, key=key, title=said.title, published=said.published)
    found = Found(watch_id=None, source_id=said.source, url="", entries=[entry])
    items.discover(session, found, walk.clock.now())
    item = items.by_key(session, key) or items.by_key(session, url)
    if item is None:
        message = f"{url}: an item that was filed is there"
        raise RuntimeError(message)
    if item.state == items.FORGOTTEN:
        message = f"{url}: was forgotten at somebody's word, and is not taken in again"
        raise InputError(message)
    item.entry = {**item.entry, **said.given}
    return item


def _added(store: Store, capture_id: int, *, known: bool) -> Added:
    with store.read() as session:
        capture = session.get_one(Capture, capture_id)
        item = session.get_one(Item, capture.item_id)
        if not capture.good:
            message = f"{capture.url}: kept, but not readable: {'; '.join(capture.reasons) or 'our rules failed on it'}"
            raise InputError(message)
        return Added(item.url, known, bool(item.relevant), tuple(item.reasons))


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise InputError(message) from error
    if len(content) > LARGEST:
        message = f"{path}: larger than {LARGEST // 2**20} MiB"
        raise InputError(message)
    return content


def _type(path: Path) -> str:
    suffix = path.suffix.lower()
    return PAGE_TYPES.get(suffix) or mimetypes.guess_type(path.name)[0] or UNKNOWN_TYPE
