"""The ledger: observations and the statistics claimed of them, with the look-ups that filing needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, and_, false, or_, select, update
from sqlalchemy.orm import Session, joinedload

from store.models import Conflict, Observation, Statistic, Version, VoicePair

_LOADED = (joinedload(Statistic.observation), joinedload(Statistic.item), joinedload(Statistic.ruling))
SLOTS = ("indicator", "unit", "area", "sex", "age", "form", "citizenship")


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationKey:
    """A series in a period: `series` as text, `slots` its parts, `period` its days as an interval, or empty."""

    series: str
    period: str
    first_day: date | None
    last_day: date | None
    slots: dict[str, str]


def observation(session: Session, key: ObservationKey) -> Observation:
    """The observation of this series and period, made if there is none yet."""
    return observations(session, [key])[key.series, key.period]


def observations(session: Session, keys: Iterable[ObservationKey]) -> dict[tuple[str, str], Observation]:
    """The observations of these series and periods, made where there are none yet."""
    asked = {(key.series, key.period): key for key in keys}
    same = [and_(Observation.series == series, Observation.period == period) for series, period in asked]
    rows = session.scalars(select(Observation).where(or_(false(), *same)))
    found = {(row.series, row.period): row for row in rows}
    made = {
        name: Observation(
            series=key.series, period=key.period, first_day=key.first_day, last_day=key.last_day, **key.slots
        )
        for name, key in asked.items()
        if name not in found
    }
    session.add_all(made.values())
    if made:
        session.flush()
    return found | made


def claimed(session: Session, ids: Select[int]) -> Sequence[Statistic]:
    """The statistics of these ids, in order, with what a claim shows of its observation and item."""
    return session.scalars(
        select(Statistic).where(Statistic.id.in_(ids)).options(*_LOADED).order_by(Statistic.id)
    ).all()


def by_ids(session: Session, ids: Collection[int]) -> dict[int, Statistic]:
    """Statistics by id, with observation and item."""
    rows = select(Statistic).options(*_LOADED)
    return {row.id: row for row in session.scalars(rows.where(Statistic.id.in_(ids)))}


def of_version(session: Session, version_id: int) -> Sequence[Statistic]:
    """The statistics that stand in a version, in the order of its text."""
    mine = select(Statistic).where(Statistic.version_id == version_id, Statistic.unread_at.is_(None))
    return session.scalars(mine.options(*_LOADED).order_by(Statistic.start, Statistic.id)).all()


def of_item(session: Session, item_id: int) -> Sequence[Statistic]:
    """All statistics ever read in an item's versions."""
    mine = select(Statistic).where(Statistic.item_id == item_id)
    return session.scalars(mine.options(*_LOADED).order_by(Statistic.id)).all()


def conflicts(session: Session, series: Iterable[str]) -> Sequence[Conflict]:
    """The contradictions told so far in these series."""
    return session.scalars(select(Conflict).where(Conflict.series.in_(list(series)))).all()


def voice_pairs(session: Session, series: Iterable[str]) -> Sequence[VoicePair]:
    """The voices that are known to differ on these series."""
    return session.scalars(select(VoicePair).where(VoicePair.series.in_(list(series)))).all()


def remember(session: Session, rows: Iterable[Conflict | VoicePair]) -> None:
    """Keep what was found to contradict; what is known already stays as it is."""
    for row in rows:
        key = tuple(getattr(row, str(column.key)) for column in type(row).__mapper__.primary_key)
        if session.get(type(row), key) is None:
            session.add(row)
            session.flush()


def withdraw(session: Session, statistic_ids: Iterable[int], at: datetime) -> None:
    """Note that the item of these claims has them no longer."""
    for statistic_id in statistic_ids:
        session.get_one(Statistic, statistic_id).withdrawn_at = at


def unread(rows: Iterable[Statistic | Version], now: datetime) -> None:
    """Note of statistics, or versions, that today's rules do not find them: they are kept, and stand no more."""
    for row in rows:
        row.unread_at = now


def read_by(session: Session, item_id: int, rules: str) -> None:
    """Note which rules have read an item last, on all that stands of it."""
    for table in (Statistic, Version):
        mine = (table.item_id == item_id, table.unread_at.is_(None), table.rules != rules)
        session.execute(update(table).where(*mine).values(rules=rules))
