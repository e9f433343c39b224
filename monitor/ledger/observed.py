"""What was held of one observation before a version came, with what the rules ask of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from monitor.ledger.agreement import equal
from monitor.ledger.claim import Claim, item_key, order_key, voice
from monitor.ledger.values import Values
from monitor.ledger.vintages import Vintage, current


@dataclass(frozen=True)
class Observed:
    """The claims of one observation, of any voice and item, withdrawn and dismissed ones too."""

    claims: tuple[Claim, ...] = ()

    @cached_property
    def current(self) -> dict[str, tuple[Vintage, ...]]:
        return current(self.claims)

    @cached_property
    def _latest(self) -> tuple[Vintage, ...]:
        told = (vintage for told in self.current.values() for vintage in told)
        return tuple(sorted(told, key=lambda vintage: order_key(vintage.last), reverse=True))

    def own(self, claim: Claim) -> tuple[Vintage, ...]:
        """The current vintages of the claim's voice."""
        return self.current.get(voice(claim), ())

    def others(self, claim: Claim) -> tuple[Vintage, ...]:
        """The current vintages of other voices, the one dated last first."""
        return tuple(vintage for vintage in self._latest if vintage.voice != voice(claim))

    def saying(self, claim: Claim) -> list[Claim]:
        """What was held with the claim's value, in the order of vintages."""
        return sorted((held for held in self._values.equal(claim) if equal(held.value, claim.value)), key=order_key)

    def in_one_item(self, one: str, other: str) -> bool:
        """Whether two voices stand in one item."""
        return not self._items[one].isdisjoint(self._items[other])

    @cached_property
    def _values(self) -> Values:
        return Values(self.claims)

    @cached_property
    def _items(self) -> dict[str, set[int | str]]:
        items: dict[str, set[int | str]] = defaultdict(set)
        for claim in self.claims:
            items[voice(claim)].add(item_key(claim))
        return items
