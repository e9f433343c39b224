"""When two statistics say the same although their numbers differ: a vague one allows for values near its own."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.reader.statistic import Statistic

_ABOUT_LEAST, _ABOUT_MOST = 0.05, 0.10
_ABOVE, _BELOW = 1.25, 0.75
_RANK = {"=": 0, "~": 1}


def equal(a: float, b: float) -> bool:
    """Whether two values are one number: decimals that were read or computed differently in the last bits are."""
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12)


def vague(statistic: Statistic) -> bool:
    """Whether it leaves room for other values."""
    return statistic.qualifier != "=" or statistic.interval is not None


def vagueness(statistic: Statistic) -> int:
    """How much room it leaves: 0 none, 1 around a value, 2 a bound or a range."""
    return 2 if statistic.interval else _RANK.get(statistic.qualifier, 2)


def agree(a: Statistic, b: Statistic) -> bool:
    """Whether the values of two statistics of one observation are compatible; the order of the two does not matter."""
    return equal(a.value, b.value) or _allows(a, b) or _allows(b, a)


def one_range(a: Statistic, b: Statistic) -> bool:
    """Whether they are the two ends of one range."""
    return a.interval is not None and a.interval == b.interval and not equal(a.value, b.value)


def _allows(a: Statistic, b: Statistic) -> bool:
    return all(_allowed(a, end) for end in b.interval or (b.value,))


def _allowed(a: Statistic, value: float) -> bool:
    if a.interval is None:
        return equal(a.value, value) or _near(a, value)
    low, high = sorted(a.interval)
    return low <= value <= high or equal(low, value) or equal(high, value)


def _near(a: Statistic, value: float) -> bool:
    stated = a.value
    match a.qualifier:
        case "~":
            room = about(stated)
            return abs(value - stated) < room or equal(abs(value - stated), room)
        case ">" | ">=":
            return stated < value < stated * _ABOVE and not equal(value, stated * _ABOVE)
        case "<" | "<=":
            return stated * _BELOW < value < stated and not equal(value, stated * _BELOW)
        case _:
            return False


def about(value: float) -> float:
    """How far from `~ value` another may lie: 5%, or half a unit of the last significant digit if more, at most 10%."""
    size = abs(value)
    return min(max(_ABOUT_LEAST * size, _last_unit(size) / 2), _ABOUT_MOST * size)


def _last_unit(value: float) -> float:
    if not value or not math.isfinite(value):
        return 0.0
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return 10.0**exponent if isinstance(exponent, int) else 0.0
