"""The number is marked in its quote."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.alerts.quotation import AROUND, quotation_of
from tests.alerts_samples import QUOTE, figure


def marked(**slots: Any) -> str | None:
    quotation = quotation_of(figure(**slots))
    return f"{quotation.before}»{quotation.number}«{quotation.after}" if quotation else None


def test_the_offset_tells_which_of_two_equal_numbers() -> None:
    quote = "De 52 casos, 52 fueron de menores."
    assert marked(quote=quote, quote_offset=13, start=113, end=115) == "De 52 casos, »52« fueron de menores."


def test_numbers_in_words_are_marked_by_offset() -> None:
    assert marked(quote="Liberaron a siete mujeres.", quote_offset=12, start=12, end=17) == (
        "Liberaron a »siete« mujeres."
    )


@pytest.mark.parametrize(
    ("quote", "value", "number"),
    [
        ("hubo 1,814 denuncias", 1814, "1,814"),
        ("hubo 1.814 denuncias", 1814, "1.814"),
        ("hubo 1 814 denuncias", 1814, "1 814"),
        ("hubo 1814 denuncias", 1814.0, "1814"),
        ("de 21814 y 1814.", 1814, "1814"),
        ("en 18.14, 1,814.5 y 1,814, dijo", 1814, "1,814"),
        ("el 66,7 % fue", 66.7, "66,7"),
        ("hubo siete", 7, ""),
        ("hubo 7", -7, ""),
    ],
)
def test_without_an_offset_the_number_is_found_by_its_value(quote: str, value: float, number: str) -> None:
    found = quotation_of(figure(quote=quote, value=value, quote_offset=None))
    assert found is not None
    assert found.number == number
    assert found.whole == quote


@pytest.mark.parametrize("offset", [-1, 10_000, len(QUOTE) - 1, "3", None, 1.5])
def test_a_wrong_offset_falls_back_on_the_value(offset: object) -> None:
    found = quotation_of(figure(quote_offset=offset))
    assert found is not None
    assert found.number == "1,287"


def test_a_percent_sign_belongs_to_the_number() -> None:
    assert marked(quote="El 66,7 % fue", value=66.7, unit="percent", quote_offset=None) == "El »66,7 %« fue"


@pytest.mark.parametrize("quote", [None, "", "  ", 5])
def test_without_a_quote_there_is_none(quote: object) -> None:
    assert quotation_of(figure(quote=quote)) is None


def test_a_long_sentence_is_cut_on_both_sides_of_its_number() -> None:
    quote = "a" * 5000 + " 1287 " + "b" * 5000
    found = quotation_of(figure(quote=quote, quote_offset=None))
    assert found is not None
    assert found.number == "1287"
    assert len(found.whole) <= 2 * AROUND + 10


def test_hostile_marks_do_not_move_the_number() -> None:
    quote = "\u202e\x1b[31mhay\x00 1,287\u202c víctimas\r\n"
    assert marked(quote=quote, quote_offset=quote.index("1,287"), start=0, end=5) == "hay »1,287« víctimas"
