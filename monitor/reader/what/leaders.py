"""Offices, homes and courts that a sentence only ranks or tells apart by: what they have is counted, not they."""

from __future__ import annotations

from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Field, Scene

_SEATS = frozenset({"offices", "shelters", "staff"})
_FAR = 8  # tokens from a noun to the `most` that ranks it
_NAME = 8  # tokens from the verb to the first number: `were those of Lima (46)`


def leads(scene: Scene, mention: Mention, field: Field) -> bool:
    """`The units with most admissions were Lima (46), ...`, `Las fiscalías que más recibieron son las de Puno (9)`.

    Nor are they counted where they only tell by what the numbers are told apart: `By office, Lima has 40`.
    """
    if mention.facts.get("indicator") not in _SEATS:
        return False
    first = field.amount.first
    if mention.facts["indicator"] != "staff" and any(m.last == first for m in scene.within(mention.last, first, "act")):
        return True  # `The units assist 1,320`: whom or what they deal with
    if scene.isa(mention.first - 1, "carriers") and scene.isa(mention.last, "locatives"):
        return True  # `the southern branch, with offices in Cusco, has 16`
    if scene.isa(mention.first - 1, "dividing") and mention.first <= 1 and first - mention.last > 1:
        return True
    before = scene.isa(mention.first - 1, "superlatives")  # `the busiest offices were Lima (120)`
    most = mention.last if before else _most(scene, mention)
    verb = next((place for place in range(most, first) if scene.isa(place, "copulas")), 0) if most else 0
    named = bool(verb) and first - verb <= _NAME and any(scene.within(verb, first, "area"))
    return named and (scene.word(first - 1) == "(" or scene.isa(first - 1, "carriers"))


def _most(scene: Scene, mention: Mention) -> int:
    """Where a noun is ranked behind itself, 0 for nowhere."""
    behind = range(mention.last, mention.last + _FAR)
    return next((place for place in behind if scene.isa(place, "superlatives")), 0)
