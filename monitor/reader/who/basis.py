"""Whose data a text works on: what it counts is theirs, whoever else has a part in it."""

from __future__ import annotations

from monitor.reader.sentence.scene import Scene
from monitor.reader.who.parts import NOBODY, Part, Voice, retellers

_FRONT = 6  # words at the front of a sentence in which it says that it speaks of the text itself
_FAR = 14  # words between the data and whose they are


def basis(scene: Scene, heard: list[Voice]) -> str | None:
    """`The charts were drawn from the dataset that the ministry keeps`, `Procesamos los datos de ...`."""
    nouns = scene.places("data_nouns")
    if not nouns or not _of_itself(scene):
        return None
    named = [voice for voice in heard if voice.code not in {NOBODY, *retellers()} and voice.part is not Part.SAYS]
    behind = [voice for voice in named if nouns[0] - 2 <= voice.first <= nouns[-1] + _FAR]
    return behind[0].code if behind else None


def _of_itself(scene: Scene) -> bool:
    """Whether a sentence speaks of the charts or the analysis of the text, or of what its authors have worked on."""
    front = range(min(_FRONT, len(scene.tokens)))
    authors = [place for place in front if scene.isa(place, "working")]
    own = bool(scene.words.grammar["dropped"])
    return any(scene.isa(place, "own_texts") for place in front) or any(
        own or scene.isa(place - 1, "we") for place in authors
    )
