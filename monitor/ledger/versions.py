"""The claims of one text among themselves, and against those of the item's previous text."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.ledger.agreement import agree, equal, one_range, vagueness
from monitor.ledger.claim import (
    Claim,
    SeriesOf,
    names_provider,
    observation_key,
    period_days,
    series_key,
    series_of,
    undated,
    voice,
)
from monitor.ledger.values import Values

if TYPE_CHECKING:
    from collections.abc import Callable

_LIKEST_OF = 40  # places with one number among which the likest is looked for
_SLOTS = ("period", "area", "sex", "age", "form", "citizenship", "provider", "measure", "register", "qualifier")


@dataclass(frozen=True)
class Alignment:
    """What became of the claims of an item's previous version in the new one.

    `carried`: (before, now) pairs that are one statistic: what is filed keeps the id and date of the one before.
    `fresh`: claims of the new version that were not there. `gone`: claims that the new version has no longer (to be
    filed as withdrawn, also where another value took their place). `outgrown`: claims that it lacks because a later
    period took their place: they stand.
    """

    carried: tuple[tuple[Claim, Claim], ...]
    fresh: tuple[Claim, ...]
    gone: tuple[Claim, ...]
    outgrown: tuple[Claim, ...]

    @property
    def reread(self) -> tuple[tuple[Claim, Claim], ...]:
        """Pairs that are one statistic although a slot is read differently now: silent."""
        return tuple((before, now) for before, now in self.carried if _shared(before, now) < len(_SLOTS))


def align(previous: tuple[Claim, ...], claims: tuple[Claim, ...]) -> Alignment:
    """Pair the claims of two versions of an item, exact likeness first, then equal value, unit and indicator."""
    carried = _carry(previous, claims)
    now = {id(new) for _, new in carried}
    before = {id(old) for old, _ in carried}
    fresh = tuple(claim for claim in claims if id(claim) not in now)
    left = [claim for claim in previous if id(claim) not in before]
    latest = _latest(fresh)
    outgrown = tuple(old for old in left if series_of(old) in latest and outgrows(latest[series_of(old)], old))
    stands = {id(old) for old in outgrown}
    gone = tuple(old for old in left if id(old) not in stands)
    return Alignment(tuple(carried), fresh, gone, outgrown)


def _latest(claims: tuple[Claim, ...]) -> dict[SeriesOf, Claim]:
    """By series and voice the claim of the period that ends last."""
    latest: dict[SeriesOf, Claim] = {}
    for claim in claims:
        known = latest.get(series_of(claim))
        if not undated(claim.statistic) and (known is None or outgrows(claim, known)):
            latest[series_of(claim)] = claim
    return latest


def _carry(previous: tuple[Claim, ...], claims: tuple[Claim, ...]) -> list[tuple[Claim, Claim]]:
    pairs = _paired(previous, claims, {}, _all_slots)
    pairs = _likest(previous, claims, pairs)
    pairs = _paired(previous, claims, pairs, _number)
    carried = [(previous[i], claims[j]) for j, i in pairs.items()]
    said = {_all_said(now): before for before, now in reversed(carried)}
    left = [claim for place, claim in enumerate(claims) if place not in pairs]
    return carried + [(said[_all_said(claim)], claim) for claim in left if _all_said(claim) in said]


_Number = tuple[str, str, float]
_Pairs = dict[int, int]  # places in the new claims, with those in the previous ones


def _paired(
    previous: tuple[Claim, ...], claims: tuple[Claim, ...], pairs: _Pairs, key: Callable[[Claim], tuple[object, ...]]
) -> _Pairs:
    """With those that have the same key, each in its order."""
    places: dict[tuple[object, ...], deque[int]] = defaultdict(deque)
    for place, claim in enumerate(claims):
        if place not in pairs:
            places[key(claim)].append(place)
    taken = set(pairs.values())
    left = ((i, places[key(old)]) for i, old in enumerate(previous) if i not in taken)
    return pairs | {waiting.popleft(): i for i, waiting in left if waiting}


def _likest(previous: tuple[Claim, ...], claims: tuple[Claim, ...], pairs: _Pairs) -> _Pairs:
    """With those that have the same number, the likest first; not where very many have it."""
    numbers: dict[_Number, list[int]] = defaultdict(list)
    for place, claim in enumerate(claims):
        if place not in pairs:
            numbers[_number(claim)].append(place)
    few = {number: places for number, places in numbers.items() if len(places) <= _LIKEST_OF}
    taken = set(pairs.values())
    left = ((i, old) for i, old in enumerate(previous) if i not in taken)
    near = sorted((-_shared(old, claims[j]), i, j) for i, old in left for j in few.get(_number(old), ()))
    found: _Pairs = {}
    for _, i, j in near:
        if j not in found and i not in taken:
            found[j] = i
            taken.add(i)
    return pairs | found


def _number(claim: Claim) -> _Number:
    return claim.statistic.indicator, claim.statistic.unit, round(claim.value, 9)


def _all_slots(claim: Claim) -> tuple[object, ...]:
    return (*_number(claim), *(getattr(claim.statistic, slot) for slot in _SLOTS))


def _all_said(claim: Claim) -> tuple[object, ...]:
    """What two places of one text have in common that say just the same."""
    return (*_number(claim), observation_key(claim.statistic), voice(claim))


def _shared(a: Claim, b: Claim) -> int:
    return sum(getattr(a.statistic, slot) == getattr(b.statistic, slot) for slot in _SLOTS)


def outgrows(new: Claim, old: Claim) -> bool:
    """Whether `new` is the same series and voice in a later period: it takes nothing back."""
    if undated(new.statistic) or undated(old.statistic) or voice(new) != voice(old):
        return False
    late, early = period_days(new.statistic.period), period_days(old.statistic.period)
    later = late is not None and early is not None and (late[1], late[0]) > (early[1], early[0])
    return later and same_series(new, old)


def same_observation(a: Claim, b: Claim) -> bool:
    """Whether they count the same in the same period, by whatever voice."""
    return same_series(a, b) and period_days(a.statistic.period) == period_days(b.statistic.period)


def same_series(a: Claim, b: Claim) -> bool:
    """Whether they count the same, in whatever period."""
    return series_key(a.statistic) == series_key(b.statistic)


def comparable(a: Claim, b: Claim) -> bool:
    """Whether the texts do not name different measures (identified, rescued...) or registers for the two."""
    x, y = a.statistic, b.statistic
    measures = x.measure is None or y.measure is None or x.measure == y.measure
    return measures and (x.register is None or y.register is None or x.register == y.register)


def one_statement(a: Claim, b: Claim) -> bool:
    """Whether two places of one text say one thing: a figure and its repetition, a rounded number and the exact one.

    Two providers that the text names say two things, and the two ends of a range stay two statistics.
    """
    if names_provider(a) and names_provider(b) and voice(a) != voice(b):
        return False
    x, y = a.statistic, b.statistic
    if series_key(x) != series_key(y) or one_range(x, y) or not comparable(a, b):
        return False
    spans = period_days(x.period), period_days(y.period)
    if None in spans or undated(x):
        return equal(x.value, y.value) and (None in spans or spans[0] == spans[1])
    return spans[0] == spans[1] and agree(x, y)


def statements(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The claims of one text that stand for all of it, in the order of the text: of those that agree the most exact."""
    kept: dict[str, Values] = defaultdict(Values)
    standing: set[int] = set()
    for claim in sorted(claims, key=_best):
        rivals = kept[series_key(claim.statistic)]
        if not any(one_statement(claim, other) for other in rivals.near(claim)):
            rivals.add(claim)
            standing.add(id(claim))
    return tuple(claim for claim in claims if id(claim) in standing)


def _best(claim: Claim) -> tuple[bool, int, bool, int]:
    s = claim.statistic
    return period_days(s.period) is None, vagueness(s), not names_provider(claim), s.start
