"""Whose data a text works on: what it counts is theirs, whoever else has a part in it."""

from __future__ import annotations

from monitor.reader.sentence.scene import Scene
from monitor.reader.who.parts import NOBODY, Part, Voice, retellers

_FRONT = 6  # words at the front of a sentence in which it says that it speaks of the text itself
_SPAN = 4  # words between `cover` and the time
_FAR = 14  # words between the data and whose they are


def basis(scene: Scene, heard: list[Voice]) -> str | None:
    """`The charts were drawn from the dataset that the ministry keeps`, `Procesamos los datos de ...`."""
    nouns = scene.places("data_nouns")
    if not nouns:
        return None
    named = [voice for voice in heard if voice.code not in {NOBODY, *retellers()} and voice.part is not Part.SAYS]
    worked = _worked_on(scene)
    first = nouns[0] - 2 if worked is None else worked
    behind = [voice for voice in named if first <= voice.first <= nouns[-1] + _FAR]
    if not behind or not (worked is not None or _of_itself(scene) or covered(scene)):
        return None
    return behind[0].code


def covered(scene: Scene) -> bool:
    """`The open data of the ministry, which cover 2017 to 2020, ...`: what a sentence without a figure says of data."""
    if scene.fields or not scene.by_fact.get("period"):
        return False
    verbs = scene.places("covering")
    return any(
        noun < verb <= noun + _FAR and scene.within(verb, verb + _SPAN, "period")
        for noun in scene.places("data_nouns")
        for verb in verbs
    )


def _worked_on(scene: Scene) -> int | None:
    """`We processed the records of the police`: where what the authors of the text have done is said."""
    front = range(min(_FRONT, len(scene.tokens)))
    own = bool(scene.words.grammar["dropped"])
    return next((p for p in front if scene.isa(p, "working") and (own or scene.isa(p - 1, "we"))), None)


def _of_itself(scene: Scene) -> bool:
    """Whether a sentence speaks of the charts or the analysis of the text."""
    return any(scene.isa(place, "own_texts") for place in range(min(_FRONT, len(scene.tokens))))
