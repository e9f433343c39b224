"""From one number to another: `rose from 12% to 20% of the cases between 2019 and 2021`, two values of one thing."""

from __future__ import annotations

import itertools

from monitor.reader.drafts import Own
from monitor.reader.sentence.scene import Field, Scene

_YEARS = len("2019/2021")
_CLAUSE = 8  # tokens between a verb of change and the colon
_LIGHT = 5  # tokens between `from` and its number
_GAP = 6  # tokens between the two numbers: a noun and a year


def share_changes(scene: Scene, owns: list[Own]) -> None:
    """Gives to either of two such numbers what only the other says, and to each its end of the years."""
    pairs = list(zip(itertools.pairwise(owns), itertools.pairwise(scene.fields), strict=True))
    for (one, two), (first, second) in pairs:
        if not from_to(scene, first, second):
            continue
        two.traits = {**one.traits, **two.traits}
        one.traits = {**two.traits, **one.traits}
        if one.head is None and not one.person:
            one.head, one.person, one.fallback, one.act = two.head, two.person, two.fallback, two.act
        years = next((own.period for own in (two, one) if own.timed and own.period is not None), None)
        if years is not None and len(years) == _YEARS and "-" not in years and not (one.timed and two.timed):
            one.timed = two.timed = True
            one.period, _, two.period = years.partition("/")


def from_to(scene: Scene, one: Field, two: Field) -> bool:
    """Whether `from` stands before the first number, and `to` before the second, with a verb that tells of a change."""
    start = _led_by(scene, one.amount.first, "starts")
    end = _led_by(scene, two.amount.first, "change_ends")
    if start is None or end is None or not one.amount.last <= end <= one.amount.last + _GAP:
        return False
    gap = range(one.amount.last, end)
    return _moved(scene, start) and not any(scene.word(p) in {",", ";", ":", "(", ")"} or scene.joins(p) for p in gap)


def _led_by(scene: Scene, first: int, kind: str) -> int | None:
    """Where `from` behind its verb, or `to`, stands before a number; `more than` or `being a` may stand between."""
    for place in range(first - 1, max(first - 1 - _LIGHT, -1), -1):
        if scene.isa(place, kind) and (kind != "starts" or _moved(scene, place)):
            return place
        qualifier = place in scene.inside and "qualifier" in scene.inside[place].facts
        if not qualifier and not scene.among(place, ("determiners", "copulas", "being")):
            return None
    return None


def _moved(scene: Scene, place: int) -> bool:
    """`went from`, `pasaron de`: a verb, or a noun such as `a drop`, right before."""
    mention = scene.inside.get(place - 1)
    told = mention is not None and mention.facts.get("link") in {"rise", "change"}
    colon = scene.word(place - 1) == ":" and scene.has("movers", place - _CLAUSE, place)  # `Cayó el número: de 36 a 21`
    return told or colon or scene.isa(place - 1, "movers")
