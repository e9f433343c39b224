"""Rows of tables, written as lines: `Complaints; Region: Lima; 2024: 88; 2025: 102.`"""

from __future__ import annotations

import itertools

from monitor.reader.drafts import PEOPLE, Own
from monitor.reader.sentence.scene import Scene
from monitor.reader.where import areas

_ITEM = 8  # tokens of an item of a list
_BARS = frozenset({"/", "|"})


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


def fill_cells(scene: Scene, owns: list[Own], heads: list[str | None]) -> None:
    """`Ica / 31 / 12` under `Office / cases / convictions`: the place holds for the row, each head for its column."""
    if not cells(scene):
        return
    area = areas.last_area(scene, scene.lead)
    for own, field in zip(owns, scene.fields, strict=True):
        if area is not None:
            own.traits.setdefault("area", area)
        column = sum(scene.word(place) in _BARS | {":"} for place in range(field.amount.first))
        head = heads[column] if column < len(heads) else None
        if head is not None and own.head is None:
            own.head, own.noun, own.foreign = head, True, None


def by_nation(scene: Scene) -> bool:
    """`Victims by citizenship, 2012`: a caption of rows that name countries, or a sentence that lists them."""
    return bool(scene.places("nationality_nouns")) and (not scene.fields or scene.has(":", 0, scene.lead))


def fill_nations(scene: Scene, owns: list[Own], *, captioned: bool) -> None:
    """`Ecuador: 4` under `Victims by citizenship`: the country is that of the people."""
    if not (captioned and listed(scene)) and not by_nation(scene):
        return
    for own, field in zip(owns, scene.fields, strict=True):
        named = scene.within(field.first, field.amount.first, "country")
        if named and scene.word(field.amount.first - 1) in {":", ","}:
            own.traits.setdefault("citizenship", str(named[-1].facts["country"]))


def cells(scene: Scene) -> bool:
    """Whether a sentence is a row of cells, with a name before its numbers."""
    bars = sorted(scene.places("|") + scene.places("/"))
    if not bars or not scene.fields or scene.lead == 0:
        return False
    return all(scene.word(field.amount.first - 1) in _BARS | {":"} for field in scene.fields)


def listed(scene: Scene) -> bool:
    """`- Ica: 31`: an item of a list of places, one a line."""
    short = len(scene.fields) == 1 and len(scene.tokens) <= _ITEM and scene.word(len(scene.tokens) - 1) != "."
    verbs = scene.has("copulas", 0, len(scene.tokens)) or bool(scene.named("act"))
    bare = short and scene.fields[0].amount.last == len(scene.tokens)
    labelled = bare and scene.word(scene.lead - 1) == ":"  # `Women: 411`
    return short and not verbs and (labelled or bool(scene.within(0, scene.lead, "area")))


def column_heads(scene: Scene) -> list[str | None]:
    """What the cells of a heading count, None for those that name something else."""
    bars = sorted(scene.places("|") + scene.places("/"))
    edges = [-1, *bars, len(scene.tokens)]
    found: list[str | None] = []
    for first, last in itertools.pairwise(edges):
        named = scene.within(first + 1, last, "indicator") or scene.within(first + 1, last, "act")
        facts = named[0].facts if named else {}
        found.append(facts.get("indicator") or facts.get("act"))
    told = len(bars) > 1 and not scene.fields and any(found[1:])
    return [None, *found[1:]] if told else []


def fill_columns(owns: list[Own], columns: list[str]) -> None:
    """`Lima / 120 / 140` under `Region / 2018 / 2019`: as many numbers as years stand under them in order."""
    if len(owns) == len(columns) and not any(own.timed for own in owns):
        for own, year in zip(owns, columns, strict=True):
            own.timed, own.period = True, year


def _row(scene: Scene) -> bool:
    """Whether every number stands in a cell of its own, behind a heading, and other cells stand before the first."""
    cells = scene.has(";", 0, scene.lead)
    return cells and all(scene.word(field.amount.first - 1) == ":" for field in scene.fields)
