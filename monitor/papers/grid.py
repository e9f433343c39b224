"""The cells of a sheet as lines: titles above tables, rows that read alone, notes below."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby

from monitor.papers.paper import Paper
from monitor.papers.rows import MOST_ROWS, table_lines

LONGEST_CELL = 2000
EMPTY = "the table has no filled cells"


def grid_lines(grid: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a sheet: its parts, which empty rows divide, one after the other."""
    rows = [[cell_text(cell) for cell in row] for row in grid]
    caption = ""
    for filled, part in groupby(rows, key=any):
        lines, table = _titles_and_table(list(part)) if filled else ([], [])
        yield from lines
        caption = lines[-1] if lines else caption
        said = table_lines(table, caption)
        yield from said[1:] if said and said[0] == caption else said
        caption = "" if table else caption


def cell_text(cell: object) -> str:
    """What a cell says; a whole number without a point, a moment as its day."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, float):
        return f"{cell:.10g}"
    if isinstance(cell, date | datetime):
        return cell.isoformat()[:10]
    return " ".join(str(cell if cell is not None else "")[:LONGEST_CELL].split())


def read_csv(text: str) -> Paper:
    """A text of separated values as a paper of one page."""
    first = text.partition("\n")[0]
    separator = max(";\t|,", key=first.count)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(text.splitlines(), delimiter=separator):
            rows.append(row)
            if len(rows) > MOST_ROWS:
                break
    except csv.Error:
        return Paper(unreadable="the table is damaged: its cells are not separated as they should be")
    said = "\n".join(grid_lines(rows))
    cut = f"only the first {MOST_ROWS} rows were read" if len(rows) > MOST_ROWS else None
    return Paper(text=said, pages=(0,), remark=cut, unreadable=None if said.strip() else EMPTY)


def _titles_and_table(part: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """Rows of a single cell before a table are its titles; the rest is the table."""
    titles = []
    while part and sum(map(bool, part[0])) == 1:
        titles.append(next(cell for cell in part.pop(0) if cell))
    return titles, part
