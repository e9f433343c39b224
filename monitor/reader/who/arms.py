"""What belongs to an institution and acts for it: its programmes, offices, lines and centres."""

from __future__ import annotations

from monitor.reader.sentence.scene import Scene
from monitor.reader.sentence.tokens import WORD

_NAME_OF_ARM = 14  # words of what belongs to an institution, before its name
_PLAIN = 2  # words among them that nothing is known of
_NO_NAME = ("copulas", "relatives", ",", ";", "announcing", "reporting")


def arm(scene: Scene, last: int) -> bool:
    """`The legal centre of CHS`, `El programa Kuska de la OIM`: what belongs to an institution, heading a sentence."""
    dated = scene.starts.get(0)
    first = dated.last if dated is not None and "period" in dated.facts else 0
    first += scene.word(first) == ","
    of = last - 1
    while scene.isa(of, "determiners") and not scene.isa(of, "of"):
        of -= 1
    if of - first > _NAME_OF_ARM or not scene.isa(of, "of"):
        return False
    plain = 0
    for place in range(first, of):
        if scene.isa(place, "houses"):
            continue
        apart = scene.joins(place) and not (place + 1 < of and scene.tokens[place + 1].capital)
        if apart or scene.among(place, _NO_NAME) or any(field.amount.first == place for field in scene.fields):
            return False
        named = scene.tokens[place].capital or scene.tokens[place].kind != WORD or place in scene.inside
        plain += not named and not scene.among(place, ("determiners", "of", "prepositions", "modifiers", "separators"))
    return plain <= _PLAIN and scene.has("houses", first, of)
