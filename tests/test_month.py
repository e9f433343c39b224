"""Days of a replica newsroom of six outlets, visited by the daemon in simulated time, are told whole and once."""

from __future__ import annotations

from pathlib import Path

from bench.month import run, three_days


def test_three_days_of_a_newsroom_are_told_whole_and_once_and_cost_little(tmp_path: Path) -> None:
    result = run(three_days(), tmp_path)
    assert result.findings.wrong == {}
    assert result.findings.counts["relevant"] == 11
    assert result.findings.counts["corrected figures"] == 5
    assert sum(result.log.repeats.values()) > 350
    assert result.of_made >= 0.9
    assert result.spared >= 0.9
