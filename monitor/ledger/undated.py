"""The rules for a statistic without a period, of one day, or a share of nobody knows what: known by its value alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monitor.ledger.agreement import equal, vague
from monitor.ledger.case import same_item
from monitor.ledger.changes import Change, ChangeClass
from monitor.ledger.claim import Claim, order_key, period_days, summary, voice
from monitor.ledger.versions import same_series
from monitor.reader.statistic import TOTAL, Statistic

if TYPE_CHECKING:
    from monitor.ledger.case import Case

_PART_SLOTS = ("sex", "age", "form", "citizenship")


def judge_undated(case: Case, claim: Claim) -> Change:
    """Repeated where value, area and voice are equal, else new; its own item can revise it."""
    known = sorted((held for held in case.past if _same_figure(held, claim)), key=lambda held: _likeness(held, claim))
    replaced = case.replaced.get(id(claim))
    gone = [held for held in known if held.withdrawn and not held.dismissed]
    back = [held for held in gone if same_item(held, claim)]
    if back and replaced is None:
        return Change(ChangeClass.NEW_STATISTIC, claim, detail={"undated": True, "returned": summary(back[-1])})
    standing = [held for held in known if held.standing]
    if standing:
        return Change(ChangeClass.REPEATED_STATISTIC, claim, standing[0], detail=_exact(standing, claim))
    dismissed = [held for held in known if held.dismissed]
    if dismissed:
        return Change(ChangeClass.REPEATED_STATISTIC, claim, dismissed[0], detail={"dismissed": True})
    if replaced is not None:
        return Change(ChangeClass.REVISED_STATISTIC, claim, replaced, detail={"undated": True})
    returned = {"returned": summary(gone[-1])} if gone else {}
    return Change(ChangeClass.NEW_STATISTIC, claim, detail={"undated": True, **returned})


def _exact(standing: list[Claim], claim: Claim) -> dict[str, Any]:
    first = not vague(claim.statistic) and all(vague(held.statistic) for held in standing)
    return {"exact": True} if first else {}


def _same_figure(held: Claim, claim: Claim) -> bool:
    a, b = held.statistic, claim.statistic
    same = (a.indicator, a.unit, a.area) == (b.indicator, b.unit, b.area) and equal(a.value, b.value)
    return same and voice(held) == voice(claim) and _same_part(a, b)


def _same_part(a: Statistic, b: Statistic) -> bool:
    """Whether both can count the same part: a slot that one text leaves open may be what the other names.

    A share with an open slot is another share, so there all slots must be equal.
    """
    slots = [(getattr(a, slot), getattr(b, slot)) for slot in _PART_SLOTS]
    return all(x == y or (a.unit != "percent" and TOTAL in (x, y)) for x, y in slots)


def _likeness(held: Claim, claim: Claim) -> tuple[object, ...]:
    same_period = period_days(held.statistic.period) == period_days(claim.statistic.period)
    return not same_period, not same_series(held, claim), order_key(held)
