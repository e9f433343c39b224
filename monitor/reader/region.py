"""What title and first sentences say of a whole document: the year it speaks from, the form of exploitation."""

from __future__ import annotations

from monitor.reader.lexicon import Lexicon
from monitor.reader.mentions import Matcher
from monitor.reader.numbers import numbers
from monitor.reader.tokens import tokens


def title_year(title: str, words: Lexicon) -> int | None:
    """The one year that a title names."""
    found = tokens(title)
    mentions = Matcher(found, numbers(found, words), words).mentions()
    years = {int(value) for mention in mentions for slot, value in mention.slots if slot == "year"}
    return years.pop() if len(years) == 1 else None
