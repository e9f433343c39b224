"""Claims in the order of their values, so that those that may agree are found without trying all."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from monitor.ledger.agreement import vague

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monitor.ledger.claim import Claim

_HAIR = 1e-8  # wider than what counts as equal
_REACH = {"~": (0.89, 1.11), ">": (1.0, 1.26), ">=": (1.0, 1.26), "<": (0.74, 1.0), "<=": (0.74, 1.0)}
_ANY_REACH = (0.7, 1.4)  # in which a vague value lies that may allow this one, or be allowed by it


class _Row:
    """Claims sorted by value; of equal ones the first added comes first."""

    def __init__(self) -> None:
        self._values: list[float] = []
        self._claims: list[Claim] = []

    def add(self, claim: Claim) -> None:
        at = bisect_right(self._values, claim.value)
        self._values.insert(at, claim.value)
        self._claims.insert(at, claim)

    def between(self, low: float, high: float) -> Iterator[Claim]:
        """The claims from `low` to `high`, and a hair more."""
        low, high = low - abs(low) * _HAIR - 1e-11, high + abs(high) * _HAIR + 1e-11
        yield from self._claims[bisect_left(self._values, low) : bisect_right(self._values, high)]

    def beside(self, value: float) -> Iterator[Claim]:
        """The first of those with the next value below, with the value itself, and with the next above."""
        at = bisect_left(self._values, value)
        if at:
            yield self._claims[bisect_left(self._values, self._values[at - 1])]
        for place in (at, bisect_right(self._values, value)):
            yield from self._claims[place : place + 1]

    def around(self, value: float, most: int) -> list[Claim]:
        """So many claims on each side of a value, in order."""
        at = bisect_left(self._values, value)
        return self._claims[max(0, at - most) : at + most]


class Values:
    """An index of claims by value; it grows by `add`."""

    def __init__(self, claims: Iterable[Claim] = ()) -> None:
        self._exact, self._rough, self._all = _Row(), _Row(), _Row()
        self._ranged: list[Claim] = []
        self._place: dict[int, int] = {}
        for claim in claims:
            self.add(claim)

    def add(self, claim: Claim) -> None:
        """Put one more claim in."""
        self._all.add(claim)
        self._place.setdefault(id(claim), len(self._place))
        if claim.statistic.interval is not None:
            self._ranged.append(claim)
        elif vague(claim.statistic):
            self._rough.add(claim)
        else:
            self._exact.add(claim)

    def near(self, claim: Claim) -> Iterator[Claim]:
        """All that may agree with `claim`, and some more."""
        yield from self._exact.between(*_window(claim))
        ends = claim.statistic.interval
        low, high = (min(ends), max(ends)) if ends else (claim.value, claim.value)
        yield from self._rough.between(*sorted((_ANY_REACH[0] * low, _ANY_REACH[1] * high)))
        yield from self._ranged

    def equal(self, claim: Claim) -> Iterator[Claim]:
        """All whose value is that of `claim`, but for a hair."""
        yield from self._all.between(claim.value, claim.value)

    def nearest(self, value: float) -> Claim:
        """The claim whose value is nearest, the first of several. Raises ValueError where there is none."""
        return min(self._all.beside(value), key=lambda claim: (abs(claim.value - value), self._place[id(claim)]))

    def around(self, value: float, most: int) -> list[Claim]:
        """So many claims with the next values on each side of this one, in the order of values."""
        return self._all.around(value, most)


def _window(claim: Claim) -> tuple[float, float]:
    """Where an exact value lies that may agree."""
    s = claim.statistic
    if s.interval is not None:
        return min(*s.interval, s.value), max(*s.interval, s.value)
    low, high = _REACH.get(s.qualifier, (1.0, 1.0))
    return min(low * s.value, high * s.value), max(low * s.value, high * s.value)
