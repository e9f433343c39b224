"""Names of days, such as the one against trafficking in women and children: what they name is said of no figure."""

from __future__ import annotations

from monitor.reader.sentence.lexicon import Facts, Lexicon
from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.tokens import Token

_NOTHING: Facts = {"group": "names"}
_PEOPLE = frozenset({"sex", "age", "citizenship", "form", "link"})


def without_observances(tokens: list[Token], mentions: list[Mention], words: Lexicon, days: list[int]) -> list[Mention]:
    """The mentions; people, forms and links in the name of a day mean nothing. `days` are the places of such words."""
    named = [place for place in days if tokens[place].capital]
    if not named:
        return mentions
    starts = {mention.first: mention for mention in mentions}
    inside = {inner for place in named for inner in range(place + 1, _end(tokens, place + 1, starts, words))}
    return [
        mention._replace(facts=_NOTHING)
        if mention.first in inside and mention.facts.keys() & _PEOPLE and "period" not in mention.facts
        else mention
        for mention in mentions
    ]


def _end(tokens: list[Token], place: int, starts: dict[int, Mention], words: Lexicon) -> int:
    """Where a name ends: it goes on with capitals, with small words before them, in a row of people over a comma."""
    end, joiners = place, ("against", "of", "determiners", "separators")
    while place < len(tokens):
        token, named = tokens[place], starts.get(place)
        if token.capital:
            end = place = named.last if named is not None else place + 1
            continue
        row = token.word == "," and "person" in getattr(starts.get(place + 1), "facts", {})
        if not row and not any(token.word in words.grammar[kind] for kind in joiners):
            return end
        place += 1
    return end
