"""Links that are said of what stands before them."""

from __future__ import annotations

from monitor.reader.sentence.lexicon import Lexicon
from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.tokens import MARK, Token


def trails(tokens: list[Token], link: Mention, words: Lexicon) -> bool:
    """`..., 67 minors included, and ...`, `37 women, most of them poor, and 12 men`: not of the number behind."""
    before = tokens[link.first - 1].word if link.first else ""
    if before in words.grammar["mostly"] or before in words.grammar["partly"]:
        return True
    ended = link.last < len(tokens) and tokens[link.last].kind is MARK
    return ended and tokens[link.last - 1].word.endswith(tuple(words.grammar["participles"]))
