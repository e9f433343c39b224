"""Numbers that are part of a name: of a gang, a bar or a street."""

from __future__ import annotations

from monitor.reader.sentence.lexicon import Lexicon
from monitor.reader.sentence.numbers import Number
from monitor.reader.sentence.single_ages import QUOTES
from monitor.reader.sentence.tokens import Token

_OPENING = frozenset("\"'“«‘")
_STREET = 5  # tokens of the name of a street
_QUOTED = 5  # tokens of a name in quotes before its year
_NAME = 3  # tokens between an opening quote and the number of a name


def in_name(tokens: list[Token], number: Number, words: Lexicon) -> bool:
    """`the gang "Block 40"`: in quotes, behind a capital; `avenida Grau 123,`: in a street."""
    first, following = number.first, _word(tokens, number.last)
    verb = following.endswith(tuple(words.grammar["verb_endings"]))
    if number.digits and (verb or ends_noun(tokens, number.last, words)) and _in_street(tokens, first, words):
        return True
    if not number.digits or first < _NAME or following not in QUOTES:
        return False
    return tokens[first - 1].capital and any(tokens[p].word in _OPENING for p in range(first - _NAME, first - 1))


def quoted(tokens: list[Token], first: int, last: int) -> bool:
    """`the operation "Freedom 2017"`: in quotes, behind a capital."""
    if first < 2 or _word(tokens, last) not in QUOTES or not tokens[first - 1].capital:
        return False
    return any(tokens[place].word in _OPENING for place in range(max(first - _QUOTED, 0), first))


def ends_noun(tokens: list[Token], place: int, words: Lexicon) -> bool:
    """Whether a noun cannot follow here."""
    word, grammar = _word(tokens, place), words.grammar
    return word in {"", ",", ";", ".", ")", "-"} or word in grammar["separators"] or word in grammar["of"]


def _in_street(tokens: list[Token], first: int, words: Lexicon) -> bool:
    """Whether the capital words before a number are the name of a street."""
    place = first - 1
    while place > max(first - _STREET, 0) and tokens[place].capital:
        place -= 1
    return place < first - 1 and _word(tokens, place) in words.grammar["streets"]


def _word(tokens: list[Token], place: int) -> str:
    return tokens[place].word if 0 <= place < len(tokens) else ""
