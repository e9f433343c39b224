"""Which changes of an item a channel is told at once, which wait for the digest, which it is not told. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

Change = Mapping[str, Any]
Told = Literal["now", "digest", "silent"]
Audience = Literal["readers", "operators", "all"]
Reason = Literal[
    "at_once",
    "with_item",
    "digest_class",
    "silent_class",
    "copy",
    "repeated",
    "dismissed",
    "known_pair",
    "undated",
    "old_item",
    "baseline",
    "other_audience",
    "other_change",
    "other_indicator",
    "other_area",
    "other_source",
    "other_language",
]

DEFAULT_POLICY: Mapping[str, Told] = {
    "new_item": "now",
    "edited_item": "now",
    "removed_item": "now",
    "new_statistic": "now",
    "repeated_statistic": "digest",
    "revised_statistic": "now",
    "older_statistic": "digest",
    "conflicting_statistic": "now",
    "withdrawn_statistic": "now",
    "source_failing": "now",
    "source_silent": "now",
    "source_recovered": "now",
}
OPERATORS_CHANGES = frozenset({"source_failing", "source_silent", "source_recovered"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFacts:
    """What the rules ask about an item: `baseline` where the changes come from a visit that sets the baseline."""

    published: date | None
    first_seen: datetime
    baseline: bool = False
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRule:
    """What one channel asks for; a None filter takes all. Area `PE` takes all of Peru, `PE-LIM` that region."""

    audience: Audience = "all"
    policy: Mapping[str, Told] = field(default_factory=dict)
    changes: frozenset[str] | None = None
    indicators: frozenset[str] | None = None
    areas: frozenset[str] | None = None
    sources: frozenset[str] | None = None
    languages: frozenset[str] | None = None
    old_after_days: int = 30
    undated: Told = "now"


@dataclass(frozen=True, slots=True)
class Decision:
    """How one change is told on a channel, and why; `reason` is a key of the table `reasons` of the words."""

    change_id: str
    told: Told
    reason: Reason


def decide(changes: Sequence[Change], facts: ItemFacts, rule: ChannelRule) -> tuple[Decision, ...]:
    """One decision for each of `changes`, in order; they are all changes of one item from one reading.

    Where one change is told at once, those of the same item that would wait for the digest go with it, so that all
    changes of an item travel in one alert. Changes of a baseline are silent with reason `baseline`: they are summed up.
    """
    refusals = _refusals(changes, facts, rule)
    first_reading = any(change["change"] == "new_item" for change in changes)
    old = first_reading and _is_old(facts, rule.old_after_days)
    alone = [
        _refused(change, refusal) if refusal else _timed(change, facts, rule, old=old)
        for change, refusal in zip(changes, refusals, strict=True)
    ]
    if any(decision.told == "now" for decision in alone):
        return tuple(_joined(decision) for decision in alone)
    return tuple(alone)


def _joined(decision: Decision) -> Decision:
    return Decision(decision.change_id, "now", "with_item") if decision.told == "digest" else decision


def _refused(change: Change, reason: Reason) -> Decision:
    return Decision(change["id"], "silent", reason)


def _timed(change: Change, facts: ItemFacts, rule: ChannelRule, *, old: bool) -> Decision:
    told, reason = _by_class(change, rule)
    if change["change"] not in OPERATORS_CHANGES and told != "silent":
        if facts.baseline:
            told, reason = "silent", "baseline"
        elif old and told == "now":
            told, reason = "digest", "old_item"
    return Decision(change["id"], told, reason)


def _by_class(change: Change, rule: ChannelRule) -> tuple[Told, Reason]:
    told = rule.policy.get(change["change"], DEFAULT_POLICY[change["change"]])
    if told == "silent":
        return told, "silent_class"
    detail = change.get("detail") or {}
    return _exception(change, detail, rule) or (told, _plain_reason(change, told))


def _plain_reason(change: Change, told: Told) -> Reason:
    if told == "now":
        return "at_once"
    return "repeated" if change["change"] == "repeated_statistic" else "digest_class"


def _exception(change: Change, detail: Mapping[str, Any], rule: ChannelRule) -> tuple[Told, Reason] | None:
    """What the table of classes says of single cases."""
    kind = change["change"]
    if kind == "new_item" and change.get("copy_of"):
        return "digest", "copy"
    if detail.get("dismissed"):
        return "silent", "dismissed"
    if kind == "repeated_statistic" and detail.get("exact"):
        return "now", "at_once"
    if kind == "conflicting_statistic" and detail.get("known_pair"):
        return "digest", "known_pair"
    if kind == "new_statistic" and detail.get("undated") and rule.undated != "now":
        return rule.undated, "undated"
    return None


def _is_old(facts: ItemFacts, after_days: int) -> bool:
    return facts.published is not None and (facts.first_seen.date() - facts.published).days > after_days


def _refusals(changes: Sequence[Change], facts: ItemFacts, rule: ChannelRule) -> list[Reason | None]:
    """For each change the filter that refuses it, or None; filters on figures refuse an item of which none passes."""
    found = [_refusal(change, facts, rule) or _figure_refusal(change, rule) for change in changes]
    passed = any(_figure(change) and refusal is None for change, refusal in zip(changes, found, strict=True))
    if passed or (rule.indicators is None and rule.areas is None):
        return found
    narrow: Reason = "other_area" if rule.indicators is None else "other_indicator"
    return [
        refusal or (None if change["change"] in OPERATORS_CHANGES else narrow)
        for change, refusal in zip(changes, found, strict=True)
    ]


def _figure(change: Change) -> Mapping[str, Any] | None:
    figure: Mapping[str, Any] | None = change.get("statistic") or change.get("previous")
    return figure


def _refusal(change: Change, facts: ItemFacts, rule: ChannelRule) -> Reason | None:
    to_operators = change["change"] in OPERATORS_CHANGES
    if rule.audience != "all" and to_operators != (rule.audience == "operators"):
        return "other_audience"
    if rule.changes is not None and change["change"] not in rule.changes:
        return "other_change"
    if rule.sources is not None and change["source"] not in rule.sources:
        return "other_source"
    if rule.languages is not None and facts.language is not None and facts.language not in rule.languages:
        return "other_language"
    return None


def _figure_refusal(change: Change, rule: ChannelRule) -> Reason | None:
    figure = _figure(change)
    if figure is None:
        return None
    if rule.indicators is not None and figure.get("indicator") not in rule.indicators:
        return "other_indicator"
    if rule.areas is not None and not _within(str(figure.get("area") or "PE"), rule.areas):
        return "other_area"
    return None


def _within(area: str, areas: frozenset[str]) -> bool:
    return any(part == wanted or part.startswith(f"{wanted}-") for part in area.split("+") for wanted in areas)
