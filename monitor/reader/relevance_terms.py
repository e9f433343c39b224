"""Finds the phrases of a table of words in a text, in time linear in its length."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.reader.language import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_TOKEN = re.compile(r"[a-z0-9]+|[.!?;:]")
_BROKEN_WORD = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_STOPS = frozenset(".!?;:")


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: its class, how the data writes it, and its first and last token."""

    kind: str
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    kind: str
    label: str
    words: tuple[str, ...]
    stems: tuple[bool, ...]

    def fits(self, tokens: list[str], at: int) -> bool:
        if at + len(self.words) > len(tokens):
            return False
        pairs = zip(self.words, self.stems, tokens[at : at + len(self.words)], strict=True)
        return all(token.startswith(word) if stem else token == word for word, stem, token in pairs)


def tokenize(text: str) -> list[str]:
    """Give the folded words of a text, with the marks that end a sentence or a clause as tokens of their own."""
    return _TOKEN.findall(_BROKEN_WORD.sub("", fold(text)))


def is_stop(token: str) -> bool:
    """Say whether a token is a mark that ends a sentence or a clause."""
    return token in _STOPS


class Terms:
    """Phrases by class; a word that ends in `*` stands for all words that begin so."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        self._exact: dict[str, list[_Phrase]] = {}
        self._stems: dict[str, list[_Phrase]] = {}
        for kind, labels in phrases.items():
            for label in labels:
                self._add(kind, label)
        self._lengths = sorted({len(stem) for stem in self._stems})

    def _add(self, kind: str, label: str) -> None:
        parts = fold(label).split()
        words = tuple(part.rstrip("*") for part in parts)
        phrase = _Phrase(kind, label, words, tuple(part.endswith("*") for part in parts))
        first = self._stems if phrase.stems[0] else self._exact
        first.setdefault(words[0], []).append(phrase)

    def _that_begin(self, token: str) -> list[_Phrase]:
        found = list(self._exact.get(token, ()))
        for length in self._lengths:
            found += self._stems.get(token[:length], ()) if length <= len(token) else ()
        return found

    def find(self, tokens: list[str]) -> list[Hit]:
        """Give the hits in order; of one class, none overlap and the longest at a place stands."""
        known = {token: self._that_begin(token) for token in set(tokens)}
        hits: list[Hit] = []
        taken: dict[str, int] = {}
        for at, token in enumerate(tokens):
            longest: dict[str, _Phrase] = {}
            for phrase in known[token]:
                if at >= taken.get(phrase.kind, 0) and phrase.fits(tokens, at):
                    best = longest.get(phrase.kind)
                    longest[phrase.kind] = max(best, phrase, key=lambda p: len(p.words)) if best else phrase
            for kind, phrase in longest.items():
                taken[kind] = at + len(phrase.words)
                hits.append(Hit(kind, phrase.label, at, taken[kind] - 1))
        return hits
