"""The word tables are data: they are complete, alike in all languages, and cover the closed lists."""

from __future__ import annotations

from dataclasses import fields
from string import Formatter
from typing import get_args

import pytest

from monitor.alerts.rules import DEFAULT_POLICY, Reason
from monitor.alerts.terminal import STYLES
from monitor.alerts.view import COLOURS, IMPORTANCE
from monitor.alerts.wording import LANGUAGES, Table, Words, words_of
from monitor.ledger.changes import ChangeClass

CHANGES = {str(change) for change in ChangeClass}
CLOSED = {
    "labels": CHANGES,
    "labels_short": CHANGES,
    "indicators": {
        "complaints",
        "cases",
        "investigations",
        "operations",
        "detentions",
        "prosecutions",
        "convictions",
        "acquittals",
        "prisoners",
        "victims",
        "victims_assisted",
        "officials",
        "organisations",
        "staff",
        "offices",
        "shelters",
        "shelter_places",
        "budget",
        "trained",
        "calls",
        "other",
    },
    "units": {"count", "percent", "per_100k", "percent_change", "PEN", "USD"},
    "qualifiers": {"=", "~", ">", ">=", "<", "<="},
    "providers": {
        "MPFN",
        "PNP",
        "INEI",
        "MININTER",
        "MIMP",
        "PJ",
        "INPE",
        "MTPE",
        "SUNAFIL",
        "MINJUS",
        "CHS",
        "ILO",
        "IOM",
        "UNODC",
        "STATE",
        "OTHER",
    },
    "sexes": {"F", "M"},
    "forms": {"sexual", "labour", "other"},
    "measures": {"identified", "registered", "rescued", "assisted", "estimated"},
    "months": {str(month) for month in range(1, 13)},
    "reasons": set(get_args(Reason)),
}
TABLES = [field.name for field in fields(Words)]


def gaps(pattern: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}


def table(words: Words, name: str) -> Table:
    found: Table = getattr(words, name)
    return found


@pytest.mark.parametrize("name", TABLES)
def test_both_languages_have_the_same_keys_and_gaps(name: str) -> None:
    spanish, english = (table(words_of(language), name) for language in LANGUAGES)
    assert list(spanish) == list(english)
    assert {key: gaps(text) for key, text in spanish.items()} == {key: gaps(text) for key, text in english.items()}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_empty_or_frayed(language: str, name: str) -> None:
    for text in table(words_of(language), name).values():
        assert text.strip() == text != ""


@pytest.mark.parametrize(("name", "codes"), CLOSED.items())
def test_the_words_cover_the_closed_lists(name: str, codes: set[str]) -> None:
    assert set(table(words_of("es"), name)) == codes


def test_every_region_of_peru_has_a_name() -> None:
    regions = "AMA ANC APU ARE AYA CAJ CAL CUS HUC HUV ICA JUN LAL LAM LIM LMA LOR MDD MOQ PAS PIU PUN SAM TAC TUM UCA"
    assert set(words_of("es").areas) == {"PE"} | {f"PE-{code}" for code in regions.split()}


def test_short_names_stand_for_all_providers() -> None:
    assert set(words_of("es").providers_short) == CLOSED["providers"]


def test_each_class_of_change_has_a_policy_a_rank_and_colours() -> None:
    assert set(DEFAULT_POLICY) == set(IMPORTANCE) == set(COLOURS) == set(STYLES) == CHANGES
    assert set(words_of("es").told) >= CHANGES


def test_an_unknown_language_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="'qu'; there are: es, en"):
        words_of("qu")
