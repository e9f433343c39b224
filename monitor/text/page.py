"""What reading a capture gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Dated:
    """A day on which the item may have been published: where it stands (`origin`) and as it is written there."""

    day: date
    origin: str
    written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A capture as read.

    `published` with `published_reason` in words, chosen from `dates`; `pages` holds the offsets in `text` at which the
    pages of a paper begin; `remark` says what was left out of the text; `unreadable` why there is none.
    """

    title: str = ""
    text: str = ""
    language: str | None = None
    publisher: str | None = None
    published: date | None = None
    published_reason: str | None = None
    dates: tuple[Dated, ...] = ()
    pages: tuple[int, ...] = ()
    remark: str | None = None
    unreadable: str | None = None

    def page_at(self, offset: int) -> int | None:
        """The number of the paper's page on which a place of the text stands, from 1; None where there are no pages."""
        begun = sum(1 for start in self.pages if start <= offset)
        return begun or None
