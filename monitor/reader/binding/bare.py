"""Whether a number that has no noun may lean on what was counted before."""

from __future__ import annotations

from monitor.reader.drafts import HARMED, PEOPLE, Draft, Own
from monitor.reader.sentence.amounts import Amount
from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Scene
from monitor.reader.what.contrasts import figure_before
from monitor.reader.what.forms import EXPLOITED

_FRONT = 4  # tokens of `of the group of`
_OPENED = 2  # tokens of a number with an adverb, at the head of a sentence


def leans(scene: Scene, amount: Amount, own: Own) -> bool:
    """Whether a number without a noun may lean on the sentence before: `Women were 40`, not `Room 40`."""
    place = amount.last
    if any(name in own.traits for name in (*PEOPLE, "area")) or amount.unit != "count" or (own.noun and own.person):
        return True
    if place >= len(scene.tokens) or scene.word(place) in {".", ",", ")", ";"} or figure_before(scene, amount):
        return True
    following = scene.starts.get(place)
    if own.timed and following is not None and "period" in following.facts:
        return True  # `In 2025 there are 384 up to September`
    opens = amount.first == 0 or scene.word(amount.first - 1) == ";"
    alone = opens or (place == _OPENED and scene.isa(0, "adverbs"))
    purpose = amount.first == 1 and scene.isa(0, "locatives") and "form" in own.traits
    if (purpose and scene.isa(place, "determiners")) or (alone and scene.isa(place, "bare_predicates")):
        return True  # `In 110 the purpose was sexual`, `Twelve received temporary residence`
    if alone and following is None and scene.word(place).endswith(tuple(scene.words.grammar["verb_endings"])):
        return True  # `Only 89 had to do with ...`
    kinds = ["copulas", "relatives", "separators", "adverbs", "lodged_words"]
    if own.timed or own.traits:
        kinds += ["prepositions", "of"]
    return scene.among(place, kinds)


def of_the_whole(scene: Scene, draft: Draft, whole: Draft, counted: str | None, silent: int) -> bool:
    """`Three of the victims are minors`, `Of the rescued, four ...`: of those that the sentence before counted."""
    if draft.own.timed or silent > 1:
        return False
    if _opened_by(scene, draft, whole, counted):
        listed = scene.word(draft.amount.first - 1) == "("  # `The residents come from Loreto (31), ...`
        return silent == 0 and (listed or "area" not in draft.own.traits)
    last = draft.amount.last
    noun = scene.starts.get(last + 2)
    definite = scene.isa(last, "of") and scene.isa(last + 1, "definite") and noun is not None
    same = noun is not None and (
        noun.facts.get("indicator") == counted == whole.indicator or _same(noun, whole, counted)
    )
    counts = draft.amount.unit == whole.amount.unit == "count" and draft.amount.value < whole.amount.value
    return definite and same and counts


def of_those_harmed(scene: Scene, draft: Draft, seen: list[Draft], counted: str | None, silent: int) -> Draft | None:
    """`Ten men were held. Seven of the victims were minors`: those exploited who were counted before the others."""
    told = [each for each in seen[::-1] if each.indicator in HARMED and each.host is None]
    return next((each for each in told if of_the_whole(scene, draft, each, counted, silent)), None)


def _same(noun: Mention, whole: Draft, counted: str | None) -> bool:
    """`Five of the victims were taken to shelters`, `Two of the girls ...`: those exploited, by a fitting name."""
    named = noun.facts.get("indicator") == "victims" or all(
        whole.traits.get(name) == noun.facts.get(name) for name in ("sex", "age")
    )
    return bool(noun.facts.get("person")) and named and {counted, whole.indicator} <= HARMED


def opened_with(scene: Scene) -> str | None:
    """`De las rescatadas, ...`, `Among the victims are ...`: what the noun that a sentence opens with counts."""
    place = 1
    while scene.among(place, ("definite", "of", "number_nouns", "group_nouns")) and place < _FRONT:
        place += 1
    noun = scene.starts.get(place)
    if noun is None or place == 1 or not scene.isa(0, "of"):
        return None
    ended = scene.word(noun.last) == "," or scene.among(noun.last, ("existing", "copulas", "impersonal"))
    return noun.facts.get("indicator") if ended else None


def _opened_by(scene: Scene, draft: Draft, whole: Draft, counted: str | None) -> bool:
    """`De las rescatadas, cuatro son venezolanas`: whether a sentence opens with those whom the one before counted."""
    noun = scene.starts.get(1)
    subject = noun is not None and scene.isa(0, "definite") and noun.last < draft.amount.first
    listed = subject and scene.word(draft.amount.first - 1) == "("  # `The residents come from Loreto (31), ...`
    named = noun.facts.get("indicator") if noun is not None and listed else opened_with(scene)
    same = named == counted == whole.indicator
    fits = draft.amount.unit == "percent" or draft.amount.value < whole.amount.value
    return same and fits and whole.amount.unit == "count"


def part_of_next(scene: Scene, place: int) -> bool:
    """`31 cases of a total of 290`, `31 de las 290 denuncias`: whether a number is told to be a part of the next."""
    if not 0 <= place < len(scene.fields) - 1:
        return False
    first, last = scene.fields[place].amount.last, scene.fields[place + 1].amount.first
    named = {scene.inside[p].facts["group"] for p in range(first, last) if p in scene.inside}
    gap = [p for p in range(first, last) if p not in scene.inside]
    of = any(scene.isa(p, "of") or scene.isa(p, "number_nouns") for p in gap) or "links" in named
    plain = all(scene.word(p) == "," or scene.among(p, ("of", "determiners", "number_nouns")) for p in gap)
    return of and plain and named <= {"heads", "people", "links"}


def seized(draft: Draft, whole: Draft, counted: str | None) -> bool:
    """`Two Peruvians were arrested`, though there are as many victims: what happened to them tells them apart."""
    return counted == "detentions" and draft.own.act == counted and whole.indicator in EXPLOITED


def of_total(scene: Scene, draft: Draft, before: Draft) -> bool:
    """`412 people, 196 of them women; 171 of the total ...`: of the whole, and not of the part before."""
    link = scene.starts.get(draft.amount.last)
    same = before.own.linked and before.amount.unit == draft.amount.unit
    return same and link is not None and scene.isa(link.last - 1, "number_nouns")


def same_share(draft: Draft, before: Draft) -> bool:
    """`Foreigners were 58% of them, compared with 21% in 2019`: the same share at another time, of the same people."""
    own, shares = draft.own, draft.amount.unit == before.amount.unit == "percent"
    return shares and own.compared and own.timed and own.head is None and not own.traits
