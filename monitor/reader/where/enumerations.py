"""Places that a sentence names in a row, which belong together."""

from __future__ import annotations

from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Scene
from monitor.reader.sentence.tokens import WORD

_OTHERS = 4  # tokens between `the rest` and the regions that it means
_CHAIN = 6  # at most so many words between two places of one enumeration


def codes(chain: list[Mention]) -> str:
    """The codes of an enumeration of places, in order, joined."""
    return "+".join(sorted({code for mention in chain for code in mention.facts["area"].split("+")}))


def chains_within(scene: Scene, first: int, last: int) -> list[list[Mention]]:
    """The places between two tokens, those enumerated together in one list each."""
    chains: list[list[Mention]] = []
    for mention in scene.within(first, last, "area"):
        if chains and _nested(scene, chains[-1][-1], mention):
            chains[-1][-1] = mention
        elif chains and _chained(scene, chains[-1][-1], mention):
            chains[-1].append(mention)
        elif not _longer_name(scene, mention):
            chains.append([mention])
    return chains


def enumerated(scene: Scene, first: int, last: int) -> list[str]:
    """The places of the last enumeration between two tokens, in order, each on its own."""
    chains = chains_within(scene, first, last)
    return [mention.facts["area"] for mention in chains[-1]] if chains else []


def _longer_name(scene: Scene, mention: Mention) -> bool:
    """`Santa Rosa`, `San Martín Vásquez`: a capital right after makes it another name."""
    if mention.last >= len(scene.tokens):
        return False
    following = scene.tokens[mention.last]
    return following.capital and following.kind == WORD and mention.last not in scene.starts


def _chained(scene: Scene, one: Mention, two: Mention) -> bool:
    gap = range(one.last, two.first)
    if len(gap) > 1 and scene.word(gap[0]) in {"(", ","} and scene.isa(gap[1], "inclusive"):
        return all(scene.isa(place, "determiners") for place in gap[2:])  # `Lima (including Callao)`
    kinds = [place for place in gap if scene.isa(place, "zone_nouns")]
    others = [place for place in gap if not scene.among(place, ("connectors", "zone_nouns"))]
    described = bool(kinds) and any(map(scene.joins, gap))  # `Lima and the northern city of Trujillo`
    plain = all(scene.tokens[place].kind == WORD and place not in scene.inside for place in others)
    return 0 < len(gap) <= _CHAIN and plain and (described or not others) and len(others) <= 1


def _nested(scene: Scene, one: Mention, two: Mention) -> bool:
    """`Lima's port of Callao`: the place that the one before only tells where to find."""
    gap = range(one.last, two.first)
    kinds = ("zone_nouns", "region_nouns", "modifiers")
    of = len(gap) > 1 and scene.isa(gap[-1], "of") and not scene.isa(gap[-1], "locatives")
    return of and all(scene.among(place, kinds) for place in gap[:-1])


def others_too(scene: Scene) -> bool:
    """`64 in Lima, 21 in Tumbes and the rest in other regions`: more than the regions that a title names."""
    others = [*scene.places("remainder"), *scene.places("other_words")]
    near = any(scene.has("region_nouns", place, place + _OTHERS) for place in others)
    return near and len({str(mention.facts["area"]) for mention in scene.named("area")}) > 1
