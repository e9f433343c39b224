"""Institutions to whom something is done: they are named, and do not act."""

from __future__ import annotations

from monitor.reader.sentence.scene import Scene


def suffers(scene: Scene, place: int) -> bool:
    """`Police officers were accused of ...`: whether a passive stands behind a subject that ends before a place."""
    if not scene.isa(place, "copulas") or scene.isa(place, "perfects"):
        return False
    place += 1
    while scene.isa(place, "adverbs"):
        place += 1
    if scene.isa(place, "copulas"):
        return False
    told = scene.among(place, ("announcing", "reporting"))  # `were said to`
    return told or scene.word(place).endswith(tuple(scene.words.grammar["participles"]))
