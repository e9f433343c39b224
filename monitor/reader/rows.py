"""Rows of tables, written as lines: `Complaints; Region: Lima; 2024: 88; 2025: 102.`"""

from __future__ import annotations

from monitor.reader import areas
from monitor.reader.drafts import PEOPLE, Own
from monitor.reader.scene import Scene


def fill_row(scene: Scene, owns: list[Own]) -> None:
    """What caption and cells before the first number say holds for every number of a row that says nothing else."""
    if not _row(scene):
        return
    lead = scene.fields[0].first
    heads = [mention for mention in scene.within(0, lead, "indicator") if mention.facts["group"] == "heads"]
    said = {slot: {m.facts[slot] for m in scene.within(0, lead, slot)} for slot in (*PEOPLE, "form")}
    shared = {slot: str(found.pop()) for slot, found in said.items() if len(found) == 1}
    if (area := areas.last_area(scene, lead)) is not None:
        shared["area"] = area
    for own in owns:
        own.traits = {**shared, **own.traits}
        if heads and own.head is None:
            own.head, own.person, own.noun = heads[0].facts["indicator"], bool(heads[0].facts.get("person")), True


def fill_columns(owns: list[Own], columns: list[str]) -> None:
    """`Lima / 120 / 140` under `Region / 2018 / 2019`: as many numbers as years stand under them in order."""
    if len(owns) == len(columns) and not any(own.timed for own in owns):
        for own, year in zip(owns, columns, strict=True):
            own.timed, own.period = True, year


def _row(scene: Scene) -> bool:
    """Whether every number stands in a cell of its own, behind a heading, and other cells stand before the first."""
    cells = any(scene.word(place) == ";" for place in range(scene.lead))
    return cells and all(scene.word(field.amount.first - 1) == ":" for field in scene.fields)
