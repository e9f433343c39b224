"""Whether the figures of a text can all be true: parts and wholes, shares, rates, changes, sums over years.

Nothing is called wrong that rounding, a qualifier, a range or another producer may explain: figures are checked only
against figures of the same voice, measure and register. A check fails where no reading of the text's figures fits it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

from monitor.ledger.amounts import as_rounded, plain, room, total
from monitor.ledger.claim import Claim, period_days, undated, voice
from monitor.ledger.telltales import Difference, differences, population, speaks_of_parts
from monitor.ledger.versions import comparable
from monitor.reader.statistic import TOTAL, Statistic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

MOST = 120  # figures of one indicator and voice in a text that are tried with one another
_PARTS = ("sex", "age", "form", "citizenship")
_WHOLES = {"sex": {"F", "M"}, "age": {"Y0T17", "Y_GE18"}}  # parts that leave nobody twice
_STOCKS = frozenset({"staff", "offices", "shelters", "shelter_places", "prisoners", "organisations", "other"})
_BESIDE = 60  # characters between a count and its share
_BEFORE = 400  # and between a whole and the sentence on its parts


@dataclass(frozen=True)
class Failure:
    """A check that a figure fails: which one, against which figures, and the sum in digits."""

    check: str
    against: tuple[Claim, ...]
    says: str

    def plain(self) -> dict[str, Any]:
        """As JSON has it."""
        return {"check": self.check, "with": [_short(claim) for claim in self.against], "says": self.says}


def _short(claim: Claim) -> dict[str, Any]:
    s = claim.statistic
    slots = {name: getattr(s, name) for name in ("value", "unit", "qualifier", "period", "area", *_PARTS)}
    return {**slots, "start": s.start, "end": s.end, "id": claim.id, "url": claim.url}


def referee(claims: Sequence[Claim], held: Iterable[Claim] = ()) -> dict[int, tuple[Failure, ...]]:
    """What fails, by `id()` of the claim. `held` are claims of other years, for changes that a text speaks of."""
    groups: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if not claim.dismissed:
            groups[claim.statistic.indicator, voice(claim)].append(claim)
    known = [claim for claim in held if claim.standing]
    people = [claim for claim in claims if population(claim.statistic)]
    found: dict[int, list[Failure]] = defaultdict(list)
    for group in groups.values():
        for claim, failure in _failures(group[:MOST], known, people):
            found[id(claim)].append(failure)
    return {key: tuple(failures) for key, failures in found.items()}


def compared_years(claims: Iterable[Claim]) -> frozenset[tuple[Statistic, int]]:
    """The figures that texts compare with an earlier year, and that year."""
    return frozenset(
        (claim.statistic, said.year)
        for claim in claims
        if claim.statistic.unit == "count" and _year(claim.statistic) is not None
        for said in differences(claim.statistic)
    )


def _failures(group: list[Claim], held: list[Claim], people: list[Claim]) -> Iterator[tuple[Claim, Failure]]:
    counts = [claim for claim in group if claim.statistic.unit == "count" and claim not in people]
    for claim in group:
        if claim.statistic.unit == "percent":
            yield from _share(claim, counts)
        elif claim.statistic.unit == "per_100k":
            yield from _rate(claim, counts, people)
        elif claim.statistic.unit == "count" and claim not in people:
            yield from _part(claim, counts)
            yield from _parts(claim, counts)
            yield from _years(claim, counts)
            yield from _change(claim, [*counts, *held])


def _part(part: Claim, counts: list[Claim]) -> Iterator[tuple[Claim, Failure]]:
    """A part is no larger than the whole; where the text gives several wholes, than the largest."""
    wholes = [whole for whole in counts if _after(part, whole) and _is_part(part, whole)]
    if wholes and all(room(part.statistic).over(room(whole.statistic)) for whole in wholes):
        largest = max(wholes, key=lambda whole: whole.value)
        yield part, Failure("part_over_whole", (largest,), f"{plain(part.value)} > {plain(largest.value)}")


def _is_part(part: Claim, whole: Claim) -> bool:
    a, b = part.statistic, whole.statistic
    differing = [slot for slot in _PARTS if getattr(a, slot) != getattr(b, slot)]
    if not differing or any(getattr(b, slot) != TOTAL for slot in differing):
        return False
    return a.area == b.area and _together(part, whole) and _linked(part, whole)


def _together(a: Claim, b: Claim) -> bool:
    """Whether they are of one period and measure."""
    return comparable(a, b) and period_days(a.statistic.period) == period_days(b.statistic.period)


def _after(part: Claim, whole: Claim) -> bool:
    return whole.statistic.end <= part.statistic.start


def _linked(part: Claim, whole: Claim) -> bool:
    """Whether the text says that the one is of the other: in one sentence, or in one that begins `Of these`."""
    x, y = part.statistic, whole.statistic
    return x.quote == y.quote or (speaks_of_parts(x) and 0 <= x.start - y.end <= _BEFORE)


def _parts(whole: Claim, counts: list[Claim]) -> Iterator[tuple[Claim, Failure]]:
    """Parts that leave nobody twice (women and men, minors and adults) are together no more than the whole."""
    for slot, codes in _WHOLES.items():
        if getattr(whole.statistic, slot) != TOTAL:
            continue
        rest = [other for other in _PARTS if other != slot]
        parts: dict[str, Claim] = {}
        for claim in counts:
            code = getattr(claim.statistic, slot)
            alike = all(getattr(claim.statistic, other) == getattr(whole.statistic, other) for other in rest)
            if code in codes and alike and _after(claim, whole) and _is_part(claim, whole):
                parts[code] = min(parts.get(code, claim), claim, key=lambda part: part.value)
        wholes = [other for other in counts if _same_slots(other, whole) and _together(other, whole)]
        sum_of = total(room(part.statistic) for part in parts.values())
        if len(parts) == len(codes) and all(sum_of.over(room(other.statistic)) for other in wholes):
            says = f"{' + '.join(plain(part.value) for part in parts.values())} > {plain(whole.value)}"
            yield whole, Failure("parts_over_total", tuple(parts.values()), says)


def _same_slots(a: Claim, b: Claim) -> bool:
    return all(getattr(a.statistic, slot) == getattr(b.statistic, slot) for slot in ("area", *_PARTS))


def _share(share: Claim, counts: list[Claim]) -> Iterator[tuple[Claim, Failure]]:
    """A share beside its count fits some whole of the text, within one unit of its last digit."""
    s = share.statistic
    beside = [count for count in counts if _same_slots(share, count) and _beside(s, count.statistic)]
    pairs = [(count, whole) for count in beside for whole in counts if _is_part(count, whole)]
    if not pairs or s.value == 0:
        return
    said = as_rounded(s)
    shares = {
        (count.value, whole.value): room(count.statistic).over_whole(room(whole.statistic)).times(100)
        for count, whole in pairs
    }
    if not any(said.meets(computed) for computed in shares.values()):
        count, whole = min(pairs, key=lambda pair: abs(100 * pair[0].value / (pair[1].value or 1) - s.value))
        computed = plain(100 * count.value / whole.value) if whole.value else "…"
        says = f"{plain(count.value)} / {plain(whole.value)} = {computed} % ≠ {plain(s.value)} %"
        yield share, Failure("share_of_count", (count, whole), says)


def _beside(share: Statistic, count: Statistic) -> bool:
    gap = max(share.start - count.end, count.start - share.end)
    return share.quote == count.quote and gap <= _BESIDE


def _rate(rate: Claim, counts: list[Claim], people: list[Claim]) -> Iterator[tuple[Claim, Failure]]:
    """A rate is the count over the population, where the text gives both."""
    same = [count for count in counts if _same_slots(rate, count) and _together(rate, count)]
    pairs = [(count, whole) for count in same for whole in people if whole.statistic.area == rate.statistic.area]
    said = as_rounded(rate.statistic)
    rates = [
        room(count.statistic).over_whole(as_rounded(replace(whole.statistic, qualifier="~"))).times(100_000)
        for count, whole in pairs
    ]
    if pairs and not any(said.meets(computed) for computed in rates):
        count, whole = pairs[0]
        computed = plain(100_000 * count.value / whole.value) if whole.value else "…"
        says = f"100,000 × {plain(count.value)} / {plain(whole.value)} = {computed} ≠ {plain(rate.value)}"
        yield rate, Failure("rate_of_population", (count, whole), says)


def _years(claim: Claim, counts: list[Claim]) -> Iterator[tuple[Claim, Failure]]:
    """What was counted over years is no less than what was counted in one of them, or in several together."""
    whole = period_days(claim.statistic.period)
    if claim.statistic.indicator in _STOCKS or whole is None or undated(claim.statistic):
        return
    inside = [other for other in counts if _inside(other, claim, whole)]
    rivals = [other for other in counts if _same_slots(other, claim) and period_days(other.statistic.period) == whole]
    if any(not _over(inside, rival) for rival in rivals):
        return
    over = _over(inside, claim)
    if over:
        says = f"{' + '.join(plain(part.value) for part in over)} > {plain(claim.value)}"
        yield claim, Failure("years_over_total", tuple(over), says)


def _inside(part: Claim, whole: Claim, days: tuple[date, date]) -> bool:
    span = period_days(part.statistic.period)
    if span is None or span == days or not (days[0] <= span[0] and span[1] <= days[1]):
        return False
    return _same_slots(part, whole) and comparable(part, whole) and not undated(part.statistic)


def _over(inside: list[Claim], whole: Claim) -> list[Claim]:
    """Of figures inside the period of a whole those that are more than it: one, or several that do not overlap."""
    together: dict[Any, Claim] = {}
    for part in sorted(inside, key=lambda part: part.value):
        together.setdefault(period_days(part.statistic.period), part)
    parts = list(together.values())
    for part in parts:
        if room(part.statistic).over(room(whole.statistic)):
            return [part]
    if any(_overlap(a, b) for a, b in combinations(together, 2)):
        return []
    return parts if total(room(part.statistic) for part in parts).over(room(whole.statistic)) else []


def _overlap(a: tuple[date, date], b: tuple[date, date]) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def _change(claim: Claim, known: list[Claim]) -> Iterator[tuple[Claim, Failure]]:
    """A change that the sentence tells fits what is known of the earlier year."""
    year = _year(claim.statistic)
    for said in differences(claim.statistic):
        if year is None or said.year >= year:
            continue
        before = [
            other
            for other in known
            if _year(other.statistic) == said.year and _same_count(other, claim) and _same_slots(other, claim)
        ]
        if before and not any(_fits(claim, other, said) for other in before):
            change = f"{'−' if said.down else '+'}{plain(said.value)}{' %' if said.percent else ''}"
            says = f"{plain(before[0].value)} ({said.year}) → {plain(claim.value)} ({year}) ≠ {change}"
            yield claim, Failure("change_of_years", (before[0],), says)


def _same_count(a: Claim, b: Claim) -> bool:
    x, y = a.statistic, b.statistic
    return voice(a) == voice(b) and (x.indicator, x.unit) == (y.indicator, y.unit) and comparable(a, b)


def _fits(now: Claim, before: Claim, said: Difference) -> bool:
    after, earlier = room(now.statistic), room(before.statistic)
    moved = (
        (earlier.low - after.high, earlier.high - after.low)
        if said.down
        else (
            after.low - earlier.high,
            after.high - earlier.low,
        )
    )
    low, high = moved
    if said.percent:
        if not before.value:
            return True
        low, high = 100 * low / before.value, 100 * high / before.value
    return low - said.room <= said.value <= high + said.room


def _year(statistic: Statistic) -> int | None:
    days = period_days(statistic.period)
    whole = days is not None and days[0].year == days[1].year and (days[0].month, days[1].month) == (1, 12)
    return days[0].year if whole and days is not None else None
