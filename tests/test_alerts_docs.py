"""docs/alerts.md says what the code does."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from monitor.alerts.account import OTHERS_KEYS
from monitor.alerts.delivery import PAUSES
from monitor.alerts.webhook import REFUSES_THE_BODY
from monitor.alerts.wording import words_of

PAGE = (Path(__file__).parents[1] / "docs" / "alerts.md").read_text(encoding="utf-8")
UNITS = {"s": 1, "min": 60, "h": 3600}


def row(start: str) -> str:
    (found,) = [line for line in PAGE.splitlines() if line.startswith(f"| {start}")]
    return found


def test_the_pauses_are_those_of_the_table() -> None:
    told = [
        timedelta(seconds=int(number) * UNITS[unit]) for number, unit in re.findall(r"(\d+) (s|min|h) ", row("pause"))
    ]
    assert told == list(PAUSES)


def test_the_answers_that_end_an_alert_are_listed() -> None:
    assert {int(code) for code in re.findall(r"\b[45]\d\d\b", row("webhook 400"))} == REFUSES_THE_BODY


def test_every_note_on_a_change_is_listed() -> None:
    listed = set(re.findall(r"`(\w+)`", PAGE.partition("## What the detail")[2]))
    assert {*words_of("en").notes, *OTHERS_KEYS, "exact"} <= listed
