"""Whose time it is by the clause: that of the verb, of a guess in a clause of its own, or beyond a comparison."""

from __future__ import annotations

from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Field, Scene

_BEFORE = 3  # tokens before what was done in which `had` stands


def guessed(scene: Scene, field: Field, mention: Mention) -> bool:
    """`no convictions in 2018, although 12,000 people are estimated to be ...`: a guess in a clause of its own."""
    first = field.amount.first
    return scene.has("subordinators", mention.last, first) and any(
        measure.facts["measure"] == "estimated" for measure in scene.within(mention.last, field.last, "measure")
    )


def of_its_verb(scene: Scene, field: Field, mentions: list[Mention]) -> list[Mention]:
    """`met in 2022 at the border, where 31 victims had been found in 2021`: the time right behind `had been found`."""
    first, found = field.amount.last, []
    for mention in mentions:
        acts = [act for act in scene.within(first, mention.first, "act") if mention.first - act.last <= 1]
        had = bool(acts) and scene.has("pluperfect", max(first, acts[0].first - _BEFORE), acts[0].first)
        if had and not scene.has("relatives", first, acts[0].first):
            found.append(mention)
    return found


def set_off(scene: Scene, field: Field, mention: Mention) -> bool:
    """`The 2017 figures compare with 142 victims in 2016`: the time on the other side of a comparison."""
    links = [m for m in scene.within(mention.last, field.amount.first, "link") if not scene.isa(m.first, "pluperfect")]
    return any(m.facts["link"] == "compare" and m.first > mention.last for m in links) and mention.first < scene.lead


def of_others(scene: Scene, field: Field, mention: Mention) -> bool:
    """`Courts, most of which closed in March, convicted 29`: what is said of others between commas."""
    commas = [place for place in scene.places(",") if place < field.amount.first]
    opened = [place for place in commas if place < mention.first]
    closed = [place for place in commas if place >= mention.last]
    if not opened or not closed or not scene.among(opened[-1] + 1, ("mostly", "partly", "determiners")):
        return False
    some = scene.among(opened[-1] + 1, ("mostly", "partly")) or scene.among(opened[-1] + 2, ("mostly", "partly"))
    if not some or not scene.has("relatives", opened[-1] + 1, opened[-1] + _BEFORE + 3):
        return False
    return not any(opened[-1] < other.amount.first < closed[0] for other in scene.fields)
