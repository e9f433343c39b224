"""Whether a number that has no noun may lean on what was counted before."""

from __future__ import annotations

from monitor.reader.drafts import PEOPLE, Own
from monitor.reader.sentence.amounts import Amount
from monitor.reader.sentence.scene import Scene

_OPENED = 2  # tokens of a number with an adverb, at the head of a sentence


def leans(scene: Scene, amount: Amount, own: Own) -> bool:
    """Whether a number without a noun may lean on the sentence before: `Women were 40`, not `Room 40`."""
    place = amount.last
    if any(name in own.traits for name in (*PEOPLE, "area")) or amount.unit != "count" or (own.noun and own.person):
        return True
    if place >= len(scene.tokens) or scene.word(place) in {".", ",", ")", ";"}:
        return True
    following = scene.starts.get(place)
    if own.timed and following is not None and "period" in following.facts:
        return True  # `In 2025 there are 384 up to September`
    opens = amount.first == 0 or scene.word(amount.first - 1) == ";"
    alone = opens or (place == _OPENED and scene.isa(0, "adverbs"))
    if alone and scene.isa(place, "bare_predicates"):
        return True  # `Twelve received temporary residence`
    if alone and following is None and scene.word(place).endswith(tuple(scene.words.grammar["verb_endings"])):
        return True  # `Only 89 had to do with ...`
    kinds = ["copulas", "relatives", "separators", "adverbs"]
    if own.timed or own.traits:
        kinds += ["prepositions", "of"]
    return scene.among(place, kinds)
