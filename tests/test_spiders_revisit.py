"""When an item is looked at again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from spiders.revisit import look_for_growth, next_look, retry

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)


def days_ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


@pytest.mark.parametrize(("days", "pause"), [(0, 0), (2, 0), (3, 1), (29, 1), (30, 7), (364, 7), (365, 30), (4000, 30)])
def test_the_older_the_news_the_later_the_next_look(days: int, pause: int) -> None:
    assert next_look(days_ago(days).date(), NOW, None, NOW + timedelta(hours=-12)) - (NOW - timedelta(hours=12)) == (
        timedelta(days=pause)
    )
    assert next_look(None, days_ago(days), None, NOW) - NOW == timedelta(days=pause)


def test_an_edit_makes_old_news_young() -> None:
    assert next_look(date(2019, 1, 1), days_ago(900), days_ago(1), NOW) == NOW


def test_an_item_found_long_after_its_publication_is_old() -> None:
    assert next_look(date(2019, 1, 1), NOW, None, NOW) == NOW + timedelta(days=30)


def test_an_item_on_something_else_is_looked_at_some_times_in_its_first_day_and_then_no_more() -> None:
    looks, now = [], NOW + timedelta(minutes=30)
    while (due := look_for_growth(NOW, now)) is not None:
        looks.append(due - NOW)
        now = due
    assert looks == [timedelta(hours=2), timedelta(hours=8), timedelta(hours=24)]
    assert look_for_growth(NOW, NOW + timedelta(hours=6.3)) == NOW + timedelta(days=1)  # of a source asked so seldom
    assert look_for_growth(NOW, NOW + timedelta(minutes=5)) == NOW + timedelta(hours=1)
    assert look_for_growth(NOW, NOW + timedelta(days=3)) is None


def test_failures_in_a_row_double_the_pause_until_there_is_little_hope() -> None:
    assert [retry(n, NOW) - NOW for n in (0, 1, 2, 14, 15, 99)] == [
        timedelta(minutes=15),
        timedelta(minutes=30),
        timedelta(hours=1),
        timedelta(days=1),
        timedelta(days=30),
        timedelta(days=30),
    ]
