"""What suspects, and others known only by what is held against them, are counted as."""

from __future__ import annotations

from monitor.reader.binding.context import Context
from monitor.reader.binding.wholes import PROCEEDINGS
from monitor.reader.drafts import Draft
from monitor.reader.sentence.scene import Scene
from monitor.reader.what.heads import COMPLICIT
from monitor.reader.what.owns import has_verb

_NEAR = 4  # sentences since complaints were counted
_PARTS = {  # `nine officials, including four officers and two agents`
    ("staff", "staff", "officials"),
    ("staff", "staff", "trained"),
}


def suspected(scene: Scene, context: Context, drafts: list[Draft], counted: str | None) -> str | None:
    """`109 investigations involving 340 suspects`: what the sentence says of cases holds for the people in them."""
    draft, before = drafts[-1], drafts[-2] if len(drafts) > 1 else None
    own = draft.own
    field = scene.fields[len(drafts) - 1]
    if before is not None and (counted, before.own.head, before.indicator) in _PARTS:
        joined = scene.joins(field.first) or scene.word(field.first) == ","
        return before.indicator if joined else counted
    row = scene.joins(field.first) or scene.word(field.first) == ","
    elided = own.head is None and not own.noun and row
    if elided and before is not None and before.indicator == "officials" and counted in COMPLICIT:
        of_them = scene.isa(before.amount.first - 1, "of")  # `of 43 officials, six were convicted`
        return before.indicator if of_them or own.done == counted else counted
    against = own.person and own.head is None and scene.isa(draft.amount.first - 1, "against")
    if against and before is not None and before.indicator in PROCEEDINGS:
        return before.indicator  # `nine convictions against 13 people who recruited victims`
    bare = own.fallback is not None and own.act is None and not has_verb(scene, field)
    if not bare:
        return counted
    if before is not None and before.indicator == "cases" and own.noun:
        return "investigations"  # `opened 509 cases involving 712 suspects`
    whole = before if before is not None else _suspects_before(scene, context, draft)
    filed = before is None and own.noun and _of_filed(scene, context)  # `509 complaints. The suspects were 712`
    told = whole.indicator if whole is not None and whole.indicator in PROCEEDINGS else counted
    return "investigations" if filed else told


def _of_filed(scene: Scene, context: Context) -> bool:
    """Whether the text has just counted complaints or cases, and nobody is said to have been caught."""
    named = {str(m.facts[fact]) for fact in ("indicator", "act") for m in scene.named(fact)}
    near = context.filed in {"complaints", "cases"} and context.since_filed <= _NEAR
    return near and named.isdisjoint(COMPLICIT)


def _suspects_before(scene: Scene, context: Context, draft: Draft) -> Draft | None:
    """`135 suspects are investigated. ... Most of the suspects (117) are ...`: those counted before."""
    whole, near = context.whole, context.silent == 0
    named = scene.within(0, draft.amount.first, "fallback")
    the = bool(named) and scene.isa(named[-1].first - 1, "definite")
    return whole if near and the and whole is not None and draft.amount.value <= whole.amount.value else None
