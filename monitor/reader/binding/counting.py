"""What a part counts: mostly what its whole does."""

from __future__ import annotations

from monitor.reader.binding.again import comes
from monitor.reader.binding.wholes import EXPLOITED, FILED, PROCEEDINGS, THINGS
from monitor.reader.drafts import HARMED, PEOPLE, Draft, Own
from monitor.reader.sentence.scene import Field, Scene
from monitor.reader.what import forms
from monitor.reader.what.acts import to_homes
from monitor.reader.what.heads import COMPLICIT

_ENDS = frozenset({"convictions", "acquittals"})  # how it ended for some of those accused or detained
_ENDED = frozenset({",", ";", ":", "("})
_NEAR = 5  # tokens behind a number in which its own verb stands
_LODGED = 5  # tokens before a number in which a verb says that those it counts live somewhere
_THERE = 3  # tokens behind a verb in which `there` stands
_OBJECT = 1  # tokens between a verb and the number of those it is done to
_HOMES = frozenset({"shelters", "shelter_places"})
_UNPEOPLED = THINGS | {"complaints", "cases"}


def indicator_of_part(
    scene: Scene, drafts: list[Draft], host: Draft, counted: str | None, topic: str | None
) -> str | None:
    """Mostly what its whole counts; but people among cases are victims, and police among the detained officials."""
    draft, before = drafts[-1], drafts[-2] if len(drafts) > 1 else None
    own, share = draft.own, draft.amount.unit == "percent"
    if _is_whole(own, host, counted):
        row = before is not None and before.own.summed and before.indicator == "cases"  # `40 cases of ... and 37 of`
        return "cases" if row and own.head is None else host.indicator
    if share and counted is None and before is not None and before.amount.unit == "percent" and before.host is host:
        return before.indicator
    if own.staff and host.indicator in COMPLICIT:
        return "officials"
    if own.staff and own.linked and host.indicator == "trained":
        return host.indicator
    if own.linked and share and host.own.victims and (own.noun or host.indicator not in HARMED):
        counted = counted or "victims"
    tried = own.act in _ENDS or (own.inner and own.act == "prosecutions")  # `16 of those arrested were charged`
    if counted is None and not share and tried and host.indicator in COMPLICIT:
        counted = own.act
    if counted is None and not share and host.indicator == "victims" and _taken_in(scene, draft):
        counted = "victims_assisted"  # `113 went home and nine accepted the protection of ...`
    if counted is None and host.indicator in _HOMES and _lodged(scene, draft):
        counted = "victims_assisted"  # `with room for 145; at the time of the visit 118 were staying there`
    if counted is not None and not (counted == "cases" and host.indicator in FILED):
        return counted
    return _of_whole(scene, drafts, host, counted, topic)


def _of_whole(scene: Scene, drafts: list[Draft], host: Draft, counted: str | None, topic: str | None) -> str | None:
    """People among cases are victims; a heading may tell what a bare list counts; else what the whole counts."""
    draft, before = drafts[-1], drafts[-2] if len(drafts) > 1 else None
    own = draft.own
    if before is not None and before.indicator in {"complaints", "cases"} and _in_so_many(scene, draft, before):
        return before.indicator
    people = any(name in own.traits for name in PEOPLE) or comes(scene, draft)
    beside = people and before is not None and before.indicator in forms.PEOPLE and not _another(scene, draft)
    if host.indicator in _HOMES and own.person and own.noun:
        return "victims_assisted"  # `seven shelters; 40 percent of the girls ran away`
    told = (own.person and own.noun) or beside
    of_staff = own.linked and host.indicator == "staff"  # `238 officers, 97 of them women`
    if told and draft.amount.unit != "percent" and host.indicator in _UNPEOPLED and not of_staff:
        return "victims"
    if people and _share_of_people(draft, host, drafts):
        return "victims"
    led = counted is None and people and host.indicator in EXPLOITED and host not in drafts
    return (topic if led else None) or host.indicator


def _share_of_people(draft: Draft, host: Draft, drafts: list[Draft]) -> bool:
    """`The rest are of 18 to 24 years (17%)` behind a count of complaints: people have an age, complaints have none."""
    leans = any(other.own.these or (other.own.linked and not other.own.split) for other in drafts)
    apart = host.indicator in {"complaints", "cases"} and host not in drafts
    told = draft.amount.unit == "percent" or "citizenship" in draft.own.traits
    return told and apart and not leans and draft.own.head is None


def _taken_in(scene: Scene, draft: Draft) -> bool:
    """`nine accepted the protection of ...`: what happened to a part of those freed, right behind its number."""
    link = scene.starts.get(draft.amount.last)  # `90 of whom were referred to shelters`
    first = link.last if link is not None and link.facts.get("link") == "part" else draft.amount.last
    acts = [
        m
        for m in scene.within(first, first + _NEAR, "act")
        if m.facts["act"] == "victims_assisted" and ("home" not in m.facts or to_homes(scene, m))
    ]
    return bool(acts) and not any(
        scene.word(p) in _ENDED or scene.isa(p, "relatives") or scene.joins(p) for p in range(first, acts[0].first)
    )


def _lodged(scene: Scene, draft: Draft) -> bool:
    """Whether the words around a number say that those it counts live somewhere."""
    amount = draft.amount
    return scene.has("lodged_words", amount.first - _LODGED, amount.last + _NEAR)


def _in_so_many(scene: Scene, draft: Draft, before: Draft) -> bool:
    """`In 176 complaints the victim is a woman and in 38, a man`: of the complaints, as the number before."""
    led = scene.isa(draft.amount.first - 1, "locatives")
    return led and not draft.own.noun and draft.amount.unit == before.amount.unit == "count"


def _another(scene: Scene, draft: Draft) -> bool:
    """`another 52`: more of what the whole counts."""
    return scene.isa(draft.amount.first - 1, "other_words")


def _is_whole(own: Own, host: Draft, counted: str | None) -> bool:
    """Whether a part counts what its whole does, for it adds up, or `these detainees` serve time."""
    bare = own.head is None or (host.indicator == "prisoners" and own.head in PROCEEDINGS)
    ended = own.act in _ENDS and host.indicator in PROCEEDINGS  # `of 60 accused, 40 were convicted and 20 acquitted`
    summed = own.summed and bare and host.indicator not in _UNPEOPLED and not ended
    sentenced = host.indicator == "prisoners" and counted in PROCEEDINGS and own.linked
    return (
        summed or sentenced or ((own.these or own.inner) and counted == "detentions" and host.indicator == "prisoners")
    )


def at_home(scene: Scene, field: Field) -> bool:
    """`it received 11 women`, `92 girls live in them`: behind a sentence on a home, who is in it."""
    first, last = field.amount.first, field.amount.last
    for act in scene.within(field.first, field.last, "act"):
        if "home" in act.facts and 0 <= first - act.last <= _OBJECT:
            return True
        behind = range(act.last, act.last + _THERE)
        there = any(m.facts["link"] == "there" for m in scene.within(act.last, act.last + _THERE, "link"))
        if "home" in act.facts and act.first >= last and (there or any(scene.isa(p, "pronouns") for p in behind)):
            return True
    return False
