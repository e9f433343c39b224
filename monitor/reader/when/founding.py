"""When something that goes on came to be: no time of what it has done since."""

from __future__ import annotations

from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Field, Scene

_EXACT = frozenset({"month", "bare_month", "day", "day_of_month"})
_FOUNDED = 3  # tokens between `began` and when
_DATED = 4  # tokens behind a beginning in which its date stands
_SINCE = 11  # tokens between `since it opened` and when that was


def opened(scene: Scene, mention: Mention) -> bool:
    """`since the service opened in March 2006`: the time when something began that goes on."""
    ends = {other.last - 1 for other in scene.within(0, mention.first, "period")}
    for place in range(mention.first - 1, max(mention.first - _SINCE, 0) - 1, -1):
        if scene.isa(place, "since") and place not in scene.inside:
            behind = scene.starts.get(place + 1 + scene.isa(place + 1, "determiners"))
            placed = behind is not None and ("country" in behind.facts or "area" in behind.facts)
            spoken = behind is not None and "provider" in behind.facts and scene.word(behind.last) == ","
            placed = placed or spoken  # `Desde la ONG, en 2020 ...`
            return place < mention.first - 1 and not placed  # not `repatriated desde Bolivia en 2025`
        if place in ends or any(field.amount.first == place for field in scene.fields):
            return False
        if scene.word(place) == "," and place != mention.first - 1:
            return False
    return False


def undated(scene: Scene, field: Field) -> bool:
    """`since the law took effect`, `desde su creación`: from a beginning on that the sentence does not date."""
    for place in scene.places("since"):
        stop = next((p for p in range(place, len(scene.tokens)) if scene.word(p) in {",", ";"}), len(scene.tokens))
        last = min(stop, place + _SINCE)
        told = scene.has("founded", place, last) or scene.has("beginnings", place, last)
        dated = scene.within(place, last + _DATED, "period")
        here = place < field.amount.first or place < field.last
        if told and here and place not in scene.inside and not dated:
            return True
    return False


def begun(scene: Scene, field: Field, mention: Mention) -> bool:
    """`The inquiry that ended with 26 arrests had begun in Lima on 15 July`: when, said behind a number."""
    before = range(max(mention.first - _FOUNDED, field.amount.last), mention.first)
    return any(scene.isa(place, "founded") and scene.isa(place - 1, "pluperfect") for place in before)


def created(scene: Scene, field: Field, mention: Mention) -> bool:
    """`The unit was created in 2010 and has five officers`: when it came to be, said before another verb."""
    first = field.amount.first
    behind = scene.starts.get(mention.last)
    verb = scene.isa(mention.last, "copulas") or (behind is not None and "act" in behind.facts)
    inner = verb and scene.has("relatives", mention.first - _SINCE, mention.first)
    return (
        mention.last < first
        and (
            inner
            or scene.joins(mention.last)
            or (scene.word(mention.last) == "," and not scene.isa(mention.last + 1, "of"))
        )
        and founded(scene, mention)
        and not opened(scene, mention)
    )


def founded(scene: Scene, mention: Mention) -> bool:
    """`the project began in 2016`, `fue creada en 2010`: when something that goes on came to be."""
    return scene.has("founded", mention.first - _FOUNDED, mention.first) and not of_an_event(scene, mention)


def of_an_event(scene: Scene, mention: Mention) -> bool:
    """`A crackdown launched in February 2019 freed 51 women`: a month or a day of what was done in it."""
    raids = scene.within(mention.first - _SINCE, mention.first, "indicator")
    return mention.facts["period"] in _EXACT and bool(raids) and raids[-1].facts["indicator"] == "operations"


def in_relative(scene: Scene, field: Field, mention: Mention) -> bool:
    """`Those freed, who had not been paid since January, were taken to Ica, where 15 ...`: a time of what they were."""
    if mention.last > field.amount.first or not scene.has(",", mention.last, field.amount.first):
        return False
    comma = next((p for p in range(mention.first - 1, field.first, -1) if scene.word(p) == ","), None)
    if comma is None or not scene.isa(comma + 1, "relatives"):
        return False
    who = scene.inside.get(comma - 1)
    return who is not None and ("person" in who.facts or who.facts.get("measure") == "rescued")
