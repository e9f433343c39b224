"""What no author writes costs little and disturbs nothing: rows of numbers, runs of marks."""

from __future__ import annotations

import cProfile

import pytest

from monitor.reader.explain import explain
from monitor.reader.read import read_statistics

SAID = "In 2021 police rescued 143 victims in Puno, of whom 61 (43%) were girls."


def values(text: str) -> list[float]:
    """The values of the statistics of an English text."""
    return [statistic.value for statistic in read_statistics(text, "en", None)]


def test_a_row_of_more_numbers_than_a_sentence_holds_gives_none_and_leaves_the_rest() -> None:
    assert values("Victims " + "12 14 " * 60 + "\n\n" + SAID) == values(SAID) == [143, 61, 43]


def test_a_column_of_numbers_without_a_word_ends_after_so_many_lines() -> None:
    column = "Victims\n" + "7\n" * 200
    assert len(explain(column + "\n" + SAID, "en", None)) == 1 + 80 + 1
    assert values(column + "\n" + SAID)[-3:] == values(SAID)


def test_explain_says_that_there_are_too_many_numbers() -> None:
    (sentence,) = explain("Victims " + "12 14 " * 60, "en", None)
    assert [refused["why"] for refused in sentence["refused"]] == ["too many numbers for a sentence"]


def test_runs_of_marks_disturb_nothing() -> None:
    assert values(". " * 500 + SAID) == values(SAID)
    assert len(explain(". " * 500 + SAID, "en", None)) == 2


@pytest.mark.parametrize("piece", ["1 y ", "1) ", "1-", "%", "víctimas 45 (12) ", "13 a 17 ", "7\n", "a\u0301", "• "])
def test_time_grows_with_the_length_only(piece: str) -> None:
    """Counts calls of functions, not seconds: the same on every machine."""

    def calls(length: int) -> int:
        profile = cProfile.Profile()
        profile.runcall(read_statistics, piece * (length // len(piece)), "es", None)
        return sum(entry.callcount for entry in profile.getstats())

    calls(1000)
    assert calls(50_000) < 12 * calls(5_000)
