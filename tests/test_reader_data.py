"""The word data as data: the same concepts in every language, one meaning a phrase, slots and lists in order."""

from __future__ import annotations

import re
import time
import tomllib
from pathlib import Path

import pytest

from monitor.reader.sentence import lexicon as lexicons
from monitor.reader.sentence.lexicon import (
    UnknownLanguageError,
    concepts,
    expand,
    languages,
    lexicon,
    named,
    place_names,
)
from monitor.reader.when.periods import KINDS

DATA = Path(lexicons.__file__).parents[1] / "data"
SLOTS = {"age", "n", "num", "two", "yy", "year", "month", "day", "ordinal", "weekday"}


def words(language: str) -> dict[str, list[str]]:
    """Concept to phrases of a language file, places aside."""
    data = tomllib.loads((DATA / f"{language}.toml").read_text(encoding="utf-8"))
    return {concept: phrases for concept, phrases in named(data).items() if concept not in place_names()}


@pytest.mark.parametrize("language", languages())
def test_every_concept_has_words(language: str) -> None:
    there_are = {name for name, facts in concepts().items() if facts["group"] != "places"}
    assert set(words(language)) == there_are


@pytest.mark.parametrize("language", languages())
def test_no_list_of_words_is_empty(language: str) -> None:
    assert [concept for concept, phrases in words(language).items() if not phrases] == []


@pytest.mark.parametrize("language", languages())
def test_phrases_use_known_slots(language: str) -> None:
    slots = {
        slot for phrases in words(language).values() for phrase in phrases for slot in re.findall(r"\{(\w+)\}", phrase)
    }
    assert slots <= SLOTS


@pytest.mark.parametrize("language", languages())
def test_no_phrase_means_two_things(language: str) -> None:
    assert lexicon(language).language == language  # loading refuses a phrase with two meanings


def test_all_languages_have_the_same_lists_of_grammar() -> None:
    grammars = {language: set(lexicon(language).grammar) for language in languages()}
    assert len({frozenset(names) for names in grammars.values()}) == 1, grammars


@pytest.mark.parametrize("language", languages())
def test_months_and_weekdays_are_complete(language: str) -> None:
    assert set(lexicon(language).months.values()) == set(range(1, 13))
    assert set(lexicon(language).weekdays.values()) == set(range(1, 8))


def test_every_kind_of_period_is_read() -> None:
    assert {str(facts["period"]) for facts in concepts().values() if "period" in facts} == set(KINDS)


def test_all_regions_of_peru_are_there() -> None:
    single = {code for code in place_names() if "+" not in code}
    assert len(single) == 26
    assert all(re.fullmatch(r"PE-[A-Z]{3}", code) for code in single)


def test_wordings_of_a_phrase() -> None:
    assert expand("victim(s)") == ["victim", "victims"]
    assert expand("(en|durante) (el) {year}") == ["en {year}", "en el {year}", "durante {year}", "durante el {year}"]


def test_an_unknown_language_lists_those_there_are() -> None:
    with pytest.raises(UnknownLanguageError, match="en, es"):
        lexicon("xx")


@pytest.mark.parametrize("language", languages())
def test_words_load_quickly(language: str) -> None:
    lexicon.cache_clear()
    start = time.process_time()
    lexicon(language)
    assert time.process_time() - start < 2  # 0.2 s on a quiet machine
