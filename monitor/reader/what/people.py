"""What the words around a number say of the people counted: sex, age and citizenship."""

from __future__ import annotations

import itertools

from monitor.reader.sentence.lexicon import Facts
from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Field, Scene
from monitor.reader.sentence.tokens import WORD
from monitor.reader.what import nations
from monitor.reader.what.aged import age, begins, nearest_age, of_one_age, told_age
from monitor.reader.what.around import share_of_most, told_from
from monitor.reader.what.harmed import their_victims

_KNOWN = ("determiners", "of", "copulas", "relatives", "prepositions", "pronouns", "separators", "adverbs", "modifiers")
_NEAR = 8  # tokens between `a` and the noun it belongs to
_ASIDES = 3  # commas behind which people named before a number are no longer those counted
_BASE = 3  # tokens between `among` and the foreigners
_PHRASE = 7  # words that the noun phrase of a number may take


def people(scene: Scene, field: Field) -> dict[str, str]:
    """Sex, age and citizenship that a field names; what it names differently is left out."""
    first, last = max(field.first, told_from(scene, field)), _before_parts(scene, field)
    mentions = [
        mention
        for mention in scene.within(first, last, "group")
        if mention.facts["group"] in {"people", "heads", "ages"}
        and _counts(scene, mention)
        and not nations.came_back(scene, field, mention)
        and _speaks_of(scene, field, mention)
        and not _some_and_others(scene, field, mention)
    ]
    if _of_thing(scene, field):
        mentions = [m for m in mentions if m.first >= field.amount.last or _is_for(scene, field, m)]
    elif _named_after(scene, field):
        after = field.amount.last
        mentions = [
            m for m in mentions if m.first >= after or m.facts["group"] == "ages" or _summed_up(scene, field, m)
        ]
    found: dict[str, str] = {}
    for slot, choose in (("sex", _only), ("age", age), ("citizenship", nations.joined)):
        named = [
            mention
            for mention in mentions
            if slot in mention.facts and not (slot == "sex" and _agrees(scene, field, mention))
        ]
        named = _without_base(scene, field, named) if slot == "citizenship" else named
        named = _closest(scene, field, named)
        if slot == "age" and named:
            named = nearest_age(scene, field, named)
        said = [told_age(scene, field, m) if slot == "age" else str(m.facts[slot]) for m in named]
        if said:
            found[slot] = choose(said)
    if "sex" not in found and _feminine(scene, field):
        found["sex"] = "F"
    found.setdefault("age", of_one_age(scene, field))
    _united(scene, mentions, found)
    told = scene.within(first, last, "country")
    told = [m for m in told if m.first <= field.amount.last or not _behind(scene, field, m)]
    countries = nations.named(scene, field, told) if told else []
    bracketed = any(m.last + 1 == field.amount.first and scene.word(m.last) == "(" for m in told)
    base = found.get("citizenship") == "foreign" and (field.amount.unit == "percent" or bracketed)
    if countries and ("citizenship" not in found or base):
        found["citizenship"] = nations.joined(countries)
    if "citizenship" in found:
        found["citizenship"] = nations.joined([found["citizenship"], *nations.behind(scene, mentions, last)])
    return {slot: value for slot, value in found.items() if value}


def _named_after(scene: Scene, field: Field) -> bool:
    """`the woman and three other people`: the noun behind the number says who is counted, not the one before."""
    first = field.amount.last
    if field.amount.unit != "count":
        return False
    return any(mention.concept in {"people", "suspects"} for mention in scene.within(first, first + 2, "person"))


def _summed_up(scene: Scene, field: Field, mention: Mention) -> bool:
    """`the minors are many, for the figure comes to 638 people`: the same people."""
    gap = range(mention.last, field.amount.first)
    relative = any(scene.isa(place, "relatives") for place in gap) and any(scene.isa(p, "sums") for p in gap)
    return relative or any(scene.isa(place, "number_nouns") for place in gap)


def _of_thing(scene: Scene, field: Field) -> bool:
    """`Women can turn to 226 centres`: what is said before a number of things is not said of them."""
    noun = scene.starts.get(field.amount.last)
    return (
        noun is not None
        and noun.facts["group"] == "heads"
        and not noun.facts.get("person")
        and noun.concept == "shelters"
    )


def _is_for(scene: Scene, field: Field, mention: Mention) -> bool:
    """`For girls there are seven homes`: whom they are for, said before the number."""
    led = mention.first - 1 - scene.isa(mention.first - 1, "determiners")
    return scene.isa(led, "views") and scene.has("existing", mention.last, field.amount.first)


def _before_parts(scene: Scene, field: Field) -> int:
    """Where the field begins to speak of parts without a number: `52 centres, including some for boys`."""
    parts = [
        mention.first
        for mention in scene.within(field.amount.last + 1, field.last, "link")
        if mention.facts["link"] == "part" and not _of_a_noun(scene, mention)
    ]
    return min(parts, default=field.last)


def _of_a_noun(scene: Scene, link: Mention) -> bool:
    """`90% de las víctimas de estos delitos`: the demonstrative has a noun, and stands for no whole."""
    place = link.last
    if not scene.isa(place - 1, "definite") or place >= len(scene.tokens) or scene.tokens[place].kind != WORD:
        return False
    return not any(scene.isa(place, kind) for kind in ("copulas", "relatives", "separators", "prepositions", "adverbs"))


def _counts(scene: Scene, mention: Mention) -> bool:
    """Whether a nationality is said of people: not in `the Peruvian navy` or `el gobierno boliviano`."""
    if "citizenship" not in mention.facts or mention.last - mention.first > 1:
        return True
    if scene.word(mention.first).endswith(tuple(scene.words.grammar["plural_endings"])) and _numbered(scene, mention):
        return True  # `two Peruvians believed to ...`
    if scene.isa(mention.last, "nationality_nouns"):
        return True  # `three men of Haitian nationality`
    if scene.among(mention.first - 1, ("region_nouns", "zone_nouns")) or nations.of_a_gang(scene, mention):
        return False  # `la región peruana de ...`
    noun = scene.isa(mention.first - 1, "descent") or any(
        field.amount.last == mention.first - 1 for field in scene.fields
    )  # `two drivers from Peru`
    return not _strange(scene, mention.last) and (noun or not _strange(scene, mention.first - 1))


def _numbered(scene: Scene, mention: Mention) -> bool:
    return any(field.amount.last == mention.first for field in scene.fields)


def _closest(scene: Scene, field: Field, mentions: list[Mention]) -> list[Mention]:
    """Those in the noun phrase of the number itself, if any: `345 cases of men`, whatever was said before."""
    first = field.amount.last
    close = [mention for mention in mentions if first <= mention.first < first + _PHRASE]
    return [m for m in close if not any(_breaks(scene, p) for p in range(first, begins(scene, m)))] or mentions


def _facts(scene: Scene, place: int) -> Facts:
    mention = scene.inside.get(place)
    return mention.facts if mention is not None else {}


def _without_base(scene: Scene, field: Field, named: list[Mention]) -> list[Mention]:
    """`85% of foreign victims were Venezuelan`: the nation, not the foreigners that the number is a part of."""
    amount = field.amount

    def base(mention: Mention) -> bool:
        beside = (scene.joins(mention.first - 1), mention.first - 2), (scene.joins(mention.last), mention.last + 1)
        both = any(joint and "citizenship" in _facts(scene, place) for joint, place in beside)
        if mention.facts["citizenship"] != "foreign" or both:  # `81% of Peruvian and foreign victims`
            return False
        if mention.last <= amount.first and any(other.first >= amount.last for other in named):
            return True  # `They freed foreigners, too: 14 came from Venezuela`
        if mention.first >= amount.last:
            return amount.unit == "percent" and scene.isa(amount.last, "of")
        opened = scene.has("of", mention.first - _BASE, mention.first)
        return opened and scene.has(",", mention.last, amount.first)  # `Among foreign victims, Cubans (12) ...`

    return [mention for mention in named if not base(mention)] or named


def _some_and_others(scene: Scene, field: Field, mention: Mention) -> bool:
    """`120 victims, some Peruvian and others Venezuelan`: neither is said of all."""
    near = range(max(field.amount.last, mention.first - _PHRASE), mention.first + _PHRASE)
    return scene.isa(mention.first - 1, "somes") and sum(scene.isa(place, "somes") for place in near) > 1


def _breaks(scene: Scene, place: int) -> bool:
    if scene.joins(place) and scene.isa(place + 1, "determiners"):
        return True
    return scene.word(place) in {",", ";", "("} or scene.isa(place, "copulas") or scene.isa(place, "relatives")


def _feminine(scene: Scene, field: Field) -> bool:
    """`una boliviana`; `nine adolescents who were exploited`, where only the participle tells their sex."""
    first = field.amount.last
    noun = scene.starts.get(first)
    if noun is not None and "citizenship" in noun.facts and field.amount.unit == "count":
        ends = scene.word(noun.last - 1).endswith(tuple(scene.words.grammar["feminine_plurals"]))
        following = scene.starts.get(noun.last + 1)
        both = scene.joins(noun.last) and following is not None and "citizenship" in following.facts
        agrees = (
            both
            or _predicated(scene, noun)
            or _of_nationality(scene, noun)
            or any(_is_feminine(scene, place) for place in range(first))
        )
        return not agrees and ((ends and noun.last - first == 1) or scene.isa(field.amount.first, "feminine_one"))
    if not scene.isa(first, "epicenes") or field.amount.unit != "count":
        return False
    nation = scene.starts.get(first + 1)
    ends = scene.word(first + 1).endswith(tuple(scene.words.grammar["feminine_plurals"]))
    told = nation is not None and "citizenship" in nation.facts and ends
    if told or scene.isa(field.amount.first, "feminine_one") or scene.isa(field.amount.first - 1, "feminine_articles"):
        return True  # `seis menores extranjeras`, `una menor`, `las cinco menores`
    endings = tuple(scene.words.grammar["feminine_endings"])
    for place in range(first + 1, field.last):
        if scene.word(place) in {",", ";", ":"} or scene.isa(place, "feminine_nouns"):
            return _resumed(scene, place + 1, field.last, endings)
        told = place in scene.inside or scene.isa(place - 1, "copulas")
        if scene.word(place).endswith(endings) and told:
            return not any("sex" in m.facts for m in scene.within(first, place, "person"))
    return False


def _resumed(scene: Scene, first: int, last: int, endings: tuple[str, ...]) -> bool:
    """`ten minors, the youngest of 13, fueron liberadas`: the verb behind what stands between commas."""
    comma = next((place for place in range(first, last) if scene.word(place) == ","), last)
    return bool(endings) and scene.isa(comma + 1, "copulas") and scene.word(comma + 2).endswith(endings)


def _is_feminine(scene: Scene, place: int) -> bool:
    """`víctimas`, `personas`; not in `trata de personas`."""
    return scene.isa(place, "feminine_nouns") and "topic" not in _facts(scene, place)


def _agrees(scene: Scene, field: Field, mention: Mention) -> bool:
    """Whether a feminine nationality only agrees with a noun: `las víctimas son peruanas`, not `12 peruanas`."""
    nationality = (
        mention.facts["group"] == "people" and "citizenship" in mention.facts and mention.last - mention.first == 1
    )
    if nationality and _of_women(scene, field, mention):
        return False
    own = scene.isa(field.amount.first - 1, "objects") and any(scene.within(field.first, field.amount.first, "act"))
    begin = field.first if own else 0  # `han llegado 40 víctimas, y se identificó a 14 bolivianas`
    noun = any(_is_feminine(scene, place) for place in range(begin, field.amount.first))
    noun = noun or (nationality and (_predicated(scene, mention) or _of_nationality(scene, mention)))
    gap = range(mention.last, field.amount.first)
    kinds = ("copulas", "determiners", "adverbs")
    share = field.amount.unit == "percent" and all(scene.word(p) == "," or scene.among(p, kinds) for p in gap)
    led = mention.first - 1 - scene.isa(mention.first - 1, "modifiers")  # `las demás bolivianas`
    if nationality and not noun and not share and scene.isa(led, "definite"):
        return False  # `the Bolivians (women) were 40`; but `las peruanas son el 79%`, as of victims
    return nationality and (noun or mention.first != field.amount.last or field.amount.unit != "count")


def _of_women(scene: Scene, field: Field, mention: Mention) -> bool:
    """`14 ciudadanas bolivianas`: behind a noun that is said of women only."""
    noun = scene.starts.get(field.amount.last)
    told = noun is not None and noun.last == mention.first and noun.concept == "people"
    ends = scene.word(mention.first - 1).endswith(tuple(scene.words.grammar["feminine_plurals"]))
    return told and ends and not scene.isa(mention.first - 1, "feminine_nouns")


def _of_nationality(scene: Scene, mention: Mention) -> bool:
    """`Nacionalidad: peruana 1 310; extranjera 214`: the adjective agrees with the word for nationality."""
    if scene.word(mention.last) == ":" and not scene.word(mention.first).endswith("s"):
        return True  # `Peruana: 118`, in a list by nationality
    heads = [place for place in scene.places("nationality_nouns") if place < mention.first]
    return bool(heads) and heads[-1] == 0 and scene.word(1) == ":"


def _predicated(scene: Scene, mention: Mention) -> bool:
    """`290 son peruanas, 71 venezolanas`: a list that begins with a nation behind a verb, as of victims before it."""
    before = [m for m in scene.within(0, mention.first, "citizenship") if scene.isa(m.first - 1, "copulas")]
    return bool(before) and any(field.amount.last == before[0].first - 1 for field in scene.fields)


def _speaks_of(scene: Scene, field: Field, mention: Mention) -> bool:
    """Whether people named so far off can be those counted: not behind commas, nor in a clause that follows."""
    if mention.last + 1 == field.amount.first and scene.word(mention.last) == "(":
        return True  # `most were Peruvian (508)`
    if _of_most(scene, field, mention) or _of_part(scene, field, mention) or _taught(scene, field, mention):
        return False
    after = range(mention.last, mention.last + 4)
    ended = next((place for place in after if scene.word(place) in {";", ","} or scene.joins(place)), after.stop)
    if scene.has("mostly_after", mention.last, ended) and not share_of_most(scene, field, mention):
        return False
    if mention.first < field.amount.first:
        if _other_act(scene, mention.last, field.amount.first) and not _of_them(scene, field):
            return False
        return sum(scene.word(place) == "," for place in range(mention.last, field.amount.first)) < _ASIDES
    apposed = field.amount.article and scene.isa(field.amount.last, "indefinites")  # `and one a minor`
    return (apposed and mention.first == field.amount.last + 1) or not _behind(scene, field, mention)


def _of_them(scene: Scene, field: Field) -> bool:
    """`every child was to be lodged, and it took in 73 of them`: the people named before, in the only clause before."""
    link = scene.starts.get(field.amount.last)
    return field.first == 0 and link is not None and scene.isa(link.last - 1, "pronouns")


def _of_most(scene: Scene, field: Field, mention: Mention) -> bool:
    """`mostly women`; `came from abroad, above all from Ecuador`."""
    first = mention.first - _BASE
    mostly = any(scene.isa(p, "mostly_after") and p not in scene.inside for p in range(first, mention.first))
    if mostly or scene.has("mostly", first, mention.first):  # `en su mayor parte mujeres`
        return True
    return (
        "citizenship" in mention.facts
        and mention.first > field.amount.last
        and bool(scene.partial(first, mention.first))
    )


def _taught(scene: Scene, field: Field, mention: Mention) -> bool:
    """`trained 300 teachers to detect the recruitment of children`: what the training is about."""
    first = field.amount.last
    if mention.first < first or not scene.has("purposes", first, mention.first):
        return False
    return any(act.facts["act"] == "trained" for act in scene.within(0, field.last, "act"))


def _of_part(scene: Scene, field: Field, mention: Mention) -> bool:
    """`Most of the 300 victims were women`: what the verb says is said of a part of the number."""
    first = field.amount.first
    part = any(scene.isa(place, "partly") or scene.isa(place, "mostly") for place in range(first - 4, first - 1))
    leads = part and (scene.isa(first - 1, "determiners") or scene.isa(first - 1, "of"))
    return leads and scene.has("copulas", field.amount.last, mention.first)


def _behind(scene: Scene, field: Field, mention: Mention) -> bool:
    """Whether people named after a number stand in a clause of their own."""
    gap = range(field.amount.last, mention.first)
    if any(scene.word(place) == "," and scene.word(place + 1) in scene.words.articles for place in gap):
        return True  # `three women, one a minor`
    apart = scene.has("where", gap.start, gap.stop)  # `four were held for guarding bars where girls were exploited`
    apart = apart or scene.has("followers", gap.start, gap.stop)  # `Bolivians are most, with 47, followed by Cubans`
    apart = apart or any(scene.isa(place, "meanwhile") or scene.word(place) == ";" for place in gap)
    those = any(scene.isa(p, "relatives") and scene.isa(p - 1, "definite") for p in gap if p > gap.start)
    apart = apart or (those and scene.has(",", gap.start, gap.stop))  # `..., so that those who are 18 to 29 ...`
    if apart or _of_another(scene, gap) or their_victims(scene, field, mention):
        return True
    # `..., who ...`; `of the 14 homes, none takes in men`
    commas = [place for place in gap if scene.word(place) == ","]
    if any(_any_relative(scene, place + 1) or scene.isa(place + 1, "nothings") for place in commas):
        return True
    if any(mention.concept == "fraction" for mention in scene.within(gap.start, gap.stop, "exclude")):
        return True  # `eight of ten were women, and half were ...`
    relatives = any(scene.isa(place, "relatives") for place in gap)
    if relatives and scene.word(mention.first - 1) in scene.words.articles:
        return True  # `traffickers who exploited a girl`
    return scene.begins_clause(field.amount.last, mention.first)


def _of_another(scene: Scene, gap: range) -> bool:
    """`arrested 14 people and took a baby`: one more person, at the end of what stands between."""
    near = range(max(gap.start, gap.stop - _NEAR), gap.stop)
    apart = [place for place in near if scene.isa(place, "indefinites") and "sex" not in _facts(scene, place)]
    return any(not scene.isa(place - 1, "copulas") for place in apart)


def _other_act(scene: Scene, first: int, last: int) -> bool:
    """`found a minor and freed 12 women`: an `and` and another act between."""
    acts = [mention.first for mention in scene.within(first, last, "act")]
    return bool(acts) and any(scene.joins(place) for place in range(first, acts[-1]))


def _any_relative(scene: Scene, place: int) -> bool:
    return scene.has("relatives", place, place + 3)


def _strange(scene: Scene, place: int) -> bool:
    """Whether a word at this place is one that nothing is known of."""
    if not 0 <= place < len(scene.tokens) or scene.tokens[place].kind != WORD:
        return False
    around = [mention for mention in scene.mentions if mention.first <= place < mention.last]
    if around or scene.word(place) in scene.words.values:
        return any(mention.facts["group"] == "providers" for mention in around)
    verb = scene.word(place).endswith(tuple(scene.words.grammar["verb_endings"]))  # `the foreign victims jumped to ...`
    return not verb and not scene.among(place, _KNOWN) and not scene.isa(place, "mostly")


def _only(said: list[str]) -> str:
    return said[0] if len(set(said)) == 1 else ""


def _united(scene: Scene, mentions: list[Mention], found: dict[str, str]) -> None:
    """`women and children` are neither all women nor all children."""
    named = [
        mention for mention in mentions if mention.facts["group"] == "people" and {"sex", "age"} & mention.facts.keys()
    ]
    for one, two in itertools.pairwise(named):
        if two.first - one.last <= 2 and scene.isa(two.first - 1, "separators"):
            for slot in ("sex", "age"):
                if one.facts.get(slot) != two.facts.get(slot):
                    found.pop(slot, None)
    natives = [mention for mention in mentions if "citizenship" in mention.facts]
    for one, two in itertools.pairwise(natives):
        same = one.facts["citizenship"] == two.facts["citizenship"] and one.facts.get("sex") != two.facts.get("sex")
        the = scene.isa(two.first - 1, "definite")
        if same and two.first - one.last <= 1 + the and scene.joins(two.first - 1 - the):
            found.pop("sex", None)  # `peruanas y peruanos`
