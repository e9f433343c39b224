"""The vintages of an observation: what each voice said, in the order of the dates, and what is current."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from monitor.ledger.agreement import agree, equal, one_range, vague
from monitor.ledger.claim import Claim, order_key, undated, voice
from monitor.ledger.versions import comparable

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Vintage:
    """What a voice said of an observation until it said otherwise.

    `values` are the claims whose values stand (several where one text gave several), the most exact of those that
    agree; `claims` are all that say so, the first one first.
    """

    voice: str
    values: tuple[Claim, ...]
    claims: tuple[Claim, ...]

    @property
    def first(self) -> Claim:
        return self.claims[0]

    @property
    def last(self) -> Claim:
        return self.claims[-1]


def vintages(claims: Iterable[Claim]) -> dict[str, tuple[Vintage, ...]]:
    """All vintages of one observation by voice, the oldest first; the order of `claims` does not matter.

    Withdrawn claims are history and take part; dismissed ones do not.
    """
    told = _by_voice(claim for claim in claims if not claim.dismissed)
    return {name: _in_order(v for strand in _strands(own) for v in strand) for name, own in told.items()}


def current(claims: Iterable[Claim]) -> dict[str, tuple[Vintage, ...]]:
    """The current vintages of one observation by voice: the latest of what still stands.

    A voice has one, or one for each measure or register that its texts keep apart, the latest last.
    """
    told = _by_voice(claim for claim in claims if claim.standing)
    return {name: _in_order(strand[-1] for strand in _strands(own)) for name, own in told.items()}


def _by_voice(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    voices: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=_total_order):
        voices[voice(claim)].append(claim)
    return voices


def _total_order(claim: Claim) -> tuple[object, ...]:
    s = claim.statistic
    return (*order_key(claim), s.value, s.qualifier, s.rule, s.measure or "", s.register or "", claim.withdrawn)


def _in_order(found: Iterable[Vintage]) -> tuple[Vintage, ...]:
    return tuple(sorted(found, key=lambda vintage: order_key(vintage.first)))


def _strands(claims: list[Claim]) -> list[list[Vintage]]:
    """Vintages of one voice: in a strand each replaces the one before; measures that differ run side by side."""
    strands: list[list[Vintage]] = []
    for said in _statements(claims):
        strand = _agreeing(strands, said)
        if strand is not None:
            strand[-1] = _joined(strand[-1], said)
            continue
        strand = None if undated(said[0].statistic) else _replaced(strands, said)
        if strand is None:
            strands.append([Vintage(voice(said[0]), _leading(said), said)])
        else:
            strand.append(_following(strand[-1], said))
    return strands


def _statements(claims: list[Claim]) -> list[tuple[Claim, ...]]:
    """What one version says of one measure at once; claims without a period each stand alone."""
    if claims and undated(claims[0].statistic):
        return [(claim,) for claim in claims]
    groups: list[tuple[Claim, ...]] = []
    for _, version in groupby(claims, key=lambda claim: (order_key(claim)[:3], claim.item)):
        labels: dict[tuple[str, str], list[Claim]] = defaultdict(list)
        for claim in version:
            labels[_label(claim)].append(claim)
        groups += [tuple(labels[label]) for label in sorted(labels)]
    return groups


def _label(claim: Claim) -> tuple[str, str]:
    return claim.statistic.measure or "", claim.statistic.register or ""


def _agreeing(strands: list[list[Vintage]], said: tuple[Claim, ...]) -> list[Vintage] | None:
    fitting = [strand for strand in strands if all(_carries(strand[-1], claim) for claim in said)]
    return max(fitting, key=lambda strand: _likeness(strand, said), default=None)


def _carries(vintage: Vintage, claim: Claim) -> bool:
    if undated(claim.statistic):
        return any(equal(value.value, claim.value) for value in vintage.values)
    return any(agree(value.statistic, claim.statistic) for value in vintage.values)


def _replaced(strands: list[list[Vintage]], said: tuple[Claim, ...]) -> list[Vintage] | None:
    fitting = [strand for strand in strands if comparable(named(strand[-1]), said[0])]
    return max(fitting, key=lambda strand: _likeness(strand, said), default=None)


def _likeness(strand: list[Vintage], said: tuple[Claim, ...]) -> tuple[bool, bool, object]:
    naming = named(strand[-1])
    return _label(naming) == _label(said[0]), comparable(naming, said[0]), order_key(strand[-1].last)


def named(vintage: Vintage) -> Claim:
    """The last claim of a vintage that names a measure or register, else its last one."""
    return next((claim for claim in reversed(vintage.claims) if any(_label(claim))), vintage.last)


def _joined(vintage: Vintage, said: tuple[Claim, ...]) -> Vintage:
    return Vintage(vintage.voice, _leading((*vintage.values, *said)), (*vintage.claims, *said))


def _following(before: Vintage, said: tuple[Claim, ...]) -> Vintage:
    """The next vintage, with the values that the same item still states beside the new one."""
    item = said[0].item
    kept = tuple(c for c in before.values if c.standing and item is not None and c.item == item)
    return Vintage(before.voice, _leading((*kept, *said)), said)


def _leading(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Of the claims that agree, the first exact one; a vague one only where no exact one agrees with it."""
    kept: list[Claim] = []
    for claim in sorted(claims, key=lambda claim: vague(claim.statistic)):
        if not any(_stands_for(other, claim) for other in kept):
            kept.append(claim)
    return tuple(sorted(kept, key=_total_order))


def _stands_for(kept: Claim, claim: Claim) -> bool:
    return agree(kept.statistic, claim.statistic) and not one_range(kept.statistic, claim.statistic)
