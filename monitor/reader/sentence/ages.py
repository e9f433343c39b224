"""Ages that a text gives in short once it has named one in full: `13 to 17 years ..., 18 to 24 ..., under 12`."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from monitor.reader.sentence.lexicon import Lexicon
from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.numbers import Number, idiom
from monitor.reader.sentence.tokens import MARK, Token

_OLDEST = 99
_YOUNGEST = 5  # at which ages in short begin: `at least two, in Lima, were girls` is none
_GROWN = 10  # from which on `are between 18 and 29` are ages
_FRONT = 7  # tokens in which a sentence says that it speaks of ages
_GROUP = 4  # tokens between `the group` and the second of its ages
_IN_YEARS = frozenset({"age", "duration"})
_BOUNDS = {"<": "age_under", ">": "age_over", ">=": "age_over_equal"}  # by the qualifier before the number


def with_short_ages(
    tokens: list[Token], numbers: list[Number], mentions: list[Mention], words: Lexicon, named: list[int]
) -> list[Mention]:
    """The mentions, and the ages in short that follow one in full or, in a list, the word `age`, in order."""
    bare = [*_of_people(tokens, numbers, mentions, words), *_beyond(tokens, numbers, mentions, words)]
    mentions = sorted([*mentions, *bare], key=lambda mention: mention.first) if bare else mentions
    by_age = _by_age(tokens, numbers, named, words) if named and len(numbers) > 1 else -1
    if by_age < 0 and not any("age" in m.facts or m.facts.get("exclude") in _IN_YEARS for m in mentions):
        return mentions
    found: list[Mention] = []
    opened = (
        by_age
        if by_age >= 0
        else next((m.first for m in mentions if "age" in m.facts or m.facts.get("exclude") == "age"), None)
    )
    if opened is not None:
        later = [number for number in numbers if number.value <= _OLDEST and _of_age(number, opened, tokens, words)]
        found = [*_bands(tokens, later, mentions, words), *_bounds(tokens, later, mentions, words)]
        found += _of_each(tokens, numbers, mentions, words)
    found += _row(tokens, numbers, mentions, words)
    found += _row_on(tokens, numbers, mentions, words)
    if not found:
        return mentions
    taken = {place for mention in found for place in range(mention.first, mention.last)}
    return sorted([m for m in mentions if m.first not in taken] + found, key=lambda mention: mention.first)


def _by_age(tokens: list[Token], numbers: list[Number], named: list[int], words: Lexicon) -> int:
    """Where a sentence says that it speaks of ages, else -1: at its front, or before a band that a mark ends.

    `By age, 40 were between 18 and 29`, `The victims by age: from 0 to 17, 40; from 18 to 29, 55`.
    """
    if named[0] < _FRONT:
        return named[0]
    for one, two in itertools.pairwise(numbers):
        joined = idiom(tokens, one.last, words.idioms["range_joiners"])
        ranged = joined and one.last + joined == two.first and one.value < two.value <= _OLDEST
        ended = two.last < len(tokens) and tokens[two.last].word in {",", ":", "("}
        if ranged and ended and named[0] < one.first and two.last in {number.first - 1 for number in numbers}:
            return named[0]
    return -1


def _of_age(number: Number, opened: int, tokens: list[Token], words: Lexicon) -> bool:
    """Behind the first age, or before it in `the group of 13 to 17`."""
    if number.first > opened:
        return True
    near = tokens[max(number.first - _GROUP, 0) : number.first]
    return any(token.word in words.grammar["age_groups"] for token in near)


def _of_people(
    tokens: list[Token], numbers: list[Number], mentions: list[Mention], words: Lexicon
) -> Iterator[Mention]:
    """`among women from 18 to 29`: the ages of people, where nothing is counted behind them."""
    starts = words.grammar["starts"]
    for one, two in itertools.pairwise(numbers):
        led = tokens[one.first - 1].word in starts or idiom(tokens, one.first - 1, words.idioms["range_starts"]) == 1
        if not one.value < two.value <= _OLDEST or not led:
            continue
        joined = idiom(tokens, one.last, words.idioms["range_joiners"])
        ended = two.last == len(tokens) or tokens[two.last].kind == MARK
        ended = ended or tokens[two.last].word in words.grammar["copulas"]
        people = any(mention.last == one.first - 1 and mention.facts.get("person") for mention in mentions)
        verb = tokens[one.first - 2].word if one.first > 1 else ""
        people = people or (verb in words.grammar["aging"] and one.value >= _GROWN)  # `Half are between 18 and 29`
        free = not any(mention.first <= one.first < mention.last for mention in mentions)
        ranged = joined and one.last + joined == two.first
        if ranged and ended and people and free and tokens[min(two.last, len(tokens) - 1)].word != "%":
            yield _age("age_band", one.first - 1, two.last, (one.value, two.value), words)


def _beyond(tokens: list[Token], numbers: list[Number], mentions: list[Mention], words: Lexicon) -> Iterator[Mention]:
    """`14 were people over 60`, `2% of them were under 12`: a bound said of people counted, with no noun behind it."""
    bounds = {m.last: m for m in mentions if m.facts.get("qualifier") in _BOUNDS} if len(numbers) > 1 else {}
    for number in numbers:
        bound = bounds.get(number.first)
        if bound is None or not _YOUNGEST <= number.value <= _OLDEST:
            continue
        following = tokens[number.last] if number.last < len(tokens) else None
        ended = following is None or (following.kind == MARK and following.word != "%")
        ended = ended or (following is not None and following.word in words.grammar["separators"])
        if ended and _said_of_number(bound.first, tokens, numbers, mentions, words):
            yield _age(_BOUNDS[bound.facts["qualifier"]], bound.first, number.last, (number.value,), words)


def _said_of_number(
    last: int, tokens: list[Token], numbers: list[Number], mentions: list[Mention], words: Lexicon
) -> bool:
    """Whether nothing but people and a verb stands between a number and this place: `2% of the victims were`."""
    people = {place for mention in mentions if mention.facts.get("person") for place in range(*mention[:2])}
    light = words.grammar["copulas"] | words.grammar["of"] | words.grammar["determiners"] | {"%"}
    place = last - 1
    while place >= 0 and (place in people or tokens[place].word in light):
        place -= 1
    return place < last - 1 and any(number.last == place + 1 for number in numbers)


def _bands(tokens: list[Token], later: list[Number], mentions: list[Mention], words: Lexicon) -> Iterator[Mention]:
    """`..., 18 to 24`."""
    covered = {place for mention in mentions for place in range(mention.first, mention.last)}
    counts = {number.last for number in later}
    ends = {number.last - 1 for number in later}
    peopled = {m.first for m in mentions if m.facts["group"] in {"people", "heads", "topics"}}
    shares = {m.last for m in mentions if m.facts.get("unit") == "percent"} | counts  # `52 percent were 18 to 29`
    told = 0  # the end of the last band: `25 de 0 a 5 y 90 adultos`
    for one, two in itertools.pairwise(later):
        joined = idiom(tokens, one.last, words.idioms["range_joiners"])
        place = one.last + joined
        place += place < len(tokens) and tokens[place].word in words.grammar["definite"]  # `entre los 15 y los 17`
        short = joined and place == two.first and one.first not in covered and one.first >= told
        listed = one.first - 2 in ends and tokens[one.first - 1].word == ","  # `14, 15 y 17 años`: three ages
        listed = listed or two.last in peopled  # `with room for 20 and 24 residents`
        if short and listed and tokens[one.last].word in words.grammar["separators"]:
            continue
        said = one.first in counts or _opens(tokens, one.first, words)
        said = said or (one.first - 1 in shares and tokens[one.first - 1].word in words.grammar["copulas"])
        if short and one.value < two.value and said:
            told = two.last
            yield _age("age_band", one.first, two.last, (one.value, two.value), words)


def _bounds(tokens: list[Token], later: list[Number], mentions: list[Mention], words: Lexicon) -> Iterator[Mention]:
    """`..., less than 18` where nothing is counted behind it; `the other 78, 30 or more`."""
    bounds = {m.last: m for m in mentions if m.facts.get("qualifier") in _BOUNDS}
    open_ended = {m.first: m for m in mentions if m.facts.get("after") == ">="}
    for number in later:
        upwards = open_ended.get(number.last)
        closed = upwards is not None and (upwards.last == len(tokens) or tokens[upwards.last].kind == MARK)
        before = tokens[number.first - 1].word
        led = before in {",", ";", ":"} or before in words.grammar["separators"]
        if upwards is not None and closed and led and number.value >= _YOUNGEST:
            yield _age("age_over_equal", number.first, upwards.last, (number.value,), words)
        bound = bounds.get(number.first)
        ended = number.last == len(tokens) or tokens[number.last].kind == MARK
        if bound is not None and number.value < _YOUNGEST:
            continue
        if bound is not None and ended and not (number.last < len(tokens) and tokens[number.last].word in {"%", "("}):
            yield _age(_BOUNDS[bound.facts["qualifier"]], bound.first, number.last, (number.value,), words)


def _of_each(tokens: list[Token], numbers: list[Number], mentions: list[Mention], words: Lexicon) -> Iterator[Mention]:
    """`two boys of 18, two of 17, one of 15 years`: the age of each, behind the number of those who have it."""
    if not any(mention.concept == "single_age" for mention in mentions):
        return
    starts = {number.first for number in numbers}
    people = {mention.last: mention.first for mention in mentions if mention.facts.get("person")}
    for one, two in itertools.pairwise(numbers):
        aged = two.first - 1
        counted = people.get(aged, aged) == one.last and tokens[aged].word in words.grammar["aged"]
        joined = idiom(tokens, two.last, words.idioms["range_joiners"])
        ranged = joined and two.last + joined in starts and tokens[two.last].word not in words.grammar["separators"]
        ended = two.last == len(tokens) or tokens[two.last].kind == MARK or joined
        if counted and ended and not ranged and two.value <= _OLDEST and tokens[two.last - 1].word != "%":
            yield _age("single_age", aged, two.last, (two.value,), words)


def _row(tokens: list[Token], numbers: list[Number], mentions: list[Mention], words: Lexicon) -> Iterator[Mention]:
    """`who are 18, 19 and 20 years old`: what a comma or an `and` joins to an age is one, where no noun stands."""
    ages = {m.first for m in mentions if m.facts.get("exclude") == "age" or m.facts.get("age") in {"pair", "band"}}
    spans = {mention.first for mention in mentions if mention.concept == "duration"}
    for number in reversed(numbers):
        joints = [place for place in range(number.last, number.last + 2) if place < len(tokens)]
        joined = [p for p in joints if tokens[p].word == "," or tokens[p].word in words.grammar["separators"]]
        stop = number.last + (len(joined) if joined[:1] == [number.last] else 0)
        told = stop in ages or (stop in spans and len(joined) == 1)  # not `there were 40, and 16 years later 30`
        if number.value <= _OLDEST and stop > number.last and told and number.first not in ages:
            (ages if stop in ages else spans).add(number.first)
            yield _age("single_age", number.first, number.last, (), words)


def _row_on(tokens: list[Token], numbers: list[Number], mentions: list[Mention], words: Lexicon) -> Iterator[Mention]:
    """`aged 12, 13 and 15`: what a comma or an `and` joins to an age before it, where no noun stands behind."""
    ends = {m.last for m in mentions if m.facts.get("exclude") == "age"}
    taken = {m.first for m in mentions if "age" in m.facts or m.facts.get("exclude") in _IN_YEARS}
    for number in numbers:
        before = number.first - 1
        joined = before > 0 and (tokens[before].word == "," or tokens[before].word in words.grammar["separators"])
        following = tokens[number.last].word if number.last < len(tokens) else "."
        ended = following in {",", ".", ")", ";"} or following in words.grammar["separators"]
        if joined and ended and before in ends and number.first not in taken and number.value <= _OLDEST:
            ends.add(number.last)
            yield _age("single_age", number.first, number.last, (), words)


def _age(concept: str, first: int, last: int, years: tuple[float, ...], words: Lexicon) -> Mention:
    return Mention(first, last, concept, words.facts[concept], tuple(("age", value) for value in years))


def _opens(tokens: list[Token], place: int, words: Lexicon) -> bool:
    before = tokens[place - 1].word if place else ""
    return (
        before in words.grammar["prepositions"]
        or before in words.grammar["determiners"]
        or before in {"(", ",", ":", ";"}
    )


def page(tokens: list[Token], number: Number, ends: dict[int, Mention]) -> bool:
    """`(CHS Sept. 2021, 14)`, `14.`: the page behind the date of a source, the number of a line: no counts either."""
    first, last = number.first, number.last
    if not first and len(tokens) == last + 1 and tokens[last].word == ".":
        return True
    dated = ends.get(first - 1)
    told = dated is not None and "period" in dated.facts and tokens[first - 1].word == ","
    return told and number.digits and last < len(tokens) and tokens[last].word == ")"


def sums_up(tokens: list[Token], place: int, ends: dict[int, Mention], words: Lexicon) -> bool:
    """`the officers, who number 40`, `the police number 36`: a verb behind those counted, and no label."""
    grammar, before = words.grammar, tokens[place - 1].word if place else ""
    if tokens[place].word not in grammar["sums"]:
        return False
    facts = ends[place].facts if place in ends else {}
    several = before.endswith(tuple(grammar["plural_endings"])) or "voice" in facts or "provider" in facts
    return before in grammar["relatives"] or (several and ("person" in facts or "provider" in facts))
