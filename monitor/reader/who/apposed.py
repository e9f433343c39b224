"""Organisations that a text presents: `FENAMAD, the regional Indigenous federation, says ...`."""

from __future__ import annotations

from monitor.reader.sentence.scene import Scene
from monitor.reader.sentence.tokens import WORD
from monitor.reader.who.parts import OTHER, Part, Voice, before_noun, voice_of

_NAME = 4  # words of a name
_REMARK = 12  # tokens of the remark that says what it is
_NOUN = 5  # tokens of the remark in which the noun for an organisation stands
_NOT_ITS = ("titles", "copulas", "relatives", "leading")


def apposed(scene: Scene, found: list[Voice]) -> list[Voice]:
    """The names that a remark behind them says to be those of an organisation, where nothing else is known of them."""
    presented = []
    for comma in scene.places(","):
        first = comma
        while first > max(comma - _NAME, 0) and _plain_name(scene, first - 1):
            first -= 1
        if first == comma or any(voice.first < comma and first < voice.last for voice in found):
            continue
        opened = before_noun(scene, first)
        leads = opened < 0 or scene.word(opened) in {",", ";", ":"} or scene.joins(opened)
        if (leads or scene.isa(opened, "that_words")) and _remark(scene, comma):
            presented.append(Voice(first, comma, OTHER, Part.NAMED))
    return presented


def presented_names(scene: Scene, voice: Voice) -> list[str]:
    """The words of a name that its sentence has presented so, for it to be known by later."""
    if voice.code != OTHER or voice.first < 0 or scene.word(voice.last) != ",":
        return []
    places = range(voice.first, voice.last)
    return [scene.word(p) for p in places] if all(_plain_name(scene, p) for p in places) else []


def _plain_name(scene: Scene, place: int) -> bool:
    token = scene.tokens[place]
    return token.capital and token.kind is WORD and token.end - token.start > 1 and place not in scene.inside


def _remark(scene: Scene, comma: int) -> bool:
    """Whether what stands up to the next comma is an organisation, and nobody's office in one."""
    end = next((p for p in range(comma + 1, comma + _REMARK) if scene.word(p) in {",", ";", "."}), 0)
    if scene.word(end) != "," or end == 0:
        return False
    noun = next((p for p in range(comma + 1, min(end, comma + 1 + _NOUN)) if scene.isa(p, "again_organisation")), 0)
    gang = noun in scene.inside and "indicator" in scene.inside[noun].facts  # `a criminal organization`
    if not noun or gang or scene.tokens[noun].capital or scene.among(noun - 1, ("of", "prepositions")):
        return False
    known = any(
        voice_of(mention) and "named" not in mention.facts for mention in scene.mentions if comma < mention.first < end
    )
    return not known and not any(scene.among(place, _NOT_ITS) for place in range(comma + 1, noun))
