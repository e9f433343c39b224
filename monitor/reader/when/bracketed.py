"""The time of a number in brackets, said right before them: `more than in the same months of 2019 (45 complaints)`."""

from __future__ import annotations

from monitor.reader.sentence.scene import Field, Scene
from monitor.reader.when.moments import Moment
from monitor.reader.when.times import said, times


def before_bracket(scene: Scene, field: Field, moment: Moment) -> str | None:
    """The period of a number alone in its brackets, None where no time stands right before them."""
    bracket = field.amount.first - 1
    if scene.word(bracket) != "(":
        return None
    named = [mention for mention in times(scene) if mention.last == bracket]
    closing = next((place for place in scene.places(")") if place > bracket), -1)
    alone = not any(field.amount.last <= other.amount.first < closing for other in scene.fields)
    return said(scene, named[0], moment) if named and alone else None


def bracketed_on(scene: Scene, field: Field) -> bool:
    """`It assisted 2,300 victims (1,600 in 2017)`: a number with its time in brackets, right behind what it goes on."""
    at, bracket = scene.fields.index(field), field.amount.first - 1
    if at == 0 or scene.word(bracket) != "(":
        return False
    closing = next((place for place in scene.places(")") if place > bracket), -1)
    told = [mention for mention in times(scene) if field.amount.last <= mention.first < closing]
    alone = at + 1 == len(scene.fields) or scene.fields[at + 1].amount.first > closing
    gap = range(scene.fields[at - 1].amount.last, bracket)
    plain = not any(scene.word(place) == "," for place in gap)
    return bool(told) and alone and plain and not scene.within(gap.start, bracket, "area")
