"""What a reader remembers from the sentences before: the last whole, its time, its place, who counts."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from monitor.reader.drafts import Draft

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

    @property
    def near(self) -> bool:
        """Whether the last figures are near enough to lean on."""
        return self.silent <= _REACH

    def remember(self, each: object, drafts: list[Draft]) -> None:
        """Takes in the drafts of a sentence."""
        kept = [draft for draft in drafts if draft.dropped is None]
        if not kept:
            self.silent += 1
            return
        self.silent = 0
        wholes = [draft for draft in kept if draft.host is None and not draft.own.compared]
        first = wholes[0] if wholes else kept[0]
        if wholes or self.whole is None:
            self.whole = first
        self.period = first.period
        if first.provider is not None:
            self.provider = first.provider
