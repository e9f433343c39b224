"""Rows as CSV that a spreadsheet opens without running anything: what comes from pages is data, never a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

from monitor.alerts.safe_text import harmless

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
MARK = "'"


def write_csv(out: TextIO, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """A header and a line for each row, as RFC 4180 has it."""
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([cell(row.get(name)) for name in columns] for row in rows)


def cell(value: Any) -> str | int | float:
    """A cell that no spreadsheet takes for a formula: such texts begin with an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return value
    said = harmless(str(value)).replace("\r\n", "\n").replace("\r", "\n")
    return MARK + said if said.lstrip().startswith(_STARTS_A_FORMULA) else said


def plain(said: str) -> str:
    """What `cell` was given: a cell without the apostrophe that keeps it from being a formula."""
    rest = said.removeprefix(MARK)
    return rest if rest != said and rest.lstrip().startswith(_STARTS_A_FORMULA) else said
