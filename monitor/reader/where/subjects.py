"""Of whom a sentence speaks, and whose place that is: police of a town, a project, a pronoun for them."""

from __future__ import annotations

from monitor.reader.drafts import Draft
from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Scene
from monitor.reader.where import enumerations

_FRONT = 4  # tokens at the front of a sentence


def pronoun(scene: Scene) -> bool:
    """`Its rate is ...`, `They said ...`: whether a sentence goes on with the subject of the one before."""
    return scene.isa(0, "possessives") or (scene.isa(0, "speakers") and not scene.isa(0, "determiners"))


def of_project(scene: Scene, chain: list[Mention], named: set[str]) -> bool:
    """`The programme ran in Lima, Cusco and Madre de Dios.`: where all that is told of it happened."""
    opened = any(scene.isa(place, "project_nouns") for place in range(_FRONT))
    return opened and set(enumerations.codes(chain).split("+")) == named


def added(scene: Scene, first: Draft) -> bool:
    """`29 victims, all of them men who worked in Ica`: a place that a remark on those counted names."""
    named = scene.within(first.amount.last, len(scene.tokens), "area")
    comma = next((p for p in scene.places(",") if p >= first.amount.last), len(scene.tokens))
    before = scene.within(0, first.amount.first, "area")
    noted = scene.starts.get(comma + 1)
    remark = noted is not None and noted.facts.get("link") in {"part", "chiefly"}
    return not before and bool(named) and named[0].first > comma and (remark or scene.isa(comma + 1, "adverbs"))
