"""How much a text speaks of trafficking in persons: evidence of several weights, and what speaks against it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from monitor.reader.language import fold, read_tables
from monitor.reader.relevance.surroundings import read_surroundings
from monitor.reader.relevance.terms import STOPS, Hit, Terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# What the first phrase of a kind weighs. "unit": the crime in the name of a police unit or an office; "listed": in a
# list of crimes; "bare": trata, trafficking, without a word on whom.
WEIGHTS = {
    "named": 3.0,
    "servitude": 2.25,
    "slave": 1.5,
    "exploitation": 2.25,
    "tied": 1.85,
    "traffic": 2.0,
    "unit": 2.4,
    "listed": 1.5,
    "held": 1.25,
    "papers": 1.25,
    "bare": 2.0,
    "circle": 1.0,
    "deceit": 1.0,
    "debt": 1.0,
    "threat": 1.0,
    "moved": 1.0,
    "venue": 1.0,
    "offer": 0.75,
    "meagre": 0.75,
    "unpaid": 0.75,
    "conditions": 0.75,
    "victim": 0.5,
}
OTHER = 0.5  # what each other phrase of the kind adds, as a share of the first
AGAIN = 0.25  # what a repetition adds
MOST = 4  # other phrases, and repetitions, that count
LEAD, LEAD_OF_UNIT = 1.0, 0.5  # more for a text that names the crime, or a unit against it, at its beginning
ASIDE, CHARGE = (
    -1.0,
    0.25,
)  # less for a text that names the crime once, late, and tells nothing else of it; more if of somebody charged
NOISE = {
    "fiction": -1.5,
    "history": -2.5,
    "smuggling": -1.5,
    "sports": -1.5,
    "disputes": -0.75,
    "ransom": -0.5,
    "animals": -2.0,
    "career": -0.75,
    "adoption": -1.5,
    "dealing": -1.0,
}
NOISE_MOST = 4
BESIDE = 4  # tokens from the crime's name: "trata de personas y tráfico ilícito de migrantes" is one name
FORCE = frozenset({"held", "papers", "threat"})
MEANS = frozenset({"deceit", "offer", "debt", "moved", "unpaid", "meagre", "conditions"}) | FORCE
BAIT = frozenset({"deceit", "offer"})
# More for two, three, four kinds of means, one of them force: what the crime is made of, whatever it is called.
TOGETHER = (0.0, 0.0, 0.25, 1.0, 1.75)
# Kinds that tell of exploitation by themselves, and what means count for beside none of them: with a word of work,
# without (a broken promise), and where another setting explains them (a prison, a loan, a home, a strike).
TELLING = frozenset(
    {"named", "servitude", "slave", "exploitation", "tied", "bare", "traffic", "venue", "unit", "circle"}
)
AT_WORK, ALONE, ELSEWHERE = 1.0, 0.5, 0.25
SETTINGS = frozenset({"accident", "prison", "loans", "home", "ransom", "disputes"})
OLD, AGES_AGO = 1950, -4.0  # a text whose years all lie before is history
HOTLINE = "1818"  # no year
NEAR = 14  # tokens between two words that mean something together
BEFORE = 7  # tokens before a name in which a unit's name may begin
AFTER = (
    4  # tokens after a name that begins a sentence in which a relative pronoun makes it a verb: it is about people who
)
SEEN = 3  # words of victims with which trafficking is in people, whatever else is trafficked
CHARGED = 5  # tokens before a name in which a charge may stand
CRIMES_NEAR = 7  # tokens around a name in which two other crimes make a list
# At so many tokens, so much evidence is asked, and between them in proportion: a headline, a short text, an article.
BARS = ((25, 2.0), (70, 2.25), (160, 3.0), (900, 3.0), (1200, 4.0))
UNNAMED = -2.25  # evidence below the bar counts no further: silence on the crime says less than its name
CLEAR, BEYOND = 2.0, 0.25  # evidence above the bar counts by that share beyond this: enough is enough


@dataclass(frozen=True, slots=True)
class Topic:
    """The evidence of a text: its sum, what is asked of a text of this length, its main phrases with counts.

    `told` are the tokens at which it names the crime or tells of exploitation, `around` is what its other words add.
    """

    score: float
    bar: float
    phrases: tuple[tuple[str, int], ...]
    told: tuple[int, ...]
    around: float

    @property
    def enough(self) -> bool:
        """Say whether the text is on trafficking in persons."""
        margin = self.score - self.bar
        clear = max(UNNAMED, min(CLEAR, margin)) + BEYOND * max(0.0, margin - CLEAR)
        return clear + self.around >= 0


@dataclass(frozen=True, slots=True)
class _Tie:
    gives: str
    label: str
    first: str
    second: str
    within: int


@dataclass(frozen=True, slots=True)
class _Words:
    ties: tuple[_Tie, ...]
    verb_before: frozenset[str]
    verb_after: frozenset[str]
    unit: Terms
    unit_links: frozenset[str]


def _table(language: str) -> dict[str, Any]:
    table: dict[str, Any] = read_tables(language).get("relevance", {})
    return table


def topic_phrases(language: str) -> dict[str, list[str]]:
    """Give the phrases of a language by class; the two lists of the tie number n are the classes na and nb."""
    table = _table(language)
    phrases: dict[str, list[str]] = {**table.get("topic", {}), **table.get("noise", {})}
    phrases["links"] = table.get("links", [])
    for number, tie in enumerate(table.get("ties", ())):
        phrases |= {f"{number}a": tie["first"], f"{number}b": tie["second"]}
    return phrases


@cache
def _words(language: str) -> _Words:
    table = _table(language)
    ties = tuple(
        _Tie(tie["gives"], tie["label"], f"{number}a", f"{number}b", tie.get("within", NEAR))
        for number, tie in enumerate(table.get("ties", ()))
    )
    links = frozenset(map(fold, table.get("unit_links", ())))
    before = frozenset(map(fold, table.get("verb_before", ())))
    after = frozenset(map(fold, table.get("verb_after", ())))
    return _Words(ties, before, after, Terms({"unit": table.get("unit", ())}), links)


def read_topic(tokens: list[str], found: dict[str, list[Hit]], language: str, lead: int) -> Topic:
    """Weigh the evidence of a text: its tokens, and where the phrases of its language stand among them, by class.

    What stands before the token `lead` is what the text is about, as its title and first sentence say it.
    """
    words, hits = _words(language), dict(found)
    crimes = {hit.start for hit in hits.get("crimes", ())}
    denied = {hit.end + 1 for hit in hits.get("denials", ())}
    named = [
        hit._replace(kind="denied" if hit.start in denied else _kind_of_name(hit, tokens, crimes, words))
        for hit in hits.pop("named", ())
    ]
    hits["slave"] = _outside(hits.get("slave", ()), hits.get("servitude", ()))
    evidence = [*named, *_bare(hits, named), *_plain(hits), *_tied(hits, words, tokens)]
    extra = _lead([*named, *hits.get("servitude", ())], lead) + _noise(hits, named)
    if len(named) == len(evidence) == 1 and named[0].kind == "named" and named[0].start >= lead:
        extra += CHARGE if _is_charged(named[0], hits) else ASIDE
    if _is_old(tokens, history=bool(hits.get("history"))):
        extra += AGES_AGO
    around = read_surroundings(tokens, language)
    return _weigh(evidence, extra, _worth_of_means(evidence, hits), len(tokens), around)


def _worth_of_means(evidence: list[Hit], hits: dict[str, list[Hit]]) -> float:
    kinds = {hit.kind for hit in evidence}
    if kinds & TELLING:
        return 1.0
    if len(kinds & FORCE) >= 2 and kinds & BAIT:
        return AT_WORK
    if hits.keys() & SETTINGS:
        return ELSEWHERE
    whole = kinds & FORCE or ("deceit" in kinds and len(kinds & MEANS) >= 3)
    return AT_WORK if hits.get("labour") and whole else ALONE


def _lead(hits: Iterable[Hit], lead: int) -> float:
    first = {hit.kind for hit in hits if hit.start < lead}
    return LEAD if first & {"named", "servitude"} else LEAD_OF_UNIT if "unit" in first else 0


def _is_charged(hit: Hit, hits: dict[str, list[Hit]]) -> bool:
    return any(hit.start - CHARGED <= charge.start <= hit.end for charge in hits.get("charges", ()))


def _noise(hits: dict[str, list[Hit]], named: list[Hit]) -> float:
    beside = {at for hit in named for at in range(hit.start - BESIDE, hit.end + BESIDE + 1)}
    counts = {kind: sum(hit.start not in beside for hit in hits.get(kind, ())) for kind in NOISE}
    return sum(weight * min(counts[kind], NOISE_MOST) for kind, weight in NOISE.items())


def _kind_of_name(hit: Hit, tokens: list[str], crimes: set[int], words: _Words) -> str:
    before = tokens[max(0, hit.start - BEFORE) : hit.start]
    if before and before[-1] in words.verb_before:
        return "verb"
    if (not before or before[-1] in STOPS) and not words.verb_after.isdisjoint(tokens[hit.end + 1 : hit.end + AFTER]):
        return "verb"
    units = words.unit.find(before)
    if units and all(token in words.unit_links for token in before[units[-1].end + 1 :]):
        return "unit"
    near = sum(at in crimes for at in range(hit.start - CRIMES_NEAR, hit.start + CRIMES_NEAR + 1))
    return "listed" if near >= 2 else "named"


def _bare(hits: dict[str, list[Hit]], named: list[Hit]) -> Iterator[Hit]:
    told = [*named, *hits.get("crimes", ())]
    taken = {at for hit in told for at in range(hit.start, hit.end + 1)}
    named_or_seen = (
        any(hit.kind == "named" for hit in named) or len({hit.label for hit in hits.get("victim", ())}) >= SEEN
    )
    if not hits.get("animals") and (named_or_seen or not hits.get("goods")):
        yield from (hit for hit in hits.get("bare", ()) if hit.end not in taken)


def _outside(hits: Iterable[Hit], others: Iterable[Hit]) -> list[Hit]:
    taken = {at for hit in others for at in range(hit.start, hit.end + 1)}
    return [hit for hit in hits if hit.start not in taken]


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
        for start, end in _near(hits.get(tie.first, []), hits.get(tie.second, []), tie.within, tokens):
            if start not in said and end not in said:
                yield Hit(tie.gives, tie.label, start, end)


def _near(first: list[Hit], second: list[Hit], within: int, tokens: list[str]) -> Iterator[tuple[int, int]]:
    """Pair each word with one of the second list before or after it, in one sentence; each of that list once."""
    at, last = 0, -1
    for hit in first:
        while at < len(second) and second[at].start < hit.start - within:
            at += 1
        for other in second[at : at + 2 * within]:
            low, high = sorted((hit.start, other.start))
            if low < high <= low + within and other.start > last and STOPS.isdisjoint(tokens[low:high]):
                last = other.start
                yield low, high
                break


def _is_old(tokens: Iterable[str], *, history: bool) -> bool:
    years = [int(token) for token in filter(str.isdigit, tokens) if len(token) == 4 and token != HOTLINE]
    years = [year for year in years if 1500 <= year < 2100]
    return len(years) >= (1 if history else 2) and max(years) < OLD


def _bar(length: int) -> float:
    for (low, asked), (high, more) in pairwise(BARS):
        if length <= high:
            return asked + (more - asked) * max(length - low, 0) / (high - low)
    return BARS[-1][1]


def _weigh(evidence: list[Hit], extra: float, means: float, length: int, around: float) -> Topic:
    labels = Counter([(hit.kind, hit.label) for hit in evidence if hit.kind in WEIGHTS])
    counts: dict[str, list[int]] = {}
    for (kind, _), count in labels.items():
        counts.setdefault(kind, []).append(count)
    kinds = counts.keys()
    score = extra + (means * TOGETHER[min(len(kinds & MEANS), len(TOGETHER) - 1)] if kinds & FORCE else 0)
    for kind, times in counts.items():
        worth = WEIGHTS[kind] * (means if kind in MEANS else 1)
        score += worth * (1 + OTHER * min(len(times) - 1, MOST) + AGAIN * min(sum(times) - len(times), MOST))
    bar = _bar(length)
    ranked = sorted(labels.items(), key=lambda item: (-WEIGHTS[item[0][0]], -item[1]))
    main = tuple((label.replace("*", "…"), count) for (_, label), count in ranked[:3])
    return Topic(score, bar, main, tuple(hit.start for hit in evidence if hit.kind in TELLING), around)
