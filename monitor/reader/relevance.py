"""Whether an item is about trafficking in persons and concerns Peru, and the wide gate before fetching."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.reader.language import detect_language, read_tables
from monitor.reader.relevance_place import read_place
from monitor.reader.relevance_terms import tokenize
from monitor.reader.relevance_topic import read_topic

if TYPE_CHECKING:
    from monitor.reader.relevance_topic import Topic


@dataclass(frozen=True)
class Relevance:
    """A verdict with reasons that people can read."""

    relevant: bool
    reasons: tuple[str, ...]


def judge(title: str, text: str, language: str) -> Relevance:
    """Say whether an item is about trafficking in persons and concerns Peru."""
    head = tokenize(title)
    tokens = [*head, ".", *tokenize(text)]
    known = language if "relevance" in read_tables(language) else detect_language(f"{title} {text}")
    topic, place = read_topic(tokens, known), read_place(tokens, len(head))
    return Relevance(topic.enough and place.peru, (_say(topic), place.reason))


def _say(topic: Topic) -> str:
    phrases = ", ".join(f"{label} ({times})" for label, times in topic.phrases)
    what = "topic" if topic.enough else "not on trafficking"
    return f"{what}: {phrases or 'no word of it'}"


def could_be_relevant(*texts: str) -> bool:
    """Say whether a feed entry (title, summary, section, address) is worth fetching; lets much through."""
    return any(text.strip() for text in texts)
