"""Stored captures read again by other rules: what differs is said, filed in silence if asked, and nothing is lost.

The rules of yesterday are those of today with a figure taken away, added, or read otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from monitor.chain import reading as reading_module
from monitor.chain import refiling
from monitor.chain.documents import read_documents
from monitor.chain.ingest import ingest
from monitor.chain.walk import Walk
from monitor.cli import cli
from monitor.errors import InputError
from monitor.reader.language import languages
from monitor.reader.read import read_statistics
from monitor.reader.relevance.judge import Relevance
from monitor.reader.statistic import Statistic
from store.database import Store
from store.models import Statistic as Row
from store.models import Telling
from tests.statistics_documents import FIRST, OTHER_VOICE, REPEATED

Rules = Callable[[Statistic], Iterable[Statistic]]
TWO = FIRST | {"text": FIRST["text"] + " En Puno hubo 44 denuncias por trata de personas en 2023."}


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> Callable[[Rules], None]:
    """Have the rules give for each statistic what a function makes of it."""

    def become(rules: Rules) -> None:
        def read(*arguments: Any) -> Sequence[Statistic]:
            return [other for one in read_statistics(*arguments) for other in rules(one)]

        monkeypatch.setattr(reading_module, "read_statistics", read)

    return become


def today(one: Statistic) -> Iterator[Statistic]:
    yield one


def without(value: float) -> Rules:
    return lambda one: [] if one.value == value else [one]


def otherwise(value: float, **slots: Any) -> Rules:
    return lambda one: [replace(one, **slots)] if one.value == value else [one]


def feed(url: str, *documents: dict[str, Any]) -> None:
    store = Store(url)
    for one in read_documents([json.dumps(d).encode() for d in documents], "documents", languages(), sourced=True):
        assert not isinstance(one, InputError)
        ingest(store, one, Walk())
    store.close()


def run(url: str, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--store", url, *arguments])


def reread(url: str, *arguments: str) -> list[dict[str, Any]]:
    done = run(url, "reread", *arguments)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def values(url: str, *arguments: str) -> list[float]:
    rows = run(url, "statistics", *arguments, "--json").stdout.splitlines()
    return sorted(json.loads(row)["value"] for row in rows)


def changes(url: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(url, "changes", "--json").stdout.splitlines()]


def test_rules_that_read_the_same_differ_in_nothing(sqlite_url: str) -> None:
    feed(sqlite_url, FIRST, REPEATED, OTHER_VOICE)
    before = changes(sqlite_url)
    assert reread(sqlite_url) == reread(sqlite_url, "--apply") == []
    assert changes(sqlite_url) == before


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    found: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return found


def test_a_figure_that_todays_rules_find_is_filed_in_silence(url: str, rules: Callable[[Rules], None]) -> None:
    rules(without(44))
    feed(url, TWO)
    rules(today)
    (told,) = reread(url, "--apply")
    assert ([one["value"] for one in told["found"]], told["lost"], told["changed"]) == ([44], [], [])
    assert [(one["change"], one["statistic"]["value"]) for one in told["told"]] == [("new_statistic", 44)]
    assert values(url) == [44, 610]
    assert changes(url)[-1]["detail"]["ours"]
    with closing(Store(url)) as store, store.read() as session:
        assert session.query(Telling).count() == 0
    assert reread(url) == []


def test_a_figure_that_todays_rules_lose_is_kept_and_stands_no_more(url: str, rules: Callable[[Rules], None]) -> None:
    feed(url, TWO)
    rules(without(44))
    (told,) = reread(url, "--apply")
    assert [one["value"] for one in told["lost"]] == [44]
    assert values(url) == values(url, "--as-known", "2024-12-31") == [610]
    (last,) = changes(url)[-1:]
    assert (last["change"], last["previous"]["value"]) == ("withdrawn_statistic", 44)
    shown = json.loads(run(url, "statistics", "show", "2", "--json").stdout)
    assert shown["statistic"]["unread"]
    assert values(url, "--as-read", "2024-02-02") == [44, 610]


def test_slots_that_are_read_otherwise_move_the_figure(url: str, rules: Callable[[Rules], None]) -> None:
    rules(otherwise(610, period="2022"))
    feed(url, FIRST)
    rules(today)
    (told,) = reread(url, "--apply")
    assert [(one["before"]["period"], one["now"]["period"]) for one in told["changed"]] == [("2022", "2023")]
    assert told["told"] == []  # one statistic, read otherwise
    assert (values(url, "--period", "2022"), values(url, "--period", "2023")) == ([], [610])
    feed(url, REPEATED)
    assert (changes(url)[-1]["change"], changes(url)[-1]["previous"]["value"]) == ("repeated_statistic", 610)


def test_without_apply_nothing_is_written(sqlite_url: str, rules: Callable[[Rules], None]) -> None:
    feed(sqlite_url, TWO)
    before = changes(sqlite_url)
    rules(without(44))
    (told,) = reread(sqlite_url)
    assert not told["applied"]
    assert (changes(sqlite_url), values(sqlite_url)) == (before, [44, 610])


def test_all_versions_of_an_item_are_read_and_each_difference_is_said_once(
    sqlite_url: str, rules: Callable[[Rules], None]
) -> None:
    rules(without(44))
    edited = TWO | {"text": TWO["text"] + " La nota sigue.", "fetched": "2024-02-05T12:00:00Z"}
    feed(sqlite_url, TWO, edited)
    rules(today)
    (told,) = reread(sqlite_url, "--apply")
    assert [one["value"] for one in told["found"]] == [44]
    assert [one["change"] for one in changes(sqlite_url) if "ours" in one["detail"]] == ["new_statistic"]
    assert values(sqlite_url) == [44, 610]
    rows = [json.loads(row) for row in run(sqlite_url, "statistics", "--json").stdout.splitlines()]
    assert {row["date"] for row in rows} == {"2024-02-01"}


def test_what_a_person_decided_stays(sqlite_url: str, rules: Callable[[Rules], None]) -> None:
    feed(sqlite_url, TWO)
    run(sqlite_url, "statistics", "confirm", "2", "--reason", "visto", "--by", "Ana")
    run(sqlite_url, "statistics", "dismiss", "1", "--reason", "no es", "--by", "Ana")
    rules(lambda one: [] if one.value == 44 else [replace(one, period="2022")])
    (told,) = reread(sqlite_url, "--apply")
    assert [one["value"] for one in told["upheld"]] == [44]
    assert values(sqlite_url, "--as-known", "2024-12-31") == [44]
    rows = [json.loads(row) for row in run(sqlite_url, "statistics", "--json").stdout.splitlines()]
    assert {row["value"]: row["ruling"]["ruling"] for row in rows} == {44: "confirmed", 610: "dismissed"}


def test_another_text_takes_the_place_of_the_version(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    feed(sqlite_url, TWO)
    real = reading_module.read_page_text

    def shorter(page: Any) -> Any:
        return real(replace(page, text=page.text.partition(" En Puno")[0]))

    monkeypatch.setattr("monitor.chain.walk.read_page_text", shorter)
    (told,) = reread(sqlite_url, "--apply")
    assert (told["texts"], [one["value"] for one in told["lost"]]) == (1, [44])
    assert values(sqlite_url) == [610]
    assert reread(sqlite_url) == []
    assert values(sqlite_url, "--as-read", "2024-02-02") == [44, 610]


def test_an_item_that_todays_rules_find_relevant_is_filed_in_silence(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(reading_module, "judge", lambda *_: Relevance(relevant=False, reasons=("nothing",)))
        feed(sqlite_url, FIRST)
    assert values(sqlite_url) == []
    (told,) = reread(sqlite_url, "--apply")
    assert (told["relevant"], [one["value"] for one in told["found"]]) == ([False, True], [610])
    assert values(sqlite_url) == [610]
    assert reread(sqlite_url) == []


def test_each_statistic_knows_which_rules_read_it_last(
    sqlite_url: str, rules: Callable[[Rules], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(sqlite_url, TWO)
    rules(without(44))
    for module in (refiling, __import__("monitor.commands.reread", fromlist=["RULES"])):
        monkeypatch.setattr(module, "RULES", "tomorrow")
    (told,) = reread(sqlite_url, "--apply")
    assert told["rules"]["now"] == "tomorrow"
    with closing(Store(sqlite_url)) as store, store.read() as session:
        read = {row.value: row.rules for row in session.query(Row)}
    assert read[610] == "tomorrow"
    assert read[44] == told["rules"]["then"][0] != "tomorrow"


def test_only_what_is_asked_for_is_read(sqlite_url: str, rules: Callable[[Rules], None]) -> None:
    feed(sqlite_url, FIRST, REPEATED)
    rules(without(610))
    assert [one["source"] for one in reread(sqlite_url, "--source", "litoral")] == ["litoral"]
    assert [one["source"] for one in reread(sqlite_url, "--since", "2024-02-15")] == ["litoral"]
    assert reread(sqlite_url, "--since", "2025-01-01") == []
    assert run(sqlite_url, "reread", "--since", "ayer").exit_code == 2


def test_a_page_that_the_rules_fail_on_holds_up_nothing(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    feed(sqlite_url, FIRST, REPEATED)

    def fails(text: str, *_: Any) -> list[Statistic]:
        if text == FIRST["text"]:
            raise ZeroDivisionError
        return []

    monkeypatch.setattr(reading_module, "read_statistics", fails)
    done = run(sqlite_url, "reread", "--apply")
    assert done.exit_code == 1
    assert "ZeroDivisionError" in done.stderr
    assert [json.loads(line)["source"] for line in done.stdout.splitlines()] == ["litoral"]
