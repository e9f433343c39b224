"""What a text says of the crime as such, whenever: `seven out of ten victims are women`."""

from __future__ import annotations

from monitor.reader.sentence.amounts import Amount
from monitor.reader.sentence.scene import Scene

_NOUN, _VERB = 4, 6  # tokens that may stand before the noun that a share is of, and between it and its verb
_ASIDE = 9  # tokens of a remark on those counted
_COUNTED = frozenset({"heads", "people"})


def general(scene: Scene, amount: Amount) -> bool:
    """`seven out of ten victims are ...`, `1,300 women are exploited there`: what is so as such, whenever."""
    nouns = [m for m in scene.within(amount.last, amount.last + _NOUN, "group") if m.facts["group"] in _COUNTED]
    if not nouns or scene.has("determiners", amount.last, nouns[0].first):
        return False
    last = _past_aside(scene, nouns[-1].last)
    verbs = [place for place in range(last, last + _VERB) if scene.isa(place, "present")]
    if not verbs or amount.unit == "percent":
        return bool(verbs)
    said = verbs[0] + 1 + scene.isa(verbs[0] + 1, "copulas")  # `are being cared for`
    return scene.word(said).endswith(tuple(scene.words.grammar["participles"]))


def _past_aside(scene: Scene, place: int) -> int:
    """`2,000 people, among them 500 children, are exploited there`: behind what commas set apart."""
    if scene.word(place) != ",":
        return place
    behind = next((p + 1 for p in range(place + 1, place + _ASIDE) if scene.word(p) == ","), place)
    return place if scene.isa(behind, "relatives") else behind
