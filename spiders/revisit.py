"""When to look at an item again. Pure: dates in, a date out."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

STEPS = (
    (timedelta(days=3), timedelta(0)),  # so young: at every visit
    (timedelta(days=30), timedelta(days=1)),
    (timedelta(days=365), timedelta(days=7)),
)
SELDOM = timedelta(days=30)
GROWING, FIRST_HOUR = timedelta(days=1), timedelta(hours=1)
FIRST_RETRY, LAST_RETRY = timedelta(minutes=15), timedelta(days=1)
HOPELESS = 15  # failures in a row, over more than a week


def next_look(published: date | None, first_seen: datetime, edited: datetime | None, now: datetime) -> datetime:
    """The next look at an item that answered: the older its last news, the later.

    Its last news is when its text was last edited or it was published; where neither is known, when it was first seen.
    """
    known = [moment for moment in (edited, _start(published)) if moment is not None]
    age = now - max(known, default=first_seen)
    return now + next((pause for limit, pause in STEPS if age < limit), SELDOM)


def look_for_growth(first_seen: datetime, now: datetime) -> datetime | None:
    """The next look at an item that is on something else, as far as it goes: the first lines of a story seldom say all.

    The pauses grow with its age, and the last look is when it is a day old; a later edit is not looked for (None).
    """
    if now - first_seen >= GROWING:
        return None
    return first_seen + min(max(4 * (now - first_seen), FIRST_HOUR), GROWING)


def retry(failures: int, now: datetime) -> datetime:
    """The next look at an item that could not be fetched `failures` times before: doubling pauses up to a day, and
    seldom once there is little hope.
    """
    if failures >= HOPELESS:
        return now + SELDOM
    doubled: timedelta = FIRST_RETRY * 2**failures
    return now + min(doubled, LAST_RETRY)


def _start(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), tzinfo=UTC) if day is not None else None
