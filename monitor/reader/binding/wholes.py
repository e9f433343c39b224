"""What a number hangs on: the whole that it is a part of, or the number that it goes on from."""

from __future__ import annotations

from monitor.reader.binding import sums
from monitor.reader.binding.again import apposed, comes, of_clause, restated
from monitor.reader.binding.bare import leans, of_the_whole, of_those_harmed, of_total, same_share, seized
from monitor.reader.binding.context import Context
from monitor.reader.binding.larger import at_front, elided, in_row, part_of_told, placed_part, said_of_them, wide
from monitor.reader.binding.refusals import CHANGE, INFECTIOUS, OTHER_THING
from monitor.reader.drafts import HARMED, PEOPLE, Draft, Own
from monitor.reader.sentence.scene import Field, Scene
from monitor.reader.statistic import MONEY
from monitor.reader.what.heads import COMPLICIT
from monitor.reader.what.undergone import told_of_noun
from monitor.reader.when.asides import asides

THINGS = frozenset({"operations", "organisations", "offices", "staff", "budget", "calls"})
EXPLOITED = frozenset({"victims", "victims_assisted", "complaints", "cases"})
PROCEEDINGS = frozenset({"investigations", "prosecutions", "convictions"})
FILED = PROCEEDINGS | {"complaints"}  # what `cases` may stand for
_RESULT = 2  # the number, and the one before that says how cases ended
_UNPEOPLED = THINGS | FILED | {"cases"}
_TWO = 2  # numbers before, each with a form of its own
_OPENED = 2  # tokens of a number with an adverb, at the head of a sentence
_LATELY = 10  # figures before, one of which others are compared with
_OTHERS = frozenset({*COMPLICIT, "trained", "staff"})  # people of whom victims are no part


class Wholes:
    """Finds the host of each amount of one sentence, among those before it and those of the sentences before."""

    def __init__(self, scene: Scene, context: Context, drafts: list[Draft]) -> None:
        self.scene = scene
        self.context = context
        self.drafts = drafts
        self.parts: dict[int, int] = {}
        self.earlier: dict[int, Draft] = {}

    def before(self) -> Draft | None:
        """The amount before the last one bound."""
        return self.drafts[-2] if len(self.drafts) > 1 else None

    def sum_up(self, owns: list[Own]) -> None:
        """Finds the parts that add up to a whole, of this sentence or of the one before."""
        amounts = [field.amount for field in self.scene.fields]
        self.parts = sums.wholes(amounts, owns)
        if self.context.silent <= 1 and not self.parts:
            counts = {place for place, amount in enumerate(amounts) if amount.unit == "count"}
            known = [each for each in (self.context.whole, self.context.people) if each is not None]
            for whole in (*self.context.recent[::-1], *known):
                told = sums.parts_of(whole, amounts, owns)
                near = any(whole is each for each in self.context.recent)
                every = told == counts and not any(own.linked for own in owns)
                fits = all(owns[place].head in sums.named(whole) for place in told)
                for place in told if fits and (near or every) else ():
                    self.earlier.setdefault(place, whole)
        for place in self.parts.keys() | self.earlier.keys():
            owns[place].summed = True

    def host(self, draft: Draft, field: Field, counted: str | None) -> Draft | None:
        """The earlier draft that this one is a part of or goes on from."""
        found = self._found(draft, field, counted)
        return (
            found
            if found is None or any(found is other for other in self.drafts)
            else wide(self.scene, self.context, draft, found)
        )

    def _found(self, draft: Draft, field: Field, counted: str | None) -> Draft | None:
        """The one that words and order tell."""
        before, place = self._past_regions(), len(self.drafts) - 1
        if draft.amount.unit in MONEY:
            return None
        summed = self._summed(place) if draft.own.summed else None
        told = sums.named(summed) if summed is not None else frozenset()
        if summed is not None and draft.own.head in told and not seized(draft, summed, counted):
            return summed
        if (again := self._again(draft, field, counted)) is not None:
            return again
        if before is None:
            plain = draft.own.compared and not any(name in draft.own.traits for name in PEOPLE)
            return self._compared(counted) if plain and counted else self._whole_before(draft, counted)
        if before.own.compared and not draft.own.compared:
            before = next((other for other in self.drafts[-2::-1] if not other.own.compared), before)
        placed = draft.amount.unit == "percent" and "area" in draft.own.traits and not draft.own.linked
        if placed and counted is None and before.dropped == OTHER_THING:
            return self._whole(draft) or next(iter(self.context.recent[-1:]), None)  # `two regions: Ica (9%)`
        narrows = self._narrows(draft, field, before)
        alone = not narrows and self._stands_alone(draft, before, counted)
        return None if alone else before if narrows else self._host_here(draft, field, before, counted)

    def _past_regions(self) -> Draft | None:
        """The amount before; past one that only says how many places are listed: `in three regions: Lima, with 52`."""
        regions = self.scene.words.grammar["region_nouns"]
        change = CHANGE if self.drafts[-1].own.linked else ""  # `1,050 victims, up 15%, and 60% of them ...`
        return next((e for e in self.drafts[-2::-1] if e.dropped != change and e.own.foreign not in regions), None)

    def _summed(self, place: int) -> Draft:
        """The whole that this part and its neighbours add up to."""
        return self.drafts[self.parts[place]] if place in self.parts else self.earlier[place]

    def _again(self, draft: Draft, field: Field, counted: str | None) -> Draft | None:
        """`Of the 293, ...`: a number that the text has given before."""
        if (whole := part_of_told(self.scene, self.context, self.drafts, counted)) is not None:
            return whole
        before = self.parts.get(len(self.drafts) - 2)
        if draft.own.compared and before is not None and not draft.own.traits.keys() & {*PEOPLE, "form"}:
            return self.drafts[before]  # `nine (seven men and two women), compared with four in 2021`
        definite = self.scene.among(field.amount.first - 1, ("definite", "whole_words"))
        vague = draft.own.timed and draft.own.period is None
        draft.own.timed = draft.own.timed and not vague  # `Of the 859 registered last year`: the year that was told
        again = sums.said_before(draft, self.context.seen, counted) if definite else None
        draft.own.timed = draft.own.timed or (vague and again is None)
        return again

    def _stands_alone(self, draft: Draft, before: Draft, counted: str | None) -> bool:
        """Whether the field itself says what is counted, and no word hangs it on anything."""
        own = draft.own
        if counted is None or own.these or own.linked:
            return False
        share = draft.amount.unit == "percent" and before.amount.unit == "count" and counted == before.indicator
        shared = own.shared and own.head is None and own.fallback is None and before.host is not None
        again = own.head is None and not own.noun and own.timed and counted == before.indicator
        return not (share or shared or again)

    def _host_here(self, draft: Draft, field: Field, before: Draft, counted: str | None) -> Draft | None:
        """The host among the drafts of the same sentence."""
        own = draft.own
        if own.these and counted is not None:
            return next((other for other in self.drafts[:-1] if other.dropped is None), self.context.whole)
        again = apposed(self.scene, draft, before) or restated(self.scene, draft, before)
        if again or self._opened(before) or (counted is None and self._behind_aside(field)):
            return before
        if (told := self._told(draft, counted)) is not None:
            return told
        if before.own.result and before.host is None and len(self.drafts) > _RESULT and not own.linked:
            before = next(
                (each for each in self.drafts[-_RESULT::-1] if not each.own.result), before
            )  # `of 72 complaints, 30 ended in a conviction and 42 were shelved`
        depth = field.depth - self.scene.fields[len(self.drafts) - 2].depth
        if own.linked and not own.split:
            parted = before.own.summed and self.scene.has(";", before.amount.last, draft.amount.first)
            parted = (parted and not sums.more_to_come(self.parts, len(self.drafts) - 1)) or of_total(
                self.scene, draft, before
            )
            if (depth < 0 and not of_clause(self.scene, before)) or parted or sums.larger(draft, before):
                before = before.host or self._outside(field) or before
            return before if before.dropped not in INFECTIOUS else self._whole(draft)
        if depth > 0 or self._colon(field):
            shares = depth <= 0 and draft.amount.unit == before.amount.unit == "percent" and self._of_people(draft)
            return before.host if shares and before.host is not None else before  # `were female (96%): 61% ...`
        if depth < 0:
            before = before.host or self._outside(field) or before
        ended = before.own.result  # `56 ended in a conviction and 260 were shelved`
        same = before.host is not None and (before.own.linked or ended or before.host.indicator == before.indicator)
        same = same and not same_share(draft, before)
        host = before.host if same and before.host is not None else before
        return self._fitting(draft, host)

    def _behind_aside(self, field: Field) -> bool:
        """`Cubans, who in 2016 were 9%, are now 4%`: the same, behind a remark on another time."""
        one = self.scene.fields[len(self.drafts) - 2]
        return self.scene.word(field.first) == "," and asides(self.scene, one)

    def _people_here(self, draft: Draft) -> Draft | None:
        """`They freed 90 people in 12 raids; 30 were children`: the people that the sentence has counted."""
        told = [each for each in self.drafts[-2::-1] if each.own.person and each.indicator in HARMED]
        count = draft.amount.unit == "count"
        return next((each for each in told if not count or each.amount.value >= draft.amount.value), None)

    def _of_all_forms(self, draft: Draft) -> Draft | None:
        """`90 were sexual and 21 labour cases; 51 were minors`: behind a `;`, of the whole and not of one form."""
        if len(self.drafts) <= _TWO or "form" in draft.own.traits or draft.own.linked:
            return None
        one, two = self.drafts[-_TWO - 1], self.drafts[-_TWO]
        if not self.scene.has(";", two.amount.last, draft.amount.first):
            return None
        told = one.own.traits.get("form"), two.own.traits.get("form")
        whole = one.host or next((each for each in self.drafts if "form" not in each.own.traits), None)
        if None in told or told[0] == told[1] or whole is draft:
            return None
        return whole

    def _outside(self, field: Field) -> Draft | None:
        """The number before a bracket that has just been closed: `1,134 (699 in 2015), of whom 281`."""
        fields = self.scene.fields[: len(self.drafts) - 1]
        pairs = zip(reversed(self.drafts[:-1]), reversed(fields), strict=True)
        return next((other for other, one in pairs if one.depth <= field.depth), None)

    def _opened(self, before: Draft) -> bool:
        """`Of the 361 filed in Ucayali, prosecutors shelved 214`: a part of those."""
        first = before.amount.first
        opened = before.own.definite and self.scene.isa(first - 2, "of") and first - 2 <= _OPENED
        return (
            opened and before.dropped is None and self.scene.has(",", before.amount.last, self.drafts[-1].amount.first)
        )

    def _told(self, draft: Draft, counted: str | None) -> Draft | None:
        """`117 of those cases`: what the sentence has counted by that name, or by a nearer one."""
        named = draft.own.inner or draft.own.these or (draft.own.linked and draft.own.head == "cases")
        if not named or draft.own.head is None:
            return self._of_all_forms(draft)
        same = {counted} | (FILED if counted == "cases" else set())
        return next((other for other in self.drafts[-2::-1] if other.indicator in same), None)

    def _people_told(self, draft: Draft) -> Draft | None:
        """`16 of them`: the people counted last in the sentence before."""
        link = self.scene.starts.get(draft.amount.last)
        if link is not None and self.scene.isa(link.last - 1, "number_nouns"):
            return None  # `90 percent of the total`: of all
        told = [each for each in self.context.recent if each.amount.unit == "count" and each.own.person]
        fits = [each for each in told if each.amount.value >= draft.amount.value]
        if self.context.silent or not fits:
            return None
        summed = fits[-1].host if fits[-1].own.summed else None  # `52 victims: 44 women and 8 men. 19 of them ...`
        return summed if summed is not None and any(summed is each for each in told) else fits[-1]

    def _harmed(self, draft: Draft) -> Draft | None:
        """`They held 40 suspects and freed 90 victims. Of them, 12 were minors`, `De ellas, 12 ...`: of the victims."""
        links = self.scene.within(0, draft.amount.first, "link")
        hers = any(self.scene.isa(link.last - 1, "feminine_pronouns") for link in links)
        if not hers and draft.own.traits.get("age") != "Y0T17":
            return None
        told = [each for each in self.context.recent if each.amount.unit == "count" and not each.own.compared]
        fits = [each for each in told if each.indicator in HARMED and each.amount.value >= draft.amount.value]
        held = any(each.indicator in COMPLICIT for each in told)
        return fits[-1] if held and fits and self.context.silent == 0 else None

    def _fitting(self, draft: Draft, host: Draft) -> Draft | None:
        """Women and children are no part of operations, but of the people counted before."""
        if host.indicator not in THINGS or not self._of_people(draft):
            return host
        here, whole = self._people_here(draft), self._whole(draft)
        if here is None and draft.own.last_resort in HARMED and whole is not None and whole.indicator in _OTHERS:
            return None  # `40 convictions. [...] This year 212 raids, with 377 women rescued`
        return here or (self._whole(draft) if self.context.people is not None else host)

    def _of_people(self, draft: Draft) -> bool:
        return draft.own.person or comes(self.scene, draft) or any(name in draft.own.traits for name in PEOPLE)

    def _homes(self) -> bool:
        whole = self.context.whole
        return whole is not None and whole.indicator in {"shelters", "shelter_places"}

    def _last_share(self, draft: Draft) -> Draft | None:
        """`Lima has 24% and Ica 9%. Together they have 33%`: the last one, else the share that said of what it is."""
        if draft.own.together and self.context.silent == 0 and self.context.recent:
            return self.context.recent[-1]
        bare = draft.own.timed and not draft.own.traits and draft.own.head is None and not draft.own.person
        if bare and self.context.silent == 0 and self.context.share is self.context.recent[-1]:
            return self.context.share  # `36% are minors. In 2015 that share was 52%`
        if self.context.based is None and self.context.people_last and self._homes():
            return self.context.people  # `They have 155 places and house 132 girls. 45% come from Lima`
        return self.context.based if self.context.silent <= 1 else None

    def _whole(self, draft: Draft) -> Draft | None:
        """The last whole, or the last whole of people for a number of people."""
        whole, context = self.context.whole, self.context
        if draft.amount.unit == "percent" and (told := self._last_share(draft)) is not None:
            return told
        share = draft.amount.unit == "percent" and whole is not None and whole.indicator in THINGS
        if share and draft.own.inner and context.silent == 0 and not self._of_people(draft):
            return whole  # `14 percent of them were about trafficking`, after calls
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
        labelled = self.scene.word(draft.amount.first - 1) == ":" and draft.amount.unit == "count"
        if within and labelled and not draft.own.linked:
            return context.people  # `Women of 18 to 29: 2,183.`
        recent = context.people_last and whole.indicator in EXPLOITED and (draft.amount.unit == "percent" or within)
        return (
            (context.people or whole) if whole.indicator in {*THINGS, "shelters", "shelter_places"} or recent else whole
        )

    def _whole_before(self, draft: Draft, counted: str | None) -> Draft | None:
        """The whole in the sentences before, for the first amount of a sentence that leans on it."""
        own = draft.own
        if own.latter and self.context.recent:
            return next((other for other in self.context.recent[::-1] if other.amount.unit == "count"), None)
        told = self._those_done(draft) if own.linked else None
        if told is not None or (own.inner and counted is None and (told := self._people_told(draft)) is not None):
            return told
        whole = self.context.whole if own.these and counted is not None else self._whole(draft)
        whole = (
            whole
            if whole is not None and whole.indicator == counted
            else at_front(self.scene, self.context, draft, counted) or whole
        )
        silent = self.context.silent
        opened = whole is not None and of_the_whole(self.scene, draft, whole, counted, silent)
        harmed = None if opened else of_those_harmed(self.scene, draft, self.context.seen, counted, silent)
        whole, opened = harmed or whole, opened or harmed is not None
        apart = self.scene.has("when", 0, draft.amount.first)  # `the first such raid since May, when 51 were freed`
        leans = own.linked or (own.these and not apart) or opened
        here = own.inner and told_of_noun(self.scene, self.scene.fields[0])
        if whole is None or here or not (leans or counted is None):
            return None
        if leans:
            return harmed or (self._harmed(draft) if own.linked and not own.these else None) or whole
        if self.spoken(draft, counted) is not None:
            fits = [each for each in self.context.seen if each.indicator == self.context.spoken]
            return next((each for each in fits[::-1] if each.amount.value >= draft.amount.value), None)
        whole = elided(self.context, draft) or self._last_parts(draft) or self._of_base(draft, whole) or whole
        others = own.noun and own.last_resort in HARMED and (whole.indicator in _OTHERS or sums.larger(draft, whole))
        return whole if self.context.near and self.open(draft) and not others else None

    def _those_done(self, draft: Draft) -> Draft | None:
        """`23 of those rescued`, `of the ones arrested, six`: the last to whom that was done."""
        links = [m for m in self.scene.named("link") if m.facts["link"] == "part"]
        acts = [self.scene.starts.get(link.last) for link in links]
        done = {act.facts["act"] for act in acts if act is not None and "act" in act.facts}
        told = [each for each in self.context.recent if each.indicator in done and self.context.near]
        fits = [each for each in told if each.amount.value >= draft.amount.value and not each.own.compared]
        main = [each for each in fits if each.period == self.context.frames.main]  # not those of the year before
        return next(reversed(main or fits), None)

    def _of_base(self, draft: Draft, whole: Draft) -> Draft | None:
        """`52% of cases are being investigated. Shelved were 801`: of what the shares are of, told after the whole."""
        based, own = self.context.based, draft.own
        bare = own.head is None and not own.person and not own.traits and own.foreign is None and own.act is None
        apart = based is not None and based.indicator != whole.indicator and self.context.silent == 0
        return based if bare and apart and all(whole is not each for each in self.context.recent) else None

    def _last_parts(self, draft: Draft) -> Draft | None:
        """`149 complaints, with 187 victims; 41 are minors. Just eight ...`: those whom the last numbers told apart."""
        last = self.context.recent[-1] if self.context.recent and self.context.silent == 0 else None
        if last is not None and placed_part(self.scene, self.context, draft, last):
            return last
        bare = draft.own.head is None and draft.own.foreign is None and not draft.own.timed and not draft.own.result
        whole = last.host if last is not None and last.rule == "part" and bare else None
        if whole is None or whole.indicator not in HARMED or not self._of_people_last(whole):
            return None
        return whole if draft.amount.value <= whole.amount.value or draft.amount.unit == "percent" else None

    def _of_people_last(self, whole: Draft) -> bool:
        """Whether a whole stands in the sentence before, behind a count of complaints or cases."""
        recent = self.context.recent
        told = [each for each in recent if each.amount.unit == "count" and all(each.host is not one for one in recent)]
        return len(told) > 1 and any(each is whole for each in told[1:]) and told[0].indicator in _UNPEOPLED

    def spoken(self, draft: Draft, counted: str | None) -> str | None:
        """`And those detained? They are 58`: what a bare number counts behind a sentence on people."""
        share = draft.amount.unit == "percent" and draft.own.act == "victims"  # `The victims? Seven in ten were lured`
        bare = counted is None and draft.own.head is None and (draft.amount.unit == "count" or share)
        spoken = self.context.spoken if bare and self.before() is None and self.open(draft) else None
        ours = spoken == "offices" and self.scene.isa(draft.amount.first - 1, "we")  # `Somos nueve`
        return None if draft.own.person and spoken in _UNPEOPLED else "staff" if ours else spoken

    def _compared(self, counted: str) -> Draft | None:
        """`These figures compare with 34 investigations in 2007`: what was counted in the sentences before."""
        same = [other for other in self.context.seen[-_LATELY:] if other.indicator == counted]
        wholes = [other for other in same if other.host is None and not other.own.compared]
        forms = {other.trait("form") for other in wholes}
        whole = max(wholes, key=lambda other: other.amount.value, default=None)
        return None if whole is not None and len(forms) > 1 and "form" in whole.traits else whole

    def open(self, draft: Draft) -> bool:
        return leans(self.scene, draft.amount, draft.own)

    def _colon(self, field: Field) -> bool:
        return self.scene.word(field.first) == ":" or self.scene.word(field.amount.first - 1) == ":"

    def sibling(self, draft: Draft, host: Draft) -> bool:
        """`30 women and 12 men`: neither is a part of the other."""
        field = self.scene.fields[len(self.drafts) - 1]
        labels = [self.scene.word(each.amount.first - 1) == ":" for each in (host, draft)]
        colon = self._colon(field) and not all(labels)  # but `Men: 30; minors: 20`
        if host is not self.before() or draft.own.linked or draft.own.summed or colon:
            return False
        if field.depth > self.scene.fields[len(self.drafts) - 2].depth or draft.amount.unit != host.amount.unit:
            return False
        if self._narrows(draft, field, host) and not all(labels):
            return False
        return any(name in draft.own.traits for name in PEOPLE) and any(name in host.own.traits for name in PEOPLE)

    def _narrows(self, draft: Draft, field: Field, host: Draft) -> bool:
        """`478 women, 77 of Venezuelan nationality`: behind a comma, last in the row, and told by something else."""
        mine, others = ({name for name in PEOPLE if name in each.own.traits} for each in (draft, host))
        if not mine or not others or mine & others or draft.own.head is not None:
            return False
        if all(self.scene.isa(each.amount.last, "copulas") for each in (draft, host)):
            return False  # `22 were women, he said, adding that ten were minors`
        if said_of_them(self.scene, draft, host):
            return True
        gap = range(host.amount.last, field.amount.first)
        joined = any(self.scene.joins(place) or self.scene.isa(place, "besides") for place in gap)
        last = (
            len(self.scene.fields) == len(self.drafts) or in_row(self.scene, self.drafts, draft, host)
        ) and not joined
        same = draft.amount.unit == host.amount.unit == "count" and draft.amount.value <= host.amount.value
        marks = {self.scene.word(place) for place in gap} & {",", ";"}
        return last and same and marks == {","}
