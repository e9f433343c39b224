"""What people decide on figures: kept beside what was read, and outlasting every later version and reading of it."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from monitor.alerts.rules import ChannelRule
from monitor.chain.documents import read_documents
from monitor.chain.ingest import ingest
from monitor.chain.walk import Walk
from monitor.cli import cli
from monitor.errors import InputError
from monitor.reader.language import languages
from store import rulings
from store.database import Store
from tests.statistics_documents import FIRST, OTHER_VOICE, REPEATED, REVISED, document

LATER = document("tercera", "costa", "2024-06-01", REPEATED["text"].replace("el aviso", "la nota de la costa"))


def feed(url: str, *documents: dict[str, Any], channels: dict[str, ChannelRule] | None = None) -> list[tuple[Any, ...]]:
    """The changes of figures that documents make."""
    store, told = Store(url), []
    for one in read_documents([json.dumps(d).encode() for d in documents], "documents", languages(), sourced=True):
        assert not isinstance(one, InputError)
        told += ingest(store, one, Walk(channels=channels or {}))
    store.close()
    values = (
        (c["change"], c["statistic"] and c["statistic"]["value"], c["previous"] and c["previous"]["value"], c["detail"])
        for c in told
    )
    return [(kind, now, before, detail) for kind, now, before, detail in values if now or before]


def run(url: str, *arguments: object) -> Result:
    return CliRunner().invoke(cli, ["--store", url, "statistics", *map(str, arguments)])


def decide(url: str, *arguments: object) -> dict[str, Any]:
    done = run(url, *arguments, "--by", "Ana")
    assert done.exit_code == 0, done.output
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def rows(url: str, *arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(url, *arguments, "--json").stdout.splitlines()]


def current(url: str) -> list[float]:
    return sorted(row["value"] for row in rows(url, "--as-known", "2024-12-31"))


@pytest.fixture(scope="module")
def filled(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ruled") / "store.db"
    shutil.copy(empty_sqlite, path)
    feed(f"sqlite:///{path}", FIRST)
    return path


@pytest.fixture
def url(filled: Path, tmp_path: Path) -> str:
    shutil.copy(filled, tmp_path / "store.db")
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.mark.parametrize("value", ["nan", "inf", "1e400", "1e15", "mil"])
def test_a_value_that_is_no_number_is_wrong_use(url: str, value: str) -> None:
    done = run(url, "correct", 1, "--reason", "otra", "--value", value)
    assert (done.exit_code, "--value" in done.output, current(url)) == (2, True, [610])


def test_a_count_below_zero_is_refused_and_nothing_is_decided(url: str) -> None:
    done = run(url, "correct", 1, "--reason", "otra", "--value=-5")
    assert isinstance(done.exception, InputError)
    assert "must not be below zero, is -5" in str(done.exception)
    assert [row["ruling"] for row in rows(url)] == [None]


@pytest.mark.parametrize("command", ["show", "dismiss", "correct", "confirm"])
def test_an_id_that_no_database_holds_is_wrong_use(url: str, command: str) -> None:
    decided = [] if command == "show" else ["--reason", "otra"]
    done = run(url, command, "9" * 30, *decided)
    assert (done.exit_code, "Invalid value for 'ID'" in done.output) == (2, True)


def test_a_dismissed_figure_counts_in_no_vintage_and_is_shown_as_dismissed(url: str) -> None:
    decide(url, "dismiss", 1, "--reason", "son soles")
    assert current(url) == []
    (row,) = rows(url)
    assert (row["value"], row["ruling"]["ruling"], row["ruling"]["by"]) == (610, "dismissed", "Ana")
    assert row["ruling"]["reason"] == "son soles"


def test_what_repeats_a_dismissed_figure_is_dismissed_with_it_and_nobody_is_told(url: str) -> None:
    decide(url, "dismiss", 1, "--reason", "son soles")
    channels = {"desk": ChannelRule()}
    for repetition in (REPEATED, LATER):
        ((kind, now, before, detail),) = feed(url, repetition, channels=channels)
        assert (kind, now, before) == ("repeated_statistic", 610, 610)
        assert detail["dismissed"]
    assert current(url) == []
    assert {row["ruling"]["by"] for row in rows(url)} == {"Ana"}
    listed = CliRunner().invoke(cli, ["--store", url, "alerts", "--json"]).stdout.splitlines()
    assert {json.loads(line)["changes"] for line in listed} == {1}  # that the items are new


def test_another_value_after_a_dismissal_is_new(url: str) -> None:
    decide(url, "dismiss", 1, "--reason", "son soles")
    ((kind, now, before, _),) = feed(url, OTHER_VOICE)
    assert (kind, now, before) == ("new_statistic", 882, None)


def test_a_new_version_of_the_item_keeps_the_dismissal(url: str) -> None:
    decide(url, "dismiss", 1, "--reason", "son soles")
    edited = FIRST | {"text": FIRST["text"] + " Añade un párrafo sobre la ley.", "fetched": "2024-02-03T12:00:00Z"}
    assert feed(url, edited) == []
    assert current(url) == []


def test_a_dismissed_figure_that_the_item_takes_out_is_not_told_as_withdrawn(url: str) -> None:
    decide(url, "dismiss", 1, "--reason", "son soles")
    edited = FIRST | {
        "text": "La trata de personas en el Perú sigue: la policía investiga más.",
        "fetched": "2024-02-03T12:00:00Z",
    }
    assert feed(url, edited) == []


def test_a_confirmation_lifts_a_dismissal(url: str) -> None:
    decide(url, "dismiss", 1, "--reason", "son soles")
    decide(url, "confirm", 1, "--reason", "visto el informe")
    assert current(url) == [610]
    told = json.loads(run(url, "show", 1, "--json").stdout)
    assert [ruling["ruling"] for ruling in told["rulings"]] == ["dismissed", "confirmed"]


def test_a_corrected_figure_stands_corrected_and_keeps_what_was_read(url: str) -> None:
    told = decide(url, "correct", 1, "--reason", "es de 2022", "--period", "2022", "--value", 611)
    assert (told["value"], told["period"], told["as_read"]["value"], told["as_read"]["period"]) == (
        611,
        "2022",
        610,
        "2023",
    )
    assert [row["value"] for row in rows(url, "--period", "2022")] == [611]
    assert rows(url, "--period", "2023") == []


def test_later_documents_are_compared_with_the_correction(url: str) -> None:
    decide(url, "correct", 1, "--reason", "error de lectura", "--value", 655)
    ((kind, now, before, _),) = feed(url, REVISED)
    assert (kind, now, before) == ("repeated_statistic", 655, 655)


def test_a_new_version_of_the_item_keeps_the_correction(url: str) -> None:
    decide(url, "correct", 1, "--reason", "error de lectura", "--value", 655)
    edited = FIRST | {"text": FIRST["text"] + " Añade un párrafo sobre la ley.", "fetched": "2024-02-03T12:00:00Z"}
    assert feed(url, edited) == []
    assert current(url) == [655]


def test_a_version_that_is_found_to_be_older_keeps_the_ruling_too(url: str) -> None:
    decide(url, "correct", 1, "--reason", "error de lectura", "--value", 655)
    feed(url, FIRST | {"text": FIRST["text"] + " Decía más al principio.", "fetched": "2024-01-20T12:00:00Z"})
    assert current(url) == [655]


def test_the_last_correction_is_in_force_and_all_are_kept(url: str) -> None:
    decide(url, "correct", 1, "--reason", "error", "--value", 655)
    told = decide(url, "correct", 1, "--reason", "otra vez", "--provider", "-")
    assert (told["value"], told["provider"], told["voice"]) == (610, None, "valle")
    assert len(json.loads(run(url, "show", 1, "--json").stdout)["rulings"]) == 2


def test_a_confirmation_brings_back_what_was_read(url: str) -> None:
    decide(url, "correct", 1, "--reason", "error", "--value", 655, "--area", "PE-MDD")
    told = decide(url, "confirm", 1, "--reason", "estaba bien")
    assert (told["value"], told["area"], told["as_read"]) == (610, "PE", None)
    assert [row["id"] for row in rows(url, "--area", "PE")] == [1]
    assert rows(url, "--area", "PE-MDD") == []


def test_as_read_before_the_decision_shows_what_we_held_then(url: str) -> None:
    decide(url, "dismiss", 1, "--reason", "son soles")
    assert [row["value"] for row in rows(url, "--as-read", "2024-02-02")] == [610]


def test_rulings_hold_on_postgresql(postgres_url: str) -> None:
    feed(postgres_url, FIRST)
    decide(postgres_url, "correct", 1, "--reason", "error de lectura", "--value", 655)
    ((kind, *_),) = feed(postgres_url, REVISED)
    decide(postgres_url, "dismiss", 1, "--reason", "no es")
    assert (kind, current(postgres_url)) == ("repeated_statistic", [655])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("correct", "1", "--reason", "x"), "--value"),
        (("correct", "1", "--reason", "x", "--indicator", "victim"), "victims"),
        (("correct", "1", "--reason", "x", "--area", "PE-XYZ"), "PE-MDD"),
        (("correct", "1", "--reason", "x", "--period", "ayer"), "2023-01/2023-06"),
        (("correct", "1", "--reason", "x", "--age", "niños"), "Y0T17"),
        (("dismiss", "1"), "--reason"),
        (("dismiss", "1", "--reason", " "), "--reason"),
        (("dismiss", "uno", "--reason", "x"), "uno"),
    ],
)
def test_a_decision_that_cannot_be_taken_is_wrong_use(url: str, arguments: tuple[str, ...], said: str) -> None:
    done = run(url, *arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    with closing(Store(url)) as store, store.read() as session:
        assert not rulings.of_item(session, 1)


def test_a_decision_on_an_unknown_figure_is_an_error(url: str) -> None:
    done = run(url, "dismiss", 77, "--reason", "x")
    assert isinstance(done.exception, InputError)
    assert "77" in str(done.exception)
