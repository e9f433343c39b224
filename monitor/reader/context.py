"""What a reader remembers from the sentences before: the last whole, its time, its place, who counts."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from monitor.reader import sources, traits
from monitor.reader.drafts import Draft
from monitor.reader.periods import Moment
from monitor.reader.scene import Scene

_REACH = 2  # sentences without a figure after which a period or a whole is forgotten


@dataclass(slots=True)
class Context:
    """The state between sentences."""

    published: datetime.date | None
    area: str | None = None
    period: str | None = None
    year: int | None = None
    provider: str | None = None
    whole: Draft | None = None
    silent: int = 99
    last: list[Draft] = field(default_factory=list)

    @property
    def near(self) -> bool:
        """Whether the last figures are near enough to lean on."""
        return self.silent <= _REACH

    def remember(self, scene: Scene, drafts: list[Draft]) -> None:
        """Takes in a sentence and its drafts."""
        kept = [draft for draft in drafts if draft.dropped is None]
        if not kept:
            self._pass(scene)
            return
        self.silent = 0
        wholes = [draft for draft in kept if draft.host is None and not draft.own.compared and draft.amount.unit == "count"]
        if wholes or self.whole is None:
            self.whole = wholes[0] if wholes else kept[0]
        self.last = kept
        self.period = (wholes or kept)[0].period
        provider = next((draft.provider for draft in kept if draft.provider is not None), None)
        if provider is not None:
            self.provider = provider

    def _pass(self, scene: Scene) -> None:
        """A sentence without a figure may name a year, or who gave the figures of the one before."""
        self.silent += 1
        named = traits.plain_period(scene, Moment(self.published))
        if named is not None:
            self.period = named if len(named) == 4 else None
        given = any(scene.isa(place, "figure_nouns") for place in range(len(scene.tokens)))
        if given and (spoken := sources.candidates(scene)):
            provider = sources.voice(spoken[0])
            if provider == sources.NOBODY:
                return
            self.provider = provider
            for draft in self.last:
                draft.provider = draft.provider or provider
