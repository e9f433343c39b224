"""One sentence as the rules see it: tokens, mentions, amounts, and the field of each amount."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from monitor.reader.sentence.ages import with_short_ages
from monitor.reader.sentence.amounts import Amounts, Refusal
from monitor.reader.sentence.fields import Field, Fields
from monitor.reader.sentence.lexicon import Lexicon
from monitor.reader.sentence.look import Look, Standing
from monitor.reader.sentence.mentions import Layout, Matcher, Mention
from monitor.reader.sentence.numbers import Number, numbers
from monitor.reader.sentence.observances import without_observances
from monitor.reader.sentence.tokens import NUMBER, Sentence, Token
from monitor.reader.sentence.venues import without_venues

__all__ = ["Field", "Scene", "heading_of", "scene", "scenes_of"]  # a field is a part of a scene

_CROWD = 80  # numbers that no sentence holds: a table run together, or worse


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence, read. `standing`: where the words of each list of `[grammar]`, and the dividing marks, stand."""

    sentence: Sentence
    tokens: list[Token]
    words: Lexicon
    mentions: list[Mention]
    fields: list[Field]
    refused: list[Refusal]
    starts: dict[int, Mention]
    by_fact: dict[str, list[Mention]]
    voices: frozenset[int]
    inside: Mapping[int, Mention]
    standing: Standing
    noted: dict[str, list[Mention]] = field(default_factory=dict)  # what was looked for once and is asked again

    def within(self, first: int, last: int, fact: str) -> list[Mention]:
        """The mentions between two tokens that have this fact."""
        mentions = self.by_fact.get(fact)
        return [mention for mention in mentions if first <= mention[0] < last] if mentions else []

    def named(self, fact: str) -> list[Mention]:
        """All mentions that have this fact."""
        return self.by_fact.get(fact, [])

    def word(self, place: int) -> str:
        """The folded word at a place, empty outside of the sentence."""
        return self.tokens[place].word if 0 <= place < len(self.tokens) else ""

    def isa(self, place: int, kind: str) -> bool:
        """Whether the word at a place is in a list of `[grammar]`."""
        return place in self.standing[kind]

    def among(self, place: int, kinds: Iterable[str]) -> bool:
        """Whether the word at a place is in one of these lists of `[grammar]`."""
        standing = self.standing
        for kind in kinds:  # noqa: SIM110 - half the time of any()
            if place in standing[kind]:
                return True
        return False

    def has(self, kind: str, first: int, last: int) -> bool:
        """Whether a word of a list of `[grammar]`, or a dividing mark, stands between two tokens."""
        places = self.standing[kind]
        next_one = bisect_left(places, first)
        return next_one < len(places) and places[next_one] < last

    def partial(self, first: int, last: int) -> list[int]:
        """Where `mostly`, `some of`, `above all` or the like stand between two tokens: what is said of a part only."""
        chiefly = [m.first for m in self.within(first, last, "link") if m.facts["link"] == "chiefly"]
        found = [*self.standing["mostly"], *self.standing["partly"]]
        return chiefly + [place for place in found if first <= place < last]

    def places(self, kind: str) -> list[int]:
        """Where words of a list of `[grammar]`, or a dividing mark, stand, in order."""
        return list(self.standing[kind])

    def joins(self, place: int) -> bool:
        """Whether an `and` or the like stands at a place, outside of any phrase."""
        return place not in self.inside and self.isa(place, "separators")

    def begins_clause(self, first: int, last: int) -> bool:
        """`... were women and the regions with most were`: an `and` and a verb between begin another statement."""
        joints = [place for place in range(first, last) if self.joins(place)]
        return bool(joints) and any(self.isa(place, "copulas") for place in range(joints[0], last))

    @property
    def lead(self) -> int:
        """The end of what stands before the first amount."""
        return self.fields[0].amount.first if self.fields else len(self.tokens)


def scene(sentence: Sentence, words: Lexicon, surnames: frozenset[str] = frozenset()) -> Scene:
    """Reads the numbers, mentions, amounts and fields of a sentence; `surnames` are names of places that are none."""
    crowd = _crowd(sentence.tokens)
    look = Look(sentence.tokens, words)
    found: list[Number] = [] if crowd else numbers(sentence.tokens, words, look.numeric)
    mentions = Matcher(sentence.tokens, found, words, look).mentions()
    mentions = with_short_ages(sentence.tokens, found, mentions, words, look.standing["age_words"])
    mentions = without_venues(sentence.tokens, mentions, words, surnames)
    mentions = without_observances(sentence.tokens, mentions, words, look.standing["observed"])
    by_fact: dict[str, list[Mention]] = {}
    for mention in mentions:
        for fact in mention.facts:
            by_fact.setdefault(fact, []).append(mention)
    layout = Layout(mentions)
    voices = frozenset([place for m in by_fact.get("voice", ()) for place in range(m.first, m.last)])
    fields: list[Field] = []
    refused = [Refusal(crowd[0], crowd[-1] + 1, "too many numbers for a sentence")] if crowd else []
    if 0 < len(found) <= _CROWD:
        reader = Amounts(sentence.tokens, found, layout, words)
        amounts = reader.read()
        refused = reader.refused
        fields = Fields(sentence.tokens, by_fact, layout, words).split(amounts) if amounts else []
    return Scene(
        sentence,
        sentence.tokens,
        words,
        mentions,
        fields,
        refused,
        layout.starts,
        by_fact,
        voices,
        layout.cover,
        look.standing,
    )


def scenes_of(text: list[Sentence], words: Lexicon) -> list[Scene]:
    """All sentences of a text; a place that is somebody's surname in one of them is none in the others."""
    scenes = [scene(sentence, words) for sentence in text]
    bearers = [(each, mention) for each in scenes for mention in each.named("surname")]
    surnames = frozenset(each.word(mention.last - 1) for each, mention in bearers)
    return (
        [
            scene(each.sentence, words, surnames)
            if any(each.word(m.last - 1) in surnames for m in each.named("area"))
            else each
            for each in scenes
        ]
        if surnames
        else scenes
    )


def heading_of(title: list[Sentence], words: Lexicon) -> Scene:
    """A title, read as one sentence; without tokens where there is none."""
    tokens = [token for sentence in title for token in sentence.tokens]
    end = title[-1].end if title else 0
    return scene(Sentence(tokens, 0, end, 0), words)


def _crowd(tokens: list[Token]) -> list[int]:
    """The places of all numbers in digits, where there are more than any sentence holds."""
    found = [place for place, token in enumerate(tokens) if token.kind is NUMBER] if len(tokens) > _CROWD else []
    return found if len(found) > _CROWD else []
