"""How much a text speaks of trafficking in persons: evidence of several weights, and what speaks against it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from monitor.reader.language import fold, read_tables
from monitor.reader.relevance_terms import Hit, Terms, is_stop

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# What the first phrase of a kind weighs. "unit": the crime in the name of a police unit or an office; "listed": in a
# list of crimes; "bare": trata, trafficking, without a word on whom.
WEIGHTS = {
    "named": 3.0,
    "servitude": 2.0,
    "exploitation": 2.0,
    "traffic": 2.0,
    "unit": 2.0,
    "listed": 1.5,
    "held": 1.25,
    "papers": 1.25,
    "bare": 1.0,
    "deceit": 1.0,
    "debt": 1.0,
    "threat": 1.0,
    "moved": 1.0,
    "unpaid": 0.75,
    "conditions": 0.75,
    "victim": 0.5,
}
OTHER = 0.5  # what each other phrase of the kind adds, as a share of the first
AGAIN = 0.25  # what a repetition adds
MOST = 4  # other phrases, and repetitions, that count
LEAD = 1.0  # more for a text that names the crime at its beginning
LEAD_TOKENS = 45
NOISE = {"fiction": -1.5, "history": -2.0, "smuggling": -0.75, "sports": -1.5}
NOISE_MOST = 4
BESIDE = 4  # tokens from the crime's name: "trata de personas y tráfico ilícito de migrantes" is one name
FORCE = frozenset({"held", "papers", "threat"})
MEANS = frozenset({"deceit", "debt", "moved", "unpaid", "conditions"}) | FORCE
TOGETHER = 1.0  # more for three kinds of means, one of them force: what the crime is made of, whatever it is called
OLD, AGES_AGO = 1950, -3.0  # a text whose years all lie before is history
NEAR = 14  # tokens between two words that mean something together
BEFORE = 7  # tokens before a name in which a unit's name may begin
CRIMES_NEAR = 7  # tokens around a name in which two other crimes make a list
BARS = (
    (25, 2.0),
    (70, 3.0),
    (900, 3.5),
)  # up to so many tokens, so much evidence is asked: a headline, a short text...
BAR_OF_LONG = 4.5


@dataclass(frozen=True, slots=True)
class Topic:
    """The evidence of a text: its sum, what is asked of a text of this length, and its main phrases with counts."""

    score: float
    bar: float
    phrases: tuple[tuple[str, int], ...]

    @property
    def enough(self) -> bool:
        """Say whether the text is on trafficking in persons."""
        return self.score >= self.bar


@dataclass(frozen=True, slots=True)
class _Tie:
    gives: str
    label: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class _Words:
    terms: Terms
    ties: tuple[_Tie, ...]
    verb_before: frozenset[str]
    unit: Terms
    unit_links: frozenset[str]


@cache
def _words(language: str) -> _Words:
    table: dict[str, Any] = read_tables(language).get("relevance", {})
    phrases: dict[str, list[str]] = {**table.get("topic", {}), **table.get("noise", {})}
    ties = []
    for number, tie in enumerate(table.get("ties", ())):
        names = (f"{number}a", f"{number}b")
        phrases |= {names[0]: tie["first"], names[1]: tie["second"]}
        ties.append(_Tie(tie["gives"], tie["label"], *names))
    links = frozenset(map(fold, table.get("unit_links", ())))
    before = frozenset(map(fold, table.get("verb_before", ())))
    return _Words(Terms(phrases), tuple(ties), before, Terms({"unit": table.get("unit", ())}), links)


def read_topic(tokens: list[str], language: str) -> Topic:
    """Weigh the evidence of a text, given as tokens of `tokenize`."""
    words = _words(language)
    hits: dict[str, list[Hit]] = {}
    for hit in words.terms.find(tokens):
        hits.setdefault(hit.kind, []).append(hit)
    named = [
        Hit(_kind_of_name(hit, tokens, hits, words), hit.label, hit.start, hit.end) for hit in hits.pop("named", ())
    ]
    evidence = [*named, *_bare(hits, named), *_plain(hits), *_tied(hits, words, tokens)]
    lead = LEAD if any(hit.kind == "named" and hit.start < LEAD_TOKENS for hit in named) else 0
    return _weigh(evidence, lead + _noise(hits, named) + (AGES_AGO if _is_old(tokens) else 0), len(tokens))


def _noise(hits: dict[str, list[Hit]], named: list[Hit]) -> float:
    beside = {at for hit in named for at in range(hit.start - BESIDE, hit.end + BESIDE + 1)}
    counts = {kind: sum(hit.start not in beside for hit in hits.get(kind, ())) for kind in NOISE}
    return sum(weight * min(counts[kind], NOISE_MOST) for kind, weight in NOISE.items())


def _kind_of_name(hit: Hit, tokens: list[str], hits: dict[str, list[Hit]], words: _Words) -> str:
    before = tokens[max(0, hit.start - BEFORE) : hit.start]
    if before and before[-1] in words.verb_before:
        return "verb"
    units = words.unit.find(before)
    if units and all(token in words.unit_links for token in before[units[-1].end + 1 :]):
        return "unit"
    near = [crime for crime in hits.get("crimes", ()) if abs(crime.start - hit.start) <= CRIMES_NEAR]
    return "listed" if len(near) >= 2 else "named"


def _bare(hits: dict[str, list[Hit]], named: list[Hit]) -> Iterator[Hit]:
    places = {at for hit in named for at in range(hit.start, hit.end + 1)}
    if named or not hits.get("goods"):
        yield from (hit for hit in hits.get("bare", ()) if hit.end not in places)


def _plain(hits: dict[str, list[Hit]]) -> Iterator[Hit]:
    for kind in WEIGHTS:
        if kind != "bare":
            yield from hits.get(kind, ())


def _tied(hits: dict[str, list[Hit]], words: _Words, tokens: list[str]) -> Iterator[Hit]:
    said = {
        at
        for kind in ("servitude", "exploitation")
        for hit in hits.get(kind, ())
        for at in range(hit.start, hit.end + 1)
    }
    for tie in words.ties:
        for start, end in _near(hits.get(tie.first, []), hits.get(tie.second, []), tokens):
            if start not in said and end not in said:
                yield Hit(tie.gives, tie.label, start, end)


def _near(first: list[Hit], second: list[Hit], tokens: list[str]) -> Iterator[tuple[int, int]]:
    """Pair each word with the nearest before or after it, in one sentence; each word of the second list once."""
    at, last = 0, -1
    for hit in first:
        while at < len(second) and (second[at].start < hit.start - NEAR or second[at].start <= last):
            at += 1
        if at == len(second):
            return
        low, high = sorted((hit.start, second[at].start))
        if low < high <= low + NEAR and not any(map(is_stop, tokens[low:high])):
            last = second[at].start
            yield low, high


def _is_old(tokens: Iterable[str]) -> bool:
    years = [
        int(token)
        for token in tokens
        if len(token) == 4 and token.isdigit() and token[:2] in ("15", "16", "17", "18", "19", "20")
    ]
    return len(years) >= 2 and max(years) < OLD


def _weigh(evidence: list[Hit], extra: float, length: int) -> Topic:
    labels = Counter((hit.kind, hit.label) for hit in evidence if hit.kind in WEIGHTS)
    kinds = {kind for kind, _ in labels}
    score = extra + (TOGETHER if len(kinds & MEANS) >= 3 and kinds & FORCE else 0)
    for kind, weight in WEIGHTS.items():
        counts = [count for (of, _), count in labels.items() if of == kind]
        if counts:
            others, again = min(len(counts) - 1, MOST), min(sum(counts) - len(counts), MOST)
            score += weight * (1 + OTHER * others + AGAIN * again)
    bar = next((asked for most, asked in BARS if length <= most), BAR_OF_LONG)
    ranked = sorted(labels.items(), key=lambda item: (-WEIGHTS[item[0][0]], -item[1]))
    return Topic(score, bar, tuple((label, count) for (_, label), count in ranked[:3]))
