"""Forms of exploitation of the numbers of a list: said once for all of it, of what is left, of both."""

from __future__ import annotations

from monitor.reader.drafts import Draft
from monitor.reader.sentence.scene import Field, Scene
from monitor.reader.what import forms

_BESIDE = 4  # tokens between a number and `both`
_BEHIND = frozenset({",", ")", ";"})
_NEAR = 5  # tokens behind a number in which `other or unknown forms` end
_LABELS = frozenset({"(", ",", ":"})


def spread_forms(scene: Scene, drafts: list[Draft]) -> None:
    """`40 women: 30 from Chile and ten from Peru, forced into prostitution`: what stands behind a list holds for it."""
    for place in range(len(drafts) - 1, 0, -1):
        last, field = drafts[place], scene.fields[place]
        told = forms.named(scene, field.amount.last, field.last) if "form" in last.own.traits else []
        if not told or not any(scene.word(p) in _BEHIND for p in range(field.amount.last, told[0].first)):
            continue
        parted = drafts[place - 1].own.traits.get("form", last.own.traits["form"]) != last.own.traits["form"]
        for one in drafts[:place] if not parted else ():
            if last.host is not None and last.host in {one, one.host} and one.indicator == last.indicator:
                one.traits.setdefault("form", last.own.traits["form"])
        for one in reversed(drafts[:place]):
            if "form" in one.own.traits or one.indicator != last.indicator or one.amount.unit != last.amount.unit:
                break
            one.traits["form"] = last.own.traits["form"]


def others_of_list(scene: Scene, drafts: list[Draft]) -> None:
    """`sexual exploitation (120), labour (64) and others (9)`: what is none of the forms named."""
    for place, draft in enumerate(drafts):
        if not place or "form" in draft.own.traits:
            continue
        field = scene.fields[place]
        parts = [other for other in drafts[:place] if other.host is not None or other.rule != "counted"]
        if _left_over(scene, field) and any("form" in other.own.traits for other in parts):
            draft.traits.pop("form", None)
            continue
        before = drafts[place - 1].own
        if "form" in before.traits and not before.venue and _of_others(scene, field):
            draft.traits["form"] = "other"  # not in `34 from brothels and 20 other victims`


def both_of_list(scene: Scene, drafts: list[Draft]) -> None:
    """`sexual exploitation in 128, labour in 64, and both in 21`: where two forms have been named before."""
    for place, draft in enumerate(drafts):
        field = scene.fields[place]
        told = {other.own.traits["form"] for other in drafts[:place] if "form" in other.own.traits}
        near = range(max(field.first, field.amount.first - _BESIDE), min(field.last, field.amount.last + _BESIDE))
        if len(told) > 1 and "form" not in draft.own.traits and any(scene.isa(p, "both_words") for p in near):
            draft.traits.pop("form", None)


def _of_others(scene: Scene, field: Field) -> bool:
    """`and others (9)`, `9 others`, `other forms, 47`, `17 for other forms`."""
    first, last = field.amount.first, field.amount.last
    before = first - 1 - (scene.word(first - 1) in _LABELS)
    kinds = scene.isa(before - 1, "other_words") and scene.isa(before, "kinds")
    behind = scene.isa(last + 1, "other_words") and scene.has("kinds", last + 2, last + _NEAR)
    told = kinds or behind or scene.isa(before, "other_words") or scene.isa(last, "other_words")
    return told and not scene.within(field.first, field.last, "area")


def _left_over(scene: Scene, field: Field) -> bool:
    """`the remaining 34`, `the other 34`, `los 34 restantes`: of which only what they are not is said."""
    first = field.amount.first
    if scene.isa(first - 1, "left_over") or scene.isa(field.amount.last, "left_over"):
        return True
    return scene.isa(first - 1, "other_words") and scene.isa(first - 2, "definite")
