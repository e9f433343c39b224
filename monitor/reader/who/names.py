"""The names of people beside an institution or a title: who speaks for whom later."""

from __future__ import annotations

from monitor.reader.sentence.scene import Scene
from monitor.reader.sentence.tokens import WORD
from monitor.reader.who.apposed import presented_names
from monitor.reader.who.parts import Voice

_TITLE = 10  # words between a name and the office of its bearer


def titled_names(scene: Scene) -> list[str]:
    """`the minister Gloria Mori detailed that 40 ...`: the surnames of those who have a title and no institution."""
    titles = [*scene.places("titles"), *scene.places("again_minister")]
    runs = [_run(scene, place + 1) for place in titles if place + 1 not in scene.inside]
    return [name for names in runs if len(names) > 1 for name in names[1:]]


def names_behind(scene: Scene, voice: Voice) -> list[str]:
    """`prosecutor Ana Quispe`, `the head of the police unit in Puno, Ana Quispe`: the surnames."""
    names = _run(scene, voice.last)
    if names:
        return names[1:] or names
    for place in range(voice.last, voice.last + _TITLE):
        if scene.word(place) == "," and len(names := _run(scene, place + 1)) > 1:
            return names[1:]
    return []


def short_name(scene: Scene, voice: Voice) -> list[str]:
    """`the trafficking directorate of the police (DIRCTEP)`: letters in brackets that stand for it later."""
    place = voice.last
    bracketed = scene.word(place) == "(" and scene.word(place + 2) == ")" and _name(scene, place + 1)
    return [scene.word(place + 1)] if bracketed else presented_names(scene, voice)


def names_before(scene: Scene, voice: Voice) -> list[str]:
    """`Ana Quispe, who heads the police unit`: the surnames."""
    comma = next((p for p in range(voice.first - 1, voice.first - _TITLE, -1) if scene.word(p) == ","), 0)
    first = comma
    while first > 0 and _name(scene, first - 1):
        first -= 1
    names = [scene.word(place) for place in range(first, comma)]
    return names[1:]


def _run(scene: Scene, place: int) -> list[str]:
    """The capital words from a place on."""
    names: list[str] = []
    while _name(scene, place):
        names.append(scene.word(place))
        place += 1
    return names


def _name(scene: Scene, place: int) -> bool:
    if not 0 <= place < len(scene.tokens) or place in scene.inside:
        return False
    token = scene.tokens[place]
    return token.capital and token.kind == WORD and token.end - token.start > 1
