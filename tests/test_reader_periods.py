"""Periods are read from the ways of saying them; relative ones against the date of publication, else not at all."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.reader.read import read_statistics

MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
MONTHS_ES = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "setiembre",
    "octubre",
    "noviembre",
    "diciembre",
]
PUBLISHED = dt.date(2022, 8, 17)  # a Wednesday

quick = settings(deadline=None, max_examples=40)
years = st.integers(1995, 2035)
months = st.integers(1, 12)


def period(text: str, language: str, published: dt.date | None = None) -> str | None:
    """The period of the only statistic of a text."""
    (statistic,) = read_statistics(text, language, published)
    return statistic.period


@quick
@given(years)
def test_a_year_is_read_back(year: int) -> None:
    assert period(f"Police rescued 45 victims in {year}.", "en") == str(year)
    assert period(f"La Policía rescató a 45 víctimas en el {year}.", "es") == str(year)


@quick
@given(years, months)
def test_a_month_is_read_back(year: int, month: int) -> None:
    expected = f"{year}-{month:02}"
    assert period(f"Police rescued 45 victims in {MONTHS_EN[month - 1]} {year}.", "en") == expected
    assert period(f"La Policía rescató a 45 víctimas en {MONTHS_ES[month - 1]} del {year}.", "es") == expected


@quick
@given(st.dates(dt.date(1995, 1, 1), dt.date(2035, 12, 31)))
def test_a_day_is_read_back(day: dt.date) -> None:
    en = f"On {MONTHS_EN[day.month - 1]} {day.day}, {day.year}, police rescued 45 victims."
    es = f"El {day.day} de {MONTHS_ES[day.month - 1]} de {day.year} fueron rescatadas 45 víctimas."
    assert period(en, "en") == period(es, "es") == day.isoformat()


@quick
@given(years, years)
def test_a_range_of_years_is_read_back(first: int, last: int) -> None:
    if first >= last:
        return
    assert period(f"Between {first} and {last}, police rescued 45 victims.", "en") == f"{first}/{last}"
    assert period(f"Entre {first} y {last} fueron rescatadas 45 víctimas.", "es") == f"{first}/{last}"


@quick
@given(years, months, months)
def test_a_range_of_months_is_read_back(year: int, first: int, last: int) -> None:
    if first >= last or (first, last) == (1, 12):  # January to December is a year
        return
    en = f"From {MONTHS_EN[first - 1]} to {MONTHS_EN[last - 1]} {year}, police rescued 45 victims."
    es = f"De {MONTHS_ES[first - 1]} a {MONTHS_ES[last - 1]} de {year} fueron rescatadas 45 víctimas."
    assert period(en, "en") == period(es, "es") == f"{year}-{first:02}/{year}-{last:02}"


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("so far this year", "2022-01/2022-08"),
        ("last year", "2021"),
        ("this year", "2022-01/2022-08"),
        ("last month", "2022-07"),
        ("since 2019", "2019-01/2022-08"),
        ("in the first half of 2021", "2021-01/2021-06"),
        ("in the second half of the year", "2022-07/2022-12"),
        ("in the first three quarters of 2020", "2020-01/2020-09"),
        ("on Monday", "2022-08-15"),
        ("over the past two years up to June 2013", "2011-07/2013-06"),
        ("in March", "2022-03"),
        ("in November", "2021-11"),
        ("in the second half of last year", "2021-07/2021-12"),
        ("in the first half of this year", "2022-01/2022-06"),
        ("in 2010-2012", "2010/2012"),
        ("in January and February 2012", "2012-01/2012-02"),
        ("in the final quarter of 2012", "2012-10/2012-12"),
        ("in the year ending June 2012", "2011-07/2012-06"),
        ("in the 2011-12 fiscal year", "2011/2012"),
        ("from May 3-5, 2012", "2012-05-03/2012-05-05"),
        ("in 2014, 2015 and the first half of 2016", "2014-01/2016-06"),
        ("through June 15", "2022-01-01/2022-06-15"),
        ("since last year", "2021-01/2022-08"),
        ("since March", "2022-03/2022-08"),
        ("since July 14", "2022-07-14/2022-08-17"),
        ("in mid-June", "2022-06"),
        ("over the weekend", "2022-08-13/2022-08-14"),
        ("last night", "2022-08-16"),
        ("two years ago", "2020"),
        ("in the past decade", "2013/2022"),
    ],
)
def test_expressions_in_english(when: str, expected: str) -> None:
    assert period(f"Police rescued 45 victims {when}.", "en", PUBLISHED) == expected


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("en lo que va del año", "2022-01/2022-08"),
        ("el año pasado", "2021"),
        ("en lo que va del 2022", "2022-01/2022-08"),
        ("desde 2019", "2019-01/2022-08"),
        ("durante el primer semestre de 2021", "2021-01/2021-06"),
        ("en el segundo trimestre del 2021", "2021-04/2021-06"),
        ("en los primeros tres meses del año", "2022-01/2022-03"),
        ("del 1 de enero al 21 de setiembre de 2019", "2019-01-01/2019-09-21"),
        ("entre enero y julio de este año", "2022-01/2022-07"),
        ("el último lunes", "2022-08-15"),
        ("desde enero hasta el 10 de agosto del presente año", "2022-01-01/2022-08-10"),
        ("de julio del 2015 a julio del 2016", "2015-07/2016-07"),
        ("en el segundo semestre del año pasado", "2021-07/2021-12"),
        ("entre enero y junio del año pasado", "2021-01/2021-06"),
        ("en 2010-2012", "2010/2012"),
        ("en enero y febrero de 2012", "2012-01/2012-02"),
        ("en el último trimestre de 2012", "2012-10/2012-12"),
        ("en el I semestre de 2012", "2012-01/2012-06"),
        ("en la primera quincena de junio", "2022-06-01/2022-06-15"),
        ("durante 2014, 2015 y el primer semestre de 2016", "2014-01/2016-06"),
        ("hasta el 15 de junio", "2022-01-01/2022-06-15"),
        ("desde el año pasado", "2021-01/2022-08"),
        ("desde marzo", "2022-03/2022-08"),
        ("desde el 14 de julio a la fecha", "2022-07-14/2022-08-17"),
        ("a mediados de junio", "2022-06"),
        ("el último fin de semana", "2022-08-13/2022-08-14"),
        ("esta madrugada", "2022-08-17"),
        ("el 3/5/2012", "2012-05-03"),
        ("hace dos años", "2020"),
        ("durante este 2022", "2022-01/2022-08"),
    ],
)
def test_expressions_in_spanish(when: str, expected: str) -> None:
    assert period(f"La Policía rescató a 45 víctimas {when}.", "es", PUBLISHED) == expected


@pytest.mark.parametrize(
    "when",
    [
        "so far this year",
        "last year",
        "on Monday",
        "in the past five years",
        "in March",
        "since March",
        "two years ago",
        "last night",
    ],
)
def test_relative_expressions_without_a_date_are_unknown(when: str) -> None:
    assert period(f"Police rescued 45 victims {when}.", "en") is None


def test_the_date_of_a_law_or_report_is_no_period() -> None:
    assert period("A report published in 2014 speaks of 45 victims.", "en") is None
    assert period("Según un informe publicado en 2014 hay 45 víctimas.", "es") is None


def test_a_day_that_does_not_exist_is_unknown() -> None:
    assert period("On February 30, 2020, police rescued 45 victims.", "en") is None
