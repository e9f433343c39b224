"""The words of a sentence that speak of each of its amounts."""

from __future__ import annotations

import itertools
from typing import NamedTuple

from monitor.reader.sentence.amounts import Amount
from monitor.reader.sentence.lexicon import Lexicon
from monitor.reader.sentence.mentions import Layout, Mention
from monitor.reader.sentence.tokens import MARK, Token
from monitor.reader.sentence.trails import trails

_SHORT = 2  # tokens from one bracket to the other around a name in short
_EXACTLY = 5  # points between `eight in ten` and the share that it rounds
_TWIN = 8  # words that may stand between a share and its count in brackets
_STOPS = frozenset({",", ";", ":", "(", ")"})
_APART = ({"percent", "PEN"}, {"percent", "USD"})  # never the same thing said twice
_BARE_NOUNS = frozenset({"people", "victims", "cases", "complaints"})


class Field(NamedTuple):
    """The tokens `first` to `last` (exclusive) that speak of one amount.

    `twin` repeats it in brackets, in another unit, or is the lower end of a range that it ends.
    """

    first: int
    last: int
    amount: Amount
    twin: Amount | None = None
    depth: int = 0


class Fields:
    """Splits a sentence among its amounts."""

    def __init__(self, tokens: list[Token], by_fact: dict[str, list[Mention]], layout: Layout, words: Lexicon) -> None:
        self.tokens = tokens
        self.words = words
        self.inside, self.starts = layout.cover, layout.starts
        leading = [mention for mention in by_fact.get("link", ()) if not trails(tokens, mention, words)]
        most = {mention.last for mention in by_fact.get("link", ()) if mention.facts["link"] == "chiefly"}
        self.links = {m.first for m in leading if m.facts["link"] in {"compare", "part"} and m.first not in most}
        self.timed = {mention.last: mention.first for mention in by_fact.get("period", ())}
        self.subjects = [m for m in by_fact.get("group", ()) if m.facts["group"] in {"people", "places"}]
        before = (*by_fact.get("qualifier", ()), *by_fact.get("act", ()))
        self.qualifiers = {place for mention in before for place in range(mention.first, mention.last)}
        acts = {mention.last for mention in by_fact.get("act", ())}
        self.acts = {mention.first for mention in by_fact.get("act", ())}
        how = [m for m in by_fact.get("form", ()) if m.first in acts]  # `explotar sexualmente a seis mujeres`
        self.qualifiers |= {place for mention in how for place in range(mention.first, mention.last)}
        self.placed = {mention.first for mention in by_fact.get("area", ())}
        self.place_ends = {mention.last for mention in by_fact.get("area", ())}
        self.depth = _depths(tokens)
        self._sundry = words.grammar["sundry"] | words.grammar["other_words"]
        self.sexes = {mention.first for mention in by_fact.get("sex", ())}
        self.sex_ends = {mention.last for mention in by_fact.get("sex", ())}

    def split(self, amounts: list[Amount]) -> list[Field]:
        """The fields of the amounts, in order."""
        amounts = [amount for amount in amounts if not self._more_places(amount)]
        if not amounts:
            return []
        hosts: list[tuple[Amount, Amount | None]] = []
        for amount in amounts:
            before = hosts[-1][0] if hosts else None
            if before is not None and hosts[-1][1] is None and amount.interval and amount.interval == before.interval:
                hosts[-1] = (amount, before)
            elif before is not None and hosts[-1][1] is None and self._twin(before, amount):
                hosts[-1] = (before, amount)
            else:
                hosts.append((amount, None))
        edges = [self._opening(hosts[0][0].first)]
        for (one, twin), (two, other) in itertools.pairwise(hosts):
            start = self._closing(twin) + 1 if twin is not None and twin.first > one.first else one.last
            label = self._label(one, two)
            after = other if other is not None and other.first < two.first else two
            edges.append(self._edge(start, after) if label is None else label)
        edges.append(len(self.tokens))
        return [
            Field(first, self._end(first, last, amount), amount, twin, self.depth[amount.first])
            for (amount, twin), (first, last) in zip(hosts, itertools.pairwise(edges), strict=True)
        ]

    def _more_places(self, amount: Amount) -> bool:
        """`in Puno, Cusco and three other regions`: how many more places there are than those named is no count."""
        joint, place = amount.first - 1, amount.last
        while joint > 0 and self.tokens[joint].word in self._sundry | self.words.grammar["locatives"]:
            joint -= 1
        named = joint - (joint > 0 and self.tokens[joint - 1].word == ",")
        while place < len(self.tokens) and self.tokens[place].word in self._sundry:
            place += 1
        regions = place < len(self.tokens) and self.tokens[place].word in self.words.grammar["region_nouns"]
        return regions and joint > 0 and self._separates(joint) and named in self.place_ends

    def _label(self, one: Amount, two: Amount) -> int | None:
        """`men: 30, minors: 20`: where the label of a number begins, behind a comma, as that before it has one."""
        if any(self.tokens[each.first - 1].word != ":" for each in (one, two)):
            return None
        return self._last(list(range(one.last, two.first)), ",")

    def _opening(self, last: int) -> int:
        """Where the clause of the first amount begins."""
        return next((place + 1 for place in range(last - 1, -1, -1) if self.tokens[place].word == ";"), 0)

    def _twin(self, host: Amount, other: Amount) -> bool:
        """`52 (23.4%)`: the same thing, said again in another unit."""
        closing = self._closing(other)
        if closing >= len(self.tokens) or self.tokens[closing].word != ")" or self.tokens[other.first - 1].word != "(":
            return False
        if other.first == host.last + 1:
            return {host.unit, other.unit} not in _APART and (host.unit != other.unit or _rounds(host, other))
        elided = host.last + 1 if self.tokens[host.last].word == "," else host.last  # `and 584, aged 18 to 30 (45%)`
        between = range(elided, other.first - 1)
        plain = len(between) <= _TWIN and not any(self._separates(p) or self.tokens[p].word in _STOPS for p in between)
        partly = any(self.tokens[place].word in self.words.grammar["mostly"] for place in between)
        dated = any("period" in self.inside[place].facts for place in between if place in self.inside)
        shares = {host.unit, other.unit} == {"count", "percent"}  # `were 90, most of them women (81%)`
        again = host.unit == other.unit and host.value != other.value and _rounds(host, other)
        shares = (shares or again) and not partly and not dated
        return plain and shares and not any(place in self.placed for place in between)

    def _closing(self, amount: Amount) -> int:
        """Where the bracket of an amount closes, behind a bare noun for those counted: `92% (412 people)`."""
        noun = self.starts.get(amount.last)
        bare = noun is not None and noun.concept in _BARE_NOUNS and amount.unit == "count"
        return noun.last if noun is not None and bare else amount.last

    def _edge(self, first: int, amount: Amount) -> int:
        """Where the field of an amount begins, after the amount that ends at `first`."""
        last = amount.first
        if self._bracketed(amount):
            return self._before_antecedent(first, last - 1, several=self.tokens[amount.last].word != ")")
        if self._separates(first):
            return first
        level = min(self.depth[first:last], default=0)
        marks = [place for place in range(first, last) if self.depth[place] == level or self.tokens[place].word == "("]
        for word in (";", ":", ")", "("):
            place = self._last(marks, word)
            if place is None or (word in "()" and self._skipped(marks)):
                continue
            if word == ")" and place == first and self._predicate(place, last):
                continue
            if word != ")" or self.depth[last] <= level:
                return place + 1 if word == ")" else place
        for place in range(first + 1, last):
            if place in self.links:
                return self._with_time(first, place)
        if (resumed := self._behind_dash(first, last)) is not None:
            return resumed
        return self._soft_edge(marks, first, last)

    def _predicate(self, closing: int, last: int) -> bool:
        """`Most victims (71 %) were women, 18 % ...`: what is said behind the bracket is said of its number."""
        parted = any(self.tokens[place].word == "," or self._separates(place) for place in range(closing + 1, last))
        return parted and self.tokens[closing + 1].word in self.words.grammar["copulas"]

    def _dashed_row(self, first: int, last: int) -> int | None:
        """`Three regions - Lima, Ica and Puno - have 58%`: a row between dashes, right behind a number of places."""
        dashes = [place for place in range(first, last) if self.tokens[place].word == "-"]
        row = len(dashes) == _SHORT and dashes[0] - first <= 1 and dashes[0] + 1 in self.placed
        return dashes[0] if row and dashes[1] in self.place_ends else None

    def _behind_dash(self, first: int, last: int) -> int | None:
        """`90 victims - some of them twice - and prosecutors 40`: where the sentence goes on behind a remark."""
        if (row := self._dashed_row(first, last)) is not None:
            return row
        joints = [place for place in range(first + 1, last) if self._separates(place)]
        return next((place for place in reversed(joints) if self.tokens[place - 1].word == "-"), None)

    def _skipped(self, marks: list[int]) -> bool:
        """Whether a comma stands beside a bracket with no number: `90% Peruvian, and foreign (mostly Bolivian) 6%`.

        Before it, or behind one that only gives a name in short: `60 by the police (PNP) in 2023, more than the 40`.
        """
        opened, closed = self._last(marks, "("), self._last(marks, ")")
        if opened is None or closed is None or opened > closed:
            return False
        short = closed - opened == _SHORT
        return any(
            (place < opened or (short and place > closed))
            and (self.tokens[place].word == "," or self._separates(place))
            for place in marks
        )

    def _with_time(self, first: int, place: int) -> int:
        """`40 in 2021, when in 2020 they had been 3`: a time right before `they had been` opens the comparison."""
        opening = self.timed.get(place, place)
        stop = self.tokens[opening - 1].word
        return opening if opening > first + 1 and (stop == "," or stop in self.words.grammar["when"]) else place

    def _soft_edge(self, marks: list[int], first: int, last: int) -> int:
        """The edge at a comma or an `and`."""
        commas = [place for place in marks if self.tokens[place].word == "," and place not in self.inside]
        ands = [place for place in marks if self._separates(place) and not self._share_verb(place, last)]
        if commas:
            joined = [place for place in commas if self._separates(place + 1)]
            later = [place for place in ands if place > commas[-1] and not self._joins_places(place)]
            if self._joins_places(commas[-1]) and later and not joined:
                return later[-1]  # `40 officials in Ica, Cusco and Puno and heard 12 victims`
            return joined[0] if joined else self._comma(commas, ands, last)
        if ands:
            return ands[-1]
        if (subject := self._subject(first, last)) is not None:
            return subject
        relatives = [place for place in marks if self._relative(place) and place > first]
        return relatives[-1] if relatives else first if not marks else self._premodified(first, last)

    def _comma(self, commas: list[int], ands: list[int], last: int) -> int:
        """The last comma, or the one before where only `with` or `which has` stands between: `Puno, with 14`."""
        place = commas[-1]
        between = range(place + 1, last)
        deed = any(p in self.inside and "act" in self.inside[p].facts for p in between)  # `with room for 56`
        carried = self._relative(place + 1) or (not deed and all(map(self._carries, between)))
        joints = [joint for joint in (*commas[:-1], *ands) if joint < place]
        earlier = [joint for joint in joints if not self._joins_places(joint) and not self._joins_people(joint)]
        return max(earlier) if carried and earlier else place

    def _relative(self, place: int) -> bool:
        return place not in self.inside and self.tokens[place].word in self.words.grammar["relatives"]

    def _carries(self, place: int) -> bool:
        word, grammar = self.tokens[place].word, self.words.grammar
        return place in self.qualifiers or word in grammar["carriers"] or word in grammar["determiners"]

    def _subject(self, first: int, last: int) -> int | None:
        """`... cases women account for 80%`: the noun before a verb is the subject of the number after it."""
        verbs = [place for place in range(first, last) if self.tokens[place].word in self.words.grammar["copulas"]]
        if not verbs:
            return None
        subjects = [m.first for m in self.subjects if first + 1 < m.first and m.last <= verbs[-1]]
        return subjects[-1] if subjects else None

    def _premodified(self, first: int, last: int) -> int:
        """Without any separator: what leads up to the amount is its own, the rest belongs to the one before."""
        place = last
        while place - 1 > first and self._leads_up(place - 1):
            place -= 1
        passive = [p for p in range(place, last) if self.tokens[p].word in self.words.grammar["passives"]]
        behind = place in self.qualifiers and last - 1 not in self.qualifiers and place > first
        return self._after_verb(passive[0], last) if passive and behind else place

    def _leads_up(self, place: int) -> bool:
        """`with at least`, `recibieron a apenas`: what stands right before a number."""
        only = place not in self.inside and self.tokens[place].word in self.words.grammar["adverbs"]
        return place in self.qualifiers or self._carries(place) or only

    def _after_verb(self, verb: int, last: int) -> int:
        """`6,720 officials were trained in 19 regions`: what happened to the first is not said of where."""
        return next((p for p in range(verb + 1, last) if p not in self.qualifiers), last)

    def _separates(self, place: int) -> bool:
        return place not in self.inside and self.tokens[place].word in self.words.grammar["separators"]

    def _end(self, first: int, last: int, amount: Amount) -> int:
        """A number alone in brackets speaks of what stands before them, unless only the verb behind says of what."""
        if not self._bracketed(amount):
            return self._before_rest(amount, last)
        quantified = self.inside.get(amount.first - 2)
        if quantified is not None and quantified.concept == "fraction" and self.tokens[amount.last].word == ")":
            return last  # `more than half (31) worked in ...`
        told = any(first <= place < amount.first for place in self.placed | {m.first for m in self.subjects})
        verb = amount.last + 1 < last and self.tokens[amount.last + 1].word in self.words.grammar["copulas"]
        most = any(self.tokens[place].word in self.words.grammar["mostly"] for place in range(first, amount.first))
        noun = self.starts.get(amount.last + 1) if most else None  # `most of them (94) Venezuelan`
        return (
            last
            if (verb and (most or not told)) or (noun is not None and noun.facts["group"] == "people")
            else amount.last + 1
        )

    def _before_rest(self, amount: Amount, last: int) -> int:
        """`13 % labour, and the rest begging`: what is left over, without a number, is another part."""
        rest = self.words.grammar["remainder"]
        ended = (
            p
            for p in range(amount.last + 1, last)
            if self.tokens[p].word in rest or (p > amount.last + 1 and self._fraction(p))
        )
        return next(ended, last)

    def _fraction(self, place: int) -> bool:
        """`70 percent are under 25 and one in two is a mother`: a fraction in words is another part."""
        mention = self.starts.get(place)
        if mention is None or mention.concept != "fraction":
            return False
        return self._separates(place - 1) or self.tokens[place - 1].word == ","

    def _bracketed(self, amount: Amount) -> bool:
        """`Puno (3)`, `Ica and Piura (3 and 5)`: nothing but amounts stands in the brackets."""
        before, after = amount.first - 1, amount.last
        noun = self.starts.get(after)
        if noun is not None and noun.facts["group"] == "heads" and amount.unit == "count":
            after = noun.last  # `Lima (40 cases)`
        if before < 0 or after >= len(self.tokens) or self.tokens[before].word != "(":
            return False
        return self.tokens[after].word in {")", ",", ";"} or self._separates(after)

    def _before_antecedent(self, first: int, bracket: int, *, several: bool) -> int:
        for place in range(bracket - 1, first - 1, -1):
            if several and self._joins_places(place):
                continue
            if self._separates(place) or (place not in self.inside and self.tokens[place].word in {",", ";", ")", ":"}):
                return place
        return self._behind_noun(first, bracket)

    def _behind_noun(self, first: int, bracket: int) -> int:
        """`the 94 victims in these files were female (96%)`: behind the noun before, at the verb if any."""
        noun = self.starts.get(first)
        if noun is None or noun.facts["group"] not in {"heads", "people"} or noun.last >= bracket - 1:
            return first
        verbs = self.words.grammar["copulas"]
        return next((p for p in range(noun.last, bracket) if self.tokens[p].word in verbs), noun.last)

    def _joins_places(self, place: int) -> bool:
        """`Ica and Piura`, `Ucayali y el Callao`."""
        joint = self._separates(place) or self.tokens[place].word == ","
        return joint and place in self.place_ends and bool(self.placed & {place + 1, place + 2})

    def _joins_people(self, place: int) -> bool:
        """`men and boys`."""
        return self._separates(place) and place in self.sex_ends and place + 1 in self.sexes

    def _share_verb(self, place: int, last: int) -> bool:
        """`Two raids in Ica and Puno led to the rescue of 9`: a number leads, and its places come before any verb."""
        behind = next((end for end in sorted(self.place_ends) if end > place + 1), last)
        if not self._joins_places(place) or behind >= last:
            return False
        verbs = self.words.grammar["copulas"] | self.words.grammar["existing"]
        return not any(inner in self.acts or self.tokens[inner].word in verbs for inner in range(place))

    def _last(self, marks: list[int], word: str) -> int | None:
        return next((place for place in reversed(marks) if self.tokens[place].word == word), None)


def _rounds(host: Amount, other: Amount) -> bool:
    """`eight in ten (82.1%)`: whether a number is said again, a share exactly."""
    near = host.unit == other.unit == "percent" and abs(host.value - other.value) <= _EXACTLY
    return near or host.value == other.value


def _depths(tokens: list[Token]) -> list[int]:
    depths, depth = [], 0
    for token in tokens:
        if token[3] is not MARK:
            depths.append(depth)
            continue
        if token[0] in {")", "]"}:
            depth = max(depth - 1, 0)
        depths.append(depth)
        if token[0] in {"(", "["}:
            depth += 1
    return depths
