"""Numbers that stand in a row, with nothing but `and` and commas between them."""

from __future__ import annotations

from monitor.reader.sentence.scene import Scene


def chains(scene: Scene) -> list[list[int]]:
    """The numbers of the fields that stand in a row, with nothing but `and` and commas between them."""
    found: list[list[int]] = []
    for place, field in enumerate(scene.fields):
        joined = place > 0 and bare(scene, scene.fields[place - 1].amount.last, field.amount.first)
        if joined and found:
            found[-1].append(place)
        else:
            found.append([place])
    return [chain for chain in found if len(chain) > 1]


def bare(scene: Scene, first: int, last: int) -> bool:
    """Whether nothing but `and`, commas and the like stands between two numbers."""
    return last - first <= 3 and all(
        scene.word(place) == "," or scene.isa(place, "separators") or scene.isa(place, "carriers")
        for place in range(first, last)
    )
