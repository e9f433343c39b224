"""Ages that a text gives in short once it has named one in full: `13 to 17 years ..., 18 to 24 ...`."""

from __future__ import annotations

import itertools

from monitor.reader.lexicon import Lexicon
from monitor.reader.mentions import Mention
from monitor.reader.numbers import Number, idiom
from monitor.reader.tokens import Token

_OLDEST = 99


def with_short_ages(
    tokens: list[Token], numbers: list[Number], mentions: list[Mention], words: Lexicon
) -> list[Mention]:
    """The mentions, and the age bands in short that follow one in full, in order."""
    bands = [mention for mention in mentions if mention.concept == "age_band"]
    if not bands:
        return mentions
    covered = {place for mention in mentions for place in range(mention.first, mention.last)}
    found = []
    for one, two in itertools.pairwise(numbers):
        joined = idiom(tokens, one.last, words.idioms["range_joiners"])
        short = joined and one.last + joined == two.first and one.first > bands[0].last and one.first not in covered
        if short and one.value < two.value <= _OLDEST and _opens(tokens, one.first, words):
            slots = (("n", one.value), ("n", two.value))
            found.append(Mention(one.first, two.last, "age_band", words.facts["age_band"], slots))
    return sorted(mentions + found, key=lambda mention: mention.first) if found else mentions


def _opens(tokens: list[Token], place: int, words: Lexicon) -> bool:
    before = tokens[place - 1].word if place else ""
    return (
        before in words.grammar["prepositions"] or before in words.grammar["determiners"] or before in {"(", ",", ":"}
    )
