"""Vintages: what each voice said, in the order of the dates, whatever the order of reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import monitor.ledger.vintages as vintages_module
from monitor.ledger import dated, versions
from monitor.ledger.agreement import agree
from monitor.ledger.claim import Claim
from monitor.ledger.held import Held
from monitor.ledger.judge import NewVersion, judge
from monitor.ledger.vintages import Vintage, current, vintages
from monitor.reader.statistic import Statistic

if TYPE_CHECKING:
    from collections.abc import Mapping

START = date(2024, 1, 1)


def said(value: float, day: int = 0, item: int = 1, qualifier: str = "=", **more: object) -> Claim:
    slots = {"provider": "PNP", "period": "2023", **{k: v for k, v in more.items() if k in Statistic.__slots__}}
    known = {k: v for k, v in more.items() if k not in Statistic.__slots__}
    place = slots.pop("start", 0)
    told = Statistic(
        start=place,  # type: ignore[arg-type]
        end=place + 3,  # type: ignore[operator]
        quote="",
        value=value,
        rule="given",
        indicator="victims",
        qualifier=qualifier,
        **slots,  # type: ignore[arg-type]
    )
    claim = Claim(told, item=item, source=f"s{item}", url=f"https://s{item}.example/", date=START + timedelta(days=day))
    return replace(claim, **known)  # type: ignore[arg-type]


def values(found: Mapping[str, tuple[Vintage, ...]]) -> dict[str, list[list[float]]]:
    return {name: [[claim.value for claim in v.values] for v in told] for name, told in found.items()}


def test_a_voice_has_a_vintage_for_each_value_it_went_through() -> None:
    claims = [said(610, 0), said(655, 9, 2), said(660, 20, 3)]
    assert values(vintages(claims)) == {"PNP": [[610], [655], [660]]}
    assert values(current(claims)) == {"PNP": [[660]]}


def test_voices_are_kept_apart() -> None:
    claims = [said(610), said(402, 3, 2, provider="MPFN"), said(480, 4, 3, provider=None)]
    assert values(current(claims)) == {"PNP": [[610]], "MPFN": [[402]], "s3": [[480]]}


def test_repetitions_hang_on_the_vintage_that_they_agree_with() -> None:
    first, again, later = said(610, 0), said(610, 5, 2), said(655, 9, 3)
    (one, two) = vintages([later, again, first])["PNP"]
    assert (one.claims, two.claims) == ((first, again), (later,))
    assert one.first is first
    assert one.last is again


def test_an_exact_value_takes_the_place_of_the_vague_one_and_keeps_it() -> None:
    claims = [said(900, 0, 1, "~"), said(882, 3, 2), said(880, 5, 3, ">"), said(900, 9, 4, "~")]
    (only,) = vintages(claims)["PNP"]
    assert [claim.value for claim in only.values] == [882]
    assert len(only.claims) == 4


def test_a_vague_value_before_two_exact_ones_belongs_to_the_first() -> None:
    assert values(vintages([said(900, 0, 1, "~"), said(930, 1, 2), said(882, 2, 3)])) == {"PNP": [[930], [882]]}


def test_a_range_is_closed_by_a_value_inside() -> None:
    low = said(100, 0, 1, ">=", interval=(100.0, 900.0))
    high = said(900, 0, 1, "<=", interval=(100.0, 900.0), start=9)
    assert values(current([low, high])) == {"PNP": [[100, 900]]}
    assert values(current([low, high, said(480, 2, 2)])) == {"PNP": [[480]]}


def test_several_values_of_one_text_are_one_vintage() -> None:
    assert values(vintages([said(610), said(402, start=40)])) == {"PNP": [[610, 402]]}


def test_measures_that_texts_keep_apart_run_side_by_side() -> None:
    claims = [
        said(610, 0, measure="identified"),
        said(240, 1, 2, measure="rescued"),
        said(640, 2, 3, measure="identified"),
    ]
    assert values(current(claims)) == {"PNP": [[240], [640]]}
    assert values(vintages(claims)) == {"PNP": [[610], [240], [640]]}


def test_a_withdrawn_vintage_is_history_but_not_current() -> None:
    claims = [said(610, 0), said(655, 9, 2, withdrawn=True)]
    assert values(vintages(claims)) == {"PNP": [[610], [655]]}
    assert values(current(claims)) == {"PNP": [[610]]}
    assert values(current([*claims, said(655, 12, 3)])) == {"PNP": [[655]]}


def test_a_dismissed_claim_takes_no_part() -> None:
    claims = [said(610), said(30, 9, 2, dismissed=True)]
    assert values(vintages(claims)) == values(current(claims)) == {"PNP": [[610]]}


def test_numbers_without_a_period_replace_nothing() -> None:
    claims = [said(9, 0, period=None), said(14, 3, 2, period=None), said(9, 5, 3, period=None)]
    assert values(current(claims)) == {"PNP": [[9], [14]]}


def test_as_known_on_a_day_is_what_was_published_by_then() -> None:
    claims = [said(610, 0), said(655, 30, 2)]
    known = [claim for claim in claims if claim.date is not None and claim.date <= START + timedelta(days=10)]
    assert values(current(known)) == {"PNP": [[610]]}


def _claims() -> st.SearchStrategy[list[Claim]]:
    moments = st.one_of(st.none(), st.integers(0, 3).map(lambda h: datetime(2024, 3, 1, h, tzinfo=UTC)))
    one = st.builds(
        said,
        value=st.sampled_from([100.0, 102.0, 110.0, 90.0, 300.0]),
        day=st.integers(0, 4),
        item=st.integers(1, 4),
        qualifier=st.sampled_from(["=", "=", "~", ">", "<="]),
        provider=st.sampled_from(["PNP", "MPFN", None, "OTHER"]),
        measure=st.sampled_from([None, None, "identified", "rescued"]),
        period=st.just("2023"),
        start=st.integers(0, 3),
        withdrawn=st.booleans(),
        dismissed=st.sampled_from([False, False, False, True]),
        fetched=moments,
    )
    return st.lists(one, max_size=12)


@given(_claims().flatmap(lambda claims: st.tuples(st.just(claims), st.permutations(claims))))
def test_vintages_do_not_depend_on_the_order_of_reading(pair: tuple[list[Claim], list[Claim]]) -> None:
    claims, shuffled = pair
    assert vintages(claims) == vintages(shuffled)
    assert current(claims) == current(shuffled)


@given(_claims())
def test_each_claim_belongs_to_one_vintage_and_no_exact_value_gives_way_to_a_vague_one(claims: list[Claim]) -> None:
    told = [claim for found in vintages(claims).values() for vintage in found for claim in vintage.claims]
    kept = [claim for claim in claims if not claim.dismissed]
    assert sorted(map(repr, told)) == sorted(map(repr, kept))
    for found in vintages(claims).values():
        for vintage in found:
            exact = [c for c in vintage.claims if c.statistic.qualifier == "="]
            assert not exact or any(c.statistic.qualifier == "=" for c in vintage.values)


def test_judging_many_values_of_one_observation_tries_few_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = 0

    def counted(a: Statistic, b: Statistic) -> bool:
        nonlocal tried
        tried += 1
        return agree(a, b)

    for module in (vintages_module, versions, dated):
        monkeypatch.setattr(module, "agree", counted)
    held = tuple(said(100 + 3 * i, i, i + 2, id=i + 1) for i in range(300))
    text = tuple(said(101 + 3 * i, 400, 1, start=10 * i) for i in range(300))
    assert len(judge(NewVersion(text), Held(held))) == 1  # one is revised, the others are in its detail
    assert tried < 10 * 300
