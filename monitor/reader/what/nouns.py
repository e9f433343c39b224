"""Nouns behind a number: whose things are counted, and where those are that a number counts."""

from __future__ import annotations

from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Field, Scene

_STAGES = frozenset({"prosecutions", "investigations"})


def past_owner(scene: Scene, place: int) -> int:
    """`30 percent of the police unit's cases`: where the noun behind the owner begins."""
    first = place + scene.isa(place, "of")
    first += scene.isa(first, "definite")
    owner = scene.starts.get(first)
    owned = scene.starts.get(owner.last) if owner is not None else None
    heads = owner is not None and owned is not None and owner.facts["group"] == owned.facts["group"] == "heads"
    things = heads and owner is not None and owner.facts["indicator"] in {"offices", "shelters"}
    return owner.last if owner is not None and things else place


def stage(scene: Scene, field: Field, mention: Mention) -> bool:
    """`25 en juicio oral`, `200 in investigation`, `150 in shelters`: where those counted are, no noun for them."""
    led = mention.first - 1
    while led > field.amount.last and scene.among(led, ("determiners", "modifiers")):
        led -= 1  # `132 in the emergency centres`
    here = led == field.amount.last and scene.isa(led, "locatives")
    kind = mention.facts.get("indicator")
    stage = kind in _STAGES and not plural(scene, scene.word(mention.first))
    return here and (stage or kind in {"shelters", "prisoners"})


def plural(scene: Scene, word: str | None) -> bool:
    return word is not None and any(word.endswith(ending) for ending in scene.words.grammar["plural_endings"])
