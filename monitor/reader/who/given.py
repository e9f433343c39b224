"""Whose data somebody else tells of."""

from __future__ import annotations

from monitor.reader.sentence.scene import Scene

_NAME = 3  # words between `data` and whose they are


def owns_data(scene: Scene, first: int) -> bool:
    """`the ombudsman says, with data of the police`, `citing figures from prosecutors`: whose data it is."""
    for place in range(first - 1, max(first - _NAME, 0) - 1, -1):
        if scene.isa(place, "data_nouns") or scene.isa(place, "figure_nouns"):
            return place < first - 1 and scene.among(place + 1, ("of", "origins"))
        if not scene.among(place, ("of", "origins", "determiners")):
            return False
    return False
