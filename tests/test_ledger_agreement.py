"""When two numbers say the same: a table for each qualifier, and what holds for all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.ledger.agreement import about, agree, equal, one_range, vague, vagueness
from monitor.reader.statistic import Statistic


def said(value: float, qualifier: str = "=", interval: tuple[float, float] | None = None) -> Statistic:
    return Statistic(start=0, end=1, quote="", value=value, rule="given", qualifier=qualifier, interval=interval)


ROOM = [
    (9000, 500),  # half a thousand is more than 5%
    (8000, 500),
    (4000, 400),  # half a thousand would be more than 10%
    (2000, 200),
    (8800, 440),  # 5% is more than half a hundred
    (1500, 75),
    (1_500_000, 75_000),
    (30_000, 3_000),
    (95_000, 4_750),
    (70, 5),
    (72, 3.6),
    (7, 0.5),
    (3, 0.3),
    (10, 1),
    (0.5, 0.05),
    (0.07, 0.005),
    (72.5, 3.625),
    (0, 0),
]


@pytest.mark.parametrize(("value", "room"), ROOM)
def test_about_leaves_five_percent_or_half_the_last_digit_but_never_more_than_ten(value: float, room: float) -> None:
    assert about(value) == pytest.approx(room)


AGREE = [
    # equal values, whatever is said of them
    (said(610), said(610)),
    (said(610, "~"), said(610, ">")),
    (said(610, ">"), said(610)),
    (said(0.1 + 0.2), said(0.3)),
    # about
    (said(9000, "~"), said(8500)),
    (said(9000, "~"), said(9500)),
    (said(9000, "~"), said(8842)),
    (said(2000, "~"), said(1800)),
    (said(7, "~"), said(7.5)),
    # above and below, by less than a quarter
    (said(800, ">"), said(801)),
    (said(800, ">"), said(999)),
    (said(800, ">="), said(999.9)),
    (said(800, "<"), said(799)),
    (said(800, "<"), said(601)),
    (said(800, "<="), said(601)),
    # two vague ones: it is enough that one allows the other
    (said(900, "~"), said(880, ">")),
    (said(880, "<"), said(900, "~")),
    (said(800, ">"), said(900, "<")),
    # ranges
    (said(100, ">=", (100, 900)), said(480)),
    (said(900, "<=", (100, 900)), said(480)),
    (said(100, ">=", (100, 900)), said(900)),
    (said(100, ">=", (100, 900)), said(900, "<=", (100, 900))),
    (said(100, ">=", (100, 900)), said(300, ">=", (300, 400))),
    (said(290, ">=", (290, 310)), said(300, "~")),
    (said(100, ">=", (900, 100)), said(480)),
]
DISAGREE = [
    (said(610), said(611)),
    (said(9000, "~"), said(8499)),
    (said(9000, "~"), said(9501)),
    (said(2000, "~"), said(1799)),
    (said(8800, "~"), said(9250)),
    (said(800, ">"), said(1000)),
    (said(800, ">"), said(799)),
    (said(800, ">="), said(799)),
    (said(800, "<"), said(600)),
    (said(800, "<="), said(600)),
    (said(800, "<"), said(801)),
    (said(900, ">"), said(800, "<")),
    (said(800, ">"), said(1100, ">")),
    (said(0, ">"), said(5)),
    (said(100, ">=", (100, 900)), said(99)),
    (said(100, ">=", (100, 900)), said(901)),
    (said(100, ">=", (100, 900)), said(500, ">=", (500, 1200))),
]


@pytest.mark.parametrize(("a", "b"), AGREE)
def test_these_agree_in_either_order(a: Statistic, b: Statistic) -> None:
    assert agree(a, b)
    assert agree(b, a)


@pytest.mark.parametrize(("a", "b"), DISAGREE)
def test_these_do_not_agree_in_either_order(a: Statistic, b: Statistic) -> None:
    assert not agree(a, b)
    assert not agree(b, a)


VALUES = st.one_of(
    st.integers(0, 5_000_000).map(float), st.floats(0, 1e9, allow_nan=False), st.sampled_from([0.0, 62.5])
)
STATISTICS = st.builds(said, VALUES, st.sampled_from(["=", "~", ">", ">=", "<", "<="]))
RANGES = st.tuples(VALUES, VALUES).map(lambda ends: said(min(ends), ">=", (min(ends), max(ends))))


@given(st.one_of(STATISTICS, RANGES), st.one_of(STATISTICS, RANGES))
def test_agreement_does_not_depend_on_the_order_of_the_two(a: Statistic, b: Statistic) -> None:
    assert agree(a, b) == agree(b, a)


@given(VALUES, VALUES)
def test_two_exact_values_agree_only_when_they_are_equal(a: float, b: float) -> None:
    assert agree(said(a), said(b)) == equal(a, b)


@given(VALUES)
def test_about_is_between_five_and_ten_percent(value: float) -> None:
    assert 0.05 * value <= about(value) * (1 + 1e-9)
    assert about(value) <= 0.10 * value * (1 + 1e-9)


def test_vagueness_orders_exact_about_and_bounds() -> None:
    told = [said(5), said(5, "~"), said(5, ">="), said(5, ">=", (5, 9))]
    assert [vagueness(one) for one in told] == [0, 1, 2, 2]
    assert [vague(one) for one in told] == [False, True, True, True]


def test_the_two_ends_of_a_range_are_known_as_such() -> None:
    low, high = said(100, ">=", (100, 900)), said(900, "<=", (100, 900))
    assert one_range(low, high)
    assert not one_range(low, low)
    assert not one_range(low, said(900, "<="))
