"""Looks statistics up by what is asked of them. Of millions only a few shelves are visited, and little of each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from store import words
from store.ledger import by_ids
from store.models import Capture, Observation, Shelf, Statistic, Version
from store.past import Account

HOME = "PE"  # nearly every row is inside: it is sifted on the way, not looked up
FEW = 10_000  # what has these words is sifted one by one; what more have is found on the shelves
AT_ONCE = 64  # shelves from which voices are gathered together
GROWTH = 8

ShelfEnd = tuple[int, int]


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


def newest(session: Session, question: Question, limit: int) -> Sequence[int]:
    """The ids of the last claims that a question asks for, those read last first."""
    if not question.words.strip():
        return _on_shelves(session, question, limit)
    terms = words.terms(question.words)
    if not terms:
        return []
    narrowed = replace(question, words="")
    if narrowed != Question() and words.many(session, terms, FEW):
        for most in (GROWTH * limit, GROWTH * GROWTH * limit):
            known = _on_shelves(session, narrowed, most)
            found = words.among(session, known, terms)
            if len(found) >= limit or len(known) < most:
                return [each for each in known if each in found][:limit]
    asked = words.restrict(session, _asked(question), terms)
    return session.scalars(asked.order_by(words.place(session).desc()).limit(limit)).all()


def _on_shelves(session: Session, question: Question, limit: int) -> Sequence[int]:
    """The ids of the last claims, whatever their words.

    The last hundred lie on the hundred shelves that were added to last, and each of these ends with one of them or a
    later one: so nothing before the last id of the hundredth shelf need be seen.
    """
    asked, most = _asked(question), limit
    while True:
        shelves = last_shelves(session, question, Shelf.last_id, most)
        if len(shelves) < most:
            return _merged(session, asked, shelves, limit)
        on_these = Statistic.shelf_id.in_([shelf for shelf, _ in shelves])
        rows = asked.where(on_these, Statistic.id >= shelves[-1][1])
        found = session.scalars(rows.order_by((Statistic.id + 0).desc()).limit(limit)).all()
        if len(found) == limit:
            return found
        most *= GROWTH


def last_shelves(
    session: Session, question: Question, end: InstrumentedAttribute[int], most: int
) -> Sequence[ShelfEnd]:
    """The shelves on which such claims may lie with where they end: those that end last, the last one first."""
    fits = select(Shelf.id, end).where(*shelf_fits(session, question), end > 0)
    return [(row[0], row[1]) for row in session.execute(fits.order_by(end.desc()).limit(most))]


def _merged(session: Session, asked: Select[int], shelves: Sequence[ShelfEnd], limit: int) -> list[int]:
    """The last claims of these shelves, each visited only where it may hold one of them."""
    found: list[int] = []
    for shelf, last in shelves:
        if len(found) == limit and found[-1] > last:
            break
        here = asked.where(Statistic.shelf_id == shelf).order_by(Statistic.id.desc()).limit(limit)
        found = sorted([*found, *session.scalars(here)], reverse=True)[:limit]
    return found


def accounts(session: Session, question: Question) -> Iterator[list[Account]]:
    """The observations and voices of the claims that a question asks for, some at a time: the last years first.

    Where it asks for words that few have, all at once: what was read last first.
    """
    asked, seen = _asked(question), set[Account]()
    terms = words.terms(question.words)
    if question.words.strip() and not terms:
        return
    columns = (Statistic.observation_id, Statistic.voice, func.max(Statistic.id))
    if terms and not words.many(session, terms, FEW):
        having = words.restrict(session, asked.with_only_columns(*columns), terms)
        newest_of_each = session.execute(having.group_by(Statistic.observation_id, Statistic.voice))
        yield [(row[0], row[1]) for row in sorted(newest_of_each, key=lambda row: row[2], reverse=True)]
        return
    for shelves in _by_years(session, question):
        rows = asked.with_only_columns(Statistic.observation_id, Statistic.voice, Statistic.id)
        found = session.execute(rows.where(Statistic.shelf_id.in_(shelves))).all()
        said = words.among(session, [row[2] for row in found], terms) if terms else None
        here = {(row[0], row[1]): None for row in found if said is None or row[2] in said}
        yield [one for one in here if one not in seen]
        seen.update(here)


def _by_years(session: Session, question: Question) -> Iterator[list[int]]:
    """The shelves on which such claims may lie, some at a time: the last years first, no period last."""
    fits = select(Shelf.id).where(*shelf_fits(session, question))
    if question.known_by is not None:
        fits = fits.where(Shelf.first_date <= question.known_by)
    if question.read_by is not None:
        fits = fits.where(Shelf.first_fetched <= question.read_by)
    ordered = fits.order_by(Shelf.last_year.desc(), Shelf.first_year.desc(), Shelf.id.desc())
    skip, most = 0, GROWTH * AT_ONCE
    while ids := session.scalars(ordered.offset(skip).limit(most)).all():
        yield from ([*ids[start : start + AT_ONCE]] for start in range(0, len(ids), AT_ONCE))
        skip += len(ids)


def shelf_fits(session: Session, question: Question) -> list[ColumnElement[bool]]:
    plain = {"indicator": question.indicator, "provider": question.provider, "source_id": question.source}
    fits = [getattr(Shelf, name) == value for name, value in plain.items() if value is not None]
    if question.days is not None:
        first, last = question.days
        fits += [Shelf.first_year <= last.year, Shelf.last_year >= first.year]
    if HOME in question.areas:
        fits.append(or_(Shelf.area.like(f"{HOME}%"), Shelf.area.like(f"%+{HOME}%")))
    elif question.areas:
        every = _every_area(session)
        fits.append(Shelf.area.in_([a for a in every if any(_inside(part, question.areas) for part in a.split("+"))]))
    return fits


def _asked(question: Question) -> Select[int]:
    """The claims that a question asks for, as far as their shelf does not say; but for their words."""
    found: list[ColumnElement[bool]] = [Statistic.continues_id.is_(None)]
    if question.days is not None:
        first, last = question.days
        found += [Statistic.first_day <= last, Statistic.last_day >= first]
    if question.words.strip():  # found without their shelves
        plain = {"indicator": question.indicator, "provider": question.provider, "source_id": question.source}
        found += [getattr(Statistic, name) == value for name, value in plain.items() if value is not None]
        found += [or_(*(_lies_in(code) for code in question.areas))] if question.areas else []
    if question.known_by is not None:
        found.append(Statistic.date <= question.known_by)
    if question.read_by is None:
        return select(Statistic.id).where(*found, Statistic.unread_at.is_(None))
    still = or_(Statistic.unread_at.is_(None), Statistic.unread_at > question.read_by)
    reread = or_(Statistic.reread_at.is_(None), Statistic.reread_at <= question.read_by)
    return select(Statistic.id).where(*found, Statistic.fetched_at <= question.read_by, reread, still)


def _lies_in(code: str) -> ColumnElement[bool]:
    """Whether a part of a claim's area is this one, or lies inside it."""
    area = literal("+") + Statistic.area + "+"
    return or_(area.like(f"%+{code}+%"), area.like(f"%+{code}-%"))


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
