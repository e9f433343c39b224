"""Clauses that look at another time than the one a text speaks of."""

from __future__ import annotations

from monitor.reader.sentence.scene import Field, Scene

_WHICH = 4  # tokens from `year` to the end of `in which`


def asides(scene: Scene, field: Field) -> bool:
    """`2.7 million, which in 2015 had been 3.1`, `above 2015, when it had been 3.1`: a clause that looks elsewhere."""
    for comma in range(field.first, field.amount.first):
        place = comma + (scene.word(comma) == ",")
        following = scene.starts.get(place + 1)
        opened = place > comma or comma == field.first
        if opened and scene.isa(place, "relatives") and following is not None and "period" in following.facts:
            return not scene.has(",", place, field.amount.first)
    joints = [p for p in scene.places("when") if field.first < p < field.amount.first]
    joints += [p for p in scene.places("year_nouns") if field.first < p < field.amount.first and _in_which(scene, p)]
    joints = [p - scene.isa(p - 1, "indefinites") for p in joints]
    ends = {p - (scene.word(p - 1) == ",") for p in joints}
    return any(mention.last in ends for mention in scene.within(field.first, field.amount.first, "period"))


def _in_which(scene: Scene, place: int) -> bool:
    """`2019, a year in which`, `2019, año en que`."""
    opened = scene.word(place - 1 - scene.isa(place - 1, "indefinites")) == ","
    return opened and any(scene.isa(p, "relatives") for p in range(place + 1, place + _WHICH))
