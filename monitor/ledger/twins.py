"""Whether two texts in two languages are one report: by the figures that they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.ledger.agreement import agree, equal
from monitor.ledger.claim import Claim, period_days, series_key
from monitor.ledger.versions import statements

if TYPE_CHECKING:
    from collections.abc import Iterable

_ENOUGH, _FEW = 3, 2
_OF_FEWER = 0.6  # of the figures of the text that has fewer


@dataclass(frozen=True)
class Twin:
    """Two editions of one report: how many figures they share, and pairs (here, there) that should be equal."""

    shared: int
    differing: tuple[tuple[Claim, Claim], ...]


def twin(here: Iterable[Claim], there: Iterable[Claim], *, linked: bool = False) -> Twin | None:
    """What two texts of one publisher in two languages, a few days apart, have in common; None where they are two.

    They are one report where they share three figures and most of those of the shorter, or all of at least two.
    `linked`: the publisher says so, and one figure is enough.
    """
    ours, theirs = list(statements(tuple(here))), list(statements(tuple(there)))
    fewer = min(len(ours), len(theirs))
    shared = _without_shared(ours, theirs)
    all_of_few = shared >= _FEW and not ours and not theirs
    most = shared >= _ENOUGH and shared >= _OF_FEWER * fewer
    if not (most or all_of_few or (linked and shared)):
        return None
    return Twin(shared, tuple(_differing(ours, theirs)))


def _without_shared(ours: list[Claim], theirs: list[Claim]) -> int:
    """Take the figures out that both have; gives how many."""
    shared = 0
    for claim in ours[:]:
        same = next((other for other in theirs if _one_figure(claim, other)), None)
        if same is not None:
            ours.remove(claim)
            theirs.remove(same)
            shared += 1
    return shared


def _one_figure(a: Claim, b: Claim) -> bool:
    x, y = a.statistic, b.statistic
    if (x.unit, x.indicator) != (y.unit, y.indicator) or not equal(x.value, y.value):
        return False
    days = period_days(x.period), period_days(y.period)
    return None in days or days[0] == days[1]


def _differing(ours: list[Claim], theirs: list[Claim]) -> list[tuple[Claim, Claim]]:
    """Of what is left the pairs that count the same in the same period, where each text says it once."""
    pairs = []
    for claim in ours:
        rivals = [other for other in theirs if _one_count(claim, other)]
        beside = [other for other in ours if _one_count(claim, other)]
        if len(rivals) == len(beside) == 1 and not agree(claim.statistic, rivals[0].statistic):
            pairs.append((claim, rivals[0]))
    return pairs


def _one_count(a: Claim, b: Claim) -> bool:
    x, y = a.statistic, b.statistic
    same_period = period_days(x.period) is not None and period_days(x.period) == period_days(y.period)
    return same_period and series_key(x) == series_key(y) and x.provider == y.provider
