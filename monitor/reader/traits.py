"""What a stretch of words says of sex, age, citizenship, form, place, time and source."""

from __future__ import annotations

from monitor.reader.mentions import Mention
from monitor.reader.periods import Moment, resolve
from monitor.reader.scene import Field, Scene
from monitor.reader.tokens import WORD

_KNOWN = ("determiners", "of", "copulas", "relatives", "prepositions", "pronouns", "separators", "adverbs", "modifiers")
_ASIDES = 3  # commas behind which people named before a number are no longer those counted
_PHRASE = 7  # words that the noun phrase of a number may take
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


def people(scene: Scene, field: Field) -> dict[str, str]:
    """Sex, age and citizenship that a field names; what it names differently is left out."""
    first, last = field.first, _before_parts(scene, field)
    mentions = [
        mention
        for mention in scene.within(first, last, "group")
        if mention.facts["group"] in {"people", "heads", "ages"}
        and _counts(scene, mention)
        and _speaks_of(scene, field, mention)
    ]
    found: dict[str, str] = {}
    for slot, choose in (("sex", _only), ("age", _age), ("citizenship", _citizenship)):
        named = [
            mention for mention in mentions if slot in mention.facts and not (slot == "sex" and _agrees(field, mention))
        ]
        named = _closest(scene, field, named)
        said = [_band(mention) if slot == "age" else mention.facts[slot] for mention in named]
        if said:
            found[slot] = choose(said)
    _united(scene, mentions, found)
    countries = _countries(scene, first, last)
    if countries and "citizenship" not in found:
        found["citizenship"] = _citizenship(countries)
    return {slot: value for slot, value in found.items() if value}


def _before_parts(scene: Scene, field: Field) -> int:
    """Where the field begins to speak of parts without a number: `52 centres, including some for boys`."""
    parts = [
        mention.first
        for mention in scene.within(field.amount.last + 1, field.last, "link")
        if mention.facts["link"] == "part"
    ]
    return min(parts, default=field.last)


def _counts(scene: Scene, mention: Mention) -> bool:
    """Whether a nationality is said of people: not in `the Peruvian navy` or `el gobierno boliviano`."""
    if "citizenship" not in mention.facts or mention.last - mention.first > 1:
        return True
    return not _strange(scene, mention.last) and not _strange(scene, mention.first - 1)


def _closest(scene: Scene, field: Field, mentions: list[Mention]) -> list[Mention]:
    """Those in the noun phrase of the number itself, if any: `345 cases of men`, whatever was said before."""
    first = field.amount.last
    close = [mention for mention in mentions if first <= mention.first < first + _PHRASE]
    return [m for m in close if not any(_breaks(scene, place) for place in range(first, m.first))] or mentions


def _breaks(scene: Scene, place: int) -> bool:
    if scene.joins(place) and scene.isa(place + 1, "determiners"):
        return True
    return scene.word(place) in {",", ";", "("} or scene.isa(place, "copulas") or scene.isa(place, "relatives")


def _agrees(field: Field, mention: Mention) -> bool:
    """Whether a feminine nationality only agrees with a noun: `las víctimas son peruanas`, not `12 peruanas`."""
    nationality = (
        mention.facts["group"] == "people" and "citizenship" in mention.facts and mention.last - mention.first == 1
    )
    return nationality and (mention.first != field.amount.last or field.amount.unit != "count")


def _speaks_of(scene: Scene, field: Field, mention: Mention) -> bool:
    """Whether people named at this distance can be those counted: not behind two commas, nor in a clause that follows."""
    if any(scene.isa(place, "mostly") for place in range(mention.first - 3, mention.first)):
        return False
    if any(scene.isa(place, "mostly_after") for place in range(mention.last, mention.last + 4)):
        return False
    if mention.first < field.amount.first:
        return sum(scene.word(place) == "," for place in range(mention.last, field.amount.first)) < _ASIDES
    gap = range(field.amount.last, mention.first)
    aside = any(scene.word(place) == "," and _any_relative(scene, place + 1) for place in gap)
    return not aside and not _new_clause(scene, field.amount.last, mention.first)


def _any_relative(scene: Scene, place: int) -> bool:
    return any(scene.isa(inner, "relatives") for inner in range(place, place + 3))


def _new_clause(scene: Scene, first: int, last: int) -> bool:
    """`... were women and the regions with most were`: an `and` and a verb between begin another statement."""
    joints = [place for place in range(first, last) if scene.joins(place)]
    return bool(joints) and any(scene.isa(place, "copulas") for place in range(joints[0], last))


def _strange(scene: Scene, place: int) -> bool:
    """Whether a word at this place is one that nothing is known of."""
    if not 0 <= place < len(scene.tokens) or scene.tokens[place].kind != WORD:
        return False
    around = [mention for mention in scene.mentions if mention.first <= place < mention.last]
    if around or scene.word(place) in scene.words.values:
        return any(mention.facts["group"] == "providers" for mention in around)
    return not any(scene.isa(place, kind) for kind in _KNOWN)


def _only(said: list[str]) -> str:
    return said[0] if len(set(said)) == 1 else ""


def _united(scene: Scene, mentions: list[Mention], found: dict[str, str]) -> None:
    """`women and children` are neither all women nor all children."""
    named = [
        mention for mention in mentions if mention.facts["group"] == "people" and {"sex", "age"} & mention.facts.keys()
    ]
    for one, two in zip(named, named[1:], strict=False):
        if two.first - one.last <= 2 and scene.isa(two.first - 1, "separators"):
            for slot in ("sex", "age"):
                if one.facts.get(slot) != two.facts.get(slot):
                    found.pop(slot, None)


def _band(mention: Mention) -> str:
    """The code of an age, with the numbers of the phrase put in."""
    numbers = [int(value) for _, value in mention.slots]
    kind = mention.facts["age"]
    if kind in {"band", "pair"}:
        return f"Y{numbers[0]}T{numbers[1]}"
    if kind == "under":
        return "Y0T17" if numbers[0] == 18 else f"Y_LT{numbers[0]}"
    if kind == "over":
        return "Y_GE18" if numbers[0] in {17, 18} else f"Y_GE{numbers[0] + 1}"
    return f"Y_GE{numbers[0]}" if kind == "over_equal" else str(kind)


def _age(said: list[str]) -> str:
    """The most exact of the ages named, none where they contradict each other."""
    exact = [age for age in said if age not in {"Y0T17", "Y_GE18", "Y_GE60"}]
    if exact:
        return exact[0]
    return said[0] if len(set(said)) == 1 else ""


def _citizenship(said: list[str]) -> str:
    named = set(said)
    if len(named) == 1:
        return said[0]
    if "PE" in named:
        return ""
    specific = named - {"foreign"}
    return specific.pop() if len(specific) == 1 and said[0] != "foreign" else "foreign"


def _countries(scene: Scene, first: int, last: int) -> list[str]:
    found: list[str] = []
    before = -1
    for mention in scene.within(first, last, "country"):
        word = scene.word(mention.first - 1)
        if mention.facts["country"] == "PE":
            continue
        named = mention.facts["country"] != "foreign"
        chained = named and found and mention.first - before <= 2
        if chained or word in scene.words.grammar["origins"] or (named and word in {"(", ","}):
            found.append(str(mention.facts["country"]))
            before = mention.last
    return found


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
    national = nearest(scene, field, countries)
    if chain is None:
        return None if national is None else national.facts["country"].replace("foreign", "") or None
    codes = {code for mention in chain for code in mention.facts["area"].split("+")}
    return "+".join(sorted(codes))


def _dateline(scene: Scene, mention: Mention) -> bool:
    """`Lima - The ministry ...`: where a text was written, not what it speaks of."""
    return mention.first <= 1 and scene.word(mention.last) in {"-", "|", "("}


def _longer_name(scene: Scene, mention: Mention) -> bool:
    """`Santa Rosa`, `San Martín Vásquez`: a capital right after makes it another name."""
    if mention.last >= len(scene.tokens):
        return False
    following = scene.tokens[mention.last]
    return following.capital and following.kind == WORD and mention.last not in scene.starts


def _reaches(scene: Scene, field: Field, chain: list[Mention]) -> bool:
    """A place before the number counts with a preposition (`in Lima, ...`), or near by (`Lima had 350`)."""
    if chain[0].first >= field.amount.last:
        return not _new_clause(scene, field.amount.last, chain[0].first)
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


def period(scene: Scene, field: Field, span: tuple[int, int], moment: Moment) -> tuple[bool, str | None]:
    """Whether the words between two tokens speak of a time, and the period they name."""
    mentions = [
        mention
        for mention in scene.within(*span, "period")
        if not _dates_a_document(scene, mention) and not _aside(scene, field, mention)
    ]
    if not mentions:
        return False, None
    stated = _year(mentions)
    inner = Moment(moment.published, stated or moment.year, moment.period, moment.assumed, stated)
    best = min(mentions, key=lambda mention: distance(scene, field, mention) - 3 * _exact(mention))
    return True, resolve(best, inner)


def plain_period(scene: Scene, moment: Moment) -> tuple[bool, str | None]:
    """Whether a sentence names a period at all, and the last year or range that it names; dates of documents are none."""
    mentions = [mention for mention in scene.mentions if "period" in mention.facts]
    if not mentions:
        return False, None
    named = None if _dates_a_document(scene, mentions[-1]) else resolve(mentions[-1], moment)
    return True, named if named is not None and (len(named) == 4 or "/" in named) else None


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


def _aside(scene: Scene, field: Field, mention: Mention) -> bool:
    """`446, though they were closed from March`: a remark after the number speaks of something else."""
    return any(scene.isa(place, "subordinators") for place in range(field.amount.last, mention.first))


def _exact(mention: Mention) -> int:
    return mention.facts["period"] not in {"that_year", "same_year", "yesterday", "this_month"}


def last_year(scene: Scene) -> int | None:
    """The last year that a sentence names."""
    return _year(scene.within(0, len(scene.tokens), "period"))


def _year(mentions: list[Mention]) -> int | None:
    years = [int(value) for mention in mentions for slot, value in mention.slots if slot == "year"]
    return years[-1] if years else None


def _dates_a_document(scene: Scene, mention: Mention) -> bool:
    """`a report issued in 2014`, `Ley 28950 de 2007`: the date of a document is no period of a figure."""
    before = [place for place in range(mention.first - 3, mention.first) if place >= 0]
    return any(scene.isa(place, "documents") for place in before) or any(
        scene.starts.get(place) is not None and scene.starts[place].concept == "law" for place in before
    )
