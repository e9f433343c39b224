"""`ingest` by its contract: documents into the store, changes out; no visit, no baseline, no delivery."""

from __future__ import annotations

import json
import sqlite3
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from monitor.chain.documents import Document
from monitor.chain.ingest import _keep
from monitor.chain.reading import read_page_text
from monitor.chain.walk import Walk, read_unread
from store.clock import Clock
from store.database import Store
from tests.commands import Ended, lines, tratawatch

FIRST = (
    "En 2023 el Ministerio Público registró 1,814 denuncias por trata de personas en el Perú. "
    "La trata de personas es un delito grave, recordó una fiscal del Perú."
)
SECOND = (
    "En 2023 la Policía Nacional del Perú rescató a 734 víctimas de trata de personas. "
    "La cifra de víctimas de trata de personas es la más alta de la década, señaló un general."
)
ITEM = {"doc_id": "a", "source": "valle", "url": "https://valle.example/nota-1", "title": "Denuncias", "lang": "es"}
ONE = ITEM | {"published": "2024-02-01", "fetched": "2024-02-01T10:00:00Z", "text": FIRST}
TWO = ONE | {"doc_id": "b", "url": "https://valle.example/nota-2", "text": SECOND}
KEYS = [
    *("id", "change", "doc_id", "at", "source", "url", "title", "published", "statistic", "previous"),
    *("copy_of", "detail"),
]


@pytest.fixture
def run(tmp_path: Path, sqlite_url: str) -> partial[Ended]:
    return partial(tratawatch, "ingest", "-", folder=tmp_path, environment={"TRATAWATCH_STORE": sqlite_url})


def look(run: partial[Ended], *arguments: str) -> list[Any]:
    ended = tratawatch(*arguments, "--json", **run.keywords)
    assert (ended.code, ended.err) == (0, "")
    return ended.lines


def test_changes_come_out_with_all_their_fields(run: partial[Ended]) -> None:
    ended = run(stdin=lines([ONE]))
    assert (ended.code, ended.err) == (0, "")
    assert ended.told == [("a", "new_item", None, None), ("a", "new_statistic", 1814, None)]
    item, statistic = ended.lines
    assert list(item) == list(statistic) == KEYS
    assert (item["source"], item["url"], item["title"], item["published"]) == (
        "valle",
        "https://valle.example/nota-1",
        "Denuncias",
        "2024-02-01",
    )
    assert (item["statistic"], item["previous"], item["copy_of"]) == (None, None, None)
    found = statistic["statistic"]
    assert FIRST[found["start"] : found["end"]] == "1,814"
    assert found["quote"] in FIRST


def test_previous_says_where_it_stands(run: partial[Ended]) -> None:
    reprint = ONE | {"doc_id": "c", "source": "litoral", "url": "https://litoral.example/9", "published": "2024-02-03"}
    text = "El Ministerio Público informó que en 2023 recibió 1814 denuncias por trata de personas en el Perú."
    change = run(stdin=lines([ONE, reprint | {"text": text}])).lines[-1]
    assert change["change"] == "repeated_statistic"
    previous = change["previous"]
    assert (previous["value"], previous["url"], previous["source"], previous["published"]) == (
        1814,
        "https://valle.example/nota-1",
        "valle",
        "2024-02-01",
    )


def test_documents_are_filed_in_the_order_given(run: partial[Ended]) -> None:
    ended = run(stdin=lines([TWO, ONE]))
    assert [doc for doc, *_ in ended.told] == ["b", "b", "a", "a"]


def test_twice_changes_nothing(run: partial[Ended]) -> None:
    assert len(run(stdin=lines([ONE, TWO])).lines) == 4
    before = look(run, "statistics"), look(run, "changes")
    assert run(stdin=lines([ONE, TWO])) == Ended(0, "", "")
    assert (look(run, "statistics"), look(run, "changes")) == before


@pytest.mark.parametrize(
    "url",
    ["https://valle.example/nota-1?utm_source=x", "http://www.valle.example/nota-1/", "https://valle.example/nota-1#a"],
)
def test_one_item_has_many_addresses(run: partial[Ended], url: str) -> None:
    run(stdin=lines([ONE]))
    assert run(stdin=lines([ONE | {"url": url}])).lines == []


def test_an_archived_copy_is_its_page_on_the_day_on_which_it_was_archived(run: partial[Ended], tmp_path: Path) -> None:
    def copy(day: str, text: str) -> dict[str, Any]:
        return ONE | {"url": f"https://web.archive.org/web/{day}/{ONE['url']}", "fetched": None, "text": text}

    run(stdin=lines([ONE]))
    before, after = FIRST.replace("1,814", "1,800"), FIRST.replace("1,814", "1,841")
    assert run(stdin=lines([copy("20240131", before), copy("20240301", FIRST)])).lines == []
    edited, revised = run(stdin=lines([copy("20240401120000", after)])).told
    assert (edited[1], revised[1:]) == ("edited_item", ("revised_statistic", 1841, 1814))
    with sqlite3.connect(tmp_path / "store.db") as connection:
        addresses = connection.execute("SELECT substr(since, 1, 10), url FROM address ORDER BY since").fetchall()
    connection.close()
    assert [day for day, _ in addresses] == ["2024-01-31", "2024-02-01", "2024-03-01", "2024-04-01"]
    assert addresses[3][1] == f"https://web.archive.org/web/20240401120000/{ONE['url']}"


def test_a_source_tells_its_items_apart_in_documents_as_in_visits(run: partial[Ended]) -> None:
    report = "/reports/2021-trafficking-in-persons-report/peru/"
    hosts = (
        "https://www.state.gov",
        "https://2021-2025.state.gov",
        "https://web.archive.org/web/2023/https://state.gov",
    )
    told = run(stdin=lines([ONE | {"source": "state", "url": host + report} for host in hosts])).told
    assert [change for _, change, *_ in told] == ["new_item", "new_statistic"]


@pytest.mark.parametrize(
    ("fetched", "captures"),
    [("2024-02-01T10:00:00Z", 1), ("2024-02-01T05:00:00-05:00", 1), (None, 1), ("2024-03-01", 2)],
)
def test_a_text_that_is_stored_is_skipped_unless_it_was_fetched_at_another_time(
    run: partial[Ended], tmp_path: Path, fetched: str | None, captures: int
) -> None:
    run(stdin=lines([ONE]))
    assert run(stdin=lines([ONE | {"fetched": fetched}])) == Ended(0, "", "")
    with sqlite3.connect(tmp_path / "store.db") as connection:
        assert connection.execute("SELECT count(*) FROM capture").fetchone() == (captures,)
        assert connection.execute("SELECT count(*) FROM version").fetchone() == (1,)
    connection.close()


def test_an_edit_is_told_with_what_it_changed(run: partial[Ended]) -> None:
    later = ONE | {"doc_id": "a2", "fetched": "2024-02-05T10:00:00Z", "text": FIRST.replace("1,814", "1,841")}
    ended = run(stdin=lines([ONE, later]))
    assert ended.told[2:] == [("a2", "edited_item", None, None), ("a2", "revised_statistic", 1841, 1814)]


def test_what_an_item_no_longer_says_is_withdrawn(run: partial[Ended]) -> None:
    later = ONE | {"doc_id": "a2", "fetched": "2024-02-05T10:00:00Z", "text": FIRST.partition(". ")[2] + " Fin."}
    assert ("a2", "withdrawn_statistic", None, 1814) in run(stdin=lines([ONE, later])).told


def test_an_earlier_version_that_comes_late_is_no_change(run: partial[Ended]) -> None:
    later = ONE | {"fetched": "2024-02-05T10:00:00Z", "text": FIRST.replace("1,814", "1,841")}
    assert len(run(stdin=lines([later])).lines) == 2
    assert run(stdin=lines([ONE])).lines == []


@pytest.mark.parametrize("empty", [{"text": ""}, {"text": "  \n"}, {"text": None, "html": ""}, {"text": "\u0000"}])
def test_an_empty_text_is_a_bad_capture_and_moves_no_baseline(run: partial[Ended], empty: dict[str, Any]) -> None:
    bad = ONE | {"fetched": "2024-02-05T10:00:00Z"} | empty
    assert run(stdin=lines([ONE])).code == 0
    assert run(stdin=lines([bad])) == Ended(0, "", "")
    assert len(run(stdin=lines([ONE | {"fetched": "2024-02-06", "text": FIRST + " Fin de la nota."}])).told) <= 1


def test_what_is_not_relevant_is_kept_as_seen_with_the_reason(run: partial[Ended], tmp_path: Path) -> None:
    assert (
        run(stdin=lines([ONE | {"title": "", "text": "El equipo ganó 3 partidos en 2023, dijo la prensa."}])).lines
        == []
    )
    with sqlite3.connect(tmp_path / "store.db") as connection:
        relevant, reasons = connection.execute("SELECT relevant, reasons FROM item").fetchone()
    connection.close()
    assert not relevant
    assert json.loads(reasons)


def test_nothing_is_visited_no_baseline_set_and_nobody_told(run: partial[Ended], tmp_path: Path) -> None:
    run(stdin=lines([ONE, TWO]))
    with sqlite3.connect(tmp_path / "store.db") as connection:
        for table in ("visit", "alert", "telling", "delivery", "fetch", "host"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM item WHERE baseline").fetchone() == (0,)
    connection.close()


def test_with_alert_the_channels_are_told(run: partial[Ended]) -> None:
    ended = run("--alert", stdin=lines([ONE | {"published": None, "fetched": None}]))
    assert [line["change"] for line in ended.lines] == ["new_item", "new_statistic"]
    assert "1,814" in ended.err
    assert [(alert["channel"], alert["state"], alert["changes"]) for alert in look(run, "alerts")] == [
        ("terminal", "delivered", 2)
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"source": None}, "field `source`: missing"),
        ({"source": " "}, "field `source`: missing"),
        ({"source": "x" * 65}, "field `source`"),
        ({"source": "a\nb"}, "field `source`"),
        ({"source": 7}, "field `source`"),
        ({"url": None}, "field `url`: missing"),
        ({"url": "valle.example/1"}, "field `url`"),
        ({"url": "ftp://valle.example/1"}, "field `url`"),
        ({"url": "javascript:alert(1)"}, "field `url`"),
        ({"url": "https:///1"}, "field `url`"),
        ({"url": "https://[::1"}, "field `url`"),
        ({"url": "https://valle.example:99999/1"}, "field `url`"),
        ({"url": "https://valle.example/" + "x" * 2000}, "field `url`"),
        ({"url": "https://valle.example/a b"}, "field `url`"),
        ({"fetched": "9999-12-31T23:59:59Z"}, "field `fetched`"),
        ({"text": None}, "field `text`"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_filed(run: partial[Ended], wrong: dict[str, Any], said: str) -> None:
    ended = run(stdin=lines([ONE, TWO | wrong, TWO]))
    assert (ended.code, len(ended.lines)) == (1, 4)
    assert f"error: <stdin>, line 2: {said}" in ended.err


@pytest.mark.parametrize("source", ["valle", "Ñandú", "a/b", "SELECT", "x" * 64, "'; drop table item; --"])
def test_any_source_will_do(run: partial[Ended], source: str) -> None:
    assert {line["source"] for line in run(stdin=lines([ONE | {"source": source}])).lines} == {source}


@pytest.mark.parametrize(
    "url", ["https://valle.example/%ff%00", "https://ñandú.example/á?b=%zz", "http://10.0.0.1:8080/"]
)
def test_any_address_of_the_web_will_do(run: partial[Ended], url: str) -> None:
    assert {line["url"] for line in run(stdin=lines([ONE | {"url": url}])).lines} == {url}


def test_strange_letters_and_numbers_are_filed(run: partial[Ended]) -> None:
    number = FIRST.replace("1,814", "1814 millones de millones de millones")
    documents = [
        ONE | {"doc_id": "\x00", "title": "\ud800", "text": "\x00 \ud800 " + FIRST},
        TWO | {"text": number},
    ]
    ended = run(stdin=lines(documents))
    assert ended.code == 0
    assert {line["doc_id"] for line in ended.lines} == {"\ufffd", "b"}


def test_what_a_crash_left_unread_is_read_the_next_time(run: partial[Ended], store: Store) -> None:
    with store.write() as session:
        assert _keep(session, Document(source="valle", url=ONE["url"], text=FIRST), Clock().now()) is not None
    assert len(run(stdin=lines([ONE | {"fetched": None}])).lines) == 2


def test_where_our_rules_fail_the_other_documents_are_filed_and_better_rules_read_it_again(
    run: partial[Ended], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(page: Any) -> Any:
        if page.text == FIRST:
            raise ZeroDivisionError
        return read_page_text(page)

    with monkeypatch.context() as patch:
        patch.setattr("monitor.chain.walk.read_page_text", fail)
        ended = run(stdin=lines([ONE, TWO]))
    assert (ended.code, {doc for doc, *_ in ended.told}) == (1, {"b"})
    assert "error: <stdin>, line 1: our rules failed on it" in ended.err
    monkeypatch.setattr("monitor.chain.walk.RULES", "the next")
    heard: list[Any] = []
    assert read_unread(store, Walk(), heard.extend) == 1
    assert [change["change"] for change in heard] == ["new_item", "new_statistic"]


def test_the_store_is_that_of_the_command_else_of_the_environment_else_of_the_file_else_here(tmp_path: Path) -> None:
    run = partial(tratawatch, "ingest", "-", folder=tmp_path, stdin=lines([ONE]))
    assert run().code == 0
    (tmp_path / "tratawatch.toml").write_text('store = "sqlite:///file.db"\n')
    assert run().code == 0
    environment = {"TRATAWATCH_STORE": "sqlite:///environment.db"}
    assert run(environment=environment).code == 0
    assert run("--store", "sqlite:///option.db", environment=environment).code == 0
    made = {path.name for path in tmp_path.glob("*.db")}
    assert made == {"tratawatch.db", "file.db", "environment.db", "option.db"}


@pytest.mark.parametrize("address", ["nonsense", "nonsense://x", "sqlite:////nowhere/at/all/x.db", ""])
def test_a_store_that_cannot_be_opened_is_one_message(tmp_path: Path, address: str) -> None:
    ended = tratawatch("ingest", "-", "--store", address or " ", folder=tmp_path, stdin=lines([ONE]))
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("error: store ")
    assert "Traceback" not in ended.err


def test_a_file_that_is_no_store_is_one_message(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("not a database, and long enough to be looked at as one" * 100)
    ended = tratawatch("ingest", "-", "--store", "sqlite:///notes.db", folder=tmp_path, stdin=lines([ONE]))
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("error: store ")


@pytest.mark.parametrize("arguments", [(), ("missing.jsonl",), ("-", "--nonsense")])
def test_wrong_use_ends_with_two(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert tratawatch("ingest", *arguments, folder=tmp_path).code == 2
    assert list(tmp_path.iterdir()) == []
