"""Attempts are spread over three days, the same way each time they are reckoned."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts.delivery import JITTER, PAUSES, TRIED_FOR, Outcome, OutcomeKind, next_attempt
from tests.alerts_samples import AT

LATER = Outcome("retry", "busy")


def attempts(alert_id: str) -> list[timedelta]:
    """When an alert that is never taken is tried, from the first attempt on."""
    at, found = AT, [timedelta(0)]
    while True:
        after = next_attempt(len(found), first_at=AT, now=at, outcome=LATER, alert_id=alert_id)
        if after is None:
            return found
        at = after
        found.append(at - AT)


@given(st.uuids().map(str))
def test_pauses_grow_and_the_last_attempt_is_after_three_days(alert_id: str) -> None:
    tried = attempts(alert_id)
    pauses = [b - a for a, b in pairwise(tried)]
    assert tried[-1] == TRIED_FOR
    assert pauses[:-1] == sorted(pauses[:-1])
    assert len(PAUSES) <= len(tried) <= len(PAUSES) + 2


def test_the_same_alert_has_the_same_pauses_and_another_has_others() -> None:
    assert attempts("a") == attempts("a")
    assert attempts("a") != attempts("b")


@given(st.text(), st.integers(1, len(PAUSES)))
def test_jitter_stays_near_the_planned_pause(alert_id: str, attempt: int) -> None:
    after = next_attempt(attempt, first_at=AT, now=AT, outcome=LATER, alert_id=alert_id)
    assert after is not None
    assert abs((after - AT) / PAUSES[attempt - 1] - 1) <= JITTER + 1e-6


@pytest.mark.parametrize(
    ("asked", "least", "most"),
    [(3600.0, 3600, 3600), (0.0, 9, 11), (-5.0, 9, 11), (1e12, 86400, 86400)],
)
def test_the_receiver_may_ask_for_a_longer_pause_up_to_a_day(asked: float, least: float, most: float) -> None:
    outcome = Outcome("retry", retry_after=asked)
    after = next_attempt(1, first_at=AT, now=AT, outcome=outcome, alert_id="a")
    assert after is not None
    assert least <= (after - AT).total_seconds() <= most


def test_no_pause_leads_beyond_the_end() -> None:
    now = AT + TRIED_FOR - timedelta(minutes=1)
    outcome = Outcome("retry", retry_after=7200)
    assert next_attempt(3, first_at=AT, now=now, outcome=outcome, alert_id="a") == AT + TRIED_FOR


@pytest.mark.parametrize("kind", ["delivered", "disabled", "failed"])
def test_what_has_ended_is_not_tried_again(kind: OutcomeKind) -> None:
    assert next_attempt(1, first_at=AT, now=AT, outcome=Outcome(kind), alert_id="a") is None


def test_after_three_days_the_alert_is_dead() -> None:
    assert next_attempt(2, first_at=AT, now=AT + TRIED_FOR, outcome=LATER, alert_id="a") is None
