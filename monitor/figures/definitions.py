"""What the codes of the ledger mean, with names in both languages: indicators, units, qualifiers, providers, places."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from monitor.alerts.wording import LANGUAGES, Table, Words, words_of
from monitor.ledger.claim import period_days
from monitor.reader.sentence.lexicon import expand, place_names

KINDS = ("indicators", "units", "qualifiers", "providers", "places")
HOME = "PE"
LARGEST_VALUE = 1e15
FORMS = ("_T", "sexual", "labour", "other")
SEXES = ("_T", "F", "M")

_AGE = re.compile(r"_T|Y\d{1,3}T\d{1,3}|Y_(?:GE|LT)\d{1,3}")
_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A code with its names and what it means, by language; `inside` are codes that a look-up brings, too.

    `places` are names that the reader counts to a region.
    """

    kind: str
    code: str
    names: Mapping[str, str]
    says: Mapping[str, str] = field(default_factory=dict)
    inside: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@cache
def definitions() -> tuple[Definition, ...]:
    """All definitions, by kind and in the order of the files of words."""
    source = files("monitor.figures").joinpath("definitions.toml").read_text(encoding="utf-8")
    said = tomllib.loads(source)
    return tuple(_definition(kind, code, said[kind].get(code, {})) for kind in KINDS for code in _codes(kind, said))


@cache
def codes(kind: str) -> tuple[str, ...]:
    """The codes of a kind."""
    return tuple(one.code for one in definitions() if one.kind == kind)


def areas_in(code: str) -> tuple[str, ...]:
    """A place with the codes that lie inside it, for look-ups; several places are joined with `+`."""
    inside = {one.code: one.inside for one in definitions() if one.kind == "places"}
    return tuple(found for part in code.split("+") for found in (part, *inside.get(part, ())))


def wrong_slot(name: str, value: str | None) -> str | None:
    """What is wrong with the value of a slot, in words that say what is allowed; None where nothing is."""
    if value is None:
        return None if name in {"period", "provider"} else "must not be empty"
    allowed = _allowed(name)
    if allowed is not None:
        return None if value in allowed else f"must be one of {', '.join(allowed)}, is {value[:40]!r}"
    fits, form = _form(name, value)
    return None if fits else f"must be {form}, is {value[:40]!r}"


def wrong_value(value: float, unit: str) -> str | None:
    """What is wrong with a value of this unit; None where nothing is."""
    if not abs(value) < LARGEST_VALUE:
        return "must be a plain number such as 1600 or 66.7"
    return "must not be below zero" if value < 0 and unit != "percent_change" else None


def _allowed(name: str) -> tuple[str, ...] | None:
    if name in {"indicator", "unit", "qualifier", "provider"}:
        return codes(f"{name}s")
    return {"sex": SEXES, "form": FORMS}.get(name)


def _form(name: str, value: str) -> tuple[bool, str]:
    match name:
        case "period":
            return period_days(value) is not None, "a year, month, day or interval such as 2023 or 2023-01/2023-06"
        case "age":
            return _AGE.fullmatch(value) is not None, "_T, a band such as Y0T17, Y_GE18 or Y_LT14"
        case "citizenship":
            fits = value in {"_T", "foreign"} or _COUNTRY.fullmatch(value) is not None
            return fits, "_T, foreign or a country such as PE"
        case "area":
            parts = value.split("+")
            fits = all(part in codes("places") or (part != HOME and _COUNTRY.fullmatch(part)) for part in parts)
            return fits and parts == sorted(set(parts)), "a code such as PE or PE-MDD, several joined with + in order"
        case _:
            return False, "a slot of a statistic"


def _codes(kind: str, said: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(said[kind]) if kind != "places" else tuple(words_of("es").areas)


def _definition(kind: str, code: str, said: Mapping[str, Any]) -> Definition:
    names: dict[str, str] = {
        language: said.get(f"name_{language}") or _name(kind, code, words_of(language)) for language in LANGUAGES
    }
    return Definition(
        kind=kind,
        code=code,
        names=names,
        says={language: said[language] for language in LANGUAGES if language in said},
        inside=tuple(said.get("inside", ())),
        places=_places(code) if kind == "places" else (),
    )


def _name(kind: str, code: str, words: Words) -> str:
    tables: dict[str, Table] = {
        "indicators": words.indicators,
        "qualifiers": words.qualifiers,
        "providers": words.providers,
        "places": words.areas,
    }
    return tables[kind][code].format(value="…")


def _places(code: str) -> tuple[str, ...]:
    return tuple(name for phrase in place_names().get(code, ()) for name in expand(phrase.removeprefix("^")))
