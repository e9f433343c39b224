"""Whether a text concerns Peru: its territory, its people abroad, its authorities."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from dataclasses import dataclass
from functools import cache

from monitor.reader.language import fold, languages, read_tables
from monitor.reader.relevance.terms import Hit

# "shared": places of other countries too; "weak": what is not a name of Peru
OURS = ("names", "people", "places", "shared", "weak")
SURE = ("names", "people", "places")
AREAS = ("places", "shared", "weak")  # no countries
LISTED = 4  # countries named one after the other that make a list
MANY = 3  # other countries in a run that count as one
PEOPLE = " people"  # ends the class of those of another country: Venezuelan women may be held in any country
PERSONS = 2  # mentions that a Peruvian, or what is Peruvian, is worth
BESIDE = 2  # tokens from a city to its country
TOLD = 2  # what a mention in a sentence that tells of the crime counts for
GAP = 4  # tokens between two countries of a list
SHARE = 0.25  # of all mentions of countries that Peru must exceed
ENOUGH = 4  # mentions of Peru that need no share
HOME = "PE"
WORLD = "world"  # stands among the countries for what is said of all of them


@dataclass(frozen=True, slots=True)
class Place:
    """Whether a text concerns Peru, and the reason in words."""

    peru: bool
    reason: str


@cache
def place_phrases() -> dict[str, list[str]]:
    """Give the names of Peru and of the other countries by class, those of all languages together."""
    phrases: dict[str, list[str]] = {}
    for language in languages():
        table = read_tables(language).get("relevance", {})
        for kind in OURS:
            phrases.setdefault(kind, []).extend(table.get("peru", {}).get(kind, ()))
        for country, names in table.get("countries", {}).items():
            phrases.setdefault(country, []).extend(names)
        for country, names in table.get("peoples", {}).items():
            phrases.setdefault(country + PEOPLE, []).extend(names)
    return phrases


@cache
def _streets() -> tuple[frozenset[str], frozenset[str]]:
    """Give the words beside the name of a country that make it that of a street, and those that may stand between."""
    tables = [read_tables(language).get("relevance", {}).get("peru", {}) for language in languages()]
    words, between = (
        [fold(word) for table in tables for word in table.get(name, ())] for name in ("streets", "streets_of")
    )
    return frozenset(words), frozenset(between)


def _is_street(hit: Hit, tokens: list[str]) -> bool:
    streets, between = _streets()
    before = hit.start - (3 if hit.start > 1 and tokens[hit.start - 2] in between else 1)
    return tokens[max(before, 0)] in streets or (hit.end + 1 < len(tokens) and tokens[hit.end + 1] in streets)


def read_place(
    found: dict[str, list[Hit]], tokens: list[str], title_length: int, told: frozenset[int], stops: list[int]
) -> Place:
    """Judge from the places and people that a text names; the first `title_length` tokens are its title.

    `stops` are the tokens that end sentences, and `told` the numbers of the sentences that tell of the crime: what
    is named in these counts for more.
    """
    known = place_phrases()
    countries = [hit for kind, hits in found.items() if kind in known and kind not in AREAS for hit in hits]
    countries = [hit for hit in countries if hit.kind in OURS or not _is_street(hit, tokens)]
    runs = _runs(sorted(countries, key=lambda hit: hit.start))
    listed = {hit for run in runs if len({_country(each) for each in run}) >= LISTED for hit in run}
    others = Counter[str]()
    for run in runs:
        for hit in _countries(run):
            others[_country(hit)] += _worth(hit, told, stops)
    sure = [hit for kind in SURE for hit in found.get(kind, ()) if hit not in listed]
    shared, weak = found.get("shared", []), found.get("weak", [])
    if sure:
        crowd = {hit for run in runs if len({_country(each) for each in run}) >= MANY for hit in run}
        ours = _apart(sorted(sure + ([] if others.keys() - {WORLD} else shared), key=lambda hit: hit.start))
        share = sum(
            _worth(hit, told, stops) * (PERSONS if hit.kind == "people" and hit not in crowd else 1) for hit in ours
        )
        return _weigh(ours, share, others, title_length)
    if not others.keys() - {WORLD} and len(shared) + len(weak) > others[WORLD]:
        return Place(peru=True, reason=f"place: {(shared or weak)[0].label}, no other country named")
    return Place(peru=False, reason="not on Peru: " + _instead(others, listed))


def _runs(countries: list[Hit]) -> list[list[Hit]]:
    """Part the mentions of countries into runs: those that follow one another closely."""
    runs: list[list[Hit]] = []
    for hit in countries:
        if runs and hit.start - runs[-1][-1].end <= GAP:
            runs[-1].append(hit)
        else:
            runs.append([hit])
    return runs


def _countries(run: list[Hit]) -> list[Hit]:
    """Give the other countries of a run; where there are several (victims by nationality) they count as one."""
    found = [hit for hit in run if hit.kind not in OURS]
    return _apart(found) if len({_country(hit) for hit in found}) < MANY else found[:1]


def _country(hit: Hit) -> str:
    return HOME if hit.kind in OURS else hit.kind.removesuffix(PEOPLE)


def _apart(hits: list[Hit]) -> list[Hit]:
    """Leave out a country right after its city, and the reverse: "Arequipa, Peru" is one mention."""
    return [
        hit
        for before, hit in zip([None, *hits], hits, strict=False)
        if before is None or hit.start - before.end > BESIDE or not _is_one(before, hit)
    ]


def _is_one(hit: Hit, other: Hit) -> bool:
    if hit.kind in OURS and other.kind in OURS:
        return hit.kind not in AREAS or other.kind not in AREAS
    return _country(hit) == _country(other)


def _worth(hit: Hit, told: frozenset[int], stops: list[int]) -> int:
    where = hit.kind != WORLD and not hit.kind.endswith(PEOPLE)
    return TOLD if where and bisect(stops, hit.start) in told else 1


def _weigh(peru: list[Hit], share: int, others: Counter[str], title_length: int) -> Place:
    weight = sum(PERSONS if hit.kind == "people" else 1 for hit in peru)
    in_title = any(hit.start < title_length for hit in peru)
    if in_title or weight >= ENOUGH or share > SHARE * (sum(others.values()) + share):
        label, times = Counter(hit.label.replace("*", "…") for hit in peru).most_common(1)[0]
        return Place(peru=True, reason=f"place: {label} ({times})")
    return Place(peru=False, reason=f"not on Peru: named {len(peru)} times, other countries {sum(others.values())}")


def _instead(others: Counter[str], listed: set[Hit]) -> str:
    if listed:
        return "named in a list of countries at most"
    named = ", ".join(country for country, _ in others.most_common(3))
    return f"only {named} named" if named else "no place named"
