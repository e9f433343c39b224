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


def reported_by(scene: Scene, agent: int) -> bool:
    """`The study by the ILO covers ...`, `..., as reported by the police`: who gives what the sentence tells."""
    study = scene.isa(agent - 1, "reviews") and all(scene.isa(place, "determiners") for place in range(agent - 1))
    return study or (scene.among(agent - 1, ("announcing", "reporting")) and scene.isa(agent - 2, "conveying"))


def in_the_media(scene: Scene, verb: int) -> bool:
    """`..., the newspaper recalled`, `Radio Nacional said`, `informó el diario`: a figure that is only passed on."""
    near = (verb - 1, verb - 2, verb + 1, verb + 2)
    return any(scene.isa(place, "media") and scene.isa(place - 1, "definite") for place in near) or any(
        scene.isa(place, "media") and scene.tokens[place].capital for place in near
    )
