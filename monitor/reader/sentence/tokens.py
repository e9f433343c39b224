"""Cuts a text into tokens and sentences that know their offsets; case and accents are folded here, once."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from monitor.reader.sentence.wrapping import full_line

WORD, NUMBER, MARK, BREAK = "word", "number", "mark", "break"

_LETTERS = r"(?:[A-Za-zÀ-ÖØ-öø-ÿ]++[^\W\d_]*+|[^\W\d_]++)"  # letters only; those of Latin-1 first, for speed
_JOINED = r"(?:[\u00ad\u0300-\u036f]+[^\W\d_]*|-\n[^\W\d_]+)*"
_OTHERS = r"|([0-9]+(?:[.,'’´`][0-9]+)*)|(['’]s(?!\w))|(\n)|(\S))"
_PLAIN = re.compile(rf" ?(?:({_LETTERS}){_OTHERS}")
_PATTERN = re.compile(rf" ?(?:({_LETTERS}{_JOINED}){_OTHERS}")
_WORDS, _POSSESSIVES = 1, 3  # groups of the pattern; a possessive is no token
_KINDS = (MARK, WORD, NUMBER, "", BREAK, MARK)  # by the group that matched
_UNSEEN = re.compile("[\u00ad\u0300-\u036f]|-\n")
_ENDS = frozenset(".!?…")
_BULLETS = frozenset("•●▪■◦*")
_ITEMS = _BULLETS | {"-"}
_CLOSERS = frozenset("\"”»'’)]")
_STOPPERS = _ENDS | _BULLETS | _CLOSERS
_SHORT = 64  # characters below which one pass over the text is faster than one for each letter
_MANY = 60  # different letters to fold, above which one pass over the text is faster than one for each
_LONGEST = 400  # tokens after which a sentence is cut whatever stands there
_COLUMN = 80  # lines without a word, one after the other, that a table may have
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
    folded = text.lower()
    if len(folded) != len(text):
        return text.translate(folds)  # a capital of two letters
    letters = [letter for letter in set(folded) if ord(letter) in folds]
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
        start, end = match.span(group)
        word = folded[start:end]
        if group == _WORDS:
            if unseen:
                word = _UNSEEN.sub("", word)
            add(new(Token, (word, start, end, WORD, text[start].isupper())))
        elif group != _POSSESSIVES:
            add(new(Token, (word, start, end, _KINDS[group], False)))
    return found


def sentences(text: str, abbreviations: frozenset[str]) -> list[Sentence]:
    """The sentences of the text; a line break ends one unless the line was cut by its page."""
    cut = _Sentences()
    line, begin, full = 0, 0, full_line(text) if "\n" in text else 0
    everything = tokens(text)
    for place in [
        place
        for place, token in enumerate(everything)
        if token[3] is not WORD and (token[3] is BREAK or token[0] in _STOPPERS)
    ]:
        token = everything[place]
        following = everything[place + 1] if place + 1 < len(everything) else None
        current = cut.add(everything[begin : place + (token.kind is not BREAK)])
        begin = place + 1
        if token.kind is BREAK:
            width = token.start - line
            if following is None or following.kind is BREAK:
                cut.close(paragraph=True)
            elif full and width >= full and following.word not in _ITEMS:
                if current and _ends(current, following, abbreviations):
                    cut.close()
            elif not _continues(current, following, width):
                cut.close(paragraph=True)
            line = token.end
        elif current and following is not None and _ends(current, following, abbreviations):
            cut.close()
    cut.add(everything[begin:])
    cut.close()
    return cut.done


class _Sentences:
    """The sentences cut so far, and the tokens of the next. What nobody writes is left out, as it would cost time."""

    def __init__(self) -> None:
        self.done: list[Sentence] = []
        self.current: list[Token] = []
        self.paragraph = 0
        self.wordless = 0

    def add(self, more: list[Token]) -> list[Token]:
        """The sentence with more tokens; what is longer than any sentence is cut off and closed."""
        self.current += more
        if len(self.current) >= _LONGEST:
            everything = self.current
            whole = len(everything) - len(everything) % _LONGEST
            for first in range(0, whole, _LONGEST):
                self._take(everything[first : first + _LONGEST])
            self.current = everything[whole:]
        return self.current

    def close(self, *, paragraph: bool = False) -> None:
        """Ends the sentence, and perhaps its paragraph."""
        if self.current:
            self._take(self.current)
            self.current = []
        self.paragraph += paragraph

    def _take(self, current: list[Token]) -> None:
        """Of many in a row without a word only a column is kept, of those without a number too only the first."""
        self.wordless = 0 if any(token.kind is WORD for token in current) else self.wordless + 1
        if self.wordless > _COLUMN or (_bare(current) and self.done and _bare(self.done[-1].tokens[:_GLANCE])):
            return
        self.done.append(Sentence(current, current[0].start, current[-1].end, self.paragraph))


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


def _of_a_clock(current: list[Token]) -> bool:
    """`from 6 p.m. to 4 a.m. The women ...`: two small letters, which no name begins with."""
    letters = current[-4:-1:2]
    return (
        len(letters) == 2
        and all(len(token.word) == 1 and token.kind == WORD and not token.capital for token in letters)
        and current[-3].word == "."
    )


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
        return _of_a_clock(current) and following.capital
    return opens if following.start > last.end else following.capital and len(before.word) > 3
