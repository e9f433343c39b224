"""The one raid or rescue that a text tells of: whether it begins with one, and where that took place."""

from __future__ import annotations

from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Scene
from monitor.reader.where import areas, enumerations
from monitor.reader.where.country import COUNTRY, declared

_TOLD = 10  # sentences in which the place of an event is told
_TOLD_BY = 7  # sentences from the top of a text that begins with an event
_OPENING = 3  # sentences with a number, one of which tells of the event that a story is about
_TIMES = 2  # how much more than an example the event must be
_NOUN = 2  # tokens behind a number in which its noun stands
_NO_RAID = 400  # no raid rescues or arrests so many
_DEEDS = frozenset({"rescue", "detain", "dismantle", "detainees", "rescued_people"})
_EVENTS = _DEEDS | {"operations", "detentions"}
_SHORT = frozenset(
    {
        "day",
        "day_of_month",
        "weekday",
        "yesterday",
        "days",
        "days_bare",
        "bare_month",
        "month",
        "weekend",
        "weekday_day",
        "vague_time",
        "now",
        "up_to_now",
    }
)


def brief(scene: Scene) -> bool:
    """Whether a sentence names no time longer than a month."""
    return all(mention.concept in _SHORT for mention in scene.named("period"))


def story(scenes: list[Scene], title: list[Mention]) -> bool:
    """Whether a text begins with one raid, rescue or arrest, and not with the figures of a year."""
    told = any(mention.concept in _DEEDS for mention in title)
    if any(scene.word(len(scene.tokens) - 1) == "?" for scene in scenes[:_OPENING]):
        return False  # an interview
    for scene in [scene for scene in scenes[: None if told else _TOLD_BY] if scene.fields][:_OPENING]:
        if not brief(scene) or declared(scene) or _most(scene) >= _NO_RAID:
            return False
        if told or any(_deed(scene, mention) or _single(scene, mention) for mention in scene.mentions):
            return True
    return False


def _most(scene: Scene) -> float:
    return max((field.amount.value for field in scene.fields if field.amount.unit == "count"), default=0)


def _deed(scene: Scene, mention: Mention) -> bool:
    """A rescue or an arrest; not in `victims rescued in raids`, of whom something else is told."""
    named = mention.facts["group"] == "heads" and any(m.last == mention.first for m in scene.named("person"))
    return mention.concept in _DEEDS and not named


def _single(scene: Scene, mention: Mention) -> bool:
    """`a dawn raid`, `the rescue of`: one operation."""
    if mention.concept != "operations":
        return False
    endings = tuple(scene.words.grammar["plural_endings"])
    named = any(scene.isa(place, "determiners") for place in range(mention.first - 3, mention.first))
    return named and not scene.word(mention.last - 1).endswith(endings)


def of_event(scene: Scene) -> bool:
    """Whether a sentence tells of a raid, a rescue or an arrest."""
    return any(mention.concept in _EVENTS for mention in scene.mentions) and brief(scene)


def _example(opening: Scene | None, scene: Scene) -> bool:
    """`Police rescued 300 victims. In one case, they freed 12 in Ica`: the same again, but far fewer."""
    people = [
        field.amount.value
        for field in scene.fields
        if scene.within(field.amount.last, field.amount.last + _NOUN, "person")
    ]
    if opening is None or not people or max(people) * _TIMES >= _most(opening):
        return False
    return any(mention.concept in _DEEDS & {other.concept for other in opening.mentions} for mention in scene.mentions)


def only_region(scenes: list[Scene], main: str | None) -> str | None:
    """The only region that a story names, unless it names it for an example."""
    opening = next((scene for scene in scenes if scene.fields and of_event(scene)), None)
    return None if any(_example(opening, scene) for scene in scenes if areas.told(scene)) else main


def scene_of(scenes: list[Scene], title: list[Mention]) -> str | None:
    """Where the event took place: in the title, else in the first sentence on it that names a place."""
    codes = {str(mention.facts["area"]) for mention in title if "area" in mention.facts}
    if len(codes) == 1:
        return codes.pop()
    before: str | None = None
    opening: Scene | None = None
    for place, scene in enumerate(scenes[:_TOLD]):
        event = of_event(scene)
        if declared(scene) and (event or (place < _OPENING and brief(scene))):
            return COUNTRY
        chains = [chain for chain in areas.told(scene) if not areas.origin(scene, chain)]  # `12 were from Cusco`
        found = None if not chains else COUNTRY if areas.open_ended(scene, chains[0]) else enumerations.codes(chains[0])
        if event and (found or before) is not None and not _example(opening, scene):
            return found or before
        opening = opening or (scene if event and scene.fields else None)
        told_before = brief(scene) and place < _OPENING and not areas.alone(scene)
        before = before or (found if told_before else None)
    return None


def of_part(scene: Scene, mention: Mention) -> bool:
    """`900 complaints, 120 of them in Loreto`: where some of those counted are tells where the others are not."""
    if "area" not in mention.facts:
        return False
    field = next((f for f in scene.fields if f.amount.last <= mention.first < f.last), None)
    if field is None or field is scene.fields[0]:
        return False
    links = scene.within(field.first, field.amount.last + _NOUN, "link")
    return any(link.facts["link"] == "part" for link in links)
