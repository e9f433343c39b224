"""The ledger depends on the documents and their dates, not on the order in which they were read."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.chain.documents import Document
from monitor.chain.reading import read_page_text
from store.database import Store
from tests.test_monitor_chain import emptied, ledger_of, read

GOLD = Path(__file__).parents[2] / "shared" / "gold"
START = datetime(2024, 3, 1, 12, tzinfo=UTC)
READ_ONCE = cache(read_page_text)
SENTENCES = (
    "La Fiscalía registró {value} víctimas de trata de personas en el Perú en 2023.",
    "La Policía Nacional registró {value} víctimas de trata de personas en el Perú en 2023.",
    "Hubo unas {value} denuncias por trata de personas en Puno en 2022.",
    "En un operativo contra la trata de personas en Puno se rescató a {value} víctimas.",
)


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.chain.walk.read_page_text", READ_ONCE)


OFF_TOPIC = "La Policía Nacional detuvo a 12 sospechosos de robo en Puno. Hubo 3 patrulleros."


def _document(item: int, fetched: int, said: list[tuple[str, int]], published: date | None = None) -> Document:
    text = " ".join(sentence.format(value=value) for sentence, value in said) or OFF_TOPIC
    return Document(
        source=f"valle{item % 2}",
        url=f"https://valle{item % 2}.example/{item}",
        title="Trata de personas en el Perú" if said else "Robos en Puno",
        language="es",
        published=published,
        fetched=START + timedelta(days=fetched),
        text=text + " El balance fue presentado ante la prensa en la sede de la institución.",
    )


_said = st.lists(st.tuples(st.sampled_from(SENTENCES), st.sampled_from([100, 103, 140])), max_size=3)
_published = st.sampled_from([None, date(2024, 2, 2), date(2024, 2, 2), date(2024, 2, 20)])
_documents = st.lists(
    st.builds(_document, st.integers(1, 3), st.integers(0, 5), _said, _published),
    min_size=2,
    max_size=6,
    unique_by=lambda document: (document.url, document.fetched),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_documents.flatmap(lambda documents: st.tuples(st.just(documents), st.permutations(documents))))
def test_documents_in_any_order_end_in_the_same_ledger(
    store: Store, pair: tuple[list[Document], list[Document]]
) -> None:
    documents, shuffled = pair
    read(emptied(store), documents)
    ledger = ledger_of(store)
    read(emptied(store), shuffled)
    assert ledger_of(store) == ledger


A, B, OFF = [(SENTENCES[0], 100)], [(SENTENCES[0], 140), (SENTENCES[2], 100)], list[tuple[str, int]]()
DAY, LATER = date(2024, 2, 2), date(2024, 2, 20)
HISTORIES = {
    "a text that returns": [_document(1, 0, A, DAY), _document(1, 1, B, DAY), _document(1, 2, A, DAY)],
    "a date that comes later": [_document(1, 0, A), _document(1, 1, B, DAY), _document(1, 2, A, LATER)],
    "a topic that comes later": [_document(1, 0, OFF, DAY), _document(1, 1, A, DAY), _document(1, 2, OFF, DAY)],
    "a part between the whole": [_document(1, 0, A * 9, DAY), _document(1, 1, A, DAY), _document(1, 2, B * 9, DAY)],
    "half, then half of that": [_document(1, 0, B * 9, DAY), _document(1, 1, B * 4, DAY), _document(1, 2, B, DAY)],
}


@pytest.mark.parametrize("history", HISTORIES.values(), ids=HISTORIES)
def test_the_history_of_an_item_is_the_same_in_any_order(store: Store, history: list[Document]) -> None:
    read(store, history)
    ledger = ledger_of(store)
    assert ledger
    for order in permutations(history):
        read(emptied(store), list(order))
        assert ledger_of(store) == ledger


@pytest.fixture
def postgres_store(postgres_url: str) -> Iterator[Store]:
    made = Store(postgres_url)
    yield made
    made.close()


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_documents.flatmap(lambda documents: st.tuples(st.just(documents), st.permutations(documents))))
def test_the_order_leaves_no_trace_on_postgresql(
    postgres_store: Store, pair: tuple[list[Document], list[Document]]
) -> None:
    documents, shuffled = pair
    read(emptied(postgres_store), documents)
    ledger = ledger_of(postgres_store)
    read(emptied(postgres_store), shuffled)
    assert ledger_of(postgres_store) == ledger


def _gold(name: str) -> list[Document]:
    lines = (GOLD / name).read_text(encoding="utf-8").splitlines()
    return [_line(json.loads(line), number) for number, line in enumerate(lines)]


def _line(fields: dict[str, Any], number: int) -> Document:
    published = date.fromisoformat(fields["published"]) if fields["published"] else None
    return Document(
        source=fields["source"],
        url=fields["url"],
        title=fields["title"],
        language=fields["lang"],
        published=published,
        fetched=START + timedelta(hours=number),
        text=fields["text"],
    )


@pytest.mark.skipif(not GOLD.exists(), reason="the documents are not here")
def test_real_documents_in_any_order_end_in_the_same_ledger(store: Store) -> None:
    documents = [*_gold("dev_en.jsonl"), *_gold("dev_es.jsonl")]
    read(store, documents)
    ledger = ledger_of(store)
    assert ledger
    for order in (documents[::-1], random.Random(7).sample(documents, len(documents))):
        read(emptied(store), order)
        assert ledger_of(store) == ledger
