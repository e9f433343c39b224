"""An item that is forgotten: its words are nowhere any more, its values and hashes stay, and it does not come back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from monitor.alerts.message import MessageOptions, compose
from monitor.alerts.rules import ChannelRule
from monitor.chain.documents import read_documents
from monitor.chain.ingest import ingest
from monitor.chain.walk import Walk
from monitor.cli import cli
from monitor.errors import InputError
from monitor.figures.records import changes_json
from monitor.reader.language import languages
from store import alerts, captures, erasure, items, rulings
from store.captures import Arrived
from store.database import Store
from store.models import Body, Capture, Item
from tests.statistics_documents import OTHER_VOICE, document

SAID = (
    "La Policía rescató a 12 menores de edad víctimas de trata de personas en Puno en marzo de 2024, contó Yamileth Q."
)
NAMED = document("ninas", "valle", "2024-04-02", SAID) | {"title": "Yamileth Q. fue rescatada de la trata en Puno"}
EDITED = NAMED | {"text": SAID + " Yamileth Q. volvió con su familia.", "fetched": "2024-04-05T12:00:00Z"}
COPY = document("copia", "litoral", "2024-04-03", SAID + " (Con información de la agencia.)")


def feed(store: Store, *documents: dict[str, Any], channels: dict[str, ChannelRule] | None = None) -> list[Any]:
    told = []
    for one in read_documents([json.dumps(d).encode() for d in documents], "documents", languages(), sourced=True):
        assert not isinstance(one, InputError)
        told += ingest(store, one, Walk(channels=channels or {}))
    return told


def run(url: str, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--store", url, *arguments])


def forget(url: str, said: str = NAMED["url"]) -> list[dict[str, Any]]:
    done = run(url, "forget", said, "--reason", "lo pidió la familia", "--by", "Ana")
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    found: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return found


@pytest.fixture
def filled(url: str) -> Iterator[Store]:
    with closing(Store(url)) as store:
        feed(store, NAMED, EDITED, OTHER_VOICE, channels={"desk": ChannelRule()})
        yield store


def everything(url: str) -> str:
    """All that can be looked up."""
    commands = (("statistics",), ("changes",), ("alerts",), ("statistics", "show", "1"))
    return "".join(run(url, *command, "--json").stdout for command in commands)


@pytest.mark.usefixtures("filled")
def test_its_words_are_erased_and_its_values_stay(url: str) -> None:
    assert "Yamileth" in everything(url)
    (told,) = forget(url)
    assert (told["versions"], told["captures"], told["shared"]) == (2, 2, 0)
    after = everything(url)
    assert "Yamileth" not in after
    assert "Puno" not in after
    shown = json.loads(run(url, "statistics", "show", "1", "--json").stdout)
    assert (shown["statistic"]["value"], shown["statistic"]["quote"], shown["statistic"]["title"]) == (
        12,
        "erased",
        "erased",
    )
    assert len(shown["chain"][0]["proof"]["sha256"]) == 64


@pytest.mark.usefixtures("filled")
def test_it_is_not_found_by_its_words_any_more_and_others_are(url: str) -> None:
    assert run(url, "statistics", "--words", "yamileth", "--json").stdout
    forget(url)
    assert run(url, "statistics", "--words", "yamileth", "--json").stdout == ""
    assert run(url, "statistics", "--words", "fiscalia", "--json").stdout


def test_nothing_of_it_is_left_in_the_files(sqlite_url: str, tmp_path: Path) -> None:
    with closing(Store(sqlite_url)) as store:
        feed(store, NAMED, EDITED, OTHER_VOICE)
    forget(sqlite_url)
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("store.db*"))
    assert b"amileth" not in stored
    assert b"fiscal" in stored


def test_an_alert_that_is_sent_later_says_erased(url: str, filled: Store) -> None:
    forget(url)
    with filled.read() as session:
        (first, *_) = alerts.recent(session, 10)[::-1]
        changes = changes_json(session, alerts.changes_of(session, first.id))
    at = datetime(2024, 4, 6, tzinfo=UTC)
    message = compose(changes, MessageOptions(language="es", zone=ZoneInfo("America/Lima"), at=at))
    assert "erased" in message.text
    assert "Yamileth" not in message.text + message.html + message.subject + json.dumps(message.data)


def test_it_does_not_come_back(url: str, filled: Store) -> None:
    forget(url)
    assert feed(filled, NAMED | {"fetched": "2024-05-01T00:00:00Z"}, EDITED) == []
    assert "Yamileth" not in everything(url)
    with filled.read() as session:
        assert items.due(session, "valle", datetime(2030, 1, 1, tzinfo=UTC), 10) == []
        assert items.known(session, [NAMED["url"]])
    assert run(url, "reread", "--source", "valle").stdout == ""


def test_the_forgetting_is_recorded(url: str, filled: Store) -> None:
    forget(url)
    forget(url)
    with filled.read() as session:
        item = erasure.meant(session, NAMED["url"], None)[0]
        (ruling,) = rulings.of_item(session, item.id)
        assert (ruling.ruling, ruling.by, ruling.reason) == ("forgotten", "Ana", "lo pidió la familia")


def test_what_repeats_its_values_is_still_known_to_repeat(url: str, filled: Store) -> None:
    forget(url)
    kinds = [(c["change"], c["previous"]["value"]) for c in feed(filled, COPY) if c["previous"]]
    assert ("repeated_statistic", 12) in kinds


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("said", ["http://www.valle.example/ninas/?utm_source=x", "1", "https://valle.example/ninas"])
def test_it_is_named_by_address_or_id(url: str, said: str) -> None:
    assert [told["item"] for told in forget(url, said)] == [1]


def test_copies_are_named_and_keep_their_bytes(sqlite_url: str) -> None:
    same = NAMED | {"url": "https://litoral.example/ninas", "source": "litoral"}
    with closing(Store(sqlite_url)) as store:
        feed(store, NAMED, same)
    done = run(sqlite_url, "forget", NAMED["url"], "--reason", "x", "--by", "Ana")
    (told,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert (told["shared"], told["copies"]) == (1, [same["url"]])
    assert same["url"] in done.stderr
    with closing(Store(sqlite_url)) as store, store.read() as session:
        held = session.get_one(Capture, 2)
        assert captures.body(session, held) == SAID.encode()


def test_known_past_of_an_address_goes_with_it(sqlite_url: str, tmp_path: Path) -> None:
    file = tmp_path / "known.csv"
    line = f"12,victims,valle,{NAMED['url']},Yamileth Q. rescatada\n"
    file.write_text("value,indicator,source,url,title\n" + line, encoding="utf-8")
    run(sqlite_url, "ingest", "--statistics", str(file))
    assert len(forget(sqlite_url)) == 1
    assert "Yamileth" not in everything(sqlite_url)


def test_the_same_bytes_of_another_item_are_kept_when_they_come_later(sqlite_url: str) -> None:
    with closing(Store(sqlite_url)) as store:
        feed(store, NAMED)
        forget(sqlite_url)
        with store.write() as session:
            other = Item(source_id="valle", key="other", url="https://valle.example/other", state=items.HELD)
            other.first_seen_at = datetime(2024, 5, 1, tzinfo=UTC)
            session.add(other)
            session.flush()
            arrived = Arrived(
                item_id=other.id, url=other.url, final_url=other.url, content=SAID.encode(), content_type="text/plain"
            )
            captures.keep(session, arrived, datetime(2024, 5, 1, tzinfo=UTC))
        with store.read() as session:
            assert session.query(Body).one().content == SAID.encode()


def test_an_unknown_item_is_an_error_and_a_reason_is_needed(sqlite_url: str) -> None:
    done = run(sqlite_url, "forget", "https://nada.example/", "--reason", "x")
    assert isinstance(done.exception, InputError)
    assert run(sqlite_url, "forget", "1").exit_code == 2
    assert run(sqlite_url, "forget", "1", "--reason", " ").exit_code == 2
