"""What the ledger must know of its past to judge a version, and the keys to look it up by."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from monitor.ledger.agreement import agree, one_range
from monitor.ledger.claim import Claim, first_day, names_provider, observation_key, series_key, silent, undated, voice

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

Said = tuple[str, float]
SeriesStart = tuple[str, "date"]
Figure = tuple[str, str, str, float, str]


@dataclass(frozen=True)
class Pair:
    """Two voices, in alphabetical order, that are known to differ on a series."""

    series: str
    one: str
    other: str

    @classmethod
    def of(cls, a: Claim, b: Claim) -> Pair:
        one, other = sorted((voice(a), voice(b)))
        return cls(series_key(a.statistic), one, other)


@dataclass(frozen=True)
class Conflict:
    """A conflict that was told: an observation and the two voices with their values, in order."""

    observation: str
    one: Said
    other: Said

    @classmethod
    def of(cls, a: Claim, b: Claim) -> Conflict:
        one, other = sorted(((voice(a), a.value), (voice(b), b.value)))
        return cls(observation_key(a.statistic), one, other)


@dataclass(frozen=True)
class Held:
    """The past of a version, as `wanted` asks for it; what is loaded beyond it does no harm.

    `claims`: filed claims, of any item, withdrawn and dismissed ones too,
    (a) with the series key and first day of period of a wanted start, whatever the last day and the voice, and
    (b) with the indicator, unit, area, value and voice of a wanted figure, whatever the period and the other slots.
    All of them, or of very many (a) of each voice the last and the first of each value, (b) the earliest; of the item
    itself always all.
    `conflicts`: `Conflict.of(statistic, previous)` of every `conflicting_statistic` told on a wanted series.
    `pairs`: on a wanted series, `Pair.of(statistic, previous)` of the same and `differing(claims)` of each version.
    """

    claims: tuple[Claim, ...] = ()
    conflicts: frozenset[Conflict] = frozenset()
    pairs: frozenset[Pair] = frozenset()


@dataclass(frozen=True)
class Wanted:
    """Keys to load: (series key, first day), (indicator, unit, area, value, voice), and series keys."""

    starts: frozenset[SeriesStart]
    figures: frozenset[Figure]
    series: frozenset[str]


def wanted(claims: Iterable[Claim], copied: str | None = None) -> Wanted:
    """What `Held` must contain for a version with these claims. Silent ones need nothing.

    `copied` is the source of the item of which it is a reprint.
    """
    told = [claim for claim in claims if not silent(claim.statistic)]
    figures = set()
    for claim in told:
        s = claim.statistic
        if undated(s):
            voices = {voice(claim)} if copied is None or names_provider(claim) else {voice(claim), copied}
            figures |= {(s.indicator, s.unit, s.area, s.value, one) for one in voices}
    said = [claim.statistic for claim in told]
    starts = {(series_key(s), day) for s in said if (day := first_day(s)) is not None and not undated(s)}
    return Wanted(frozenset(starts), frozenset(figures), frozenset(series_key(s) for s in said))


def differing(claims: Iterable[Claim]) -> frozenset[Pair]:
    """The pairs of voices that give different values for one observation within one text."""
    observations: dict[str, dict[str, dict[object, Claim]]] = defaultdict(lambda: defaultdict(dict))
    for claim in claims:
        if not undated(claim.statistic):
            observations[observation_key(claim.statistic)][voice(claim)].setdefault(_amount(claim), claim)
    return frozenset(
        pair
        for voices in observations.values()
        for one, other in combinations(voices.values(), 2)
        if (pair := _differ(one.values(), other.values())) is not None
    )


def _amount(claim: Claim) -> tuple[object, ...]:
    return claim.value, claim.statistic.qualifier, claim.statistic.interval


def _differ(these: Collection[Claim], those: Collection[Claim]) -> Pair | None:
    for a in these:
        for b in those:
            if not agree(a.statistic, b.statistic) and not one_range(a.statistic, b.statistic):
                return Pair.of(a, b)
    return None
