"""Changes: filed in order, looked up by when, source, item and class."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import lookups
from store.lookups import EVERY_CHANGE, Figures
from store.models import Change


def add(session: Session, change: Change) -> Change:
    """File a change under an id of its own."""
    add_all(session, [change])
    return change


def add_all(session: Session, changes: Sequence[Change]) -> None:
    """File changes in this order, each under an id of its own."""
    for change in changes:
        change.uid = str(uuid.uuid4())
    session.add_all(changes)
    session.flush()


def since(  # noqa: PLR0913 - each narrows the look-up by itself
    session: Session,
    start: datetime | None,
    *,
    classes: Sequence[str] = (),
    source: str | None = None,
    figures: Figures = EVERY_CHANGE,
    limit: int = 100,
) -> Sequence[Change]:
    """The last changes, oldest first; those of `figures` alone where these ask for something."""
    rows = select(Change)
    if start is not None:
        rows = rows.where(Change.at >= start)
    if classes:
        rows = rows.where(Change.change.in_(classes))
    if source is not None:
        rows = rows.where(Change.source_id == source)
    rows = lookups.of_figures(session, rows, figures)
    newest = session.scalars(rows.order_by(Change.id.desc()).limit(limit)).all()
    return newest[::-1]


def by_ids(session: Session, ids: Sequence[int]) -> Sequence[Change]:
    """These changes, in the order in which they happened."""
    return session.scalars(select(Change).where(Change.id.in_(ids)).order_by(Change.id)).all()


def of_visit(session: Session, visit_id: int) -> Sequence[Change]:
    """What a visit found."""
    return session.scalars(select(Change).where(Change.visit_id == visit_id).order_by(Change.id)).all()
