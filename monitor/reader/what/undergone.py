"""What only people undergo, and tells that people are counted where no noun says so: arrests, trials, training."""

from __future__ import annotations

from monitor.reader.drafts import Own
from monitor.reader.sentence.amounts import Amount
from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Field, Scene
from monitor.reader.sentence.tokens import MARK
from monitor.reader.what.acts import done

_UNDERGONE = frozenset({"detentions", "convictions", "acquittals", "prosecutions"})  # by people only, not by things
_OF_THOSE = _UNDERGONE | {"victims"}  # `58 per cent of those exploited in work`
_HOME = 6  # tokens between a shelter and the number of those it is for
_KEPT = 5  # tokens from a number to those for whom it is: `18 places for trafficked women`
_OBJECT = 9  # tokens that those named before the number take


def read_people(scene: Scene, field: Field, own: Own) -> None:
    """`two waiters were arrested`, `22 of those convicted`: what only people undergo tells that people are counted."""
    amount = field.amount
    if own.person and own.head is None and _capacity(scene, amount):
        own.head = "shelter_places"
    _read_places(scene, amount, own)
    if own.head is not None or own.person:
        if own.person and own.head is None and own.act is None and _held(scene, amount):
            own.act = "prisoners"
        return
    if own.foreign is not None and any(scene.isa(p, "place_words") for p in range(amount.last, amount.last + 2)):
        homes = any(m.facts["indicator"] == "shelters" for m in scene.within(0, amount.first, "indicator"))
        kept = scene.isa(amount.last + 1, "views") and scene.within(amount.last + 2, amount.last + _KEPT, "person")
        own.head, own.foreign = ("shelter_places", None) if homes or kept else (None, own.foreign)
        return
    after = [m for m in scene.within(amount.last, field.last, "act") if _undergone(scene, m)]
    places = own.foreign in scene.words.grammar["region_nouns"]  # `officials in nine regions were trained`
    if own.foreign is not None and not places and after and _one_subject(scene, amount.last, after[0].first):
        own.foreign, own.person, own.act = None, True, str(after[0].facts["act"])
    here = scene.starts.get(amount.last)
    if own.foreign is not None and (caught := _suffered(scene, field) or _also_caught(scene, field)):
        own.foreign, own.person, own.act = None, True, caught
    if own.foreign is None and here is not None and _told_alone(scene, here) and not _share_ended(amount, here):
        own.person, own.act = True, str(here.facts["act"])  # `260 rescued and 58 arrested`
    if after and own.foreign is None and only_verbs(scene, amount.last, after[0].first):
        own.person, own.act = True, str(after[0].facts["act"])  # `35 had been convicted`
    if (done := _of_those(scene, amount)) is not None:
        own.person, own.act = True, own.act if own.act in _UNDERGONE else done  # `16 of those arrested were charged`


def _share_ended(amount: Amount, mention: Mention) -> bool:
    """`7 percent of them ended in a conviction`: a share of cases, not of people."""
    return amount.unit == "percent" and "result" in mention.facts


def told_of_noun(scene: Scene, field: Field) -> bool:
    """`Adult women, 640 of whom were registered, ...`: of those whom the first clause of the sentence speaks of."""
    link, comma = scene.starts.get(field.amount.last), field.amount.first - 1
    which = link is not None and link.facts.get("link") == "part" and scene.isa(link.last - 1, "relatives")
    before = scene.inside.get(comma - 1)
    noun = before is not None and before.last == comma and bool(before.facts.get("person"))
    return which and noun and scene.word(comma) == "," and field is scene.fields[0]


def _read_places(scene: Scene, amount: Amount, own: Own) -> None:
    noun = past_number(scene, amount.last)
    if (noun > amount.last and scene.isa(noun, "place_words")) or _grown_places(scene, amount):
        own.head, own.person, own.foreign = "shelter_places", False, None


def _grown_places(scene: Scene, amount: Amount) -> bool:
    """`the number of places in shelters grew from 60 to 155`: what is told of places before the number."""
    told = [p for p in scene.places("place_words") if p < amount.first and scene.isa(p - 2, "number_nouns")]
    if not told or not scene.isa(told[0] - 1, "of") or not scene.among(amount.first - 1, ("starts", "change_ends")):
        return False
    return any(m.facts["indicator"] == "shelters" for m in scene.within(told[0], amount.first, "indicator"))


def past_number(scene: Scene, place: int) -> int:
    """`brought to 73 the number of places`: where the noun behind `the number of` begins."""
    number = place + scene.isa(place, "definite")
    told = scene.isa(number, "number_nouns") and scene.isa(number + 1, "of") and number > place
    return number + 2 if told else place


def _of_those(scene: Scene, amount: Amount) -> str | None:
    """`22 of those convicted`."""
    link = scene.starts.get(amount.last)
    if link is None or link.facts.get("link") not in {"part", "these"}:
        return None
    done = scene.starts.get(link.last)
    if done is not None and _share_ended(amount, done):
        return None
    return str(done.facts["act"]) if done is not None and done.facts.get("act") in _OF_THOSE else None


def read_others(scene: Scene, field: Field, own: Own) -> None:
    """`raided 40 bars and arrested 95 others`."""
    if own.foreign is None or own.head is not None or not scene.isa(field.amount.last, "other_words"):
        return
    nouns = scene.within(field.first, field.amount.first, "indicator")
    tried = scene.isa(field.amount.first - 1, "against") and bool(nouns) and nouns[-1].facts["indicator"] in _UNDERGONE
    told = str(nouns[-1].facts["indicator"]) if tried else done(scene, field)
    if told is not None:
        own.foreign, own.person, own.act = None, True, told  # `prosecutions are pending against 23 others`


def _undergone(scene: Scene, mention: Mention) -> bool:
    """What only people undergo; they alone `were trained`, while courses train."""
    passive = mention.facts["act"] == "trained" and scene.has("copulas", mention.first - 1, mention.last)
    return mention.facts["act"] in _UNDERGONE or (passive and participle(scene, mention.last - 1))


def _one_subject(scene: Scene, first: int, last: int) -> bool:
    """`two waiters`, `880 nurses, teachers and guards`: whether no clause but a row of nouns stands between."""
    if not scene.has(",", first, last):
        return True
    if scene.word(last - 2) == "," and scene.isa(last - 1, "copulas"):
        return not scene.has("copulas", first, last - 1)  # `Seven leaders, among them its founder, were arrested`
    verbs = scene.has("copulas", first, last - 1) or scene.has("relatives", first, last)
    return not verbs and any(scene.joins(place) for place in range(first, last))


def _suffered(scene: Scene, field: Field) -> str | None:
    """`prosecuted two American tourists`: what only people undergo, right before the number."""
    before = scene.inside.get(field.amount.first - 1)
    if (
        before is None
        or "act" not in before.facts
        or before.last != field.amount.first
        or not _undergone(scene, before)
    ):
        return None
    return str(before.facts["act"]) if before.facts["act"] != "trained" else None


def _also_caught(scene: Scene, field: Field) -> str | None:
    """`arrested the owner and two employees`: what was done to one, in the words before, was done to the others."""
    joint = next((p for p in range(field.amount.first - 1, field.amount.first - 3, -1) if scene.joins(p)), 0)
    acts = [m for m in scene.within(joint - _OBJECT, joint, "act") if m.facts["act"] in _UNDERGONE]
    if not joint or not acts or any(acts[-1].last <= other.amount.first < joint for other in scene.fields):
        return None
    gap = range(acts[-1].last, joint)
    told = any(scene.isa(place, "determiners") or scene.isa(place, "objects") for place in gap)
    verbs = any(scene.among(place, ("copulas", "relatives")) or scene.joins(place) for place in gap)
    return str(acts[-1].facts["act"]) if told and not verbs else None


def _told_alone(scene: Scene, mention: Mention) -> bool:
    """`58 arrested.`: what people undergo, as a noun."""
    undergone = mention.facts.get("act") in _UNDERGONE or mention.facts.get("measure") == "rescued"
    ended = mention.last >= len(scene.tokens) or scene.tokens[mention.last].kind == MARK or scene.joins(mention.last)
    return undergone and ended and mention.facts["group"] == "acts"


def only_verbs(scene: Scene, first: int, last: int) -> bool:
    """`35 had been convicted`; not `159 llegaron a juicio`, which cases do, too."""
    return (
        first < last
        and not scene.isa(last, "objects")
        and all(scene.isa(place, "copulas") for place in range(first, last))
    )


def _held(scene: Scene, amount: Amount) -> bool:
    """`the prison service held 533 persons`."""
    return any(mention.concept == "prisons" for mention in scene.within(0, amount.first, "provider"))


def _capacity(scene: Scene, amount: Amount) -> bool:
    """`a shelter in Juliaca for 25 girls`, `un hogar para 12 adolescentes`, `which was built for 25 girls`."""
    if scene.isa(amount.first - 1, "views") and scene.isa(amount.first - 2, "designed"):
        return any(m.facts["indicator"] == "shelters" for m in scene.within(0, amount.first, "indicator"))
    done = scene.inside.get(amount.first - 1)
    if done is not None and "act" in done.facts:
        return False  # `the homes cared for 150 girls`
    homes = (
        scene.within(amount.first - _HOME, amount.first, "indicator") if scene.isa(amount.first - 1, "views") else []
    )
    return any(m.facts["indicator"] == "shelters" and m.last > amount.first - _HOME for m in homes)


def participle(scene: Scene, place: int) -> bool:
    """`148 las referidas a ...`: a participle after an article stands for the noun named before."""
    return scene.word(place).endswith(tuple(scene.words.grammar["participles"]))
