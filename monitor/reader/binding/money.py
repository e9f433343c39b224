"""When money is a budget, and a bare decimal goes on with a rate."""

from __future__ import annotations

from monitor.reader.drafts import Draft
from monitor.reader.sentence.amounts import Amount
from monitor.reader.sentence.scene import Scene
from monitor.reader.statistic import MONEY

_CURRENCY = "PEN"  # of budgets in Peru that name none
_NOBODY = frozenset({"staff", "people"})  # `the official`, `the national plan`
_LOWEST_BUDGET = 10_000


def budget(draft: Draft, before: Draft | None, scene: Scene, *, headed: bool = False) -> None:
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
    named = (mention.facts.get("act") or mention.facts.get("indicator") for mention in scene.mentions)
    said = headed or "budget" in set(named)
    has = not said and _at_disposal(scene, amount, told=draft.own.quoted)
    again = draft.own.compared and before is not None and any(before.amount is field.amount for field in scene.fields)
    if has or (again and not said):
        said, draft.provider = True, draft.provider if draft.own.quoted else None
    if not said and (before is None or before.indicator != "budget"):
        draft.dropped = "money that is no budget"
    elif amount.value < _LOWEST_BUDGET and draft.own.head != "budget":
        draft.dropped = "too small for a budget"
    draft.indicator = "budget"


def _at_disposal(scene: Scene, amount: Amount, *, told: bool) -> bool:
    """`The ministry had 1.9 million soles for anti-trafficking work`: what the state has, or gets, for this crime."""
    verb = amount.first - 1
    while verb > 0 and ((verb in scene.inside and "qualifier" in scene.inside[verb].facts) or _light(scene, verb)):
        verb -= 1
    if not scene.isa(verb, "funded"):
        return False
    others = [m for m in scene.within(0, verb, "indicator") if m.facts["indicator"] == "organisations"]
    people = [m for m in scene.within(0, verb, "person") if "voice" not in m.facts and m.concept not in _NOBODY]
    state = scene.within(0, verb, "provider") or scene.within(0, verb, "voice") or scene.within(0, verb, "register")
    told = told or bool(scene.within(0, len(scene.tokens), "topic"))
    return not others and not people and (bool(state) or told)


def _light(scene: Scene, place: int) -> bool:
    return scene.among(place, ("adverbs", "determiners", "of", "only", "carriers")) and not scene.isa(place, "funded")


def bare_rate(amount: Amount) -> bool:
    """`and 1.7 in 2019`: nothing is counted in parts, so a decimal without a unit is a rate or a share."""
    return amount.unit == "count" and not amount.scaled and not float(amount.value).is_integer()
