"""Which time a number has: its own, that of its sentence, that of its whole, else that of the sentences before."""

from __future__ import annotations

from monitor.reader.binding.context import Context
from monitor.reader.binding.wholes import PROCEEDINGS
from monitor.reader.drafts import STOCKS, Draft
from monitor.reader.sentence.scene import Field, Scene
from monitor.reader.statistic import MONEY
from monitor.reader.when import times
from monitor.reader.when.asides import asides
from monitor.reader.when.documents import of_participle
from monitor.reader.when.founding import undated
from monitor.reader.when.general import general
from monitor.reader.when.intervals import within
from monitor.reader.when.moments import years_of

_YEAR = len("2020")
_OPENING = 5  # tokens in which a sentence says that it tells of another case
_BULLETS = frozenset("•·-*–")


class Timing:
    """Gives a period to the amounts of one sentence; `drafts` are those bound so far, the last one is at work."""

    def __init__(self, scene: Scene, context: Context, drafts: list[Draft]) -> None:
        self.scene = scene
        self.context = context
        self.drafts = drafts

    def fresh(self, draft: Draft, field: Field) -> str | None:
        """The period of a number that is no part; where only the sentences before tell, it is held loosely."""
        if draft.own.timed:
            return draft.own.period
        if draft.own.compared:
            before = self.drafts[-2] if len(self.drafts) > 1 else None
            apart = before is not None and (before.indicator != draft.indicator or _against(draft, before))
            return before.period if before is not None and apart else self._year_before(draft, before)
        timed, period = self._of_head(field)
        if timed:
            lasting = draft.indicator in STOCKS and period is not None and "/" in period
            # none in `Since 2014 it has handled 1,890 cases, but it has just nine prosecutors`
            return None if lasting else self._of_which(draft) or self._of_clause(draft) or self._until(draft, period)
        if general(self.scene, draft.amount) or self._moved(draft) or undated(self.scene, field):
            draft.own.timed = True
            return None
        if any(other.own.present for other in self.drafts[-2:-1]) or self._since_unknown():
            return None
        sibling = self._sibling(draft) or self._in_them(draft)
        draft.loose = sibling is None
        found = sibling or self._carried(draft)
        whole_year = found is None or len(found) == _YEAR or draft.amount.unit not in MONEY
        return found if whole_year else None  # a budget is of a whole year

    def _of_head(self, field: Field) -> tuple[bool, str | None]:
        """The time that the sentence opens with; not that of `Cubans, who in 2016 were 9%, are now 4%`."""
        first = self.drafts[0]
        aside = len(self.drafts) > 1 and first.own.compared and first.dropped is None
        if aside and asides(self.scene, self.scene.fields[0]):
            return False, None
        return times.period(self.scene, field, (0, self.scene.lead), self.context.frames.moment)

    def _moved(self, draft: Draft) -> bool:
        """`With the lockdown they fell to 709`: what has changed since is of another time than the last figure."""
        first, before = draft.amount.first, self.drafts[-2] if len(self.drafts) > 1 else None
        verb = self.scene.inside.get(first - 2)
        told = verb is not None and verb.facts.get("link") == "rise" and self.scene.isa(first - 1, "change_ends")
        return told and before is None

    def _until(self, draft: Draft, period: str | None) -> str | None:
        """`This year 212 raids until August, with 377 women freed`: as long as the number before it."""
        told = self._sibling(draft)
        start = (period or "").partition("/")[0]
        if told is None or period is None or told.partition("/")[0] not in {start, f"{start}-01"}:
            return period
        return told if within(told, period) else period

    def _since_unknown(self) -> bool:
        """`reports 58 cases opened since 2013, and three convictions`: until when, only an unknown date could tell."""
        before = [other for other in self.drafts[:-1] if other.own.timed]
        return bool(before) and before[-1].period is None and not before[-1].own.present

    def _of_which(self, draft: Draft) -> str | None:
        """`In May it published 1,548 cases from 2007 to 2013, in which 57% of ...`: the time of those just counted."""
        before = self.drafts[-2] if len(self.drafts) > 1 else None
        if before is None or not before.own.timed:
            return None
        gap = range(before.amount.last, draft.amount.first)
        which = [p for p in gap if self.scene.isa(p, "relatives") and self.scene.isa(p - 1, "definite")]
        return before.period if which and self.scene.has(",", gap.start, which[0]) else None

    def derived(self, draft: Draft, host: Draft) -> str | None:
        """The period of a part: its own, that of its sentence where the whole stands in one before, the whole's."""
        if draft.own.timed:
            return draft.own.period
        if draft.own.compared:
            same = draft.indicator == host.indicator and not self._opposed(draft)
            return self._year_before(draft, host) if same else host.period
        if any(other is host for other in self.drafts):
            return self._of_host(draft, host)
        estimated = draft.own.measure == "estimated" and draft.own.provider is not None
        stock = draft.indicator in STOCKS and host.indicator not in STOCKS and not draft.own.linked
        if estimated or stock:
            return self._carried(draft) if stock else None
        timed, period = self._of_head(Field(0, self.scene.lead, draft.amount))
        if not timed and self._moved(draft):
            draft.own.timed = timed = True
        if timed:
            return period
        leans = draft.own.linked or draft.own.these or host.indicator != draft.indicator or host.indicator in STOCKS
        bare = draft.own.head is None and not draft.own.noun and self.context.silent == 0
        leans = leans or (bare and host.own.timed)  # `In 2022 alone 571 were freed. 128 were made to beg`
        headed = self.context.topic == draft.indicator != host.indicator and not draft.own.linked
        leans = leans and not headed  # `2. Victims by sex, 2020`, then `Women: 411`, behind the complaints of 2019
        main = None if leans else self.context.frames.carried(draft.indicator, far=True)
        return self._sibling(draft) or main or host.period

    def _opposed(self, draft: Draft) -> bool:
        """`152 girls, compared with 35 boys`: others at the same time."""
        before = self.drafts[-2].own.traits if len(self.drafts) > 1 else {}
        told = {before.get("sex"), draft.own.traits.get("sex")}
        return None not in told and len(told) > 1

    def _year_before(self, draft: Draft, other: Draft | None) -> str | None:
        """`47 cases, up from 29`: what a year is compared with, where nothing else is said, is the year before it."""
        if other is None or other.indicator != draft.indicator or other.period is None or len(other.period) != _YEAR:
            return None
        return str(years_of(other.period) - 1)

    def _sibling(self, draft: Draft) -> str | None:
        """The period of the last number of the sentence that has one; a stock takes that of the same thing only."""
        before = [
            other
            for other in self.drafts[:-1]
            if other.period and not other.own.compared and not self._borrowed(other, draft)
        ]
        if draft.indicator in STOCKS:
            before = [other for other in before if other.indicator == draft.indicator]
        return before[-1].period if before else None

    def _in_them(self, draft: Draft) -> str | None:
        """`Of the complaints of 2021, 29 ... There are 71 victims in them`: the time of what was just counted."""
        told = {other.period for other in self.context.recent}
        near = draft.own.there and self.context.silent == 0 and len(told) == 1
        return told.pop() if near and draft.indicator not in STOCKS else None

    def _of_clause(self, draft: Draft) -> str | None:
        """`In 2019 they tried 38; in 2018 they had tried 60 and convicted 25`: the time its clause opens with."""
        stops = [place for place in self.scene.places(";") if place < draft.amount.first]
        if not stops or stops[-1] < self.scene.lead:
            return None
        here = [each for each in self.drafts[:-1] if each.amount.first > stops[-1] and each.own.timed]
        return here[0].period if here and not here[0].own.trailing and not here[0].own.compared else None

    def _of_host(self, draft: Draft, host: Draft) -> str | None:
        """The period of a whole of the same sentence, where it is not only that of something done with it."""
        aside = host.own.compared and host.own.timed and not (draft.own.linked or draft.own.these)
        if not aside and not self._borrowed(host, draft):
            return host.period
        found = self._carried(draft)
        draft.own.timed = found is None
        return found

    def _borrowed(self, other: Draft, draft: Draft) -> bool:
        """`looked into the two officers held in May and opened ...`: when something else was done with those."""
        if not (other.own.definite and other.own.trailing):
            return False
        field = next((field for field in self.scene.fields if field.amount.first == other.amount.first), None)
        return field is not None and of_participle(self.scene, field, draft.amount.first)

    def _of_another_case(self) -> bool:
        """`In March two were convicted. In a separate case, police arrested three`: on a day that nobody tells."""
        main, scene = self.context.frames.main, self.scene
        led = [m for m in scene.within(0, _OPENING, "indicator") if m.facts["indicator"] in {"cases", "operations"}]
        other = any(scene.has("other_words", 0, mention.first) for mention in led)
        return other and main is not None and "/" not in main and len(main) > _YEAR

    def _carried(self, draft: Draft) -> str | None:
        """The period of the sentences before; a share of something else takes it from the very last only."""
        context = self.context
        if draft.indicator in STOCKS and draft.amount.unit == "percent" and context.silent == 0:
            return next((other.period for other in context.recent if other.indicator == draft.indicator), None)
        if draft.indicator in STOCKS or draft.own.measure == "estimated":
            return context.inmates if draft.indicator == "prisoners" else None
        floor, own = context.floor, draft.own
        quoted = own.quoted and draft.amount.unit == "percent"  # what another source says of the crime as such
        if (quoted and floor.holder not in {None, own.provider}) or self._of_another_case():
            return None
        same = any(
            whole is not None and whole.indicator == draft.indicator for whole in (context.whole, context.people)
        )
        if draft.indicator in {"trained", "officials"} and not same:
            return context.frames.section if self.scene.word(0) in _BULLETS else None
        told = same or draft.indicator in context.frames.counted
        if draft.amount.unit == "percent" and not told and context.silent > ("area" not in draft.own.traits):
            return context.frames.section
        return context.frames.carried(draft.indicator, far=same)


def _against(draft: Draft, before: Draft) -> bool:
    """`nine convictions against 13 people`: no comparison, but those whom they concern."""
    return draft.own.person and draft.own.noun and draft.own.head is None and before.own.head in PROCEEDINGS
