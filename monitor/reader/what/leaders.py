"""Offices, homes and courts that a sentence only ranks or tells apart by: what they have is counted, not they."""

from __future__ import annotations

from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Field, Scene
from monitor.reader.what.around import SPEAKERS

_SEATS = frozenset({"offices", "shelters", "staff"})
_ACCUSED = frozenset({"convictions", "detentions", "prosecutions", "investigations"})
_OPENS = 3  # tokens of `with this raid` before its noun
_FAR = 8  # tokens from a noun to the `most` that ranks it
_NAME = 8  # tokens from the verb to the first number: `were those of Lima (46)`


def leads(scene: Scene, mention: Mention, field: Field) -> bool:
    """`The units with most admissions were Lima (46), ...`, `Las fiscalías que más recibieron son las de Puno (9)`.

    Nor are they counted where they only tell by what the numbers are told apart: `By office, Lima has 40`.
    """
    if mention.facts.get("indicator") not in _SEATS:
        return _harmed_others(scene, mention, field.amount.first)
    first = field.amount.first
    if mention.facts["indicator"] != "staff" and any(m.last == first for m in scene.within(mention.last, first, "act")):
        return True  # `The units assist 1,320`: whom or what they deal with
    if scene.isa(mention.first - 1, "carriers") and scene.isa(mention.last, "locatives"):
        return True  # `the southern branch, with offices in Cusco, has 16`
    if scene.isa(mention.first - 1, "dividing") and mention.first <= 1 and first - mention.last > 1:
        return True
    if _outdone(scene, mention, first):
        return True
    before = scene.isa(mention.first - 1, "superlatives")  # `the busiest offices were Lima (120)`
    most = mention.last if before else _most(scene, mention)
    verb = next((place for place in range(most, first) if scene.isa(place, "copulas")), 0) if most else 0
    named = bool(verb) and first - verb <= _NAME and any(scene.within(verb, first, "area"))
    return named and (scene.word(first - 1) == "(" or scene.isa(first - 1, "carriers"))


def _outdone(scene: Scene, mention: Mention, first: int) -> bool:
    """`The units of Puno and Ica were those with most cases: 41 and 33`: what they have most of is named."""
    ranked = [place for place in scene.places("superlatives") if mention.last < place < first]
    named = scene.starts.get(ranked[-1] + 1) if ranked else None
    return named is not None and named.facts["group"] == "heads" and named.facts.get("indicator") not in _SEATS


def _harmed_others(scene: Scene, mention: Mention, first: int) -> bool:
    """`The convicted woman recruited three girls`: who did it to those counted."""
    if not mention.facts.get("person") or mention.facts.get("indicator") not in _ACCUSED:
        return False
    last = first - scene.isa(first - 1, "objects")
    done = [m for m in scene.within(mention.last, last, "act") if m.last == last and m.facts["act"] == "victims"]
    plain = not scene.has("copulas", mention.last, last) and not scene.has("relatives", mention.last, last)
    return bool(done) and plain


def _most(scene: Scene, mention: Mention) -> int:
    """Where a noun is ranked behind itself, 0 for nowhere."""
    behind = range(mention.last, mention.last + _FAR)
    return next((place for place in behind if scene.isa(place, "superlatives")), 0)


def behind_colon(scene: Scene, field: Field) -> Mention | None:
    """`Peru, which took in 600,000, has seen a rise in complaints: 1,230`: what is named right before the colon."""
    colon = field.amount.first - 1
    at = scene.fields.index(field)
    if scene.word(colon) != ":" or not at:
        return None
    named = scene.within(scene.fields[at - 1].amount.last + 1, colon, "indicator")  # not `61 cases: 30 ...`
    named = [m for m in named if m.facts["group"] == "heads" and m.concept not in SPEAKERS]
    return named[-1] if named and colon - named[-1].last <= 1 and field.amount.unit == "count" else None


def opening_phrase(scene: Scene, mention: Mention, found: list[Mention]) -> bool:
    """`With this raid, the victims rescued come to 112`: what a phrase before the subject and its comma names."""
    if not scene.isa(0, "prepositions") or mention.first > _OPENS:
        return False
    comma = next((p for p in scene.places(",") if p >= mention.last), None)
    return comma is not None and comma - mention.last <= 1 and any(other.first > comma for other in found)
