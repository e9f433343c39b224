"""What a stretch of words says of place and form of exploitation."""

from __future__ import annotations

from monitor.reader.mentions import Mention
from monitor.reader.scene import Field, Scene
from monitor.reader.tokens import WORD

_COMMA = 6  # a comma between a word and a number weighs as many words
_NEAR = 10  # words between a place and the number it is the subject of
_CHAIN = 6  # at most so many words between two places of one enumeration


def distance(scene: Scene, field: Field, mention: Mention) -> int:
    """Words between a mention and the amount of the field; what stands behind a comma is farther."""
    amount = field.amount
    first, last = (amount.last, mention.first) if mention.first >= amount.last else (mention.last, amount.first)
    return (last - first) + _COMMA * sum(scene.word(place) in {",", ":"} for place in range(first, last))


def nearest(scene: Scene, field: Field, mentions: list[Mention]) -> Mention | None:
    """The mention nearest to the amount."""
    return min(mentions, key=lambda mention: distance(scene, field, mention), default=None)


def area(scene: Scene, field: Field, first: int, last: int) -> str | None:
    """The place between two tokens that is nearest to the amount, with those enumerated together with it."""
    chains: list[list[Mention]] = []
    for mention in scene.within(first, last, "area"):
        if chains and _chained(scene, chains[-1][-1], mention):
            chains[-1].append(mention)
        elif not _dateline(scene, mention) and not _longer_name(scene, mention):
            chains.append([mention])
    chains = [chain for chain in chains if _reaches(scene, field, chain)]
    countries = [mention for mention in scene.within(first, last, "country") if _abroad(scene, mention)]
    chain = min(chains, key=lambda given: min(distance(scene, field, mention) for mention in given), default=None)
    if chain is not None and _and_others(scene, chain[-1]):
        return "PE"
    national = nearest(scene, field, countries)
    if chain is None and _elsewhere(scene, field, last):
        return "PE"
    if chain is None:
        return None if national is None else national.facts["country"].replace("foreign", "") or None
    codes = {code for mention in chain for code in mention.facts["area"].split("+")}
    return "+".join(sorted(codes))


def _and_others(scene: Scene, mention: Mention) -> bool:
    """`in Lima and other regions`: all over the country."""
    place = mention.last + (scene.word(mention.last) == ",")
    return scene.joins(place) and _others(scene, place + 1)


def _elsewhere(scene: Scene, field: Field, last: int) -> bool:
    """`four in Lima and ten in other regions`."""
    place = field.amount.last
    return place + 1 < last and scene.isa(place, "locatives") and _others(scene, place + 1)


def _others(scene: Scene, place: int) -> bool:
    """Whether `other regions`, `various cities` or the like stands here."""
    first = place
    while scene.isa(place, "determiners") or scene.isa(place, "modifiers"):
        place += 1
    return place > first and scene.isa(place, "region_nouns")


def _dateline(scene: Scene, mention: Mention) -> bool:
    """`Lima - The ministry ...`: where a text was written, not what it speaks of."""
    if mention.first > 1 or scene.word(mention.last) not in {"-", "|", "("}:
        return False
    return not any(field.amount.first == mention.last + 1 for field in scene.fields)


def _longer_name(scene: Scene, mention: Mention) -> bool:
    """`Santa Rosa`, `San Martín Vásquez`: a capital right after makes it another name."""
    if mention.last >= len(scene.tokens):
        return False
    following = scene.tokens[mention.last]
    return following.capital and following.kind == WORD and mention.last not in scene.starts


def _reaches(scene: Scene, field: Field, chain: list[Mention]) -> bool:
    """A place before the number counts with a preposition (`in Lima, ...`), or near by (`Lima had 350`)."""
    if chain[0].first >= field.amount.last:
        return not scene.begins_clause(field.amount.last, chain[0].first)
    if scene.isa(chain[0].first - 1, "place_prepositions"):
        return True
    if scene.isa(chain[0].first - 1, "determiners") or scene.isa(chain[0].first - 1, "connectors"):
        return True
    first = chain[0].first <= 1 and not any(
        scene.word(place) == ":" for place in range(chain[-1].last, field.amount.first)
    )
    return first or distance(scene, field, chain[-1]) <= _NEAR


def _abroad(scene: Scene, mention: Mention) -> bool:
    return mention.facts["country"] == "PE" or scene.isa(mention.first - 1, "locatives")


def _chained(scene: Scene, one: Mention, two: Mention) -> bool:
    gap = range(one.last, two.first)
    return 0 < len(gap) <= _CHAIN and all(scene.isa(place, "connectors") for place in gap)


def form(scene: Scene, field: Field, first: int, last: int) -> str | None:
    """The form of exploitation named nearest to the amount; with another beside it, neither."""
    mentions = scene.within(first, last, "form")
    best = nearest(scene, field, mentions)
    if best is None:
        return None
    beside = {
        mention.facts["form"]
        for mention in mentions
        if mention is best or 0 < max(mention.first - best.last, best.first - mention.last) <= 1
    }
    return str(best.facts["form"]) if len(beside) == 1 else "_T"


def enumerated(scene: Scene, first: int, last: int) -> list[str]:
    """The places of the last enumeration between two tokens, in order, each on its own."""
    chain: list[Mention] = []
    for mention in scene.within(first, last, "area"):
        chain = [*chain, mention] if chain and _chained(scene, chain[-1], mention) else [mention]
    return [mention.facts["area"] for mention in chain]


def last_area(scene: Scene, last: int) -> str | None:
    """The last place, or enumeration of places, that a sentence names before a token."""
    codes: set[str] = set()
    before: Mention | None = None
    for mention in scene.within(0, last, "area"):
        if before is None or not _chained(scene, before, mention):
            codes = set()
        codes |= set(mention.facts["area"].split("+"))
        before = mention
    return "+".join(sorted(codes)) or None
