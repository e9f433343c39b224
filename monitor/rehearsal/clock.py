"""The clock of a rehearsal: it stands still until it is set, and sites and mailbox date what they do by it."""

from __future__ import annotations

from datetime import UTC, datetime


class Clock:
    """A callable that gives the time it was last set to, always in UTC."""

    def __init__(self, at: datetime) -> None:
        self._at = at.astimezone(UTC)

    def __call__(self) -> datetime:
        return self._at

    def set_to(self, at: datetime) -> None:
        """Move to a later (or earlier) moment, which must carry its time zone."""
        self._at = at.astimezone(UTC)


def real_time() -> datetime:
    """The time of this machine, in UTC."""
    return datetime.now(UTC)
