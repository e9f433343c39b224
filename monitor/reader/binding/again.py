"""The same number said again, as a share."""

from __future__ import annotations

from monitor.reader.drafts import PEOPLE, Draft
from monitor.reader.sentence.scene import Scene

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
    return share and bool(words) and not draft.own.traits
