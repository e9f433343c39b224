"""Regions that the office of one brings in, as the subject of a sentence or the first to act."""

from __future__ import annotations

from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Scene
from monitor.reader.where.areas import CAPITAL
from monitor.reader.where.country import declared


def of_doer(scene: Scene, chain: list[Mention]) -> bool:
    """`Police in Iquitos had ...`, `The prosecutors of Cusco ...`: whose place a sentence opens with."""
    place = chain[0].first - 1 - scene.isa(chain[0].first - 1, "determiners")
    doer = scene.inside.get(place - 1)
    named = doer is not None and ("provider" in doer.facts or "voice" in doer.facts) and doer.first <= 1
    return len(chain) == 1 and named and scene.isa(place, "of")


def labelled(scene: Scene) -> str | None:
    """`Ayacucho: 312 investigations opened ...`: the region whose name a text opens with, as a label."""
    first = scene.starts.get(0)
    named = first is not None and "area" in first.facts and scene.word(first.last) == ":"
    area = str(first.facts["area"]) if first is not None and named else CAPITAL
    return None if area == CAPITAL else area


def of_office(scene: Scene, main: str) -> bool:
    """`The coordinator of the Udavit of Piura said that her office ...`: whether an office of a region acts."""
    offices = [m for fact in ("provider", "voice", "indicator") for m in scene.within(0, len(scene.tokens), fact)]
    ends = {m.last for m in offices if m.facts.get("indicator", "offices") == "offices" and "world" not in m.facts}
    named = scene.within(0, len(scene.tokens), "area")
    for mention in named if not declared(scene) else ():
        place = mention.first
        while scene.among(place - 1, ("determiners", "of", "zone_nouns")) and not scene.isa(place - 1, "locatives"):
            place -= 1
        if place in ends and mention.facts["area"] == main:
            return True
    return False
