"""Finds the phrases of a table of words in a text, in time linear in its length."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from monitor.reader.language import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_TOKEN = re.compile(r"[a-z0-9]+|[.!?;:]")
_BROKEN_WORD = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
KNOWN_WORDS = 1 << 14  # words whose place in the tree is remembered: most words of most texts
_STOPS = frozenset(".!?")


class Hit(NamedTuple):
    """A phrase found: its class, how the data writes it, and its first and last token."""

    kind: str
    label: str
    start: int
    end: int


def tokenize(text: str) -> list[str]:
    """Give the folded words of a text, with the marks that end a sentence or a clause as tokens of their own."""
    return _TOKEN.findall(_BROKEN_WORD.sub("", fold(text)))


def is_stop(token: str) -> bool:
    """Say whether a token is a mark that ends a sentence."""
    return token in _STOPS


class _Node:
    """A place in the tree of phrases: what may come next, and which phrases end here."""

    __slots__ = ("ends", "exact", "lengths", "stems")

    def __init__(self) -> None:
        self.exact: dict[str, _Node] = {}
        self.stems: dict[str, _Node] = {}
        self.lengths: tuple[int, ...] = ()
        self.ends: list[tuple[str, str]] = []

    def child(self, word: str) -> _Node:
        branch = self.stems if word.endswith("*") else self.exact
        node = branch.setdefault(word.rstrip("*"), _Node())
        self.lengths = tuple({len(stem) for stem in self.stems})
        return node

    def after(self, token: str) -> list[_Node]:
        found = [self.exact[token]] if token in self.exact else []
        stems = self.stems
        heads = (token[:length] for length in self.lengths if length <= len(token))
        found.extend(stems[head] for head in heads if head in stems)
        return found


class Terms:
    """Phrases by class; a word that ends in `*` stands for all words that begin so, a lone `*` for any word."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        self._root = _Node()
        for kind, labels in phrases.items():
            for label in labels:
                self._add(kind, label)
        self._first = lru_cache(maxsize=KNOWN_WORDS)(self._root.after)

    def _add(self, kind: str, label: str) -> None:
        node = self._root
        for word in fold(label).split():
            node = node.child(word)
        node.ends.append((kind, label))

    def find(self, tokens: list[str]) -> list[Hit]:
        """Give the hits in order; of one class, none overlap and the longest at a place stands."""
        hits: list[Hit] = []
        taken: dict[str, int] = {}
        for at, token in enumerate(tokens):
            nodes = self._first(token)
            if nodes:
                for kind, (end, label) in _longest(nodes, tokens, at).items():
                    if at >= taken.get(kind, 0):
                        taken[kind] = end
                        hits.append(Hit(kind, label, at, end - 1))
        return hits


def _longest(nodes: list[_Node], tokens: list[str], at: int) -> dict[str, tuple[int, str]]:
    """Give for each class the end and the label of its longest phrase at a place."""
    found: dict[str, tuple[int, str]] = {}
    end = at + 1
    while nodes:
        for node in nodes:
            for kind, label in node.ends:
                found[kind] = (end, label)
        if end == len(tokens):
            break
        token = tokens[end]
        nodes = [after for node in nodes if token in node.exact or node.lengths for after in node.after(token)]
        end += 1
    return found
