"""Finds the numbers among tokens, in digits and in words: 1,430 - 2 241 - 8'231.751 - veintiún mil - half a million."""

from __future__ import annotations

import re
from typing import NamedTuple

from monitor.reader.sentence.lexicon import Lexicon, Sequences
from monitor.reader.sentence.look import Look
from monitor.reader.sentence.tokens import MARK, NUMBER, WORD, Token

_ABBREVIATED = 4  # letters that a word of a code has at most, where it has no capital
_SPLIT = re.compile(r"[.,'’´`]")
_AND = 3  # letters of an `and` before the last point of a list
_DIGITS = 15  # more are no count of anything


class Number(NamedTuple):
    """A number over tokens `first` to `last` (exclusive). `decimal` is its other reading where a mark leaves two."""

    first: int
    last: int
    value: float
    decimal: float | None = None
    digits: bool = True
    article: bool = False
    scaled: float = 1
    code: bool = False


def parse_digits(raw: str) -> tuple[float, float | None]:
    """The value of digits with marks, and the other reading where three digits follow the only mark.

    >>> parse_digits("1,430"), parse_digits("66.7"), parse_digits("8'231.751"), parse_digits("0,005")
    ((1430.0, 1.43), (66.7, None), (8231751.0, None), (0.005, None))
    """
    if raw.isdigit():
        return float(raw), None
    parts = _SPLIT.split(raw)
    marks = [mark for mark in raw if not mark.isdigit()]
    grouped = all(len(part) == 3 for part in parts[1:]) and 1 <= len(parts[0]) <= 3 and parts[0] != "0"
    apostrophe = any(mark not in ".," for mark in marks)
    if grouped and (apostrophe or len(set(marks)) == 1):
        return float("".join(parts)), float(f"{parts[0]}.{parts[1]}") if len(marks) == 1 and not apostrophe else None
    return float("".join(parts[:-1]) + "." + parts[-1]), None


def numbers(tokens: list[Token], words: Lexicon, places: list[int] | None = None) -> list[Number]:
    """All numbers of a sentence, in order, without overlap; `places`: where one may begin, where that is known."""
    found: list[Number] = []
    last = 0
    for place in Look(tokens, words).numeric if places is None else places:
        if place < last:
            continue
        number = _plain(tokens, place, words) or _Reading(tokens, words).read(place)
        if number is not None:
            found.append(number)
            last = number.last
    return found


def _plain(tokens: list[Token], place: int, words: Lexicon) -> Number | None:
    """Digits with nothing behind them that could be of the same number, as most numbers are."""
    token, following = tokens[place], tokens[place + 1] if place + 1 < len(tokens) else None
    if token.kind is not NUMBER or len(token.word) > _DIGITS:
        return None
    if following is not None and (following.kind is NUMBER or following.word in words.going_on):
        return None
    value, decimal = parse_digits(token.word)
    code = _glued(tokens, place, place + 1) or _numbered(token.word)
    vague = bool(idiom(tokens, place - 1, words.idioms["vague"]))
    return Number(place, place + 1, round(value, 6), decimal, code=code or vague)


def follows(tokens: list[Token], place: int, sequence: tuple[str, ...]) -> bool:
    """Whether these words stand at this place."""
    return len(tokens) >= place + len(sequence) and all(
        tokens[place + offset].word == word for offset, word in enumerate(sequence)
    )


def idiom(tokens: list[Token], place: int, sequences: Sequences) -> int:
    """The length of the longest of the sequences that stands at this place, else 0."""
    if not 0 <= place < len(tokens):
        return 0
    for sequence in sequences.get(tokens[place].word, ()):
        if len(sequence) == 1 or follows(tokens, place, sequence):
            return len(sequence)
    return 0


class _Reading:
    """Reads one number from its first token on."""

    def __init__(self, tokens: list[Token], words: Lexicon) -> None:
        self.tokens = tokens
        self.words = words
        self.total = 0.0
        self.current = 0.0
        self.scale = 1.0
        self.atoms = 0
        self.digits = False
        self.decimal: float | None = None
        self.code = False

    def read(self, first: int) -> Number | None:
        place = first
        while place < len(self.tokens):
            step = self._step(place, first)
            if not step:
                break
            place += step
        if not self.atoms:
            return None
        article = self.atoms == 1 and self.tokens[first].word in self.words.articles
        vague = bool(idiom(self.tokens, first - 1, self.words.idioms["vague"]))
        return Number(
            first,
            place,
            round(self.total + self.current, 6),
            self.decimal,
            self.digits,
            article,
            self.scale,
            self.code or vague,
        )

    def _step(self, place: int, first: int) -> int:
        token = self.tokens[place]
        if token.kind == NUMBER:
            return self._digits(place) if self._takes_digits() else 0
        if not self.atoms and (length := idiom(self.tokens, place, self.words.idioms["half_of"])):
            return self._half_of(place, length)
        if token.word in self.words.values:
            return self._value(self.words.values[token.word])
        if token.word in self.words.scales:
            return self._scale(token.word, self.words.scales[token.word])
        if place > first:
            return self._half_more(place) or self._joiner(place)
        return 0

    def _takes_digits(self) -> bool:
        return not self.atoms or (not self.current and self.scale >= 1000)

    def _digits(self, place: int) -> int:
        last = place + 1
        raw = self.tokens[place].word
        if len(raw) <= 3 and raw[0] != "0":
            while last < len(self.tokens) and self._grouped(last):
                raw += self.tokens[last].word
                last += 1
        if (len(raw) > _DIGITS and sum(map(str.isdigit, raw)) > _DIGITS) or (self.atoms and len(raw) > 3):
            self.code = self.code or not self.atoms
            raw = "0"
            if self.atoms:
                return 0
        self.current, self.decimal = parse_digits(raw)
        self.digits = True
        self.atoms += 1
        self.code = self.code or _glued(self.tokens, place, last) or (self.atoms == 1 and _numbered(raw))
        return last - place

    def _grouped(self, place: int) -> bool:
        token, before = self.tokens[place], self.tokens[place - 1]
        return token.kind == NUMBER and len(token.word) == 3 and token.word.isdigit() and token.start - before.end == 1

    def _half_of(self, place: int, length: int) -> int:
        scale = self.words.scales.get(self.tokens[place + length].word) if place + length < len(self.tokens) else None
        if scale is None:
            return 0
        self.current, self.atoms, self.scale = scale / 2, 1, scale
        return length + 1

    def _half_more(self, place: int) -> int:
        length = idiom(self.tokens, place, self.words.idioms["halves"])
        if not length:
            return 0
        if self.scale > 1 and not self.current:
            self.total += self.scale / 2
        elif (
            self.current < 100
            and place + length < len(self.tokens)
            and self.tokens[place + length].word in self.words.scales
        ):
            self.current += 0.5
        else:
            return 0
        return length

    def _value(self, value: float) -> int:
        fits = (
            not self.current
            or (self.current % 100 == 0 and value < 100)
            or (self.current % 100 >= 20 and self.current % 10 == 0 and value < 10)
        )
        if not fits or (self.digits and self.current):
            return 0
        self.current += value
        self.atoms += 1
        return 1

    def _scale(self, word: str, scale: float) -> int:
        if scale < 1000:
            if self.current >= 100 or (word.endswith("s") and self.current < 2):
                return 0
            self.current = max(self.current, 1) * scale
        elif self.scale == 1000 and scale == 1_000_000 and self.total:
            self.total = (self.total + self.current) * scale
            self.current = 0.0
        else:
            if (self.scale > 1 and scale >= self.scale) or (word.endswith("es") and not self.current):
                return 0
            reading = self.decimal if self.decimal is not None else self.current
            self.total += max(reading, 0 if self.atoms else 1) * scale
            self.current, self.decimal = 0.0, None
        self.scale = scale if scale >= 1000 else self.scale
        self.atoms += 1
        return 1

    def _joiner(self, place: int) -> int:
        if place + 1 >= len(self.tokens) or self.digits:
            return 0
        following = self.words.values.get(self.tokens[place + 1].word)
        if following is None:
            return 0
        word = self.tokens[place].word
        tens = self.current % 100 >= 20 and self.current % 10 == 0 and following < 10
        hundreds = self.current % 100 == 0 and (self.current or self.scale > 1) and following < 100
        return int(
            (word in self.words.tens_joiners and tens) or (word in self.words.hundred_joiners and bool(hundreds))
        )


def _bracketed_code(tokens: list[Token], first: int, last: int) -> bool:
    """`[1]`, `153A(1)`, and `2)` at the head of a point of a list."""
    before = tokens[first - 1] if first else None
    after = tokens[last] if last < len(tokens) else None
    if after is None or after.word not in {")", "]"}:
        return False
    if after.word == ")" and (_enumerates(tokens, first, after) or _numbers_a_point(tokens, first, last)):
        return True
    touches = before is not None and before.end == tokens[first].start
    if not touches or before is None:
        return False
    return (before.word == "[" and after.word == "]") or (before.word == "(" and _cited(tokens, first - 1, last))


def _numbers_a_point(tokens: list[Token], first: int, last: int) -> bool:
    """`(1) a programme ..., and (2) a pilot`: in brackets at the head of a point."""
    if first < 1 or tokens[first - 1].word != "(" or last + 1 >= len(tokens):
        return False
    before = first - 2
    joint = before >= 1 and tokens[before].kind == WORD and not tokens[before].capital  # not `, Ica (61) y Puno`
    if joint and len(tokens[before].word) <= _AND:
        before -= 1
    opens = before < 0 or tokens[before].word in {":", ";", ","}
    return opens and tokens[last + 1].kind == WORD


def _footnote(tokens: list[Token], first: int, last: int) -> bool:
    """`led to convictions.1 Challenges`: a short number between the stop of a word and the next."""
    if first < 2 or tokens[first - 1].word not in {".", ","} or tokens[first - 1].end != tokens[first].start:
        return False
    word = tokens[first - 2]
    glued = word.kind == WORD and word.end == tokens[first - 1].start and len(word.word) > 2
    return glued and tokens[last - 1].end - tokens[first].start <= 2


def _cited(tokens: list[Token], opened: int, closed: int) -> bool:
    """`section 153A(1)(4)`: brackets that touch a letter or each other."""
    before = tokens[opened - 1] if opened else None
    after = tokens[closed + 1] if closed + 1 < len(tokens) else None
    chained = before is not None and before.end == tokens[opened].start and len(before.word) == 1
    return chained or (after is not None and after.word == "(" and after.start == tokens[closed].end)


def _enumerates(tokens: list[Token], first: int, closed: Token) -> bool:
    """`2) improve ...`: the mark of a list, with no bracket open before it."""
    opened = sum((token.word == "(") - (token.word == ")") for token in tokens[:first])
    return opened <= 0 and closed.start == tokens[first].end


def _numbered(raw: str) -> bool:
    """`Ordinance 031`: what begins with a nought is a name, not a count."""
    return len(raw) > 1 and raw[0] == "0" and raw.isdigit()


def _word_of_text(word: Token) -> bool:
    """`suspects—94 of them`: no word of a code, which has capitals or is short."""
    return not word.capital and len(word.word) > _ABBREVIATED


def _glued(tokens: list[Token], first: int, last: int) -> bool:
    """Whether letters touch the digits, as in a code: COVID-19, 129-O, G20, 18th, [1]."""
    before = tokens[first - 1] if first else None
    after = tokens[last] if last < len(tokens) else None
    if _bracketed_code(tokens, first, last) or _footnote(tokens, first, last):
        return True
    if before is not None and before.end == tokens[first].start:
        if before.kind == WORD and before.word not in {"s", "us", "usd", "pen"}:
            return True
        if (
            before.word in "-_#@"
            and first > 1
            and tokens[first - 2].end == before.start
            and tokens[first - 2].kind == WORD
            and not (before.word == "-" and _word_of_text(tokens[first - 2]))
        ):
            return True
    if after is None or after.start != tokens[last - 1].end:
        return False
    if after.kind == MARK and after.word == "-" and last + 1 < len(tokens):
        return tokens[last + 1].start == after.end and tokens[last + 1].kind == WORD and len(tokens[last + 1].word) <= 2
    return after.kind == WORD
