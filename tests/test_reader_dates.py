"""Dates as sites write them."""

from __future__ import annotations

from datetime import date

import pytest

from monitor.reader.dates import find_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-02-05T16:03:25-05:00", (2026, 2, 5)),
        ("2026-02-06T03:00:00Z", (2026, 2, 5)),  # still the evening of the fifth in Lima
        ("2026-02-06", (2026, 2, 6)),
        ("2026-02-06T00:00:00Z", (2026, 2, 6)),  # a day to which a system gave a time
        ("2026-02-06T00:00:00.000+00:00", (2026, 2, 6)),
        ("2026-02-06 03:00", (2026, 2, 6)),
        ("20260206T030000Z", (2026, 2, 5)),
        ("Fri, 06 Feb 2026 03:00:00 GMT", (2026, 2, 5)),
        ("Fri, 06 Feb 2026 03:00:00 -0500", (2026, 2, 6)),
        ("5 March 2026", (2026, 3, 5)),
        ("News | 5 March 2026 | Lima", (2026, 3, 5)),
        ("September 17, 2020", (2020, 9, 17)),
        ("Sept. 3rd, 2020", (2020, 9, 3)),
        ("2 de diciembre de 2024 - 6:29 p. m.", (2024, 12, 2)),
        ("Lima, 14 de setiembre del 2023", (2023, 9, 14)),
        ("12 de enero, 2022", (2022, 1, 12)),
        ("Dom, 21/06/2026 - 08:00", (2026, 6, 21)),
        ("03/04/2026", (2026, 4, 3)),
        ("3.4.2026", (2026, 4, 3)),
        ("/Date(1770336000000)/", (2026, 2, 5)),
    ],
)
def test_a_date_is_read(text: str, day: tuple[int, int, int]) -> None:
    assert find_date(text) == date(*day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "31/02/2026",
        "2026-13-45",
        "45 de marzo de 2026",
        "1 mayor 2026",
        "12345678",
        "/Date(9999999999999999)/",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert find_date(text) is None


def test_a_long_text_is_searched_at_its_beginning_only() -> None:
    assert find_date("9 " * 500_000 + "5 March 2026") is None
