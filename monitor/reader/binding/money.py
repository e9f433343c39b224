"""When money is a budget, and a bare decimal goes on with a rate."""

from __future__ import annotations

from monitor.reader.drafts import Draft
from monitor.reader.sentence.amounts import Amount
from monitor.reader.sentence.scene import Scene
from monitor.reader.statistic import MONEY

_CURRENCY = "PEN"  # of budgets in Peru that name none
_LOWEST_BUDGET = 10_000


def budget(draft: Draft, before: Draft | None, scene: Scene) -> None:
    """Money is a budget where the sentence, or the one before, speaks of a budget; else the draft is dropped."""
    amount = draft.amount
    if amount.unit == "count" and amount.scaled and before is not None and before.amount.unit in MONEY:
        amount = draft.amount = amount._replace(unit=before.amount.unit)
        draft.dropped = None
    if amount.unit == "count" and amount.scaled and draft.indicator == "budget":
        amount = draft.amount = amount._replace(unit=_CURRENCY)
    if amount.unit not in MONEY:
        if draft.indicator == "budget" and amount.unit == "count":
            draft.dropped = "no money"
        return
    said = any("budget" in {mention.facts.get("act"), mention.facts.get("indicator")} for mention in scene.mentions)
    if not said and (before is None or before.indicator != "budget"):
        draft.dropped = "money that is no budget"
    elif amount.value < _LOWEST_BUDGET and draft.own.head != "budget":
        draft.dropped = "too small for a budget"
    draft.indicator = "budget"


def bare_rate(amount: Amount) -> bool:
    """`and 1.7 in 2019`: nothing is counted in parts, so a decimal without a unit is a rate or a share."""
    return amount.unit == "count" and not amount.scaled and not float(amount.value).is_integer()
