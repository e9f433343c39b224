"""What reading a paper gives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper as read.

    `pages` holds the offsets in `text` at which its pages (or sheets) begin; `title` and `made` (a date as the file
    writes it) come from its metadata, `headline` and `dated` (lines that are dates) from its first page; `remark` says
    what was left out, `unreadable` why there is no text and what can be done.
    """

    text: str = ""
    pages: tuple[int, ...] = ()
    title: str = ""
    headline: str = ""
    made: str = ""
    dated: tuple[str, ...] = ()
    remark: str | None = None
    unreadable: str | None = None
