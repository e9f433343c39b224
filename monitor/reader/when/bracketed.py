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
