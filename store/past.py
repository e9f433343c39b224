"""The past with which a version is compared. Of very many claims it is the last ones, and the first of each value."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from store.ledger import claimed
from store.models import Observation, Statistic

MOST_VOICES = 8  # other voices of one observation, those that spoke last
LAST, FIRST = 4, 8  # of each voice and measure: the last claims, and the first ones of the amounts last heard of
SAME = 12  # of one figure without a period: the earliest
LONG_AGO = date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a version says: its item and voices, and the values of its figures. None of what was said so is left out."""

    item_id: int | None
    voices: Collection[str]
    values: Collection[float]


def starting(session: Session, keys: Collection[tuple[str, date]], asked: Asked) -> Sequence[Statistic]:
    """Claims of these series in periods that begin on these days."""
    wanted = [and_(Observation.series == series, Observation.first_day == day) for series, day in keys]
    observations = session.scalars(select(Observation.id).where(or_(false(), *wanted))).all()
    if not observations:
        return []
    return claimed(session, _last_said(observations, asked))


def valued(session: Session, keys: Collection[tuple[str, str, str, float, str]], asked: Asked) -> Sequence[Statistic]:
    """Claims of these (indicator, unit, area, value, voice), in any period or none, with whatever other slots."""
    if not keys:
        return []
    figures = [
        and_(
            Statistic.value == value,
            Statistic.indicator == indicator,
            Statistic.area == area,
            Statistic.voice == voice,
            Observation.unit == unit,
        )
        for indicator, unit, area, value, voice in keys
    ]
    return claimed(session, _first_said(or_(*figures), asked))


def _last_said(observations: Sequence[int], asked: Asked) -> Select[int]:
    """Ids: of each voice what it said last and when it first said so; of other voices those that spoke last."""
    s, own = Statistic, Statistic.voice.in_(asked.voices)
    amount = (s.observation_id, s.voice, s.measure, s.register, _standing(), s.value, s.qualifier, s.interval_low)
    voice = (s.observation_id, s.voice)
    said = _claims(
        s.observation_id,
        s.voice,
        own.label("own"),
        func.row_number().over(partition_by=(*voice, s.measure, s.register), order_by=_backwards()).label("last"),
        func.row_number().over(partition_by=amount, order_by=_forwards()).label("first"),
        func.max(_day()).over(partition_by=voice).label("spoke"),
    ).where(s.observation_id.in_(observations))
    one = said.subquery()
    ranked = select(
        one,
        func.dense_rank()
        .over(partition_by=(one.c.observation_id, one.c.own), order_by=(one.c.spoke.desc(), one.c.voice))
        .label("rank"),
        func.row_number()
        .over(partition_by=(one.c.observation_id, one.c.voice, one.c.first == 1), order_by=one.c.day.desc())
        .label("fresh"),
    ).subquery()
    heard = or_(ranked.c.own, ranked.c["rank"] <= MOST_VOICES)
    recent = or_(ranked.c.last <= LAST, and_(ranked.c.first == 1, ranked.c.fresh <= FIRST))
    same = and_(ranked.c.first == 1, ranked.c.value.in_(asked.values))
    return select(ranked.c.id).where(or_(ranked.c.item_id == asked.item_id, same, and_(heard, recent)))


def _first_said(figures: ColumnElement[bool], asked: Asked) -> Select[int]:
    """Ids: of each figure the earliest that say so, and the earliest in its very period."""
    s = Statistic
    figure = (s.value, s.indicator, s.area, s.voice, Observation.unit, _standing())
    said = _claims(
        func.row_number().over(partition_by=figure, order_by=_forwards()).label("place"),
        func.row_number().over(partition_by=(s.observation_id, *figure), order_by=_forwards()).label("first"),
    )
    one = said.join(Observation, Observation.id == s.observation_id).where(figures).subquery()
    few = or_(one.c.place <= SAME, and_(one.c.first == 1, one.c.place <= SAME * SAME))
    return select(one.c.id).where(or_(one.c.item_id == asked.item_id, few))


def _claims(*columns: Any) -> Select[Any]:
    begins = (Statistic.continues_id.is_(None), Statistic.unread_at.is_(None))
    return select(Statistic.id, Statistic.item_id, Statistic.value, _day().label("day"), *columns).where(*begins)


def _standing() -> ColumnElement[bool]:
    return and_(Statistic.withdrawn_at.is_(None), Statistic.ruling_id.is_(None))


def _day() -> ColumnElement[date]:
    return func.coalesce(Statistic.date, LONG_AGO)


def _forwards() -> tuple[Any, ...]:
    return _day(), Statistic.fetched_at, Statistic.id


def _backwards() -> tuple[Any, ...]:
    return _day().desc(), Statistic.fetched_at.desc(), Statistic.id.desc()
