"""How well the reader does on passages in the manner of its sources: notes, reports, newspapers, narratives, agencies.

They were annotated before they were read, and some rules were made on their errors since: what is right stays right.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from monitor.reader.read import read_statistics
from monitor.reader.statistic import Statistic
from tests.test_reader_unseen import DEFAULTS, SERIES, agrees

CORPUS = Path(__file__).parent / "corpus"
# the share of the figures read with all slots of a series, and how many others are read for each of these; a ratchet
FLOORS = {"en": (0.86, 0.004), "es": (0.885, 0.004)}
AT_LEAST = {"en": (160, 1100), "es": (215, 1650)}  # passages, figures


def passages(language: str) -> list[dict[str, Any]]:
    """Text, date, title, `figures` with spans and the slots that are not the default, `may`: spans of others."""
    return list(map(json.loads, (CORPUS / f"passages_{language}.jsonl").read_text(encoding="utf-8").splitlines()))


def read_from(passage: dict[str, Any], language: str) -> list[Statistic]:
    published = dt.date.fromisoformat(passage["published"]) if passage["published"] else None
    return read_statistics(passage["text"], language, published, passage["title"])


def overlaps(first: int, last: int, read: Statistic) -> bool:
    return read.start < last and first < read.end


def count(passage: dict[str, Any], language: str) -> tuple[int, int, list[str]]:
    """How many figures are right, how many are read that are none, and the errors in words."""
    read, right, used, errors = read_from(passage, language), 0, set(), []
    for figure in passage["figures"]:
        found = next((one for one in read if overlaps(figure["start"], figure["end"], one)), None)
        said = passage["text"][figure["start"] : figure["end"]]
        if found is None:
            errors.append(f"{passage['id']}: missed {said}")
            continue
        used.add(found.start)
        wrong = [slot for slot in SERIES if not agrees({**DEFAULTS, **figure}, found, slot)]
        right += not wrong
        told = ", ".join(f"{slot} {getattr(found, slot)} for {figure.get(slot, DEFAULTS.get(slot))}" for slot in wrong)
        errors += [f"{passage['id']}: {said}: {told}"] if wrong else []
    left = [one for one in read if one.start not in used]
    false = [one for one in left if not any(overlaps(first, last, one) for first, last in passage["may"])]
    return right, len(false), errors + [f"{passage['id']}: false {one.value:g}" for one in false]


@pytest.mark.parametrize("language", sorted(FLOORS))
def test_passages_keep_their_score(language: str) -> None:
    right = false = figures = 0
    errors: list[str] = []
    for passage in passages(language):
        told = count(passage, language)
        right, false, errors = right + told[0], false + told[1], errors + told[2]
        figures += len(passage["figures"])
    least, most = FLOORS[language]
    assert right / figures >= least, "\n".join(errors)
    assert false / figures <= most, "\n".join(errors)


@pytest.mark.parametrize("language", sorted(FLOORS))
def test_there_are_enough_passages_and_each_figure_stands_in_its_text(language: str) -> None:
    held, (least, figures) = passages(language), AT_LEAST[language]
    assert len(held) >= least
    assert sum(len(passage["figures"]) for passage in held) >= figures
    for passage in held:
        ends = 0
        for figure in passage["figures"]:
            said = passage["text"][figure["start"] : figure["end"]]
            assert figure["start"] >= ends, (passage["id"], said)
            assert said == said.strip() != "", (passage["id"], said)
            ends = figure["end"]
