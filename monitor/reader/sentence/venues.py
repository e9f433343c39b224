"""Places that only say where someone speaks, meets or has an office, and surnames: no area of any figure."""

from __future__ import annotations

from monitor.reader.sentence.lexicon import Facts, Lexicon
from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.tokens import NUMBER, WORD, Token

QUOTES = frozenset("\"'“”«»‘’")
_REACH = 9  # words that may stand between `presented` or `workshop` and the place
_DATELINE = 14  # tokens that a dateline may take
_BRACKETED = 8  # tokens before which `10-10-2023 (LIMA)` ends
_HOME = 5  # tokens from a place to the home or office that is opened there
_NOTHING: Facts = {"group": "venues"}
_PERSON: Facts = {"group": "venues", "surname": True}
_TELLING = ("announcing", "reporting", "venue_verbs")
_DATED = frozenset({"period", "area", "provider", "voice", "country"})
_STOPS = frozenset({",", ";", ":", "(", ")", "."})
_GIVEN = 3  # given and family names before a surname
_TITLED = ("titles", "again_minister", "ranks_alone", "police_ranks")


def without_venues(
    tokens: list[Token], mentions: list[Mention], words: Lexicon, surnames: frozenset[str] = frozenset()
) -> list[Mention]:
    """The mentions; those of mere venues, those of a dateline, and surnames, mean nothing any more."""
    if not any("area" in mention.facts for mention in mentions):
        return mentions
    finder = _Venues(tokens, mentions, words)
    head = finder.dateline()
    return [
        finder.named(mention)
        if mention.last <= head
        else mention._replace(facts=_PERSON)
        if "area" in mention.facts and finder.person(mention, surnames)
        else mention._replace(facts=_NOTHING)
        if finder.venue(mention)
        else mention
        for mention in mentions
    ]


class _Venues:
    """Looks around the places of one sentence."""

    def __init__(self, tokens: list[Token], mentions: list[Mention], words: Lexicon) -> None:
        self.tokens = tokens
        self.mentions = mentions
        self.grammar, self.values = words.grammar, words.values
        self.starts = {mention.first: mention for mention in mentions}
        self.ends = {mention.last: mention for mention in mentions}
        self.cover = {place: mention for mention in mentions for place in range(mention.first, mention.last)}

    def dateline(self) -> int:
        """The end of `Lima, 3 March (Agency) -` at the head of a sentence, 0 if there is none."""
        first = self.starts.get(0)
        if first is None or "area" not in first.facts:
            return self._bracketed()
        if self._word(first.last) == "." and self._word(first.last + 1) == "-":
            return first.last + 2
        if self._word(first.last) not in {",", "("}:
            return first.last + 1 if self._word(first.last) == "-" and self._loose(first.last) else 0
        dated = False
        for place in range(first.last, min(len(self.tokens), first.last + _DATELINE)):
            token, mention = self.tokens[place], self.cover.get(place)
            if token.word == "-":
                return place if dated and not self._number(place + 1) else 0
            dated = (
                dated
                or token.word == "("
                or token.kind == NUMBER
                or (mention is not None and bool(mention.facts.keys() & {"period", "country"}))
            )
            known = mention is not None and not mention.facts.keys() & _DATED
            if known or (token.kind == NUMBER and mention is None and not token.word.isdigit()):
                return 0
        return 0

    def _loose(self, dash: int) -> bool:
        """`Lima – The ministry ...`, but `Lima-based ...`, `Lima - 40`: a dash with space around, and no number."""
        apart = self.tokens[dash - 1].end < self.tokens[dash].start
        following = self.tokens[dash + 1] if dash + 1 < len(self.tokens) else None
        return apart and following is not None and following.capital and not self._number(dash + 1)

    def _bracketed(self) -> int:
        """The end of `10-10-2023 (LIMA)`."""
        for place, token in enumerate(self.tokens[:_BRACKETED]):
            mention = self.starts.get(place)
            if mention is not None and "area" in mention.facts and self._word(place - 1) == "(":
                return mention.last if self._word(mention.last) == ")" else 0
            if token.kind == WORD:
                return 0
        return 0

    def named(self, mention: Mention) -> Mention:
        """What is left of a mention in a dateline: where it was written, for want of anything better."""
        facts = mention.facts
        return mention._replace(facts={**_NOTHING, "dateline": facts["area"]}) if "area" in facts else mention

    def person(self, mention: Mention, surnames: frozenset[str]) -> bool:
        """`the minister Raúl Trujillo`, `said Ana Trujillo`; then `Trujillo`, unless words say that it is a place."""
        word = self._word(mention.last - 1)
        if word in surnames and not any(self._in(mention.first - 1, kind) for kind in ("locatives", "of", "starts")):
            return True
        first = mention.first
        while first > 0 and first > mention.first - _GIVEN and self._given(first - 1):
            first -= 1
        if first == mention.first:
            return False
        apposed = self._word(first - 1) == "," and self._word(mention.last) == ","
        office = range(first - 2, max(first - 2 - _REACH, -1), -1) if apposed else range(first - 1, first)
        return any(self._titled(place) for place in office) or self._in(first - 1, "announcing")

    def _titled(self, place: int) -> bool:
        """Whether `minister`, `the head of` or the like stands at a place."""
        mention = self.cover.get(place)
        force = mention is not None and "provider" in mention.facts and mention.last - mention.first == 1
        ranked = force and self._in(place - 1, "police_ranks")  # `el general PNP Óscar Trujillo`
        titled = ranked or any(self._in(place, kind) for kind in _TITLED)
        return titled or (mention is not None and "voice" in mention.facts)

    def _given(self, place: int) -> bool:
        """Whether a given name, or another name of a person, may stand here."""
        token = self.tokens[place]
        plain = token.kind == WORD and token.capital and place not in self.cover and token.end - token.start > 1
        return plain and not any(self._in(place, kind) for kind in (*_TITLED, "region_nouns", "zone_nouns"))

    def venue(self, mention: Mention) -> bool:
        """Whether a place is where someone speaks, presents, meets, or keeps an office."""
        if "area" not in mention.facts:
            return False
        if self._has_number(mention.last):
            return False
        if self._word(mention.first - 1) in QUOTES and self._word(mention.last) in QUOTES:
            return True  # `the operation 'Amazonas'`
        if self._seat_after(mention) or self._street(mention):
            return True
        place = mention.first - 1
        while place > 0 and not (self._in(place, "venue_prepositions") or self._spoken_from(place)):
            if place <= mention.first - 4 or not (self._in(place, "determiners") or self._in(place, "connectors")):
                return False
            place -= 1
        return self._opened(place, mention)

    def _has_number(self, place: int) -> bool:
        """`were presented in Lima (312)`, `se presentó en Lima, con 40`: the place has a number of its own."""
        carried = self._word(place) == "," and self._in(place + 1, "carriers")
        return (self._word(place) in {"(", ":"} or carried) and self._number(place + 1 + carried)

    def _spoken_from(self, place: int) -> bool:
        """`the minister said from Tacna that ...`."""
        return self._in(place, "starts") and self._in(place - 1, "announcing")

    def _opened(self, preposition: int, mention: Mention) -> bool:
        """Whether a word of speaking or meeting stands before the preposition, and nothing that is counted between."""
        for place in range(preposition - 1, max(preposition - _REACH, 0) - 1, -1):
            if self._in(place, "venue_verbs") and not self._happens(place):
                said = self._in(place + 1, "that_words")  # `recalled that in Tacna 40 were freed`
                return not (said or self._files(place) or self._homes(mention.last))
            if self._in(place, "venue_nouns") and not self._of_work(place):
                return not self._trains(place)
            if self._in(place, "announcing") and self._directly(place, preposition):
                return self._in(mention.last, "that_words") or self._word(mention.last) == ","
            if self._in(place, "seats") and (self._of_the_world(place, preposition) or self._in(place - 1, "of")):
                return True  # `the ILO's office in Lima`, `its chief of mission in Lima`
            if self.tokens[place].word in _STOPS or self._counted(place):
                return False
        return False

    def _of_work(self, place: int) -> bool:
        """`a sewing workshop`: where people work, and not where they meet."""
        mention = self.cover.get(place)
        return mention is not None and mention.concept == "noise"

    def _happens(self, place: int) -> bool:
        mention = self.cover.get(place)
        return mention is not None and "act" in mention.facts

    def _homes(self, first: int) -> bool:
        """`inaugurated in Cusco a shelter for 25`: what is there to stay, and no venue."""
        behind = [self.starts[place] for place in range(first, first + _HOME) if place in self.starts]
        return any(mention.facts.get("indicator") in {"shelters", "offices"} for mention in behind)

    def _files(self, place: int) -> bool:
        """`complaints presented in Lima`, `the 361 presented in Lima`: what is counted is what was presented."""
        before = place - 1
        while before >= 0 and any(self._in(before, kind) for kind in ("copulas", "adverbs", "refused", "pronouns")):
            before -= 1
        mention = self.cover.get(before)
        if mention is None:
            return before >= 0 and (self._number(before) or self._word(before) in self.values)
        share = "unit" in mention.facts  # `de las cuales el 23 % se presentó en Lima`
        return share or "indicator" in mention.facts or mention.concept == "trafficking"

    def _trains(self, place: int) -> bool:
        """`300 officers were trained at a workshop in Lima`: the meeting itself is counted."""
        mine = self.cover.get(place)
        training = [
            mention
            for mention in self.mentions
            if "trained" in {mention.facts.get("act"), mention.facts.get("indicator")}
        ]
        if any(mention is not mine for mention in training):
            return True
        return bool(training) and not any(self._in(p, kind) for kind in _TELLING for p in range(len(self.tokens)))

    def _directly(self, place: int, preposition: int) -> bool:
        """Nothing but a day between `said` and `in`."""
        return all(
            (mention := self.cover.get(inner)) is not None and "period" in mention.facts
            for inner in range(place + 1, preposition)
        )

    def _of_the_world(self, place: int, last: int) -> bool:
        near = [self.cover.get(inner) for inner in range(max(place - 3, 0), last)]
        return any(mention is not None and mention.facts.get("world") for mention in near)

    def _seat_after(self, mention: Mention) -> bool:
        """`the ILO's Lima office`."""
        return self._in(mention.last, "seats") and self._of_the_world(mention.first, mention.first)

    def _street(self, mention: Mention) -> bool:
        """`avenida Arequipa`, `Tacna Avenue`: named after a place."""
        after = mention.last < len(self.tokens) and self.tokens[mention.last].capital
        return self._in(mention.first - 1, "streets") or (after and self._in(mention.last, "streets"))

    def _counted(self, place: int) -> bool:
        mention = self.cover.get(place)
        if mention is None:
            return self.tokens[place].kind == NUMBER
        return bool(mention.facts.keys() & {"act", "indicator", "person"}) and not self._in(place, "venue_nouns")

    def _number(self, place: int) -> bool:
        return place < len(self.tokens) and self.tokens[place].kind == NUMBER

    def _word(self, place: int) -> str:
        return self.tokens[place].word if 0 <= place < len(self.tokens) else ""

    def _in(self, place: int, kind: str) -> bool:
        return (
            0 <= place < len(self.tokens)
            and self.tokens[place].kind == WORD
            and self._word(place) in self.grammar[kind]
        )
