"""The past with which a version is compared, and from which look-ups answer: of very many claims the last ones."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Text,
    and_,
    cast,
    column,
    false,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session, aliased

from store.models import Item, Observation, Ruling, Statistic

MOST_VOICES = 8  # other voices of one observation, those that spoke last
LAST = 8  # of each voice and measure: the last claims
SAME = 12  # of one figure without a period: the earliest

Account = tuple[int, str]  # an observation, and a voice that says something of it
Rows = Select[*tuple[Any, ...]]


class Line(NamedTuple):
    """A claim as the rules need it, without its words: from its statistic, observation, item and ruling."""

    id: int
    item_id: int
    version_id: int
    source_id: str
    observation_id: int
    start: int
    end: int
    value: float
    interval_low: float | None
    interval_high: float | None
    qualifier: str
    period: str | None
    provider: str | None
    measure: str | None
    register: str | None
    rule: str
    voice: str
    published: date | None
    date: date | None
    fetched_at: datetime
    withdrawn_at: datetime | None
    reread_at: datetime | None
    unread_at: datetime | None
    indicator: str
    unit: str
    area: str
    sex: str
    age: str
    form: str
    citizenship: str
    url: str
    title: str
    ruling: str | None
    ruled_at: datetime | None


_OBSERVED = ("indicator", "unit", "area", "sex", "age", "form", "citizenship")
_ELSEWHERE = {
    **{name: getattr(Observation, name) for name in _OBSERVED},
    "url": Item.url,
    "published": Item.published,
    "title": Item.title,
    "ruling": Ruling.ruling,
    "ruled_at": Ruling.at,
}
_COLUMNS = [_ELSEWHERE[name] if name in _ELSEWHERE else getattr(Statistic, name) for name in Line._fields]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a version says: its item, its voices, and its figures as (indicator, area, value).

    Nothing of the item is left out, and of each figure who said it first.
    """

    item_id: int | None
    voices: Collection[str]
    figures: Collection[tuple[str, str, float]]


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
    if not ids:
        return []
    found = set(_last_of(session, _heard(session, ids, asked), NOW, LAST))
    found.update(_saying(session, ids, asked))
    if asked.item_id is not None:
        found.update(session.scalars(_begun().where(Statistic.item_id == asked.item_id)))
    lines = _lines(session, Statistic.id.in_(found), Statistic.observation_id.in_(ids))
    return [line for line in lines if line.unread_at is None]


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
    return [*_lines(session, Statistic.id.in_(_first_said(or_(*figures), asked)))]


def said(session: Session, accounts: Collection[Account], until: Until, most: int) -> dict[Account, list[Line]]:
    """The last claims of these voices on these observations, so many of each measure and register.

    Also those that today's rules do not find any more.
    """
    ids = _last_of(session, accounts, until, most)
    found: dict[Account, list[Line]] = {account: [] for account in accounts}
    for line in _lines(session, Statistic.id.in_(ids)):
        found[line.observation_id, line.voice].append(line)
    return found


def _last_of(session: Session, accounts: Collection[Account], until: Until, most: int) -> list[int]:
    """The ids of the last claims of these voices on these observations: a short walk in the index for each measure."""
    found: list[int] = []
    for labels, strands in _strands(session, accounts).items():
        strand = _listed(session, _STRAND[: 2 + len(labels)], strands)
        last = _last_in(strand, labels, until).limit(most)
        if session.get_bind().dialect.name == "sqlite":  # which has no LATERAL, but looks such ids up one by one
            rows = select(Statistic.id).select_from(strand.join(Statistic, true()))
            rows = rows.where(Statistic.id.in_(last.correlate(strand)))
        else:
            lateral = last.lateral()
            rows = select(lateral.c.id).select_from(strand.join(lateral, true()))
        found += session.scalars(rows)
    return found


_STRAND = (("observation", BigInteger), ("said_by", Text), ("first_label", Text), ("second_label", Text))


def _listed(session: Session, columns: Sequence[tuple[str, Any]], rows: Sequence[tuple[Any, ...]]) -> Any:
    """Rows as a table to be joined, as one parameter: SQLite looks up no pair in a list by an index."""
    if session.get_bind().dialect.name == "sqlite":
        each = func.json_each(json.dumps(rows)).table_valued("value")
        parts = (func.json_extract(each.c.value, f"$[{n}]").label(name) for n, (name, _) in enumerate(columns))
        return select(*parts).cte("listed")
    arrays = (cast(list(part), ARRAY(kind)) for part, (_, kind) in zip(zip(*rows, strict=True), columns, strict=True))
    table = func.unnest(*arrays).table_valued(*(column(name, kind) for name, kind in columns), name="listed")
    return table.render_derived()


_LABELS = ("measure", "register")


def _last_in(strand: Any, labels: tuple[str, ...], until: Until) -> Select[int]:
    """The claims of a strand, the last one first; `labels` are those of measure and register that it has."""
    s = aliased(Statistic)
    fits = [s.observation_id == strand.c.observation, s.voice == strand.c.said_by, s.continues_id.is_(None)]
    named = dict(zip(labels, ("first_label", "second_label"), strict=False))
    for label in _LABELS:
        its = getattr(s, label)
        fits.append(its == strand.c[named[label]] if label in named else its.is_(None))
    if until.known_by is not None:
        fits.append(s.date <= until.known_by)
    if until.read_by is not None:
        fits.append(s.fetched_at <= until.read_by)
    # measure and register are the same in all: named, the order is that of the index to PostgreSQL, too
    return select(s.id).where(*fits).order_by(s.measure, s.register, s.date.desc(), s.fetched_at.desc())


def _strands(session: Session, accounts: Collection[Account]) -> dict[tuple[str, ...], list[tuple[Any, ...]]]:
    """What these voices say of these observations under each measure and register, by which of the two it has."""
    if not accounts:
        return {}
    s = Statistic
    account = _listed(session, _STRAND[:2], [*accounts])
    same = and_(s.observation_id == account.c.observation, s.voice == account.c.said_by)
    found: dict[tuple[str, ...], list[tuple[Any, ...]]] = {(): [*accounts]}
    for labelled in (s.measure > "", and_(s.measure.is_(None), s.register > "")):
        rows = _begun(s.observation_id, s.voice, s.measure, s.register).join(account, same).where(labelled).distinct()
        for observation, voice, *labels in session.execute(rows):
            has = tuple(name for name, label in zip(_LABELS, labels, strict=True) if label is not None)
            found.setdefault(has, []).append((observation, voice, *(label for label in labels if label is not None)))
    return found


def all_of(session: Session, observation_id: int) -> Sequence[Line]:
    """All claims of an observation, also those that today's rules do not find any more."""
    return sorted(_lines(session, Statistic.observation_id == observation_id))


def _lines(session: Session, *which: ColumnElement[bool]) -> Iterator[Line]:
    """Where claims begin, with what the rules need."""
    joined = select(*_COLUMNS).join(Observation, Observation.id == Statistic.observation_id)
    joined = joined.join(Item, Item.id == Statistic.item_id).outerjoin(Ruling, Ruling.id == Statistic.ruling_id)
    return map(Line._make, session.execute(joined.where(Statistic.continues_id.is_(None), *which)))


def _begun(*columns: Any) -> Rows:
    """Where claims begin, in these columns, or their ids."""
    return select(*(columns or (Statistic.id,))).where(Statistic.continues_id.is_(None))


def _heard(session: Session, observation_ids: Collection[int], asked: Asked) -> list[Account]:
    """Of each observation the voices that are asked for, and of the others those that spoke last."""
    rows = _begun(Statistic.observation_id, Statistic.voice, func.max(Statistic.date))
    rows = rows.where(Statistic.observation_id.in_(observation_ids))
    spoke: dict[int, list[tuple[date, str]]] = defaultdict(list)
    for observation, voice, last in session.execute(rows.group_by(Statistic.observation_id, Statistic.voice)):
        spoke[observation].append((last or date.min, voice))
    found: list[Account] = []
    for observation, voices in spoke.items():
        others = sorted((one for one in voices if one[1] not in asked.voices), reverse=True)
        own = [one for one in voices if one[1] in asked.voices]
        found += [(observation, voice) for _, voice in (*own, *others[:MOST_VOICES])]
    return found


def _saying(session: Session, observation_ids: Collection[int], asked: Asked) -> list[int]:
    """Ids: of these observations the first of each voice with each of the figures that are asked for."""
    s = Statistic
    figures = [and_(s.indicator == slots[0], s.area == slots[1], s.value == slots[2]) for slots in asked.figures]
    held_there = (s.observation_id + 0).in_(observation_ids)  # sifted: few have the value, many the observation
    amount = (s.observation_id, s.voice, s.measure, s.register, _standing(), s.value, s.qualifier, s.interval_low)
    first = func.row_number().over(partition_by=amount, order_by=(s.date, s.fetched_at, s.id)).label("first")
    ranked = _begun(s.id, first).where(or_(false(), *figures), s.unread_at.is_(None), held_there).subquery()
    return list(session.scalars(select(ranked.c.id).where(ranked.c.first == 1)))


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
