"""Gives numbers their unit, qualifier and range, and says of every number why it cannot be a statistic."""

from __future__ import annotations

from typing import NamedTuple

from monitor.reader.sentence.ages import page, sums_up
from monitor.reader.sentence.articles import Articles
from monitor.reader.sentence.lexicon import Lexicon
from monitor.reader.sentence.mentions import Layout
from monitor.reader.sentence.names import ends_noun, in_name
from monitor.reader.sentence.numbers import Number, idiom
from monitor.reader.sentence.single_ages import SingleAges
from monitor.reader.sentence.tokens import Token

_NAMES = frozenset(
    {"number of a law or article", "number of a document, line or stage", "address or route", "telephone number"}
)
_ARTICLE = "an article, not a count"
_OUT_OF = frozenset({3, 4, 5, 6, 7, 8, 9, 10, 20, 100, 1000})  # what `three out of five` may be told of
_BASES = frozenset({10, 100, 1000})  # what shares are told of
_SHARE = 10  # tokens between the base of a share and the share
_MOST = 100  # per cent
_JOINT = 2  # tokens between two counts of one list
_PADDED = 2  # digits of a count with a nought before it
_CURRENCY = 4  # tokens from a preposition to its number, behind a sign for money
_NEAR = 8  # tokens from a number to the one that it leads to


class Amount(NamedTuple):
    """A number with its unit, over tokens `first` to `last` (exclusive)."""

    first: int
    last: int
    value: float
    unit: str = "count"
    qualifier: str = "="
    interval: tuple[float, float] | None = None
    article: bool = False
    scaled: bool = False
    after: bool = False


class Refusal(NamedTuple):
    """Why the number over tokens `first` to `last` is no statistic."""

    first: int
    last: int
    reason: str


class Amounts:
    """Reads the amounts of one sentence."""

    def __init__(self, tokens: list[Token], numbers: list[Number], layout: Layout, words: Lexicon) -> None:
        self.tokens = tokens
        self.words = words
        self.numbers = numbers
        self.starts, self.ends, self.cover = layout.starts, layout.ends, layout.cover
        self.rates = [place for place, mention in self.starts.items() if mention.facts.get("unit") == "per_100k"]
        self.ages = SingleAges(tokens, layout, words)
        self.refused: list[Refusal] = []
        self.articles = Articles(tokens, numbers, layout, words)

    def read(self) -> list[Amount]:
        """The amounts in order; what is refused stands in `refused` with its reason."""
        found: list[Amount] = []
        free = [number for number in self.numbers if self._free(number)]
        skipped, base = -1, 0.0
        for place, number in enumerate(free):
            if place <= skipped:
                continue
            if base and (again := self._also_of_each(found[-1], number, base)) is not None:
                found.append(again)
                continue
            base = 0.0
            following = free[place + 1] if place + 1 < len(free) else None
            if following is not None and (share := self._of_each(number, following)) is not None:
                found.append(share)
                skipped, base = place + 1, number.value
                continue
            if following is not None and (pair := self._pair(number, following)):
                found.extend(pair)
                skipped = place + 1
            elif self._each(number):
                self.refused.append(Refusal(number.first, number.last, "base of a share"))
            elif (amount := self._single(number)) is not None:
                found.append(amount)
        return found

    def _free(self, number: Number) -> bool:
        mention = self.cover.get(number.first)
        if mention is not None and sums_up(self.tokens, mention.first, self.ends, self.words):
            return True
        if mention is not None:
            reason = mention.facts.get("exclude") or f"part of {mention.concept}"
        elif (number.code and not self._padded(number)) or page(self.tokens, number, self.ends):
            reason = "part of a code, or vague"
        elif self._goes_on(number):
            reason = self.refused[-1].reason
        elif in_name(self.tokens, number, self.words):
            reason = "part of a name"
        elif self.ages.told(number):
            reason = "age"
        elif number.article and not (self._repeated(number) or self.articles.counts(number)):
            reason = _ARTICLE
        else:
            return True
        self.refused.append(Refusal(number.first, number.last, reason))
        return False

    def _padded(self, number: Number) -> bool:
        """`04 víctimas`, `cuatro (04) víctimas`: a nought before a count, not in `Room 04`."""
        raw = self.tokens[number.first].word
        if len(raw) != _PADDED or raw[0] != "0" or not raw.isdigit() or number.last != number.first + 1:
            return False
        place = number.last
        if self._word(number.first - 1) == "(" and self._word(place) == ")":
            before = next((other for other in self.numbers if other.last == number.first - 1), None)
            return before is not None and before.value == number.value
        noun = self.starts.get(place)
        return noun is not None and noun.facts["group"] in {"heads", "people"}

    def _goes_on(self, number: Number) -> bool:
        """`blocks 6, 7 and 10`, `articles 1 to 3`: a bare number in a row with one that is none."""
        last = self.refused[-1] if self.refused else None
        dashed = self._word(number.first - 1) == "-"  # `0800-2-3232 is free`
        if last is None or not number.digits or not (dashed or self._ends(number.last)):
            return False
        gap = range(last.last, number.first)
        joints = self.words.grammar["separators"] | self.words.grammar["range_words"] | {",", "-"}
        return 0 < len(gap) <= _JOINT and all(self._word(place) in joints for place in gap) and last.reason in _NAMES

    def _ends(self, place: int) -> bool:
        """Whether a noun cannot follow here."""
        return ends_noun(self.tokens, place, self.words)

    def _repeated(self, number: Number) -> bool:
        """`una (1) absolutoria`: said again in digits."""
        digits = next((other for other in self.numbers if other.first == number.last + 1), None)
        again = digits is not None and digits.digits and digits.value == number.value
        return again and self._word(number.last) == "(" and self._word(number.last + 2) == ")"

    def _single(self, number: Number) -> Amount | None:
        first, last, unit, factor = self._unit(number)
        if unit in {"points", "other"}:
            self.refused.append(Refusal(first, last, f"unit {unit}"))
            return None
        value = self._value(number, unit)
        return Amount(
            first,
            last,
            round(value * factor, 6),
            unit,
            self._qualifier(first, last),
            article=number.article,
            scaled=number.scaled > 1,
            after=last in self.starts and "after" in self.starts[last].facts,
        )

    def _value(self, number: Number, unit: str) -> float:
        if number.decimal is not None and unit in {"percent", "percent_change", "per_100k"}:
            return number.decimal
        return number.value

    def _unit(self, number: Number) -> tuple[int, int, str, float]:
        first, last = number.first, number.last
        before, after = self.ends.get(first), self.starts.get(last)
        if before is None or "unit" not in before.facts or before.facts["unit"] in {"percent", "per_100k", "points"}:
            before = None
        if after is None and last < len(self.tokens) and self.tokens[last].word == "de":
            money = self.starts.get(last + 1)
            after = money if money is not None and money.facts.get("unit") in {"PEN", "USD", "other"} else None
        if (
            after is not None
            and after.facts.get("link") == "change"
            and self.tokens[after.first].word in {"%", "percent", "por"}
        ):
            return first, last + 1, "percent_change", 1
        if after is not None and "unit" in after.facts and after.facts["unit"] != "per_100k":
            return before.first if before else first, after.last, after.facts["unit"], after.facts.get("factor", 1)
        if before is not None:
            return before.first, last, before.facts["unit"], before.facts.get("factor", 1)
        if self._before_percent(last) or self._among_percents(number) or self._bracketed_percent(number):
            return first, last, "percent", 1
        return first, last, "per_100k" if self._rate(last) else "count", 1

    def _before_percent(self, last: int) -> bool:
        """`with 9 and 7 per cent respectively`: the unit behind the second is that of both."""
        changed = self._word(last) in self.words.grammar["change_ends"]  # `rose from 52 to 61 per cent`
        if self._word(last) not in self.words.grammar["separators"] and not changed:
            return False
        place = last + 1 + (self._word(last + 1) in self.words.grammar["determiners"])
        other = next((number for number in self.numbers if number.first == place), None)
        unit = self.starts.get(other.last) if other is not None else None
        return unit is not None and unit.facts.get("unit") == "percent"

    def _among_percents(self, number: Number) -> bool:
        """`Ica accounts for 38 per cent, Puno for 11 and Tacna for 9 per cent`: the same words before, and no noun."""
        lead = self._word(number.first - 1)
        if lead not in self.words.grammar["prepositions"] or not self._ends(number.last):
            return False
        at = self.numbers.index(number)
        following = self.numbers[at + 1 : at + 2]
        row = any(self._word(other.first - 1) == lead and self._percent(other) for other in following)
        return row and any(self._percent(other) for other in self.numbers[:at])

    def _bracketed_percent(self, number: Number) -> bool:
        """`Lima (19 percent), Loreto (14) and Puno (11)`: a bare number in brackets, behind a share in brackets."""
        bare = self._word(number.first - 1) == "(" and self._word(number.last) == ")" and number.value <= _MOST
        at = self.numbers.index(number) if bare else 0
        before = self.numbers[at - 1] if at else None
        if before is None or self._word(before.first - 1) != "(" or number.first - before.last > _SHARE:
            return False
        return self._percent(before) or self._bracketed_percent(before)

    def _percent(self, number: Number) -> bool:
        unit = self.starts.get(number.last)
        return unit is not None and unit.facts.get("unit") == "percent"

    def _rate(self, last: int) -> bool:
        behind = any(last <= place < last + 6 for place in self.rates)
        return behind or (bool(self.rates) and self._labelled_rate(last))

    def _labelled_rate(self, last: int) -> bool:
        """`Tasa por cada 100 mil habitantes: 5,8 en 2021`: a decimal behind the colon of a rate."""
        number = next((each for each in self.numbers if each.last == last), None)
        if number is None or self._word(number.first - 1) != ":":
            return False
        parted = number.decimal is not None or not float(number.value).is_integer()
        return parted and any(place < number.first for place in self.rates)

    def _qualifier(self, first: int, last: int) -> str:
        following = self.starts.get(last)
        if following is not None and "after" in following.facts:
            return str(following.facts["after"])
        if (said := self._said_after(last)) is not None:
            return said
        for gap in (0, 1):
            before = self.ends.get(first - gap)
            if before is not None and "qualifier" in before.facts:
                near = (
                    gap == 0
                    or self._word(first - 1) in self.words.grammar["determiners"] | self.words.grammar["prepositions"]
                )
                if "from" in before.facts and self._leads_on(last):
                    return "="
                beside = self._word(first - 1) in self.words.grammar["definite"]  # `fewer than the 448 of 2014`
                beside = beside and (gap == 1 or self._dated(last))
                if near and not (gap and before.facts["qualifier"] == "<=") and not beside:
                    return str(before.facts["qualifier"])
        return "="

    def _dated(self, last: int) -> bool:
        """`por encima de las 41 de 2023`: whether a time stands right behind a number."""
        time = self.starts.get(last)
        return time is not None and "period" in time.facts

    def _said_after(self, last: int) -> str | None:
        """`el 40%, aproximadamente, ...`, `300 (approximately)`: said behind, and closed by a mark."""
        place = last + (self._word(last) in {",", "("})
        said = self.starts.get(place)
        if said is None or "qualifier" not in said.facts or not self._ends(said.last):
            return None
        return str(said.facts["qualifier"])

    def _leads_on(self, last: int) -> bool:
        """`pasó de 20 a 35`, `de S/ 3 millones a S/ 5 millones`: from one number to another, not past one."""
        near = range(last, last + _NEAR)
        starts = {number.first for number in self.numbers}
        to = [place for place in near if self._word(place) in self.words.grammar["range_words"]]
        return any(place + ahead in starts for place in to for ahead in range(1, _CURRENCY))

    def _word(self, place: int) -> str:
        return self.tokens[place].word if 0 <= place < len(self.tokens) else ""

    def _pair(self, one: Number, two: Number) -> list[Amount] | None:
        """What two numbers make together: a share (7 of every 10), a repeat in brackets, or a range."""
        between = two.first - one.last
        if not 0 < between <= 4:
            return None
        if (share := self._share(one, two)) is not None:
            return [share]
        if between == 1 and self._word(one.last) == "(" and not one.digits and one.value == two.value:
            return self._repeat(one, two)
        return self._range(one, two)

    def _share(self, one: Number, two: Number) -> Amount | None:
        joined = idiom(self.tokens, one.last, self.words.idioms["out_of"])
        each = idiom(self.tokens, one.last, self.words.idioms["out_of_each"])
        if not joined or one.last + joined != two.first or not 0 < one.value <= two.value:
            return None
        word = self._word(one.last)
        single = joined == 1  # `seven in ten`, not `seven in three regions`
        if not each and (two.value not in _OUT_OF or word == "de" or (single and not self._in_every(one, two))):
            return None
        return Amount(
            one.first, two.last, round(100 * one.value / two.value, 6), "percent", self._qualifier(one.first, two.last)
        )

    def _in_every(self, one: Number, two: Number) -> bool:
        """`two in three victims`, `seven in ten`: whether people or cases follow, or no noun of places."""
        noun = self.starts.get(two.last)
        counted = noun is not None and ("person" in noun.facts or "indicator" in noun.facts)
        counted = counted or self._word(two.last) in self.words.grammar["passives"]  # `two in three were women`
        return two.value in _BASES or (counted and not one.digits and not two.digits)

    def _of_each(self, base: Number, part: Number) -> Amount | None:
        """`of every 100 accused, 7 are convicted`: the share is the second number, the first is its base."""
        near = 0 < part.first - base.last <= _SHARE
        if not self._each(base) or not near or base.value not in _BASES or not 0 < part.value <= base.value:
            return None
        self.refused.append(Refusal(base.first, base.last, "base of a share"))
        qualifier = self._qualifier(part.first, part.last)
        return Amount(part.first, part.last, round(100 * part.value / base.value, 6), "percent", qualifier)

    def _also_of_each(self, before: Amount, number: Number, base: float) -> Amount | None:
        """`of every ten, eight are women and four, minors`: the next share of the same base."""
        joint = self._word(number.first - 1)
        near = number.first - before.last <= _SHARE and (joint == "," or joint in self.words.grammar["separators"])
        if not near or not 0 < number.value <= base or number.last in self.starts:
            return None
        return before._replace(first=number.first, last=number.last, value=round(100 * number.value / base, 6))

    def _each(self, number: Number) -> bool:
        """`of every 100 ...`."""
        return number.first > 1 and idiom(self.tokens, number.first - 2, self.words.idioms["each"]) == 2

    def _repeat(self, one: Number, two: Number) -> list[Amount]:
        last = two.last + (self._word(two.last) == ")")
        after = self.starts.get(last)
        unit, factor = "count", 1.0
        if after is not None and after.facts.get("unit") in {"percent", "PEN", "USD"}:
            unit, factor, last = after.facts["unit"], after.facts.get("factor", 1), after.last
        return [Amount(one.first, last, one.value * factor, unit, self._qualifier(one.first, last))]

    def _range(self, one: Number, two: Number) -> list[Amount] | None:
        joined = idiom(self.tokens, one.last, self.words.idioms["range_joiners"])
        starts = self.words.idioms["range_starts"]
        opened = any(idiom(self.tokens, one.first - length, starts) == length for length in (1, 2))
        word = self._word(one.last)
        before = self.ends.get(one.first)
        start = before.first if before is not None and "qualifier" in before.facts else one.first
        led = {self._word(start - 1), self._word(one.first - 1)} & self.words.grammar["starts"]
        free = word in self.words.grammar["range_words"] and not led
        tight = word == "-" or (bool(joined) and (opened or free))
        unit_between = self.starts.get(one.last)
        if unit_between is not None and "unit" in unit_between.facts and opened:
            joined = idiom(self.tokens, unit_between.last, self.words.idioms["range_joiners"])
            tight = joined > 0 and unit_between.last + joined == two.first
        elif not joined or one.last + joined != two.first:
            return None
        if not tight or one.article or two.article:
            return None
        _, last, unit, factor = self._unit(two)
        low, high = self._value(one, unit), self._value(two, unit)
        if two.scaled > 1 and one.scaled == 1 and low < high / two.scaled:
            low *= two.scaled
        low, high = low * factor, high * factor
        if not low < high:
            return None
        first = self._unit(one)[0]
        return [
            Amount(first, one.last, low, unit, ">=", (low, high)),
            Amount(two.first, last, high, unit, "<=", (low, high)),
        ]
