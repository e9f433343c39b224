"""Changes: filed in order, looked up by when, source, item and class."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from store import lookups, shelves
from store.lookups import GROWTH, Question
from store.models import Change, Shelf

FEW = 5_000  # changes that are sifted one by one
EVERY = Question()


def add(session: Session, change: Change) -> Change:
    """File a change under an id of its own."""
    add_all(session, [change])
    return change


def add_all(session: Session, changes: Sequence[Change]) -> None:
    """File changes in this order, each under an id of its own."""
    for change in changes:
        change.uid = str(uuid.uuid4())
    session.add_all(changes)
    shelves.put_changes(session, changes)


def since(  # noqa: PLR0913 - each narrows the look-up by itself
    session: Session,
    start: datetime | None,
    *,
    classes: Sequence[str] = (),
    source: str | None = None,
    figures: Question = EVERY,
    limit: int = 100,
) -> Sequence[Change]:
    """The last changes, oldest first; those of `figures` (an indicator, areas) alone where it asks for something."""
    rows = select(Change)
    if start is not None:
        first = _first_id(session, start)
        if first is None:
            return []
        rows = rows.where(Change.at >= start, Change.id >= first)
    if classes:
        rows = rows.where(Change.change.in_(classes))
    if source is not None:
        rows = rows.where(Change.source_id == source)
    if figures == EVERY:
        return session.scalars(rows.order_by(Change.id.desc()).limit(limit)).all()[::-1]
    return _of_figures(session, rows, replace(figures, source=source), limit)[::-1]


def _first_id(session: Session, start: datetime) -> int | None:
    """An id that no change since then lies below: clocks may have been set back by a day. None where there is none."""
    earliest = select(Change.id).where(Change.at >= start - timedelta(days=1)).order_by(Change.at, Change.id).limit(1)
    return session.scalar(earliest)


def _of_figures(session: Session, rows: Select[Change], figures: Question, limit: int) -> Sequence[Change]:
    """The last of these changes whose figures lie on the shelves that are asked for: those that end last suffice."""
    few = session.scalars(rows.with_only_columns(Change.id).limit(FEW)).all()
    if len(few) < FEW:
        fits = select(Shelf.id).where(*lookups.shelf_fits(session, figures))
        rows = rows.where(Change.shelf_id.in_(fits))
        return session.scalars(rows.order_by((Change.id + 0).desc()).limit(limit)).all()
    most = limit
    while True:
        shelves = lookups.last_shelves(session, figures, Shelf.last_change_id, most)
        here = rows.where(Change.shelf_id.in_([shelf for shelf, _ in shelves]))
        if len(shelves) == most:
            here = here.where(Change.id >= shelves[-1][1])
        found = session.scalars(here.order_by((Change.id + 0).desc()).limit(limit)).all()
        if len(found) == limit or len(shelves) < most:
            return found
        most *= GROWTH


def by_ids(session: Session, ids: Sequence[int]) -> Sequence[Change]:
    """These changes, in the order in which they happened."""
    return session.scalars(select(Change).where(Change.id.in_(ids)).order_by(Change.id)).all()


def of_visit(session: Session, visit_id: int) -> Sequence[Change]:
    """What a visit found."""
    return session.scalars(select(Change).where(Change.visit_id == visit_id).order_by(Change.id)).all()
