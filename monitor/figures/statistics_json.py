"""A statistic as the streams give it."""

from __future__ import annotations

from typing import Any

from monitor.reader.statistic import Statistic

SLOTS = ("indicator", "period", "area", "sex", "age", "form", "citizenship", "provider")


def plain_number(value: float) -> int | float:
    """A whole number without its point, as it stood in the text."""
    return int(value) if value == int(value) else value


def statistic_json(statistic: Statistic) -> dict[str, Any]:
    """A statistic as the streams give it: the fields of an annotation, with its quote and the rule that found it."""
    return {
        "start": statistic.start,
        "end": statistic.end,
        "value": plain_number(statistic.value),
        "unit": statistic.unit,
        "qualifier": statistic.qualifier,
        **{name: getattr(statistic, name) for name in SLOTS},
        "quote": statistic.quote,
        "rule": statistic.rule,
    }
