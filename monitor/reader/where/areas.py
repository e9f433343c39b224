"""What a stretch of words says of place: where what is counted happened, or where those counted come from."""

from __future__ import annotations

from monitor.reader.drafts import STOCKS
from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Field, Scene
from monitor.reader.sentence.tokens import MARK, NUMBER
from monitor.reader.where.country import COUNTRY, loose, of_offices, tells
from monitor.reader.where.elsewhere import elsewhere, numeral
from monitor.reader.where.enumerations import chains_within, codes

_LONGEST_DATELINE = 10  # tokens, with the day
CAPITAL = "PE-LIM"  # where most newsrooms and offices are: as a dateline it tells nothing
METROPOLIS = "PE-LMA"
_STOPS = frozenset({",", ";", ":", "(", ")"})
_COMMA = 6  # a comma between a word and a number weighs as many words
_ORIGIN = 12  # a place of origin weighs as many words, where the sentence also tells where something happened
_NEAR = 10  # words between a place and the number it is the subject of
_CHAIN = 6  # at most so many words between two places of one enumeration
_WINDOW = 7  # words before a place that tell what it is to what is counted
_LIGHT = ("separators", "determiners", "modifiers", "prepositions")
_UNDERGONE = frozenset({"detentions", "investigations", "prosecutions", "convictions", "officials"})
_LEADING = ("relatives", "copulas", "carriers", "determiners")
_MOST = 12  # words of a clause before the place it ends with
_FRONT = 4  # tokens at the front of a sentence


def distance(scene: Scene, field: Field, mention: Mention) -> int:
    """Words between a mention and the amount of the field; what stands behind a comma is farther."""
    amount = field.amount
    first, last = (amount.last, mention.first) if mention.first >= amount.last else (mention.last, amount.first)
    return (last - first) + _COMMA * sum(scene.word(place) in {",", ":", ";"} for place in range(first, last))


def nearest(scene: Scene, field: Field, mentions: list[Mention]) -> Mention | None:
    """The mention nearest to the amount."""
    return min(mentions, key=lambda mention: distance(scene, field, mention), default=None)


def area(scene: Scene, field: Field, first: int, last: int) -> str | None:
    """The place between two tokens that is nearest to the amount, with those enumerated together with it."""
    chains = [
        chain
        for chain in chains_within(scene, first, last)
        if not _dateline(scene, chain[0]) and not _aside(scene, field, chain) and _reaches(scene, field, chain)
    ]
    happened = any(not origin(scene, chain) for chain in chains)

    def weight(chain: list[Mention]) -> int:
        far = min(distance(scene, field, mention) for mention in chain)
        if chain[-1].last < field.amount.first and _carried(scene, chain[-1].last, field.amount.first):
            return 0  # `Lima with 81 and Cusco ...`
        share = field.amount.unit == "percent" and scene.isa(chain[0].first - 2, "hailing")  # `55 % come from Loreto`
        return far + _ORIGIN * (happened and origin(scene, chain)) * (-1 if share else 1)

    chain = min(chains, key=weight, default=None) or _before_colon(scene, field, first) or _fronted(scene, field, last)
    if (inside := _where(scene, field, first)) is not None:
        return inside
    if chain is not None:
        return COUNTRY if open_ended(scene, chain) else codes(chain)
    if elsewhere(scene, field, last):
        return COUNTRY
    if scene.standing["capitals"] and _in_the_capital(scene, field, last):
        return CAPITAL
    countries = [
        mention
        for mention in scene.within(first, last, "country")
        if tells(scene, field, mention) and (not loose(scene, mention) or mention.last == field.amount.first)
    ]
    named = nearest(scene, field, countries)
    if named is None:
        return of_offices(scene, field) if first == field.first else None
    return named.facts["country"].replace("foreign", "") or None


def _where(scene: Scene, field: Field, first: int) -> str | None:
    """`Puno is among the worst of Peru, where 1,200 were freed`: the country, where the clause belongs to its name."""
    behind = [place for place in scene.standing["where"] if first <= place < field.amount.first]
    if not behind:
        return None
    end = behind[-1] - (scene.word(behind[-1] - 1) == ",")
    named = any(m.last == end and m.facts["country"] == COUNTRY for m in scene.within(first, end, "country"))
    later = scene.within(behind[-1], field.amount.first, "area")
    return COUNTRY if named and not later else None


def _in_the_capital(scene: Scene, field: Field, last: int) -> bool:
    """`the unit in the capital has 29 officers`: with no name, in the clause of a number."""
    for place in scene.standing["capitals"]:
        ended = place + 1
        inside = scene.isa(place - 1, "definite") and scene.isa(place - 2, "locatives") and not scene.isa(ended, "of")
        inside = inside and not _seated(scene, place - 3) and not (place > field.amount.last and stock(scene, field))
        gap = range(*sorted((field.amount.last, place)))
        if inside and field.first <= place < last and not any(scene.word(p) in _STOPS for p in gap):
            return True
    return False


def _seated(scene: Scene, place: int) -> bool:
    """`an NGO based in the capital`: where someone has an office."""
    return scene.isa(place, "spread_words") and not any(field.amount.last == place for field in scene.fields)


def _carried(scene: Scene, first: int, last: int) -> bool:
    """Whether nothing but `with a` stands between a place and a number."""
    first += scene.word(first) == "," and scene.isa(first + 1, "carriers")  # `Lima, with 41; Ica and Tacna are ...`
    return scene.isa(first, "carriers") and all(scene.isa(place, "determiners") for place in range(first + 1, last))


def _before_colon(scene: Scene, field: Field, first: int) -> list[Mention] | None:
    """`..., while in Ica: 48 cases`: the place in the clause that ends with the colon."""
    if first != field.first or scene.word(first) != ":":
        return None
    opening = next((place for place in range(first - 1, -1, -1) if scene.word(place) in {",", ";"}), -1)
    chains = chains_within(scene, opening + 1, first)
    numbered = any(opening < other.amount.first < first for other in scene.fields)
    return chains[-1] if chains and not numbered else None


def _fronted(scene: Scene, field: Field, last: int) -> list[Mention] | None:
    """`With 143 cases, Tacna is ...`: the subject behind the comma."""
    if last != field.last or not scene.isa(field.first, "carriers") or scene.word(last) != ",":
        return None
    chains = chains_within(scene, last + 1, min(last + _CHAIN, len(scene.tokens)))
    return chains[0] if chains and chains[0][0].first == last + 1 else None


def last_area(scene: Scene, last: int) -> str | None:
    """The last place, or enumeration of places, that a sentence names before a token."""
    chains = chains_within(scene, 0, last)
    return codes(chains[-1]) if chains else None


def open_ended(scene: Scene, chain: list[Mention]) -> bool:
    """`Lima and several other regions`, `Lima and the provinces`: what is not all named is the country."""
    place = chain[-1].last
    place += scene.isa(place, "separators")
    place += scene.isa(place, "determiners")
    capital = str(chain[-1].facts["area"]) in {CAPITAL, METROPOLIS} and place > chain[-1].last
    if capital and scene.isa(place, "region_nouns"):
        return not scene.within(place + 1, place + _FRONT, "area")  # `Lima and the regions in 2018`
    sundry = False
    for place in range(chain[-1].last, chain[-1].last + _WINDOW):
        if scene.isa(place, "region_nouns"):
            return sundry
        more = numeral(scene, place) and scene.among(place - 1, ("separators", "sundry", "other_words"))
        more = more and scene.among(place + 1, ("sundry", "other_words", "region_nouns"))
        told = scene.isa(place, "sundry") or more  # `and three other regions`
        sundry = sundry or told
        light = scene.word(place) == "," or scene.among(place, _LIGHT)
        if not light and not told:
            return False
    return False


def _dateline(scene: Scene, mention: Mention) -> bool:
    """`Lima - The ministry ...`: where a text was written, not what it speaks of."""
    if mention.first > 1 or scene.word(mention.last) not in {"-", "|", "("} or scene.isa(mention.last + 1, "inclusive"):
        return False
    return not any(field.amount.first == mention.last + 1 for field in scene.fields)


def _reaches(scene: Scene, field: Field, chain: list[Mention]) -> bool:
    """A place before the number counts with a preposition (`in Lima, ...`), or near by (`Lima had 350`)."""
    if chain[0].first >= field.amount.last:
        return not _behind_clause(scene, field, chain[0].first)
    ahead = scene.isa(chain[-1].last, "present") and scene.isa(field.amount.first - 1, "carriers")
    if scene.isa(chain[0].first - 1, "place_prepositions") or ahead:
        return True  # `Madre de Dios is far ahead, with 240`
    if scene.isa(chain[0].first - 1, "determiners") or scene.isa(chain[0].first - 1, "connectors"):
        return True
    if scene.word(chain[-1].last) == "," and (
        scene.isa(chain[-1].last + 1, "relatives") or _united(scene, chain[-1].last + 1)
    ):
        return True  # `went to Iquitos, where 40 ...`, `Ica and Puno, taken together, 46`
    if _remarked(scene, field, chain):
        return True
    colon = scene.has(":", chain[-1].last, field.amount.first - 1)
    return (chain[0].first <= 1 and not colon) or distance(scene, field, chain[-1]) <= _NEAR


def _remarked(scene: Scene, field: Field, chain: list[Mention]) -> bool:
    """`..., while Lima, the capital, had 391`: a subject at the head of the clause, a remark on it, and its verb."""
    opens = chain[0].first - field.first <= _FRONT
    commas = [place for place in range(chain[-1].last, field.amount.first) if scene.word(place) == ","]
    verb = field.amount.first - commas[-1] - 1 if commas else 0
    return opens and len(commas) > 1 and commas[0] == chain[-1].last and 0 < verb <= _FRONT


def _united(scene: Scene, place: int) -> bool:
    """Whether `together` stands at a place."""
    mention = scene.starts.get(place)
    return mention is not None and mention.facts.get("link") == "together"


def _behind_clause(scene: Scene, field: Field, last: int) -> bool:
    """Whether a clause of its own begins between the number and what stands at `last`."""
    first = field.amount.last
    if scene.begins_clause(first, last) or _of_another_doer(scene, first, last):
        return True
    return stock(scene, field) and any(
        scene.word(place).endswith(tuple(scene.words.grammar["participles"]))
        for place in range(first, last)
        if scene.joins(place - 1)
    )


def _of_another_doer(scene: Scene, first: int, last: int) -> bool:
    """`..., and the government opened an office in Tumbes`: what another does, behind an `and`."""
    for place in range(first, last):
        if scene.joins(place) and scene.word(place - 1) == ",":
            doer = scene.starts.get(place + 1) or scene.starts.get(place + 2)
            if doer is not None and "provider" in doer.facts and doer.last < last:
                return True
    return False


def stock(scene: Scene, field: Field) -> bool:
    """Whether officers, offices, shelters and the like are counted, which no event has in common with others."""
    last = field.amount.last
    heads = scene.within(last, last + _WINDOW, "indicator")
    happened = any(mention.facts["act"] in _UNDERGONE for mention in scene.within(last, field.last, "act"))
    return bool(heads) and heads[0].facts["indicator"] in STOCKS and not happened


def _aside(scene: Scene, field: Field, chain: list[Mention]) -> bool:
    """Whether a place holds for a part of those counted only, or is what the number is compared with."""
    first = chain[0].first
    after = first >= field.amount.last
    led = first - 1 - (scene.isa(first - 1, "of") or scene.isa(first - 1, "determiners"))
    if _dispatched(scene, chain) or (_of_most(scene, field, first) if after else _most_before(scene, field, chain)):
        return True
    alike = after and scene.has("likening", max(first - _FRONT, field.amount.last), first)  # `34 como la de Tumbes`
    if alike or scene.isa(first - 1, "outside") or scene.isa(led, "outside"):
        return True  # `32 officers outside Lima`
    for place in range(first - 1, max(first - 1 - _WINDOW, field.amount.last - 1 if after else -1), -1):
        if scene.isa(place, "comparers"):
            return after or not _numbered(scene, chain[-1].last)
        if after and (scene.isa(place, "partly") or scene.isa(place, "mostly")):
            return True
        if scene.word(place) in {";", ":", ")"} or place in {other.amount.last - 1 for other in scene.fields}:
            return False
    return False


def _of_most(scene: Scene, field: Field, last: int) -> bool:
    """`19 women, most of them from the jungle regions of Ucayali`: a place of most, behind a comma."""
    comma = next((p for p in range(last - 1, field.amount.last - 1, -1) if scene.word(p) in _STOPS), 0)
    opening = comma + 1 + scene.among(comma + 1, ("locatives", "carriers"))
    return comma > 0 and scene.among(opening, ("mostly", "partly"))


def _most_before(scene: Scene, field: Field, chain: list[Mention]) -> bool:
    """`he said that most came from the rivers of Ucayali and that 29 were women`: in the clause before, on most."""
    gap = range(chain[-1].last, field.amount.first)
    joined = any(scene.joins(place) and scene.isa(place + 1, "that_words") for place in gap)
    return joined and scene.has("mostly", max(chain[0].first - _MOST, 0), chain[0].first)


def _dispatched(scene: Scene, chain: list[Mention]) -> bool:
    """`officers sent from Lima`."""
    first, verb = chain[0].first, scene.isa(chain[-1].last, "joining_in")
    return scene.isa(first - 1, "origins") and (verb or scene.isa(first - 2, "dispatched"))


def inside_clause(scene: Scene, lead: int, first: int) -> bool:
    """`Units exist in Lima and five regions; it has 50 officers`, `Most took place in Ica (11) and those held are 3`.

    Whether the place before the first number belongs to its clause, or to a part of what that counts, and no further.
    """
    chains = chains_within(scene, 0, lead)
    if not chains or chains[0][0].first <= _FRONT or _fronts(scene, chains[0][0].first):
        return False
    most = scene.has("mostly", 0, _FRONT) and scene.begins_clause(lead, first)
    return most or scene.has(";", chains[0][-1].last, first)


def opens(scene: Scene, last: int) -> bool:
    """`Cusco ...`, `The region of Cusco ...`: whether a sentence opens with the place that begins here."""
    return all(scene.among(place, ("determiners", "of", "zone_nouns", "region_nouns")) for place in range(last))


def _fronts(scene: Scene, last: int) -> bool:
    """`In the northern city of Trujillo, ...`: nothing but what leads up to a place at the head of a sentence."""
    kinds = ("determiners", "of", "zone_nouns", "region_nouns", "modifiers", "prepositions")
    return scene.isa(0, "locatives") and all(scene.among(place, kinds) for place in range(last))


def _numbered(scene: Scene, place: int) -> bool:
    """`..., behind Lima (241)`, `only behind Lima, which had 402`: a place with a number of its own."""
    for inner in range(place, min(place + _WINDOW, len(scene.tokens))):
        if scene.tokens[inner].kind == NUMBER:
            return True
        verb = scene.isa(inner - 1, "relatives") and inner > place
        light = verb or scene.word(inner) in {",", "("} or scene.among(inner, _LEADING)
        if not light and not scene.within(inner, inner + 1, "qualifier"):
            return False
    return False


def origin(scene: Scene, chain: list[Mention]) -> bool:
    """`women from Loreto`: where those counted come from; not `bars of La Pampa`, `in the province of Loreto`."""
    place = chain[0].first - 1
    if scene.isa(place, "of") and scene.among(place - 1, ("zone_nouns", "region_nouns")):
        place -= 1  # `from the highland cities of Cusco and Puno`
    while place >= 0 and (scene.isa(place, "zone_nouns") or scene.isa(place, "region_nouns")):
        place -= 1 + scene.isa(place - 1, "determiners")
    while scene.isa(place, "determiners") and not scene.isa(place, "origins"):
        place -= 1
    if not scene.isa(place, "origins"):
        return False
    if scene.isa(place - 1, "copulas"):
        return True  # `eight of those freed were from Loreto`
    if scene.word(place - 1) == "," and scene.has("hailing", 0, place):
        return True  # `20 come from Cusco and the rest, from Puno`
    if scene.word(place - 1) == ",":  # `come, above all, from Puno`
        opened = next((p for p in range(place - 2, place - _FRONT - 2, -1) if scene.word(p) == ","), place)
        if scene.isa(opened - 1, "comers"):
            return True
    if scene.isa(place, "comers") and any(field.amount.last == place - 1 for field in scene.fields):
        return True  # `two sisters from Satipo`
    before = scene.within(place - 3, place, "person")
    return bool(before and before[-1].last == place) or scene.isa(place - 1, "comers") or scene.isa(place - 2, "comers")


def origins(scene: Scene, first: int, last: int) -> bool:
    """Whether all places between two tokens are places of origin."""
    chains = chains_within(scene, first, last)
    return bool(chains) and all(origin(scene, chain) for chain in chains)


def bound(scene: Scene, first: int, last: int, area: str) -> bool:
    """Whether a place between two tokens is only where someone was to be taken: `a ser llevadas a Lima`."""
    chains = [chain for chain in chains_within(scene, first, last) if codes(chain) == area]
    return bool(chains) and all(towards(scene, chain) for chain in chains)


def towards(scene: Scene, chain: list[Mention]) -> bool:
    """`as far as Piura and Chiclayo`, `to be taken to Lima`."""
    place = chain[0].first - 1
    home = scene.inside.get(place - 1) if scene.isa(place, "of") else None
    if home is not None and home.facts.get("act") == "victims_assisted" and scene.has("taking", home.first, home.last):
        return True  # `taken to a shelter in Chiclayo`
    if home is not None and home.facts.get("indicator") == "shelters":
        place = home.first - 1
    while scene.isa(place, "determiners") or scene.isa(place, "zone_nouns"):
        place -= 1
    if scene.isa(place, "towards"):
        return True
    return scene.isa(place, "objects") and scene.has("taking", place - 4, place)


def told(scene: Scene) -> list[list[Mention]]:
    """The places of a sentence where something happens, those that people only come from aside."""
    chains = chains_within(scene, 0, len(scene.tokens))
    return [
        chain for chain in chains if not (origin(scene, chain) or towards(scene, chain) or _dispatched(scene, chain))
    ]


def alone(scene: Scene) -> bool:
    """`LIMA.`, `Lima, Jul. 30.`: a dateline of the capital in a sentence of its own tells nothing."""
    if (
        len(scene.tokens) > _LONGEST_DATELINE
        or scene.word(len(scene.tokens) - 1) != "."
        or codes_named(scene) != [CAPITAL]
    ):
        return False
    named = [m for fact in ("area", "period") for m in scene.within(0, len(scene.tokens), fact)]
    covered = {place for mention in named for place in range(mention.first, mention.last)}
    return all(token.kind == MARK or place in covered for place, token in enumerate(scene.tokens))


def codes_named(scene: Scene) -> list[str]:
    """The regions of a sentence, each once, in order."""
    return list(dict.fromkeys(str(mention.facts["area"]) for mention in scene.named("area")))
