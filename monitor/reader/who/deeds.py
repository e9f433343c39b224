"""Whose deed a text has told, where only a sentence behind the figures says so."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.reader.drafts import EVENTFUL, Draft
from monitor.reader.sentence.lexicon import concepts
from monitor.reader.sentence.scene import Scene
from monitor.reader.who.parts import NOBODY, Part, Voice

_PREDICATE = 2  # tokens of a verb with its preposition
_FRONT = 3  # tokens in which a sentence names the operation that it speaks of
_NEAR = 4  # words from who breaks in to the verb
_DAY = len("2020-01-31")


def claim(scene: Scene, heard: list[Voice], unsourced: Iterable[Draft]) -> None:
    """`The operation of the police took place at dawn`: gives what was told of it before to the one that did it."""
    if len(heard) != 1 or heard[0].code == NOBODY or not (_operation(scene) or _raided(scene, heard[0])):
        return
    for draft in unsourced:
        if draft.indicator in EVENTFUL and draft.amount.unit == "count" and _brief(draft):
            draft.provider = heard[0].code


def _raided(scene: Scene, voice: Voice) -> bool:
    """`Nine girls were kept in a bar. Police stormed the place.`: who broke in freed them."""
    return voice.part is Part.DOES and scene.has("raiding", voice.last, voice.last + _NEAR)


def subjectless(scene: Scene) -> bool:
    """`En 2022 capacitó a 130 jueces`: a verb in the singular at the head goes on with who acted before."""
    opening = scene.starts.get(0)
    first = opening.last if opening is not None and "period" in opening.facts else 0
    first += scene.word(first) == ","
    first += scene.isa(first, "dropped")
    done = scene.starts.get(first)
    word = scene.word(first)
    ended = word.endswith(tuple(scene.words.grammar["past_endings"]))
    return done is not None and "act" in done.facts and ended and done.last - done.first <= _PREDICATE


def _operation(scene: Scene) -> bool:
    raid = next((m for m in scene.within(0, _FRONT, "indicator") if m.concept == "operations"), None)
    told = raid is not None and scene.isa(raid.first - 1, "determiners")
    return told and raid is not None and not scene.isa(raid.first - 1, "indefinites")


def _brief(draft: Draft) -> bool:
    """Whether a figure can be of one raid: of a day, or of no time."""
    return draft.period is None or len(draft.period) >= _DAY


def of_a_raid(scene: Scene) -> list[Voice]:
    """`were freed in an operativo policial`: whose raid it was, where the sentence names nobody else."""
    if not scene.standing["police_adjectives"]:
        return []
    raids = [m for m in scene.within(0, len(scene.tokens), "indicator") if m.concept == "operations"]
    led = [
        m
        for m in raids
        if (scene.isa(m.last - 1, "police_adjectives") or scene.isa(m.last, "police_adjectives"))
        and _led(scene, m.first)
    ]
    code = str(concepts()["police"]["provider"])
    return [Voice(m.first, m.last, code, Part.ALL) for m in led[:1]]


def _led(scene: Scene, place: int) -> bool:
    """Whether a noun stands behind a preposition: `in a`, `tras el`."""
    while scene.isa(place - 1, "determiners") or scene.isa(place - 1, "indefinites"):
        place -= 1
    return scene.among(place - 1, ("prepositions", "locatives"))
