"""Words of comparison: behind which nothing is compared, and what a figure is compared with."""

from __future__ import annotations

from monitor.reader.sentence.amounts import Amount
from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Scene

_TIME = 3  # tokens behind `mientras que en` in which a time begins


def of_places(scene: Scene, mention: Mention) -> bool:
    """`mientras que en Cusco hubo 30`: what is set beside another place is of the same time; so is a new topic.

    Behind `mientras que en`, only a time is one that is compared with.
    """
    behind = scene.starts.get(mention.last)
    placed = scene.isa(mention.last - 1, "locatives") and scene.isa(mention.last - 2, "that_words")
    placed = placed and not scene.within(mention.last, mention.last + _TIME, "period")
    return _turns(scene, mention) or placed or (behind is not None and "area" in behind.facts)


def contrasted(scene: Scene, mention: Mention, last: int) -> bool:
    """`a diferencia de lo que pasa en el resto del país, ... el 56 %`: what only the aside is unlike, behind it."""
    if not any(scene.isa(place, "comparers") for place in range(mention.first, mention.last)):
        return False
    comma = next((place for place in range(mention.last, last) if scene.word(place) == ","), 0)
    return comma > 0 and not scene.isa(comma + 1, "relatives")


def figure_before(scene: Scene, amount: Amount) -> bool:
    """`The figure is higher than the 2,820 of ...`, `Ese total supera los ...`: what has just been counted."""
    named = next((place for place in range(1, amount.first) if scene.isa(place, "number_nouns")), None)
    if named is None or not scene.among(named - 1, ("determiners", "standing_after")) or scene.isa(named + 1, "of"):
        return False
    return not any(scene.within(0, amount.first, fact) for fact in ("indicator", "person"))


def _turns(scene: Scene, mention: Mention) -> bool:
    """`Respecto a la edad, 40 ...`: what is spoken of next, for nothing that could be compared stands there."""
    if not any(scene.isa(place, "turning") for place in range(mention.first, mention.last)):
        return False
    comma = next((p for p in range(mention.last, len(scene.tokens)) if scene.word(p) == ","), 0)
    things = any(_set_against(scene, mention.last, comma, fact) for fact in ("period", "area", "country"))
    numbers = any(mention.last <= field.amount.first < comma for field in scene.fields)
    return mention.first == 0 and comma > 0 and not things and not numbers


def _set_against(scene: Scene, first: int, comma: int, fact: str) -> bool:
    """Whether a time or place there is compared with; not in `Respecto a las víctimas de 2017, 210 eran mujeres`."""
    noun = any(m.facts["group"] in {"heads", "people"} for m in scene.within(first, comma, "group"))
    named = scene.within(first, comma, fact)
    return bool(named) and not (noun and not scene.within(comma, len(scene.tokens), fact))
