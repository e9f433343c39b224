"""The vintages of an observation: what each voice said, in the order of the dates, and what is current."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from monitor.ledger.agreement import agree, equal, one_range, vague
from monitor.ledger.claim import Claim, order_key, same_item, undated, voice
from monitor.ledger.values import Values
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

    @cached_property
    def naming(self) -> Claim:
        """The last claim that names a measure or register, else the last one."""
        return next((claim for claim in reversed(self.claims) if any(_label(claim))), self.last)

    @cached_property
    def index(self) -> Values:
        """Its values in their order."""
        return Values(self.values)

    def said_elsewhere(self, claim: Claim) -> date | None:
        """The latest date on which another item than that of `claim` said so."""
        return next((held.date for held in self._latest if not same_item(held, claim)), None)

    @cached_property
    def _latest(self) -> list[Claim]:
        dated = [claim for claim in self.claims if claim.date is not None]
        return sorted(dated, key=lambda claim: claim.date or date.min, reverse=True)


def vintages(claims: Iterable[Claim]) -> dict[str, tuple[Vintage, ...]]:
    """All vintages of one observation by voice, the oldest first; the order of `claims` does not matter.

    Withdrawn claims are history and take part; dismissed ones do not.
    """
    return {name: told for name, (told, _) in history(claims).items()}


def current(claims: Iterable[Claim]) -> dict[str, tuple[Vintage, ...]]:
    """The current vintages of one observation by voice: the latest of what still stands.

    A voice has one, or one for each measure or register that its texts keep apart, the latest last.
    """
    return {name: _last(_strands(own)) for name, own in _by_voice(claim for claim in claims if claim.standing).items()}


def history(claims: Iterable[Claim]) -> dict[str, tuple[tuple[Vintage, ...], tuple[Vintage, ...]]]:
    """The `vintages` of each voice with those that are `current`, both in one go."""
    found = {}
    for name, own in _by_voice(claim for claim in claims if not claim.dismissed).items():
        strands, standing = _strands(own), [claim for claim in own if claim.standing]
        now = strands if len(standing) == len(own) else _strands(standing)
        found[name] = _in_order(v for strand in strands for v in strand.vintages), _last(now)
    return found


def settled(claims: Iterable[Claim]) -> dict[str, tuple[Vintage, ...]] | None:
    """What is `current` by the last claims of a voice; None where claims before these may have a say in it.

    They have none where each strand began anew twice: the last vintage is whole, and so is what it kept of the one
    before.
    """
    strands = {name: _strands(own) for name, own in _by_voice(claim for claim in claims if claim.standing).items()}
    if not strands or any(len(strand.before) < 2 for own in strands.values() for strand in own):
        return None
    return {name: _last(own) for name, own in strands.items()}


def _last(strands: Iterable[_Strand]) -> tuple[Vintage, ...]:
    return _in_order(strand.last for strand in strands)


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


class _Strand:
    """Vintages of one voice of which each replaces the one before; the last one still takes in what agrees with it."""

    def __init__(self, said: tuple[Claim, ...]) -> None:
        self.before: list[Vintage] = []
        self._begin(said, said)

    def _begin(self, said: tuple[Claim, ...], values: tuple[Claim, ...]) -> None:
        self._set(_leading(values))
        self.claims = list(said)
        self.named: Claim | None = None
        self._name(said)

    def _set(self, values: tuple[Claim, ...]) -> None:
        self.values = values
        self._index = Values(values) if len(values) > 1 else None  # most say one value
        self._rough = any(vague(value.statistic) for value in values)

    def _name(self, said: tuple[Claim, ...]) -> None:
        self.named = next((claim for claim in reversed(said) if any(_label(claim))), self.named)

    @property
    def naming(self) -> Claim:
        """The last claim that names a measure or register, else the last one."""
        return self.named or self.claims[-1]

    @property
    def vintages(self) -> list[Vintage]:
        return [*self.before, self.last]

    @property
    def last(self) -> Vintage:
        return Vintage(voice(self.claims[0]), self.values, tuple(self.claims))

    def carries(self, claim: Claim) -> bool:
        """Whether the last vintage has a value that agrees."""
        if undated(claim.statistic):
            return any(equal(value.value, claim.value) for value in self._near(claim))
        return any(agree(value.statistic, claim.statistic) for value in self._near(claim))

    def _near(self, claim: Claim) -> Iterable[Claim]:
        """All values that may agree with `claim`, and some more."""
        return self.values if self._index is None else self._index.near(claim)

    def join(self, said: tuple[Claim, ...]) -> None:
        """Take in what agrees with the last vintage."""
        if not self._covers(said):
            self._set(_leading((*self.values, *said)))
        self.claims += said
        self._name(said)

    def _covers(self, said: tuple[Claim, ...]) -> bool:
        """Whether these add no value, as most repetitions do not."""
        if self._rough and not all(vague(claim.statistic) for claim in said):
            return False
        return all(any(_stands_for(value, claim) for value in self._near(claim)) for claim in said)

    def follow(self, said: tuple[Claim, ...]) -> None:
        """Begin the next vintage, with the values that the same item still states beside the new one."""
        item = said[0].item
        kept = tuple(c for c in self.values if c.standing and item is not None and c.item == item)
        self.before.append(self.last)
        self._begin(said, (*kept, *said))


def _strands(claims: list[Claim]) -> list[_Strand]:
    """Vintages of one voice: in a strand each replaces the one before; measures that differ run side by side."""
    if claims and undated(claims[0].statistic):
        return _by_value(claims)
    strands: list[_Strand] = []
    for said in _statements(claims):
        agreeing = [strand for strand in strands if all(strand.carries(claim) for claim in said)]
        replaced = [strand for strand in strands if comparable(strand.naming, said[0])]
        if agreeing:
            max(agreeing, key=lambda strand: _likeness(strand, said)).join(said)
        elif replaced:
            max(replaced, key=lambda strand: _likeness(strand, said)).follow(said)
        else:
            strands.append(_Strand(said))
    return strands


def _by_value(claims: list[Claim]) -> list[_Strand]:
    """Claims without a period replace nothing: each value is a vintage of its own."""
    strands: list[_Strand] = []
    known = Values()
    of: dict[int, _Strand] = {}
    for claim in claims:
        same = next((value for value in known.equal(claim) if equal(value.value, claim.value)), None)
        if same is not None:
            of[id(same)].join((claim,))
            continue
        strands.append(_Strand((claim,)))
        known.add(claim)
        of[id(claim)] = strands[-1]
    return strands


def _statements(claims: list[Claim]) -> list[tuple[Claim, ...]]:
    """What one version says of one measure at once."""
    groups: list[tuple[Claim, ...]] = []
    for _, version in groupby(claims, key=lambda claim: (order_key(claim)[:3], claim.item)):
        labels: dict[tuple[str, str], list[Claim]] = defaultdict(list)
        for claim in version:
            labels[_label(claim)].append(claim)
        groups += [tuple(labels[label]) for label in sorted(labels)]
    return groups


def _label(claim: Claim) -> tuple[str, str]:
    return claim.statistic.measure or "", claim.statistic.register or ""


def _likeness(strand: _Strand, said: tuple[Claim, ...]) -> tuple[bool, bool, object]:
    naming = strand.naming
    return _label(naming) == _label(said[0]), comparable(naming, said[0]), order_key(strand.claims[-1])


def _leading(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Of the claims that agree, the first exact one; a vague one only where no exact one agrees with it."""
    if len(claims) == 1:
        return claims
    kept: list[Claim] = []
    index = Values()
    for claim in sorted(claims, key=lambda claim: vague(claim.statistic)):
        if not any(_stands_for(other, claim) for other in index.near(claim)):
            kept.append(claim)
            index.add(claim)
    return tuple(sorted(kept, key=_total_order))


def _stands_for(kept: Claim, claim: Claim) -> bool:
    return agree(kept.statistic, claim.statistic) and not one_range(kept.statistic, claim.statistic)
