"""What came of an attempt to deliver an alert, and when to try again. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

OutcomeKind = Literal["delivered", "retry", "disabled", "failed"]

TRIED_FOR = timedelta(days=3)
LONGEST_RETRY_AFTER = timedelta(days=1)
PAUSES = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=18),
    timedelta(hours=22),
)
JITTER = 0.1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one attempt.

    `delivered`; `retry`: may work later; `disabled`: the receiver wants no more, so the channel is switched off;
    `failed`: this alert will never be taken, so it is dead. `retry_after` is in seconds, as the receiver asked.
    """

    kind: OutcomeKind
    detail: str = ""
    retry_after: float | None = None


def next_attempt(
    attempt: int, *, first_at: datetime, now: datetime, outcome: Outcome, alert_id: str
) -> datetime | None:
    """When to try again after `attempt` attempts (1 after the first), or None where nothing is left to try.

    The last attempt falls on the end of the three days after `first_at`; None with a `retry` outcome means that the
    alert is dead. The jitter is a function of `alert_id` and `attempt`, so the same call gives the same time.
    """
    end = first_at + TRIED_FOR
    if outcome.kind != "retry" or now >= end:
        return None
    return min(now + _pause(attempt, outcome, alert_id), end)


def _pause(attempt: int, outcome: Outcome, alert_id: str) -> timedelta:
    planned = PAUSES[min(max(attempt, 1), len(PAUSES)) - 1] * (1 + JITTER * _swing(f"{alert_id}/{attempt}"))
    if outcome.retry_after is None:
        return planned
    asked = min(max(outcome.retry_after, 0.0), LONGEST_RETRY_AFTER.total_seconds())
    return max(planned, timedelta(seconds=asked))


def _swing(key: str) -> float:
    """From -1 to 1, even over keys."""
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8])
    return number / 2**63 - 1
