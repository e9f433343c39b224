"""Whether `one` is a count and no article: in a list of counts."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.reader.sentence.lexicon import Lexicon
from monitor.reader.sentence.mentions import Layout
from monitor.reader.sentence.numbers import Number
from monitor.reader.sentence.tokens import MARK, Token

_LIKE = 2  # words between `one` and its noun
_JOINT = 2  # tokens between two counts of one list
_DONE = frozenset({"detentions", "prosecutions", "convictions", "acquittals", "investigations"})
_FAR = 14  # the same, where a verb follows
_NEAR = 8  # tokens from one count of a list to `one`


class Articles:
    """Tells counts from articles among the numbers of one sentence."""

    def __init__(self, tokens: list[Token], numbers: list[Number], layout: Layout, words: Lexicon) -> None:
        self.tokens = tokens
        self.words = words
        self.numbers = numbers
        self.starts, self.ends, self.cover = layout.starts, layout.ends, layout.cover
        self.listed: list[Number] = []

    def counts(self, number: Number) -> bool:
        """Whether `one` is a count: in a list of counts, right before people."""
        following = next((self.starts[place] for place in self._near(number.last) if place in self.starts), None)
        counts = [other for other in self.numbers if not other.article and other.first not in self.cover]
        if following is None or following.facts["group"] not in {"people", "heads"}:
            return self._one_of_parts(number, counts)
        if any(self._beside(following.last, other.first) for other in counts):
            return True
        before = self._word(number.first - 1)
        if before in self.words.grammar["not_even"]:
            return False
        if before in self.words.grammar["objects"]:
            before = self._word(number.first - 2)  # `a ocho menores y a una joven`
        elif self._word(number.first - 2) in self.words.grammar["besides"]:
            before = ","  # `along with one woman`
        link = self.ends.get(number.first)
        opened = before in {",", "(", ";"} or before in self.words.grammar["separators"]
        part = link is not None and link.facts.get("link") in {"part", "compare"}  # `compared with one conviction`
        counts += self.listed
        reach = _FAR if self._word(following.last) in self.words.grammar["copulas"] else _NEAR
        if part or (opened and any(0 < number.first - other.last <= reach for other in counts)):
            self.listed.append(number)
            return bool(counts)
        return False

    def _one_of_parts(self, number: Number, counts: list[Number]) -> bool:
        """`11 were for sex trafficking, one was for forced labour`: as the counts before it in its sentence."""
        grammar = self.words.grammar
        opened = self._word(number.first - 1) in {",", ";"} or self._word(number.first - 1) in grammar["separators"]
        verb = self._word(number.last)
        if counts and counts[0].first < number.first and self._done_to(number):
            return True
        if opened and counts and counts[0].first < number.first and self._placed(number.last):
            return True  # `two shelters, one in Cusco and one in Ica`
        if opened and any(self._led_alike(other, number) for other in counts if other.last < number.first):
            return True
        alike = any(other.last < number.first and self._word(other.last) in grammar["copulas"] for other in counts)
        return opened and alike and verb in grammar["copulas"]

    def _done_to(self, number: Number) -> bool:
        """`investigated nine officials and convicted one, a former mayor`: right behind what was done, with no noun."""
        act = self.ends.get(number.first)
        ended = number.last >= len(self.tokens) or self.tokens[number.last].kind is MARK
        return act is not None and act.facts.get("act") in _DONE and ended

    def _led_alike(self, one: Number, two: Number) -> bool:
        """`31 with sexual exploitation and one with begging`, `five were for ... and one for ...`: by the same word."""
        grammar, verb = self.words.grammar, self._word(two.last)
        if verb not in grammar["prepositions"] and verb not in grammar["of"]:
            return False
        first = one.last + (self._word(one.last) in grammar["copulas"])
        nation = next((self.starts[p] for p in (two.last, two.last + 1) if p in self.starts), None)
        born = nation is not None and ("country" in nation.facts or "citizenship" in nation.facts)
        return self._word(first) == verb and (verb not in grammar["aged"] or born)

    def _placed(self, place: int) -> bool:
        """`in Cusco`, `en el Cusco`: whether nothing but where it is follows."""
        grammar = self.words.grammar
        if self._word(place) not in grammar["venue_prepositions"]:
            return False
        place += 1 + (self._word(place + 1) in grammar["determiners"])
        return place in self.starts and "area" in self.starts[place].facts

    def _near(self, first: int) -> Iterator[int]:
        """Where a noun may begin: here, or behind words that say what it is like (`one former regional official`)."""
        for place in range(first, first + _LIKE + 1):
            yield place
            if place in self.cover or not self._word(place).isalpha() or self._word(place) in self.words.grammar["of"]:
                return

    def _beside(self, first: int, last: int) -> bool:
        """Whether only a comma or an `and` stands between a noun and the next count: `one Peruvian, two Bolivians`."""
        joints = range(first, last - (self._word(last - 1) in self.words.grammar["objects"]))
        return 0 < len(joints) <= _JOINT and all(
            self._word(place) == "," or self._word(place) in self.words.grammar["separators"] for place in joints
        )

    def _word(self, place: int) -> str:
        return self.tokens[place].word if 0 <= place < len(self.tokens) else ""
