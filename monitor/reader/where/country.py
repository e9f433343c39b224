"""What the name of the country tells: that all of it is meant, a part of it, or where people were born."""

from __future__ import annotations

from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Field, Scene
from monitor.reader.sentence.tokens import NUMBER

COUNTRY = "PE"
_WHOLE = frozenset({"nationwide", "national_average"})
_STOPS = frozenset({",", ";", ":", "(", ")"})
_BORN = 5  # tokens between `born` and the country: `born abroad, in Venezuela`
_OF_COUNTRY = 3  # tokens behind an office in which its country stands
_CONTRAST = 10  # words from `unlike` to the country
_RANK = 7  # words before `of the country` in which a rank or a part of the country stands


def loosely(scene: Scene, first: int, last: int) -> bool:
    """Whether the words between two tokens name the country, without saying that all of it is meant."""
    return any(
        loose(scene, mention) and not _inner(scene, mention) and not _born(scene, mention)
        for mention in scene.within(first, last, "country")
    )


def declared(scene: Scene, *, placed: bool = False) -> bool:
    """Whether a sentence says that it speaks of the country as a whole: `nationwide`, or only names it: `in Peru`."""
    for mention in scene.named("country"):
        if mention.facts["country"] != COUNTRY or _inner(scene, mention) or of_base(scene, mention):
            continue
        if "base" in mention.facts and scene.within(0, mention.first, "area"):
            continue  # `Loreto has 27.4, ten times the national average`
        inside = any(scene.isa(place, "venue_prepositions") for place in (mention.first - 1, mention.first))
        if not loose(scene, mention) or (placed and inside):
            return True
    return False


def spoken_of(scene: Scene) -> bool:
    """Whether a sentence names a country, but for a rank in it (`the seventh place in the country`)."""
    return any(mention.facts["country"] != COUNTRY or not _inner(scene, mention) for mention in scene.named("country"))


def of_base(scene: Scene, mention: Mention) -> bool:
    """`28 complaints, 6% of those filed nationwide`: where all are that the share is of, behind another figure."""
    before = [field for field in scene.fields if field.amount.last <= mention.first]
    if len(before) < 2 or before[-1].amount.unit != "percent":
        return False
    last = before[-1].amount.last
    return scene.isa(last, "of") and not scene.has(",", last, mention.first)


def tells(scene: Scene, field: Field, mention: Mention) -> bool:
    """Whether a country is where what is counted happened."""
    if native(scene, field, mention):
        return False  # `85% were born in Venezuela`
    if mention.facts["country"] == COUNTRY:
        return not _inner(scene, mention) and not of_base(scene, mention)
    if not scene.isa(mention.first - 1, "venue_prepositions") or scene.isa(mention.first - 2, "rooted"):
        return False  # `a group with origins in Venezuela`
    gap = range(field.amount.last, mention.first)
    relatives = [place for place in gap if scene.isa(place, "relatives")]
    return not any(_named_anew(scene, place) or scene.word(place - 1) == "," for place in relatives)


def native(scene: Scene, field: Field, mention: Mention) -> bool:
    """`85% were born in Venezuela and 9%, in Peru`: the country where those counted were born."""
    if scene.has("born", mention.first - _BORN, mention.first) or scene.isa(mention.last, "born"):
        return True
    comma = field.amount.last
    elided = scene.word(comma) == "," and mention.first - comma <= 2
    elided = elided or (mention.last + (scene.word(mention.last) == ",") == field.amount.first)
    return elided and scene.has("born", 0, field.amount.first)


def of_offices(scene: Scene, field: Field) -> str | None:
    """`Colombian police freed 40`, `la fiscalía de Chile acusó a 12`: the country whose offices alone act."""
    ours = scene.named("area") or any(mention.facts["country"] == COUNTRY for mention in scene.named("country"))
    if ours or scene.has("announcing", 0, field.amount.first):
        return None
    told: set[str] = set()
    for office in [*scene.named("provider"), *scene.named("voice")]:
        if office.first > field.amount.first or "world" in office.facts or "named" in office.facts:
            continue
        near = scene.within(office.first - 1, office.last + _OF_COUNTRY, "citizenship")
        adjectives = {str(m.facts["citizenship"]) for m in near if office.first == m.last or m.first == office.last}
        behind = scene.within(office.last + 1, office.last + _OF_COUNTRY, "country")
        countries = {str(m.facts["country"]) for m in behind if scene.isa(m.first - 1, "of")}
        told |= adjectives | countries or {COUNTRY}
    abroad = told - {"foreign"}
    return abroad.pop() if len(told) == 1 and abroad and COUNTRY not in abroad else None


def _born(scene: Scene, mention: Mention) -> bool:
    """`12 were from Ecuador and ten from Peru`."""
    return scene.isa(mention.first - 1, "origins") and bool(scene.places("comers"))


def loose(scene: Scene, mention: Mention) -> bool:
    """`Peru`, `the country`; not `nationwide`, `in several regions of the country`."""
    regions = scene.has("region_nouns", mention.first - 2, mention.first)
    return mention.facts["country"] == COUNTRY and mention.concept not in _WHOLE and not regions


def _inner(scene: Scene, mention: Mention) -> bool:
    """`one of the poorest regions of the country`, `fourth in the country`: a part of the country, or a rank in it."""
    for place in range(mention.first - 1, max(mention.first - 1 - _RANK, -1), -1):
        if scene.word(place) in _STOPS or scene.tokens[place].kind == NUMBER or scene.isa(place, "copulas"):
            break
        rank = scene.isa(place, "ranks") and not scene.isa(place - 1, "indefinites")  # `a tenth of the country`
        if rank or scene.isa(place, "zone_nouns") or _one_of(scene, place):
            return True
    rest = scene.has("remainder", mention.first - 2, mention.first)  # `unlike in the rest of the country, ...`
    contrasted = rest and scene.has("comparers", mention.first - _CONTRAST, mention.first)
    return contrasted or scene.has("zone_nouns", mention.last, mention.last + 3)


def _one_of(scene: Scene, place: int) -> bool:
    """`one of the regions`."""
    single = scene.word(place - 3) in scene.words.articles
    return single and scene.isa(place, "region_nouns") and scene.isa(place - 2, "of")


def _named_anew(scene: Scene, place: int) -> bool:
    """`..., a gang that began in Venezuela`: the relative clause belongs to another noun."""
    named = scene.within(place - 2, place, "person")
    return not named and scene.has("determiners", place - 3, place)
