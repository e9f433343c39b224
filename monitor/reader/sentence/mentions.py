"""Finds what the words of a sentence mention: the longest phrase of the lexicon at each place, leftmost first."""

from __future__ import annotations

from typing import NamedTuple

from monitor.reader.sentence.lexicon import Facts, Lexicon, Node
from monitor.reader.sentence.look import Look
from monitor.reader.sentence.numbers import Number
from monitor.reader.sentence.tokens import NUMBER, Token

_SUBJECT = 9  # tokens before a verb in which its subject stands
_YEARS = range(1970, 2060)
_YEAR = 4  # digits
_MISTAKEN = frozenset({"year", "label_number"})
_OF_COUNT = 2  # tokens of `of 1976`
_AGES = (0, 99)  # what may stand in a slot for an age in years


class Mention(NamedTuple):
    """A concept mentioned over tokens `first` to `last` (exclusive), with what stood in the slots of the phrase."""

    first: int
    last: int
    concept: str
    facts: Facts
    slots: tuple[tuple[str, float], ...] = ()


class Layout:
    """Where the mentions of a sentence stand: by their first token, by their end, and by each token in them."""

    __slots__ = ("cover", "ends", "starts")

    def __init__(self, mentions: list[Mention]) -> None:
        self.starts = {mention[0]: mention for mention in mentions}
        self.ends = {mention[1]: mention for mention in mentions}
        self.cover = {place: mention for mention in mentions for place in range(mention[0], mention[1])}


Filled = tuple[tuple[str, float], ...]
Found = tuple[int, str, Filled]


class Matcher:
    """Matches the phrases of a lexicon against the tokens and numbers of one sentence."""

    def __init__(self, tokens: list[Token], numbers: list[Number], words: Lexicon, look: Look | None = None) -> None:
        self.tokens = tokens
        self.words = words
        self.look = look if look is not None else Look(tokens, words)
        self.numbers = {number.first: number for number in numbers}
        self.counted = {number.last for number in numbers}
        self.fillable = self.look.fillable.union(self.numbers)

    def mentions(self) -> list[Mention]:
        """All mentions in order, without overlap."""
        found: list[Mention] = []
        fillable, free = self.fillable, 0
        for place, node in self.look.openers:
            if place < free:
                continue
            best = None
            if (place in fillable and self._opens(place)) or (node is not None and self._goes_on(node, place + 1)):
                best = self._longest(self.words.root, place, place, ())
            elif node is not None and node.concept is not None and (not node.capital or self.tokens[place].capital):
                best = (place + 1, node.concept, ())
            if (
                best is None
                and node is not None
                and place in self.counted
                and (one := self._of_country(node, place)) is not None
            ):
                found.append(one)
            if best is None:
                number = self.numbers.get(place) if self.numbers else None
                free = number.last if number else place + 1
                continue
            if best[1] == "change" and self._bounds(best[0]):
                best = (place + 1, "percent", ())  # `38% menos de 18 años`: what follows is an age
            last, concept, slots = self._longer(best, place) if best[0] > place + 1 else best
            free = last
            if concept in _MISTAKEN and self._mistaken(found, concept, place, last):
                continue
            found.append(Mention(place, last, concept, self.words.facts[concept], slots))
        return found

    def _mistaken(self, found: list[Mention], concept: str, place: int, last: int) -> bool:
        """Whether what looks like a year is a count, or what looks like the number of a thing counts people."""
        if concept == "label_number":  # `girls aged 12 to 17 number 540`
            alone = place > 0 and self.tokens[place - 1].word in self.words.grammar["solely"]  # `girls alone number 40`
            return self.tokens[place].word in self.words.grammar["sums"] and _plain(found, place - alone)
        about = bool(found) and found[-1].last == place and _leads_count(found[-1].facts)
        about = about or self._done_to(found, place)
        if last == place + 1 and place and (self._counts(place) or (about and self._heads(last))):
            return True  # `women were 2010 of them`
        return (
            last == place + _OF_COUNT and self._heads(last) and self._of_total(place)
        )  # `da cuenta de 1976 denuncias`

    def _done_to(self, found: list[Mention], place: int) -> bool:
        """`rescued 2013 victims`, `rescató a 2013 víctimas`, `las 2013 víctimas`: what no year has before it."""
        before, grammar = self.tokens[place - 1].word if place else "", self.words.grammar
        verb = place - (before in grammar["objects"])
        acted = bool(found) and found[-1].last == verb and "act" in found[-1].facts
        return acted or before in grammar["plural_articles"]

    def _bounds(self, place: int) -> bool:
        """Whether `than` and a number follow."""
        than = place + 1 < len(self.tokens) and self.tokens[place].word in self.words.grammar["than"]
        return than and place + 1 in self.fillable

    def _of_country(self, node: Node, place: int) -> Mention | None:
        """`una argentina`: a country without its capital, behind a number, is someone from there."""
        country = self.words.facts[node.concept].get("country") if node.concept is not None else None
        if country is None or self.tokens[place].capital:
            return None
        return Mention(place, place + 1, "people", {"group": "people", "person": True, "citizenship": country})

    def _longer(self, best: Found, place: int) -> Found:
        """`in 2010-2012`, `durante el año pasado`, `el fiscal adjunto`: the longer phrase that begins within another.

        Within a phrase of time it is a time; else it begins right behind an article.
        """
        timed = place not in self.fillable and self.words.facts[best[1]]["group"] == "periods"
        if not timed and not self._article(place):
            return best
        last = best[0]
        for inner in range(place + 1, last if timed else place + 2):
            other = self._longest(self.words.root, inner, inner, ())
            if other is None or other[0] <= last:
                continue
            if not timed or self.words.facts[other[1]]["group"] == "periods":
                return other
        return best

    def _article(self, place: int) -> bool:
        """Whether an article stands here that holds no preposition."""
        word, grammar = self.tokens[place].word, self.words.grammar
        return word in grammar["determiners"] and word not in grammar["prepositions"]

    def _opens(self, place: int) -> bool:
        """Whether a phrase may begin with the digits that stand here; most count what no such phrase goes on with."""
        number, token = self.numbers.get(place), self.tokens[place]
        if number is None or token.kind is not NUMBER or len(token.word) == _YEAR or number.last in self.fillable:
            return True
        following = self.tokens[number.last].word if number.last < len(self.tokens) else ""
        return following in self.words.behind or following == "("

    def _goes_on(self, node: Node, place: int) -> bool:
        """Whether a phrase may go on here."""
        if place == len(self.tokens):
            return False
        inner = node.words is not None and self.tokens[place][0] in node.words
        return inner or (node.slots is not None and place in self.fillable)

    def _longest(self, node: Node, place: int, start: int, filled: Filled) -> Found | None:
        """The longest phrase from here on; where two are as long, words win over slots."""
        best: Found | None = None
        slotted: list[tuple[int, dict[str, Node]]] = []
        tokens, last = self.tokens, len(self.tokens)
        while True:
            if node.concept is not None and (not node.capital or tokens[start].capital):
                best = (place, node.concept, filled)
            if place == last:
                break
            if node.slots is not None:
                slotted.append((place, node.slots))
            following = node.words.get(tokens[place][0]) if node.words is not None else None
            if following is None:
                break
            node = following
            place += 1
        for at, slots in reversed(slotted):
            if at in self.fillable:
                best = self._filled(best, slots, at, (start, filled))
        return best

    def _filled(
        self, best: Found | None, slots: dict[str, Node], place: int, before: tuple[int, Filled]
    ) -> Found | None:
        """The best so far, or a longer phrase that goes on with one of these slots."""
        start, filled = before
        for name, child in slots.items():
            slot = self._slot(name, place)
            if slot is not None and (child.concept is not None or self._goes_on(child, slot[0])):
                best = _longer(best, self._longest(child, slot[0], start, (*filled, (name, slot[1]))))
        return best

    def _counts(self, place: int) -> bool:
        """Whether four digits behind a verb are a count, unless a year is spoken of: `the worst year was 2018`."""
        grammar = self.words.grammar
        near = self.tokens[max(place - _SUBJECT, 0) : place]
        return near[-1].word in grammar["copulas"] and not any(token.word in grammar["year_nouns"] for token in near)

    def _of_total(self, place: int) -> bool:
        """Whether the `of` that stands here leads to a count: `accounts for a total of 1976 complaints`."""
        grammar = self.words.grammar
        if not place or self.tokens[place].word not in grammar["of"]:
            return False
        return self.tokens[place - 1].word in grammar["number_nouns"] | grammar["accounting"]

    def _heads(self, place: int) -> bool:
        """Whether a word for what is counted stands here: `nearly 2000 complaints`."""
        words = self.words.root.words or {}
        node = words.get(self.tokens[place].word) if place < len(self.tokens) else None
        concept = node.concept if node is not None else None
        return concept is not None and self.words.facts[concept]["group"] in {"heads", "people"}

    def _slot(self, name: str, place: int) -> tuple[int, float] | None:
        """Where the slot ends and what it holds, None where it cannot be filled here."""
        token = self.tokens[place]
        if name in {"month", "ordinal", "weekday"}:
            return None if token.kind is NUMBER else self._named(name, place)
        number = self.numbers.get(place)
        if name == "num":
            return (number.last if number else place + 1, 0) if token.kind == NUMBER else None
        if name in {"n", "age"}:
            if number is None or number.article or (name == "age" and not _AGES[0] <= number.value <= _AGES[1]):
                return None
            return self._repeated(number), number.value
        plain = token.kind == NUMBER and token.word.isdigit() and (number is None or number.last == place + 1)
        fits = plain and _fits(name, token.word) and (name != "two" or self._tight(place))
        return (place + 1, float(token.word)) if fits else None

    def _repeated(self, number: Number) -> int:
        """The end of a number, past its digits where they stand in brackets behind it: `five (5)`."""
        again = self.numbers.get(number.last + 1)
        if again is None or number.digits or again.value != number.value or self.tokens[number.last].word != "(":
            return number.last
        closed = again.last < len(self.tokens) and self.tokens[again.last].word == ")"
        return again.last + 1 if closed else number.last

    def _tight(self, place: int) -> bool:
        """`10:30`, not `from 13 to 17: 45`."""
        token = self.tokens[place]
        before = self.tokens[place - 1] if place else None
        after = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        if before is not None and before.word == ":":
            return before.end == token.start
        return after is not None and after.start == token.end

    def _named(self, name: str, place: int) -> tuple[int, float] | None:
        token, words = self.tokens[place], self.words
        table = {"month": words.months, "ordinal": words.ordinals, "weekday": words.weekdays}[name]
        value = table.get(token.word)
        if value is None or (token.word == "may" and not token.capital):
            return None
        return place + 1, value


def _plain(found: list[Mention], place: int) -> bool:
    """Whether people, or their ages, stand right before a place."""
    facts = found[-1].facts if found and found[-1].last == place else {}
    return bool(facts.get("person")) or "age" in facts


def _leads_count(facts: Facts) -> bool:
    """`nearly`, `a total of`."""
    return "qualifier" in facts or facts.get("link") == "whole"


def _fits(name: str, digits: str) -> bool:
    """Whether digits can be a year, a day, or a number of two digits at most."""
    if name == "year":
        return len(digits) == 4 and int(digits) in _YEARS
    return len(digits) <= 2 and (name == "two" or 1 <= int(digits) <= 31)


def _longer(best: Found | None, other: Found | None) -> Found | None:
    if best is None or (other is not None and other[0] > best[0]):
        return other
    return best
