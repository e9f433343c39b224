"""The time that a text speaks of: what governs holds on until another one does; what is only looked back at does not.

`main` is the time that the figures state, `section` the one that a heading or an introduction gives. A figure that
names no time takes the main one while it is near, else that of the section.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from monitor.reader import dating, traits
from monitor.reader.drafts import STOCKS, Draft
from monitor.reader.moments import Moment
from monitor.reader.scene import Scene

_REACH = 2  # sentences without a figure after which a time is forgotten
_FAR_REACH = 5  # the same for more of what was counted
_LONG = 45  # tokens of a sentence that counts twice
_DAY = len("2020-01-31")


@dataclass(slots=True)
class Frames:
    """The times of a text up to a sentence. `untimed` counts sentences since the last that the main time governed."""

    published: dt.date | None
    assumed: int | None = None
    main: str | None = None
    section: str | None = None
    moment: Moment = field(init=False)
    event: bool = False
    untimed: int = 99
    paragraph: int = 0
    undated: list[Draft] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Nothing has been named yet."""
        self.moment = Moment(self.published, assumed=self.assumed)

    def carried(self, *, far: bool) -> str | None:
        """The time of the sentences before, while it holds; longer for the same thing again."""
        return self.main if self.untimed <= (_FAR_REACH if far else _REACH) else self.section

    def take(self, scene: Scene, first: Draft, kept: list[Draft]) -> None:
        """Takes in a sentence with figures, of which `first` leads."""
        self.event = self.event or any(draft.period is not None and len(draft.period) == _DAY for draft in kept)
        if first.own.compared:
            first = next((draft for draft in kept if not draft.own.compared), first)
        if first.period is None and (first.indicator in STOCKS or first.own.present):
            self.untimed += 1
        elif first.own.compared:
            self.untimed = 0
        else:
            self._govern(first.period)
        if (year := traits.last_year(scene)) is not None:
            self.moment = replace(self.moment.at(str(year)), period=self.moment.period)
        self._settle()

    def _govern(self, period: str | None) -> None:
        """From now on figures without a time take this one."""
        self.main, self.untimed = period, 0
        if period is not None:
            self.moment = self.moment.at(period, governs=True)

    def _settle(self) -> None:
        self.moment = replace(self.moment, main=self.main)

    def skip(self, scene: Scene, dated: str | None) -> None:
        """Takes in a sentence without a figure, which may name a time; `dated` is what it tells of those before."""
        self.untimed += 1 + (len(scene.tokens) > _LONG)
        timed, named = traits.plain_period(scene, self.moment)
        if timed:
            self.main = named
            if named is not None:
                self._govern(named)
        self.main = dated or self.main
        self._settle()

    def date(self, scene: Scene, kept: list[Draft]) -> str | None:
        """A time said after figures of the same paragraph holds for those that have none."""
        if scene.sentence.paragraph != self.paragraph:
            self.paragraph, self.undated = scene.sentence.paragraph, []
        period = dating.said_after(scene, self.moment) if self.undated else None
        if period is not None:
            dating.date(self.undated, period)
        if any(draft.period is not None for draft in kept):
            self.undated = []
        self.undated += [draft for draft in kept if draft.period is None]
        return period
