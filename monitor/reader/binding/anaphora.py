"""What `the cases`, `those filed` and `such convictions` stand for: what was counted before."""

from __future__ import annotations

from monitor.reader.binding.bare import leans, part_of_next
from monitor.reader.binding.context import Context
from monitor.reader.binding.wholes import FILED
from monitor.reader.drafts import PEOPLE, Draft
from monitor.reader.sentence.scene import Scene
from monitor.reader.what.undergone import participle


def counted(scene: Scene, context: Context, drafts: list[Draft], said: str | None) -> str | None:
    """What the last draft counts, `said` being what its own words say."""
    draft = drafts[-1]
    if said == "convictions" or (said == "prosecutions" and drafts[-1].own.head is None):
        return None if _serving(scene, context, drafts) else said
    if said is None and _of_those_shared(context, drafts):
        return "victims"
    return _of_filed(scene, context, draft) or said if said == "cases" else said


def _of_those_shared(context: Context, drafts: list[Draft]) -> bool:
    """`1,200 complaints. 85 percent of the victims are women. Another 400 are minors`: of the people of the share."""
    draft, share = drafts[-1], context.share
    told = any(name in draft.own.traits for name in PEOPLE) and draft.own.head is None and draft.amount.unit == "count"
    plain = share is not None and share.indicator == "victims" and share.own.victims and context.silent == 0
    filed = context.whole is not None and context.whole.indicator in {"complaints", "cases"}
    return told and plain and filed and len(drafts) == 1 and not (draft.own.linked or draft.own.these)


def take_kin(scene: Scene, context: Context, drafts: list[Draft]) -> None:
    """`They found 17 women. In May another nine were found`, `otras nueve`: people like those counted before."""
    draft, own = drafts[-1], drafts[-1].own
    bare = not (own.noun or own.person) and own.foreign is None and not any(name in own.traits for name in PEOPLE)
    if not bare or not scene.isa(draft.amount.first - 1, "other_words") or draft.amount.unit != "count":
        return
    told = [each for each in (*context.recent, *drafts[:-1]) if each.indicator == draft.indicator]
    if not told or not context.near:
        return
    endings = scene.words.grammar["feminine_plurals"]
    last = told[-1] if told[-1].host is None else told[-1].host
    if last.indicator != draft.indicator or (not endings and (context.silent > 0 or last is not told[-1])):
        return
    women = last.traits.get("sex") == "F"
    if women == scene.word(draft.amount.first - 1).endswith(tuple(endings)) or not endings:
        draft.traits.update({name: value for name, value in last.traits.items() if name in {"sex", "age"}})


def as_filed(scene: Scene, context: Context, draft: Draft) -> str | None:
    """`What came of these complaints? Of the 361 filed in the region, ...`: what the text has just spoken of."""
    amount = draft.amount
    told = scene.isa(amount.last, "filing") or participle(scene, amount.last)  # `De las 567 acumuladas`
    filed = scene.isa(amount.first - 1, "definite") and told
    near = filed and context.since_filed <= 1 and draft.own.foreign is None and amount.unit == "count"
    return context.filed if near else None


def of_girls(scene: Scene, drafts: list[Draft]) -> None:
    """`14 jóvenes, ocho de ellas bolivianas`: where the noun has no sex, the pronoun tells that of those it picks."""
    for draft in drafts:
        link, host = scene.starts.get(draft.amount.last), draft.host
        if link is None or host is None or link.facts.get("link") != "part" or "sex" in draft.traits:
            continue
        hers = scene.isa(link.last - 1, "feminine_pronouns")
        if hers and any(host is other for other in drafts) and scene.isa(host.amount.last, "epicenes"):
            draft.traits["sex"] = "F"


def take_kind(context: Context, drafts: list[Draft]) -> None:
    """`convicted nine sex traffickers, compared with 12 such convictions`: of whom, and for what, as told before."""
    draft, told = drafts[-1], [*context.recent, *drafts[:-1]]
    if not draft.own.alike:
        return
    kin = next((each for each in told[::-1] if each.indicator == draft.indicator), None)
    for name in ("form", *PEOPLE) if kin is not None else ():
        if kin is not None and name in kin.traits:
            draft.traits.setdefault(name, kin.traits[name])


def _serving(scene: Scene, context: Context, drafts: list[Draft]) -> bool:
    """`443 people are in prison. Only 164 have been sentenced`: a part of those who are held, by their state."""
    draft, whole = drafts[-1], context.whole if context.silent == 0 else None
    own, held = draft.own, drafts[-2] if len(drafts) > 1 else whole
    held = held if held is None or held.host is None else held.host
    bare = own.head is None and not own.noun and not own.timed and leans(scene, draft.amount, own)
    return bare and held is not None and held.indicator == "prisoners" and _fits(draft, held)


def _of_filed(scene: Scene, context: Context, draft: Draft) -> str | None:
    """`Police investigated 101 cases. Of the cases, 73 ...`: the cases are what was counted before."""
    named = [m for m in scene.within(0, draft.amount.first, "indicator") if m.concept == "cases"]
    whole = bool(named) and scene.isa(named[-1].first - 1, "definite") and scene.isa(named[-1].first - 2, "of")
    if not whole or draft.own.noun or context.silent:
        return None
    return next((str(each.indicator) for each in context.recent[::-1] if each.indicator in FILED), None)


def _fits(draft: Draft, whole: Draft) -> bool:
    """Whether a number can be a part of another."""
    share = draft.amount.unit == "percent"
    return share or (draft.amount.unit == whole.amount.unit and draft.amount.value <= whole.amount.value)


def complaints(scene: Scene, context: Context, drafts: list[Draft], counted: str | None) -> str | None:
    """`cases` that stand for complaints just named are complaints, unless another institution speaks."""
    own = drafts[-1].own
    moved = own.provider not in {None, context.floor.holder} and not _named_late(context)
    here = any(other.indicator == "complaints" for other in drafts[:-1])
    told = context.filed == "complaints" and context.since_filed <= 1 and not _only_rated(context, drafts)
    again = any(e.indicator == "complaints" and e.amount.value == drafts[-1].amount.value for e in context.seen)
    just = here or _among_complaints(scene, drafts) or told or (again and own.definite)
    return "complaints" if counted == "cases" and just and not moved else counted


def _only_rated(context: Context, drafts: list[Draft]) -> bool:
    """`25.6 complaints for every 100,000 inhabitants. ... in charge of 243 open cases`: none that were counted."""
    rated = [other.amount.unit == "per_100k" for other in context.recent if other.indicator == "complaints"]
    return bool(rated) and all(rated) and drafts[-1].amount.unit == "count"


def _among_complaints(scene: Scene, drafts: list[Draft]) -> bool:
    """`55 cases among the 326 complaints`."""
    place, fields = len(drafts), scene.fields
    if not part_of_next(scene, place - 1):
        return False
    noun = scene.starts.get(fields[place].amount.last)
    return noun is not None and noun.concept == "complaints"


def _named_late(context: Context) -> bool:
    """Whether who counts is named only behind the complaints: `... 900 complaints. So says the police, ...`."""
    told = [other for other in context.recent if other.indicator == "complaints" and other.provider is None]
    return bool(told) and context.silent == 0 and context.floor.holder is None


def same_figure(scene: Scene, drafts: list[Draft]) -> None:
    """`42% were minors; among women the figure was 45%`: the same share, of some of them."""
    draft = drafts[-1]
    share = next((each for each in drafts[-2::-1] if each.amount.unit == "percent"), None)
    if share is None or draft.amount.unit != "percent":
        return
    gap = range(share.amount.last, draft.amount.first)
    if any(scene.isa(p, "remark_nouns") and scene.isa(p - 1, "definite") for p in gap):
        draft.traits = {**{n: v for n, v in share.traits.items() if n in PEOPLE}, **draft.traits}


def before_colon(scene: Scene, before: Draft, draft: Draft) -> str | None:
    """`2,241 cases, but convictions are rare: 96`: the subject of the clause that ends with the colon."""
    first, colon = before.amount.last, draft.amount.first - 1
    but = next(
        (p for p in range(first, colon) if scene.among(p, ("adversatives", "subordinators", "separators"))), None
    )
    if scene.word(colon) != ":" or but is None or scene.word(but - 1) != "," or draft.own.person:
        return None
    named = scene.within(but, colon, "indicator")
    return str(named[0].facts["indicator"]) if named and named[0].first <= but + 2 else None
