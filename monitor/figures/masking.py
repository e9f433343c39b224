"""Hides names of persons and exact places where minors are spoken of: in quotes, titles and sentences that are shown.

A heuristic that would rather hide too much: what is written with capitals and is no word, institution, region or
country that the reader knows. What is stored stays as it is.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from monitor.alerts.wording import LANGUAGES, words_of
from monitor.reader.language import read_tables
from monitor.reader.sentence.lexicon import expand, languages, named

HIDDEN = "[…]"
ADULT = 18

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_AGE_CODE = re.compile(r"Y(?:0T17|\d{1,2}T(?P<to>\d{1,2})|_LT(?P<below>\d{1,2}))")
_AGE_SAID = re.compile(r"\b(?:1[0-7]|[1-9])(?: años| anos| ?[- ]years?[- ]old)\b", re.IGNORECASE)
_TEXTS = frozenset({"quote", "title"})
_SENTENCES = frozenset({"added", "removed", "reworded"})
_LONGEST_ACRONYM = 6

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text: its span, its folded form, whether it begins with a capital."""

    start: int
    end: int
    folded: str
    capital: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """Words that are no names, and phrases by their first word, the longest first."""

    words: frozenset[str]
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    minors: frozenset[str]


def masked(record: Mapping[str, Any], minors: Collection[str] = ()) -> dict[str, Any]:
    """A change, or a statistic, as it may be shown: without names where it speaks of minors.

    Of items whose addresses are among `minors` it shows neither title nor edits with names, whatever else it is on.
    """
    hidden: dict[str, Any] = dict(record)
    return _mask_in(hidden) if speaks_of_minors(record) else _mask_items(hidden, minors)  # type: ignore[no-any-return]


def mask(text: str, kept: Span = (0, 0)) -> tuple[str, int]:
    """The text without names, and by how much what stands at `kept`, which is not hidden, moved."""
    pieces, place, moved = [], 0, 0
    for start, end in _names(text, kept):
        pieces += [text[place:start], HIDDEN]
        place = end
        if end <= kept[0]:
            moved += len(HIDDEN) - (end - start)
    return "".join([*pieces, text[place:]]), moved


def of_minors(text: str) -> bool:
    """Whether a text speaks of children or adolescents."""
    return bool(_AGE_SAID.search(text)) or any(word.folded in _known().minors for word in _words(text))


def speaks_of_minors(part: Any) -> bool:
    """Whether a record, or a part of it, is on children or adolescents by a figure's age or by its words."""
    if isinstance(part, list):
        return any(speaks_of_minors(one) for one in part)
    if isinstance(part, str):
        return of_minors(part)
    if not isinstance(part, dict):
        return False
    if _is_young(part.get("age")):
        return True
    shown = (value for name, value in part.items() if name in _TEXTS | _SENTENCES or isinstance(value, dict | list))
    return any(speaks_of_minors(value) for value in shown)


def _is_young(age: Any) -> bool:
    match = _AGE_CODE.fullmatch(age) if isinstance(age, str) else None
    if match is None:
        return False
    to, below = match["to"], match["below"]
    return (to is None or int(to) < ADULT) and (below is None or int(below) <= ADULT)


def _mask_in(part: Any) -> Any:
    if isinstance(part, list):
        return [_mask_in(one) for one in part]
    if not isinstance(part, dict):
        return part
    found = {name: _mask_field(name, value) for name, value in part.items()}
    if isinstance(part.get("quote"), str):
        start = part.get("quote_offset")
        length = (part.get("end") or 0) - (part.get("start") or 0)
        kept = (start, start + length) if isinstance(start, int) and start >= 0 else (0, 0)
        found["quote"], moved = mask(part["quote"], kept)
        if isinstance(start, int) and start >= 0:
            found["quote_offset"] = start + moved
    return found


def _mask_items(part: Any, minors: Collection[str]) -> Any:
    """Titles and edits of these items without names; quotes as they are."""
    if isinstance(part, list):
        return [_mask_items(one, minors) for one in part]
    if not isinstance(part, dict):
        return part
    found = {name: _mask_items(value, minors) for name, value in part.items()}
    if part.get("url") not in minors:
        return found
    edits = {name: _mask_sentences(part["detail"][name]) for name in _SENTENCES if name in part.get("detail", ())}
    if edits:
        found["detail"] |= edits
    if isinstance(part.get("title"), str):
        found["title"] = mask(part["title"])[0]
    return found


def _mask_field(name: str, value: Any) -> Any:
    if name in _SENTENCES:
        return _mask_sentences(value)
    return mask(value)[0] if name in _TEXTS and isinstance(value, str) else _mask_in(value)


def _mask_sentences(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_mask_sentences(one) for one in value]
    return mask(value)[0] if isinstance(value, str) else _mask_in(value)


def _names(text: str, kept: Span) -> Iterator[Span]:
    """The spans to hide: runs of words in capitals of which one is not known."""
    run: list[_Word] = []
    for word in [*_unknown_to_phrases(_words(text)), None]:
        if run and (word is None or not _goes_on(text, run[-1], word)):
            if _is_name(run):
                yield run[0].start, run[-1].end
            run = []
        if word is not None and word.capital and not (word.start < kept[1] and kept[0] < word.end):
            run.append(word)


def _goes_on(text: str, before: _Word, word: _Word) -> bool:
    """Whether a word in capitals stands right after another; an initial has its point."""
    between = text[before.end : word.start]
    initial = before.end - before.start == 1 and between in {".", ". "}
    return word.capital and (between in {" ", "\u00a0", "-"} or initial)


def _is_name(run: list[_Word]) -> bool:
    known = _known().words
    if len(run) == 1 and run[0].folded.isupper():
        return False
    return any(word.folded not in known for word in run)


def _words(text: str) -> list[_Word]:
    return [_Word(match.start(), match.end(), _form(match[0]), match[0][0].isupper()) for match in _WORD.finditer(text)]


def _form(word: str) -> str:
    """The folded form; of an acronym as it stands."""
    if word.isupper() and 2 <= len(word) <= _LONGEST_ACRONYM:
        return word
    return _fold(word)


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _unknown_to_phrases(words: list[_Word]) -> list[_Word]:
    """The words that are no part of a phrase of several words that is known, such as an institution's name."""
    left, place = [], 0
    phrases = _known().phrases
    while place < len(words):
        length = _phrase_at(words, place, phrases.get(words[place].folded, ()))
        if not length:
            left.append(words[place])
        place += length or 1
    return left


def _phrase_at(words: list[_Word], place: int, phrases: Iterable[tuple[str, ...]]) -> int:
    for phrase in phrases:
        if tuple(word.folded for word in words[place : place + len(phrase)]) == phrase:
            return len(phrase)
    return 0


@cache
def _known() -> _Known:
    said = tomllib.loads(files("monitor.figures").joinpath("masking.toml").read_text(encoding="utf-8"))
    phrases = {tuple(_fold(word) for word in _WORD.findall(one)) for one in _phrases()}
    by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for phrase in sorted(phrases, key=len, reverse=True):
        if len(phrase) > 1:
            by_first[phrase[0]].append(phrase)
    words = {phrase[0] for phrase in phrases if len(phrase) == 1}
    for table in ("openers", "institutions"):
        words.update(_fold(word) for listed in said[table].values() for word in listed)
    minors = {_fold(word) for listed in said["minors"].values() for word in listed}
    return _Known(frozenset(words), {first: tuple(found) for first, found in by_first.items()}, frozenset(minors))


def _phrases() -> Iterator[str]:
    """What the reader and the alerts have words for, but for the places inside a region."""
    for language in languages():
        tables = read_tables(language)
        for phrases in named(dict(tables)).values():
            yield from (
                wording for phrase in phrases for wording in expand(phrase.removeprefix("^")) if "{" not in wording
            )
        yield from tables.get("language", {}).get("function_words", ())
        for table in ("months", "weekdays"):
            yield from (wording for phrase in tables.get(table, {}) for wording in expand(phrase))
    for code in LANGUAGES:
        words = words_of(code)
        for names in (words.areas, words.countries, words.providers, words.providers_short):
            yield from names.values()
