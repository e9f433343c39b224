"""One version before the ledger: its claims aligned with those of the text before, and the past it is compared with."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from monitor.ledger.agreement import agree
from monitor.ledger.claim import Claim, first_day, names_provider, observation_key, series_key, silent, undated, voice
from monitor.ledger.held import Held
from monitor.ledger.versions import (
    Alignment,
    align,
    comparable,
    one_statement,
    same_observation,
    same_series,
    statements,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

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

    def of_observation(self, claim: Claim) -> tuple[Claim, ...]:
        """What was held of the claim's observation, by any voice."""
        return tuple(self._observations.get(observation_key(claim.statistic), ()))

    def of_start(self, claim: Claim) -> tuple[Claim, ...]:
        """What was held of its series in periods that begin with its own."""
        return tuple(self._starts.get((series_key(claim.statistic), first_day(claim.statistic)), ()))

    def of_figure(self, claim: Claim) -> tuple[Claim, ...]:
        """What was held with its indicator, unit, area and value."""
        return tuple(self._figures.get(_figure(claim), ()))

    @cached_property
    def _observations(self) -> dict[str, list[Claim]]:
        return _grouped(self.past, lambda held: observation_key(held.statistic))

    @cached_property
    def _starts(self) -> dict[tuple[str, date | None], list[Claim]]:
        return _grouped(self.past, lambda held: (series_key(held.statistic), first_day(held.statistic)))

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
            (abs(new.value - old.value), i, j)
            for i, new in enumerate(self.told)
            for j, old in enumerate(self.lost)
            if _takes_place(new, old)
        )
        pairs: dict[int, int] = {}
        for _, i, j in near:
            if i not in pairs and j not in pairs.values():
                pairs[i] = j
        return {id(self.told[i]): self.lost[j] for i, j in pairs.items()}

    def _matters(self, old: Claim) -> bool:
        return not silent(old.statistic) and not old.dismissed

    def _still_said(self, old: Claim) -> bool:
        return any(
            one_statement(old, new) or (_takes_place(new, old) and agree(new.statistic, old.statistic))
            for new in self.version.claims
        )


def _figure(claim: Claim) -> tuple[str, str, str, float]:
    s = claim.statistic
    return s.indicator, s.unit, s.area, round(s.value, 9)


def _grouped(claims: Iterable[Claim], key: Callable[[Claim], _Key]) -> dict[_Key, list[Claim]]:
    groups: dict[_Key, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[key(claim)].append(claim)
    return groups


def same_item(a: Claim, b: Claim) -> bool:
    """Whether two claims stand in one item; by address where an item is not filed yet."""
    if a.item is not None and b.item is not None:
        return a.item == b.item
    return bool(a.url) and a.url == b.url


def nearest(claims: tuple[Claim, ...], value: float) -> Claim:
    """The claim whose value is nearest, the first of several."""
    return min(claims, key=lambda claim: abs(claim.value - value))


def _takes_place(new: Claim, old: Claim) -> bool:
    """Whether in a text the one may stand where the other stood: by the same voice, or by one that was not named."""
    one_voice = voice(new) == voice(old) or not (names_provider(new) and names_provider(old))
    if not one_voice or not comparable(new, old):
        return False
    if undated(new.statistic):
        return undated(old.statistic) and same_series(new, old)
    return same_observation(new, old)
