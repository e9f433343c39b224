"""Ties each amount of a sentence to what is counted, when, where and by whom: small rules, each with a name.

counted    the sentence names what the number counts
part       the number is a part of a whole named before (`of these`, `de los cuales`, brackets, a list)
continued  the number goes on where the last one was: the same thing, at another time or place
carried    only the sentences before tell what is counted
"""

from __future__ import annotations

from monitor.reader.binding import anaphora
from monitor.reader.binding.again import predicated
from monitor.reader.binding.context import Context
from monitor.reader.binding.counting import at_home, indicator_of_part
from monitor.reader.binding.forming import Former
from monitor.reader.binding.listed import both_of_list, others_of_list, spread_forms
from monitor.reader.binding.locating import Locator
from monitor.reader.binding.money import bare_rate, budget
from monitor.reader.binding.pairing import pair_changes, pair_off
from monitor.reader.binding.placing import place_of_others, spread_places
from monitor.reader.binding.refusals import INFECTIOUS, OTHER_CRIME, OTHER_THING, PLAN, infected, of_range, refusal
from monitor.reader.binding.sourcing import provider
from monitor.reader.binding.spread import (
    boys_beside_girls,
    housed,
    led_by_case,
    led_by_sex,
    set_apart,
    spread_periods,
)
from monitor.reader.binding.suspects import suspected
from monitor.reader.binding.timing import Timing
from monitor.reader.binding.united import add_up, of_base
from monitor.reader.binding.wholes import FILED, THINGS, Wholes
from monitor.reader.drafts import HARMED, PEOPLE, STOCKS, Draft, Own
from monitor.reader.sentence.scene import Field, Scene
from monitor.reader.statistic import MONEY
from monitor.reader.what.aged import same_age
from monitor.reader.what.codes import indicator
from monitor.reader.what.owns import read_owns
from monitor.reader.what.rows import fill_cells, fill_columns, fill_nations, listed
from monitor.reader.when import times
from monitor.reader.who.sources import read_sources, register

_SERVING = frozenset({"trained", "officials"})  # of the country's own, whatever else a sentence names
_BROAD = frozenset({"Y0T17", "Y_GE18"})  # ages that are no band
_VERB = 5  # tokens between a verb and the number of what it has done
_OF_THE = 2  # tokens between a number and that of which it is a part


class Binder:
    """Binds the amounts of one sentence in the light of those before."""

    def __init__(self, scene: Scene, context: Context) -> None:
        self.scene = scene
        self.context = context
        self.drafts: list[Draft] = []
        self.places = Locator(scene, context.places, self.drafts, context.recent)
        self.forms = Former(scene, context, self.drafts)
        self.timing = Timing(scene, context, self.drafts)
        self.wholes = Wholes(scene, context, self.drafts)

    def bind(self) -> list[Draft]:
        """A draft for each amount, in order; those left out say why."""
        owns = read_owns(self.scene, self.context.frames.moment)
        fill_columns(owns, self.context.frames.columns)
        fill_cells(self.scene, owns, self.context.heads)
        fill_nations(self.scene, owns, captioned=self.context.nations)
        read_sources(self.scene, self.context.floor.voices(self.scene), owns)
        self.wholes.sum_up(owns)
        scene_ages = self.scene.standing["age_words"] and self.scene.standing["age_groups"]
        for field, own in zip(self.scene.fields, owns, strict=True):
            if scene_ages and "age" not in own.traits and same_age(self.scene, field):
                own.traits.update(self._age_before())
            self.drafts.append(Draft(field.amount, own))
            self._bind(self.drafts[-1], field)
            place_of_others(self.scene, self.drafts)
        spread_periods(self.scene, self.drafts)
        spread_places(self.scene, self.drafts)
        spread_forms(self.scene, self.drafts)
        others_of_list(self.scene, self.drafts)
        both_of_list(self.scene, self.drafts)
        boys_beside_girls(self.scene, self.drafts)
        led_by_sex(self.scene, self.drafts)
        led_by_case(self.scene, self.drafts)
        set_apart(self.scene, self.drafts)
        anaphora.of_girls(self.scene, self.drafts)
        pair_off(self.scene, self.drafts, self.context.recent)
        pair_changes(self.scene, self.drafts, self.context.recent)
        return self.drafts

    def _age_before(self) -> dict[str, str]:
        """The band of age that was told last."""
        told = [other.traits.get("age") for other in (*self.context.seen, *self.drafts)]
        bands = [age for age in told if age is not None and age not in _BROAD]
        return {"age": bands[-1]} if bands else {}

    def _bind(self, draft: Draft, field: Field) -> None:
        rate = self._rate(draft)
        lasting = self.context.frames.running and times.up_to_now(self.scene, field)
        if draft.own.present and (self.context.frames.ongoing or self.context.floor.basis is not None or lasting):
            draft.own.timed = draft.own.present = False
        self._agree(draft)
        draft.dropped = refusal(self.scene, field, draft)
        if self.context.crime and not self.context.frames.opening and infected(self.scene, draft):
            draft.dropped = OTHER_CRIME
        counted: str | None = indicator(draft.own) if rate is None else rate.indicator
        of_sum = draft.amount.unit in MONEY and draft.own.linked  # `of this sum, 300,000 soles funded shelters`
        counted = self._told_before(draft, None if of_sum else counted)
        counted = "budget" if counted is not None and draft.amount.unit in MONEY else counted or self._of_list(draft)
        counted = self._apart_from_known(draft, counted)
        counted = anaphora.counted(self.scene, self.context, self.drafts, counted)
        host = self.wholes.host(draft, field, counted) if rate is None else rate
        counted = suspected(self.scene, self.context, self.drafts, self._identified(draft, counted))
        if host is None and counted is None:
            counted = self.wholes.spoken(draft, counted) or self._last_resort(draft)
        if host is None:
            self._fresh(draft, field, counted)
        else:
            if (counted is None and not draft.own.person) or draft.own.summed:
                draft.dropped = draft.dropped or self._infection(draft, host)
            self._derived(draft, host, field, counted)
        anaphora.take_kind(self.context, self.drafts)
        draft.measure = draft.own.measure or draft.measure
        draft.register = register(self.scene, draft)
        self.places.point(draft, field)
        money = next((other for other in self.drafts[-2::-1] if other.amount.unit in MONEY), self.context.money)
        budget(draft, money, self.scene, headed=self.context.topic == "budget")
        draft.dropped = of_range(self.wholes.before(), draft) or draft.dropped
        if draft.indicator is None and draft.dropped is None:
            draft.dropped = "nothing says what is counted"
        if draft.indicator == "calls":
            draft.traits = {n: v for n, v in draft.traits.items() if n not in PEOPLE or n in draft.own.traits}
        elif draft.indicator in _SERVING:
            draft.traits.pop("citizenship", None)  # `with foreign funds, 40 officials were trained`
        elif draft.indicator in THINGS:
            draft.traits = {name: value for name, value in draft.traits.items() if name not in PEOPLE}

    def _agree(self, draft: Draft) -> None:
        """`173 víctimas extranjeras. Las venezolanas son 102`: a feminine that agrees with the noun of those before."""
        near = (self.context.whole, self.context.people, *self.context.recent)
        told = [each for each in near if each is not None and each.own.victims]
        if draft.own.agreeing and self.context.silent <= 1 and any("sex" not in each.traits for each in told):
            draft.own.traits.pop("sex")

    def _rate(self, draft: Draft) -> Draft | None:
        """The rate that a bare decimal goes on with."""
        before = self.wholes.before() or self.context.rate
        if before is None or before.amount.unit != "per_100k" or not bare_rate(draft.amount):
            return None
        draft.amount = draft.amount._replace(unit="per_100k")
        return before

    def _apart_from_known(self, draft: Draft, counted: str | None) -> str | None:
        """`Nine of the 19 offenders`, where 19 were convicted: no kind of their own, whatever noun they are given."""
        last, own = draft.amount.last, draft.own
        if counted is None or counted != own.fallback or own.act is not None:
            return counted
        following = next((f.amount for f in self.scene.fields if last <= f.amount.first <= last + _OF_THE), None)
        if following is None or not self.scene.isa(following.first - 1, "definite"):
            return counted
        return None if any(other.amount.value == following.value for other in self.context.recent) else counted

    def _infection(self, draft: Draft, host: Draft) -> str | None:
        """`It plans to open two, one in Ica and one in Tacna`: more of what is none, or only planned."""
        before = self.wholes.before()
        apart = before is None or draft.own.compared or self.scene.has(";", before.amount.last, draft.amount.first)
        planned = before is not None and before.dropped == PLAN and not apart
        return PLAN if planned else host.dropped if host.dropped in INFECTIOUS else None

    def _last_resort(self, draft: Draft) -> str | None:
        """What the words around, or a heading, say that is counted; of a part of some money nothing does."""
        of_sum = draft.amount.unit in MONEY and draft.own.linked
        labelled = self.context.topic if listed(self.scene) and not draft.own.noun else None  # `Peruvians: 118`
        told = labelled or (None if of_sum else draft.own.last_resort) or self._headed(draft)
        return told or anaphora.as_filed(self.scene, self.context, draft)

    def _told_before(self, draft: Draft, counted: str | None) -> str | None:
        """`..., prosecutors 380`: who counts, not who is counted; `among those freed from 50 bars were ten minors`."""
        before, own = self.wholes.before(), draft.own
        if before is None or self._in_workshops(before, own, counted):
            return counted if before is None else "trained"
        if counted == "staff" and not own.noun and own.fresh and before.indicator not in {*STOCKS, None}:
            own.head, own.person = None, False
            return None
        if counted is None and own.person and before.dropped == OTHER_THING:
            between = self.scene.within(before.amount.last, draft.amount.first, "act")
            done = own.noun and any(act.facts["act"] == before.own.act for act in between)
            return before.own.act if before.own.linked or done else None  # `two waiters lured six girls`
        bare = counted == "victims_assisted" and not own.noun and before.indicator in {"calls", *FILED}
        if bare and self.scene.isa(draft.amount.first - 1, "handing_on"):
            return before.indicator  # `took 2,300 calls and referred 87 to the police`
        told = any(other.indicator == "cases" for other in self.drafts[:-1])  # `436 cases ..., against 203 cases`
        if counted == "cases" and own.compared and before.indicator in FILED and not told:
            return before.indicator  # `investigated 214 cases, compared with 280 cases`
        return counted

    def _in_workshops(self, before: Draft, own: Own, counted: str | None) -> bool:
        """`In four workshops it reached 230 leaders`: who took part in what the number before counts."""
        noun = self.scene.starts.get(before.amount.last)
        courses = before.dropped == OTHER_THING and noun is not None and noun.facts.get("act") == "trained"
        return courses and own.person and counted in {None, "victims_assisted", "staff", "officials"}

    def _of_list(self, draft: Draft) -> str | None:
        """`Six districts have most of the cases: Lima (24%), ...`: what is named right before the colon of a list."""
        before = self.wholes.before()
        if before is not None and (headed := anaphora.before_colon(self.scene, before, draft)) is not None:
            return headed
        if before is None or before.dropped != OTHER_THING or draft.amount.unit != "percent" or draft.own.person:
            return None
        named = self.scene.within(before.amount.last, draft.amount.first, "indicator")
        listed = bool(named) and self.scene.word(named[-1].last) == ":"
        return str(named[-1].facts["indicator"]) if listed else None

    def _identified(self, draft: Draft, counted: str | None) -> str | None:
        """`32 had been identified`: cases or complaints, where the numbers before count those."""
        before, own = self.wholes.before(), draft.own
        whole = self.context.whole if before is None else before
        elided = counted == "victims_assisted" in {own.done, own.head} and not own.noun and not own.traits
        if elided and before is None and whole is not None and whole.indicator == "calls" and self.context.silent == 0:
            return whole.indicator  # `recibió 2 300 llamadas. El año anterior había atendido 2 096`
        bare = own.head is None and not own.person and (own.measure == "identified" or self._entered(draft))
        people = before is None and any(each.indicator in HARMED for each in self.context.recent)
        near = before is not None or (self.context.silent == 0 and not people)
        known = whole is not None and near and whole.indicator in {"complaints", "cases", "calls"}
        found = counted in {"victims", "victims_assisted"} and known and whole is not None
        return whole.indicator if bare and found and whole is not None else counted

    def _entered(self, draft: Draft) -> bool:
        """`In 2021, ingresaron 2756`, `se atendieron 2096`: with no noun and no `a`, more of what was counted."""
        scene, first = self.scene, draft.amount.first
        acts = [m for m in scene.within(first - _VERB, first, "act") if m.facts["act"] == "victims_assisted"]
        if not acts or draft.own.noun or scene.isa(first - 1, "objects"):
            return False
        verb = acts[-1].first
        bare = acts[-1].last == first and scene.words.grammar["impersonal"]  # `atienden 1320`: no people without an `a`
        passive = any(scene.isa(p, "impersonal") for p in (verb, verb - 1, verb - 2))
        return bool(bare) or passive or scene.isa(verb, "admitting")

    def _headed(self, draft: Draft) -> str | None:
        """What the heading, or a sentence on places before it, says that a bare number of a list counts."""
        own, count = draft.own, draft.amount.unit == "count"
        placed = "area" in own.traits or self.places.ranked(self.scene.fields[len(self.drafts) - 1])
        bare = count and (
            placed or (own.timed and not own.person)
        )  # `Complaints are on the rise. In 2018 there were 74`
        said = self.context.topic or (self.context.named if bare else None)
        return said if own.foreign is None and self.wholes.open(draft) else None

    def _fresh(self, draft: Draft, field: Field, counted: str | None) -> None:
        """Rule `counted`: period, place and source from the field, the head of the sentence, the sentences before."""
        own = draft.own
        draft.rule = "counted" if counted else "carried"
        draft.indicator = anaphora.complaints(self.scene, self.context, self.drafts, counted)
        if draft.indicator == "shelters" and own.person and own.head is None:
            draft.indicator = "victims_assisted"  # `the 19 women who sleep there`
        if draft.indicator == "victims" and self.context.housing and at_home(self.scene, field):
            draft.indicator = "victims_assisted"
        draft.traits = dict(own.traits)
        draft.period = self.timing.fresh(draft, field)
        self.places.fresh(draft, field)
        self.forms.fresh(draft, field)
        draft.provider = provider(self.scene, self.context, self.drafts)
        self._elided(draft)
        anaphora.take_kin(self.scene, self.context, self.drafts)
        lean = self.context.silent == 0 and (own.these or own.there or self._stands_for_homes())
        housed(self.wholes.before() or (self._homes() if lean else None), draft)

    def _homes(self) -> Draft | None:
        """The whole; `two homes with room for 45 girls`: those whom they are for are told by how many they hold."""
        whole = self.context.whole
        if whole is None or whole.indicator != "shelters" or any(name in whole.traits for name in PEOPLE):
            return whole
        held = [each for each in self.context.recent if each.indicator == "shelter_places"]
        return next((each for each in held if any(name in each.traits for name in PEOPLE)), whole)

    def _elided(self, draft: Draft) -> None:
        """`It assisted 130 children. In 2020 it assisted 41`: the noun, where only the time is another."""
        own = draft.own
        kin = [each for each in self.context.told if each.indicator == draft.indicator and each.host is None]
        whole = kin[-1] if kin else self.context.whole
        bare = own.timed and own.done == draft.indicator and not (own.noun or own.person or own.traits)
        if not bare or whole is None or self.context.silent > 0 or self.wholes.before() is not None:
            return
        same = (whole.indicator, whole.measure, whole.provider) == (draft.indicator, own.measure, draft.provider)
        told = whole.own.noun or whole.rule == "continued"
        if same and told and whole.own.done == own.done and draft.amount.unit == "count":
            draft.traits.update({name: value for name, value in whole.traits.items() if name in PEOPLE})
            if draft.framed and "area" in whole.own.traits:
                draft.traits["area"] = whole.own.traits["area"]

    def _stands_for_homes(self) -> bool:
        """`They can hold up to 90`, `In 2023 these housed 139`: a pronoun at the head, perhaps behind a time."""
        scene = self.scene
        opening = scene.starts.get(0)
        first = opening.last if opening is not None and "period" in opening.facts else 0
        first += scene.word(first) == ","
        return scene.isa(0, "pronouns") or scene.isa(first, "pronouns") or self._no_subject(first)

    def _no_subject(self, first: int) -> bool:
        """`En 2022 han acogido a 71`: nobody is named between a time and the number, whose noun is a verb."""
        scene, number = self.scene, self.drafts[-1].amount.first
        verbs = ("copulas", "perfects", "objects", "adverbs", "carriers")
        told = [place for place in range(first, number) if place not in scene.inside]
        named = {m.facts["group"] for m in scene.within(first, number, "group")} - {"acts", "qualifiers"}
        alone = named <= {"heads"} and scene.isa(first, "perfects")
        return number > first and alone | (not named) and all(scene.among(place, verbs) for place in told)

    def _derived(self, draft: Draft, host: Draft, field: Field, counted: str | None) -> None:
        """Rules `part` and `continued`: all from the whole, then the own words."""
        own = draft.own
        if own.act is None and counted == own.fallback and host.amount.value == draft.amount.value:
            counted = host.indicator  # `the 24 offenders`, who had been convicted
        draft.inherit(host)
        people = any(name in own.traits for name in PEOPLE)
        self._unite(draft, host)
        sibling = self.wholes.sibling(draft, host)
        housed_there = host.indicator == "shelters" and counted in {"shelter_places", "victims_assisted"}
        others = own.these and counted not in {None, host.indicator} and not housed_there
        based = host is self.context.based and not (own.linked and not own.noun)
        again = self._again(draft)
        if sibling or others or ((host is self.context.share or based) and not again):
            told = based and host.own.traits.get("form") != self.context.forms.title
            said = {"form"} & host.own.traits.keys() if told else set()
            left = PEOPLE if not (sibling and self._same_people(draft, host)) else ("age",)
            draft.traits = {n: value for n, value in draft.traits.items() if n not in left and n not in said}
        elif host is self.wholes.before() and (
            predicated(self.scene, draft, host) or (own.compared and own.timed and own.noun and own.person)
        ):  # `28 women, the most since 2012, when 33 people were freed`
            draft.traits = {n: v for n, v in draft.traits.items() if n not in PEOPLE or n not in host.own.traits}
        draft.rule = "part" if (people or own.linked) and not sibling else "continued"
        draft.host = None if sibling else host if draft.rule == "part" or draft.amount.unit == "percent" else host.host
        if host is self.context.whole or host is self.context.people:
            draft.host = host
        draft.indicator = indicator_of_part(self.scene, self.drafts, host, counted, self.context.topic)
        if (
            self.context.parted
            and len(self.drafts) == 1
            and any(host is each for each in self.context.recent)
            and not own.linked
        ):
            draft.traits = {n: v for n, v in draft.traits.items() if n not in PEOPLE}
        if own.together and not people:
            add_up(self.drafts, self.context.recent)
        if of_base(self.scene, self.drafts):
            draft.traits = {name: value for name, value in draft.traits.items() if name not in PEOPLE}
        draft.traits.update(own.traits)
        self.places.derived(draft, host, field)
        self.forms.derived(draft)
        if not own.compared:
            self.forms.parted(draft, host)
        anaphora.same_figure(self.scene, self.drafts)
        draft.period = self.timing.derived(draft, host)
        if self._has_source(draft, host):
            draft.provider = provider(self.scene, self.context, self.drafts)

    def _again(self, draft: Draft) -> bool:
        """`40% are Venezuelan. In 2018 it was 12%`: the same share at another time, of the same people."""
        own = draft.own
        bare = own.timed and not own.traits and own.head is None and not own.person
        return bare and draft.amount.unit == "percent" and len(self.drafts) == 1

    def _same_people(self, draft: Draft, host: Draft) -> bool:
        """`40 boys of 6 to 11, 25 of 0 to 5`: an age alone, with no noun of its own."""
        own = draft.own
        return set(PEOPLE) & own.traits.keys() == {"age"} == {"age"} & host.own.traits.keys() and not own.person

    def _unite(self, draft: Draft, host: Draft) -> None:
        """`Six Bolivians and three Cubans were freed. Five are minors`: what only the first of them are goes."""
        counts = draft.amount.unit == host.amount.unit == "count" and host.indicator not in STOCKS
        if draft.own.total and counts and draft.amount.value > host.amount.value:
            draft.traits = {n: v for n, v in draft.traits.items() if n not in PEOPLE}  # `618 girls of a total of 1,140`
        near = self.context.recent if all(host is not each for each in self.drafts) else self.drafts[:-1]
        kin = [each for each in near if each.host is None and each.indicator == host.indicator]
        here = near is not self.context.recent
        if here and self.scene.fields[len(self.drafts) - 1].depth > 0:
            return  # `220 people were checked and 20 women freed (12 of them minors)`: of those before the bracket
        if host.host is not None or all(host is not each for each in kin) or (here and not draft.own.linked):
            return
        for name in PEOPLE if here else (*PEOPLE, "form"):
            said = {each.traits.get(name) for each in kin}
            if len(said) > 1:
                draft.traits.pop(name, None)
            if len(said) > 1 and name == "citizenship" and not said & {None, "PE"}:
                draft.traits[name] = "foreign"

    def _has_source(self, draft: Draft, host: Draft) -> bool:
        """Whether a part has a source of its own: a host of this sentence has the same unless someone else is named."""
        own, apart = draft.own, not any(host is other for other in self.drafts)
        if own.provider is not None:
            return len(self.drafts) == 1 or apart or own.quoted or own.fresh
        return apart and (self.context.floor.captioned or (draft.indicator == "budget" != host.indicator))
