"""Why an amount with a unit is still no statistic."""

from __future__ import annotations

from monitor.reader.binding.money import bare_rate
from monitor.reader.drafts import Draft
from monitor.reader.sentence.amounts import Amount
from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Field, Scene
from monitor.reader.sentence.tokens import MARK, NUMBER, WORD
from monitor.reader.what.changes import from_to

OTHER_THING, OTHER_CRIME, PLAN, CHANGE = "counts something else", "another crime", "a plan, not a count", "a change"
INFECTIOUS = frozenset({OTHER_THING, OTHER_CRIME})  # what goes on after these is none either
_TOLD = ("topic", "form", "act", "register")  # what shows that a sentence has come back from another crime
_NEAR = 6
_GROUP = 4  # tokens between `integraban` and the group
_BESIDE = 2
_THAN = 4  # tokens between a number, `more`, `than` and a time
_FEW = 10  # at most so many that a text has just named


def refusal(scene: Scene, field: Field, draft: Draft) -> str | None:
    """The reason to leave an amount out, None if there is none."""
    own, amount = draft.own, draft.amount
    if own.foreign is not None and amount.unit == "count" and not bare_rate(amount):
        return OTHER_THING
    if own.crime and not (amount.unit == "percent" and _in_list(scene, field)):
        return OTHER_CRIME
    loose = own.head is None and not (own.compared or own.summed or own.linked) and amount.unit == "count"
    others = loose and (_of_a_group(scene, field) or _elided(scene, field) or _pointed_at(scene, field))
    if others or _of_courses(scene, amount):
        return OTHER_THING
    if reason := _no_count(scene, amount) or _raiders(scene, field, draft):
        return reason
    penalties = sum(_beside(scene, amount, mention) for mention in scene.named("exclude"))
    again = own.compared and own.timed  # `got 12 years, compared with five in 2008`
    told = own.noun or own.inner or again or scene.isa(amount.first - 1, "other_words")
    if penalties and not told:
        return "in a sentence on penalties"
    aimed = _aimed_at(scene, field)
    linked = PLAN if aimed else _linked_refusal(scene, field, amount.unit)
    return None if linked == PLAN and not aimed and _now(scene, amount) else linked


def _raiders(scene: Scene, field: Field, draft: Draft) -> str | None:
    """`900 officers took part in the raids`: who was there that day, and no staff of anything."""
    acts = scene.within(field.amount.last, len(scene.tokens), "act")
    joined = bool(acts) and "course" in acts[0].facts and not scene.has(",", field.amount.last, acts[0].first)
    raid = joined and draft.own.head in {"staff", "officials"} and not scene.places("course_nouns")
    return "those who took part in an operation" if raid else None


def _of_courses(scene: Scene, amount: Amount) -> bool:
    """`four workshops on trafficking`, `12 training sessions`: how many courses, not how many people in them."""
    near = range(amount.last, amount.last + _BESIDE)
    place = next((place for place in near if scene.isa(place, "course_nouns")), None)
    plain = place is not None and all(not scene.within(p, p + 1, "person") for p in range(amount.last, place))
    return plain and amount.unit == "count"


def _pointed_at(scene: Scene, field: Field) -> bool:
    """`regions such as those three`, `como esas tres`: a few that were named, and no count of them."""
    first, last = field.amount.first, field.amount.last
    ended = last >= len(scene.tokens) or scene.tokens[last].kind == MARK
    these = scene.isa(first - 1, "demonstratives")
    return ended and these and field.amount.value <= _FEW and scene.tokens[first].kind != NUMBER


def _elided(scene: Scene, field: Field) -> bool:
    """`12 in Lima, nine in Ica; in another three, none`: so many places, where those before are named."""
    first, last = field.amount.first, field.amount.last
    if not scene.isa(first - 1, "other_words") or not scene.within(0, first, "area"):
        return False
    led = first - 2 - scene.isa(first - 2, "determiners")
    return scene.isa(led, "locatives") and (last >= len(scene.tokens) or scene.tokens[last].kind == MARK)


def _beside(scene: Scene, amount: Amount, mention: Mention) -> bool:
    """Whether a penalty is told in the same clause as a number, or in the same sentence without a `;`."""
    first, last = sorted((amount.first, mention.first))
    return mention.facts.get("exclude") == "penalty" and not scene.has(";", first, last)


def _in_list(scene: Scene, field: Field) -> bool:
    """`a false offer (52%), seduction (11%), violence (7%)`: one of several ways, each with its share in brackets."""
    every = [one for one in scene.fields if one.amount.unit == "percent"]
    shares = [one for one in every if scene.word(one.amount.first - 1) == "("]
    if len(shares) > 1 and any(one is field for one in shares[1:]):
        return True
    crimes = scene.within(field.amount.last, field.last, "crime")
    return any(one is field for one in every[1:]) and bool(crimes) and _by_means(scene, crimes[0])


def _by_means(scene: Scene, crime: Mention) -> bool:
    """`en el 7% medió un secuestro`, `12% under coercion`; not `el 20% por robo`, `20% were thefts`."""
    before = crime.first - 1
    return scene.tokens[before].kind == WORD and not scene.among(before, ("of", "agents", "copulas"))


def infected(scene: Scene, draft: Draft) -> bool:
    """`In May alone the girls were 290`, behind the missing: whether no word leads back from another crime."""
    own = draft.own
    plain = own.head is None and own.act is None and own.done is None and own.result is False
    return plain and draft.dropped is None and not any(scene.named(fact) for fact in _TOLD)


def _no_count(scene: Scene, amount: Amount) -> str | None:
    if bare_rate(amount):
        return "a part of one, with no unit"
    if amount.after and amount.value <= 3:
        return "two or more: no count"
    return CHANGE if amount.unit == "percent_change" or _risen(scene, amount) or _difference(scene, amount) else None


def _risen(scene: Scene, amount: Amount) -> bool:
    """`1,120 were freed, up 8% from 2023`, `(down 12%)`."""
    aside = scene.word(amount.first - 2) in {",", "(", "-"}
    return amount.unit == "percent" and aside and scene.isa(amount.first - 1, "ups")


def _difference(scene: Scene, amount: Amount) -> bool:
    """`50 more than in 2021`, `50 more victims than last year`: how many more, at one time than at another."""
    more = next((p for p in range(amount.last, amount.last + _THAN) if scene.isa(p, "comparatives")), None)
    if amount.unit != "count" or more is None:
        return False
    than = next((place for place in range(more, more + _THAN) if scene.among(place, ("than", "relatives"))), None)
    if than is None or any(scene.word(place) in {",", ";", "."} for place in range(amount.last, than)):
        return False
    return bool(scene.within(than + 1, than + _THAN, "period"))


def _linked_refusal(scene: Scene, field: Field, unit: str) -> str | None:
    if field.amount.unit == "percent" and scene.isa(field.amount.first - 1, "starts"):
        later = next((other for other in scene.fields if other.amount.first >= field.amount.last), None)
        if later is not None and from_to(scene, field, later):
            return None
    for mention in scene.within(field.first, field.last, "link"):
        kind = mention.facts["link"]
        gap = (
            mention.first - field.amount.last
            if mention.first >= field.amount.last
            else field.amount.first - mention.last
        )
        titled = any(scene.word(place) in {":", ";"} for place in range(mention.last, field.amount.first))
        shared = kind == "average" and unit in {"percent", "per_100k"}  # `on average 60% of them are women`
        near = gap < (_NEAR if kind == "average" else _BESIDE)
        aside = kind == "average" and _in_aside(scene, mention, field.amount.first)
        if kind in {"average", "change"} and not titled and near and not shared and not aside:
            return f"{kind}, not a count"
        if kind == "rise" and field.amount.unit == "percent" and mention.first < field.amount.first and gap <= 1:
            return CHANGE
        told = field.amount.unit == "percent" and scene.word(field.amount.first - 1) == "("  # a share of what there is
        if kind == "plan" and mention.first < field.amount.first and not (told or _so_far(scene, field)):
            return PLAN
    return None


def _in_aside(scene: Scene, mention: Mention, last: int) -> bool:
    """`Ica, the region with most complaints per head, spent 38,000`: said between two commas, before the verb."""
    closed = scene.word(mention.last) == "," and mention.last < last
    divides = mention.first == 0 and scene.isa(0, "dividing")  # `Por mes, en enero hubo 53`
    return closed and (divides or scene.has(",", 0, mention.first))


def _now(scene: Scene, amount: Amount) -> bool:
    """The first of `plans to bring the unit, which now has 120 officers, to 200`."""
    plans = [m.last for m in scene.within(0, amount.first, "link") if m.facts["link"] == "plan"]
    said = scene.within(plans[-1] if plans else 0, amount.first, "period")
    return any(mention.facts["period"] == "now" for mention in said)


def _so_far(scene: Scene, field: Field) -> bool:
    """`will go up from eight to 11`: the first is how many there are."""
    place, last = field.amount.first, field.amount.last
    following = next((other.amount.first for other in scene.fields if other.amount.first >= last), None)
    return scene.isa(place - 1, "starts") and scene.isa(last, "range_words") and following == last + 1


def _aimed_at(scene: Scene, field: Field) -> bool:
    """The second of `will go up from eight to 11`."""
    first = field.amount.first
    if scene.isa(first - 1, "change_ends") and scene.word(first - 2) == ",":
        return any(m.facts["link"] == "plan" for m in scene.within(0, first, "link"))  # `plans to bring ..., to 200`
    before = next((other for other in scene.fields if other.amount.last == first - 1), None)
    if before is None or not _so_far(scene, before):
        return False
    return any(m.facts["link"] == "plan" for m in scene.within(before.first, before.amount.first, "link"))


def _of_a_group(scene: Scene, field: Field) -> bool:
    """`a gang made up of three men`, `a commission of ...`: those who form a group are not those it harms."""
    joined = [m for m in scene.within(0, field.amount.first, "link") if m.facts["link"] == "members"]
    if not joined:
        return False
    near = joined[0].last + _GROUP  # `integraban el grupo de víctimas 31 hombres`
    return not any(m.concept == "victims" for m in scene.within(0, min(near, field.amount.first), "person"))


def of_range(before: Draft | None, draft: Draft) -> str | None:
    """Why the other end of the same range was left out."""
    if before is None or before.amount.interval is None or before.amount.interval != draft.amount.interval:
        return None
    return before.dropped
