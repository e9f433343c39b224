"""The time that a text speaks of: what governs holds on until another one does; what is only looked back at does not.

`main` is the time that the figures state, `section` the one that a heading or an introduction gives. A figure that
names no time takes the main one while it is near, else that of the section.
"""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass, field

from monitor.reader.drafts import EVENTFUL, STOCKS, Draft
from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Scene
from monitor.reader.sentence.tokens import WORD
from monitor.reader.when import dating, times
from monitor.reader.when.intervals import before, within, years_in
from monitor.reader.when.moments import Moment, years_of
from monitor.reader.when.periods import resolve

_REACH = 2  # sentences without a figure after which a time is forgotten
_FAR_REACH = 5  # the same for more of what was counted
_LONG = 45  # tokens of a sentence that counts twice
_MONTH = len("2020-01")
_DAY, _YEAR = len("2020-01-31"), len("2020")
_LEAD = 1  # paragraphs behind the first in which the story of an event says when it was
_EVENT = 8  # figures of an event that may wait for its day
_TOLD_OF = frozenset({"complaints", "cases", "victims"})  # what tells of the same crimes
_COUPLE = 2  # years that may be told together
_HEADING = 20  # tokens of a heading
_TOPIC = 9  # tokens in which a sentence says what it turns to
_OPENERS = ("determiners", "of", "dayparts", "turning", "objects")
_PARTS_OF_NOW = frozenset({"half_now", "quarter_now", "quarters_now", "months_first_now"})
_ENDS = frozenset(".!?…")
_SINCE = frozenset({"since", "since_month", "since_day"})
_RELATIVE = frozenset({"last_year", "year_before", "same_last_year", "stretch_before"})  # by what they say


@dataclass(slots=True)
class Frames:
    """The times of a text up to a sentence. `untimed` counts sentences since the last that the main time governed.

    `counted` holds what has been counted under the main time: more of the same at an earlier time only looks back.
    `passing` tells that the last sentence only looked back, by a relative time (`the year before`).
    `current` tells that the main time is one that only the unknown date of publication could tell.
    """

    published: dt.date | None
    assumed: int | None = None
    story: bool = False
    main: str | None = None
    section: str | None = None
    side: str | None = None
    aside: set[str | None] = field(default_factory=set)
    moment: Moment = field(init=False)
    untimed: int = 99
    paragraph: int = 0
    opening: bool = False
    current: bool = False
    summed: bool = False  # whether a figure covers all of the section
    passing: bool = False
    columns: list[str] = field(default_factory=list)
    counted: set[str | None] = field(default_factory=set)
    whole: tuple[str, set[str | None]] | None = None  # the longer time that a part of it has followed, what it counted
    resumed: bool = False
    undated: list[Draft] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Nothing has been named yet."""
        self.moment = Moment(self.published, assumed=self.assumed)

    def carried(self, counted: str | None, *, far: bool) -> str | None:
        """The time of the sentences before, while it holds; longer for the same thing again.

        The day of an event is no time of what does not happen in events.
        """
        event = self.side is not None and len(self.side) == _DAY and counted in EVENTFUL
        if self.side is not None and (self.main is None or event or self._aside(counted)):
            return self.side
        if (longer := self._longer(counted)) is not None:
            return longer
        told = self.ongoing and counted in EVENTFUL
        near = told or self.untimed <= (_FAR_REACH if far else _REACH)
        return self.main if near and (counted in EVENTFUL or not self.ongoing) else self.section

    def _longer(self, counted: str | None) -> str | None:
        """`From 2015 to 2020 there were 900 complaints. [...] In 2020 a home took in 31. [...] Of the complaints, ...`.

        In a paragraph behind that on a part of the main time, more of what had been counted before is of all of it.
        """
        if self.whole is None or not self.resumed or counted in self.counted or counted not in self.whole[1]:
            return None
        return self.whole[0]

    def _aside(self, counted: str | None) -> bool:
        """Whether more is told of what was looked back at (`In 2016 there were 152 operations`), not of rings."""
        return counted in self.aside or (counted in _TOLD_OF and bool(self.aside & _TOLD_OF))

    @property
    def ongoing(self) -> bool:
        """Whether the text is telling an event."""
        return self.main is not None and len(self.main.partition("/")[0]) == _DAY

    @property
    def running(self) -> bool:
        """Whether the text speaks of a time that ends with its publication: `so far this year`."""
        if self.published is None or self.main is None:
            return False
        return self.main.endswith(f"/{self.published.isoformat()[:_MONTH]}")

    def enter(self, paragraph: int) -> bool:
        """Begins a sentence; whether it begins a paragraph, which goes back from what was only looked back at."""
        self.opening = paragraph != self.paragraph
        if not self.opening:
            return False
        self.resumed = self.whole is not None
        if self._part_of_section():
            self._govern(self.section)
        if self.main is not None:
            self.undated = []
            self.moment = self.moment.at(self.main) if self.moment.period != self.main else self.moment
        self.undated = [draft for draft in self.undated[-_EVENT:] if draft.indicator in EVENTFUL]
        self.paragraph, self.side = paragraph, None
        return True

    def turn(self, scene: Scene) -> bool:
        """`As for the ages, ...`: whether a sentence turns to something else, and back from what was looked back at."""
        turned = (scene.isa(0, "turning") or scene.isa(1, "turning")) and scene.has(",", 0, min(scene.lead, _TOPIC))
        self.side = None if turned else self.side
        return turned

    def _part_of_section(self) -> bool:
        """Whether a part of the years that the text is said to cover was the main time of a paragraph."""
        section, main = self.section, self.main
        whole = self.summed and section is not None and years_in(section) > _COUPLE
        return whole and main is not None and section is not None and within(main, section)

    def anchor(self, scene: Scene) -> None:
        """`the first half of 2021`, then `the first half of this year`: what this year is, where no date tells."""
        if self.published is not None or self.assumed is not None or self.main is None:
            return
        for mention in times.times(scene):
            guess = self.moment._replace(assumed=years_of(self.main))
            if mention.facts["period"] in _PARTS_OF_NOW and resolve(mention, guess) == self.main:
                self.moment = guess
                self.assumed = guess.assumed

    def take(self, scene: Scene, first: Draft, kept: list[Draft]) -> bool:
        """Takes in a sentence with figures, of which `first` leads; whether it only looks back."""
        first = _leading(first, kept)
        self.passing = False
        if self.resumed and self.whole is not None and first.period == self.whole[0] and not first.own.timed:
            self._govern(self.whole[0])
        self.summed = self.summed or any(draft.period == self.section for draft in kept)
        if not _heading(scene):
            self.columns = []
        back = not first.own.compared and self._looks_back(scene, first)
        if back:
            part = self.main is not None and len(self.main) == _YEAR and within(first.period or self.main, self.main)
            self.side = None if part or self._remote(scene) or self._all_again(kept) else first.period
            self.aside = {draft.indicator for draft in kept}
            self.passing = self.side is None and _relative(scene)
            self.moment = self.moment.at(first.period or "")
        elif self.side is not None and first.own.period is None and first.period == self.side != self.main:
            self.aside |= {draft.indicator for draft in kept}  # more of what was looked back at
        elif self.main not in {None, first.period} and first.own.period is None and not times.times(scene):
            self.untimed += 1  # who names no time leaves the main one as it is
        elif self._stands_apart(scene, first) or _only_compared(first, kept):
            self.untimed += 1
            self.counted |= {draft.indicator for draft in kept} if self.current else set()
        elif first.own.compared:
            self.untimed = 0
        else:
            last = latest(kept)
            self._govern(last.own.period if last is not None else first.period)
            self.current = first.period is None and bool(times.times(scene))
            self.counted |= {draft.indicator for draft in kept}
        self.moment = self.moment.naming(times.years(scene)).over([draft.own.period for draft in kept])
        self._settle()
        return back

    def _of_an_event(self, first: Draft) -> bool:
        """`In January 2014 a raid freed 26`, where the text is about 2013: one event, and the year goes on."""
        month = first.period is not None and "/" not in first.period and len(first.period) > _YEAR
        main = self.main or ""
        longer = len(main) == _YEAR or (month and "/" in main and within(first.period or "", main))
        return month and longer and first.indicator in EVENTFUL

    def _all_again(self, kept: list[Draft]) -> bool:
        """`In 2016 there were 15 raids and 28 arrests`, after those of 2017: compared, and no more is told of it."""
        counts = [draft for draft in kept if draft.amount.unit == "count"]
        return len(counts) > 1 and len(counts) == len(kept) and {draft.indicator for draft in kept} <= self.counted

    def _stands_apart(self, scene: Scene, first: Draft) -> bool:
        """Whether a figure says nothing of the time of what follows: a stock, or one that no time could be given to."""
        apart = first.indicator in STOCKS or first.indicator == "budget"
        if first.own.present or (apart and (first.period is None or self.main is not None)):
            return True
        if first.period is None:
            told = [mention for mention in times.times(scene) if mention.concept != "each_year"]
            summed = self.main is not None and (first.indicator in self.counted or first.indicator in _TOLD_OF)
            if self.published is None and summed and told and all(m.facts["period"] in _SINCE for m in told):
                return True
            return (self.main is not None or self.current) and not told
        planned = any(scene.isa(mention.first, "future_prepositions") for mention in times.times(scene))
        return planned and self.main is not None and before(self.main, first.period)

    def _looks_back(self, scene: Scene, first: Draft) -> bool:
        """Whether a sentence names a time before the main one, for more of the same or in the pluperfect."""
        if first.period is None:
            return False
        if self.main is None:
            return self.current and (first.indicator in self.counted or (not self.opening and self._remote(scene)))
        if within(first.period, self.main):
            return first.indicator in self.counted or self._of_an_event(first)
        if not before(first.period, self.main):
            return self._of_an_event(first)
        return first.indicator in self.counted or (not self.opening and self._remote(scene))

    def _remote(self, scene: Scene) -> bool:
        """`In 2020 they had been 52`, `El año anterior fueron 52`: how the sentence says that it looks back."""
        relative = _relative(scene)
        alone = any(_alone(scene, mention) for mention in times.times(scene))
        return relative or alone or any(scene.isa(place, "pluperfect") for place in range(len(scene.tokens)))

    def _govern(self, period: str | None) -> None:
        """From now on figures without a time take this one."""
        if period != self.main:
            part = self.main is not None and period is not None and within(period, self.main)
            self.whole = (self.main or "", self.counted) if part else None
            self.resumed = False
            self.counted = set()
        self.main, self.side, self.untimed, self.current = period, None, 0, False
        if period is not None:
            self.moment = self.moment.at(period, governs=True)

    def _settle(self) -> None:
        if self.moment.main != self.main:
            self.moment = self.moment._replace(main=self.main)

    def skip(self, scene: Scene, dated: str | None, *, aside: bool = False) -> None:
        """Takes in a sentence without a figure, which may name a time; `dated` is what it tells of those before.

        One `aside` has figures of something else: its time ends with its paragraph.
        """
        self.untimed += 1 + (len(scene.tokens) > _LONG)
        self.columns = times.columns(scene, self.moment) if _heading(scene) else []
        if named := times.governing(scene):
            main = self.main
            self._announce(scene, named)
            if aside and not _heading(scene) and self.main != main:
                self.main, self.side = main, self.main
        elif not times.times(scene) and times.other_document(scene):
            self._govern(None)
        self.main = dated or self.main
        if self.moment.year is None:
            self.moment = self.moment.naming(times.years(scene))
        self._settle()

    def _announce(self, scene: Scene, named: list[Mention]) -> None:
        """A time that stands at the head of a sentence, or that the subject of the text has, governs what follows."""
        leads = _leads(scene, named[0])
        told = named[0] if leads else named[-1]
        period = times.said(scene, told, self.moment)
        if (not leads and period == self.main) or self._to_come(period):
            return
        if self._remote(scene) and self.main is not None:
            return
        if not leads and told.facts["period"] in _SINCE and not _introduces(scene):
            return  # `one has been missing since 2012`
        if not leads and self.main is not None and period is not None and within(period, self.main):
            return  # `There were none in Huancavelica in 2013`, where the text is about 2009 to 2013
        if _heading(scene) or _introduces(scene):
            if period is None or len(period) != _DAY:
                self._govern(period)
                self.section = period
        elif period is not None and len(period.partition("/")[0]) == _DAY:
            self._happen(scene, period, leads=leads and scene.word(told.last) != "-")
        else:
            self._govern(period if leads or period is None or len(period) == _YEAR or "/" in period else None)

    def _to_come(self, period: str | None) -> bool:
        """`goals set for 2030`: a time after publication is none of figures."""
        return period is not None and self.published is not None and int(period[:_YEAR]) > self.published.year

    def _happen(self, scene: Scene, day: str, *, leads: bool) -> None:
        """The day on which something was done is that of an event; other days are not worth remembering."""
        last = len(scene.tokens)
        raided = any(mention.facts["indicator"] == "operations" for mention in scene.within(0, last, "indicator"))
        told = leads or raided or scene.within(0, last, "act") or (self.story and self.paragraph <= _LEAD)
        if told and (self.main is None or self.ongoing):
            self._govern(day)

    def date(self, scene: Scene, kept: list[Draft]) -> str | None:
        """A time said after figures holds for those that have none: of the same paragraph, or of the same event."""
        period = (
            dating.said_after(scene, self.moment, lead=self.story and self.paragraph <= _LEAD) if self.undated else None
        )
        if period is not None:
            dating.date(self.undated, period)
        if any(draft.period is not None for draft in kept):
            self.undated = []
        self.undated += [draft for draft in kept if draft.period is None]
        return period


def _leading(first: Draft, kept: list[Draft]) -> Draft:
    """The figure whose time is that of the sentence: compared ones and stocks give way to others."""
    plain = [draft for draft in kept if not draft.own.compared]
    if first in plain and first.indicator not in STOCKS:
        return first
    return next((draft for draft in plain if draft.indicator not in STOCKS), plain[0] if plain else first)


def _only_compared(first: Draft, kept: list[Draft]) -> bool:
    """`65 were trained, up from 40 in 2009`: the only time is that of what a figure without one is compared with."""
    named = [draft for draft in kept if draft.own.timed]
    return first.period is None and not first.own.timed and bool(named) and all(draft.own.compared for draft in named)


def _relative(scene: Scene) -> bool:
    """`El año anterior fueron 52`: whether a sentence looks back by what it says."""
    return any(mention.facts["period"] in _RELATIVE for mention in scene.named("period"))


def _alone(scene: Scene, mention: Mention) -> bool:
    """`in 2014 alone`, `solo en 2014`."""
    return any(scene.isa(place, "solely") for place in (mention.first - 1, mention.first, mention.last))


def latest(kept: list[Draft]) -> Draft | None:
    """`36 in 2012 and 41 in 2013`: of the same at one time after the other, the last governs what follows."""
    named = [draft for draft in kept if draft.own.period is not None and not draft.own.compared]
    same = len({draft.indicator for draft in kept}) == 1 and len(named) > 1
    times_told = [draft.own.period or "" for draft in named]
    return named[-1] if same and all(before(one, two) for one, two in itertools.pairwise(times_told)) else None


def _leads(scene: Scene, mention: Mention) -> bool:
    """Whether nothing but marks, or `in the early hours of`, stands before a time."""
    return all(
        token.kind != WORD or any(token.word in scene.words.grammar[kind] for kind in _OPENERS)
        for token in scene.tokens[: mention.first]
    )


def _heading(scene: Scene) -> bool:
    """A short line without an end mark."""
    return len(scene.tokens) <= _HEADING and scene.tokens[-1].word not in _ENDS


def _introduces(scene: Scene) -> bool:
    """`Its yearly review covers 2021`, `presentó su diagnóstico 2018-2022`: what the text is about."""
    kinds = ("figure_nouns", "data_nouns", "reviews")
    return any(scene.isa(place, kind) for place in range(len(scene.tokens)) for kind in kinds)
