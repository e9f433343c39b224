"""The claims of a text among themselves and across the versions of an item."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.ledger.case import NewVersion
from monitor.ledger.claim import Claim
from monitor.ledger.held import Conflict, Held, Pair, differing, wanted
from monitor.ledger.judge import judge
from monitor.ledger.versions import align, statements
from monitor.reader.statistic import Statistic

DAY = date(2024, 1, 15)


def said(value: float, **slots: object) -> Claim:
    known = {"period": "2023", "provider": "PNP", "indicator": "victims", "start": 0, **slots}
    told = Statistic(end=9, quote="", value=value, rule="given", **known)  # type: ignore[arg-type]
    return Claim(told, item=1, source="valle", url="https://valle.example/1", date=DAY, published=DAY)


def numbers(claims: tuple[Claim, ...]) -> list[float]:
    return [claim.value for claim in claims]


STATEMENTS = [
    ([said(610), said(610)], [610]),
    ([said(600, qualifier="~"), said(610)], [610]),
    ([said(610), said(600, qualifier="~")], [610]),
    ([said(600, qualifier=">"), said(600, qualifier="~")], [600]),
    ([said(610, period=None), said(610)], [610]),
    ([said(610, period=None, provider=None), said(610)], [610]),
    ([said(610, period=None), said(612)], [610, 612]),
    ([said(610, provider=None), said(610)], [610]),
    ([said(610, provider="MPFN"), said(610)], [610, 610]),
    ([said(610, period="2022"), said(610)], [610, 610]),
    ([said(610, sex="F"), said(610)], [610, 610]),
    ([said(610, measure="identified"), said(610, measure="rescued")], [610, 610]),
    ([said(100, qualifier=">=", interval=(100, 900)), said(900, qualifier="<=", interval=(100, 900))], [100, 900]),
    ([said(100, qualifier=">=", interval=(100, 900)), said(480)], [480]),
    ([said(9, period="2024-01-10"), said(9, period=None)], [9]),
    ([said(9, period="2024-01-10"), said(9, period="2024-01-11")], [9, 9]),
    ([said(80, unit="percent"), said(80, unit="percent", period=None)], [80]),
    ([said(80, unit="percent"), said(82, unit="percent", qualifier="~")], [80, 82]),
]


@pytest.mark.parametrize(("claims", "standing"), STATEMENTS)
def test_of_the_claims_of_a_text_that_agree_the_most_exact_stands(claims: list[Claim], standing: list[float]) -> None:
    placed = tuple(replace(c, statistic=replace(c.statistic, start=10 * n)) for n, c in enumerate(claims))
    assert numbers(statements(placed)) == standing


def test_the_statement_with_the_provider_stands_for_the_one_without() -> None:
    headline, body = said(610, provider=None), said(610, start=40)
    assert statements((headline, body)) == (body,)


def test_what_is_equal_is_carried_and_the_rest_is_fresh_or_gone() -> None:
    kept, lost, came = said(610), said(52, indicator="detentions"), said(12, indicator="convictions")
    now = said(610, start=33)
    alignment = align((kept, lost), (now, came))
    assert alignment.carried == ((kept, now),)
    assert (alignment.fresh, alignment.gone, alignment.outgrown) == ((came,), (lost,), ())
    assert alignment.reread == ()


def test_slots_that_are_read_differently_are_listed() -> None:
    before, now = said(610, provider=None), said(610, area="PE-LIM")
    assert align((before,), (now,)).reread == ((before, now),)


def test_the_likest_of_equal_numbers_are_paired() -> None:
    lima, cusco = said(12, area="PE-LIM"), said(12, area="PE-CUS")
    now_cusco, now_lima = said(12, area="PE-CUS", start=5), said(12, area="PE-LIM", start=50)
    assert set(align((lima, cusco), (now_cusco, now_lima)).carried) == {(lima, now_lima), (cusco, now_cusco)}


def test_a_second_place_of_a_figure_continues_the_same_claim() -> None:
    before, one, two = said(610), said(610, start=1), said(610, start=80)
    assert align((before,), (one, two)).carried == ((before, one), (before, two))


def test_a_first_place_that_goes_is_gone_without_being_news() -> None:
    headline, body = said(610), said(610, start=80)
    assert align((headline, body), (said(610, start=5),)).gone == (body,)
    assert judge(NewVersion((said(610, start=5),), (headline, body)), Held()) == []


def test_a_later_period_outgrows_the_earlier_one() -> None:
    spring, half = said(150, period="2024-01/2024-03"), said(330, period="2024-01/2024-06")
    alignment = align((spring,), (half,))
    assert (alignment.outgrown, alignment.gone) == ((spring,), ())


def test_what_to_load_is_told_by_start_figure_and_series() -> None:
    dated, loose, other = said(610, period="2024-01/2024-03"), said(9, period=None, area="PE-CUS"), said(5, area="BO")
    keys = wanted([dated, loose, other])
    assert keys.starts == {("victims|count|PE|_T|_T|_T|_T", date(2024, 1, 1))}
    assert keys.figures == {("victims", "count", "PE-CUS", 9, "PNP")}
    unnamed = said(9, period=None, provider=None)
    assert {figure[-1] for figure in wanted([unnamed], copied="litoral").figures} == {"valle", "litoral"}
    assert len(keys.series) == 2


def test_voices_that_differ_in_one_text_are_known_to_differ() -> None:
    pair = Pair("victims|count|PE|_T|_T|_T|_T", "MPFN", "PNP")
    assert differing([said(610), said(402, provider="MPFN")]) == {pair}
    assert differing([said(610), said(600, provider="MPFN", qualifier="~")]) == frozenset()
    assert differing([said(610), said(402, provider="MPFN", period="2022")]) == frozenset()
    assert differing([said(610, period=None), said(402, provider="MPFN", period=None)]) == frozenset()


def test_a_conflict_is_the_same_from_either_side() -> None:
    a, b = said(610), said(402, provider="MPFN")
    assert Conflict.of(a, b) == Conflict.of(b, a)
    assert Pair.of(a, b) == Pair.of(b, a)


def _texts() -> st.SearchStrategy[tuple[Claim, ...]]:
    one = st.builds(
        said,
        value=st.sampled_from([9.0, 100.0, 104.0, 610.0]),
        period=st.sampled_from([None, "2023", "2024", "2024-01/2024-03", "2024-01/2024-04", "2024-01-10"]),
        provider=st.sampled_from(["PNP", "MPFN", None]),
        qualifier=st.sampled_from(["=", "=", "~", ">"]),
        unit=st.sampled_from(["count", "percent"]),
        sex=st.sampled_from(["_T", "F"]),
        measure=st.sampled_from([None, "rescued"]),
        start=st.integers(0, 5),
    )
    return st.lists(one, max_size=7).map(tuple)


def _filed(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    return tuple(replace(claim, id=number) for number, claim in enumerate(claims, 1))


@given(_texts())
def test_the_same_text_again_changes_nothing(claims: tuple[Claim, ...]) -> None:
    filed = _filed(claims)
    assert judge(NewVersion(claims, filed), Held(filed)) == []
    alignment = align(filed, claims)
    assert (alignment.fresh, alignment.gone) == ((), ())


@given(_texts())
def test_the_same_text_in_another_item_only_repeats_what_is_filed(claims: tuple[Claim, ...]) -> None:
    filed = _filed(claims)
    reprint = tuple(replace(claim, item=2, url="https://valle.example/2") for claim in claims)
    told = {change.change for change in judge(NewVersion(reprint), Held(filed))}
    assert told <= {"repeated_statistic"}


@given(_texts(), _texts())
def test_each_statement_gives_at_most_one_change_and_each_loss_at_most_one(
    before: tuple[Claim, ...], now: tuple[Claim, ...]
) -> None:
    later = datetime(2024, 2, 1, tzinfo=UTC)
    now = tuple(replace(claim, date=later.date(), fetched=later) for claim in now)
    filed = _filed(before)
    changes = judge(NewVersion(now, filed), Held(filed))
    told = [id(change.statistic) for change in changes if change.statistic is not None]
    gone = [id(change.previous) for change in changes if change.statistic is None]
    assert len(set(told)) == len(told)
    assert len(set(gone)) == len(gone)
    alignment = align(filed, now)
    assert len(alignment.gone) + len(alignment.outgrown) + len({id(old) for old, _ in alignment.carried}) == len(filed)
    assert len(alignment.fresh) + len(alignment.carried) == len(now)
