"""The past with which a version is compared, and from which look-ups answer: of very many claims the last ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Row,
    Select,
    Text,
    and_,
    bindparam,
    column,
    false,
    func,
    or_,
    select,
    values,
)
from sqlalchemy.orm import Session

from store.models import Item, Observation, Ruling, Statistic

MOST_VOICES = 8  # other voices of one observation, those that spoke last
OWN, OTHERS = 16, 8  # of each voice and measure: the last claims
SAME = 12  # of one figure without a period: the earliest

Account = tuple[int, str]  # an observation, and a voice that says something of it
Line = Row[*tuple[Any, ...]]
Rows = Select[*tuple[Any, ...]]
"""A claim as the rules need it, without its words: columns of its statistic, observation, item and ruling."""

_ITS_OWN = (
    *(Statistic.id, Statistic.item_id, Statistic.version_id, Statistic.source_id, Statistic.observation_id),
    *(Statistic.start, Statistic.end, Statistic.value, Statistic.interval_low, Statistic.interval_high),
    *(Statistic.qualifier, Statistic.period, Statistic.provider, Statistic.measure, Statistic.register),
    *(Statistic.rule, Statistic.voice, Statistic.date, Statistic.fetched_at, Statistic.withdrawn_at),
    *(Statistic.reread_at, Statistic.unread_at),
)
_OF_OTHERS = (
    *(Observation.indicator, Observation.unit, Observation.area, Observation.sex, Observation.age, Observation.form),
    *(Observation.citizenship, Item.url, Item.published, Item.title),
    *(Ruling.ruling.label("ruling"), Ruling.at.label("ruled_at")),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a version says: its item and voices, and the values of its figures. None of what was said so is left out."""

    item_id: int | None
    voices: Collection[str]
    values: Collection[float]


@dataclass(frozen=True, slots=True)
class Strand:
    """What a voice says of an observation under one measure and register; how many claims, and the day of the last."""

    observation_id: int
    voice: str
    measure: str | None
    register: str | None
    count: int = 0
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Until:
    """What had been published by a day and read by a time; None asks for nothing."""

    known_by: date | None = None
    read_by: datetime | None = None


NOW = Until()


def starting(session: Session, keys: Collection[tuple[str, date]], asked: Asked) -> Sequence[Line]:
    """Claims of these series in periods that begin on these days."""
    wanted = [and_(Observation.series == series, Observation.first_day == day) for series, day in keys]
    ids = session.scalars(select(Observation.id).where(or_(false(), *wanted))).all()
    found = {line.id: line for strand in _heard(strands(session, ids), asked) for line in _last(session, strand)}
    found |= {line.id: line for line in _saying(session, ids, asked)}
    return [found[each] for each in sorted(found)]


def valued(session: Session, keys: Collection[tuple[str, str, str, float, str]], asked: Asked) -> Sequence[Line]:
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
    return session.execute(_lines().where(Statistic.id.in_(_first_said(or_(*figures), asked)))).all()


def strands(session: Session, observation_ids: Collection[int]) -> list[Strand]:
    """All that voices say of these observations, by measure and register; read off an index alone."""
    rows = _strands().where(Statistic.observation_id.in_(observation_ids))
    return [Strand(*row) for row in session.execute(rows)] if observation_ids else []


def strands_of(session: Session, accounts: Collection[Account]) -> list[Strand]:
    """What these voices say of these observations, by measure and register."""
    return [Strand(*row) for row in session.execute(_only(_strands(), accounts))] if accounts else []


def _strands() -> Rows:
    key = (Statistic.observation_id, Statistic.voice, Statistic.measure, Statistic.register)
    return select(*key, func.count(), func.max(Statistic.date)).group_by(*key)


def _only(rows: Rows, accounts: Collection[Account]) -> Rows:
    """Rows of these accounts alone: joined, for SQLite looks up no pair in a list by an index."""
    columns = (column("observation", BigInteger), column("said_by", Text))
    listed = values(*columns, name="account").data([*accounts]).cte("account")
    same = and_(Statistic.observation_id == listed.c.observation, Statistic.voice == listed.c.said_by)
    return rows.join(listed, same)


def said(session: Session, strand: Strand, until: Until, most: int) -> Sequence[Line]:
    """The last claims of a strand by date, the last one first; also what today's rules do not find any more."""
    asked = (strand.measure is None, strand.register is None, until.known_by is None, until.read_by is None)
    known = {"observation": strand.observation_id, "voice": strand.voice, "measure": strand.measure, "most": most}
    known |= {"register": strand.register, "known_by": until.known_by, "read_by": until.read_by}
    return session.execute(_last_of_strand(*asked), known).all()


@cache
def _last_of_strand(*lacks: bool) -> Rows:
    """The statement of `said`, made once: there may be a hundred strands in a look-up."""
    fits = [
        Statistic.measure.is_(None) if lacks[0] else Statistic.measure == bindparam("measure"),
        Statistic.register.is_(None) if lacks[1] else Statistic.register == bindparam("register"),
    ]
    fits += [] if lacks[2] else [Statistic.date <= bindparam("known_by")]
    fits += [] if lacks[3] else [Statistic.fetched_at <= bindparam("read_by")]
    of_voice = (Statistic.observation_id == bindparam("observation"), Statistic.voice == bindparam("voice"))
    # measure and register are the same in all rows: named, the order is that of the index to PostgreSQL, too
    last = (Statistic.measure.desc(), Statistic.register.desc(), Statistic.date.desc(), Statistic.fetched_at.desc())
    return _lines().where(*of_voice, *fits).order_by(*last).limit(bindparam("most"))


def all_said(session: Session, accounts: Collection[Account], until: Until) -> dict[Account, list[Line]]:
    """All claims of these voices on these observations; also what today's rules do not find any more."""
    if not accounts:
        return {}
    rows = _only(_lines(), accounts)
    if until.known_by is not None:
        rows = rows.where(Statistic.date <= until.known_by)
    if until.read_by is not None:
        rows = rows.where(Statistic.fetched_at <= until.read_by)
    found: dict[Account, list[Line]] = {account: [] for account in accounts}
    for line in session.execute(rows):
        found[line.observation_id, line.voice].append(line)
    return found


def all_of(session: Session, observation_id: int) -> Sequence[Line]:
    """All claims of an observation, also those that today's rules do not find any more."""
    return session.execute(_lines().where(Statistic.observation_id == observation_id).order_by(Statistic.id)).all()


def _lines() -> Rows:
    """Where claims begin, with what the rules need."""
    joined = select(*_ITS_OWN, *_OF_OTHERS).join(Observation, Observation.id == Statistic.observation_id)
    joined = joined.join(Item, Item.id == Statistic.item_id).outerjoin(Ruling, Ruling.id == Statistic.ruling_id)
    return joined.where(Statistic.continues_id.is_(None))


def _heard(said: Iterable[Strand], asked: Asked) -> Iterator[Strand]:
    """Of each observation the voices that are asked for, and of the others those that spoke last."""
    observations: dict[int, dict[str, list[Strand]]] = defaultdict(lambda: defaultdict(list))
    for strand in said:
        observations[strand.observation_id][strand.voice].append(strand)
    for voices in observations.values():
        others = sorted((voice for voice in voices if voice not in asked.voices), key=_spoke(voices))
        for voice in (*(voice for voice in voices if voice in asked.voices), *others[:MOST_VOICES]):
            most = OWN if voice in asked.voices else OTHERS
            yield from (replace(strand, count=min(strand.count, most)) for strand in voices[voice])


def _spoke(voices: Mapping[str, list[Strand]]) -> Any:
    """The order of voices: who spoke last comes first."""
    last = {voice: max(strand.last or date.min for strand in said) for voice, said in voices.items()}
    return lambda voice: (-last[voice].toordinal(), voice)


def _last(session: Session, strand: Strand) -> list[Line]:
    return [line for line in said(session, strand, NOW, strand.count) if line.unread_at is None]


def _saying(session: Session, observation_ids: Sequence[int], asked: Asked) -> list[Line]:
    """Of these observations all claims of the item, and the first of each voice with each of the values."""
    here = Statistic.observation_id.in_(observation_ids)
    held = _lines().where(here, Statistic.unread_at.is_(None))
    found = list(session.execute(held.where(Statistic.item_id == asked.item_id))) if asked.item_id else []
    slots = session.execute(select(Observation.indicator, Observation.area).where(Observation.id.in_(observation_ids)))
    for indicator, area in {(row[0], row[1]) for row in slots}:
        same = (Statistic.indicator == indicator, Statistic.area == area, Statistic.value.in_(asked.values))
        s = Statistic
        amount = (s.observation_id, s.voice, s.measure, s.register, _standing(), s.value, s.qualifier, s.interval_low)
        first = func.row_number().over(partition_by=amount, order_by=(s.date, s.fetched_at, s.id)).label("first")
        ranked = select(s.id, first).where(here, *same, s.continues_id.is_(None), s.unread_at.is_(None)).subquery()
        found += session.execute(_lines().where(s.id.in_(select(ranked.c.id).where(ranked.c.first == 1))))
    return found


def _first_said(figures: ColumnElement[bool], asked: Asked) -> Select[int]:
    """Ids: of each figure the earliest that say so, and the earliest in its very period."""
    s = Statistic
    figure = (s.value, s.indicator, s.area, s.voice, Observation.unit, _standing())
    forwards = (s.date, s.fetched_at, s.id)
    said = select(
        *(s.id, s.item_id),
        func.row_number().over(partition_by=figure, order_by=forwards).label("place"),
        func.row_number().over(partition_by=(s.observation_id, *figure), order_by=forwards).label("first"),
    ).where(s.continues_id.is_(None), s.unread_at.is_(None))
    one = said.join(Observation, Observation.id == s.observation_id).where(figures).subquery()
    few = or_(one.c.place <= SAME, and_(one.c.first == 1, one.c.place <= SAME * SAME))
    return select(one.c.id).where(or_(one.c.item_id == asked.item_id, few))


def _standing() -> ColumnElement[bool]:
    return and_(Statistic.withdrawn_at.is_(None), Statistic.ruling_id.is_(None))
