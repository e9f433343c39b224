"""Sequences of documents, read, filed and judged by the command itself: each says what each document must change."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from monitor.cli import cli

SCENARIOS = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "scenarios_documents.jsonl").read_text(encoding="utf-8").splitlines()
]
Row = tuple[str, str, float | None, float | None]


def ingest(folder: Path, documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The changes that the documents make on what the store of this folder holds."""
    file = folder / "documents.jsonl"
    file.write_text("".join(json.dumps(document) + "\n" for document in documents), encoding="utf-8")
    done = CliRunner().invoke(cli, ["--store", f"sqlite:///{folder}/store.db", "ingest", str(file)])
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def value(statistic: dict[str, Any] | None) -> float | None:
    return statistic["value"] if statistic else None


def told(change: dict[str, Any]) -> Row:
    return change["doc_id"], change["change"], value(change["statistic"]), value(change["previous"])


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[scenario["name"] for scenario in SCENARIOS])
def test_each_document_changes_what_the_scenario_says_and_nothing_when_read_again(
    scenario: dict[str, Any], tmp_path: Path, empty_sqlite: Path
) -> None:
    shutil.copy(empty_sqlite, tmp_path / "store.db")
    changes = ingest(tmp_path, scenario["documents"])
    assert Counter(map(told, changes)) == Counter(tuple(row) for row in scenario["expect"])
    assert ingest(tmp_path, scenario["documents"]) == []


def test_a_reprint_names_the_item_that_it_copies(tmp_path: Path) -> None:
    (scenario,) = (scenario for scenario in SCENARIOS if "copy" in scenario["rules"])
    first, second = ingest(tmp_path, scenario["documents"])
    assert (first["copy_of"], second["copy_of"]) == (None, scenario["documents"][0]["url"])
