"""The claims of one text among themselves, and against those of the item's previous text."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from monitor.ledger.agreement import agree, equal, one_range, vagueness
from monitor.ledger.claim import Claim, names_provider, period_days, series_key, undated, voice

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
    outgrown = tuple(old for old in left if any(outgrows(new, old) for new in fresh))
    gone = tuple(old for old in left if not any(old is kept for kept in outgrown))
    return Alignment(tuple(carried), fresh, gone, outgrown)


def _carry(previous: tuple[Claim, ...], claims: tuple[Claim, ...]) -> list[tuple[Claim, Claim]]:
    numbers: dict[_Number, list[int]] = defaultdict(list)
    for place, claim in enumerate(claims):
        numbers[_number(claim)].append(place)
    near = sorted(
        (-_shared(old, claims[j]), i, j) for i, old in enumerate(previous) for j in numbers.get(_number(old), ())
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in near:
        if j not in pairs and i not in taken:
            pairs[j] = i
            taken.add(i)
    carried = [(previous[i], claims[j]) for j, i in pairs.items()]
    left = [claim for place, claim in enumerate(claims) if place not in pairs]
    return carried + [(echoed, claim) for claim in left if (echoed := _echoed(carried, claim)) is not None]


_Number = tuple[str, str, float]


def _number(claim: Claim) -> _Number:
    return claim.statistic.indicator, claim.statistic.unit, round(claim.value, 9)


def _echoed(carried: list[tuple[Claim, Claim]], claim: Claim) -> Claim | None:
    """The claim that another place of the same text already continues, where this place says just the same."""
    for before, now in carried:
        if _number(now) == _number(claim) and same_observation(now, claim) and voice(now) == voice(claim):
            return before
    return None


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
    kept: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=_best):
        rivals = kept[series_key(claim.statistic)]
        if not any(one_statement(claim, other) for other in rivals):
            rivals.append(claim)
    standing = {id(claim) for rivals in kept.values() for claim in rivals}
    return tuple(claim for claim in claims if id(claim) in standing)


def _best(claim: Claim) -> tuple[bool, int, bool, int]:
    s = claim.statistic
    return period_days(s.period) is None, vagueness(s), not names_provider(claim), s.start
