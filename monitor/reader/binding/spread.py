"""What is said once at the end of a list, and holds for the whole of it."""

from __future__ import annotations

import itertools

from monitor.reader.drafts import PEOPLE, STOCKS, Draft
from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Scene

_CASE = 4  # tokens in which a sentence says in whose case
_HOMES = frozenset({"shelters", "shelter_places"})
_HOUSED = frozenset({"shelter_places", "victims_assisted"})


def housed(homes: Draft | None, draft: Draft) -> None:
    """Those whom shelters for girls hold or take in are girls, where nothing else is said."""
    if homes is not None and homes.indicator in _HOUSED and homes.host is not None:
        homes = homes.host  # `It has six homes for girls. These housed 117. They can hold 130`
    lodging = homes is not None and homes.indicator in _HOMES and draft.indicator in _HOUSED
    lodged = draft.indicator == "shelters" and (draft.own.existing or draft.own.definite)  # `40 girls to the two homes`
    if homes is None or not (lodging or (lodged and homes.indicator == "victims_assisted")):
        return
    if draft.own.provider not in {None, homes.provider, homes.own.provider}:
        return  # another institution, with no word of those homes
    if not any(name in draft.traits for name in PEOPLE):
        draft.traits.update({name: value for name, value in homes.traits.items() if name in PEOPLE})
    if lodging and "form" in homes.traits:
        draft.traits.setdefault("form", homes.traits["form"])


_ROW = ("of", "locatives", "determiners", "adverbs")  # what may stand between two of a row, beside places


def spread_periods(scene: Scene, drafts: list[Draft]) -> None:
    """`34 victims and 20 suspects in 2019`: a period at the end of a list holds for those before it."""
    carriers: dict[bool, Draft | None] = {}
    for draft in reversed(drafts):
        compared = draft.own.compared
        carrier = carriers.get(compared)
        if draft.own.timed:
            carriers[compared] = None if draft.own.onward else draft
        elif carrier is None or _standing(scene, draft, carrier) or _undated(draft) or _apart(scene, draft, carrier):
            continue
        elif compared or draft.period is None or _held(scene, draft, carrier):
            for part in drafts:
                if part.host is draft and part.period == draft.period and not part.own.timed:
                    part.period = None  # `61 persons (47 men and 14 women) in 2019`: as the whole
            draft.period = carrier.period
    _hand_down(drafts)


def _standing(scene: Scene, draft: Draft, carrier: Draft) -> bool:
    """A stock takes the time behind a list of the same only: `150 officers in Lima and 60 in Ica in 2016`."""
    if draft.indicator not in STOCKS or carrier.indicator != draft.indicator or carrier.own.noun:
        return draft.indicator in STOCKS
    gap = range(draft.amount.last, carrier.amount.first)
    return not all(p in scene.inside or scene.joins(p) or scene.among(p, _ROW) for p in gap)


def _apart(scene: Scene, draft: Draft, carrier: Draft) -> bool:
    """`recorded 765; in 2018, 1,600 had been identified`, `charged 67 (in 2018, 142)`: a time for what follows only."""
    if carrier.own.trailing:
        remark = scene.has(
            "subordinators", draft.amount.last, carrier.amount.first
        )  # `..., though 2,457 are open since`
        return remark or (carrier.own.linked and _of_part(scene, carrier))
    marks = {place: scene.word(place) for place in range(draft.amount.last, carrier.amount.first)}
    opened = max((place for place, word in marks.items() if word in {"(", ")"}), default=-1)
    bracket = marks.get(opened) == "(" and bool(scene.within(opened, carrier.amount.first, "period"))
    return bracket or ";" in marks.values()


def _of_part(scene: Scene, part: Draft) -> bool:
    """`1,829 victims, of whom 859 were reported in 2011`: when what the verb says of a part happened."""
    times = scene.within(part.amount.last, len(scene.tokens), "period")
    gap = range(part.amount.last, times[0].first) if times else range(0)
    verb = any(scene.isa(place, "copulas") for place in gap)
    return verb and not any(scene.word(place) in {",", ")"} for place in gap)


def _undated(draft: Draft) -> bool:
    """`So far this year it freed 220 (205 women and 15 men)`: parts of what only publication could date."""
    whole = draft.host
    return whole is not None and whole.own.timed and whole.period is None


def _hand_down(drafts: list[Draft]) -> None:
    """A period that a whole got from the end of the list is that of its parts."""
    for one, draft in itertools.pairwise(drafts):
        source = draft.host if draft.host is not None else one if draft.rule == "continued" else None
        here = any(source is other for other in drafts)  # what has none for itself needs none of another sentence
        if source is not None and here and draft.period is None and not (draft.own.timed or source.own.compared):
            draft.period = source.period


def _held(scene: Scene, draft: Draft, carrier: Draft) -> bool:
    """Whether the time behind a list holds rather than that of the sentences before."""
    told = draft.loose and carrier.own.trailing and carrier.dropped is None
    return told and not scene.has(";", draft.amount.last, carrier.amount.first)


def _overlap(draft: Draft, others: list[Draft]) -> bool:
    """`of 40, 35 women and 22 minors`: together more than the whole, so some are both."""
    if draft.amount.unit == "percent":
        return any(draft.amount.value + other.amount.value > 100 for other in others)
    whole = draft.host
    return whole is not None and any(
        other.host is whole and draft.amount.value + other.amount.value > whole.amount.value for other in others
    )


def set_apart(scene: Scene, drafts: list[Draft]) -> None:
    """`six women and two girls`: women beside girls are adults."""
    minors = [draft for draft in drafts if draft.own.traits.get("age") == "Y0T17" and draft.dropped is None]
    for draft in drafts:
        beside = [minor for minor in minors if _beside(draft, minor, drafts) and not _parted(scene, draft, minor)]
        if beside and not _overlap(draft, beside) and _grown(draft, drafts) and not _told_grown(drafts, draft, beside):
            draft.traits["age"] = "Y_GE18"


def _told_grown(drafts: list[Draft], draft: Draft, minors: list[Draft]) -> bool:
    """`140 adults and 25 children, 152 female and 13 male`: where minors and adults are all, others are of any age."""
    whole = draft.host
    if whole is None:
        return False
    kin = [
        each for each in drafts if each.host is whole and each.amount.unit == draft.amount.unit and each is not draft
    ]
    grown = [each.amount.value for each in kin if each.own.traits.get("age") == "Y_GE18"]
    total = whole.amount.value if draft.amount.unit == "count" else 100
    return any(one + minor.amount.value == total for one in grown for minor in minors)


def boys_beside_girls(scene: Scene, drafts: list[Draft]) -> None:
    """`42 niñas y 18 niños`: the word for children means boys where girls are counted apart."""
    for one, two in itertools.pairwise(drafts):
        for draft, other in ((one, two), (two, one)):
            plain = "sex" not in draft.own.traits and draft.own.traits.get("age") == other.own.traits.get("age")
            girls = other.own.traits.get("sex") == "F" and other.own.traits.get("age") == "Y0T17"
            if plain and girls and scene.isa(draft.amount.last, "boys_beside_girls"):
                draft.traits["sex"] = draft.own.traits["sex"] = "M"


def _parted(scene: Scene, one: Draft, two: Draft) -> bool:
    """Whether a semicolon stands between two numbers: what follows it is another way of telling them."""
    first, last = sorted((one.amount.first, two.amount.first))
    return scene.has(";", first, last)


def _grown(draft: Draft, drafts: list[Draft]) -> bool:
    """Whether a number counts women or men, and says nothing of their age or country."""
    own = draft.own
    share = draft.amount.unit == "percent"
    summed = own.summed or _all_told(draft, drafts)
    people = own.person or summed
    plain = people and own.head is None and "sex" in own.traits and "citizenship" not in own.traits
    told = share or ((own.noun or summed) and draft.amount.unit == "count")
    return plain and told and "age" not in draft.traits


def _all_told(draft: Draft, drafts: list[Draft]) -> bool:
    """`90 victims: 60 in sex and 30 in labor trafficking; 40 were women, 10 men, 30 girls, 10 boys`: by sex, all."""
    kin = [each for each in drafts if each.host is draft.host and "sex" in each.own.traits]
    return draft.host is not None and sum(each.amount.value for each in kin) == draft.host.amount.value


def _told_where(one: Draft, two: Draft) -> bool:
    return "area" in one.own.traits and "area" in two.own.traits


def _opened(draft: Draft, minor: Draft, drafts: list[Draft]) -> bool:
    """`27 women, among them 11 foreigners and four minors`: what `among them` opened goes on."""
    between = drafts[drafts.index(draft) + 1 : drafts.index(minor)]
    return any(other.own.linked and other.host is draft for other in between)


def _beside(draft: Draft, minor: Draft, drafts: list[Draft]) -> bool:
    """Whether minors are counted as others than these: no part of them or of all, and of no other sex."""
    inner = any(each.own.inner and not each.own.summed for each in (minor, draft))
    if minor.host is draft or draft.host is minor or inner:
        return False
    if minor.host is None and _opened(draft, minor, drafts):
        return False
    if draft.own.summed and not minor.own.summed:
        return False  # `500 were women and 200 men, and 90 were minors`: those add up to all
    if minor.host is not None and draft.host is not None and minor.host is not draft.host:
        return False
    apart = minor.own.timed and draft.own.timed and minor.period != draft.period
    elsewhere = minor.own.traits.get("area", "") != draft.own.traits.get("area", "") and _told_where(minor, draft)
    if minor.indicator != draft.indicator or apart or elsewhere:
        return False
    return minor.own.traits.get("sex", draft.own.traits.get("sex")) == draft.own.traits.get("sex")


def led_by_sex(scene: Scene, drafts: list[Draft]) -> None:
    """`As for the boys, 19 were under 12, 40 were 12 to 15 and ...`: those of whom the head of a list speaks."""
    if len(drafts) < 2 or not scene.within(0, scene.lead, "sex"):
        return
    led = [m for m in scene.within(0, scene.lead, "sex") if m.facts.get("person") and _framing(scene, m)]
    sexes = {str(m.facts["sex"]) for m in led}
    if len(sexes) != 1 or drafts[0].traits.get("sex") not in sexes:
        return
    first, row = drafts[0], []
    for draft in drafts[1:]:
        same = draft.indicator == first.indicator and draft.amount.unit == first.amount.unit
        told = {"age", "form"} & draft.own.traits.keys()
        if not same or draft.own.traits.get("sex", *sexes) not in sexes or not told:
            break
        row.append(draft)
    for draft in row:
        draft.traits["sex"] = first.traits["sex"]


def led_by_case(scene: Scene, drafts: list[Draft]) -> None:
    """`En el caso de las mujeres adultas, ... 14 hogares ... a 11 víctimas`: of whom the whole sentence speaks."""
    opened = next((p for p in range(_CASE) if scene.isa(p, "case_words") and scene.isa(p + 1, "of")), None)
    if opened is None:
        return
    people = next(iter(scene.within(opened, opened + _CASE + 1, "person")), None)
    if people is None or scene.word(people.last) != ",":
        return
    for draft in drafts:
        lodged = draft.indicator in {"shelters", "shelter_places"} or draft.own.person
        if lodged and not any(name in draft.traits for name in PEOPLE):
            draft.traits |= {n: str(people.facts[n]) for n in PEOPLE if n in people.facts and people.facts[n] != "band"}


def _framing(scene: Scene, mention: Mention) -> bool:
    """`Among the women, ...`, `By age of the boys: ...`: behind a preposition, and before a comma or a colon."""
    place = mention.first - 1
    if not scene.isa(place, "definite") or not scene.among(place - 1, ("prepositions", "of")):
        place += 1
    before = scene.among(place - 1, ("prepositions", "of", "views")) or scene.among(place, ("prepositions", "of"))
    stops = [p for p in range(mention.last, scene.lead) if scene.word(p) in {",", ":"}]
    return before and bool(stops) and not scene.isa(stops[0] + 1, "relatives")
