"""From a capture to its changes, on SQLite and on PostgreSQL: what is filed, what is told; order leaves no trace."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from monitor.chain.documents import Document, checked, read_documents
from monitor.chain.ingest import ingest
from monitor.chain.reading import read_page_text
from monitor.chain.walk import Walk
from store.columns import Base
from store.database import Store
from store.models import Item, Observation, Statistic, Version
from tests.commands import lines, told
from tests.servers import PostgresServer

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared" / "scenarios" / "scenarios.jsonl"


def scenarios(path: Path) -> list[Any]:
    """The scenarios of a file, none where there is no such file."""
    kept = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [pytest.param(one, id=one["name"]) for one in map(json.loads, kept)]


OWN = scenarios(HERE / "data" / "scenarios_documents.jsonl")


READ_ONCE = cache(read_page_text)


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading is pure and takes most of the time: each text is read once for all tests."""
    monkeypatch.setattr("monitor.chain.walk.read_page_text", READ_ONCE)


@pytest.fixture(scope="module")
def kept_sqlite(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("chain") / "store.db"
    path.write_bytes(empty_sqlite.read_bytes())
    made = Store(f"sqlite:///{path}")
    yield made
    made.close()


@pytest.fixture(scope="module")
def kept_postgres(postgres: PostgresServer) -> Iterator[Store]:
    made = Store(postgres.new_database(template="ready"))
    yield made
    made.close()


@pytest.fixture
def store(kept_sqlite: Store) -> Store:
    return emptied(kept_sqlite)


@pytest.fixture
def postgres_store(kept_postgres: Store) -> Store:
    return emptied(kept_postgres)


def emptied(store: Store) -> Store:
    """The store without its rows: quicker than another one."""
    with store.write() as session:
        session.execute(update(Statistic).values(continues_id=None))
        for table in reversed(Base.metadata.sorted_tables):
            session.execute(table.delete())
    return store


def documents(scenario: dict[str, Any]) -> list[Document]:
    return [
        checked(one)
        for one in read_documents(lines(scenario["documents"]).splitlines(), "test", ["en", "es"], sourced=True)
    ]


def read(store: Store, given: list[Document]) -> list[dict[str, Any]]:
    return [change for document in given for change in ingest(store, document, Walk())]


def expected(scenario: dict[str, Any]) -> Counter[tuple[Any, ...]]:
    return Counter(tuple(row) for row in scenario["expect"])


def ledger_of(store: Store) -> Counter[tuple[Any, ...]]:
    """Where claims begin, of what and by whom, and whether they still stand; without ids and times of reading."""
    columns = (
        *(Item.url, Version.sha256, Statistic.start, Statistic.end, Statistic.value, Statistic.qualifier),
        *(Observation.series, Observation.period, Statistic.voice, Statistic.date),
        Statistic.withdrawn_at.is_(None),
    )
    joined = select(*columns).select_from(Statistic).join(Observation, Observation.id == Statistic.observation_id)
    rows = joined.join(Version, Version.id == Statistic.version_id).join(Item, Item.id == Statistic.item_id)
    with store.read() as session:
        return Counter(
            tuple(row)
            for row in session.execute(rows.where(Statistic.continues_id.is_(None), Statistic.unread_at.is_(None)))
        )


def not_shown(store: Store) -> list[Statistic]:
    """The statistics that do not stand where they say."""
    rows = select(Statistic, Version.text).join(Version, Version.id == Statistic.version_id)
    with store.read() as session:
        return [
            statistic
            for statistic, text in session.execute(rows)
            if statistic.quote not in text
            or not statistic.quote[statistic.quote_offset :].startswith(text[statistic.start : statistic.end])
        ]


@pytest.mark.parametrize("scenario", scenarios(SHARED))
def test_each_document_changes_what_it_must(store: Store, scenario: dict[str, Any]) -> None:
    assert Counter(told(change) for change in read(store, documents(scenario))) == expected(scenario)


@pytest.mark.parametrize("scenario", OWN)
def test_the_changes_are_the_same_on_postgresql(postgres_store: Store, scenario: dict[str, Any]) -> None:
    assert Counter(told(change) for change in read(postgres_store, documents(scenario))) == expected(scenario)
    assert read(postgres_store, documents(scenario)) == []
    assert not_shown(postgres_store) == []


@pytest.mark.parametrize("scenario", OWN)
def test_the_order_of_reading_leaves_no_trace_in_the_ledger(store: Store, scenario: dict[str, Any]) -> None:
    given = documents(scenario)
    if len({one.url for one in given}) < len([one for one in given if one.fetched is None]):
        pytest.skip("its versions are in the order in which they are read")
    read(store, given)
    ledger = ledger_of(store)
    read(emptied(store), given[::-1])
    assert ledger_of(store) == ledger
