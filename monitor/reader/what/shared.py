"""What is said once of people, and holds for two numbers beside each other."""

from __future__ import annotations

import itertools

from monitor.reader.drafts import PEOPLE, Own
from monitor.reader.sentence.scene import Field, Scene


def share_restated(scene: Scene, owns: list[Own]) -> None:
    """`383, or 35 percent, were children`: what is said of the share is said of the number."""
    if not scene.standing["restating"]:
        return
    for (one, two), (first, second) in zip(itertools.pairwise(owns), itertools.pairwise(scene.fields), strict=True):
        gap = range(first.amount.last, second.amount.first)
        said = any(scene.isa(p, "restating") for p in gap)
        plain = said and all(scene.word(p) in {",", "-"} or scene.isa(p, "restating") for p in gap)
        if plain and (first.amount.unit, second.amount.unit) == ("count", "percent"):
            one.traits = {**two.traits, **one.traits}
            one.person = one.person or two.person


def share_subjects(scene: Scene, owns: list[Own]) -> None:
    """`Venezuelans were 1 percent in 2017 but made up 24 percent in 2021`: of the same people."""
    for (one, two), (first, field) in zip(itertools.pairwise(owns), itertools.pairwise(scene.fields), strict=True):
        joint = field.first + (scene.word(field.first) == ",")
        verb = scene.joins(joint) and scene.isa(joint + 1, "copulas")
        shares = first.amount.unit == field.amount.unit == "percent"
        bare = not any(name in two.traits for name in PEOPLE)
        if verb and shares and bare and not scene.within(joint, field.amount.first, "person"):
            two.traits.update({name: value for name, value in one.traits.items() if name in PEOPLE})


def share_nations(scene: Scene, owns: list[Own]) -> None:
    """`31 men and nine women of Haitian nationality`: what stands behind the last of them is said of all."""
    if not (scene.standing["nationality_nouns"] or scene.standing["origins"]):
        return
    pairs = list(zip(itertools.pairwise(owns), itertools.pairwise(scene.fields), strict=True))
    for (one, two), (first, field) in reversed(pairs):
        nation = two.traits.get("citizenship")
        told = scene.has("nationality_nouns", field.amount.last, field.last) or _by_sex(scene, first, field)
        row = scene.joins(field.first) and not scene.has(",", first.amount.last, field.first)
        if nation and told and row and one.person and two.person and "citizenship" not in one.traits:
            one.traits["citizenship"] = nation


def _by_sex(scene: Scene, one: Field, two: Field) -> bool:
    """`17 men and 26 women from Malaysia`: bare nouns of either sex, and behind them a country for both."""
    first, second = (scene.starts.get(field.amount.last) for field in (one, two))
    if first is None or second is None or first.last != two.first or not scene.isa(second.last, "origins"):
        return False
    return all("sex" in noun.facts and "citizenship" not in noun.facts for noun in (first, second))


def share_past_places(scene: Scene, owns: list[Own]) -> None:
    """`1,326 people in ten regions attended courses`: what stands behind a number of places is said of the people."""
    regions = scene.words.grammar["region_nouns"]
    for (one, two), (first, field) in zip(itertools.pairwise(owns), itertools.pairwise(scene.fields), strict=True):
        if two.act is None or two.foreign not in regions or not one.person or one.act is not None:
            continue  # what was done to them is told behind
        noun = scene.starts.get(first.amount.last)
        where = first.amount.last if noun is None else noun.last
        if scene.among(where, ("locatives", "of")) and where + 1 >= field.amount.first:
            one.act = two.act
