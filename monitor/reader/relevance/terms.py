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
KNOWN_WORDS = 1 << 14  # words of texts remembered with what they fit: most words of most texts
ANY = "*"
STOPS = frozenset(".!?")  # tokens that end a sentence


class Hit(NamedTuple):
    """A phrase found: its class, how the data writes it, and its first and last token."""

    kind: str
    label: str
    start: int
    end: int


def tokenize(text: str) -> list[str]:
    """Give the folded words of a text, with the marks that end a sentence or a clause as tokens of their own."""
    folded = fold(text)
    return _TOKEN.findall(_BROKEN_WORD.sub("", folded) if "-\n" in folded else folded)


class _Node:
    """A place in the tree of phrases: what may come next, and which phrases end here."""

    __slots__ = ("any", "ends", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.any: _Node | None = None
        self.ends: list[tuple[str, str]] = []

    def child(self, word: str) -> _Node:
        if word == ANY:
            self.any = self.any or _Node()
            return self.any
        return self.next.setdefault(word, _Node())


class _Word(NamedTuple):
    """A token of a text: the words of phrases that it fits, those phrases that it is, that it begins, and how on."""

    fits: tuple[str, ...]
    ends: tuple[tuple[str, str], ...]
    nodes: tuple[_Node, ...]
    wild: bool  # whether any second word would do
    seconds: frozenset[str]


class Terms:
    """Phrases by class; a word that ends in `*` stands for all words that begin so, a lone `*` for any word."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        self._root = _Node()
        self._words: set[str] = set()
        for kind, labels in phrases.items():
            for label in labels:
                self._add(kind, label)
        self._lengths = sorted({len(word) - 1 for word in self._words if word.endswith(ANY)})
        self._read = lru_cache(maxsize=KNOWN_WORDS)(self._look_up)

    def _add(self, kind: str, label: str) -> None:
        node = self._root
        for word in fold(label).split():
            node = node.child(word)
            self._words.add(word)
        node.ends.append((kind, label))

    def _look_up(self, token: str) -> _Word:
        stems = (token[:length] + ANY for length in self._lengths if 0 < length <= len(token))
        fits = tuple(word for word in (token, *stems) if word in self._words)
        nodes = tuple(self._root.next[word] for word in fits if word in self._root.next)
        seconds = frozenset(word for node in nodes for word in node.next)
        ends = {kind: (kind, label) for node in nodes for kind, label in node.ends}
        return _Word(fits, tuple(ends.values()), nodes, any(node.any for node in nodes), seconds)

    def find(self, tokens: list[str]) -> list[Hit]:
        """Give the hits in order; of one class, none overlap and the longest at a place stands."""
        hits: list[Hit] = []
        taken: dict[str, int] = {}
        words = list(map(self._read, tokens))
        following = [word.fits for word in words[1:]]
        following.append(())
        for at, (_, ends, nodes, wild, seconds) in enumerate(words):
            if wild or not seconds.isdisjoint(following[at]):
                found = _longest(nodes, following, at)
            else:
                found = [(kind, label, at) for kind, label in ends]
            for kind, label, last in found:
                if at >= taken.get(kind, 0):
                    taken[kind] = last + 1
                    hits.append(Hit(kind, label, at, last))
        return hits


def _longest(nodes: Iterable[_Node], following: list[tuple[str, ...]], at: int) -> list[tuple[str, str, int]]:
    """Give for each class the label and the last token of its longest phrase at a place."""
    found: dict[str, tuple[str, str, int]] = {}
    while nodes:
        for node in nodes:
            for kind, label in node.ends:
                found[kind] = (kind, label, at)
        if at == len(following):
            break
        fits = following[at]
        after = [node.next[word] for word in fits for node in nodes if word in node.next]
        after += [node.any for node in nodes if node.any]
        nodes = after
        at += 1
    return list(found.values())
