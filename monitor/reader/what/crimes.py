"""Crimes that a sentence names beside trafficking: whether what is counted is of one of them."""

from __future__ import annotations

from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Field, Scene

_UNIT = 5  # tokens between a unit and what it is against
_PASSING = 7  # tokens between `where` and a crime that a place is known for


def of_number(scene: Scene, field: Field, crime: Mention) -> bool:
    """Whether a crime is named for what is counted: not behind a comma, nor in a clause before that of the noun."""
    amount = field.amount
    if _of_an_area(scene, crime) or _of_a_network(scene, crime, amount.first) or _of_a_unit(scene, crime, amount.last):
        return False
    if crime.first >= amount.last:
        return not behind_comma(scene, amount.last, crime.first) and not scene.begins_clause(amount.last, crime.first)
    if _passing(scene, crime, amount.first):
        return False
    said = [m for m in scene.mentions if crime.last <= m.first < amount.first and m.facts["group"] in {"heads", "acts"}]
    return not said or not behind_comma(scene, crime.last, said[-1].first)


def _of_an_area(scene: Scene, crime: Mention) -> bool:
    """`raids in illegal mining areas`, `en zonas de minería ilegal`: what an area is known for."""
    zones = ("zone_nouns", "region_nouns")
    return scene.among(crime.last, zones) or (scene.isa(crime.first - 1, "of") and scene.among(crime.first - 2, zones))


def _of_a_unit(scene: Scene, crime: Mention, first: int) -> bool:
    """`13 inspectors in its unit for forced and child labour`: what a unit is against, beside trafficking."""
    units = [p for p in scene.places("inner_offices") if first <= p < crime.first]
    return bool(units) and crime.first - units[-1] <= _UNIT and scene.among(units[-1] + 1, ("views", "against", "of"))


def _of_a_network(scene: Scene, crime: Mention, last: int) -> bool:
    """`a trafficking network linked to illegal mining had recruited 15 people`: what the network lives on besides."""
    linked = next((p for p in range(crime.first - 1, crime.first - 4, -1) if scene.isa(p, "linked_words")), None)
    named = [] if linked is None else scene.within(max(linked - 4, 0), linked, "indicator")
    network = any(mention.concept == "organisations" and mention.last == linked for mention in named)
    return network and crime.last <= last and any(scene.within(crime.last, last, "act"))


def _passing(scene: Scene, crime: Mention, last: int) -> bool:
    """`in Madre de Dios, where there is illegal mining, 91% ...`: what is said of a place in passing."""
    opened = [p for p in range(crime.first - _PASSING, crime.first) if scene.isa(p, "relatives")]
    return bool(opened) and scene.word(opened[-1] - 1) == "," and behind_comma(scene, crime.last, last)


def beside_victims(scene: Scene, place: int) -> bool:
    """`victims of rape`, not `victims taken to illegal mines`."""
    return any(m.concept == "victims" and 0 <= place - m.last <= 2 for m in scene.within(place - 6, place, "person"))


def behind_comma(scene: Scene, first: int, last: int) -> bool:
    return scene.has(",", first, last)
