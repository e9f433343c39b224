"""A place or form that is said once, behind a list or a part, and holds for the numbers before it, too."""

from __future__ import annotations

from monitor.reader.binding.refusals import OTHER_THING
from monitor.reader.drafts import STOCKS, Draft
from monitor.reader.sentence.scene import Field, Scene
from monitor.reader.what.heads import COMPLICIT
from monitor.reader.where import enumerations

_CRIME = 3  # tokens between `exploiting` and the number of those exploited
_CLAUSE = 7  # tokens in which a clause comes to its place


def spread_places(scene: Scene, drafts: list[Draft]) -> None:
    """`18 women and four men in Tumbes`: a place or form at the end of a list holds for the whole of it."""
    listed = resumes = False
    for place in range(len(drafts) - 1, 0, -1):
        one, two, field = drafts[place - 1], drafts[place], scene.fields[place]
        area = two.traits.get("area") if listed or resumes else two.own.traits.get("area")
        resumes = False
        area = None if two.own.origin or two.own.bound else area
        if field.depth > 0 and area is not None and _behind_bracket(scene, field):
            _fill_bracket(scene, drafts, two)
        if two.own.linked and area is not None and (resumed := _resumed(scene, field, area)) is not None:
            resumes = _place(one, resumed)  # `detained 21 and freed 58, 49 of them women, at clubs in Ica`: all of them
        if area is not None and two.own.origin is False and _wronged(scene, one, two):
            _place(one, area)
        joined = scene.joins(field.first) or scene.isa(field.first + (scene.word(field.first) == ","), "besides")
        counted = two.own.head is not None or two.own.person or two.dropped == OTHER_THING or listed
        listed = area is not None and counted and (joined or (listed and scene.word(field.first) == ","))
        listed = listed and (_place(one, area or "") or one.traits["area"] == area)
        form = two.own.traits.get("form")
        shares = one.amount.unit == two.amount.unit == "percent" and scene.word(one.amount.first - 1) != "("
        if (
            joined
            and form is not None
            and two.traits.get("form") == form
            and one.indicator == two.indicator
            and not shares
            and not scene.within(one.amount.last, two.amount.first, "topic")  # `40 for trafficking and 9 for labour`
        ):
            one.traits.setdefault("form", two.own.traits["form"])


def _wronged(scene: Scene, one: Draft, two: Draft) -> bool:
    """`sentenced three men for trafficking 17 women in Callao`: those whom the others are charged with."""
    gap = range(one.amount.last, two.amount.first)
    crimes = [scene.inside[p] for p in range(two.amount.first - _CRIME, two.amount.first) if p in scene.inside]
    told = any("topic" in crime.facts or crime.facts.get("act") == "victims" for crime in crimes)
    charged = told and any(scene.isa(place, "charged_for") for place in gap)
    return charged and one.indicator in COMPLICIT and not any(scene.word(place) == ";" for place in gap)


def _place(draft: Draft, area: str) -> bool:
    """Gives a place to a number that names none; whether it had none."""
    if "area" in draft.traits and not draft.framed:
        return False
    draft.traits["area"], draft.framed = area, False
    return True


def _behind_bracket(scene: Scene, field: Field) -> bool:
    """`Five people (three women and two men) were taken in Ica`: the place stands behind the bracket, for all."""
    places = scene.within(field.amount.last, field.last, "area")
    return bool(places) and scene.has(")", field.amount.last, places[0].first)


def _fill_bracket(scene: Scene, drafts: list[Draft], last: Draft) -> None:
    """The place goes to all numbers of the bracket, and to the one before it."""
    for draft, field in zip(reversed(drafts), reversed(scene.fields), strict=True):
        if draft.amount.first <= last.amount.first:
            _place(draft, last.own.traits["area"])
            if field.depth == 0:
                return


def _resumed(scene: Scene, field: Field, area: str) -> str | None:
    """`Eight women, three of them minors, were found in ...`: the place of a main clause that goes on behind a part.

    It is another than that of the part in `30 women, 12 of them from Cusco, in a raid in Juliaca`.
    """
    chains = enumerations.chains_within(scene, field.amount.last, field.last)
    for one, chain in enumerate(chains[:2]):
        first = field.amount.last if one == 0 else max(chains[0][-1].last, chain[0].first - _CLAUSE)
        commas = [place for place in range(first, chain[0].first) if scene.word(place) == ","]
        commas = [
            p for p in commas if p not in {m.last for m in scene.named("period")}
        ]  # `two of which opened in 2019, in Ica`
        if any(scene.among(place + 1, ("copulas", "locatives", "charged_for")) for place in commas):
            return enumerations.codes(chain) if one else area
    return None


def place_of_others(scene: Scene, drafts: list[Draft]) -> None:
    """`nine women were found in three brothels of Tacna`: place and form belong to what is counted before."""
    *before, two = drafts
    if two.dropped != OTHER_THING:
        return
    for slot in ("area", "form"):
        for one in reversed(before) if slot in two.own.traits else ():
            if slot in one.own.traits or (one.indicator in STOCKS and _comma_between(scene, one, two)):
                break
            if scene.has(";", one.amount.last, two.amount.first):
                break
            if slot == "area":
                _place(one, two.own.traits[slot])
            one.traits.setdefault(slot, two.own.traits[slot])
            if not (one.own.shared or one.host is not None):
                break


def _comma_between(scene: Scene, one: Draft, two: Draft) -> bool:
    """`The unit, with 41 officers, visited 20 camps in Ucayali`: officers and offices are not only where they go."""
    return scene.has(",", one.amount.last, two.amount.first)
