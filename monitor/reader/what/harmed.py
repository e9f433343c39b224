"""Whom those have harmed that a number counts: they are not those counted."""

from __future__ import annotations

from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Field, Scene

_CAUGHT = frozenset({"detentions", "investigations", "prosecutions", "convictions", "prisoners", "officials"})


def their_victims(scene: Scene, field: Field, mention: Mention) -> bool:
    """`arrested four men for recruiting minors`: those whom people caught, tried or suspected have exploited."""
    place = mention.first - 1
    if _for_doing(scene, field, place):
        return True
    while place > field.amount.last and (
        scene.among(place, ("determiners", "objects", "modifiers")) or _beside(scene, place)
    ):
        place -= 1
    done = scene.inside.get(place)
    if done is not None and "form" in done.facts and "act" not in done.facts:
        done = scene.inside.get(done.first - 1)  # `explotar sexualmente a niñas`
    if done is None or done.first < field.amount.last:
        return False
    harming = done.facts.get("act") == "victims" or "topic" in done.facts
    if harming and scene.isa(done.first - 1, "perfects") and done.last == place + 1:
        return True  # `22 had exploited women`
    if not harming or not scene.has("charged_for", max(field.amount.last, done.first - 2), done.first):
        return False
    acts = {m.facts["act"] for m in scene.within(field.first, done.first, "act")}
    return bool(acts & _CAUGHT or scene.within(field.first, done.first, "fallback"))


def _for_doing(scene: Scene, field: Field, last: int) -> bool:
    """`arrested 13 men for buying sex from minors`: to whom those caught have done it, behind `for` and a verb."""
    gerunds = tuple(scene.words.grammar["gerunds"])
    for place in range(field.amount.last + 1, last + 1):
        crime = scene.isa(place - 1, "charging") and scene.word(place).endswith(gerunds)
        if crime and not scene.has(",", place, last + 1):
            acts = {m.facts["act"] for m in scene.within(field.first, place, "act")}
            return bool(acts & _CAUGHT or scene.within(field.first, place, "fallback"))
    return False


def _beside(scene: Scene, place: int) -> bool:
    """`women or` of `exploited women or girls`."""
    before = scene.inside.get(place - scene.joins(place))
    return before is not None and bool(before.facts.get("person")) and (scene.joins(place) or scene.joins(place + 1))
