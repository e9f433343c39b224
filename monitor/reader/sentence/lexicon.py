"""Loads the words of a language and what they mean, and checks both; a phrase means one thing only.

Phrases are written in the files of `data/` with `(a|b)` for either, `(a)` for perhaps, and slots such as `{year}`.
A phrase that begins with `^` counts only where its first letter is a capital.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from monitor.reader.sentence.tokens import fold, tokens

_DATA = Path(__file__).parents[1] / "data"
_NO_LANGUAGE = frozenset({"concepts", "places"})
_IDIOMS = ("each", "halves", "half_of", "out_of", "out_of_each", "range_starts", "range_joiners", "vague")
DIVIDERS = ",;:()|/"
_PIECE = re.compile(r"\{[a-z]+\}|[^{}]+")

Facts = dict[str, Any]
Sequences = dict[str, list[tuple[str, ...]]]  # by first word, the longest first


class UnknownLanguageError(ValueError):
    """No words for this language; the message lists the languages there are."""


class WordDataError(ValueError):
    """The word data contradicts itself; the message names the file and the phrase."""


@dataclass(slots=True)
class Node:
    """A step of the tree of phrases: what may follow, and what a phrase that ends here means."""

    words: dict[str, Node] | None = None  # most nodes are leaves: no table is made for them
    slots: dict[str, Node] | None = None
    concept: str | None = None
    capital: bool = False

    def step(self, word: str) -> Node:
        """What follows this word, made where it is not there."""
        if self.words is None:
            self.words = {}
        node = self.words.get(word)
        if node is None:
            node = self.words[word] = Node()
        return node

    def fill(self, slot: str) -> Node:
        """What follows this slot, made where it is not there."""
        if self.slots is None:
            self.slots = {}
        return self.slots.setdefault(slot, Node())


class Entry(NamedTuple):
    """What a word is: how phrases go on that begin with it, its lists of `[grammar]`, whether numeric and dated."""

    node: Node | None
    kinds: tuple[str, ...]
    numeric: bool
    dated: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language, ready for matching.

    `numeric` and `dated` words may begin a number or fill a slot, `going_on` words may stand in a number.
    `grammar` holds the small words of a language by kind, `nowhere` no place for each kind, `entries` all that is known
    of a word by itself; `behind` holds the words that follow in a phrase that begins with digits.
    """

    language: str
    root: Node
    facts: dict[str, Facts]
    values: dict[str, float]
    scales: dict[str, float]
    tens_joiners: frozenset[str]
    hundred_joiners: frozenset[str]
    articles: frozenset[str]
    idioms: dict[str, Sequences]
    months: dict[str, int]
    ordinals: dict[str, int]
    weekdays: dict[str, int]
    abbreviations: frozenset[str]
    grammar: dict[str, frozenset[str]]
    nowhere: dict[str, list[int]]
    entries: dict[str, Entry]
    behind: frozenset[str]
    numeric: frozenset[str]
    dated: frozenset[str]
    going_on: frozenset[str]


def languages() -> list[str]:
    """The languages there are words for."""
    return sorted(path.stem for path in _DATA.glob("*.toml") if path.stem not in _NO_LANGUAGE)


@cache
def lexicon(language: str) -> Lexicon:
    """The words of a language ('en', 'es', ...). Raises UnknownLanguageError or WordDataError."""
    if language not in languages():
        raise UnknownLanguageError(f"no words for language {language!r}: there are {', '.join(languages())}")
    data = _table(language)
    facts = concepts()
    root = Node()
    for concept, phrases in (*place_names().items(), *named(data).items()):
        if concept not in facts:
            raise WordDataError(f"{language}.toml: {concept!r} is not in concepts.toml")
        for phrase in phrases:
            _plant(root, phrase, concept, language)
    _inflect(root, data.get("inflections", {}))
    numbers = data["numbers"]
    values, scales = _valued(numbers["values"]), _valued(numbers["scales"])
    months, ordinals, weekdays = (_numbered(data[name]) for name in ("months", "ordinals", "weekdays"))
    idioms = {name: _sequences(numbers[name]) for name in _IDIOMS}
    grammar = {name: frozenset(_words(words)) for name, words in data["grammar"].items()}
    numeric = frozenset({*values, *scales, *idioms["half_of"]})
    dated = frozenset({*months, *ordinals, *weekdays})
    return Lexicon(
        language=language,
        root=root,
        facts=facts,
        values=values,
        scales=scales,
        tens_joiners=frozenset(numbers["tens_joiners"]),
        hundred_joiners=frozenset(numbers["hundred_joiners"]),
        articles=frozenset(numbers["articles"]),
        idioms=idioms,
        months=months,
        ordinals=ordinals,
        weekdays=weekdays,
        abbreviations=frozenset(data["abbreviations"]),
        grammar=grammar,
        nowhere={name: [] for name in (*grammar, *DIVIDERS)},
        behind=frozenset(word for child in (root.slots or {}).values() for word in child.words or ()),
        entries=_entries(root.words or {}, _kinds(grammar), numeric, dated),
        numeric=numeric,
        dated=dated,
        going_on=frozenset({*numeric, *idioms["halves"], *numbers["tens_joiners"], *numbers["hundred_joiners"]}),
    )


def _inflect(root: Node, endings: dict[str, list[str]]) -> None:
    """Lets other forms of a verb begin the phrases that are written with one: `rescataron` tells of `rescatamos`."""
    words = root.words or {}
    for word, node in list(words.items()):
        for ending, others in endings.items():
            if word.endswith(ending) and len(word) > len(ending) + 1:
                for other in others:
                    words.setdefault(word.removesuffix(ending) + other, node)


def _kinds(grammar: dict[str, frozenset[str]]) -> dict[str, tuple[str, ...]]:
    """The lists that a word stands in, for each word that stands in one; a mark that divides is a list of its own."""
    kinds: dict[str, tuple[str, ...]] = {mark: (mark,) for mark in DIVIDERS}
    for name, words in grammar.items():
        for word in words:
            kinds[word] = (*kinds.get(word, ()), name)
    return kinds


def _entries(
    openers: dict[str, Node], kinds: dict[str, tuple[str, ...]], numeric: frozenset[str], dated: frozenset[str]
) -> dict[str, Entry]:
    """All that is known of each word by itself."""
    known = {*openers, *kinds, *numeric, *dated}
    return {word: Entry(openers.get(word), kinds.get(word, ()), word in numeric, word in dated) for word in known}


def _table(name: str) -> dict[str, Any]:
    with (_DATA / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def concepts() -> dict[str, Facts]:
    """What each concept is, without words: id to facts."""
    facts = {
        name: dict(given, group=group) for group, table in _table("concepts").items() for name, given in table.items()
    }
    facts.update({code: {"group": "places", "area": code} for code in place_names()})
    return facts


@cache
def place_names() -> dict[str, list[str]]:
    """ISO 3166-2 code to the names of the region and of places in it."""
    return {code: [f"^{name}" for name in names] for code, names in _table("places").items()}


def named(data: dict[str, Any]) -> dict[str, list[str]]:
    """Concept to phrases, of all tables of words of a language file."""
    return {concept: phrases for table in data["words"].values() for concept, phrases in table.items()}


def expand(phrase: str) -> list[str]:
    """All wordings of a phrase: `expand("victim(s)")` is `["victim", "victims"]`."""
    wordings, last = _alternatives(phrase, 0)
    if last != len(phrase):
        raise WordDataError(f"{phrase!r}: a bracket is closed that was never opened")
    return [" ".join(wording.split()) for wording in wordings]


def _alternatives(phrase: str, place: int) -> tuple[list[str], int]:
    """The wordings from a place to the bracket that closes there, and where that is."""
    done: list[str] = []
    current = [""]
    while place < len(phrase) and phrase[place] != ")":
        if phrase[place] == "(":
            inner, place = _alternatives(phrase, place + 1)
            choice = inner if len(inner) > 1 or place >= len(phrase) else ["", *inner]
            current = [head + tail for head in current for tail in choice]
        elif phrase[place] == "|":
            done, current = done + current, [""]
        else:
            end = next((p for p in range(place, len(phrase)) if phrase[p] in "(|)"), len(phrase))
            current = [head + phrase[place:end] for head in current]
            place = end - 1
        place += 1
    return done + current, place


def _sequences(phrases: list[str]) -> Sequences:
    every = {_sequence(wording) for phrase in phrases for wording in expand(phrase)}
    found: Sequences = {}
    for sequence in sorted(every, key=len, reverse=True):
        found.setdefault(sequence[0], []).append(sequence)
    return found


def _words(phrases: list[str]) -> list[str]:
    return [
        tokens(wording)[0].word for phrase in phrases for wording in (expand(phrase) if len(phrase) > 1 else [phrase])
    ]


def _valued(table: dict[str, float]) -> dict[str, float]:
    return {tokens(wording)[0].word: value for phrase, value in table.items() for wording in expand(phrase)}


@cache
def _sequence(piece: str) -> tuple[str, ...]:
    if piece.replace(" ", "").isalpha():
        return tuple((piece.lower() if piece.isascii() else fold(piece)).split())  # as the tokens would be
    return tuple(token.word for token in tokens(piece))


def _numbered(table: dict[str, float]) -> dict[str, int]:
    return {word: int(value) for word, value in _valued(table).items()}


def _plant(root: Node, phrase: str, concept: str, language: str) -> None:
    for wording in expand(phrase.removeprefix("^")):
        node = root
        for piece in _PIECE.findall(wording):
            if piece[0] == "{":
                node = node.fill(piece[1:-1])
                continue
            for word in _sequence(piece):
                node = node.step(word)
        if node is root:
            raise WordDataError(f"{language}.toml: {phrase!r} of {concept!r} may be no word at all")
        if node.concept not in (None, concept):
            raise WordDataError(f"{language}.toml: {wording!r} means both {node.concept!r} and {concept!r}")
        node.concept = concept
        node.capital = phrase.startswith("^")
