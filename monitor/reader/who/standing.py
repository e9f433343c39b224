"""What sentences before left for nouns, names and pronouns to stand for."""

from __future__ import annotations

from typing import Protocol


class Memory(Protocol):
    """Whom `the ministry`, `she`, `we` or `Quispe` stand for."""

    persons: dict[str, str]
    together: bool

    def again(self, kind: str) -> str | None:
        """The institution that a noun of this kind stands for."""

    def author(self, *, owned: bool, quoted: bool) -> str:
        """The institution that says `we`, in a quotation or not, or `our shelter` where it owns something."""
