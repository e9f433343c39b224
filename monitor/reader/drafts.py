"""A statistic while it is being read: what its own field says, what it hangs on, and why it was left out."""

from __future__ import annotations

from dataclasses import dataclass, field

from monitor.reader.sentence.amounts import Amount
from monitor.reader.statistic import TOTAL

STOCKS = frozenset({"staff", "offices", "shelters", "shelter_places", "prisoners"})
EVENTFUL = frozenset({"victims", "victims_assisted", "detentions", "operations", "organisations", "officials"})
HARMED = frozenset({"victims", "victims_assisted"})
PEOPLE = ("sex", "age", "citizenship")
TRAITS = ("sex", "age", "citizenship", "form", "area")


@dataclass(slots=True)
class Own:
    """What the field of an amount says itself."""

    traits: dict[str, str] = field(default_factory=dict)
    period: str | None = None
    timed: bool = False
    present: bool = False
    trailing: bool = False
    onward: bool = False
    provider: str | None = None
    measure: str | None = None
    head: str | None = None
    person: bool = False
    fallback: str | None = None
    act: str | None = None
    shared: bool = False
    foreign: str | None = None
    done: str | None = None
    result: bool = False
    staff: bool = False
    total: bool = False
    noun: bool = False
    last_resort: str | None = None
    linked: bool = False
    latter: bool = False
    existing: bool = False
    definite: bool = False
    inner: bool = False
    these: bool = False
    alike: bool = False
    there: bool = False
    together: bool = False
    split: bool = False
    quoted: bool = False
    fresh: bool = False
    teller: str | None = None
    agent: bool = False
    joint: str = ""
    victims: bool = False
    compared: bool = False
    crime: bool = False
    summed: bool = False
    origin: bool = False
    venue: bool = False
    bound: bool = False
    agreeing: bool = False


@dataclass(slots=True, eq=False)
class Draft:
    """One amount with the slots found so far. `host` is the whole that it is a part of."""

    amount: Amount
    own: Own
    rule: str = ""
    indicator: str | None = None
    period: str | None = None
    traits: dict[str, str] = field(default_factory=dict)
    provider: str | None = None
    measure: str | None = None
    register: str | None = None
    host: Draft | None = None
    loose: bool = False
    dropped: str | None = None
    framed: bool = False  # whether only the text around tells the place

    def trait(self, name: str) -> str:
        """A slot, or its default."""
        return self.traits.get(name, "PE" if name == "area" else TOTAL)

    def inherit(self, other: Draft, *, traits: tuple[str, ...] = TRAITS) -> None:
        """Takes over what the other says, before the own words override it."""
        self.indicator, self.period, self.provider = other.indicator, other.period, other.provider
        self.measure, self.register, self.framed = other.measure, other.register, other.framed
        self.traits = {name: value for name, value in other.traits.items() if name in traits}
