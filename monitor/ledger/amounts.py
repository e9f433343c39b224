"""Amounts with the room that their digits, qualifiers and ranges leave: between which two numbers each one lies."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from monitor.ledger.agreement import about

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.reader.statistic import Statistic

_HAIR = 1e-9


@dataclass(frozen=True)
class Room:
    """All numbers from `low` to `high`."""

    low: float
    high: float

    def over(self, other: Room) -> bool:
        """Whether it lies above the other for sure."""
        return self.low > other.high * (1 + _HAIR)

    def meets(self, other: Room) -> bool:
        """Whether both can be one number."""
        return not (self.over(other) or other.over(self))

    def wider(self, by: float) -> Room:
        return Room(self.low - by, self.high + by)

    def times(self, factor: float) -> Room:
        return Room(self.low * factor, self.high * factor)

    def over_whole(self, whole: Room) -> Room:
        """What a share of a whole can be."""
        return Room(self.low / whole.high if whole.high else 0.0, self.high / whole.low if whole.low else math.inf)


def room(statistic: Statistic) -> Room:
    """What a count can be, as it is said."""
    if statistic.interval is not None:
        return Room(min(statistic.interval), max(statistic.interval))
    value = statistic.value
    match statistic.qualifier:
        case "~":
            return Room(value - about(value), value + about(value))
        case ">" | ">=":
            return Room(value, math.inf)
        case "<" | "<=":
            return Room(0.0, value)
        case _:
            return Room(value, value)


def as_rounded(statistic: Statistic) -> Room:
    """What a share or a rate can be: one unit of its last digit more or less, as texts round and cut."""
    return room(statistic).wider(last_digit(statistic.value))


def last_digit(value: float) -> float:
    """One unit of the last digit that is written: 1 for 72, 0.1 for 72.1."""
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return float(10.0 ** min(exponent, 0)) if isinstance(exponent, int) else 1.0


def total(rooms: Iterable[Room]) -> Room:
    """What several amounts can be together."""
    known = list(rooms)
    return Room(sum(one.low for one in known), sum(one.high for one in known))


def plain(value: float) -> str:
    """A number in digits: 1,031 and 72.1."""
    return f"{value:,.1f}".removesuffix(".0") if math.isfinite(value) else "…"
