"""A text whose lines a page has cut reads as the same text whole; lists and headlines stay lines."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from monitor.reader.read import read_statistics
from monitor.reader.sentence.wrapping import full_line
from monitor.reader.statistic import Statistic

FRESH = Path(__file__).parent / "corpus"
SAME = 0.97  # of the figures; a line that begins with a number or a name may still mislead
HEADLINES = """\
Police free nine women from bars in Puerto Maldonado after a tip-off
Prosecutors in Tumbes open a second office for victims of trafficking
Congress debates longer penalties for those who exploit children there
Shelters in Cusco ask for more places and for funds from the ministry
Hotline receives more calls than ever in the first half of this year"""


def wrapped(text: str, width: int) -> str:
    """The text with a line break for a space, wherever a line gets longer; offsets stay."""
    letters, line = list(text), 0
    for place, letter in enumerate(letters):
        if letter == "\n":
            line = place
        elif letter == " " and place - line >= width:
            letters[place], line = "\n", place
    return "".join(letters)


def told(statistics: list[Statistic]) -> set[tuple[object, ...]]:
    return {(s.start, s.value, s.unit, s.indicator, s.period, s.area, s.sex, s.age, s.form) for s in statistics}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("width", [60, 80])
def test_a_text_in_lines_reads_as_the_whole_one(language: str, width: int) -> None:
    same = every = 0
    for line in (FRESH / f"fresh_{language}.jsonl").read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        published = dt.date.fromisoformat(document["published"]) if document["published"] else None
        title = document["title"] or ""
        whole = told(read_statistics(document["text"], language, published, title))
        lines = told(read_statistics(wrapped(document["text"], width), language, published, title))
        same, every = same + len(whole & lines), every + len(whole | lines)
    assert every > 100
    assert same / every >= SAME, f"{same} of {every} figures are read alike"


def test_only_prose_in_lines_of_one_width_was_cut_by_a_page() -> None:
    prose = (
        "the police freed several women from the bars of the town and took the owners to the station that night " * 8
    )
    assert full_line(prose) == 0
    assert 40 < full_line(wrapped(prose, 70)) <= 75
    assert full_line(HEADLINES) == 0
    assert full_line("Lima\nCusco\nPuno\nIca\nTacna\nPiura\n") == 0
