"""The whole of a number that is too large, or told in too different a way, to be a part of the last one."""

from __future__ import annotations

from monitor.reader.binding.bare import opened_with, part_of_next
from monitor.reader.binding.context import Context
from monitor.reader.drafts import PEOPLE, STOCKS, Draft
from monitor.reader.sentence.scene import Scene
from monitor.reader.what.people import people

_THINGS = STOCKS | {"operations", "organisations", "budget", "calls"}
_LATELY = 10  # figures before, one of which others are of
_HARMED = frozenset({"victims", "victims_assisted"})


def wide(scene: Scene, context: Context, draft: Draft, host: Draft) -> Draft:
    """`241 were in Lima. ... Of the 579 women, ...`: no part of the 241, but of a larger number before."""
    own, amount = draft.own, draft.amount
    if context.figured != scene.sentence.paragraph and not (own.linked or own.these):
        host = _all_told(context, host)
    part = (own.linked or any(name in own.traits for name in PEOPLE)) and not own.timed and "area" not in own.traits
    counts = amount.unit == host.amount.unit == "count" and amount.value > host.amount.value
    if not part or not counts or own.compared:
        return host
    if host.indicator in _THINGS:
        return _beside(context, draft) or host if own.linked else host
    people = own.person or any(name in own.traits for name in PEOPLE)
    for other in reversed(context.seen):
        kin = other.indicator == host.indicator or (people and other.indicator in _HARMED)
        plain = other.amount.unit == "count" and not other.own.compared and other.amount.value >= amount.value
        clash = any(other.traits.get(name, value) != value for name, value in own.traits.items())
        if kin and plain and not clash:
            return other
    return host


def _beside(context: Context, draft: Draft) -> Draft | None:
    """`The two offices opened 913 cases. Of them, 402 were shelved`: of what was counted beside the offices."""
    told = [each for each in context.recent if each.indicator not in _THINGS and not each.own.compared]
    counts = [each for each in told if each.amount.unit == "count" and each.amount.value >= draft.amount.value]
    return counts[0] if counts else None


def _all_told(context: Context, host: Draft) -> Draft:
    """`Of the 579 women, ...`, and in another paragraph `Peruvians were 438`: of all, men and women."""
    if not any(name in host.own.traits for name in PEOPLE) or host.amount.unit != "count":
        return host
    for other in reversed(context.seen):
        same = other.indicator == host.indicator and other.period == host.period and other.amount.unit == "count"
        plain = not other.own.compared and other.trait("area") == host.trait("area")
        more = other.amount.value > host.amount.value and not any(name in other.traits for name in PEOPLE)
        if same and plain and more:
            return other
    return host


def at_front(scene: Scene, context: Context, draft: Draft, counted: str | None) -> Draft | None:
    """`They freed 23 women. Eleven men were held. Among the victims are 17 Peruvians`: the 23."""
    if counted is None or not context.near or opened_with(scene) != counted:
        return None
    told = [each for each in context.seen[-_LATELY:] if each.indicator == counted and each.host is None]
    share = draft.amount.unit == "percent"
    fits = [e for e in told if e.amount.unit == "count" and (share or e.amount.value >= draft.amount.value)]
    return fits[-1] if fits and not fits[-1].own.compared else None


def part_of_told(scene: Scene, context: Context, drafts: list[Draft], counted: str | None) -> Draft | None:
    """`There were 84 convictions in 2023. Courts ordered payments in 52 of the 84 cases`: a part of those."""
    draft, place = drafts[-1], len(drafts) - 1
    if counted not in {None, "cases"} or draft.amount.unit != "count" or not part_of_next(scene, place):
        return None
    whole = scene.fields[place + 1].amount
    if not scene.isa(whole.first - 1, "definite") or whole.unit != "count" or whole.value < draft.amount.value:
        return None
    told = [each for each in context.seen if each.amount.unit == "count" and not each.own.compared]
    found = next((each for each in told[::-1] if each.amount.value == whole.value), None)
    draft.own.linked = draft.own.linked or found is not None
    return found


def in_row(scene: Scene, drafts: list[Draft], draft: Draft, host: Draft) -> bool:
    """`17 women, nine Ecuadorian and six Venezuelan`: a row of nations or ages of those counted first."""
    sex = host.own.traits.get("sex")
    stop = next((p for p in scene.places(";") if p > draft.amount.last), len(scene.tokens))
    row = [field for field in scene.fields[len(drafts) - 1 :] if field.amount.first < stop]
    kind = "citizenship" if "citizenship" in draft.own.traits else "age"
    fitting = sex is not None and len(row) > 1 and sum(field.amount.value for field in row) <= host.amount.value
    told = [people(scene, field) for field in row] if fitting else []
    return bool(told) and all(kind in traits and traits.get("sex", sex) == sex for traits in told)


def said_of_them(scene: Scene, draft: Draft, host: Draft) -> bool:
    """`19 women; seven are Venezuelan`: a number without a noun before its verb, behind one with a noun."""
    bare = scene.isa(draft.amount.last, "copulas") and not draft.own.noun and host.own.noun
    less = draft.amount.unit == host.amount.unit == "count" and draft.amount.value < host.amount.value
    return bare and less and host.rule == "counted" and scene.has(";", host.amount.last, draft.amount.first)


def placed_part(scene: Scene, context: Context, draft: Draft, last: Draft) -> bool:
    """`In Ica 22 of the victims were found. Eight were minors`: of those 22, the only figure told just before."""
    plain = len(context.recent) == 1 and last.host is not None and "area" in last.own.traits
    fits = last.amount.unit == "count" and (draft.amount.unit == "percent" or draft.amount.value <= last.amount.value)
    people = any(name in draft.own.traits for name in PEOPLE) and "area" not in draft.own.traits
    near = context.figured == scene.sentence.paragraph
    return plain and fits and people and near and not draft.own.timed


def elided(context: Context, draft: Draft) -> Draft | None:
    """`In Tacna 15 Bolivians were freed. In 2015 they had been six`: the same as the only figure just told."""
    own, recent = draft.own, context.recent
    bare = own.timed and not (own.noun or own.person or own.traits or own.head or own.foreign or own.act)
    told = len(recent) == 1 and recent[0].host is None and recent[0].own.noun and recent[0].amount.unit == "count"
    return recent[0] if bare and told and context.silent == 0 and draft.amount.unit == "count" else None
