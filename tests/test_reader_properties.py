"""What holds for any text: exact spans, no error, the rest undisturbed, time that grows with the length only."""

from __future__ import annotations

import cProfile
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.reader.explain import explain
from monitor.reader.read import read_statistics
from monitor.reader.sentence.lexicon import UnknownLanguageError, languages
from monitor.reader.statistic import Statistic

EN = "In 2021 police rescued 143 victims in Puno, of whom 61 (43%) were girls, compared with 120 in 2020."
ES = "En 2021 la Policía rescató a 143 víctimas en Puno, de las cuales 61 (43 %) eran niñas, frente a 120 en 2020."
ASIDES = [
    "The weather was mild on the coast.",
    "Nobody answered the letter.",
    "The road crosses the valley and reaches the bridge.",
]
PIECES = [
    *EN.split(),
    *ES.split(),
    "S/",
    "%",
    "(",
    ")",
    "\n",
    "\n\n",
    ";",
    "’",
    "1 204",
    "8’231.751",
    "—",
    "•",
    "una",
    "one",
]


def slots(statistic: Statistic) -> tuple[object, ...]:
    """All of a statistic but its place."""
    return tuple(getattr(statistic, name) for name in Statistic.__slots__ if name not in {"start", "end", "quote"})


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=400), st.sampled_from(languages()), st.one_of(st.none(), st.dates()))
def test_any_text_is_read_without_error(text: str, language: str, published: dt.date | None) -> None:
    for statistic in read_statistics(text, language, published):
        assert statistic.quote in text


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(PIECES), max_size=60), st.sampled_from(languages()))
def test_spans_are_exact_in_any_order_of_words(pieces: list[str], language: str) -> None:
    text = " ".join(pieces)
    last = 0
    for statistic in read_statistics(text, language, None):
        assert last <= statistic.start < statistic.end <= len(text)
        assert text[statistic.start : statistic.end].strip() == text[statistic.start : statistic.end]
        place = text.find(statistic.quote)
        assert place >= 0
        assert statistic.quote == statistic.quote.strip()
        last = statistic.end


@pytest.mark.parametrize("aside", ASIDES)
def test_an_unrelated_sentence_changes_nothing(aside: str) -> None:
    alone = [slots(statistic) for statistic in read_statistics(EN, "en", None)]
    assert [slots(statistic) for statistic in read_statistics(f"{aside} {EN}", "en", None)] == alone
    assert [slots(statistic) for statistic in read_statistics(f"{EN} {aside}", "en", None)] == alone


def test_accents_and_case_do_not_matter() -> None:
    plain = ES.replace("í", "i").replace("ó", "o").replace("ñ", "n")
    assert [slots(one) for one in read_statistics(plain, "es", None)] == [
        slots(one) for one in read_statistics(ES, "es", None)
    ]


def test_reading_is_repeatable() -> None:
    assert read_statistics(ES, "es", None) == read_statistics(ES, "es", None)


def test_spans_count_code_points() -> None:
    text = "🚓 𝄞 " + EN
    assert [text[one.start : one.end] for one in read_statistics(text, "en", None)] == ["143", "61", "43%", "120"]


def test_lines_cut_by_a_page_are_one_sentence() -> None:
    cut = "During the year 2021 the police in the region of Puno rescued\n143 victims of traffick-\ning in persons."
    (statistic,) = read_statistics(cut, "en", None)
    assert (statistic.value, statistic.period, statistic.area) == (143, "2021", "PE-PUN")


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UnknownLanguageError):
        read_statistics(EN, "tlh", None)


def test_measure_and_register_are_named() -> None:
    (one,) = read_statistics("The RETA register of the police recorded 300 victims identified in 2020.", "en", None)
    assert (one.measure, one.register, one.provider) == ("identified", "RETA", "PNP")


def test_a_register_is_that_of_the_institution_that_keeps_it() -> None:
    text = "El sistema RETA de la Policía registró 362 casos, mientras que el Ministerio Público recibió 330 denuncias."
    police, prosecutors = read_statistics(text, "es", None)
    assert (police.register, prosecutors.register) == ("RETA", None)
    text = "The RETA register holds 300 complaints of 2020, according to the interior ministry."
    (announced,) = read_statistics(text, "en", None)
    assert (announced.provider, announced.register) == ("MININTER", "RETA")


def test_explain_says_why_a_number_was_left_out() -> None:
    (sentence,) = explain("Article 129 speaks of 45 victims and 12 vehicles.", "en", None)
    assert [refused["why"] for refused in sentence["refused"]] == ["number of a law or article"]
    assert [(amount["value"], amount["left_out"]) for amount in sentence["amounts"]] == [
        (45, None),
        (12, "counts something else"),
    ]


@pytest.mark.parametrize(
    "piece", ["7", ",", "1,", "a", "one ", "mil ", "(", "45 victims ", "entre 2014 y ", "Lima, ", "de ", "\n", '". ']
)
def test_time_grows_with_the_length_only(piece: str) -> None:
    """Counts calls of functions, not seconds: the same on every machine."""

    def calls(length: int) -> int:
        text = piece * (length // len(piece))
        profile = cProfile.Profile()
        profile.runcall(read_statistics, text, "es", None)
        return sum(entry.callcount for entry in profile.getstats())

    read_statistics(piece, "es", None)
    assert calls(2_400) < 8 * calls(600)
