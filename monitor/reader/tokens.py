"""Cuts a text into tokens and sentences that know their offsets; case and accents are folded here, once."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

WORD, NUMBER, MARK, BREAK = "word", "number", "mark", "break"

_LETTERS = r"(?:[A-Za-zÀ-ÖØ-öø-ÿ]++[^\W\d_]*+|[^\W\d_]++)"  # letters only; those of Latin-1 first, for speed
_JOINED = r"(?:[\u00ad\u0300-\u036f]+[^\W\d_]*|-\n[^\W\d_]+)*"
_OTHERS = r"|([0-9]+(?:[.,'’´`][0-9]+)*)|(['’]s(?!\w))|(\n)|(\S))"
_PLAIN = re.compile(rf" ?(?:({_LETTERS}){_OTHERS}")
_PATTERN = re.compile(rf" ?(?:({_LETTERS}{_JOINED}){_OTHERS}")
_KINDS = (MARK, WORD, NUMBER, "", BREAK, MARK)  # by the group that matched; the third, a possessive, is left out
_UNSEEN = re.compile("[\u00ad\u0300-\u036f]|-\n")
_ENDS = frozenset(".!?…")
_BULLETS = frozenset("•●▪■◦*")
_CLOSERS = frozenset("\"”»'’)]")
_STOPPERS = _ENDS | _BULLETS | _CLOSERS
_SHORT = 64  # characters below which one pass over the text is faster than one for each letter
_MANY = 60  # different letters to fold, above which one pass over the text is faster than one for each
_LONGEST = 400  # tokens after which a sentence is cut whatever stands there
_GLANCE = 4  # tokens that tell whether the sentence before was nothing but marks
_LITTLE = 2  # letters of words that lead on to another
_WRAPPED = 50  # a line at least so long, without an end, was cut by its page


class Token(NamedTuple):
    """A folded word, a number, a mark or a line break; `start` and `end` are offsets in the text as given."""

    word: str
    start: int
    end: int
    kind: str
    capital: bool


class Sentence(NamedTuple):
    """Tokens of one sentence (no breaks among them), the span of its trimmed text and the number of its paragraph."""

    tokens: list[Token]
    start: int
    end: int
    paragraph: int


@cache
def _folds() -> dict[int, str]:
    """Each letter up to the end of Latin Extended-B to its plain lower-case letter, and quote marks to one."""
    table = {ord(mark): plain for plain, marks in {"'": "’´`‘", "-": "‐‑–—−"}.items() for mark in marks}
    for code in range(0x250):
        plain = unicodedata.normalize("NFD", chr(code))[0].lower()
        if plain != chr(code) and len(plain) == 1:
            table[code] = plain
    return table


def fold(text: str) -> str:
    """The text in lower case without accents, of the same length: `fold("Víctimas")` is `"victimas"`."""
    folds = _folds()
    if len(text) < _SHORT:
        return text.translate(folds)
    folded = text
    letters = [letter for letter in set(text) if ord(letter) in folds]
    if len(letters) > _MANY:
        return text.translate(folds)
    for letter in letters:
        folded = folded.replace(letter, folds[ord(letter)])
    return folded


def tokens(text: str) -> list[Token]:
    """All tokens of the text in order."""
    folded = fold(text)
    unseen = "-\n" in text or (not text.isascii() and _UNSEEN.search(text) is not None)
    found: list[Token] = []
    add, new = found.append, tuple.__new__  # twice as fast as Token(...), and this is the innermost loop
    for match in (_PATTERN if unseen else _PLAIN).finditer(text):
        group = match.lastindex or 0
        kind = _KINDS[group]
        if not kind:
            continue
        start, end = match.span(group)
        word = folded[start:end]
        if kind is WORD:
            word = _UNSEEN.sub("", word) if unseen else word
            add(new(Token, (word, start, end, WORD, text[start].isupper())))
        else:
            add(new(Token, (word, start, end, kind, False)))
    return found


def sentences(text: str, abbreviations: frozenset[str]) -> list[Sentence]:
    """The sentences of the text; a line break ends one unless the line was cut by its page."""
    done: list[Sentence] = []
    current: list[Token] = []
    paragraph, line, begin = 0, 0, 0
    everything = tokens(text)
    for place in [place for place, token in enumerate(everything) if token[0] in _STOPPERS or token[3] is BREAK]:
        token = everything[place]
        following = everything[place + 1] if place + 1 < len(everything) else None
        current = _fill(current, everything[begin : place + (token.kind is not BREAK)], done, paragraph)
        begin = place + 1
        if token.kind is BREAK:
            hard = (
                following is None or following.kind is BREAK or not _continues(current, following, token.start - line)
            )
            line = token.end
            if hard:
                _close(current, done, paragraph)
                current = []
                paragraph += 1
        elif current and following is not None and _ends(current, following, abbreviations):
            _close(current, done, paragraph)
            current = []
    _close(_fill(current, everything[begin:], done, paragraph), done, paragraph)
    return done


def _fill(current: list[Token], more: list[Token], done: list[Sentence], paragraph: int) -> list[Token]:
    """The sentence with more tokens; what is longer than any sentence is cut off and closed."""
    current += more
    while len(current) >= _LONGEST:
        _close(current[:_LONGEST], done, paragraph)
        current = current[_LONGEST:]
    return current


def _close(current: list[Token], done: list[Sentence], paragraph: int) -> None:
    """Takes a sentence in; of many in a row without any word or number only the first, since nobody writes them."""
    if current and not (_bare(current) and done and _bare(done[-1].tokens[:_GLANCE])):
        done.append(Sentence(current, current[0].start, current[-1].end, paragraph))


def _bare(tokens: list[Token]) -> bool:
    return all(token.kind is MARK for token in tokens)


def _continues(current: list[Token], following: Token, width: int) -> bool:
    """Whether the sentence goes on after a single line break."""
    if not current:
        return False
    last = current[-1]
    if last.word in _ENDS or last.word == ":":
        return False
    if (last.kind == MARK and last.word in ",-(") or following.word == "(":
        return True
    if width >= _WRAPPED and last.kind == WORD and not last.capital and len(last.word) <= _LITTLE:
        return True  # no line ends with `of` or `de` unless it was cut
    return not following.capital and following.kind != MARK and (width >= _WRAPPED or following.kind == WORD)


def _ends(current: list[Token], following: Token, abbreviations: frozenset[str]) -> bool:
    """Whether the sentence ends between its last token and the one that follows."""
    last = current[-1]
    before = current[-2] if len(current) > 1 else None
    if last.kind == MARK and last.word in _BULLETS:
        return before is not None
    if last.word in _CLOSERS and before is not None and before.word in _ENDS:
        return following.start > last.end and (following.capital or following.kind == NUMBER)
    if (
        last.word not in _ENDS
        or following.kind == BREAK
        or (following.word in _CLOSERS and following.start == last.end)
    ):
        return False
    opens = following.capital or following.kind != WORD
    if last.word != "." or before is None:
        return opens
    short = before.word in abbreviations or before.word == "/" or (before.kind == WORD and len(before.word) == 1)
    if before.end == last.start and short:
        return False
    return opens if following.start > last.end else following.capital and len(before.word) > 3
