"""Whether a text concerns Peru: its territory, its people abroad, its authorities."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

from monitor.reader.language import languages, read_tables
from monitor.reader.relevance_terms import Hit, Terms

LISTED = 4  # countries named one after the other that make a list
GAP = 4  # tokens between two countries of a list
SHARE = 0.25  # of all mentions of countries that Peru must have
ENOUGH = 4  # mentions of Peru that need no share
WEIGHTS = {"names": 2, "people": 2, "places": 2, "weak": 0.5}


@dataclass(frozen=True, slots=True)
class Place:
    """Whether a text concerns Peru, and the reason in words."""

    peru: bool
    reason: str


@cache
def _terms() -> Terms:
    phrases: dict[str, list[str]] = {}
    for language in languages():
        table = read_tables(language).get("relevance", {})
        for kind in ("names", "people", "places", "weak"):
            phrases.setdefault(kind, []).extend(table.get("peru", {}).get(kind, ()))
        for country, names in table.get("countries", {}).items():
            phrases.setdefault(country, []).extend(names)
    return Terms(phrases)


def read_place(tokens: list[str], title_length: int) -> Place:
    """Judge from the places and people that a text names; the first `title_length` tokens are its title."""
    hits = _terms().find(tokens)
    countries = [hit for hit in hits if hit.kind not in WEIGHTS or hit.kind == "names"]
    listed = _in_lists(countries)
    peru = [hit for hit in hits if hit.kind in WEIGHTS and hit not in listed]
    others = Counter(hit.kind for hit in countries if hit.kind != "names")
    return _judge(peru, others, bool(listed), title_length)


def _in_lists(countries: list[Hit]) -> set[Hit]:
    listed: set[Hit] = set()
    run: list[Hit] = []
    for hit in countries:
        if run and hit.start - run[-1].end > GAP:
            run = []
        run.append(hit)
        if len({each.kind for each in run}) >= LISTED:
            listed.update(run)
    return listed


def _judge(peru: list[Hit], others: Counter[str], listed: bool, title_length: int) -> Place:
    weight = sum(WEIGHTS[hit.kind] for hit in peru)
    named = [hit for hit in peru if hit.kind != "weak"]
    foreign = others.most_common(1)[0] if others else None
    if not named and (foreign or weight < 1):
        only = "only in a list" if listed else f"only {foreign[0]} named" if foreign else "no place named"
        return Place(peru=False, reason=f"not on Peru: {only}")
    first = named[0].label if named else peru[0].label
    total = sum(others.values())
    in_title = any(hit.start < title_length for hit in named)
    if in_title or len(named) >= ENOUGH or len(named) >= SHARE * (total + len(named)):
        return Place(peru=True, reason=f"place: {first} ({len(named) or len(peru)})")
    return Place(
        peru=False, reason=f"not on Peru: {foreign[0] if foreign else ''} named {total} times, Peru {len(named)}"
    )
