"""Ties each amount of a sentence to what is counted, when, where and by whom: small rules, each with a name.

counted    the sentence names what the number counts
part       the number is a part of a whole named before (`of these`, `de los cuales`, brackets, a list)
continued  the number goes on where the last one was: the same thing, at another time or place
carried    only the sentences before tell what is counted
"""

from __future__ import annotations

from monitor.reader import forms, sums
from monitor.reader.context import Context
from monitor.reader.drafts import PEOPLE, Draft, Own
from monitor.reader.forming import Former
from monitor.reader.heads import COMPLICIT, indicator, leans
from monitor.reader.locating import Locator
from monitor.reader.money import MONEY, bare_rate, budget
from monitor.reader.owns import read_owns
from monitor.reader.parts import NOBODY
from monitor.reader.refusals import INFECTIOUS, of_range, refusal
from monitor.reader.rows import fill_cells, fill_columns
from monitor.reader.scene import Field, Scene
from monitor.reader.sources import read_sources
from monitor.reader.spread import (
    boys_beside_girls,
    housed,
    others_of_list,
    pair_off,
    place_of_others,
    set_apart,
    spread_forms,
    spread_periods,
    spread_places,
)
from monitor.reader.timing import Timing

_THINGS = frozenset({"operations", "organisations", "offices", "staff", "budget", "calls"})
_EXPLOITED = frozenset({"victims", "victims_assisted", "complaints", "cases"})
_PROCEEDINGS = frozenset({"investigations", "prosecutions", "convictions"})
_OTHERS = frozenset({*COMPLICIT, "trained", "staff"})  # people of whom victims are no part
_ENDS = frozenset({"convictions", "acquittals"})  # how it ended for some of those accused or detained
_FILED = _PROCEEDINGS | {"complaints"}  # what `cases` may stand for
_UNPEOPLED = _THINGS | {"complaints", "cases"}
_DAY = len("2020-01-31")


class Binder:
    """Binds the amounts of one sentence in the light of those before."""

    def __init__(self, scene: Scene, context: Context) -> None:
        self.scene = scene
        self.context = context
        self.drafts: list[Draft] = []
        self.places = Locator(scene, context.places, self.drafts)
        self.forms = Former(scene, context)
        self.timing = Timing(scene, context, self.drafts)
        self.parts: dict[int, int] = {}
        self.earlier: dict[int, Draft] = {}

    def bind(self) -> list[Draft]:
        """A draft for each amount, in order; those left out say why."""
        owns = read_owns(self.scene, self.context.frames.moment)
        fill_columns(owns, self.context.frames.columns)
        fill_cells(self.scene, owns, self.context.heads)
        read_sources(self.scene, self.context.floor.voices(self.scene), owns)
        self._sum_up(owns)
        for field, own in zip(self.scene.fields, owns, strict=True):
            self.drafts.append(Draft(field.amount, own))
            self._bind(self.drafts[-1], field)
            place_of_others(self.scene, self.drafts)
        spread_periods(self.scene, self.drafts)
        spread_places(self.scene, self.drafts)
        spread_forms(self.scene, self.drafts)
        others_of_list(self.scene, self.drafts)
        boys_beside_girls(self.scene, self.drafts)
        set_apart(self.scene, self.drafts)
        pair_off(self.scene, self.drafts, self.context.recent)
        return self.drafts

    def _sum_up(self, owns: list[Own]) -> None:
        """Finds the parts that add up to a whole, of this sentence or of the one before."""
        amounts = [field.amount for field in self.scene.fields]
        self.parts = sums.wholes(amounts, owns)
        if self.context.silent == 0 and not self.parts:
            for whole in self.context.recent[::-1]:
                for place in sums.parts_of(whole, amounts, owns):
                    self.earlier.setdefault(place, whole)
        for place in self.parts.keys() | self.earlier.keys():
            owns[place].summed = True

    def _bind(self, draft: Draft, field: Field) -> None:
        rate = self._rate(draft)
        if draft.own.present and self.context.frames.ongoing:
            draft.own.timed = draft.own.present = False
        draft.dropped = refusal(self.scene, field, draft)
        counted = indicator(draft.own) if rate is None else rate.indicator
        host = self._host(draft, field, counted) if rate is None else rate
        counted = self._suspected(draft, self._identified(draft, counted))
        if host is None and counted is None:
            counted = draft.own.last_resort or self._headed(draft)
        if host is None:
            self._fresh(draft, field, counted)
        else:
            if host.dropped in INFECTIOUS and draft.dropped is None and counted is None and not draft.own.person:
                draft.dropped = host.dropped
            self._derived(draft, host, field, counted)
        draft.measure = draft.own.measure or draft.measure
        draft.register = draft.own.register or draft.register
        self.places.point(draft, field)
        money = next((other for other in self.drafts[-2::-1] if other.amount.unit in MONEY), self.context.money)
        budget(draft, money, self.scene)
        draft.dropped = of_range(self._before(), draft) or draft.dropped
        if draft.indicator is None and draft.dropped is None:
            draft.dropped = "nothing says what is counted"
        if draft.indicator in _THINGS:
            draft.traits = {name: value for name, value in draft.traits.items() if name not in PEOPLE}

    def _rate(self, draft: Draft) -> Draft | None:
        """The rate that a bare decimal goes on with."""
        before = self._before() or self.context.rate
        if before is None or before.amount.unit != "per_100k" or not bare_rate(draft.amount):
            return None
        draft.amount = draft.amount._replace(unit="per_100k")
        return before

    def _suspected(self, draft: Draft, counted: str | None) -> str | None:
        """`109 investigations involving 340 suspects`: what the sentence says of cases holds for the people in them."""
        before, own = self._before(), draft.own
        bare = own.fallback is not None and own.act is None and before is not None
        return before.indicator if bare and before is not None and before.indicator in _PROCEEDINGS else counted

    def _identified(self, draft: Draft, counted: str | None) -> str | None:
        """`32 had been identified`: cases or complaints, where the sentence before counts those."""
        whole, own = self.context.whole, draft.own
        bare = own.head is None and not own.person and own.measure == "identified" and self._before() is None
        known = whole is not None and self.context.silent == 0 and whole.indicator in _UNPEOPLED - _THINGS
        return whole.indicator if bare and counted == "victims" and known and whole is not None else counted

    def _headed(self, draft: Draft) -> str | None:
        """What the heading says that a bare number of a list below it counts."""
        return self.context.topic if draft.own.foreign is None and self._open(draft) else None

    def _before(self) -> Draft | None:
        return self.drafts[-2] if len(self.drafts) > 1 else None

    def _host(self, draft: Draft, field: Field, counted: str | None) -> Draft | None:
        """The earlier draft that this one is a part of or goes on from."""
        before, place = self._before(), len(self.drafts) - 1
        if draft.amount.unit in MONEY:
            return None
        if draft.own.summed and (draft.own.head is None or draft.own.head == self._summed(place).indicator):
            return self._summed(place)
        if (again := self._again(draft, field, counted)) is not None:
            return again
        if before is None:
            return self._whole_before(draft, counted)
        if before.own.compared and not draft.own.compared:
            before = next((other for other in self.drafts[-2::-1] if not other.own.compared), before)
        if self._stands_alone(draft, before, counted):
            return None
        return self._host_here(draft, field, before, counted)

    def _summed(self, place: int) -> Draft:
        """The whole that this part and its neighbours add up to."""
        return self.drafts[self.parts[place]] if place in self.parts else self.earlier[place]

    def _again(self, draft: Draft, field: Field, counted: str | None) -> Draft | None:
        """`Of the 293, ...`: a number that the text has given before."""
        definite = self.scene.isa(field.amount.first - 1, "definite")
        return sums.said_before(draft, self.context.seen, counted) if definite else None

    def _stands_alone(self, draft: Draft, before: Draft, counted: str | None) -> bool:
        """Whether the field itself says what is counted, and no word hangs it on anything."""
        own = draft.own
        if counted is None or own.these or own.linked:
            return False
        share = draft.amount.unit == "percent" and before.amount.unit == "count" and counted == before.indicator
        shared = own.shared and own.head is None and before.host is not None
        return not share and not shared

    def _host_here(self, draft: Draft, field: Field, before: Draft, counted: str | None) -> Draft | None:
        """The host among the drafts of the same sentence."""
        own = draft.own
        if own.these and counted is not None:
            return next((other for other in self.drafts[:-1] if other.dropped is None), self.context.whole)
        if self._apposed(draft, before):
            return before
        if (told := self._told(draft, counted)) is not None:
            return told
        depth = field.depth - self.scene.fields[len(self.drafts) - 2].depth
        if own.linked and not own.split:
            if depth < 0 and before.host is not None:
                before = before.host
            return before if before.dropped not in INFECTIOUS else self._whole(draft)
        if depth > 0 or self._colon(field):
            return before
        if depth < 0 and before.host is not None:
            before = before.host
        same = before.host is not None and (before.own.linked or before.host.indicator == before.indicator)
        host = before.host if same and before.host is not None else before
        return self._whole(draft) if self._misfit(draft, host) else host

    def _apposed(self, draft: Draft, before: Draft) -> bool:
        """`638 people, 45% of all victims`: the same people, as a share."""
        gap = range(before.amount.last, draft.amount.first)
        share = draft.amount.unit == "percent" and before.amount.unit == "count" and not draft.own.linked
        noun = self.scene.starts.get(before.amount.last)
        first = noun.last if noun is not None else before.amount.last
        kinds = ("determiners", "relatives", "copulas", "of")
        bare = all(
            self.scene.word(p) == "," or any(self.scene.isa(p, k) for k in kinds) for p in range(first, gap.stop)
        )
        comma = any(self.scene.word(place) == "," for place in gap)
        return share and comma and bare and not any(name in draft.own.traits for name in PEOPLE)

    def _told(self, draft: Draft, counted: str | None) -> Draft | None:
        """`117 of those cases`: what the sentence has counted by that name, or by a nearer one."""
        if not (draft.own.inner or draft.own.these) or draft.own.head is None:
            return None
        same = {counted} | (_FILED if counted == "cases" else set())
        return next((other for other in self.drafts[-2::-1] if other.indicator in same), None)

    def _misfit(self, draft: Draft, host: Draft) -> bool:
        """Women and children are no part of operations, but of the people counted before."""
        return self._of_people(draft) and host.indicator in _THINGS and self.context.people is not None

    def _of_people(self, draft: Draft) -> bool:
        return draft.own.person or any(name in draft.own.traits for name in PEOPLE)

    def _whole(self, draft: Draft) -> Draft | None:
        """The last whole, or the last whole of people for a number of people."""
        whole, context = self.context.whole, self.context
        share = draft.amount.unit == "percent" and whole is not None and whole.indicator in _THINGS
        if whole is None or not (share or self._of_people(draft)):
            return whole
        if (
            draft.amount.unit == "percent"
            and not draft.own.linked
            and context.share is not None
            and context.silent == 0
        ):
            return context.share
        within = context.people is not None and draft.amount.value <= context.people.amount.value
        recent = context.people_last and whole.indicator in _EXPLOITED and (draft.amount.unit == "percent" or within)
        return (context.people or whole) if whole.indicator in _THINGS or recent else whole

    def _whole_before(self, draft: Draft, counted: str | None) -> Draft | None:
        """The whole in the sentences before, for the first amount of a sentence that leans on it."""
        own = draft.own
        if own.latter and self.context.recent:
            return next((other for other in self.context.recent[::-1] if other.amount.unit == "count"), None)
        whole = self.context.whole if own.these and counted is not None else self._whole(draft)
        if whole is None or not (own.linked or own.these or counted is None):
            return None
        if own.linked or own.these:
            return whole
        others = own.noun and own.last_resort == "victims" and whole.indicator in _OTHERS
        return whole if self.context.near and self._open(draft) and not others else None

    def _open(self, draft: Draft) -> bool:
        return leans(self.scene, draft.amount, draft.own)

    def _colon(self, field: Field) -> bool:
        return self.scene.word(field.first) == ":" or self.scene.word(field.amount.first - 1) == ":"

    def _fresh(self, draft: Draft, field: Field, counted: str | None) -> None:
        """Rule `counted`: period, place and source from the field, the head of the sentence, the sentences before."""
        own = draft.own
        draft.rule = "counted" if counted else "carried"
        draft.indicator = self._complaints(own, counted)
        draft.traits = dict(own.traits)
        draft.period = self.timing.fresh(draft, field)
        self.places.fresh(draft, field)
        self.forms.fresh(draft, field)
        draft.provider = self._provider(draft)
        housed(self._before() or (self.context.whole if self.context.silent == 0 else None), draft)

    def _complaints(self, own: Own, counted: str | None) -> str | None:
        """`cases` that stand for complaints just named are complaints, unless another institution speaks."""
        context = self.context
        moved = own.provider not in {None, context.floor.holder}
        here = any(other.indicator == "complaints" for other in self.drafts[:-1])
        just = here or (context.filed == "complaints" and context.since_filed <= 1)
        return "complaints" if counted == "cases" and just and not moved else counted

    def _provider(self, draft: Draft) -> str | None:
        """Who gives, says or did it in this sentence, else who holds the floor."""
        own = draft.own
        if own.provider is not None:
            named = None if own.provider == NOBODY else own.provider
            return self.context.floor.over(named) if named is not None and own.agent else named
        before = self._before()
        if before is not None and (before.host is not None or before.own.provider is not None):
            return before.provider
        return self.context.floor.source(draft, self.scene.sentence.paragraph)

    def _derived(self, draft: Draft, host: Draft, field: Field, counted: str | None) -> None:
        """Rules `part` and `continued`: all from the whole, then the own words."""
        own = draft.own
        draft.inherit(host)
        people = any(name in own.traits for name in PEOPLE)
        sibling = self._sibling(draft, host)
        others = own.these and counted not in {None, host.indicator, "shelter_places"}
        if sibling or others or host is self.context.share:
            draft.traits = {name: value for name, value in draft.traits.items() if name not in PEOPLE}
        elif host is self._before() and self._predicated(draft, host):
            draft.traits = {n: v for n, v in draft.traits.items() if n not in PEOPLE or n not in host.own.traits}
        draft.rule = "part" if (people or own.linked) and not sibling else "continued"
        draft.host = None if sibling else host if draft.rule == "part" or draft.amount.unit == "percent" else host.host
        if host is self.context.whole or host is self.context.people:
            draft.host = host
        draft.indicator = self._indicator_of_part(draft, host, counted)
        draft.traits.update(own.traits)
        self.places.derived(draft, host, field)
        self.forms.derived(draft)
        draft.period = self.timing.derived(draft, host)
        if self._has_source(draft, host):
            draft.provider = self._provider(draft)

    def _has_source(self, draft: Draft, host: Draft) -> bool:
        """Whether a part has a source of its own: a host of this sentence has the same unless someone else is named."""
        own, apart = draft.own, not any(host is other for other in self.drafts)
        if own.provider is not None:
            return len(self.drafts) == 1 or apart or own.quoted or own.fresh
        return apart and (self.context.floor.captioned or (draft.indicator == "budget" != host.indicator))

    def _indicator_of_part(self, draft: Draft, host: Draft, counted: str | None) -> str | None:
        """Mostly what its whole counts; but people among cases are victims, and police among the detained officials."""
        own, share = draft.own, draft.amount.unit == "percent"
        before = self._before()
        if _is_whole(own, host, counted):
            return host.indicator
        if share and counted is None and before is not None and before.amount.unit == "percent" and before.host is host:
            return before.indicator
        if own.staff and host.indicator in COMPLICIT:
            return "officials"
        if own.linked and share and host.own.victims:
            counted = counted or "victims"
        if counted is None and not share and own.act in _ENDS and host.indicator in COMPLICIT:
            counted = own.act
        if counted is not None and not (counted == "cases" and host.indicator in _FILED):
            return counted
        return self._of_whole(draft, host, counted)

    def _of_whole(self, draft: Draft, host: Draft, counted: str | None) -> str | None:
        """People among cases are victims; a heading may tell what a bare list counts; else what the whole counts."""
        own, before = draft.own, self._before()
        people = any(name in own.traits for name in PEOPLE)
        beside = people and before is not None and before.indicator in forms.PEOPLE and not self._another(draft)
        told = (own.person and own.noun) or beside
        if told and draft.amount.unit != "percent" and host.indicator in _UNPEOPLED:
            return "victims"
        led = counted is None and people and host.indicator in _EXPLOITED and host not in self.drafts
        topic = self.context.topic if led else None
        return topic or host.indicator

    def _another(self, draft: Draft) -> bool:
        """`another 52`: more of what the whole counts."""
        return self.scene.isa(draft.amount.first - 1, "other_words")

    def _predicated(self, draft: Draft, host: Draft) -> bool:
        """`80% of the victims are women and 78% were ...`: what the first share is said to be, the second is not."""
        own = draft.own
        if own.linked or own.compared or own.timed or not draft.amount.unit == host.amount.unit == "percent":
            return False
        return any(self.scene.isa(p, "copulas") for p in range(host.amount.last, draft.amount.first))

    def _sibling(self, draft: Draft, host: Draft) -> bool:
        """`30 women and 12 men`: neither is a part of the other."""
        field = self.scene.fields[len(self.drafts) - 1]
        if host is not self._before() or draft.own.linked or draft.own.summed or self._colon(field):
            return False
        if field.depth > self.scene.fields[len(self.drafts) - 2].depth or draft.amount.unit != host.amount.unit:
            return False
        return any(name in draft.own.traits for name in PEOPLE) and any(name in host.own.traits for name in PEOPLE)


def _is_whole(own: Own, host: Draft, counted: str | None) -> bool:
    """Whether a part counts what its whole does, for it adds up, or `these detainees` serve time."""
    summed = own.summed and own.head is None and host.indicator not in _UNPEOPLED
    return summed or (own.these and counted == "detentions" and host.indicator == "prisoners")
