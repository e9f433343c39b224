"""The rules for a statistic of a known period: compared with the current vintages of its observation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from monitor.ledger.agreement import agree, equal, vague
from monitor.ledger.case import Case
from monitor.ledger.changes import Change, ChangeClass
from monitor.ledger.claim import Claim, names_provider, order_key, period_days, same_item, summary, voice
from monitor.ledger.held import Conflict, Pair
from monitor.ledger.versions import comparable

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.ledger.observed import Observed
    from monitor.ledger.vintages import Vintage

SO_FAR_DAYS = 62


@dataclass(frozen=True)
class Comparison:
    """One new claim against what was held of its observation."""

    case: Case
    claim: Claim

    @cached_property
    def observed(self) -> Observed:
        return self.case.observed(self.claim)

    @cached_property
    def own(self) -> tuple[Vintage, ...]:
        return self.observed.own(self.claim)

    @cached_property
    def others(self) -> tuple[Vintage, ...]:
        """The current vintages of other voices, the one dated last first."""
        return self.observed.others(self.claim)


def judge_dated(case: Case, claim: Claim) -> Change:
    """The one change of a claim: the first rule that fits."""
    seen = Comparison(case, claim)
    rules: tuple[Callable[[Comparison], Change | None], ...] = (
        _returned,
        _repeated,
        _so_far_this_year,
        _dismissed,
        _corrected_with_its_voice,
        _another_measure,
        _revised,
        _conflicting,
    )
    for rule in rules:
        change = rule(seen)
        if change is not None:
            return change
    return _new(seen)


def _returned(seen: Comparison) -> Change | None:
    """The item itself said it once, took it out, and says it again."""
    if id(seen.claim) in seen.case.replaced:
        return None
    before = [held for held in _withdrawn(seen) if same_item(held, seen.claim)]
    if not before:
        return None
    return Change(ChangeClass.NEW_STATISTIC, seen.claim, detail={"returned": summary(before[-1])})


def _withdrawn(seen: Comparison) -> list[Claim]:
    return [held for held in seen.observed.saying(seen.claim) if held.withdrawn and not held.dismissed]


def _repeated(seen: Comparison) -> Change | None:
    found = _agreeing(seen)
    if found is None:
        return None
    vintage, previous = found
    detail: dict[str, Any] = {}
    if vintage.first is not previous:
        detail["first"] = summary(vintage.first)
    if not vague(seen.claim.statistic) and not _exact_known(seen):
        detail["exact"] = True
    if seen.own and vintage.voice != voice(seen.claim):
        detail["instead_of"] = summary(seen.own[-1].index.nearest(seen.claim.value))
    return Change(ChangeClass.REPEATED_STATISTIC, seen.claim, previous, detail=detail)


def _agreeing(seen: Comparison) -> tuple[Vintage, Claim] | None:
    """The vintage that agrees and its value: in the own voice, then an exact one, then a vague one."""
    found = [
        (vintage.voice != voice(seen.claim), vague(value.statistic), vintage, value)
        for vintage in (*seen.own, *seen.others)
        for value in vintage.index.near(seen.claim)
        if agree(value.statistic, seen.claim.statistic)
    ]
    if not found:
        return None
    _, _, vintage, value = min(found, key=lambda hit: _preference(hit, seen.claim))
    return vintage, value


def _preference(hit: tuple[bool, bool, Vintage, Claim], claim: Claim) -> tuple[object, ...]:
    foreign, rough, _, value = hit
    return (
        foreign,
        foreign and rough,
        not equal(value.value, claim.value),
        abs(value.value - claim.value),
        order_key(value),
    )


def _exact_known(seen: Comparison) -> bool:
    values = (value for vintage in (*seen.own, *seen.others) for value in vintage.index.near(seen.claim))
    return any(not vague(v.statistic) and agree(v.statistic, seen.claim.statistic) for v in values)


def _so_far_this_year(seen: Comparison) -> Change | None:
    """The same value of the same voice, counted from the same day to a somewhat other one."""
    near = [held for held in seen.case.of_start(seen.claim) if held.standing and _somewhat_other_end(held, seen.claim)]
    if not near:
        return None
    return Change(ChangeClass.REPEATED_STATISTIC, seen.claim, min(near, key=order_key), detail={"other_end": True})


def _somewhat_other_end(held: Claim, claim: Claim) -> bool:
    ends = period_days(held.statistic.period), period_days(claim.statistic.period)
    if ends[0] is None or ends[1] is None or ends[0][0] != ends[1][0] or ends[0][0] == ends[0][1]:
        return False
    apart = abs((ends[0][1] - ends[1][1]).days)
    same = voice(held) == voice(claim) and equal(held.value, claim.value)
    return same and 0 < apart < SO_FAR_DAYS


def _may_repeat(claim: Claim, held: Claim) -> bool:
    return voice(claim) == voice(held) or not (names_provider(claim) and names_provider(held))


def _dismissed(seen: Comparison) -> Change | None:
    """A figure that a person has dismissed is not told again; that another producer counts as many is no repetition."""
    known = [held for held in seen.observed.saying(seen.claim) if held.dismissed and _may_repeat(seen.claim, held)]
    if not known:
        return None
    return Change(ChangeClass.REPEATED_STATISTIC, seen.claim, known[0], detail={"dismissed": True})


def _corrected_with_its_voice(seen: Comparison) -> Change | None:
    """The item gives another value and names its provider only now, or no longer: the value was corrected."""
    previous = seen.case.replaced.get(id(seen.claim))
    if previous is None or seen.own or voice(previous) == voice(seen.claim):
        return None
    return Change(ChangeClass.REVISED_STATISTIC, seen.claim, previous, detail={"voice_before": voice(previous)})


def _another_measure(seen: Comparison) -> Change | None:
    """The voice has counted this otherwise (identified, rescued...): the two stand side by side."""
    if not seen.own or any(comparable(vintage.naming, seen.claim) for vintage in seen.own):
        return None
    previous = seen.own[-1].index.nearest(seen.claim.value)
    return Change(ChangeClass.NEW_STATISTIC, seen.claim, previous, detail={"another_measure": True})


def _revised(seen: Comparison) -> Change | None:
    if not seen.own:
        return None
    vintage = [told for told in seen.own if comparable(told.naming, seen.claim)][-1]
    held = vintage.index.nearest(seen.claim.value)
    previous = seen.case.replaced.get(id(seen.claim), held)
    detail = {} if previous == held else {"current": summary(held)}
    earlier = [held for held in seen.observed.saying(seen.claim) if voice(held) == voice(seen.claim)]
    if earlier:
        detail["known_before"] = summary(earlier[0])
    older = _dated_earlier(seen.claim, vintage)
    return Change(
        ChangeClass.OLDER_STATISTIC if older else ChangeClass.REVISED_STATISTIC, seen.claim, previous, detail=detail
    )


def _dated_earlier(claim: Claim, vintage: Vintage) -> bool:
    """Whether another item says the held value at a later date. An item's own earlier version is never later."""
    latest = vintage.said_elsewhere(claim)
    return claim.date is not None and latest is not None and claim.date < latest


def _conflicting(seen: Comparison) -> Change | None:
    """Another value than other voices have; the second time for these voices and values it is no conflict any more."""
    against = [(vintage, vintage.index.nearest(seen.claim.value)) for vintage in seen.others]
    untold = [value for _, value in against if Conflict.of(seen.claim, value) not in seen.case.held.conflicts]
    if not untold:
        return None
    others = [summary(value) for _, value in against if value is not untold[0]]
    detail: dict[str, Any] = {"others": others} if others else {}
    if _known_pair(seen, untold[0]):
        detail["known_pair"] = True
    return Change(ChangeClass.CONFLICTING_STATISTIC, seen.claim, untold[0], detail=detail)


def _known_pair(seen: Comparison, other: Claim) -> bool:
    """Whether the two voices are known to differ on the series, or stand in one item."""
    if Pair.of(seen.claim, other) in seen.case.held.pairs:
        return True
    if voice(other) in seen.case.beside(seen.claim):
        return True
    return seen.observed.in_one_item(voice(seen.claim), voice(other))


def _new(seen: Comparison) -> Change:
    outgrown = seen.case.outgrown(seen.claim)
    detail: dict[str, Any] = {}
    gone = _withdrawn(seen)
    if gone:
        detail["returned"] = summary(gone[-1])
    if seen.others:
        detail["known_conflict"] = [summary(v.index.nearest(seen.claim.value)) for v in seen.others]
    previous = max(outgrown, key=lambda old: (period_days(old.statistic.period), order_key(old)), default=None)
    return Change(ChangeClass.NEW_STATISTIC, seen.claim, previous, detail=detail)


def at_most_one_contested(changes: list[Change]) -> list[Change]:
    """Of the changes of one observation in one version, one revised, older or conflicting; the rest in its `detail`."""
    contested = [change for change in changes if change.change in _CONTESTED]
    if len(contested) < 2:
        return changes
    chosen = min(contested, key=lambda change: _CONTESTED.index(ChangeClass(change.change)))
    rest = [_aside(change) for change in contested if change is not chosen]
    told = replace(chosen, detail={**chosen.detail, "also": rest})
    return [told if change is chosen else change for change in changes if change is chosen or change not in contested]


_CONTESTED = (ChangeClass.REVISED_STATISTIC, ChangeClass.CONFLICTING_STATISTIC, ChangeClass.OLDER_STATISTIC)


def _aside(change: Change) -> dict[str, Any]:
    claims = {"statistic": change.statistic, "previous": change.previous}
    return {"change": str(change.change), **{name: summary(claim) for name, claim in claims.items() if claim}}
