"""Keys, periods, voices and dates of claims."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from monitor.ledger.changes import Change, ChangeClass, alerts_at_once
from monitor.ledger.claim import (
    Claim,
    claim_date,
    first_day,
    observation_key,
    order_key,
    period_days,
    series_key,
    silent,
    summary,
    undated,
    voice,
)
from monitor.reader.statistic import Statistic

VICTIMS = Statistic(start=3, end=6, quote="", value=610, rule="given", indicator="victims", period="2023")

PERIODS = [
    ("2023", "2023-01-01", "2023-12-31"),
    ("2023-02", "2023-02-01", "2023-02-28"),
    ("2024-02", "2024-02-01", "2024-02-29"),
    ("2023-02-11", "2023-02-11", "2023-02-11"),
    ("2015/2021", "2015-01-01", "2021-12-31"),
    ("2021-01/2021-06", "2021-01-01", "2021-06-30"),
    ("2011-07/2013-06", "2011-07-01", "2013-06-30"),
    ("2017/2019-08", "2017-01-01", "2019-08-31"),
    ("2023-02-11/2023-02-15", "2023-02-11", "2023-02-15"),
]


@pytest.mark.parametrize(("period", "first", "last"), PERIODS)
def test_a_period_is_a_span_of_days(period: str, first: str, last: str) -> None:
    assert period_days(period) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "period", [None, "", "2023-13", "2023-02-30", "2021/2015", "last year", "2023/", "/2023", "0000"]
)
def test_what_is_no_period_has_no_days(period: str | None) -> None:
    assert period_days(period) is None


def test_a_year_and_its_twelve_months_are_one_observation() -> None:
    assert observation_key(VICTIMS) == observation_key(replace(VICTIMS, period="2023-01/2023-12"))
    assert observation_key(VICTIMS) == "victims|count|PE|_T|_T|_T|_T@2023-01-01/2023-12-31"
    assert observation_key(replace(VICTIMS, period=None)) == "victims|count|PE|_T|_T|_T|_T@"


@pytest.mark.parametrize(
    "other",
    [
        {"indicator": "cases"},
        {"unit": "per_100k"},
        {"area": "PE-CUS"},
        {"sex": "F"},
        {"age": "Y0T17"},
        {"form": "labour"},
        {"citizenship": "VE"},
    ],
)
def test_each_slot_makes_another_series(other: dict[str, str]) -> None:
    assert series_key(replace(VICTIMS, **other)) != series_key(VICTIMS)  # type: ignore[arg-type]


def test_period_provider_and_value_do_not_make_another_series() -> None:
    other = replace(VICTIMS, period="2020", provider="PNP", value=7, measure="rescued", register="RETA")
    assert series_key(other) == series_key(VICTIMS)


def test_first_day_is_what_neighbours_share() -> None:
    assert first_day(replace(VICTIMS, period="2024-01/2024-03")) == date(2024, 1, 1)
    assert first_day(replace(VICTIMS, period=None)) is None


@pytest.mark.parametrize(
    ("provider", "expected"), [("PNP", "PNP"), ("OTHER", "valle"), (None, "valle"), ("", "valle"), ("ILO", "ILO")]
)
def test_the_voice_is_the_provider_or_else_the_source(provider: str | None, expected: str) -> None:
    assert voice(Claim(replace(VICTIMS, provider=provider), source="valle")) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, False),
        ({"period": None}, True),
        ({"period": "2023-05-04"}, True),
        ({"period": "2023-05-04/2023-05-04"}, True),
        ({"period": "2023-05-04/2023-05-05"}, False),
        ({"unit": "percent"}, True),
        ({"unit": "percent", "sex": "F"}, False),
        ({"unit": "percent", "citizenship": "foreign"}, False),
        ({"unit": "per_100k"}, False),
    ],
)
def test_what_is_known_by_its_value_alone(changed: dict[str, str | None], expected: bool) -> None:  # noqa: FBT001
    assert undated(replace(VICTIMS, **changed)) is expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, False),
        ({"area": "PE-LIM+PE-LOR"}, False),
        ({"area": "BO"}, True),
        ({"area": "CL+EC"}, True),
        ({"area": "PER"}, True),
        ({"indicator": "other"}, True),
        ({"unit": "percent_change"}, True),
        ({"unit": "PEN"}, False),
    ],
)
def test_what_is_kept_without_a_change(changed: dict[str, str], expected: bool) -> None:  # noqa: FBT001
    assert silent(replace(VICTIMS, **changed)) is expected  # type: ignore[arg-type]


READ = datetime(2024, 2, 3, 22, 0, tzinfo=UTC)
PUBLISHED = date(2024, 1, 15)


def test_a_claim_is_of_the_day_of_publication_or_of_the_day_the_later_version_was_read() -> None:
    assert claim_date(PUBLISHED, READ, later_version=False) == PUBLISHED
    assert claim_date(PUBLISHED, READ, later_version=True) == date(2024, 2, 3)
    assert claim_date(None, READ, later_version=False) == date(2024, 2, 3)
    assert claim_date(PUBLISHED, None, later_version=True) == PUBLISHED
    assert claim_date(None, None, later_version=True) is None


def test_claims_are_ordered_by_date_reading_address_and_place() -> None:
    at = replace(VICTIMS, start=9)
    claims = [
        Claim(VICTIMS, url="b"),
        Claim(VICTIMS, url="a", date=PUBLISHED),
        Claim(VICTIMS, url="b", date=PUBLISHED),
        Claim(at, url="b", date=PUBLISHED),
        Claim(VICTIMS, url="a", date=PUBLISHED, fetched=READ),
        Claim(VICTIMS, url="a", date=PUBLISHED, fetched=READ + timedelta(hours=1)),
        Claim(VICTIMS, url="a", date=PUBLISHED + timedelta(days=1)),
    ]
    mixed = [claims[place] for place in (3, 0, 6, 2, 5, 1, 4)]
    assert sorted(mixed, key=order_key) == claims


def test_times_of_reading_are_compared_as_moments() -> None:
    lima = READ.astimezone(timezone(timedelta(hours=-5)))
    same = [order_key(Claim(VICTIMS, fetched=at)) for at in (READ, lima, READ.replace(tzinfo=None))]
    assert same[0] == same[1] == same[2]


def test_a_summary_is_plain_and_names_the_voice() -> None:
    claim = Claim(VICTIMS, id=4, source="valle", url="https://valle.example/1", published=PUBLISHED, date=PUBLISHED)
    told = summary(claim)
    assert told["voice"] == "valle"
    assert told["value"] == 610
    assert told["date"] == told["published"] == "2024-01-15"


POLICY = [
    (Change(ChangeClass.NEW_ITEM), True),
    (Change(ChangeClass.NEW_ITEM, copy_of="https://valle.example/1"), False),
    (Change(ChangeClass.EDITED_ITEM), True),
    (Change(ChangeClass.REMOVED_ITEM), True),
    (Change(ChangeClass.NEW_STATISTIC), True),
    (Change(ChangeClass.NEW_STATISTIC, detail={"undated": True}), True),
    (Change(ChangeClass.REPEATED_STATISTIC), False),
    (Change(ChangeClass.REPEATED_STATISTIC, detail={"exact": True}), True),
    (Change(ChangeClass.REPEATED_STATISTIC, detail={"exact": True, "dismissed": True}), False),
    (Change(ChangeClass.REVISED_STATISTIC), True),
    (Change(ChangeClass.OLDER_STATISTIC), False),
    (Change(ChangeClass.CONFLICTING_STATISTIC), True),
    (Change(ChangeClass.CONFLICTING_STATISTIC, detail={"known_pair": True}), False),
    (Change(ChangeClass.WITHDRAWN_STATISTIC), True),
    (Change("source_failing"), True),
    (Change("source_recovered"), True),
]


@pytest.mark.parametrize(("change", "at_once"), POLICY)
def test_the_default_policy_is_that_of_the_closed_list(change: Change, at_once: bool) -> None:  # noqa: FBT001
    assert alerts_at_once(change) is at_once


def test_the_list_of_changes_is_closed() -> None:
    assert len(ChangeClass) == 12
    with pytest.raises(ValueError, match="renamed_item"):
        ChangeClass("renamed_item")
