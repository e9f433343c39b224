"""What a number counts: the noun it stands before, the subject it is said of, and what happened to those counted."""

from __future__ import annotations

from monitor.reader.drafts import Own
from monitor.reader.mentions import Mention
from monitor.reader.scene import Field, Scene
from monitor.reader.tokens import MARK, WORD

_REACH = 9  # tokens that a noun phrase after a number may take
_UNKNOWN = 3  # words of it that may be unknown


def read_head(scene: Scene, field: Field, own: Own) -> None:
    """Fills in head, person, act and foreign of an amount."""
    head, foreign = _after(scene, field)
    if head is None and foreign is None:
        head = _subject(scene, field)
    own.foreign = foreign
    if head is not None:
        own.person = bool(head.facts.get("person"))
        own.head = head.facts.get("indicator")
        own.fallback = head.facts.get("fallback")
    own.act = _act(scene, field, own)


def _after(scene: Scene, field: Field) -> tuple[Mention | None, str | None]:
    """The noun that follows the number, or the word that shows that something else is counted."""
    place, unknown = field.amount.last, 0
    people: Mention | None = None
    stranger: str | None = None
    while place < min(len(scene.tokens), field.amount.last + _REACH):
        mention = scene.starts.get(place)
        if mention is not None:
            group = mention.facts["group"]
            if group == "heads":
                return mention, None
            if group == "people":
                people = mention
            elif people is not None or (group in {"acts", "links", "periods"} and stranger is None):
                break
            elif group in {"providers", "units"} and stranger is None and mention.first > field.amount.last:
                break
            place = mention.last
            continue
        if people is not None or not _goes_on(scene, place):
            if people is None or not scene.isa(place, "separators"):
                break
        elif not _light(scene, place):
            unknown += 1
            stranger = scene.word(place)
            if unknown > _UNKNOWN:
                break
        place += 1
    if people is not None:
        return people, None
    return None, stranger if _plural(scene, stranger) else None


def _plural(scene: Scene, word: str | None) -> bool:
    return word is not None and any(word.endswith(ending) for ending in scene.words.grammar["plural_endings"])


def _light(scene: Scene, place: int) -> bool:
    """Words that a noun phrase may hold before its noun."""
    kinds = ("determiners", "of", "modifiers", "adverbs")
    return any(scene.isa(place, kind) for kind in kinds) or scene.word(place) == "-"


def _goes_on(scene: Scene, place: int) -> bool:
    token = scene.tokens[place]
    if _light(scene, place):
        return True
    stops = ("copulas", "relatives", "separators", "prepositions", "pronouns")
    return token.kind == WORD and not any(scene.isa(place, kind) for kind in stops)


def _subject(scene: Scene, field: Field) -> Mention | None:
    """`Complaints for sexual exploitation reached 148`: the last noun before the number, in its own field."""
    found = [
        mention
        for mention in scene.mentions
        if field.first <= mention.first < field.amount.first and mention.facts["group"] in {"heads", "people"}
    ]
    heads = [mention for mention in found if mention.facts["group"] == "heads"]
    return heads[0] if heads else found[-1] if found else None


def _act(scene: Scene, field: Field, own: Own) -> str | None:
    """The indicator of what happened to those counted: the act nearest to the number, those before it first."""
    acts = [mention for mention in scene.within(field.first, field.last, "act")]
    if not acts:
        return None
    amount = field.amount

    def far(mention: Mention) -> int:
        if mention.first >= amount.last:
            return mention.first - amount.last - (2 if own.head or own.person else 0)
        return amount.first - mention.last

    return str(min(acts, key=far).facts["act"])


def indicator(own: Own) -> str | None:
    """The code of what is counted, from noun and act; None where only the context can tell."""
    if own.head is None:
        if own.person:
            return own.act or own.fallback
        return None
    if own.head in {"victims"} and own.act == "victims_assisted":
        return "victims_assisted"
    if own.head == "staff" and own.act == "trained":
        return "trained"
    if own.head in {"staff", "officials"} and own.act in {
        "detentions",
        "investigations",
        "prosecutions",
        "convictions",
        "officials",
    }:
        return "officials"
    if own.head == "officials" and own.act == "trained":
        return "trained"
    return own.head


def punctuation(scene: Scene, place: int) -> bool:
    """Whether a mark stands at this place."""
    return 0 <= place < len(scene.tokens) and scene.tokens[place].kind == MARK
