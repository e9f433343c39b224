"""Places that are only said to be others: `in other regions`, `elsewhere`, `the rest of the country`."""

from __future__ import annotations

from monitor.reader.sentence.scene import Field, Scene
from monitor.reader.sentence.tokens import NUMBER

_STOPS = frozenset({",", ";", ":", "(", ")"})
_WINDOW = 7  # words behind a number in which such a place stands
_FRONT = 4  # tokens between the word for regions and the name of one


def elsewhere(scene: Scene, field: Field, last: int) -> bool:
    """`four in Lima and ten in other regions`, `40 officers spread over six other cities`, `and ten elsewhere`."""
    first = field.amount.last
    for place in range(first, first + _WINDOW) if first <= last else ():
        if scene.isa(place, "elsewhere"):
            return True
        if scene.isa(place, "locatives") or scene.isa(place, "spread_prepositions"):
            return _other_regions(scene, place + 1, near=place == first + scene.isa(first, "spread_words"))
        if scene.word(place) in _STOPS or scene.among(place, ("copulas", "relatives", "separators")):
            return False
    return False


def _other_regions(scene: Scene, first: int, *, near: bool) -> bool:
    """`six other cities`, `the rest of the country`; right behind a number also `several regions`."""
    place = first
    while scene.among(place, ("determiners", "modifiers", "sundry", "other_words")) or numeral(scene, place):
        place += 1
    named = scene.within(place, place + _FRONT, "area")  # `several districts of Ica`
    if scene.isa(place, "remainder"):
        return scene.isa(place + 1, "of") and not named
    if named or not scene.isa(place, "region_nouns"):
        return False
    others = any(scene.isa(p, "other_words") or scene.isa(p, "sundry") for p in range(first, place))
    return others or (near and first < place)


def numeral(scene: Scene, place: int) -> bool:
    """Whether a number, in digits or words, stands at a place."""
    return place < len(scene.tokens) and (scene.tokens[place].kind == NUMBER or scene.word(place) in scene.words.values)
