"""What stands on every page and belongs to none: running heads and feet, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from monitor.papers.glyphs import Word
from monitor.papers.layout import Row, rows_of

_MARGIN = 0.12  # of the height of the page, at its top and at its foot
_SPACE = 1.5  # of the height of a line, between a running head and the text
_STEP = 4.0  # points by which the height of a running head may differ from page to page
_ROWS = 3  # rows that are looked at from either end
_SHARE = 0.4  # of the pages: what stands on so many is a running head
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"(?:p[aá]g(?:ina|\.)?|page|p\.)?\s?[-–—|]?\s?(?:\d{1,4}|[ivxl]{1,7})\s?[-–—|]?\s?(?:(?:/|de|of)\s?\d{1,4})?",
    re.IGNORECASE,
)

Sheet = tuple[float, Sequence[Word]]  # the height of a page and its words


def without_furniture(sheets: Sequence[Sheet]) -> list[list[Word]]:
    """The words of each page without those of its running heads and numbers."""
    pages = [rows_of(words) for _, words in sheets]
    ends = [_ends(rows, height) for rows, (height, _) in zip(pages, sheets, strict=True)]
    often = Counter(said for rows in ends for said in {_said(row) for row in rows})
    apart = {_said(row) for rows in pages for row in [*_apart(rows[: _ROWS + 1]), *_apart(rows[: -_ROWS - 2 : -1])]}
    enough = max(2, round(_SHARE * len(sheets)))
    counted = Counter(
        ahead for page, rows in enumerate(ends) for ahead in {n for row in rows for n in _ahead(row, page)}
    )
    kept = []
    for page, ((_, words), rows) in enumerate(zip(sheets, ends, strict=True)):
        heads = [row for row in rows if (often[_said(row)] >= enough and _said(row) in apart) or _is_number(row)]
        heads += [row for row in rows if any(counted[n] >= max(3, enough) for n in _ahead(row, page))]
        gone = {word for row in heads for word in row}
        kept.append([word for word in words if word not in gone])
    return kept


def _ends(rows: Sequence[Row], height: float) -> list[Row]:
    """The first and last rows of a page, as far as they stand in its margins."""
    top = [row for row in rows[:_ROWS] if row[0].middle < _MARGIN * height]
    return [*top, *(row for row in rows[-_ROWS:] if row[0].middle > (1 - _MARGIN) * height)]


def _apart(rows: Sequence[Row]) -> Sequence[Row]:
    """Of rows from an edge inwards, those before a space that is wider than between lines."""
    for place, (row, inner) in enumerate(pairwise(rows), 1):
        if abs(inner[0].middle - row[0].middle) > _SPACE * max(row[0].height, inner[0].height):
            return rows[:place]
    return []


def _said(row: Row) -> str:
    """What a row says on every page, its numbers aside, and how high it stands."""
    return f"{round(row[0].middle / _STEP)} " + _DIGITS.sub("#", " ".join(word.text for word in row).lower())[:200]


def _ahead(row: Row, page: int) -> set[int]:
    """By how much numbers at the ends of a row are ahead of the number of the page: the same on every page."""
    return {int(word.text) - page for word in (row[0], row[-1]) if word.text.isascii() and word.text.isdigit()}


def _is_number(row: Row) -> bool:
    return _NUMBER.fullmatch(" ".join(word.text for word in row)[:40]) is not None
