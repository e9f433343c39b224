"""Look-ups in a store of many claims find what going through all of them finds, on whatever shelves they lie."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from monitor.figures import known
from monitor.figures.records import claim_of, columns_of, observation_of
from monitor.ledger.vintages import current
from monitor.reader.statistic import Statistic as Figure
from store import changes, ledger, lookups, models, shelves, sources, words
from store.captures import Arrived, keep
from store.database import Store
from store.items import Entry, Found, discover
from store.lookups import Question

START = datetime(2024, 1, 1, 12, tzinfo=UTC)
CHANCE = random.Random(5)
AREAS = ("PE", "PE-LIM", "PE-LMA", "PE-LIM+PE-TUM", "CO")
PERIODS = ("2021", "2022", "2022-03", "2020/2023", None)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('many')}/store.db")
    with store.write() as session:
        fill(session)
    yield store
    store.close()


def fill(session: Session) -> None:
    """Four hundred claims of some thirty observations by five sources, read in another order than published."""
    for number in range(100):
        source = sources.ensure(session, f"s{number % 5}")
        moment = START + timedelta(hours=number)
        entry = Entry(url=f"https://s.example/{number}", title="Trata de personas")
        (item,) = discover(session, Found(watch_id=None, source_id=source.id, url="", entries=[entry]), moment)
        arrived = Arrived(item_id=item.id, url=item.url, final_url=item.url, content=b"-", content_type="text/plain")
        capture = keep(session, arrived, moment)
        rows = [row_of(session, item, version_of(session, item, capture), place) for place in range(4)]
        shelves.put(session, rows)
        words.add(session, rows, "Trata de personas")
        told = [
            models.Change(change=CHANCE.choice(("new_statistic", "repeated_statistic")), at=moment, statistic_id=row.id,
                          source_id=source.id, item_id=item.id, version_id=row.version_id)
            for row in rows
        ]  # fmt: skip
        changes.add_all(session, told)


def version_of(session: Session, item: models.Item, capture: models.Capture) -> models.Version:
    version = models.Version(
        item_id=item.id, capture_id=capture.id, fetched_at=capture.fetched_at, title="Trata de personas",
        language="es", text="-", sha256="-", relevant=True, rules="test",
    )  # fmt: skip
    session.add(version)
    session.flush()
    return version


def row_of(session: Session, item: models.Item, version: models.Version, place: int) -> models.Statistic:
    value = CHANCE.choice((100, 103, 140, 200))
    quote = f"Hubo {value} víctimas, dijo {CHANCE.choice(('Ana', 'Eva', 'Ida'))}"
    figure = Figure(
        start=place, end=place + 1, quote=quote, value=value, rule="test", qualifier=CHANCE.choice("==~"),
        indicator=CHANCE.choice(("victims", "victims", "cases")), period=CHANCE.choice(PERIODS),
        area=CHANCE.choice(AREAS), provider=CHANCE.choice((None, "PNP", "OTHER")),
        measure=CHANCE.choice((None, None, "rescued")),
    )  # fmt: skip
    observation = ledger.observation(session, observation_of(figure))
    withdrawn, unread = (version.fetched_at + timedelta(days=3) if CHANCE.random() < 0.1 else None for _ in "wu")
    return models.Statistic(
        version_id=version.id, item_id=item.id, source_id=item.source_id, start=place, end=place + 1, quote=quote,
        quote_offset=5, rule="test", rules="test", date=date(2023, 1, 1) + timedelta(days=CHANCE.randrange(300)),
        fetched_at=version.fetched_at, withdrawn_at=withdrawn, unread_at=unread,
        **columns_of(figure, item.source_id, observation),
    )  # fmt: skip


QUESTIONS = [
    Question(),
    Question(indicator="cases"),
    Question(indicator="cases", provider="PNP", source="s3"),
    Question(source="s2", areas=("PE-LMA",)),
    Question(areas=("PE-LIM", "PE-LMA")),
    Question(areas=("PE",)),
    Question(days=(date(2022, 1, 1), date(2022, 2, 28))),
    Question(days=(date(2022, 1, 1), date(2022, 2, 28)), provider="OTHER"),
    Question(provider="MPFN"),
    Question(words="ana"),
    Question(words="ana", source="s1", indicator="victims"),
    Question(words="dijo eva", areas=("PE-TUM",), days=(date(2022, 3, 1), date(2022, 3, 1))),
    Question(words="nadie"),
    Question(words="victimas", provider="MPFN"),
]
UNTIL = [
    {"known_by": date(2023, 5, 1)},
    {"read_by": START + timedelta(hours=50)},
    {"known_by": date(2023, 8, 1), "read_by": START + timedelta(hours=80)},
]


def every_claim(session: Session) -> list[models.Statistic]:
    ids = range(1, 401)
    return list(ledger.by_ids(session, ids).values())


def fits(row: models.Statistic, asked: Question) -> bool:
    parts = row.area.split("+")
    days = asked.days
    said = set(words.fold(row.quote))
    return (
        asked.indicator in {None, row.indicator}
        and asked.provider in {None, row.provider}
        and asked.source in {None, row.source_id}
        and (not asked.areas or any(p == a or p.startswith(f"{a}-") for p in parts for a in asked.areas))
        and (days is None or (row.first_day is not None and row.last_day is not None
             and row.first_day <= days[1] and row.last_day >= days[0]))
        and said.issuperset(asked.words.split())
    )  # fmt: skip


def was_held(row: models.Statistic, asked: Question) -> bool:
    if asked.known_by is not None and row.date is not None and row.date > asked.known_by:
        return False
    if asked.read_by is None:
        return row.unread_at is None
    return row.fetched_at <= asked.read_by and (row.unread_at is None or row.unread_at > asked.read_by)


@pytest.fixture(params=["at once", "little by little"])
def steps(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the bounds that are meant for millions of claims, and with bounds that four hundred go over."""
    if request.param == "little by little":
        monkeypatch.setattr(lookups, "FEW", 3)
        monkeypatch.setattr(lookups, "AT_ONCE", 2)
        monkeypatch.setattr(lookups, "GROWTH", 2)
        monkeypatch.setattr(changes, "FEW", 3)
        monkeypatch.setattr(changes, "GROWTH", 2)
        for name, bound in {"LAST": 1, "GROWTH": 2, "AT_ONCE": 3}.items():
            monkeypatch.setattr(known, name, bound)


@pytest.mark.usefixtures("steps")
@pytest.mark.parametrize("limit", [1, 7, 1000])
@pytest.mark.parametrize("asked", QUESTIONS, ids=repr)
def test_the_newest_are_those_of_all(many: Store, asked: Question, limit: int) -> None:
    with many.read() as session:
        wanted = [row.id for row in every_claim(session) if row.unread_at is None and fits(row, asked)]
        assert list(lookups.newest(session, asked, limit)) == sorted(wanted, reverse=True)[:limit]


@pytest.mark.usefixtures("steps")
@pytest.mark.parametrize("until", UNTIL, ids=repr)
@pytest.mark.parametrize("asked", QUESTIONS, ids=repr)
def test_what_was_current_follows_from_all_that_was_held(many: Store, asked: Question, until: dict[str, Any]) -> None:
    question = replace(asked, **until)
    end = datetime(2024, 1, 3, 12, tzinfo=UTC)
    with many.read() as session:
        told = known.as_of(session, question, end, 1000)
        assert sorted((r["id"], r["since"], r["last_said"], r["said_by"]) for r in told) == by_hand(
            session, question, end
        )
        few = known.as_of(session, question, end, 3)
        assert len(few) == min(3, len(told))
        assert all(row in told for row in few)


def by_hand(session: Session, question: Question, end: datetime) -> list[tuple[Any, ...]]:
    rows = {row.id: row for row in every_claim(session) if was_held(row, question)}
    observations: dict[int, list[models.Statistic]] = {}
    for row in rows.values():
        observations.setdefault(row.observation_id, []).append(row)
    found = []
    for own in observations.values():
        claims = [
            replace(claim_of(row), withdrawn=row.withdrawn_at is not None and row.withdrawn_at <= end) for row in own
        ]
        for vintage in (one for told in current(claims).values() for one in told):
            if any(fits(rows[claim.id or 0], question) for claim in vintage.claims):
                said = (str(vintage.first.date), str(vintage.last.date), len(vintage.claims))
                found += [(value.id, *said) for value in vintage.values]
    return sorted(found)


@pytest.mark.usefixtures("steps")
@pytest.mark.parametrize("classes", [(), ("new_statistic",), ("withdrawn_statistic",)])
@pytest.mark.parametrize("asked", QUESTIONS[:9], ids=repr)
def test_the_last_changes_are_those_of_all(many: Store, asked: Question, classes: tuple[str, ...]) -> None:
    figures = Question(indicator=asked.indicator, areas=asked.areas)
    start = START + timedelta(hours=30)
    with many.read() as session:
        found = changes.since(session, start, classes=classes, source=asked.source, figures=figures, limit=9)
        rows = {row.id: row for row in every_claim(session)}
        every = changes.since(session, None, limit=1000)
        wanted = [
            one.id
            for one in every
            if one.at >= start
            and (not classes or one.change in classes)
            and asked.source in {None, one.source_id}
            and fits(rows[one.statistic_id or 0], figures)
        ]
        assert [one.id for one in found] == wanted[-9:]
