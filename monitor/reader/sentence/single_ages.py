"""The age of one person, which is no statistic: `Rosa Quispe, 34, said`, `the youngest was 13`, `Valeria (16)`."""

from __future__ import annotations

from monitor.reader.sentence.lexicon import Lexicon
from monitor.reader.sentence.mentions import Layout
from monitor.reader.sentence.numbers import Number
from monitor.reader.sentence.tokens import MARK, NUMBER, Token

QUOTES = frozenset("\"'”»’")
_OLDEST = 99  # years
_NAMED = 3  # tokens of a name and its bracket
_NEAR = 8  # tokens between `the youngest` and the age


class SingleAges:
    """Knows the ages of single persons in one sentence."""

    def __init__(self, tokens: list[Token], layout: Layout, words: Lexicon) -> None:
        self.tokens = tokens
        self.words = words
        self.ends, self.cover = layout.ends, layout.cover

    def told(self, number: Number) -> bool:
        """Whether a number is the age of one person."""
        if number.value > _OLDEST:
            return False
        return self._name_and_age(number) or self._age_of(number) or self._bracketed_age(number) or self._of_one(number)

    def _name_and_age(self, number: Number) -> bool:
        """`Rosa Quispe, 34, said`, `"Rosa", 34, was`: an age between commas after a name."""
        first, last = number.first, number.last
        name = first - 2 - (self._word(first - 2) in QUOTES)
        return (
            name >= 0
            and last < len(self.tokens)
            and self.tokens[first - 1].word == ","
            and self.tokens[last].word in {",", "."}
            and self.tokens[name].capital
            and name not in self.cover
        )

    def _age_of(self, number: Number) -> bool:
        """`the youngest was only 13`, `la menor, 13`: behind a word for the age of one, with no noun of its own."""
        kinds = ("determiners", "of", "copulas", "adverbs", "pronouns")
        if not self._bare(number.last):
            return False
        for place in range(number.first - 1, max(number.first - _NEAR, 0) - 1, -1):
            word = self.tokens[place].word
            if (
                word in self.words.grammar["age_subjects"]
                and self._word(place - 1) in self.words.grammar["determiners"]
            ):
                return True
            known = any(word in self.words.grammar[kind] for kind in kinds) or word in {",", ":"}
            known = known or self.tokens[place].kind is NUMBER  # `the oldest of the 34 children was 14`
            person = self.cover.get(place)
            if not known and (person is None or "person" not in person.facts):
                return False
        return False

    def _bracketed_age(self, number: Number) -> bool:
        """`la mujer (39)`: behind one person."""
        if self._after_name(number):
            return True
        person = self.ends.get(number.first - 1)
        if person is None or not person.facts.get("person") or not number.digits:
            return False
        bracketed = self._word(number.first - 1) == "(" and self._word(number.last) == ")"
        word = self._word(person.last - 1)
        plural = word.endswith(tuple(self.words.grammar["plural_endings"])) or word in self.words.grammar["plurals"]
        return bracketed and not plural and self._word(person.first - 1) in self.words.grammar["determiners"]

    def _of_one(self, number: Number) -> bool:
        """`a girl of 15.`, `una joven de 17 y ...`: behind one person, with no noun of its own."""
        person, grammar = self.ends.get(number.first - 1), self.words.grammar
        if person is None or not person.facts.get("person") or self._word(number.first - 1) not in grammar["aged"]:
            return False
        if self._word(number.first - 2) in grammar["crews"]:
            return False  # `a staff of 36`
        free = self._bare(number.last) or self._word(number.last) in grammar["separators"]
        return free and self._word(person.first - 1) in grammar["indefinites"] and self._word(number.last) != "%"

    def _after_name(self, number: Number) -> bool:
        """`Rosa Quispe Mamani (39)`."""
        first, last = number.first, number.last
        bracketed = self._word(first - 1) == "(" and self._word(last) == ")"
        initials = bracketed and self._word(first - 2) == "." and len(self._word(first - 3)) == 1
        if initials and self._is_name(first - 3):
            return True  # `Mercedes Q. A. (52)`
        if not bracketed or first < _NAMED or not self._is_name(first - 2):
            return False
        return self._is_name(first - 3) or self._first_name(first - 2)

    def _is_name(self, place: int) -> bool:
        return self.tokens[place].capital and place not in self.cover

    def _first_name(self, place: int) -> bool:
        """`Valeria (16) and Camila (15)`: no place, as other names in brackets of the sentence are none."""
        led = self._word(place - 1)
        if led in self.words.grammar["venue_prepositions"] or led in self.words.grammar["of"]:
            return False
        return not any(m.facts["group"] == "places" and self._word(m.last) == "(" for m in self.ends.values())

    def _bare(self, place: int) -> bool:
        """Whether no noun can begin here."""
        return place >= len(self.tokens) or self.tokens[place].kind == MARK

    def _word(self, place: int) -> str:
        return self.tokens[place].word if 0 <= place < len(self.tokens) else ""
