"""Captures: an item's bytes as they came, kept once for each content, read later."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.models import Body, Capture


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """An item's answer: bytes, status, headers (names in lower case), the address asked and the one that answered."""

    item_id: int
    url: str
    final_url: str
    content: bytes
    content_type: str
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    visit_id: int | None = None
    given: dict[str, Any] = field(default_factory=dict)
    doc_id: str | None = None


def keep(session: Session, arrived: Arrived, now: datetime) -> Capture:
    """File a capture; its bytes are stored once."""
    digest = hashlib.sha256(arrived.content).hexdigest()
    body_ = session.get(Body, digest) or Body(sha256=digest)
    body_.content = arrived.content  # it may have been erased with another item
    session.add(body_)
    session.flush()
    capture = Capture(
        item_id=arrived.item_id,
        visit_id=arrived.visit_id,
        url=arrived.url,
        final_url=arrived.final_url,
        fetched_at=now,
        status=arrived.status,
        headers=arrived.headers,
        content_type=arrived.content_type,
        sha256=digest,
        size=len(arrived.content),
        given=arrived.given,
        doc_id=arrived.doc_id,
    )
    session.add(capture)
    session.flush()
    return capture


def same(session: Session, arrived: Arrived, fetched: datetime | None) -> Capture | None:
    """The item's capture with these bytes, fetched then; at any time where `fetched` is None."""
    digest = hashlib.sha256(arrived.content).hexdigest()
    alike = select(Capture).where(Capture.item_id == arrived.item_id, Capture.sha256 == digest)
    if fetched is not None:
        alike = alike.where(Capture.fetched_at == fetched)
    return session.scalars(alike.order_by(Capture.id).limit(1)).first()


def last(session: Session, item_id: int) -> Capture | None:
    """The last capture of an item, good or bad."""
    mine = select(Capture).where(Capture.item_id == item_id)
    return session.scalars(mine.order_by(Capture.fetched_at.desc(), Capture.id.desc()).limit(1)).first()


def body(session: Session, capture: Capture) -> bytes:
    """The bytes of a capture."""
    return session.get_one(Body, capture.sha256).content


def unread(session: Session, rules: str, limit: int) -> Sequence[int]:
    """The captures that nobody has read, or on which only other rules have failed, oldest first."""
    failed = Capture.good.is_(None) & (Capture.rules != rules)
    waiting = select(Capture.id).where(Capture.read_at.is_(None) | failed)
    return session.scalars(waiting.order_by(Capture.id).limit(limit)).all()


def not_readable(session: Session, capture_id: int, rules: str, reason: str, now: datetime) -> Capture:
    """Note that these rules failed on a capture; they do not try again."""
    capture = session.get_one(Capture, capture_id)
    capture.read_at, capture.rules, capture.reasons = now, rules, [reason]
    return capture


def failed_in(session: Session, visit_id: int) -> Sequence[Capture]:
    """The captures of a visit on which the rules failed."""
    mine = select(Capture).where(Capture.visit_id == visit_id, Capture.read_at.is_not(None), Capture.good.is_(None))
    return session.scalars(mine.order_by(Capture.id)).all()


def later(session: Session, item_id: int, fetched_at: datetime) -> Sequence[Capture]:
    """The captures of an item that our rules have read and that were fetched after this, oldest first."""
    return [capture for capture in read_of(session, item_id) if capture.fetched_at > fetched_at]


def later_good(session: Session, item_id: int, fetched_at: datetime) -> bool:
    """Whether a capture that shows the item was fetched after this."""
    shown = select(Capture.id).where(Capture.item_id == item_id, Capture.fetched_at > fetched_at)
    return session.scalar(shown.where(Capture.good.is_(True)).limit(1)) is not None


def read_of(session: Session, item_id: int) -> Sequence[Capture]:
    """The captures of an item that our rules have read, in the order in which they were fetched."""
    mine = select(Capture).where(Capture.item_id == item_id, Capture.good.is_not(None))
    return session.scalars(mine.order_by(Capture.fetched_at, Capture.id)).all()
