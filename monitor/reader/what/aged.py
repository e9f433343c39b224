"""The ages of those whom a number counts: bands, bounds, and the one age of several."""

from __future__ import annotations

from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.numbers import idiom
from monitor.reader.sentence.scene import Field, Scene
from monitor.reader.statistic import TOTAL

_PENALTY = 4  # tokens from a penalty to its years
_AGED = 4  # tokens from a noun to the age of those it names
_ADULT = 18  # years
_BELOW = "Y_LT"
_TWO = 2  # persons, with the age of each
_AGE_WORD = 3  # tokens between `group` and `of age`


def of_one_age(scene: Scene, field: Field) -> str:
    """`two girls of 17 years`, `four victims, all 16 years old`: minors, or grown where others are; else empty."""
    first = field.amount.last
    if field.amount.unit != "count":
        return ""
    noun = scene.starts.get(first)
    said = noun is not None and ("person" in noun.facts or noun.facts.get("link") == "part")
    first = noun.last if noun is not None and said else first  # `two of them just 16 years old`
    aged = next((m for p in range(first, first + _AGED) if (m := scene.starts.get(p)) is not None), None)
    if aged is None or aged.concept != "single_age" or not aged.slots:
        return ""
    gap = range(first, aged.first)
    light = all(scene.word(p) == "," or scene.among(p, ("adverbs", "determiners")) for p in gap)
    if not light or any(scene.isa(p, "mostly") for p in gap) or scene.isa(aged.last, "definite"):
        return ""
    others = [m for m in scene.mentions if m.concept == "single_age" and m is not aged]
    if all(value < _ADULT for _, value in aged.slots):
        return "Y0T17"
    return "Y_GE18" if any(value < _ADULT for other in others for _, value in other.slots) else ""


def nearest_age(scene: Scene, field: Field, ages: list[Mention]) -> list[Mention]:
    """`those of 13 to 17 are followed by those of 18 to 24 (30%)`: the band that the number is said of."""
    bands = [mention for mention in ages if mention.facts["group"] == "ages"]
    if bands and (of_sentences(scene, field) or _of_penalties(scene, bands)):
        return [mention for mention in ages if mention.facts["group"] != "ages"]
    if len(bands) < 2:
        return ages
    behind = [m for m in bands if m.first >= field.amount.last and not scene.has(",", field.amount.last, m.first)]
    before = [mention for mention in bands if mention.first < field.amount.first]
    return behind[:1] or before[-1:] or ages


def _of_penalties(scene: Scene, bands: list[Mention]) -> bool:
    """`sentences with terms of up to 15 years`, `las penas van de 12 a 30 años`: how long someone is locked up."""
    return any(scene.has("penalty_nouns", mention.first - _PENALTY, mention.first) for mention in bands)


def of_sentences(scene: Scene, field: Field) -> bool:
    """`three sentences, all of more than 15 years`: how long they are, and no age."""
    noun = scene.starts.get(field.amount.last + scene.isa(field.amount.last, "modifiers"))
    return noun is not None and noun.facts.get("indicator") == "convictions" and not noun.facts.get("person")


def told_age(scene: Scene, field: Field, mention: Mention) -> str:
    """The code of an age; `two minors of 15 and 16 years` have each one of their own."""
    numbers = [int(value) for slot, value in mention.slots if slot == "age"]
    each = field.amount.value == len(numbers) == _TWO and field.amount.unit == "count"
    inner = range(mention.first, mention.last)
    listed = any(scene.isa(place, "separators") for place in inner)
    ranged = any(idiom(scene.tokens, place, scene.words.idioms["range_starts"]) for place in inner)
    if each and listed and not ranged:
        return "Y0T17" if max(numbers) < _ADULT else TOTAL
    return band(mention)


def band(mention: Mention) -> str:
    """The code of an age, with the numbers of the phrase put in."""
    kind = mention.facts["age"]
    numbers = [0] * (kind == "from_birth") + [int(value) for _, value in mention.slots]
    if kind in {"band", "pair", "from_birth"}:
        return f"Y{numbers[0]}T{numbers[1]}"
    if kind == "under":
        return "Y0T17" if numbers[0] == 18 else f"Y_LT{numbers[0]}"
    if kind == "up_to":
        return "Y0T17" if numbers[0] == 17 else f"Y_LT{numbers[0] + 1}"
    if kind == "over":
        return f"Y_GE{numbers[0] + (numbers[0] == _ADULT - 1 or numbers[0] % 5 == 4)}"  # bands begin at 18, 30, 45, 60
    if kind == "all":
        return TOTAL
    return f"Y_GE{numbers[0]}" if kind == "over_equal" else str(kind)


def age(said: list[str]) -> str:
    """The most exact of the ages named, none where they contradict each other."""
    exact = [age for age in said if age not in {"Y0T17", "Y_GE18", "Y_GE60"}]
    limit = int(exact[0].removeprefix(_BELOW)) - 1 if exact and exact[0].startswith(_BELOW) else 0
    if "Y_GE18" in said and limit > _ADULT:
        return f"Y18T{limit}"  # `adults of up to 30 years`
    if exact:
        return exact[0]
    return said[0] if len(set(said)) == 1 else ""


def same_age(scene: Scene, field: Field) -> bool:
    """`445 were in that age group`, `en ese grupo etario`: an age that was told before."""
    for place in scene.standing["age_groups"]:
        named = scene.isa(place - 1, "age_words")
        told = named or scene.has("age_words", place + 1, place + _AGE_WORD)
        if told and field.first <= place < field.last and scene.among(place - 1 - named, ("standing_after", "these")):
            return True
    return False


def begins(scene: Scene, mention: Mention) -> int:
    """Where a mention begins: with the comma in `five girls, aged between 14 and 16`."""
    before = scene.inside.get(mention.first - 2) if mention.facts.get("age") in {"band", "pair"} else None
    aged = before is not None and "person" in before.facts and scene.word(mention.first - 1) == ","
    return mention.first - aged
