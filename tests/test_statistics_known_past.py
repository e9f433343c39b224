"""Figures that were known before the watch began: filed in silence, so that their repetition is no news."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from monitor.chain.documents import read_documents
from monitor.chain.ingest import ingest
from monitor.chain.knowing import file_known
from monitor.chain.known_past import KnownFigure, read_known
from monitor.chain.walk import Walk
from monitor.cli import cli
from monitor.errors import InputError
from monitor.reader.language import languages
from store import captures, items, lookups
from store.clock import Clock
from store.database import Store
from store.lookups import Question
from store.models import Capture
from tests.statistics_documents import OTHER_VOICE, REPEATED, document

HEADER = "value,unit,qualifier,indicator,period,area,provider,source,url,title,published\n"
LINE = '610,count,=,victims,2023,PE,PNP,valle,https://valle.example/anuario,"Anuario 2023, trata",2024-01-15\n'
FISCAL = "871,,,victims,2023,,MPFN,valle,https://valle.example/anuario,,2024-01-15\n"


def figures(text: str) -> list[KnownFigure | InputError]:
    return list(read_known(text.encode(), "known.csv"))


def good(text: str) -> list[KnownFigure]:
    return [one for one in figures(text) if isinstance(one, KnownFigure)]


def errors(text: str) -> list[str]:
    return [str(one) for one in figures(text) if isinstance(one, InputError)]


def file_all(store: Store, text: str) -> list[bool]:
    now = datetime(2024, 1, 20, tzinfo=UTC)
    walk = Walk(clock=Clock(real=datetime.now(UTC), told=now, speed=0))
    return [file_known(store, one, walk) for one in good(text)]


def changes(store: Store, *documents: dict[str, Any]) -> list[tuple[str, Any, Any, bool]]:
    told = []
    for one in read_documents([json.dumps(d).encode() for d in documents], "documents", languages(), sourced=True):
        assert not isinstance(one, InputError)
        told += ingest(store, one, Walk())
    return [
        (c["change"], c["statistic"]["value"], (c["previous"] or {}).get("value"), bool(c["detail"].get("known_pair")))
        for c in told
        if c["statistic"]
    ]


def test_a_line_is_read_with_its_slots_and_stands_at_its_span() -> None:
    (one,) = good(HEADER + LINE)
    s = one.statistic
    assert (s.value, s.indicator, s.period, s.area, s.provider, s.sex) == (610, "victims", "2023", "PE", "PNP", "_T")
    assert one.line[s.start : s.end] == "610"
    assert (one.published, one.title, s.rule) == (date(2024, 1, 15), "Anuario 2023, trata", "known_past")


def test_the_span_is_that_of_the_value_and_not_of_a_like_number_before_it() -> None:
    (one,) = good("period,value,indicator,source,url\n2023,2023,cases,valle,https://valle.example/a\n")
    assert (one.statistic.start, one.statistic.end) == (5, 9)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_what_spreadsheets_write_is_read(separator: str) -> None:
    header = separator.join(["value", "indicator", "source", "url", "title"])
    line = separator.join(["66.7", "victims", "valle", "https://valle.example/a", '"dos\nlíneas"'])
    (one,) = good(f"\ufeff{header}\r\n{line}\r\n\r\n")
    assert (one.statistic.value, one.title) == (66.7, "dos líneas")


def test_one_bad_line_does_not_stop_the_rest() -> None:
    text = HEADER + LINE + LINE.replace("610", "muchas") + LINE.replace("victims", "victim") + FISCAL
    assert [one.statistic.value for one in good(text)] == [610, 871]
    first, second = errors(text)
    assert first.startswith("known.csv, line 3, column `value`: must be a plain number")
    assert second.startswith("known.csv, line 4, column `indicator`: must be one of complaints")


@pytest.mark.parametrize(
    ("column", "was", "now"),
    [
        ("period", ",2023,", ",el año pasado,"),
        ("area", ",PE,", ",Lima,"),
        ("provider", ",PNP,", ",policia,"),
        ("source", ",valle,", ",,"),
        ("url", "https://valle", "ftp://valle"),
        ("published", "2024-01-15", "15/01/2024"),
        ("value", "610,", "1e3,"),
        ("unit", ",count,", ",personas,"),
    ],
)
def test_an_error_names_line_and_column(column: str, was: str, now: str) -> None:
    (error,) = errors(HEADER + LINE.replace(was, now, 1))
    assert error.startswith(f"known.csv, line 2, column `{column}`: ")


@pytest.mark.parametrize("value", ["-5", "1.600", "1,600", "1e999", "NaN", "=1+1", "9" * 16])
def test_a_value_that_may_be_meant_otherwise_is_an_error(value: str) -> None:
    (error,) = errors(HEADER + LINE.replace("610", f'"{value}"', 1))
    assert error.startswith("known.csv, line 2, column `value`: must ")


def test_a_share_may_have_three_decimals_and_a_change_may_be_below_zero() -> None:
    share, change = LINE.replace("610,count", "1.625,percent"), LINE.replace("610,count", "-5,percent_change")
    assert [one.statistic.value for one in good(HEADER + share + change)] == [1.625, -5]


def test_a_line_that_ends_before_its_value_is_an_error() -> None:
    text = "indicator,source,url,value\nvictims,valle\nvictims,valle,https://valle.example/a,12\n"
    assert [one.statistic.value for one in good(text)] == [12]
    assert errors(text)[0].startswith("known.csv, line 2, column `value`: ")


def test_a_line_with_more_cells_than_columns_is_an_error_and_empty_cells_are_none() -> None:
    text = HEADER + LINE.replace('"Anuario 2023, trata"', "Anuario 2023, trata") + LINE.replace("\n", ",,\n")
    assert [one.statistic.value for one in good(text)] == [610]
    assert errors(text)[0].startswith("known.csv, line 2: has more cells than the header")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2023-02-30"])
def test_a_day_to_which_none_can_be_added_is_an_error(day: str) -> None:
    (error,) = errors(HEADER + LINE.replace("2024-01-15", day))
    assert error.startswith("known.csv, line 2, column `published`: ")


def test_a_header_that_names_a_column_twice_is_an_error() -> None:
    with pytest.raises(InputError, match="line 1: the header names value more than once"):
        figures("value,value,indicator,source,url\n1,2,victims,valle,https://valle.example/a\n")


@pytest.mark.parametrize("text", ["", "valor,indicador\n1,2\n", "value,indicator\n"])
def test_a_header_that_lacks_a_column_is_an_error(text: str) -> None:
    with pytest.raises(InputError, match="line 1: the header lacks"):
        figures(text)


def test_a_quote_that_is_never_closed_spoils_one_line() -> None:
    text = HEADER + '610,count,=,victims,2023,PE,PNP,valle,https://valle.example/a,"sin fin,2024-01-15\n' + LINE
    assert [one.statistic.value for one in good(text)][-1] == 610


def test_known_figures_are_vintages_that_nobody_was_told_of(store: Store) -> None:
    assert file_all(store, HEADER + LINE + FISCAL) == [True, True]
    with store.read() as session:
        rows = lookups.claims(session, Question(), 10)
        assert [(row.value, row.rule, row.date) for row in rows] == [
            (871, "known_past", date(2024, 1, 15)),
            (610, "known_past", date(2024, 1, 15)),
        ]


def test_what_repeats_a_known_figure_is_no_news(store: Store) -> None:
    file_all(store, HEADER + LINE)
    assert changes(store, REPEATED) == [("repeated_statistic", 610, 610, False)]


def test_voices_that_differed_in_the_known_past_are_known_to_differ(store: Store) -> None:
    file_all(store, HEADER + LINE)
    file_all(store, HEADER + FISCAL)
    assert changes(store, OTHER_VOICE) == [("revised_statistic", 882, 871, False)]
    other = document("otra", "costa", "2024-05-01", OTHER_VOICE["text"].replace("882", "903").replace("2023", "2022"))
    police = document("poli", "costa", "2024-05-02", REPEATED["text"].replace("610", "700").replace("2023", "2022"))
    assert changes(store, other, police) == [
        ("new_statistic", 903, None, False),
        ("conflicting_statistic", 700, 903, True),
    ]


def test_the_line_itself_is_the_proof(store: Store) -> None:
    file_all(store, HEADER + LINE)
    with store.read() as session:
        (row,) = lookups.claims(session, Question(), 10)
        capture = session.get_one(Capture, lookups.proofs(session, [row.version_id])[row.version_id].capture)
        assert captures.body(session, capture).decode() == row.quote == LINE.strip()


def test_a_figure_is_filed_once(store: Store) -> None:
    assert file_all(store, HEADER + LINE) == [True]
    assert file_all(store, HEADER + LINE + LINE.replace("610,", "610.0,")) == [False, False]


def test_its_address_may_yet_be_found_and_is_not_fetched_for_the_line(store: Store) -> None:
    file_all(store, HEADER + LINE)
    with store.read() as session:
        assert items.known(session, ["https://valle.example/anuario"]) == set()
        assert items.due(session, "valle", datetime(2030, 1, 1, tzinfo=UTC), 10) == []


def run(url: str, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--store", url, *arguments])


def test_the_command_prints_no_change_and_ends_with_an_error_after_a_bad_line(sqlite_url: str, tmp_path: Path) -> None:
    file = tmp_path / "known.csv"
    file.write_text(HEADER + LINE + "x" + LINE, encoding="utf-8")
    done = run(sqlite_url, "ingest", "--statistics", str(file))
    assert (done.exit_code, done.stdout) == (1, "")
    assert "line 3, column `value`" in done.stderr
    assert "1 figures filed" in done.stderr


def test_what_the_ledger_gives_as_csv_can_be_known_past_elsewhere(sqlite_url: str, tmp_path: Path) -> None:
    file = tmp_path / "known.csv"
    file.write_text(HEADER + LINE + FISCAL, encoding="utf-8")
    run(sqlite_url, "ingest", "--statistics", str(file))
    told = run(sqlite_url, "statistics", "--csv").stdout
    assert len(list(csv.DictReader(io.StringIO(told)))) == 2
    assert errors(told) == []
    assert sorted(one.statistic.value for one in good(told)) == [610, 871]


def test_neither_or_both_inputs_are_wrong_use(sqlite_url: str, tmp_path: Path) -> None:
    assert run(sqlite_url, "ingest").exit_code == 2
    (tmp_path / "a").touch()
    assert run(sqlite_url, "ingest", str(tmp_path / "a"), "--statistics", str(tmp_path / "a")).exit_code == 2
