"""How much a text speaks of trafficking in persons: evidence of several weights, and what speaks against it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

from monitor.reader.language import fold, read_tables
from monitor.reader.relevance_terms import Hit, Terms, is_stop

WEIGHTS = {
    "named": 3.0,
    "servitude": 2.0,
    "exploitation": 2.0,
    "traffic": 2.0,
    "unit": 1.5,
    "listed": 1.5,
    "means": 1.0,
    "victim": 0.5,
}
NOISE = {"fiction": -1.5, "history": -2.0, "smuggling": 0.0, "crimes": 0.0}
AGAIN = 0.5  # what a repetition adds, as a share of the first
MOST = 5  # repetitions that count
NEAR = 14  # tokens between two words that mean something together
BEFORE = 5  # tokens before a name in which a unit's name may begin
SHORT, LONG = 70, 900  # tokens
BARS = (3.0, 4.0, 5.0)  # evidence asked of a short, an ordinary, a long text


@dataclass(frozen=True, slots=True)
class Topic:
    """The evidence of a text: its sum, what is asked of a text of this length, and the phrases by weight."""

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
    unit_before: Terms


@cache
def _words(language: str) -> _Words:
    table: dict[str, Any] = read_tables(language).get("relevance", {})
    phrases: dict[str, list[str]] = {**table.get("topic", {}), **table.get("noise", {})}
    ties = []
    for number, tie in enumerate(table.get("ties", ())):
        names = (f"{number}a", f"{number}b")
        phrases |= {names[0]: tie["first"], names[1]: tie["second"]}
        ties.append(_Tie(tie["gives"], tie["label"], *names))
    unit = Terms({"unit": table.get("unit_before", ())})
    return _Words(Terms(phrases), tuple(ties), frozenset(map(fold, table.get("verb_before", ()))), unit)


def read_topic(tokens: list[str], language: str) -> Topic:
    """Weigh the evidence of a text, given as tokens of `tokenize`."""
    words = _words(language)
    by_kind: dict[str, list[Hit]] = {}
    for hit in words.terms.find(tokens):
        by_kind.setdefault(hit.kind, []).append(hit)
    evidence: list[tuple[str, str]] = []
    for kind in WEIGHTS:
        evidence += [
            (_named_kind(hit, tokens, by_kind, words) if kind == "named" else kind, hit.label)
            for hit in by_kind.get(kind, ())
        ]
    evidence += [(tie.gives, tie.label) for tie in words.ties for _ in range(_times_near(by_kind, tie, tokens))]
    noise = sum(weight * len(by_kind.get(kind, ())) for kind, weight in NOISE.items())
    return _weigh(evidence, noise, len(tokens))


def _named_kind(hit: Hit, tokens: list[str], by_kind: dict[str, list[Hit]], words: _Words) -> str:
    before = tokens[max(0, hit.start - BEFORE) : hit.start]
    if before and before[-1] in words.verb_before:
        return "verb"
    if words.unit_before.find(before):
        return "unit"
    crimes = sum(abs(other.start - hit.start) <= NEAR // 2 for other in by_kind.get("crimes", ())[:500])
    return "listed" if crimes >= 2 else "named"


def _times_near(by_kind: dict[str, list[Hit]], tie: _Tie, tokens: list[str]) -> int:
    seconds, at, times, last = by_kind.get(tie.second, []), 0, 0, -1
    for hit in by_kind.get(tie.first, ()):
        while at < len(seconds) and seconds[at].start < hit.start - NEAR:
            at += 1
        if at < len(seconds) and seconds[at].start <= hit.start + NEAR and seconds[at].start > last:
            low, high = sorted((hit.start, seconds[at].start))
            if not any(is_stop(token) for token in tokens[low:high]) and hit.start != seconds[at].start:
                times, last = times + 1, high
    return times


def _weigh(evidence: list[tuple[str, str]], noise: float, length: int) -> Topic:
    kinds = Counter(kind for kind, _ in evidence)
    score = noise
    for kind, weight in WEIGHTS.items():
        if kinds[kind]:
            score += weight * (1 + AGAIN * min(kinds[kind] - 1, MOST))
    bar = BARS[0] if length < SHORT else BARS[2] if length > LONG else BARS[1]
    phrases = Counter(label for kind, label in evidence if kind in WEIGHTS and kind != "victim")
    return Topic(score, bar, tuple(phrases.most_common(3)))
