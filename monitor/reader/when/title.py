"""The year that the title of a document names."""

from __future__ import annotations

from monitor.reader.sentence.lexicon import Lexicon
from monitor.reader.sentence.mentions import Matcher
from monitor.reader.sentence.numbers import numbers
from monitor.reader.sentence.tokens import tokens


def title_year(title: str, words: Lexicon) -> int | None:
    """The one year that a title names."""
    found = tokens(title)
    mentions = Matcher(found, numbers(found, words), words).mentions()
    years = {int(value) for mention in mentions for slot, value in mention.slots if slot == "year"}
    return years.pop() if len(years) == 1 else None
