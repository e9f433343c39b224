"""Numbers are read as they are written: digits with any marks, words, scales, halves; codes are no numbers."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.reader.sentence.lexicon import lexicon
from monitor.reader.sentence.numbers import numbers, parse_digits
from monitor.reader.sentence.tokens import tokens

quick = settings(deadline=None, max_examples=60)
UNITS = [
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
]
TEENS = [
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
]
TWENTIES = ["veinticinco", "veintiséis", "veintisiete", "veintiocho", "veintinueve"]
TENS = ["treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"]
HUNDREDS = [
    "ciento",
    "doscientos",
    "trescientos",
    "cuatrocientos",
    "quinientos",
    "seiscientos",
    "setecientos",
    "ochocientos",
    "novecientos",
]
SMALL_EN = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS_EN = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spanish(value: int) -> str:
    """A number below a million in Spanish words."""
    if value >= 1000:
        thousands = "" if value < 2000 else re.sub("uno$", "ún", spanish(value // 1000))
        return f"{thousands} mil {spanish(value % 1000) if value % 1000 else ''}".strip()
    if value >= 100:
        return (
            "cien"
            if value == 100
            else f"{HUNDREDS[value // 100 - 1]} {spanish(value % 100) if value % 100 else ''}".strip()
        )
    if value < 30:
        return (UNITS + TEENS + TWENTIES)[value]
    return TENS[value // 10 - 3] + (f" y {UNITS[value % 10]}" if value % 10 else "")


def english(value: int) -> str:
    """A number below a million in English words."""
    if value >= 1000:
        return f"{english(value // 1000)} thousand {english(value % 1000) if value % 1000 else ''}".strip()
    if value >= 100:
        return f"{SMALL_EN[value // 100]} hundred" + (f" and {english(value % 100)}" if value % 100 else "")
    if value < 20:
        return SMALL_EN[value]
    return TENS_EN[value // 10 - 2] + (f"-{SMALL_EN[value % 10]}" if value % 10 else "")


def read(text: str, language: str) -> list[float]:
    """The values of all numbers of a text."""
    return [number.value for number in numbers(tokens(text), lexicon(language)) if not number.code]


@quick
@given(st.integers(1, 999_999))
def test_spanish_words_are_read_back(value: int) -> None:
    assert read(spanish(value), "es") == [value]


@quick
@given(st.integers(1, 999_999))
def test_english_words_are_read_back(value: int) -> None:
    assert read(english(value), "en") == [value]


@quick
@given(st.integers(1000, 999_999_999), st.sampled_from([",", ".", "'", "’", " ", "\u00a0", "\u2009"]))
def test_grouped_digits_are_read_back(value: int, mark: str) -> None:
    assert read(f"{value:,}".replace(",", mark), "es") == [value]


@quick
@given(st.integers(0, 9999), st.integers(0, 99), st.sampled_from([",", "."]))
def test_two_decimals_are_read_back(whole: int, cents: int, mark: str) -> None:
    assert parse_digits(f"{whole}{mark}{cents:02}")[0] == float(f"{whole}.{cents:02}")


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("8’231.751", "es", [8231751]),
        ("dos millones y medio", "es", [2_500_000]),
        ("4,7 millones", "es", [4_700_000]),
        ("15 mil 300", "es", [15300]),
        ("mil doscientos", "es", [1200]),
        ("un centenar", "es", [100]),
        ("dos docenas", "es", [24]),
        ("medio millón", "es", [500_000]),
        ("mil millones", "es", [1_000_000_000]),
        ("half a million", "en", [500_000]),
        ("two and a half million", "en", [2_500_000]),
        ("1.5 million", "en", [1_500_000]),
        ("two dozen", "en", [24]),
        ("several thousand", "en", []),
        ("docenas de miles", "es", []),
        ("COVID-19", "en", []),
        ("129-B", "es", []),
        ("G20", "en", []),
        ("4th", "en", []),
        ("público[1]", "es", []),
        ("one hundred twenty, thirty", "en", [120, 30]),
        ("siete y ocho", "es", [7, 8]),
    ],
)
def test_ways_of_writing(text: str, language: str, values: list[float]) -> None:
    assert read(text, language) == values


@quick
@given(st.text(max_size=200), st.sampled_from(["en", "es"]))
def test_any_text_is_read_without_error(text: str, language: str) -> None:
    found = numbers(tokens(text), lexicon(language))
    assert all(one.last <= two.first for one, two in itertools.pairwise(found))
