"""Whose deed a text has told, where only a sentence behind the figures says so."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.reader.drafts import EVENTFUL, Draft
from monitor.reader.sentence.scene import Scene
from monitor.reader.who.parts import NOBODY, Voice

_FRONT = 3  # tokens in which a sentence names the operation that it speaks of
_DAY = len("2020-01-31")


def claim(scene: Scene, heard: list[Voice], unsourced: Iterable[Draft]) -> None:
    """`The operation of the police took place at dawn`: gives what was told of it before to the one that did it."""
    if len(heard) != 1 or heard[0].code == NOBODY or not _operation(scene):
        return
    for draft in unsourced:
        if draft.indicator in EVENTFUL and draft.amount.unit == "count" and _brief(draft):
            draft.provider = heard[0].code


def _operation(scene: Scene) -> bool:
    raid = next((m for m in scene.within(0, _FRONT, "indicator") if m.concept == "operations"), None)
    told = raid is not None and scene.isa(raid.first - 1, "determiners")
    return told and raid is not None and not scene.isa(raid.first - 1, "indefinites")


def _brief(draft: Draft) -> bool:
    """Whether a figure can be of one raid: of a day, or of no time."""
    return draft.period is None or len(draft.period) >= _DAY
