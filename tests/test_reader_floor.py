"""The quality floor: F1 on annotated documents beside the project, where they are there. Raise it, never lower it."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from monitor.reader.read import read_statistics

GOLD = Path(__file__).parents[2] / "shared" / "gold"
FLOORS = {"en": (0.99, 0.95, 0.95), "es": (0.99, 0.92, 0.96)}  # found, series, provider

pytestmark = pytest.mark.skipif(not (GOLD / "score.py").exists(), reason="the annotated documents are not here")


def predictions(language: str) -> str:
    """A line for each document, with the statistics read from it."""
    lines = []
    for line in (GOLD / f"dev_{language}.jsonl").read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        published = dt.date.fromisoformat(document["published"]) if document["published"] else None
        found = read_statistics(document["text"], language, published, document["title"] or "")
        lines.append(json.dumps({"doc_id": document["doc_id"], "statistics": [asdict(one) for one in found]}))
    return "\n".join(lines)


@pytest.mark.parametrize("language", sorted(FLOORS))
def test_the_score_on_annotated_documents_stays_above_its_floor(language: str, tmp_path: Path) -> None:
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_text(predictions(language), encoding="utf-8")
    command = [sys.executable, str(GOLD / "score.py"), str(GOLD / f"dev_{language}.jsonl"), str(predicted), "--json"]
    result = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    found, series, provider = FLOORS[language]
    assert result["found"]["f1"] >= found
    assert result["series"]["f1"] >= series
    assert result["slots"]["provider"] >= provider
