"""Numbers that belong together by what they add up to, or because they are said again."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.reader.drafts import Draft, Own
from monitor.reader.sentence.amounts import Amount
from monitor.reader.when.intervals import before

_SMALLEST = 3  # wholes below add up by chance
_TELLING = 10  # a number from which `the 12 ...` is one that the text has given
_INMATES = frozenset({"investigations", "prosecutions", "convictions"})  # what prisoners may be called
_MOST = 12  # parts of one whole


def wholes(amounts: Sequence[Amount], owns: Sequence[Own]) -> dict[int, int]:
    """`34 people, eight women and 26 men`: the places of parts, each with that of the whole they add up to."""
    found: dict[int, int] = {}
    for whole, amount in enumerate(amounts):
        if amount.unit == "count" and amount.value >= _SMALLEST and whole not in found:
            parts = _parts(amount.value, whole + 1, amounts, owns)
            for part in parts if _at_its_time(owns[whole].period, parts, owns) else ():
                found.setdefault(part, whole)
    return found


def parts_of(whole: Draft, amounts: Sequence[Amount], owns: Sequence[Own]) -> frozenset[int]:
    """The places of the first numbers of a sentence that add up to a whole named before it."""
    if whole.amount.unit != "count" or whole.amount.value < _SMALLEST:
        return frozenset()
    parts = _parts(whole.amount.value, 0, amounts, owns)
    return frozenset(parts if _at_its_time(whole.period, parts, owns) else ())


def _at_its_time(period: str | None, parts: Sequence[int], owns: Sequence[Own]) -> bool:
    """Whether no part has a time outside of that of the whole: `71 in 2016`, then `33 in 2015, 38 in 2016`."""
    times = {owns[place].period for place in parts} - {None}
    return period is None or not any(before(time, period) or before(period, time) for time in times if time)


def _parts(total: float, first: int, amounts: Sequence[Amount], owns: Sequence[Own]) -> list[int]:
    """The places from `first` on, two at least, whose counts add up to the total; none if they do not."""
    summed, places = 0.0, []
    for place in range(first, min(first + _MOST, len(amounts))):
        if amounts[place].unit != "count":
            continue
        if owns[place].foreign is not None or owns[place].compared or owns[place].done is not None:
            return []
        summed += amounts[place].value
        places.append(place)
        if summed >= total:
            return places if summed == total and len(places) > 1 else []
    return []


def said_before(draft: Draft, seen: Sequence[Draft], counted: str | None) -> Draft | None:
    """The same number earlier in the text, where nothing says that it counts something else."""
    amount, own = draft.amount, draft.own
    if amount.unit != "count" or own.compared or own.timed or amount.value < _TELLING:
        return None
    for other in reversed(seen):
        same = other.amount.unit == "count" and other.amount.value == amount.value
        clash = any(other.traits.get(name, value) != value for name, value in own.traits.items())
        if same and not clash and (counted in {None, other.indicator} or own.fallback is not None):
            return other
    return None


def named(whole: Draft) -> frozenset[str | None]:
    """What parts that add up to a whole may be called: `77 minors`, then `40 cases of ... and 37 of ...`."""
    inmates = _INMATES if whole.indicator == "prisoners" else frozenset()  # `75 on trial and 45 sentenced`
    cases = {"cases"} if whole.indicator == "victims" else set()
    return frozenset({None, whole.indicator, *inmates, *cases})


def larger(draft: Draft, whole: Draft) -> bool:
    """`3,000 girls`, behind 48 victims: no part of them."""
    return draft.amount.unit == whole.amount.unit == "count" and draft.amount.value > whole.amount.value


def more_to_come(parts: dict[int, int], place: int) -> bool:
    """`228 were women; of these, 97 ... The men were 66`: whether parts of the same whole stand behind a number."""
    whole = parts.get(place - 1)
    return whole is not None and any(part > place and other == whole for part, other in parts.items())
