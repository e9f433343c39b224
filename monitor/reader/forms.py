"""What a stretch of words says of the form of exploitation."""

from __future__ import annotations

from monitor.reader.areas import nearest
from monitor.reader.drafts import Draft
from monitor.reader.mentions import Mention
from monitor.reader.scene import Field, Scene

EXPLOITED = frozenset({"victims", "victims_assisted"})
_JOINTS = frozenset({",", "/", "-"})


def form(scene: Scene, field: Field, first: int, last: int) -> str | None:
    """The form of exploitation named nearest to the amount; with another beside it, neither."""
    mentions = [mention for mention in scene.within(first, last, "form") if "venue" not in mention.facts]
    if _labour(scene, field) and first == field.first:
        return "labour"
    best = nearest(scene, field, mentions)
    if best is None:
        return None
    beside = {mention.facts["form"] for mention in mentions if mention is best or _joined(scene, best, mention)}
    return str(best.facts["form"]) if len(beside) == 1 else "_T"


def _labour(scene: Scene, field: Field) -> bool:
    """`sexual exploitation (310), labour (120)`: the bare word, in a list of forms."""
    first = field.amount.first
    before = first - 2 if scene.word(first - 1) == "(" else first - 1
    bare = scene.isa(before, "labour_words") or scene.isa(field.amount.last, "labour_words")
    return bare and any(mention.facts["form"] == "sexual" for mention in scene.within(0, first, "form"))


def _joined(scene: Scene, one: Mention, two: Mention) -> bool:
    """`sexual and labour`, `sexual/labour`; not `forced to work in prostitution`."""
    gap = range(min(one.last, two.last), max(one.first, two.first))
    return len(gap) == 1 and (scene.joins(gap.start) or scene.word(gap.start) in _JOINTS)


def venue(scene: Scene, field: Field) -> str | None:
    """`rescued 12 women from brothels`: the form that a place stands for; for the people in it, not for arrests."""
    mentions = [mention for mention in scene.within(0, len(scene.tokens), "form") if "venue" in mention.facts]
    best = nearest(scene, field, mentions)
    return None if best is None else str(best.facts["form"])


def spread_forms(scene: Scene, drafts: list[Draft]) -> None:
    """Gives a form said once, behind the parts of a whole, to the whole; and `others` the form of others."""
    for place, draft in enumerate(drafts):
        if "form" in draft.own.traits:
            _spread(scene, drafts, place)
        elif place and "form" in drafts[place - 1].own.traits and _of_others(scene, place):
            draft.traits["form"] = "other"


def _spread(scene: Scene, drafts: list[Draft], place: int) -> None:
    """`12 women, two of them minors, who were exploited ...`, `30 Peruvians and two Bolivians, forced to ...`."""
    draft, host = drafts[place], drafts[place].host
    field = scene.fields[place]
    said = [mention for mention in scene.within(field.amount.last, field.last, "form") if "venue" not in mention.facts]
    if host not in drafts or host is None or host.indicator != draft.indicator or not said:
        return
    clause = range(field.amount.last, said[0].first)
    if any(scene.word(p) == "," for p in clause):
        for other in drafts[:place]:
            if other is host or other.host is host:
                other.traits.setdefault("form", draft.own.traits["form"])


def _of_others(scene: Scene, place: int) -> bool:
    """`sexual exploitation (120), labour (64) and others (9)`."""
    field = scene.fields[place]
    first, last = field.amount.first, field.amount.last
    before = first - 2 if scene.word(first - 1) == "(" else first - 1
    told = scene.isa(before, "other_words") or scene.isa(last, "other_words")
    return told and not scene.within(field.first, field.last, "area")
