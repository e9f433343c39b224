"""The arithmetic of a text: what cannot all be true is found, what rounding or another producer explains is not."""

from __future__ import annotations

from datetime import date

import pytest

from monitor.ledger.claim import Claim
from monitor.ledger.referee import compared_years, referee
from monitor.reader.statistic import Statistic


def said(value: float, at: int = 0, quote: str = "one sentence", **slots: object) -> Claim:
    known = {"indicator": "victims", "period": "2022", "provider": "MPFN", **slots}
    told = Statistic(start=at, end=at + 4, quote=quote, value=value, rule="given", **known)  # type: ignore[arg-type]
    return Claim(told, source="valle", url="https://valle.example/1", date=date(2023, 1, 1))


def failed(*claims: Claim, held: tuple[Claim, ...] = ()) -> list[tuple[float, str]]:
    found = referee(claims, held)
    return [(claim.value, failure.check) for claim in claims for failure in found.get(id(claim), ())]


def share(value: float, at: int, **slots: object) -> Claim:
    return said(value, at, unit="percent", sex="F", **slots)  # type: ignore[arg-type]


WHOLE, WOMEN = said(1430), said(1031, 10, sex="F")


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ((WHOLE, WOMEN, share(72, 16)), []),
        ((WHOLE, WOMEN, share(72.1, 16)), []),
        ((WHOLE, WOMEN, share(73, 16)), []),  # rounded the other way: within a unit of the last digit
        ((WHOLE, WOMEN, share(75, 16)), [(75, "share_of_count")]),
        ((WHOLE, WOMEN, share(72.9, 16)), [(72.9, "share_of_count")]),
        ((WHOLE, WOMEN, share(75, 16, qualifier="~")), []),
        ((WHOLE, WOMEN, share(70, 16, qualifier=">")), []),
        ((WHOLE, WOMEN, share(75, 16, provider="PNP")), []),
        ((WHOLE, WOMEN, share(75, 16, quote="another sentence")), []),
        ((said(1430, qualifier="~"), WOMEN, share(74, 16)), []),
        ((said(300), said(340, 10, sex="F")), [(340, "part_over_whole")]),
        ((said(300, qualifier=">"), said(340, 10, sex="F")), []),
        ((said(300), said(310, 10, sex="F", qualifier="~")), []),
        ((said(300), said(340, 10, sex="F", provider="PNP")), []),
        (
            (said(300), said(340, 10, sex="F", measure="rescued"), said(1, 20, measure="identified")),
            [(340, "part_over_whole")],
        ),
        ((said(300, measure="identified"), said(340, 10, sex="F", measure="rescued")), []),
        ((said(300), said(340, 10, sex="F", period="2021")), []),
        ((said(300), said(340, 10, sex="F", quote="another sentence")), []),
        ((said(300), said(340, 10, sex="F", quote="Of these, 340 were women")), [(340, "part_over_whole")]),
        ((said(300), said(340, 10, sex="F", quote="De ellas, 340 eran mujeres")), [(340, "part_over_whole")]),
        ((said(14, 20), said(106, 10, form="labour")), []),  # the whole comes first
        ((said(9, period=None), said(11, 10, period=None, age="Y0T17")), [(11, "part_over_whole")]),
        ((said(300), said(200, 10, sex="F"), said(150, 20, sex="M")), [(300, "parts_over_total")]),
        ((said(300), said(200, 10, sex="F"), said(90, 20, sex="M")), []),
        ((said(300), said(200, 10, sex="F"), said(105, 20, sex="M", qualifier="~")), []),
        ((said(300), said(200, 10, form="sexual"), said(150, 20, form="labour")), []),  # some suffered both
        ((said(900, period="2018/2022"), said(1200, 10, period="2019")), [(900, "years_over_total")]),
        (
            (said(900, period="2018/2022"), said(500, 10, period="2019"), said(450, 20, period="2020")),
            [(900, "years_over_total")],
        ),
        ((said(900, period="2018/2022"), said(500, 10, period="2019"), said(400, 20, period="2020")), []),
        ((said(900, period="2018/2022"), said(1200, 10, period="2019", provider="PNP")), []),
        ((said(900, period="2018/2022", qualifier=">="), said(1200, 10, period="2019")), []),
        ((said(300, period="2022"), said(350, 10, period="2022-01/2022-06")), [(300, "years_over_total")]),
        ((said(30, indicator="staff"), said(35, 10, indicator="staff", period="2022-01/2022-06")), []),
    ],
)
def test_what_cannot_be_true_fails_and_what_can_does_not(claims: tuple[Claim, ...], expected: list[object]) -> None:
    assert failed(*claims) == expected


def test_a_rate_is_the_count_over_the_population_that_the_text_gives() -> None:
    quote = "4.2 por cada 100 mil, con una población de 33 millones"
    people = said(33_000_000, 40, quote)
    assert failed(said(1386), said(4.2, 10, quote, unit="per_100k"), people) == []
    assert failed(said(1386), said(5.2, 10, quote, unit="per_100k"), people) == [(5.2, "rate_of_population")]
    assert failed(said(1386), said(5.2, 10, quote, unit="per_100k")) == []


@pytest.mark.parametrize(
    ("quote", "value", "before", "fits"),
    [
        ("police identified 1,814 victims, almost 300 more than in 2021", 1814, 1520, True),
        ("police identified 1,814 victims, almost 300 more than in 2021", 1814, 1800, False),
        ("registró 1430 víctimas, 34.7% más que en 2021", 1430, 1061, True),
        ("registró 1430 víctimas, 34,7 % más que en el año 2021", 1430, 1061, True),
        ("registró 1430 víctimas, 34.7% más que en 2021", 1430, 1300, False),
        ("registró 1430 víctimas, 50% menos que en 2021", 1430, 2860, True),
        ("registró 1430 víctimas, 50% menos que en 2021", 1430, 1400, False),
        ("there were 765 victims, 52 percent fewer than in 2021", 765, 1600, True),
    ],
)
def test_a_change_that_is_told_fits_the_two_years(quote: str, value: float, before: float, fits: bool) -> None:  # noqa: FBT001
    now, held = said(value, 5, quote), said(before, 0, "elsewhere", period="2021")
    assert {year for _, year in compared_years([now])} == {2021}
    expected = [] if fits else [(value, "change_of_years")]
    assert failed(now, held=(held,)) == failed(held, now) == expected
    assert failed(now, held=(said(before, period="2021", provider="PNP"),)) == []
    assert failed(now) == []


def test_a_failure_says_its_sum_in_digits() -> None:
    claims = (WHOLE, WOMEN, share(75, 16))
    (failure,) = referee(claims)[id(claims[2])]
    assert failure.plain()["says"] == "1,031 / 1,430 = 72.1 % ≠ 75 %"
    assert [other["value"] for other in failure.plain()["with"]] == [1031, 1430]


def test_dismissed_figures_are_not_checked() -> None:
    assert failed(said(300), Claim(said(340, 10, sex="F").statistic, source="valle", dismissed=True)) == []
