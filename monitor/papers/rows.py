"""A table as lines that read alone: `Region: Lima; Victims: 40.`, each cell with the heading of its column."""

from __future__ import annotations

import re
from collections.abc import Sequence

MOST_COLUMNS = 60
MOST_ROWS = 2000

_NUMBER = re.compile(r"[-+]?(?:S/\.?|US\$|\$|€)?\s?\d[\d.,'\s]*%?")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[-/–]\s?(?:19|20)?\d\d)?\*?")
_NUMBERED = re.compile(
    r"(?:tabla|cuadro|gr[aá]fico|table|chart|figure)\s(?:n\.?\s?[º°]?\s?)?[\d.]{1,8}\s?[:.–—-]?\s?", re.IGNORECASE
)
_NOTHING = frozenset(["", "-", "–", "—", "...", "…", "n/a", "n.a.", "n.d.", "s.d.", "s/d"])
_SENTENCE_ENDS = (".", "!", "?")

Row = Sequence[str]


def table_lines(grid: Sequence[Row], caption: str = "", headed: int | None = None) -> list[str]:
    """The lines of a table: its caption, then a line for each row of its body.

    `headed` is how many rows at the top are headings, where that is known. Where all headings are years the caption
    stands in each line, since it alone says what is counted.
    """
    rows = [[" ".join(cell.split()) for cell in row[:MOST_COLUMNS]] for row in grid[:MOST_ROWS]]
    rows = [row for row in rows if any(row)]
    caption = " ".join(caption.split())
    tops = heading_rows(rows) if headed is None else min(headed, len(rows))
    headings = _headings(rows[:tops])
    counted = _NUMBERED.sub("", caption).rstrip(".:") if caption and _only_years(headings[1:]) else ""
    lines = [line for row in rows[tops:] if (line := _line(row, headings, counted))]
    return [caption, *lines] if caption and lines else lines


def heading_rows(rows: Sequence[Row]) -> int:
    """How many rows at the top are headings: none unless they are words or years above numbers."""
    if len(rows) < 2:
        return 0
    tops = 0
    while tops < min(3, len(rows) - 1) and _is_heading(rows[tops]):
        tops += 1
    body = rows[tops:]
    return tops if any(is_number(cell) for row in body for cell in row[1:]) else min(tops, 1)


def is_number(cell: str) -> bool:
    """Whether a cell holds a number and nothing else."""
    return _NUMBER.fullmatch(cell.strip()) is not None


def _is_heading(row: Row) -> bool:
    return not any(is_number(cell) and not _YEAR.fullmatch(cell) for cell in row) and not (
        _YEAR.fullmatch(row[0]) and len(row) > 1 and not any(_YEAR.fullmatch(cell) for cell in row[1:])
    )


def _headings(rows: Sequence[Row]) -> list[str]:
    """One heading for each column; where there are several rows of them the upper stands first."""
    width = max((len(row) for row in rows), default=0)
    return [_joined([row[column] for row in rows if column < len(row)]) for column in range(width)]


def _joined(parts: Sequence[str]) -> str:
    return " ".join(part for place, part in enumerate(parts) if part and part not in parts[:place])


def _only_years(headings: Sequence[str]) -> bool:
    said = [heading for heading in headings if heading]
    return bool(said) and all(_YEAR.fullmatch(heading) for heading in said)


def _line(row: Row, headings: Sequence[str], counted: str) -> str:
    cells = [_cell(cell, headings[place] if place < len(headings) else "") for place, cell in enumerate(row)]
    said = [cell for cell in cells if cell]
    if not said:
        return ""
    line = "; ".join([counted, *said] if counted else said)
    return line if line.endswith(_SENTENCE_ENDS) else line + "."


def _cell(cell: str, heading: str) -> str:
    if cell.lower() in _NOTHING:
        return ""
    return f"{heading.rstrip(':')}: {cell}" if heading and heading != cell else cell
