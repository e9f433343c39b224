"""The rules for a statistic without a period, of one day, or a share of nobody knows what: known by its value alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monitor.ledger.agreement import vague
from monitor.ledger.changes import Change, ChangeClass
from monitor.ledger.claim import Claim, names_provider, order_key, period_days, same_item, summary, voice
from monitor.ledger.versions import same_series
from monitor.reader.statistic import TOTAL, Statistic

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.ledger.case import Case

_PART_SLOTS = ("sex", "age", "form", "citizenship")


def judge_undated(case: Case, claim: Claim) -> Change:
    """Repeated where value, area and voice are equal, else new; its own item can revise it."""
    known = sorted((held for held in case.of_figure(claim) if _same_figure(case, held, claim)), key=_likeness(claim))
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


def _same_figure(case: Case, held: Claim, claim: Claim) -> bool:
    """Whether the same voice says it; in a reprint, what the original says without a provider is not said by others."""
    reprint = held.url == case.version.copy_of and not (names_provider(held) or names_provider(claim))
    return (reprint or voice(held) == voice(claim)) and _same_part(held.statistic, claim.statistic)


def _same_part(a: Statistic, b: Statistic) -> bool:
    """Whether both can count the same part: a slot that one text leaves open may be what the other names.

    A share with an open slot is another share, so there all slots must be equal.
    """
    slots = [(getattr(a, slot), getattr(b, slot)) for slot in _PART_SLOTS]
    return all(x == y or (a.unit != "percent" and TOTAL in (x, y)) for x, y in slots)


def _likeness(claim: Claim) -> Callable[[Claim], tuple[object, ...]]:
    """The order in which held claims are preferred: the same period, the same series, the earliest."""

    def key(held: Claim) -> tuple[object, ...]:
        same_period = period_days(held.statistic.period) == period_days(claim.statistic.period)
        return not same_period, not same_series(held, claim), order_key(held)

    return key
