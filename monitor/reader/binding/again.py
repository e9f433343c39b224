"""The same number said again, as a share; what is said of one number and not of the next."""

from __future__ import annotations

from monitor.reader.drafts import PEOPLE, Draft
from monitor.reader.sentence.scene import Scene

_ENDED = frozenset({"", ".", ";", ","})
_RESTATED = 5  # tokens between `that is to say` and the share


def apposed(scene: Scene, draft: Draft, before: Draft) -> bool:
    """`638 people, 45% of all victims`: the same people, as a share."""
    gap = range(before.amount.last, draft.amount.first)
    share = draft.amount.unit == "percent" and before.amount.unit == "count" and not draft.own.linked
    noun = scene.starts.get(before.amount.last)
    first = noun.last if noun is not None else before.amount.last
    kinds = ("determiners", "relatives", "copulas", "of", "restating")
    bare = all(scene.word(p) == "," or any(scene.isa(p, k) for k in kinds) for p in range(first, gap.stop))
    comma = any(scene.word(place) == "," for place in gap)
    return share and comma and bare and not any(name in draft.own.traits for name in PEOPLE)


def restated(scene: Scene, draft: Draft, before: Draft) -> bool:
    """`423 son peruanas, es decir, el 83%`; `290 were women, equivalent to 58%`: the same again, as a share."""
    share = draft.amount.unit == "percent" and before.amount.unit == "count" and not draft.own.linked
    gap = range(max(before.amount.last, draft.amount.first - _RESTATED), draft.amount.first)
    said = [place for place in gap if scene.isa(place, "restating")]
    words = [place for place in said if scene.isa(place, "equal_words") or place + 1 in said]
    words = words or _and_makes(scene, gap)
    return share and bool(words) and not draft.own.traits


def predicated(scene: Scene, draft: Draft, host: Draft) -> bool:
    """`80% of the victims are women and 78% were ...`: what the first share is said to be, the second is not."""
    own = draft.own
    if own.linked or own.compared or own.timed or host.own.compared or host.amount.unit != "percent":
        return False
    placed = "area" in host.own.traits and own.traits.keys() == {"area"}
    if placed and scene.word(draft.amount.last) in _ENDED:
        return False  # `In Ucayali 61% were 12 to 15; in San Martín, 48%.`
    gap = range(host.amount.last, draft.amount.first)
    elided = scene.isa(draft.amount.last, "copulas") and any(scene.joins(p) for p in gap)
    told = elided or any(scene.isa(p, "copulas") for p in gap)
    return told and not any(scene.word(p) == ":" for p in gap)


def _and_makes(scene: Scene, gap: range) -> list[int]:
    """`Las mujeres suman 590 y representan el 86 %`: a verb right behind an `and`, and right before the share."""
    joints = [place for place in gap if scene.joins(place)]
    behind = range(joints[-1] + 1, gap.stop) if joints else range(0)
    verb = len(behind) > 0 and scene.isa(behind.start, "copulas")
    return joints if verb and all(scene.among(p, ("determiners", "adverbs")) for p in behind[1:]) else []


def comes(scene: Scene, draft: Draft) -> bool:
    """`El 31% procede de Cusco`, `12% were born abroad`: what only people do."""
    last = draft.amount.last + scene.isa(draft.amount.last, "copulas")
    return draft.amount.unit == "percent" and scene.among(last, ("hailing", "born"))


def of_clause(scene: Scene, before: Draft) -> bool:
    """`Three of four (228) were women; of these, 97 ...`: a number in brackets of which the verb behind speaks."""
    closing = before.amount.last
    return scene.word(closing) == ")" and scene.isa(closing + 1, "copulas")
