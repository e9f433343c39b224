"""Decides the changes that the statistics of one version make, given what was held before it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from monitor.ledger.agreement import agree, equal
from monitor.ledger.case import Case, NewVersion
from monitor.ledger.changes import Change, ChangeClass
from monitor.ledger.claim import Claim, observation_key, same_item, undated, voice
from monitor.ledger.dated import at_most_one_contested, judge_dated
from monitor.ledger.undated import judge_undated

if TYPE_CHECKING:
    from monitor.ledger.held import Held

__all__ = ["NewVersion", "judge"]


def judge(version: NewVersion, held: Held) -> list[Change]:
    """The changes of the statistics of one version, in the order of its text; withdrawals come last.

    `held` is what `monitor.ledger.held.wanted` asks for, for the claims of the version and of the one before it.
    """
    case = Case(version, held)
    dated = [claim for claim in case.told if not undated(claim.statistic)]
    changes = [judge_undated(case, claim) for claim in case.told if undated(claim.statistic)]
    for _, group in groupby(sorted(dated, key=_observation), key=_observation):
        changes += at_most_one_contested([judge_dated(case, claim) for claim in group])
    place = {id(claim): number for number, claim in enumerate(version.claims)}
    changes.sort(key=lambda change: place[id(change.statistic)])
    return changes + _withdrawals(case, changes)


def _observation(claim: Claim) -> str:
    return observation_key(claim.statistic)


_REPLACES = (ChangeClass.REVISED_STATISTIC, ChangeClass.OLDER_STATISTIC)


def _withdrawals(case: Case, changes: list[Change]) -> list[Change]:
    """What the item said before and says no longer, unless another value took its place."""
    kept = {id(change.statistic) for change in changes if change.change not in _REPLACES}
    replaced = {id(old) for new, old in case.replaced.items() if new not in kept}
    return [
        Change(ChangeClass.WITHDRAWN_STATISTIC, None, old, detail=_still_held(case, old))
        for old in case.lost
        if id(old) not in replaced
    ]


def _still_held(case: Case, old: Claim) -> dict[str, Any]:
    """The addresses of other items that still say it."""
    others = {held.url for held in case.observed(old).claims if _says_too(held, old)}
    return {"still_held_by": sorted(others)} if others else {}


def _says_too(held: Claim, old: Claim) -> bool:
    if not held.standing or same_item(held, old) or voice(held) != voice(old):
        return False
    if undated(old.statistic):
        return equal(held.value, old.value)
    return agree(held.statistic, old.statistic)
