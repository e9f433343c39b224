"""`extract` by its contract: documents in, one line for each out, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from monitor.chain.reading import read_page_text
from tests.commands import Ended, lines, tratawatch

SENTENCE = "En 2023 el Ministerio Público registró 1,814 denuncias por trata de personas en el Perú."
TEXT = SENTENCE + " La trata de personas es un delito grave."
DOCUMENT = {
    "doc_id": "d1",
    "source": "diario",
    "url": "https://diario.example/nota-1",
    "title": "Denuncias por trata de personas",
    "lang": "es",
    "published": "2024-02-01",
    "fetched": "2024-02-01T10:00:00Z",
    "text": TEXT,
}
KEYS = ["doc_id", "relevant", "reasons", "statistics"]
STATISTIC_KEYS = [
    *("start", "end", "value", "unit", "qualifier", "indicator", "period", "area", "sex", "age", "form"),
    *("citizenship", "provider", "quote", "rule"),
]


@pytest.fixture
def run(tmp_path: Path) -> partial[Ended]:
    return partial(tratawatch, "extract", "-", folder=tmp_path)


def of(run: partial[Ended], **fields: Any) -> Any:
    """The one line of a document with these fields."""
    ended = run(stdin=lines([DOCUMENT | fields]))
    assert (ended.code, ended.err) == (0, "")
    return ended.lines[0]


def test_a_line_holds_the_statistics_with_all_their_fields(run: partial[Ended]) -> None:
    line = of(run)
    assert list(line) == KEYS
    assert (line["doc_id"], line["relevant"]) == ("d1", True)
    assert line["reasons"]
    (statistic,) = line["statistics"]
    assert list(statistic) == STATISTIC_KEYS
    assert (statistic["value"], statistic["quote"]) == (1814, SENTENCE)
    assert TEXT[statistic["start"] : statistic["end"]] == "1,814"


def test_a_whole_value_stands_without_a_point(run: partial[Ended]) -> None:
    assert '"value": 1814,' in run(stdin=lines([DOCUMENT])).out


def test_only_a_text_is_needed(run: partial[Ended]) -> None:
    ended = run(stdin=lines([{"text": TEXT}]))
    assert ended.code == 0
    assert [(line["doc_id"], len(line["statistics"])) for line in ended.lines] == [(None, 1)]


def test_each_document_has_a_line_in_order_also_where_it_is_not_relevant(run: partial[Ended]) -> None:
    documents = [
        DOCUMENT | {"doc_id": "a"},
        DOCUMENT | {"doc_id": "b", "title": "", "text": "El equipo ganó por tres goles en la final."},
        DOCUMENT | {"doc_id": "c", "text": ""},
        DOCUMENT | {"doc_id": "d"},
    ]
    ended = run(stdin=lines(documents))
    assert ended.code == 0
    assert [(line["doc_id"], line["relevant"]) for line in ended.lines] == [
        ("a", True),
        ("b", False),
        ("c", False),
        ("d", True),
    ]


@pytest.mark.parametrize(
    "before", ["\n\n  ", "á é í. ", "😀🧑🏽‍⚕️ ", "\r\n", "\u00a0\u2028", "\x00", "e\u0301\u202e ", "\ufeff"]
)
def test_spans_are_offsets_into_the_text_as_given(run: partial[Ended], before: str) -> None:
    (statistic,) = of(run, text=before + TEXT)["statistics"]
    assert (before + TEXT)[statistic["start"] : statistic["end"]] == "1,814"


def test_what_no_database_holds_is_read_around(run: partial[Ended]) -> None:
    raw = json.dumps(DOCUMENT | {"text": "\ud800 \x00 " + TEXT}).encode()
    ended = run(stdin=raw)
    assert ended.code == 0
    (statistic,) = ended.lines[0]["statistics"]
    assert statistic["start"] == len("? ? ") + TEXT.index("1,814")


def test_null_is_absent_and_unknown_fields_are_ignored(run: partial[Ended]) -> None:
    nothing = dict.fromkeys(("doc_id", "title", "lang", "published", "fetched", "html", "source", "url"))
    line = of(run, **nothing, mood="grey", text=TEXT, statistics=[{"value": 3}])
    assert (line["doc_id"], len(line["statistics"])) == (None, 1)


def test_a_page_can_be_given_in_place_of_a_text(run: partial[Ended]) -> None:
    paragraph = f"<p>{TEXT} Las autoridades pidieron a la población que denuncie los casos que conozca.</p>"
    page = (
        f"<html><head><title>Nota</title></head><body><nav>Inicio</nav><article>{paragraph * 3}</article></body></html>"
    )
    line = of(run, text=None, html=page)
    assert line["relevant"]
    assert {statistic["value"] for statistic in line["statistics"]} == {1814}


@pytest.mark.parametrize("html", ["", "\x00", "<", "no page at all", "<html></html>", "<!-- " * 500, "\ud800"])
def test_a_page_without_a_text_is_no_bad_line(run: partial[Ended], html: str) -> None:
    assert of(run, text=None, html=html)["statistics"] == []


def test_a_relative_period_is_read_against_the_date_of_publication_only(run: partial[Ended]) -> None:
    text = "El año pasado el Ministerio Público registró 1,814 denuncias por trata de personas en el Perú."
    assert of(run, text=text, published="2024-02-01")["statistics"][0]["period"] == "2023"
    assert of(run, text=text, published=None, fetched="2024-02-01T00:00:00Z")["statistics"][0]["period"] is None


def test_a_document_was_published_when_it_says_so_whatever_our_clock_shows(run: partial[Ended]) -> None:
    text = "El año pasado el Ministerio Público registró 1,814 denuncias por trata de personas en el Perú."
    assert of(run, text=text, published="2093-02-01")["statistics"][0]["period"] == "2092"


@pytest.mark.parametrize(
    "published", ["2024-02-01", "2024-02-01T23:30:00-05:00", "2024-02-01T23:30:00Z", "20240201", "2024-02-01 23:30:00"]
)
def test_dates_are_iso_8601(run: partial[Ended], published: str) -> None:
    assert of(run, published=published)["relevant"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b'{"text": 5}', "field `text`"),
        (b'{"html": ["a"]}', "field `html`"),
        (b'{"title": "no text"}', "field `text`"),
        (b'{"text": null, "html": null}', "field `text`"),
        (b'{"text": "a", "lang": "xx"}', "field `lang`: must be one of en, es"),
        (b'{"text": "a", "lang": "places"}', "field `lang`"),
        (b'{"text": "a", "published": "yesterday"}', "field `published`"),
        (b'{"text": "a", "published": "2024-13-01"}', "field `published`"),
        (b'{"text": "a", "published": "9999-12-31"}', "field `published`"),
        (b'{"text": "a", "fetched": "9999-12-31T23:59:59-10:00"}', "field `fetched`"),
        (b'{"text": "a", "fetched": 5}', "field `fetched`"),
        (b'{"text": "a", "doc_id": {}}', "field `doc_id`"),
        (b"[]", "not a JSON object"),
        (b'"text"', "not a JSON object"),
        (b"nope", "not JSON"),
        (b'{"text": "a"', "not JSON"),
        (b'{"text": "\xff"}', "not UTF-8"),
        (b"[" * 100_000, "not JSON"),
        (b'{"text": "a", "n": ' + b"9" * 5000 + b"}", "not JSON"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_done(run: partial[Ended], line: bytes, said: str) -> None:
    ended = run(stdin=lines([DOCUMENT]) + line + b"\n" + lines([DOCUMENT]))
    assert ended.code == 1
    assert [one["doc_id"] for one in ended.lines] == ["d1", "d1"]
    assert "<stdin>, line 2: " in ended.err
    assert said in ended.err


def test_lines_are_counted_as_they_stand_in_the_file(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(b"\n  \r\n" + lines([DOCUMENT]).replace(b"\n", b"\r\n") + b"{}")
    ended = tratawatch("extract", "in.jsonl", folder=tmp_path)
    assert (ended.code, len(ended.lines)) == (1, 1)
    assert "in.jsonl, line 4: field `text`" in ended.err


def test_no_input_is_no_output(run: partial[Ended]) -> None:
    assert run(stdin=b"") == Ended(0, "", "")


def test_the_last_line_needs_no_end(run: partial[Ended]) -> None:
    assert len(run(stdin=lines([DOCUMENT]).rstrip()).lines) == 1


def test_a_file_may_begin_with_a_byte_order_mark(run: partial[Ended]) -> None:
    assert run(stdin=b"\xef\xbb\xbf" + lines([DOCUMENT])).code == 0


@pytest.mark.parametrize(
    "number", ["9" * 400, "1" + ",000" * 120, "1814 millones de millones de millones", "1e400", "0", "-5", "٣٤٥", "½"]
)
def test_no_number_is_too_strange(run: partial[Ended], number: str) -> None:
    for statistic in of(run, text=TEXT.replace("1,814", number))["statistics"]:
        assert statistic["value"] < 1e30


def test_a_very_long_line_is_a_line(run: partial[Ended]) -> None:
    filler = "La comisión se reunió en la sala grande y habló del presupuesto de las escuelas. "
    text = TEXT + "\n" + filler * (250_000 // len(filler)) + "\n" + TEXT
    assert {statistic["value"] for statistic in of(run, text=text)["statistics"]} == {1814}


def test_where_our_rules_fail_the_document_has_its_line_and_the_others_theirs(
    run: partial[Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_once(page: Any) -> Any:
        if page.text.startswith("!"):
            raise ZeroDivisionError
        return read_page_text(page)

    monkeypatch.setattr("monitor.commands.extract.read_page_text", fail_once)
    ended = run(stdin=lines([DOCUMENT | {"text": "!"}, DOCUMENT]))
    assert ended.code == 1
    assert (ended.lines[0]["relevant"], ended.lines[0]["reasons"]) == (False, ["our rules failed on it"])
    assert len(ended.lines[1]["statistics"]) == 1
    assert "<stdin>, line 1" in ended.err


def test_it_opens_no_store(tmp_path: Path) -> None:
    environment = {"TRATAWATCH_STORE": "nonsense://"}
    ended = tratawatch("extract", "-", folder=tmp_path, stdin=lines([DOCUMENT]), environment=environment)
    assert ended.code == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [(), ("missing.jsonl",), ("a", "b"), ("--nonsense", "-")])
def test_wrong_use_ends_with_two(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    ended = tratawatch("extract", *arguments, folder=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert "Error: " in ended.err


def test_output_is_utf_8_in_any_environment(tmp_path: Path) -> None:
    environment = {"PYTHONIOENCODING": "latin-1", "PYTHONPATH": ":".join(sys.path)}
    document = DOCUMENT | {"doc_id": "ñ → 數"}
    command = [sys.executable, "-m", "monitor.cli", "extract", "-"]
    done = subprocess.run(command, input=lines([document]), capture_output=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode("utf-8"))["doc_id"] == "ñ → 數"
