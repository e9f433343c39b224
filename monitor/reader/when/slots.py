"""What stood in the slots of a phrase of time, and the dates that are made of it."""

from __future__ import annotations

from collections.abc import Callable

from monitor.reader.when.moments import Moment

Slots = list[tuple[str, float]]
Resolver = Callable[[Slots, Moment], str | None]


def every(slots: Slots, name: str) -> list[int]:
    return [int(value) for slot, value in slots if slot == name]


def month_of(year: float, month: float) -> str:
    return f"{int(year)}-{int(month):02}"


def day_of(year: float, month: float, day: float) -> str:
    return f"{month_of(year, month)}-{int(day):02}"


def months_of(year: int, first: int, last: int) -> str:
    return f"{month_of(year, first)}/{month_of(year, last)}"


def until(slots: Slots, _: Moment) -> str | None:
    """From the beginning of the year to a month or day in it."""
    year, month, days = every(slots, "year")[0], every(slots, "month")[0], every(slots, "day")
    return f"{year}-01-01/{day_of(year, month, days[0])}" if days else months_of(year, 1, month)


def one_day(slots: Slots, _: Moment) -> str | None:
    return day_of(every(slots, "year")[0], every(slots, "month")[0], every(slots, "day")[0])
