"""Codes, numbers and periods in words, in both languages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts import phrases
from monitor.alerts.wording import words_of
from tests.alerts_samples import LIMA, figure

ES, EN = words_of("es"), words_of("en")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1814, "1,814"),
        (1814.0, "1,814"),
        (66.7, "66.7"),
        (5.25, "5.25"),
        (0, "0"),
        (-0.0, "0"),
        (-86, "−86"),
        (1_500_000, "1,500,000"),
        (1e300, "1e+300"),
        (float("inf"), "inf"),
        ("\x1b[1mx", "x"),
        (None, ""),
        (True, "True"),
    ],
)
def test_numbers_are_written_as_in_peru(value: object, text: str) -> None:
    assert phrases.number(value) == text


@pytest.mark.parametrize(
    ("slots", "spanish", "english"),
    [
        ({"value": 66.7, "unit": "percent"}, "66.7 %", "66.7%"),
        ({"qualifier": "~"}, "cerca de 1,287", "about 1,287"),
        ({"qualifier": ">"}, "más de 1,287", "more than 1,287"),
        ({"qualifier": ">="}, "al menos 1,287", "at least 1,287"),
        ({"qualifier": "<="}, "hasta 1,287", "up to 1,287"),
        ({"value": 1500000, "unit": "PEN"}, "S/ 1,500,000", "S/ 1,500,000"),
        ({"value": 4.5, "unit": "per_100k"}, "4.5 por cada 100,000 habitantes", "4.5 per 100,000 inhabitants"),
        ({"value": 5, "unit": "llamas", "qualifier": "??"}, "5", "5"),
    ],
)
def test_values_carry_unit_and_qualifier(slots: dict[str, Any], spanish: str, english: str) -> None:
    assert phrases.value(figure(**slots), ES) == spanish
    assert phrases.value(figure(**slots), EN) == english


@pytest.mark.parametrize(
    ("new", "old", "told"),
    [
        ({"value": 1287}, {"value": 1200}, "+87 (+7.3 %)"),
        ({"value": 900}, {"value": 1200}, "−300 (−25 %)"),
        ({"value": 12}, {"value": 0}, "+12"),
        ({"value": 66.7, "unit": "percent"}, {"value": 64, "unit": "percent"}, "+2.7 puntos porcentuales"),
        ({"value": 1300, "qualifier": "~"}, {"value": 1200}, "aprox. +100 (+8.3 %)"),
        ({"value": 12, "unit": "percent"}, {"value": 1200}, None),
        ({"value": float("nan")}, {"value": 1200}, None),
        ({"value": "many"}, {"value": 1200}, None),
    ],
)
def test_differences(new: dict[str, Any], old: dict[str, Any], told: str | None) -> None:
    assert phrases.difference(figure(**new), figure(**old), ES) == told


@pytest.mark.parametrize(
    ("period", "spanish", "english"),
    [
        ("2017", "2017", "2017"),
        ("2021-09", "setiembre de 2021", "September 2021"),
        ("2022-06-14", "14 de junio de 2022", "14 June 2022"),
        ("2015/2021", "de 2015 a 2021", "2015 to 2021"),
        ("2021-01/2021-06", "de enero a junio de 2021", "January to June 2021"),
        ("2011-07/2013-06", "de julio de 2011 a junio de 2013", "July 2011 to June 2013"),
        ("2023-01-01/2023-09-21", "del 1 de enero al 21 de setiembre de 2023", "1 January to 21 September 2023"),
        ("2017/2022-05", "de 2017 a mayo de 2022", "2017 to May 2022"),
        (None, "sin periodo indicado", "no period stated"),
        ("2023-13", "2023-13", "2023-13"),
        ("a/b/c", "a/b/c", "a/b/c"),
        ("el \x1b[31maño pasado", "el año pasado", "el año pasado"),
    ],
)
def test_periods(period: str | None, spanish: str, english: str) -> None:
    assert phrases.period(period, ES) == spanish
    assert phrases.period(period, EN) == english


@given(st.text(st.sampled_from("0123456789-/T")))
def test_any_period_is_told_somehow(text: str) -> None:
    assert phrases.period(text, ES)


@pytest.mark.parametrize(
    ("slots", "spanish", "english"),
    [
        ({}, "", ""),
        ({"sex": "F"}, "mujeres", "women"),
        ({"sex": "F", "age": "Y0T17"}, "niñas y adolescentes mujeres", "girls"),
        ({"age": "Y18T29"}, "de 18 a 29 años", "aged 18 to 29"),
        ({"sex": "M", "age": "Y_GE60"}, "hombres de 60 años o más", "men aged 60 or over"),
        ({"age": "Y_LT14"}, "menores de 14 años", "under 14"),
        ({"form": "sexual", "citizenship": "VE"}, "explotación sexual, nacionalidad: Venezuela", None),
        ({"citizenship": "foreign"}, "personas extranjeras", "foreign nationals"),
        ({"citizenship": "XK"}, "nacionalidad: XK", "nationality: XK"),
    ],
)
def test_the_group_counted_where_it_is_not_all(slots: dict[str, Any], spanish: str, english: str | None) -> None:
    assert phrases.group(figure(**slots), ES) == spanish
    assert english is None or phrases.group(figure(**slots), EN) == english


@pytest.mark.parametrize(
    ("area", "full", "brief"),
    [
        ("PE", "Perú", "Perú"),
        ("PE-MDD", "Madre de Dios", "Madre de Dios"),
        ("PE-LIM+PE-LOR", "Lima y Loreto", "Lima y Loreto"),
        ("PE-CUS+PE-LIM+PE-LOR+PE-PUN", "Cusco, Lima, Loreto y Puno", "4 regiones"),
        ("AR+CL", "Argentina y Chile", "Argentina y Chile"),
        ("PE-XXX", "PE-XXX", "PE-XXX"),
    ],
)
def test_places(area: str, full: str, brief: str) -> None:
    assert phrases.area(figure(area=area), ES) == full
    assert phrases.area(figure(area=area), ES, brief=True) == brief


def test_who_counted_has_a_full_and_a_short_name() -> None:
    assert phrases.provider(figure(), ES) == "Policía Nacional del Perú (PNP)"
    assert phrases.provider(figure(provider="ILO"), ES, brief=True) == "OIT"
    assert phrases.provider(figure(provider="CHS"), EN) == "CHS Alternativo"
    assert phrases.provider(figure(provider=None), ES) is None


def test_times_are_told_in_the_zone() -> None:
    at = datetime(2024, 1, 1, 3, 30, tzinfo=UTC)
    assert phrases.moment(at, LIMA, ES) == "31 de diciembre de 2023, 22:30 (Lima)"
    assert phrases.moment_of("2024-01-01T03:30:00Z", LIMA, EN) == "31 December 2023, 22:30 (Lima)"
    assert phrases.moment_of("2024-01-01", LIMA, ES) == "1 de enero de 2024"
    assert phrases.moment_of("pronto", LIMA, ES) is None
