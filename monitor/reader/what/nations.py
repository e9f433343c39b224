"""The countries that words near a number name, and which of them those counted are from."""

from __future__ import annotations

import itertools

from monitor.reader.drafts import Own
from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Field, Scene
from monitor.reader.what.chains import chains
from monitor.reader.where.country import native

_WORDS = 4  # tokens that describe a country
_RETURN = 8  # tokens between `returned` and where from
_BETWEEN = 3  # tokens between two nations of a row
_MOSTLY = 3  # tokens between `above all` and a country


def behind(scene: Scene, people: list[Mention], last: int) -> list[str]:
    """`24 came from Colombia, Ecuador and Cuba`: the countries in a row with the first."""
    told = [mention for mention in people if "citizenship" in mention.facts]
    if not told or not scene.isa(told[-1].first, "origins"):
        return []
    end = told[-1].last
    found: list[str] = []
    for country in scene.within(end, last, "country"):
        gap = range(end, country.first)
        row = bool(gap) and all(
            scene.word(p) == "," or scene.joins(p) or scene.among(p, ("determiners", "origins")) for p in gap
        )
        if not row:
            break
        found.append(str(country.facts["country"]))
        end = country.last
    return found


def joined(said: list[str]) -> str:
    """The nation of all those named, `foreign` for several, none where Peruvians are among them."""
    nations = set(said)
    if len(nations) == 1:
        return said[0]
    if "PE" in nations:
        return ""
    specific = nations - {"foreign"}
    return specific.pop() if len(specific) == 1 and said[0] != "foreign" else "foreign"


def _closes_row(scene: Scene, field: Field, mention: Mention) -> bool:
    """`12 from Ecuador and ten from Peru`: right behind its number, as the countries before it."""
    if not scene.isa(mention.first - 1, "origins") or mention.first - 1 != field.amount.last:
        return False
    before = scene.within(0, field.amount.first, "country")
    people = scene.within(0, field.amount.first, "citizenship")  # `from Ecuador`
    foreign = any(m.facts["country"] not in {"PE", "foreign"} and scene.isa(m.first - 1, "origins") for m in before)
    return foreign or any(scene.isa(m.first, "origins") for m in people)


def returned(scene: Scene, field: Field, place: int) -> bool:
    """`12 people returned to Peru from Argentina`: where they came back from, and no nation of theirs."""
    link = scene.starts.get(field.amount.last)  # `18 were brought home, nine of them from Japan`
    part = link is not None and link.facts.get("link") == "part" and link.last >= place - 1
    first = 0 if part else max(field.first, place - _RETURN)
    return scene.has("returning", first, place)


def came_back(scene: Scene, field: Field, mention: Mention) -> bool:
    """The same, where `from Argentina` is a phrase that means a nation."""
    nation = "citizenship" in mention.facts and scene.isa(mention.first, "origins")
    return nation and returned(scene, field, mention.first)


def named(scene: Scene, field: Field, countries: list[Mention]) -> list[str]:
    """The countries that those counted are from."""
    found: list[str] = []
    before = -1
    for mention in countries:
        word = scene.word(mention.first - 1)
        bracketed = mention.last + 1 == field.amount.first and scene.word(mention.last) == "("
        born = native(scene, field, mention)
        told = born or (bracketed and scene.isa(mention.first - 1, "origins")) or _closes_row(scene, field, mention)
        ours = mention.facts["country"] == "PE" and not told
        if ours or "base" in mention.facts or scene.among(mention.first - 2, ("venue_nouns", "rooted")):
            continue
        if mention.first > field.amount.last and scene.partial(mention.first - _MOSTLY, mention.first):
            continue  # `came from abroad, above all from Ecuador`
        if any(time.first == mention.last for time in scene.within(mention.last, mention.last + 1, "period")):
            continue  # `(US 1 July 2021)`
        to = scene.isa(mention.first - 1, "locatives")
        elided = to and mention.first - 1 == field.amount.last and scene.has("returning", 0, mention.first)
        if elided or returned(scene, field, mention.first):
            if to:
                found.append(str(mention.facts["country"]))  # `11 were repatriated to Venezuela`
            continue
        if scene.within(mention.last, mention.last + 1, "provider"):
            continue  # `support from U.S. authorities`
        known = mention.facts["country"] != "foreign"
        chained = known and found and mention.first - before <= 2
        noun = mention.first - 1 - scene.isa(mention.first - 1, "determiners")  # `citizens of the Philippines`
        if scene.isa(noun, "of") and scene.isa(noun - 1, "state_bodies"):
            continue  # `the government of Bolivia`
        citizens = scene.isa(noun, "of") and _people_before(scene, noun)
        listed = bracketed and bool(scene.places("origins"))
        again = scene.isa(noun, "of") and noun == field.amount.last and _citizens_told(scene, field)
        citizens = citizens or born or again or _described(scene, field, mention.first)
        if chained or citizens or listed or word in scene.words.grammar["origins"] or (known and word in {"(", ","}):
            found.append(str(mention.facts["country"]))
            before = mention.last
    return found


def _described(scene: Scene, field: Field, place: int) -> bool:
    """`came from crisis-stricken Venezuela`, `hailed from neighbouring Ecuador`: behind words on the country."""
    first, known = place - 1, ("prepositions", "of", "separators", "copulas", "relatives", "pronouns")
    while place - first <= _WORDS and (
        scene.word(first) == "-" or (first not in scene.inside and scene.word(first).isalpha())
    ):
        if scene.isa(first, "origins"):
            return first < place - 1 and (scene.isa(first - 1, "comers") or field.amount.last == first)
        if scene.among(first, known):
            return False
        first -= 1
    return False


def _citizens_told(scene: Scene, field: Field) -> bool:
    """`28 were citizens of Bolivia and 19 of Ecuador`: whether the number before has said whose citizens they are."""
    before = [m for m in scene.within(0, field.amount.first, "country") if scene.isa(m.first - 1, "of")]
    return any(_people_before(scene, mention.first - 1) for mention in before)


def _people_before(scene: Scene, place: int) -> bool:
    """`citizens of Malaysia`."""
    return any(mention.last == place and mention.concept == "people" for mention in scene.within(0, place, "person"))


def agreeing(scene: Scene, field: Field) -> bool:
    """`Las venezolanas son el grupo más numeroso, con 102`: a nation before the number, said as an adjective."""
    told = scene.within(field.first, field.last, "sex")
    return bool(told) and all(
        "citizenship" in m.facts
        and m.last - m.first == 1
        and m.first < field.amount.first
        and scene.isa(m.first - 1, "definite")
        and not scene.isa(m.first - 2, "objects")
        for m in told
    )


def share_origins(scene: Scene, owns: list[Own]) -> None:
    """`Las víctimas de Colombia y Ecuador sumaron 31 y 12`: as many numbers as nations, in the same order."""
    for chain in chains(scene):
        first = scene.fields[chain[0]]
        named = [*scene.within(first.first, first.amount.first, "country")]
        named = sorted([*named, *scene.within(first.first, first.amount.first, "citizenship")])[-len(chain) :]
        pairs = itertools.pairwise(named)
        row = all(0 < two.first - one.last <= _BETWEEN and _row(scene, one.last, two.first) for one, two in pairs)
        if len(named) == len(chain) and row and "citizenship" in owns[chain[0]].traits:
            for place, nation in zip(chain, named, strict=True):
                owns[place].traits["citizenship"] = str(nation.facts.get("country") or nation.facts["citizenship"])


def _row(scene: Scene, first: int, last: int) -> bool:
    """Whether nothing but `and`, commas and small words stands between two nations."""
    return all(
        scene.word(p) == "," or scene.joins(p) or scene.among(p, ("of", "determiners")) for p in range(first, last)
    )


def of_a_gang(scene: Scene, mention: Mention) -> bool:
    """`23 members of the Venezuelan gang`, `la banda venezolana`: where a gang is from, whoever belongs to it."""
    beside = (scene.starts.get(mention.last), scene.inside.get(mention.first - 1))
    return any(noun is not None and noun.facts.get("indicator") == "organisations" for noun in beside)
