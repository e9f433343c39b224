"""Whether an item is about trafficking in persons and concerns Peru, and the wide gate before fetching."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from monitor.reader.language import DEFAULT, detect_language, languages, read_tables
from monitor.reader.relevance.place import place_phrases, read_place
from monitor.reader.relevance.terms import STOPS, Terms, tokenize
from monitor.reader.relevance.topic import read_topic, topic_phrases

if TYPE_CHECKING:
    from monitor.reader.relevance.place import Place
    from monitor.reader.relevance.terms import Hit
    from monitor.reader.relevance.topic import Topic

MOST_OF_ENTRY = 20_000  # characters of a feed entry that are looked at
LEAD = (20, 45)  # tokens after the title that tell at least and at most what a text is about
TELLING = 30  # tokens of an entry in which a word of the crime or of its surroundings would stand


@dataclass(frozen=True)
class Relevance:
    """A verdict with reasons that people can read."""

    relevant: bool
    reasons: tuple[str, ...]


def judge(title: str, text: str, language: str) -> Relevance:
    """Say whether an item is about trafficking in persons and concerns Peru."""
    topic, place = read_item(title, text, language)
    return Relevance(topic.enough and place.peru, (_say(topic), place.reason))


def read_item(title: str, text: str, language: str) -> tuple[Topic, Place]:
    """Give how much an item speaks of the crime, and whether it concerns Peru."""
    head = tokenize(title)
    tokens = [*head, ".", *tokenize(text)]
    known = _known(language, f"{title} {text}")
    found: dict[str, list[Hit]] = {}
    for hit in _terms(known).find(tokens):
        found.setdefault(hit.kind, []).append(hit)
    stops = [at for at, token in enumerate(tokens) if token in STOPS]
    if "links" in found:
        found = _own(found, found["links"], stops)
    topic = read_topic(tokens, found, known, _lead(len(head), stops))
    told = frozenset(bisect(stops, at) for at in topic.told)
    return topic, read_place(found, tokens, len(head), told, stops)


def _own(found: dict[str, list[Hit]], links: list[Hit], stops: list[int]) -> dict[str, list[Hit]]:
    """Leave out what a text says of other items, from the words that point to them to the end of the sentence."""
    elsewhere = {bisect(stops, link.start): link.start for link in reversed(links)}
    own = {
        kind: [hit for hit in hits if hit.start < elsewhere.get(bisect(stops, hit.start), hit.start + 1)]
        for kind, hits in found.items()
    }
    return {kind: hits for kind, hits in own.items() if hits}


def _lead(title: int, stops: list[int]) -> int:
    """Give the token at which the title and the first sentence end, or so many tokens where that is short or long."""
    first = next((at for at in stops if at > title), title + LEAD[1])
    return min(max(first, title + LEAD[0]), title + LEAD[1])


@cache
def _terms(language: str) -> Terms:
    return Terms({**topic_phrases(language), **place_phrases()})


def _known(language: str, text: str) -> str:
    """Give the first language with words of relevance: the one that is said, the one that is read, the default."""
    if "relevance" in read_tables(language):
        return language
    read = detect_language(text)
    return read if "relevance" in read_tables(read) else DEFAULT


def _say(topic: Topic) -> str:
    phrases = ", ".join(f"{label} ({times})" for label, times in topic.phrases)
    what = "topic" if topic.enough else "not on trafficking"
    return f"{what}: {phrases or 'no word of it'}; other words {topic.around:+.1f}"


@cache
def _gate() -> Terms:
    """Give the words of all languages at once: a feed seldom says in which one it is."""
    phrases: dict[str, list[str]] = {}
    for language in languages():
        table = read_tables(language).get("relevance", {})
        for kind, words in table.get("gate", {}).items():
            phrases.setdefault(kind, []).extend(words)
        for words in table.get("topic", {}).values():
            phrases.setdefault("mild", []).extend(words)
    return Terms(phrases)


def could_be_relevant(*texts: str) -> bool:
    """Say whether a feed entry (title, summary, section, address) is worth fetching.

    Lets through what has a word of the crime, and else all but what has more words of other subjects than of the
    crime's surroundings, or is long enough to have one and has none: an entry is left alone only for a reason.
    """
    tokens = tokenize("\n".join(texts)[:MOST_OF_ENTRY])
    counts = Counter(hit.kind for hit in _gate().find(tokens))
    if counts["core"]:
        return True
    other = counts["off"] + counts["maybe_off"] / 2
    return other <= counts["mild"] + 0.5 and (bool(counts["mild"]) or len(tokens) < TELLING)
