"""Three days of a replica newsroom of six outlets, visited by the daemon on a fast clock."""

from __future__ import annotations

from pathlib import Path

from bench.month import run, three_days

SPEED = 24_000  # seven hours in a second: three days in eleven


def test_three_days_of_a_newsroom_are_told_whole_and_once_and_cost_little(tmp_path: Path) -> None:
    result = run(three_days(SPEED), tmp_path)
    assert result.findings.wrong == {}
    assert result.findings.counts["corrected figures"] == 5
    assert sum(result.log.repeats.values()) > 50
    assert result.spared >= 0.9
