"""Looks statistics up by what is asked of them, newest first. Each question walks an index and stops at its limit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_, select, union_all
from sqlalchemy.orm import Session

from store import words
from store.ledger import by_ids
from store.models import Capture, Change, Observation, Statistic, Version

HOME = "PE"  # nearly every row is inside: it is sifted on the way, not looked up
MOST_AREAS = 40
FEW = 400  # observations that are looked up one by one; where more fit, the newest claims are near the end


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What statistics must have; None asks for nothing.

    `areas` are codes: a row passes where a part of its area is one of them or lies inside one. `days` are the first and
    last of a span that its period must touch. `known_by` is a day of publication, `read_by` a time of reading.
    """

    indicator: str | None = None
    areas: tuple[str, ...] = ()
    days: tuple[date, date] | None = None
    provider: str | None = None
    source: str | None = None
    words: str = ""
    known_by: date | None = None
    read_by: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the figures of changes must have: an indicator, areas as of a question."""

    indicator: str | None = None
    areas: tuple[str, ...] = ()


EVERY_CHANGE = Figures()


@dataclass(frozen=True, slots=True)
class Proof:
    """A version and the capture behind it: where a figure is found again, and the hashes that show it is the same."""

    version: int
    text_sha256: str
    fetched: datetime
    title: str
    capture: int
    sha256: str
    final_url: str
    status: int | None
    size: int


def claims(session: Session, question: Question, limit: int) -> list[Statistic]:
    """The claims that a question asks for, newest first."""
    ids = newest(session, question, limit)
    rows = by_ids(session, ids)
    return [rows[each] for each in ids]


def newest(session: Session, question: Question, limit: int, skip: int = 0) -> Sequence[int]:
    """The ids of the last claims that a question asks for, newest first; `skip` are those already given.

    The last are those read last; where it is asked what was known or read by a day, those next to that day.
    """
    asked = _asked(session, question)
    if asked is None:
        return []
    key, most = _key(session, question), limit + skip
    asked = asked.add_columns(key.label("key"))
    areas = _areas(session, question.areas)
    few = _few_observations(session, question, areas)
    if few is not None:
        asked = asked.where(Statistic.observation_id.in_(few)) if few else asked.where(false())
        ordered = [asked.order_by(*_last(session, question, plain=False)).limit(most)]
    elif areas is None or len(areas) > MOST_AREAS:
        inside = asked if areas is None else asked.where(Statistic.area.in_(areas))
        ordered = [inside.order_by(*_last(session, question)).limit(most)]
    else:  # an index of areas holds the newest of one area only
        last = _last(session, question)
        ordered = [asked.where(Statistic.area == area).order_by(*last).limit(most) for area in areas]
    if not ordered:
        return []
    if len(ordered) == 1:
        return session.scalars(ordered[0]).all()[skip:]
    found = union_all(*(select(one.subquery()) for one in ordered)).subquery()
    merged = select(found.c.id).order_by(found.c.key.desc(), found.c.id.desc()).limit(most)
    return session.scalars(merged).all()[skip:]


def _key(session: Session, question: Question) -> ColumnElement[Any]:
    """What the newest have most of, as the column that an index holds in order."""
    if question.words.strip():
        return words.place(session)
    if question.known_by is not None:
        return Statistic.date.expression
    return Statistic.id.expression if question.read_by is None else Statistic.fetched_at.expression


def _last(session: Session, question: Question, *, plain: bool = True) -> list[ColumnElement[Any]]:
    """The order of a look-up; not `plain`, it is sorted: no index in this order is to be walked for a few rows."""
    number = Statistic.id.desc() if plain else (Statistic.id + 0).desc()
    if question.words.strip():
        return [words.place(session).desc()]
    if question.known_by is None and question.read_by is None:
        return [number]
    return [_key(session, question).desc(), number]


def _few_observations(session: Session, question: Question, areas: Sequence[str] | None) -> Sequence[int] | None:
    """The observations in a period, where they are few; None where they are many, or no period is asked for."""
    if question.days is None:
        return None
    first, last = question.days
    fits = [Observation.first_day <= last, Observation.last_day >= first]
    if question.indicator is not None:
        fits.append(Observation.indicator == question.indicator)
    if areas is not None:
        fits.append(Observation.area.in_(areas))
    found = select(Observation.id).where(*fits).order_by(Observation.first_day.desc()).limit(FEW + 1)
    few = session.scalars(found).all()
    return few if len(few) <= FEW else None


def among(session: Session, question: Question, observation_ids: Collection[int]) -> set[int]:
    """The ids of all claims of these observations that a question asks for."""
    asked = _asked(session, question)
    if asked is None:
        return set()
    areas = _areas(session, question.areas)
    if areas is not None:
        asked = asked.where(Statistic.area.in_(areas))
    return set(session.scalars(asked.where(Statistic.observation_id.in_(observation_ids))))


def observations_of(session: Session, statistic_ids: Sequence[int]) -> list[int]:
    """The observations of statistics, in the order of these."""
    rows = session.execute(select(Statistic.id, Statistic.observation_id).where(Statistic.id.in_(statistic_ids)))
    known = {row.id: row.observation_id for row in rows}
    return list(dict.fromkeys(known[each] for each in statistic_ids))


def of_figures(session: Session, found: Select[Change], figures: Figures) -> Select[Change]:
    """Of changes only those of figures that are asked for."""
    if figures.indicator is None and not figures.areas:
        return found
    found = found.join(Statistic, Statistic.id == func.coalesce(Change.statistic_id, Change.previous_id))
    if figures.indicator is not None:
        found = found.where(Statistic.indicator == figures.indicator)
    inside = _areas(session, figures.areas)
    if inside is not None:
        return found.where(Statistic.area.in_(inside))
    return found.where(_at_home()) if figures.areas else found


def _asked(session: Session, question: Question) -> Select[int] | None:
    """The claims that a question asks for, wherever they are; None where it asks for words that are none."""
    asked = select(Statistic.id).where(Statistic.continues_id.is_(None), *_conditions(question))
    if HOME in question.areas:
        asked = asked.where(_at_home())
    if not question.words.strip():
        return asked
    terms = words.terms(question.words)
    return words.restrict(session, asked, terms) if terms else None


def _conditions(question: Question) -> list[ColumnElement[bool]]:
    plain = {"indicator": question.indicator, "provider": question.provider, "source_id": question.source}
    found = [getattr(Statistic, name) == value for name, value in plain.items() if value is not None]
    if question.days is not None:
        first, last = question.days
        found += [Statistic.first_day <= last, Statistic.last_day >= first]
    if question.known_by is not None:
        found.append(Statistic.date <= question.known_by)
    if question.read_by is None:
        return [*found, Statistic.unread_at.is_(None)]
    still = or_(Statistic.unread_at.is_(None), Statistic.unread_at > question.read_by)
    reread = or_(Statistic.reread_at.is_(None), Statistic.reread_at <= question.read_by)
    return [*found, Statistic.fetched_at <= question.read_by, reread, still]


def _at_home() -> ColumnElement[bool]:
    return or_(Statistic.area.like(f"{HOME}%"), Statistic.area.like(f"%+{HOME}%"))


def _areas(session: Session, wanted: tuple[str, ...]) -> list[str] | None:
    """The areas of the ledger that are wanted; None where nothing is to be looked up."""
    if not wanted or HOME in wanted:
        return None
    return [area for area in _every_area(session) if any(_inside(part, wanted) for part in area.split("+"))]


def _inside(part: str, wanted: tuple[str, ...]) -> bool:
    return any(part == code or part.startswith(f"{code}-") for code in wanted)


def _every_area(session: Session) -> list[str]:
    """The areas that there are observations of: one step in the index for each, not one for each row."""
    steps = select(func.min(Observation.area).label("area")).cte("steps", recursive=True)
    following = select(func.min(Observation.area)).where(Observation.area > steps.c.area).scalar_subquery()
    steps = steps.union_all(select(following).where(steps.c.area.is_not(None)))
    return list(session.scalars(select(steps.c.area).where(steps.c.area.is_not(None))))


def proofs(session: Session, version_ids: Collection[int]) -> dict[int, Proof]:
    """Where statistics stand, by version: the hash of its text, and the capture that it was read from."""
    fields = (Version.id, Version.sha256, Version.fetched_at, Version.title, Capture.id, Capture.sha256)
    rows = session.execute(
        select(*fields, Capture.final_url, Capture.status, Capture.size)
        .join(Capture, Capture.id == Version.capture_id)
        .where(Version.id.in_(version_ids))
    )
    return {row[0]: Proof(*row) for row in rows}
