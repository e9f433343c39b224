"""The value that the reader gives: one number claimed in a text, its span, its slots and what found it."""

from __future__ import annotations

from dataclasses import dataclass

TOTAL = "_T"
MONEY = frozenset({"PEN", "USD"})  # the units that are money


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic:
    """One figure on trafficking in persons, as a text claims it.

    `start` and `end` are offsets of the number in the text, in code points. `value` is in the unit: `count`,
    `percent`, `per_100k`, `percent_change`, `PEN` or `USD`. `period` is an ISO 8601 year, month, day or inclusive
    interval, or None where the text does not say. `area` is ISO 3166, several regions joined with `+`.
    `measure` (identified, registered, rescued, assisted, estimated) and `register` are None where not named.
    `interval` holds both ends where this figure is one end of a range.
    """

    start: int
    end: int
    quote: str
    value: float
    rule: str
    unit: str = "count"
    qualifier: str = "="
    indicator: str = "other"
    period: str | None = None
    area: str = "PE"
    sex: str = TOTAL
    age: str = TOTAL
    form: str = TOTAL
    citizenship: str = TOTAL
    provider: str | None = None
    measure: str | None = None
    register: str | None = None
    interval: tuple[float, float] | None = None
