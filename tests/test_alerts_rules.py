"""What is told at once, what waits for the digest, what a channel is not told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from monitor.alerts.rules import DEFAULT_POLICY, ChannelRule, ItemFacts, decide
from tests.alerts_samples import change, figure, held, revised

SEEN = datetime(2024, 3, 12, 15, 0, tzinfo=UTC)
FRESH = ItemFacts(published=date(2024, 3, 8), first_seen=SEEN, language="es")
OLD = ItemFacts(published=date(2022, 3, 8), first_seen=SEEN)
BASELINE = ItemFacts(published=date(2024, 3, 8), first_seen=SEEN, baseline=True)


def decided(*changes: dict[str, Any], facts: ItemFacts = FRESH, **rule: Any) -> list[tuple[str, str]]:
    return [(decision.told, decision.reason) for decision in decide(changes, facts, ChannelRule(**rule))]


def stat(kind: str, **fields: Any) -> dict[str, Any]:
    return change(kind, **({"statistic": figure(), "previous": held()} | fields))


@pytest.mark.parametrize("kind", DEFAULT_POLICY)
def test_the_table_of_classes(kind: str) -> None:
    late = {"repeated_statistic": "repeated", "older_statistic": "digest_class"}
    expected = ("digest", late[kind]) if kind in late else ("now", "at_once")
    assert decided(stat(kind)) == [expected]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (change("new_item", copy_of="https://radio.example/1"), ("digest", "copy")),
        (stat("repeated_statistic", detail={"exact": True}), ("now", "at_once")),
        (stat("conflicting_statistic", detail={"known_pair": True}), ("digest", "known_pair")),
        (stat("new_statistic", detail={"undated": True}), ("now", "at_once")),
        (stat("repeated_statistic", detail={"dismissed": True, "exact": True}), ("silent", "dismissed")),
        (stat("conflicting_statistic", detail=None), ("now", "at_once")),
    ],
)
def test_single_cases(told: dict[str, Any], expected: tuple[str, str]) -> None:
    assert decided(told) == [expected]


def test_figures_without_a_period_can_be_left_to_the_digest() -> None:
    told = stat("new_statistic", detail={"undated": True})
    assert decided(told, undated="digest") == [("digest", "undated")]


def test_all_changes_of_an_item_travel_in_one_alert() -> None:
    told = decided(change("new_item"), stat("repeated_statistic"), stat("older_statistic"))
    assert told == [("now", "at_once"), ("now", "with_item"), ("now", "with_item")]


def test_a_copy_that_repeats_waits_for_the_digest() -> None:
    told = decided(change("new_item", copy_of="https://radio.example/1"), stat("repeated_statistic"))
    assert told == [("digest", "copy"), ("digest", "repeated")]


def test_an_item_published_long_ago_waits_for_the_digest() -> None:
    told = decided(change("new_item"), stat("new_statistic"), stat("repeated_statistic"), facts=OLD)
    assert told == [("digest", "old_item"), ("digest", "old_item"), ("digest", "repeated")]


@pytest.mark.parametrize(("days", "kind"), [(30, "now"), (31, "digest")])
def test_old_begins_the_day_after_the_limit(days: int, kind: str) -> None:
    facts = ItemFacts(published=date.fromordinal(SEEN.date().toordinal() - days), first_seen=SEEN)
    assert decided(change("new_item"), facts=facts)[0][0] == kind


def test_an_item_without_a_date_is_not_old() -> None:
    assert decided(change("new_item"), facts=ItemFacts(published=None, first_seen=SEEN)) == [("now", "at_once")]


def test_a_later_edit_of_an_old_item_is_news() -> None:
    assert decided(change("edited_item"), revised(), facts=OLD) == [("now", "at_once"), ("now", "at_once")]


def test_a_baseline_is_left_to_its_summary() -> None:
    told = decided(change("new_item"), stat("new_statistic"), stat("repeated_statistic"), facts=BASELINE)
    assert told == [("silent", "baseline")] * 3


def test_failures_are_told_also_in_a_baseline() -> None:
    assert decided(change("source_failing"), facts=BASELINE) == [("now", "at_once")]


@pytest.mark.parametrize(
    ("audience", "failing", "new"),
    [
        ("all", ("now", "at_once"), ("now", "at_once")),
        ("operators", ("now", "at_once"), ("silent", "other_audience")),
        ("readers", ("silent", "other_audience"), ("now", "at_once")),
    ],
)
def test_notices_go_to_operators(audience: str, failing: tuple[str, str], new: tuple[str, str]) -> None:
    assert decided(change("source_failing"), audience=audience) == [failing]
    assert decided(change("new_item"), audience=audience) == [new]


def test_a_channel_has_its_own_policy() -> None:
    policy = {"repeated_statistic": "now", "edited_item": "silent", "new_item": "digest"}
    told = decided(stat("repeated_statistic"), change("edited_item"), policy=policy)
    assert told == [("now", "at_once"), ("silent", "silent_class")]
    assert decided(change("new_item"), policy=policy) == [("digest", "digest_class")]


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ({"changes": {"new_item"}}, "other_change"),
        ({"sources": {"radio"}}, "other_source"),
        ({"languages": {"en"}}, "other_language"),
        ({"indicators": {"complaints"}}, "other_indicator"),
        ({"areas": {"PE-MDD"}}, "other_area"),
        ({"changes": {"revised_statistic"}, "sources": {"diario"}, "languages": {"es"}}, None),
        ({"indicators": {"victims"}, "areas": {"PE"}}, None),
    ],
)
def test_filters(rule: dict[str, Any], reason: str | None) -> None:
    rule = {key: frozenset(wanted) for key, wanted in rule.items()}
    assert decided(revised(), **rule) == [("silent", reason) if reason else ("now", "at_once")]


@pytest.mark.parametrize(
    ("area", "wanted", "passes"),
    [
        ("PE-MDD", "PE", True),
        ("PE-LIM+PE-LOR", "PE-LOR", True),
        ("PE", "PE-LOR", False),
        ("PE-LIM", "PE-LI", False),
        ("EC", "PE", False),
    ],
)
def test_an_area_takes_what_lies_in_it(area: str, wanted: str, passes: bool) -> None:  # noqa: FBT001
    told = decided(stat("new_statistic", statistic=figure(area=area)), areas=frozenset({wanted}))
    assert (told[0][0] == "now") == passes


def test_an_item_follows_its_figures_through_a_filter() -> None:
    elsewhere = stat("new_statistic", statistic=figure(area="PE-PUN"))
    here = stat("new_statistic", statistic=figure(area="PE-MDD"))
    only: dict[str, Any] = {"areas": frozenset({"PE-MDD"})}
    assert decided(change("new_item"), elsewhere, **only) == [("silent", "other_area")] * 2
    told = decided(change("new_item"), elsewhere, here, **only)
    assert told == [("now", "at_once"), ("silent", "other_area"), ("now", "at_once")]


def test_a_withdrawal_is_filtered_by_the_figure_that_is_gone() -> None:
    gone = change("withdrawn_statistic", previous=held(area="PE-MDD"))
    assert decided(gone, areas=frozenset({"PE-MDD"})) == [("now", "at_once")]
    assert decided(gone, areas=frozenset({"PE-PUN"})) == [("silent", "other_area")]


def test_notices_pass_filters_on_figures() -> None:
    assert decided(change("source_silent"), areas=frozenset({"PE-MDD"})) == [("now", "at_once")]


def test_an_item_of_unknown_language_passes_a_filter_on_language() -> None:
    assert decided(revised(), facts=OLD, languages=frozenset({"en"})) == [("now", "at_once")]
