"""Three days of a replica newsroom of six outlets, visited by the daemon on a fast clock."""

from __future__ import annotations

import pytest

from bench.month import Result, run, three_days

SPEED = 24_000  # seven hours in a second: three days in eleven


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return run(three_days(SPEED), tmp_path_factory.mktemp("month"))


@pytest.mark.parametrize(
    "wrong",
    [
        "relevant items missed",
        "articles that are two items",
        "new items not told once",
        "reprints told at once",
        "corrections not told once",
        "changes of figures that were none",
        "edits not told once",
        "removals not told once",
        "told of items on something else",
        "states of sources",
        "changes delivered twice",
    ],
)
def test_nothing_is_missed_doubled_or_told_wrongly(result: Result, wrong: str) -> None:
    assert result.findings.wrong.get(wrong, []) == []


def test_what_was_read_before_is_hardly_asked_for_in_full_again(result: Result) -> None:
    assert sum(result.log.repeats.values()) > 50
    assert result.spared >= 0.9
