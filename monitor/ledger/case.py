"""One version before the ledger: its claims aligned with those of the text before, and the past it is compared with."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from monitor.ledger.agreement import agree
from monitor.ledger.claim import (
    Claim,
    SeriesOf,
    first_day,
    names_provider,
    observation_key,
    series_key,
    series_of,
    silent,
    undated,
    voice,
)
from monitor.ledger.held import Held
from monitor.ledger.observed import Observed
from monitor.ledger.values import Values
from monitor.ledger.versions import (
    Alignment,
    align,
    comparable,
    one_statement,
    outgrows,
    same_observation,
    same_series,
    statements,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

_LOST_TRIED = 16  # on each side of a value
_Key = TypeVar("_Key")


@dataclass(frozen=True)
class NewVersion:
    """The claims of a version in the order of its text, and those of the item's previous good version.

    `previous` is None in the item's first version, and empty where the version before had no statistic. A version that
    is no longer on the topic has no claims; a version of an item that was never relevant is not judged at all.
    `copy_of` is the address of the item of which this one is a reprint: in it, the outlet is no voice of its own.
    """

    claims: tuple[Claim, ...]
    previous: tuple[Claim, ...] | None = None
    copy_of: str | None = None


@dataclass(frozen=True)
class Case:
    """A version with its past, and what follows from the two before any rule is asked."""

    version: NewVersion
    held: Held

    def observed(self, claim: Claim) -> Observed:
        """What was held of the claim's observation, by any voice."""
        return self._observed[observation_key(claim.statistic)]

    def beside(self, claim: Claim) -> frozenset[str]:
        """The voices that this version itself gives for the claim's observation."""
        return frozenset(self._voices[observation_key(claim.statistic)])

    def of_start(self, claim: Claim) -> tuple[Claim, ...]:
        """What was held of its series in periods that begin with its own, with its value."""
        index = self._starts.get((series_key(claim.statistic), first_day(claim.statistic)))
        return tuple(index.equal(claim)) if index else ()

    def of_figure(self, claim: Claim) -> tuple[Claim, ...]:
        """What was held with its indicator, unit, area and value."""
        return tuple(self._figures.get(_figure(claim), ()))

    def outgrown(self, claim: Claim) -> tuple[Claim, ...]:
        """What the item said of its series and voice in earlier periods, and does no longer."""
        return tuple(old for old in self._outgrown.get(series_of(claim), ()) if outgrows(claim, old))

    @cached_property
    def _observed(self) -> dict[str, Observed]:
        groups = _grouped(self.past, lambda held: observation_key(held.statistic))
        return defaultdict(Observed, {key: Observed(tuple(claims)) for key, claims in groups.items()})

    @cached_property
    def _voices(self) -> dict[str, set[str]]:
        voices: dict[str, set[str]] = defaultdict(set)
        for claim in self.version.claims:
            voices[observation_key(claim.statistic)].add(voice(claim))
        return voices

    @cached_property
    def _starts(self) -> dict[tuple[str, date | None], Values]:
        groups = _grouped(self.past, lambda held: (series_key(held.statistic), first_day(held.statistic)))
        return {key: Values(claims) for key, claims in groups.items()}

    @cached_property
    def _outgrown(self) -> dict[SeriesOf, list[Claim]]:
        return _grouped(self.alignment.outgrown, series_of)

    @cached_property
    def _figures(self) -> dict[tuple[str, str, str, float], list[Claim]]:
        return _grouped(self.past, _figure)

    @cached_property
    def alignment(self) -> Alignment:
        return align(self.version.previous or (), self.version.claims)

    @cached_property
    def told(self) -> tuple[Claim, ...]:
        """The new claims that need a change: those that stand for the text, are fresh in it and not silent."""
        fresh = {id(claim) for claim in self.alignment.fresh}
        return tuple(c for c in statements(self.version.claims) if id(c) in fresh and not silent(c.statistic))

    @cached_property
    def past(self) -> tuple[Claim, ...]:
        """All claims held before this version, each once."""
        own = self.version.previous or ()
        known = {claim.id for claim in own if claim.id is not None}
        others = (c for c in self.held.claims if (c.id not in known if c.id is not None else c not in own))
        return (*own, *dict.fromkeys(others))

    @cached_property
    def lost(self) -> tuple[Claim, ...]:
        """Claims of the previous version that stood for its text and that nothing in the new one says any more."""
        gone = {id(claim) for claim in self.alignment.gone}
        stood = statements(self.version.previous or ())
        return tuple(old for old in stood if id(old) in gone and self._matters(old) and not self._still_said(old))

    @cached_property
    def replaced(self) -> dict[int, Claim]:
        """By `id()` of a new claim: the lost claim whose place it took, the nearest values paired first."""
        near = sorted(
            (abs(new.value - old.value), i, self._lost_places[id(old)])
            for i, new in enumerate(self.told)
            for old in self._lost_near(new)
            if _takes_place(new, old)
        )
        pairs: dict[int, int] = {}
        taken: set[int] = set()
        for _, i, j in near:
            if i not in pairs and j not in taken:
                pairs[i] = j
                taken.add(j)
        return {id(self.told[i]): self.lost[j] for i, j in pairs.items()}

    def _lost_near(self, new: Claim) -> list[Claim]:
        """The lost claims of its series that may have stood in its place: all, or of very many the nearest."""
        lost = self._lost.get(series_key(new.statistic))
        return lost.around(new.value, _LOST_TRIED) if lost else []

    @cached_property
    def _lost(self) -> dict[str, Values]:
        groups = _grouped(self.lost, lambda old: series_key(old.statistic))
        return {key: Values(claims) for key, claims in groups.items()}

    @cached_property
    def _lost_places(self) -> dict[int, int]:
        return {id(old): place for place, old in enumerate(self.lost)}

    @cached_property
    def _said(self) -> dict[str, Values]:
        groups = _grouped(self.version.claims, lambda claim: series_key(claim.statistic))
        return {key: Values(claims) for key, claims in groups.items()}

    def _matters(self, old: Claim) -> bool:
        return not silent(old.statistic) and not old.dismissed

    def _still_said(self, old: Claim) -> bool:
        said = self._said.get(series_key(old.statistic))
        return said is not None and any(
            one_statement(old, new) or (_takes_place(new, old) and agree(new.statistic, old.statistic))
            for new in said.near(old)
        )


def _figure(claim: Claim) -> tuple[str, str, str, float]:
    s = claim.statistic
    return s.indicator, s.unit, s.area, round(s.value, 9)


def _grouped(claims: Iterable[Claim], key: Callable[[Claim], _Key]) -> dict[_Key, list[Claim]]:
    groups: dict[_Key, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[key(claim)].append(claim)
    return groups


def _takes_place(new: Claim, old: Claim) -> bool:
    """Whether in a text the one may stand where the other stood: by the same voice, or by one that was not named."""
    one_voice = voice(new) == voice(old) or not (names_provider(new) and names_provider(old))
    if not one_voice or not comparable(new, old):
        return False
    if undated(new.statistic):
        return undated(old.statistic) and same_series(new, old)
    return same_observation(new, old)
