"""The claims of one text among themselves, and against those of the item's previous text."""

from __future__ import annotations

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
    pairs: list[tuple[Claim, Claim]] = []
    old, new = list(previous), list(claims)
    candidates = sorted(
        ((-_shared(o, n), i, j) for i, o in enumerate(old) for j, n in enumerate(new) if _same_number(o, n)),
    )
    used_old: set[int] = set()
    used_new: set[int] = set()
    for _, i, j in candidates:
        if i not in used_old and j not in used_new:
            pairs.append((old[i], new[j]))
            used_old.add(i)
            used_new.add(j)
    echoes = [
        (o, n)
        for j, n in enumerate(new)
        if j not in used_new
        for o, other in pairs
        if same_observation(other, n) and equal(other.value, n.value) and voice(other) == voice(n)
    ]
    seen: set[int] = set()
    pairs += [pair for pair in echoes if not (id(pair[1]) in seen or seen.add(id(pair[1])))]  # type: ignore[func-returns-value]
    return pairs


def _same_number(a: Claim, b: Claim) -> bool:
    x, y = a.statistic, b.statistic
    return x.indicator == y.indicator and x.unit == y.unit and equal(x.value, y.value)


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
    kept: list[Claim] = []
    for claim in sorted(claims, key=_best):
        if not any(one_statement(claim, other) for other in kept):
            kept.append(claim)
    standing = {id(claim) for claim in kept}
    return tuple(claim for claim in claims if id(claim) in standing)


def _best(claim: Claim) -> tuple[bool, int, bool, int]:
    s = claim.statistic
    return period_days(s.period) is None, vagueness(s), not names_provider(claim), s.start
