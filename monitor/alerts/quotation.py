"""The quoted sentence of a figure, cut in three around its number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from monitor.alerts.safe_text import harmless

AROUND = 400  # code points shown on each side of the number
_SEPARATOR = "[.,\u00a0\u202f\u2009' ]?"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence before, at and after its number; `number` is empty where the number was not found in it."""

    before: str
    number: str
    after: str

    @property
    def whole(self) -> str:
        return self.before + self.number + self.after


def quotation_of(statistic: Mapping[str, Any]) -> Quotation | None:
    """The quote with its number set apart: at `quote_offset` with the length of the span, else found by its value."""
    quote = statistic.get("quote")
    if not isinstance(quote, str) or not quote.strip():
        return None
    start, end = _by_offset(statistic, quote) or _by_value(statistic, quote) or (0, 0)
    if start == end:
        return Quotation(_head(harmless(quote).strip(), 2 * AROUND), "", "")
    before, number, after = harmless(quote[:start]), harmless(quote[start:end]), harmless(quote[end:])
    return Quotation(_tail(before.lstrip(), AROUND), number.strip(), _head(after.rstrip(), AROUND))


def _by_offset(statistic: Mapping[str, Any], quote: str) -> tuple[int, int] | None:
    start, first, last = (statistic.get(key) for key in ("quote_offset", "start", "end"))
    if not (isinstance(start, int) and isinstance(first, int) and isinstance(last, int)):
        return None
    end = start + last - first
    return (start, end) if 0 <= start < end <= len(quote) and quote[start:end].strip() else None


def _by_value(statistic: Mapping[str, Any], quote: str) -> tuple[int, int] | None:
    value = statistic.get("value")
    if not isinstance(value, int | float) or not 0 <= value < 10**15:
        return None
    sign = r"(?:[\s]?%)?" if statistic.get("unit") == "percent" else ""
    found = re.search(rf"(?<![\d.,]){_pattern(value)}(?![\d]|[.,]\d){sign}", quote)
    return found.span() if found else None


def _pattern(value: float) -> str:
    """The number in digits, with or without separators of thousands, with a point or a comma for decimals."""
    whole, _, decimals = f"{value:.4f}".rstrip("0").rstrip(".").partition(".")
    grouped = f"{int(whole):,}".split(",")
    return _SEPARATOR.join(grouped) + (rf"[.,]{decimals}" if decimals else "")


def _head(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[:limit].rstrip() + "…"


def _tail(text: str, limit: int) -> str:
    return text if len(text) <= limit else "…" + text[-limit:].lstrip()
