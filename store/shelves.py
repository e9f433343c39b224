"""Shelves: where claims lie together that look-ups ask for together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import and_, false, func, or_, select, update
from sqlalchemy.orm import Session

from store.models import Change, Shelf, Statistic

_KEY = ("source_id", "provider", "indicator", "area", "first_year", "last_year")


def put(session: Session, rows: Sequence[Statistic]) -> None:
    """Put statistics on their shelves, made where there are none yet, and flush them."""
    keys = [_key(row) for row in rows]
    shelves = _held(session, set(keys))
    for row, key in zip(rows, keys, strict=True):
        if key not in shelves:
            shelves[key] = Shelf(**dict(zip(_KEY, key, strict=True)))
            session.add(shelves[key])
        row.shelf = shelves[key]
    session.add_all(rows)
    session.flush()
    note(session, rows)


def note(session: Session, rows: Iterable[Statistic]) -> None:
    """Note on the shelves of statistics, which have ids, that they lie there."""
    for row in rows:
        shelf = session.get_one(Shelf, row.shelf_id)
        shelf.last_id = max(shelf.last_id or 0, row.id)
        shelf.first_date = min((day for day in (shelf.first_date, row.date) if day), default=None)
        shelf.first_fetched = min(time for time in (shelf.first_fetched, row.fetched_at) if time)


def move(session: Session, row: Statistic) -> None:
    """Put a statistic whose slots were changed on its shelf, with the changes that were made of it."""
    put(session, [row])
    told = or_(Change.statistic_id == row.id, and_(Change.statistic_id.is_(None), Change.previous_id == row.id))
    session.execute(update(Change).where(told).values(shelf_id=row.shelf_id))
    last = session.scalar(select(func.max(Change.id)).where(Change.shelf_id == row.shelf_id))
    row.shelf.last_change_id = max(row.shelf.last_change_id or 0, last or 0)


def put_changes(session: Session, changes: Sequence[Change]) -> None:
    """Put changes on the shelves of their statistics, and flush them."""
    figures = {figure for change in changes if (figure := change.statistic_id or change.previous_id) is not None}
    rows = session.execute(select(Statistic.id, Statistic.shelf_id).where(Statistic.id.in_(figures))) if figures else ()
    shelves = {row[0]: row[1] for row in rows}
    for change in changes:
        change.shelf_id = shelves.get(change.statistic_id or change.previous_id or 0)
    session.flush()
    for change in changes:
        if change.shelf_id is not None:
            session.get_one(Shelf, change.shelf_id).last_change_id = change.id


def _key(row: Statistic) -> tuple[Any, ...]:
    years = [day.year if day else 0 for day in (row.first_day, row.last_day)]
    return row.source_id, row.provider or "", row.indicator, row.area, *years


def _held(session: Session, keys: Iterable[tuple[Any, ...]]) -> dict[tuple[Any, ...], Shelf]:
    same = [and_(*(getattr(Shelf, name) == part for name, part in zip(_KEY, key, strict=True))) for key in keys]
    rows = session.scalars(select(Shelf).where(or_(false(), *same)))
    return {tuple(getattr(row, name) for name in _KEY): row for row in rows}
