"""Whom a sentence cites without a name: `according to her`, `según reveló`, `by its own figures`."""

from __future__ import annotations

from monitor.reader.sentence.scene import Scene
from monitor.reader.sentence.tokens import MARK
from monitor.reader.who.parts import NOBODY, Part, Voice
from monitor.reader.who.standing import Memory

_SOURCE = 8  # tokens behind `according to` in which a name would stand
_LED = 5  # tokens between `according` and the word that stands for someone


def leaning(scene: Scene, found: list[Voice], memory: Memory) -> list[Voice]:
    """Those that a pronoun, `his figures` or a verb without a subject stand for behind `according to`."""
    cited = []
    for place in scene.places("quoting"):
        if any(place < voice.first <= place + _SOURCE for voice in found):
            continue
        at = next((p for p in range(place + 1, place + _LED) if not _light(scene, p)), place)
        code = memory.again(kind) if (kind := _kind(scene, at)) is not None else None
        if code is not None and code != NOBODY:
            cited.append(Voice(at, at + 1, code, Part.GIVES))
    return cited


def _kind(scene: Scene, place: int) -> str | None:
    """What the word at a place can stand for: whoever spoke last, or whose data the text has."""
    if scene.isa(place, "possessives"):
        noun = place + 1 + scene.isa(place + 1, "modifiers")
        if scene.among(noun, ("given_nouns", "data_nouns", "reviews")):
            return "any"
    told = scene.isa(place, "speakers") or scene.isa(place, "cited_pronouns")
    told = told or (bool(scene.words.grammar["dropped"]) and scene.isa(place, "announcing"))
    return "speaker" if told and _ends(scene, place + 1) else None


def _ends(scene: Scene, place: int) -> bool:
    """Whether a mark or a time follows, and no subject."""
    mention = scene.starts.get(place)
    dated = mention is not None and "period" in mention.facts
    return place >= len(scene.tokens) or scene.tokens[place].kind == MARK or dated


def _light(scene: Scene, place: int) -> bool:
    kinds = ("prepositions", "of", "relatives", "that_words")
    plain = scene.among(place, kinds) or (scene.isa(place, "determiners") and not scene.isa(place, "possessives"))
    return plain and not scene.isa(place, "cited_pronouns")
