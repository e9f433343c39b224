"""Who gives figures that were told before: `The minister gave these figures`, `Así lo dijo ...`."""

from __future__ import annotations

from monitor.reader.sentence.scene import Scene
from monitor.reader.who.parts import Part, Voice

_HEAD = 5  # words at the head of a sentence in which it says that it speaks of figures


def of_occasion(scene: Scene, voice: Voice) -> bool:
    """`The data were released at an event of the UNODC`: whose occasion it was, not who gave them."""
    given = [place for place in scene.places("giving") if place < voice.first]
    where = given and scene.has("venue_prepositions", given[-1], voice.first)
    noun = voice.first - 1 - scene.isa(voice.first - 1, "determiners")
    held = scene.word(noun - 1).endswith(tuple(scene.words.grammar["participles"])) and noun - 1 not in given
    return bool(where) and voice.part is not Part.SAYS and (held or not scene.isa(noun, "agents"))


def points(scene: Scene) -> bool:
    """`Lo informó ...`, `Así lo dijo ...`: what was told before is meant."""
    verb = next((place for place in range(3) if not scene.isa(place, "pointing")), 0)
    return verb > 0 and scene.among(verb, ("announcing", "reporting", "giving"))


def are_given(scene: Scene, noun: int) -> bool:
    """`The minister gave these figures`, `El dato lo dio ...`, `Son cifras de ...`."""
    claimed = not scene.isa(noun, "claims") or scene.has("agents", noun, noun + _HEAD)  # `The complaint was made by`
    verbs = [place for place in scene.places("giving") if noun - _HEAD <= place < noun + _HEAD]
    if claimed and any(
        verb not in scene.inside or "act" in scene.inside[verb].facts for verb in verbs
    ):  # not `The Public Ministry keeps figures`
        return True
    told = scene.isa(noun - 1, "copulas") and scene.isa(noun + 1, "of")
    return told or (noun < _HEAD and scene.isa(noun + 1, "copulas") and scene.isa(noun + 2, "of"))
