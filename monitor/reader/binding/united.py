"""Numbers that stand for several told before them, and those that a share is of."""

from __future__ import annotations

from monitor.reader.drafts import PEOPLE, Draft
from monitor.reader.sentence.scene import Scene

_OF_THE = 2  # tokens between a share and those it is of


def add_up(drafts: list[Draft], recent: list[Draft]) -> None:
    """`44 were Bolivian and 21 Colombian; together they are 47 per cent`: what all of them have in common."""
    draft = drafts[-1]
    row = [other for other in (drafts[:-1] or recent) if other.indicator == draft.indicator]
    for name in PEOPLE:
        said = {other.traits.get(name) for other in row}
        if len(said) > 1:
            draft.traits.pop(name, None)
        if len(said) > 1 and name == "citizenship" and not said & {None, "PE"}:
            draft.traits[name] = "foreign"


def of_base(scene: Scene, drafts: list[Draft]) -> bool:
    """The second of `47% de las 138 identificadas`: all of whom the share is a part."""
    draft, before = drafts[-1], drafts[-2] if len(drafts) > 1 else None
    share = before is not None and before.amount.unit == "percent" and draft.amount.unit == "count"
    if before is None or not share or not draft.own.definite:
        return False
    gap = range(before.amount.last, draft.amount.first)
    return 0 < len(gap) <= _OF_THE and scene.isa(gap.start, "of")
