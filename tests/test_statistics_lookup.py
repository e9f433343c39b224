"""What the ledger answers when it is looked up: by slots, place, period, words, as of a day, and all on one figure."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from monitor.chain.documents import read_documents
from monitor.chain.ingest import ingest
from monitor.chain.walk import Walk
from monitor.cli import cli
from monitor.errors import InputError
from monitor.figures.spreadsheet import cell, plain
from monitor.reader.language import languages
from store.database import Store
from store.words import Term, fold, terms
from tests.statistics_documents import ALL, FIRST, document


def file_all(url: str, documents: Any = ALL) -> None:
    """File documents as `ingest` does."""
    store = Store(url)
    lines = [json.dumps(one).encode() for one in documents]
    for one in read_documents(lines, "documents", languages(), sourced=True):
        assert not isinstance(one, InputError)
        ingest(store, one, Walk())
    store.close()


@pytest.fixture(scope="module")
def filled(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "store.db"
    shutil.copy(empty_sqlite, path)
    file_all(f"sqlite:///{path}")
    return path


@pytest.fixture
def url(filled: Path, tmp_path: Path) -> str:
    shutil.copy(filled, tmp_path / "store.db")
    return f"sqlite:///{tmp_path / 'store.db'}"


def run(url: str, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--store", url, "statistics", *arguments])


def rows(url: str, *arguments: str) -> list[dict[str, Any]]:
    done = run(url, *arguments, "--json")
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def values(url: str, *arguments: str) -> list[float]:
    return [row["value"] for row in rows(url, *arguments)]


QUESTIONS = [
    ((), [93, 47, 655, 882, 610, 610]),
    (("--indicator", "complaints"), [93, 47]),
    (("--indicator", "complaints", "--area", "PE-MDD"), [47]),
    (("--area", "PE"), [93, 47, 655, 882, 610, 610]),
    (("--area", "PE-LIM"), [93]),
    (("--area", "PE-LMA"), [93]),
    (("--area", "PE-TUM"), []),
    (("--period", "2021/2022"), [93, 47]),
    (("--period", "2022-03"), [47]),
    (("--period", "2020"), []),
    (("--provider", "MPFN"), [93, 47, 882]),
    (("--source", "litoral"), [610]),
    (("--words", "policia"), [655, 610, 610]),
    (("--words", "POLICÍA casos"), [655]),
    (("--words", '"tras revisar"'), [655]),
    (("--words", '"revisar tras"'), []),
    (("--words", "denunc* selva"), []),
    (("--words", "denunc*", "--area", "PE-MDD"), [47]),
    (("--words", "informe eco"), [610]),
    (("--words", "610"), [610, 610]),
    (("--limit", "2"), [93, 47]),
    (("--as-known", "2024-01-31"), []),
    (("--as-known", "2024-02-01"), [610]),
    (("--as-known", "2024-04-30", "--indicator", "victims"), [882, 610]),
    (("--as-known", "2024-12-31", "--indicator", "victims"), [655, 882]),
    (("--as-known", "2024-12-31", "--provider", "PNP"), [655]),
    (("--as-known", "2024-12-31", "--source", "litoral"), []),
    (("--as-known", "2024-04-30", "--words", "recordó"), [610]),
    (("--as-read", "2024-04-01", "--indicator", "victims"), [882, 610]),
    (("--as-read", "2024-04-01T11:59:00Z", "--indicator", "victims"), [610]),
]


@pytest.mark.parametrize(("asked", "found"), QUESTIONS, ids=[" ".join(asked) or "all" for asked, _ in QUESTIONS])
def test_a_question_finds_what_it_asks_for(url: str, asked: tuple[str, ...], found: list[float]) -> None:
    assert sorted(values(url, *asked)) == sorted(found)


def test_the_newest_come_first(url: str) -> None:
    assert values(url) == [93, 47, 655, 882, 610, 610]


def test_postgresql_answers_the_same(postgres_url: str) -> None:
    file_all(postgres_url)
    assert [sorted(values(postgres_url, *asked)) for asked, _ in QUESTIONS] == [sorted(found) for _, found in QUESTIONS]


def test_a_withdrawn_figure_was_current_until_its_item_lost_it(url: str) -> None:
    lost = document(
        "primera2", "valle", "2024-02-01", "La trata de personas en el Perú sigue: la policía investiga hoy."
    )
    file_all(url, [lost | {"fetched": "2024-02-20T12:00:00Z"}])
    assert values(url, "--as-known", "2024-02-19") == [610]
    assert values(url, "--as-known", "2024-02-20") == []
    assert values(url, "--as-read", "2024-02-20T11:00:00Z") == [610]


def test_what_is_published_early_and_read_late_is_known_but_not_read(url: str) -> None:
    late = document(
        "tarde", "costa", "2023-06-01", "La Policía registró 71 víctimas de trata de personas en el Perú en 2019."
    )
    file_all(url, [late | {"fetched": "2024-06-01T12:00:00Z"}])
    assert values(url, "--as-known", "2023-12-31") == [71]
    assert values(url, "--as-read", "2023-12-31") == []
    assert values(url, "--as-known", "2023-12-31", "--as-read", "2024-06-01") == [71]


def test_a_current_value_tells_since_when_and_by_how_many(url: str) -> None:
    (row,) = rows(url, "--as-known", "2024-03-31")
    assert (row["since"], row["last_said"], row["said_by"], row["source"]) == ("2024-02-01", "2024-03-01", 2, "valle")


def test_all_on_a_figure_sets_voices_side_by_side_and_names_who_said_it_first(url: str) -> None:
    repeated = next(row["id"] for row in rows(url, "--source", "litoral"))
    (told,) = (json.loads(line) for line in run(url, "show", str(repeated), "--json").stdout.splitlines())
    assert [(v["voice"], v["agrees"], [c["value"] for c in v["current"]]) for v in told["voices"]] == [
        ("MPFN", False, [882]),
        ("PNP", False, [655]),
    ]
    assert [(link["role"], link["source"]) for link in told["chain"]] == [("first", "valle"), ("repeats", "litoral")]
    first = told["chain"][0]
    start, end = first["proof"]["span"]
    assert FIRST["text"][start:end] == "610"
    assert first["url"] == FIRST["url"]
    assert len(first["proof"]["sha256"]) == len(first["proof"]["text_sha256"]) == 64


def test_all_on_a_figure_is_told_on_the_terminal_too(url: str) -> None:
    done = run(url, "show", "1")
    assert done.exit_code == 0
    assert "first" in done.stdout
    assert "https://valle.example/primera" in done.stdout


def test_an_unknown_figure_is_said_to_be_unknown(url: str) -> None:
    done = run(url, "show", "999")
    assert done.exit_code == 1
    assert isinstance(done.exception, InputError)
    assert "999" in str(done.exception)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--period", "ayer"), "--period"),
        (("--as-known", "mañana"), "--as-known"),
        (("--as-read", "2024-13-01"), "--as-read"),
    ],
)
def test_what_cannot_be_read_is_wrong_use(url: str, arguments: tuple[str, ...], said: str) -> None:
    done = run(url, *arguments)
    assert done.exit_code == 2
    assert said in done.stderr


def test_an_unknown_indicator_is_said_on_standard_error(url: str) -> None:
    done = run(url, "--indicator", "victim", "--json")
    assert done.stdout == ""
    assert "victims_assisted" in done.stderr


@pytest.mark.parametrize("command", [("statistics",), ("changes",)])
def test_a_narrow_terminal_cuts_no_number_and_no_name(url: str, command: tuple[str, ...]) -> None:
    done = CliRunner().invoke(cli, ["--store", url, *command], env={"COLUMNS": "40"})
    assert done.exit_code == 0, done.output
    for whole in ("610", "882", "complaints", "2023", "PE-MDD", "litoral"):
        assert f" {whole} " in done.stdout
    assert "personas" in done.stdout


def test_a_table_shows_values_with_their_doubts(url: str) -> None:
    done = run(url, "--source", "valle")
    assert "655" in done.stdout
    assert "valle" in done.stdout


def test_csv_holds_what_json_holds(url: str) -> None:
    table = list(csv.DictReader(io.StringIO(run(url, "--csv").stdout)))
    assert [float(row["value"]) for row in table] == values(url)
    assert {row["qualifier"] for row in table} == {"'="}


@pytest.mark.parametrize("said", ["=1+1", "+51 1", "-2", "@SUM(A1)", "\t=1", "  =1", "＝1"])
def test_no_cell_acts_as_a_formula(said: str) -> None:
    shown = cell(said)
    assert isinstance(shown, str)
    assert shown.startswith("'")
    assert plain(shown).strip() == said.strip()


@pytest.mark.parametrize("said", ["", "610", "'hoy'", "víctimas"])
def test_other_cells_stay_as_they_are(said: str) -> None:
    assert cell(said) == plain(said) == said


def test_words_are_folded_alike_for_both_databases() -> None:
    assert fold("Víctimas: 29,400 niñas-MUJERES 66.7") == ["victimas", "29400", "ninas", "mujeres", "66", "7"]
    assert terms('trata "menores de edad" denunc* ""') == [
        Term(("trata",)),
        Term(("menores", "de", "edad")),
        Term(("denunc",), open_end=True),
    ]


@pytest.fixture
def changes_of(url: str) -> Callable[..., list[tuple[str, float | None]]]:
    def asked(*arguments: str) -> list[tuple[str, float | None]]:
        done = CliRunner().invoke(cli, ["--store", url, "changes", *arguments, "--json"])
        found = [json.loads(line) for line in done.stdout.splitlines()]
        return [(one["change"], (one["statistic"] or {}).get("value")) for one in found]

    return asked


def test_changes_are_looked_up_by_what_is_counted_and_where(changes_of: Any) -> None:
    assert changes_of("--indicator", "complaints") == [("new_statistic", 47), ("new_statistic", 93)]
    assert changes_of("--area", "PE-MDD") == [("new_statistic", 47)]
    assert changes_of("--area", "PE", "--change", "revised_statistic") == [("revised_statistic", 655)]
