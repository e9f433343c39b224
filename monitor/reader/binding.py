"""Ties each amount of a sentence to what is counted, when, where and by whom: small rules, each with a name.

counted    the sentence names what the number counts
part       the number is a part of a whole named before (`of these`, `de los cuales`, brackets, a list)
continued  the number goes on where the last one was: the same thing, at another time or place
carried    only the sentences before tell what is counted
"""

from __future__ import annotations

import dataclasses
import itertools

from monitor.reader import sources, traits
from monitor.reader.amounts import Amount
from monitor.reader.context import Context
from monitor.reader.drafts import Draft, Own
from monitor.reader.heads import indicator, read_head
from monitor.reader.periods import Moment
from monitor.reader.scene import Field, Scene

_STOCKS = frozenset({"staff", "offices", "shelters", "shelter_places", "prisoners"})
_THINGS = frozenset({"operations", "organisations", "offices", "staff", "budget", "calls", "investigations"})
_PEOPLE = ("sex", "age", "citizenship")
_OTHER_THING, _OTHER_CRIME = "counts something else", "another crime"
_INFECTIOUS = frozenset({_OTHER_THING, _OTHER_CRIME})
_MONEY = frozenset({"PEN", "USD"})


class Binder:
    """Binds the amounts of one sentence in the light of those before."""

    def __init__(self, scene: Scene, context: Context) -> None:
        self.scene = scene
        self.context = context
        self.drafts: list[Draft] = []
        self.moment = Moment(context.published, context.year, context.named)

    def bind(self) -> list[Draft]:
        """A draft for each amount, in order; those left out say why."""
        fields = self.scene.fields
        owns = [self._own(field) for field in fields]
        self._share_acts(owns)
        for place, (field, own) in enumerate(zip(fields, owns, strict=True)):
            own.compared = own.compared or (place > 0 and owns[place - 1].compared and not self._apart(field))
            draft = Draft(field.amount, own)
            self.drafts.append(draft)
            self._bind(draft, field)
        self._spread_periods()
        self._places_of_regions()
        return self.drafts

    def _apart(self, field: Field) -> bool:
        return self.scene.word(field.first) == ";"

    def _coordinated(self, field: Field) -> bool:
        return self.scene.isa(field.first, "separators")

    def _share_acts(self, owns: list[Own]) -> None:
        """`49 prosecutors and 111 judges completed ...`: what happened to one happened to the other."""
        pairs = list(zip(owns, owns[1:], self.scene.fields[1:], strict=False))
        for one, two, field in pairs[::-1]:
            if self._coordinated(field) and one.act is None and one.person and two.person:
                one.act = two.act
        for one, two, field in pairs:
            if (self._coordinated(field) or self.scene.word(field.first) == ",") and two.act is None and two.person and one.person:
                two.act = one.act

    def _places_of_regions(self) -> None:
        """`seven shelters in four regions (Cusco, Lima ...)`: the places belong to what is counted before."""
        for one, two in itertools.pairwise(self.drafts):
            region = two.own.foreign is not None and two.own.foreign in self.scene.words.grammar["region_nouns"]
            if region and "area" in two.own.traits and "area" not in one.own.traits:
                one.traits["area"] = two.own.traits["area"]

    def _own(self, field: Field) -> Own:
        scene, span = self.scene, (field.first, field.last)
        own = Own(traits=traits.people(scene, field))
        own.timed, own.period = traits.period(scene, field, span, self.moment)
        if own.period is not None:
            self.moment = Moment(self.moment.published, traits.explicit_year(own.period), own.period)
        if (area := traits.area(scene, field, *span)) is not None:
            own.traits["area"] = area
        if (form := traits.form(scene, *span)) is not None:
            own.traits["form"] = form
        own.provider = sources.provider(scene, field)
        read_head(scene, field, own)
        self._links(field, own)
        return own

    def _links(self, field: Field, own: Own) -> None:
        scene = self.scene
        for mention in scene.within(field.first, field.last, "link"):
            kind = mention.facts["link"]
            own.linked = own.linked or (kind == "part" and mention.first < field.amount.last + 4)
            own.these = own.these or (kind == "these" and mention.first < field.amount.first)
            own.there = own.there or kind == "there"
            own.compared = own.compared or (kind == "compare" and mention.first < field.amount.first)
        for mention in scene.within(field.first, field.last, "measure"):
            own.measure = mention.facts["measure"]
        for mention in scene.within(0, len(scene.tokens), "register"):
            own.register = mention.facts["register"]
        own.victims = any(mention.concept == "victims" for mention in scene.within(field.first, field.last, "person"))
        crimes = scene.within(field.first, field.last, "crime")
        own.crime = bool(crimes) and not scene.within(field.first, field.last, "topic")

    def _bind(self, draft: Draft, field: Field) -> None:
        draft.dropped = self._refusal(draft, field)
        counted = indicator(draft.own)
        host = self._host(draft, field, counted)
        if host is not None and host.dropped in _INFECTIOUS and draft.dropped is None and counted is None:
            draft.dropped = f"goes on after a number left out: {host.dropped}"
        if host is None:
            self._fresh(draft, field, counted)
        else:
            self._derived(draft, host, counted)
        if draft.own.measure:
            draft.measure = draft.own.measure
        draft.register = draft.own.register or draft.register
        if draft.own.there and "area" not in draft.own.traits and self.context.last_area:
            draft.traits["area"] = self.context.last_area
        self._money(draft)
        if draft.indicator is None and draft.dropped is None:
            draft.dropped = "nothing says what is counted"
        if draft.indicator in _THINGS:
            for name in _PEOPLE:
                draft.traits.pop(name, None)

    def _refusal(self, draft: Draft, field: Field) -> str | None:
        own, amount, scene = draft.own, draft.amount, self.scene
        if own.foreign is not None and amount.unit == "count":
            return _OTHER_THING
        if own.crime:
            return _OTHER_CRIME
        if amount.after and amount.value <= 3:
            return "two or more: no count"
        if amount.article and not self._listed(draft, field):
            return "an article, not a count"
        if amount.unit == "percent_change":
            return "a change"
        for mention in scene.within(field.first, field.last, "link"):
            kind = mention.facts["link"]
            if (
                kind == "average"
                and mention.first - amount.last < 6
                or kind == "change"
                and abs(mention.first - amount.last) < 6
            ):
                return f"{kind}, not a count"
            if kind == "plan" and mention.first < amount.first:
                return "a plan, not a count"
        return None

    def _listed(self, draft: Draft, field: Field) -> bool:
        """Whether `one` is a count: in a list of counts, before what is counted."""
        siblings = [other for other in self.drafts[:-1] if other.dropped is None]
        before = self.scene.word(field.amount.first - 1)
        opened = before in {",", "(", ";", ":"} or self.scene.isa(field.amount.first - 1, "separators")
        return bool(siblings) and opened and bool(draft.own.traits or draft.own.head)

    def _host(self, draft: Draft, field: Field, counted: str | None) -> Draft | None:
        """The earlier draft that this one is a part of or goes on from."""
        own = draft.own
        if draft.amount.unit in _MONEY:
            return None
        before = self.drafts[-2] if len(self.drafts) > 1 else None
        if before is None:
            return self._whole_before(draft, counted)
        if own.linked:
            return before if before.dropped is None else self.context.whole
        if counted is not None and (own.head or own.act) and not self._same_base(draft, before, counted):
            return None
        depth = field.depth - self.scene.fields[len(self.drafts) - 2].depth
        if depth > 0 or self._colon(field):
            return before
        if depth < 0 and before.host is not None:
            before = before.host
        return before.host if before.host is not None else before

    def _whole_before(self, draft: Draft, counted: str | None) -> Draft | None:
        """The whole in the sentences before, for the first amount of a sentence that leans on it."""
        own, whole = draft.own, self.context.whole
        if whole is None or not (own.linked or own.these or counted is None):
            return None
        if counted is not None and counted != whole.indicator and not (own.linked or own.these):
            return None
        if own.linked or own.these:
            return whole
        return whole if self.context.near and self._open(draft) else None

    def _open(self, draft: Draft) -> bool:
        """Whether a number without a noun may lean on the sentence before: `Women were 40`, not `Room 40`."""
        place = draft.amount.last
        if draft.own.traits or draft.own.timed or draft.amount.unit != "count":
            return True
        token = self.scene.tokens[place] if place < len(self.scene.tokens) else None
        kinds = ("copulas", "relatives", "separators", "adverbs")
        return token is None or token.word in {".", ",", ")", ";"} or any(self.scene.isa(place, kind) for kind in kinds)

    def _same_base(self, draft: Draft, before: Draft, counted: str) -> bool:
        """A share of what was counted just before, or the same thing at another time."""
        return counted == before.indicator and draft.amount.unit == "percent" and before.amount.unit == "count"

    def _colon(self, field: Field) -> bool:
        return self.scene.word(field.first) == ":" or self.scene.word(field.amount.first - 1) == ":"

    def _fresh(self, draft: Draft, field: Field, counted: str | None) -> None:
        """Rule `counted`: period, place and source from the field, the head of the sentence, the sentences before."""
        own, scene, context = draft.own, self.scene, self.context
        draft.rule = "counted" if counted else "carried"
        draft.indicator = self._complaints(counted)
        draft.traits = dict(own.traits)
        lead = (0, scene.lead)
        draft.period = own.period
        if not own.timed and not own.compared:
            timed, draft.period = traits.period(scene, field, lead, self.moment)
            if not timed and draft.indicator not in _STOCKS:
                draft.period = self._sibling_period() or self._carried_period(draft)
        if "area" not in draft.traits:
            area = traits.area(scene, field, *lead) or (context.last_area if own.there else None) or context.area
            if area is not None:
                draft.traits["area"] = area
        if "form" not in draft.traits and (form := traits.form(scene, *lead)) is not None:
            draft.traits["form"] = form
        draft.provider = self._provider(own)

    def _sibling_period(self) -> str | None:
        before = [
            other for other in self.drafts[:-1] if other.period and not other.own.compared and not other.own.timed
        ]
        return before[-1].period if before else None

    def _carried_period(self, draft: Draft) -> str | None:
        """The period of the sentence before; a share of something else does not take it."""
        whole = self.context.whole
        if draft.amount.unit == "percent" and whole is not None and whole.indicator != draft.indicator:
            return None
        return self.context.carried

    def _complaints(self, counted: str | None) -> str | None:
        """`cases` that stand for complaints just named are complaints."""
        whole = self.context.whole
        if counted == "cases" and self.context.silent == 0 and whole is not None and whole.indicator == "complaints":
            return "complaints"
        return counted

    def _provider(self, own: Own) -> str | None:
        if own.provider == sources.NOBODY:
            return None
        return own.provider or self.context.provider

    def _derived(self, draft: Draft, host: Draft, counted: str | None) -> None:
        """Rules `part` and `continued`: all from the whole, then the own words."""
        own = draft.own
        draft.inherit(host)
        people = any(name in own.traits for name in _PEOPLE)
        sibling = self._sibling(draft, host)
        if sibling or (own.these and counted not in {None, host.indicator, "shelter_places"}):
            draft.traits = {name: value for name, value in draft.traits.items() if name not in _PEOPLE}
        draft.rule = "part" if (people or own.linked) and not sibling else "continued"
        draft.host = None if sibling else host if draft.rule == "part" or draft.amount.unit == "percent" else host.host
        if host is self.context.whole:
            draft.host = host
        if counted is not None and not (counted == "cases" and draft.indicator == "complaints"):
            draft.indicator = counted
        if own.linked and draft.amount.unit == "percent" and host.own.victims:
            draft.indicator = counted or "victims"
        draft.traits.update(own.traits)
        if own.timed:
            draft.period = own.period
        if own.provider is not None and len(self.drafts) == 1:
            draft.provider = self._provider(own)

    def _sibling(self, draft: Draft, host: Draft) -> bool:
        """`30 women and 12 men`: neither is a part of the other."""
        before = self.drafts[-2] if len(self.drafts) > 1 else None
        field = self.scene.fields[len(self.drafts) - 1]
        if host is not before or draft.own.linked or self._colon(field) or field.depth > self.scene.fields[len(self.drafts) - 2].depth:
            return False
        own = {name for name in _PEOPLE if name in draft.own.traits}
        return bool(own) and any(name in host.own.traits for name in _PEOPLE) and draft.amount.unit == host.amount.unit

    def _money(self, draft: Draft) -> None:
        """Money is a budget where the sentence, or the one before, speaks of a budget."""
        before = self.drafts[-2] if len(self.drafts) > 1 else self.context.whole
        if draft.amount.unit == "count" and draft.amount.scaled and before is not None and before.amount.unit in _MONEY:
            draft.amount = _with_unit(draft.amount, before.amount.unit)
            draft.dropped = None
        if draft.amount.unit not in _MONEY:
            if draft.indicator == "budget" and draft.amount.unit == "count":
                draft.dropped = "no money"
            return
        scene = self.scene
        said = [
            mention
            for mention in scene.mentions
            if "budget" in {mention.facts.get("act"), mention.facts.get("indicator")}
        ]
        if said or (before is not None and before.indicator == "budget"):
            draft.indicator = "budget"
        else:
            draft.dropped = "money that is no budget"

    def _spread_periods(self) -> None:
        """`34 victims and 20 suspects in 2019`: a period at the end of a list holds for those before it."""
        carrier: Draft | None = None
        for draft in reversed(self.drafts):
            if draft.own.timed:
                carrier = draft
            elif carrier is not None and carrier.own.compared == draft.own.compared and draft.indicator not in _STOCKS:
                if draft.own.compared or draft.period is None:
                    draft.period = carrier.period


def _with_unit(amount: Amount, unit: str) -> Amount:
    return dataclasses.replace(amount, unit=unit)
