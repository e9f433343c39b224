"""Periods in ISO 8601 (years, months, days, inclusive intervals of them) compared and put together."""

from __future__ import annotations

import datetime as dt

_MONTH = 31  # days


def ordered(period: str) -> bool:
    """Whether an interval does not end before it begins and every day in it exists."""
    start, _, end = period.partition("/")
    for part in (start, end):
        if len(part) == 10:
            try:
                dt.date.fromisoformat(part)
            except ValueError:
                return False
    return not end or start[: len(end)] <= end[: len(start)]


def months_in(period: str) -> int:
    """How many months a period touches."""
    start, _, end = period.partition("/")
    first, last = (part if len(part) > 4 else part + month for part, month in ((start, "-01"), (end or start, "-12")))
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7]) + 1


def years_in(period: str) -> int:
    """How many years a period takes, to the nearest."""
    return round(months_in(period) / 12)


def lasts(period: str) -> bool:
    """Whether a period is longer than a month."""
    return months_in(period) > 1 and (_days(period)[1] - _days(period)[0]).days > _MONTH


def before(one: str, two: str) -> bool:
    """Whether a period ends before another begins."""
    end, start = one.rpartition("/")[2], two.partition("/")[0]
    short = min(len(end), len(start))
    return end[:short] < start[:short]


def within(one: str, two: str) -> bool:
    """Whether a period is a part of a longer one."""
    (first, last), (start, end) = _days(one), _days(two)
    return start <= first and last <= end and (last - first) < (end - start)


def follows(one: str | None, two: str | None) -> str | None:
    """Both periods in one, where the second begins as the first ends; None otherwise."""
    if one is None or two is None:
        return None
    if _days(one)[1] + dt.timedelta(days=1) != _days(two)[0]:
        return None
    return span(one, two)


def span(one: str, two: str) -> str:
    """From the beginning of one period to the end of another, both told as exactly as the more exact of the two."""
    start, end = one.partition("/")[0], two.rpartition("/")[2]
    if len(start) == len(end):
        return f"{start}/{end}"
    first, last = (day.isoformat()[: max(len(start), len(end))] for day in (_days(one)[0], _days(two)[1]))
    return f"{first}/{last}"


def _days(period: str) -> tuple[dt.date, dt.date]:
    """The first and the last day of a period."""
    start, _, end = period.partition("/")
    first = dt.date.fromisoformat(f"{start}-01-01"[:10] if len(start) == 4 else f"{start}-01"[:10])
    end = end or start
    if len(end) == 10:
        return first, dt.date.fromisoformat(end)
    year, month = (int(end[:4]), int(end[5:7])) if len(end) == 7 else (int(end), 12)
    return first, dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
