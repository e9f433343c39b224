"""The words of alerts in one language: tables read from words/<language>.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

Language = Literal["es", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
Table = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Tables from code to words; a pattern names its gaps in braces."""

    labels: Table
    labels_short: Table
    told: Table
    notes: Table
    checks: Table
    indicators: Table
    units: Table
    units_of: Table
    qualifiers: Table
    providers: Table
    providers_short: Table
    areas: Table
    countries: Table
    sexes: Table
    ages: Table
    forms: Table
    citizenships: Table
    measures: Table
    months: Table
    dates: Table
    verdicts: Table
    reasons: Table
    text: Table


@cache
def words_of(language: Language) -> Words:
    """Raises ValueError where there are no words for `language`."""
    if language not in LANGUAGES:
        raise ValueError(f"no words for language {language!r}; there are: {', '.join(LANGUAGES)}")
    source = files("monitor.alerts").joinpath("words", f"{language}.toml")
    return Words(**tomllib.loads(source.read_text(encoding="utf-8")))
