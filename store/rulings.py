"""Rulings: what people decided on claims and items. Rows are added, never changed; the last one is in force."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.models import Ruling

DISMISSED, CORRECTED, CONFIRMED, FORGOTTEN = "dismissed", "corrected", "confirmed", "forgotten"
Figure = tuple[str, float]  # the key of an observation and a value, as they were read


def add(session: Session, ruling: Ruling) -> Ruling:
    """File what a person decided."""
    session.add(ruling)
    session.flush()
    return ruling


def of_item(session: Session, item_id: int) -> Sequence[Ruling]:
    """All rulings on an item and its claims, oldest first."""
    return session.scalars(select(Ruling).where(Ruling.item_id == item_id).order_by(Ruling.id)).all()


def of_figure(session: Session, item_id: int, figure: Figure) -> Sequence[Ruling]:
    """All rulings on what an item was read to say, oldest first."""
    meant = (Ruling.item_id == item_id, Ruling.observation == figure[0], Ruling.value == figure[1])
    return session.scalars(select(Ruling).where(*meant).order_by(Ruling.id)).all()


def in_force(session: Session, item_id: int) -> dict[Figure, Ruling]:
    """The last ruling on each figure of an item."""
    found = {}
    for ruling in of_item(session, item_id):
        if ruling.observation is not None and ruling.value is not None:
            found[ruling.observation, ruling.value] = ruling
    return found
