"""Erases an item: its words go; values, hashes and addresses stay, so that it is known and not fetched again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from store import items, words
from store.models import Address, Band, Body, Capture, Change, Item, Statistic, Version

ERASED = "erased"
_SENTENCES = frozenset({"added", "removed", "reworded"})
_WORDS = frozenset({"quote", "title"})


@dataclass(frozen=True, slots=True)
class Erased:
    """How much of an item was erased; `shared` are captures whose bytes another item has, too: those stay."""

    versions: int
    statistics: int
    captures: int
    changes: int
    shared: int


def meant(session: Session, said: str, address: str | None) -> Sequence[Item]:
    """The items that somebody means by an id, a key or an address; `address` is its canonical form."""
    names = [said] if address is None else [said, address]
    by_address = select(Address.item_id).where(Address.url.in_(names))
    fits = or_(Item.key.in_(names), Item.url.in_(names), Item.id.in_(by_address))
    if said.isdecimal() and len(said) < 19:
        fits = or_(fits, Item.id == int(said))
    return session.scalars(select(Item).where(fits).order_by(Item.id)).all()


def copies(session: Session, item: Item) -> Sequence[Item]:
    """Other items that hold the same text, or nearly, and are not forgotten: copies of the item, or what it copies."""
    one_text = [item.id] if item.copy_of_id is None else [item.id, item.copy_of_id]
    near = or_(Item.copy_of_id.in_(one_text), Item.id.in_(one_text))
    others = select(Item).where(near, Item.id != item.id, Item.state != items.FORGOTTEN)
    return session.scalars(others.order_by(Item.id)).all()


def erase(session: Session, item: Item, now: datetime) -> Erased:
    """Erase an item's texts, bytes, quotes and titles, in versions, statistics, changes and entries."""
    item.title, item.entry, item.reasons = ERASED, {}, []
    item.state, item.check_at = items.FORGOTTEN, None
    session.flush()
    versions = session.scalars(select(Version).where(Version.item_id == item.id)).all()
    statistics = sum(_erase_version(session, version) for version in versions)
    shared, captures = _erase_captures(session, item, now)
    changes = session.scalars(select(Change).where(Change.item_id == item.id)).all()
    for change in changes:
        change.detail = without_words(change.detail)
    session.flush()
    return Erased(len(versions), statistics, captures, len(changes), shared)


def _erase_version(session: Session, version: Version) -> int:
    rows = session.scalars(select(Statistic).where(Statistic.version_id == version.id)).all()
    if version.text != ERASED:
        words.remove(session, rows, version.title)
    for row in rows:
        row.quote, row.quote_offset = ERASED, -1
    version.text = version.title = ERASED
    version.reasons = []
    session.execute(delete(Band).where(Band.version_id == version.id))
    return len(rows)


def _erase_captures(session: Session, item: Item, now: datetime) -> tuple[int, int]:
    shared = 0
    captures = session.scalars(select(Capture).where(Capture.item_id == item.id)).all()
    for capture in captures:
        capture.given, capture.headers, capture.reasons = {}, {}, []
        if capture.good is None:  # nobody need read it now
            capture.read_at, capture.good = now, False
        if _is_shared(session, capture):
            shared += 1
        else:
            session.get_one(Body, capture.sha256).content = ERASED.encode()
    return shared, len(captures)


def _is_shared(session: Session, capture: Capture) -> bool:
    others = select(Capture.id).join(Item, Item.id == Capture.item_id)
    others = others.where(Capture.sha256 == capture.sha256, Item.state != items.FORGOTTEN).limit(1)
    return session.scalar(others) is not None


def without_words(detail: Any) -> Any:
    """The detail of a change without what was quoted in it."""
    if isinstance(detail, list):
        return [without_words(part) for part in detail]
    if not isinstance(detail, dict):
        return detail
    return {name: _without(name, part) for name, part in detail.items()}


def _without(name: str, part: Any) -> Any:
    if name in _SENTENCES:
        return [ERASED]
    return ERASED if name in _WORDS else without_words(part)
