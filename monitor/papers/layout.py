"""The order in which a page is read: its rows, the gutters between its columns, what of it is a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from monitor.papers.glyphs import Word

GAP = 0.6  # of the height of a line: what is wider may lie between columns
MOST_WORDS = 6_000  # of a page that is laid out; one with more is read row by row
_MOST_GAPS = 200
_LEVEL = 0.35  # of the height of a line: words nearer in height stand in one row
_FAR = 6  # heights of a line between rows of different parts of the page
_DEEPEST = 12
_STRETCHED = 3  # gaps of one width side by side: the spaces of a line that fills its column
_EVEN = 1.6  # times as wide as the narrowest gap of a row, where all are spaces; those after a stop are wider
_FLUSH = 1.5  # points between the ends of lines of one column
_BULLET = re.compile(r"[•●▪■◦*·–—-]|\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,4})[.)]")

Row = list[Word]


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that are read one after the other: lines of running text or, with `table`, rows of cells.

    `headings` are rows of cells that stand above those of a table on the page before.
    """

    rows: list[Row]
    table: bool = False
    headings: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Gutter:
    """Empty space from `left` to `right` beside the rows from `first` up to `last`, which it cuts in two sides."""

    left: float
    right: float
    first: int
    last: int
    sides: list[tuple[Row, Row]]

    @property
    def both(self) -> list[tuple[Row, Row]]:
        return [(left, right) for left, right in self.sides if left and right]

    @property
    def is_table(self) -> bool:
        """Whether what stands level belongs together: most rows have both sides, and the cells of one are short."""
        both = self.both
        fewer = min(sum(bool(left) for left, _ in self.sides), sum(bool(right) for _, right in self.sides))
        if len(both) < 2 or len(both) < 0.6 * fewer:
            return False
        short = min(median(len(left) for left, _ in both), median(len(right) for _, right in both))
        figures = [any(map(str.isdigit, word.text)) for _, right in both for word in right]
        return short <= 2 or (short <= 4 and sum(figures) > 0.4 * len(figures))

    @property
    def is_between_columns(self) -> bool:
        return min(sum(bool(left) for left, _ in self.sides), sum(bool(right) for _, right in self.sides)) >= 3


def blocks(words: Sequence[Word]) -> list[Block]:
    """The blocks of a page in the order in which they are read."""
    rows = rows_of(words)
    return _split(rows, 0) if len(words) <= MOST_WORDS else [Block(rows)]


def rows_of(words: Sequence[Word]) -> list[Row]:
    """Words by rows from top to bottom, each row from left to right."""
    rows: list[Row] = []
    for word in sorted(words, key=lambda word: (word.middle, word.left)):
        last = rows[-1][0] if rows else None
        if last is not None and abs(word.middle - last.middle) <= _LEVEL * min(word.height, last.height):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.left) for row in rows]


def _split(rows: list[Row], depth: int) -> list[Block]:
    gutter = max(_gutters(rows), key=_beside, default=None) if depth < _DEEPEST else None
    if gutter is None:
        return [Block(rows)] if rows else []
    above, region, below = rows[: gutter.first], rows[gutter.first : gutter.last], rows[gutter.last :]
    if gutter.is_table:
        inner = [Block(region, table=True)]
    else:
        left = [word for side, _ in gutter.sides for word in side]
        right = [word for _, side in gutter.sides for word in side]
        inner = [*_split(rows_of(left), depth + 1), *_split(rows_of(right), depth + 1)]
    return [*_split(above, depth + 1), *inner, *_split(below, depth + 1)]


def _beside(gutter: Gutter) -> float:
    """How much a gutter divides: the words beside it, a wide one more than a narrow one."""
    words = sum(len(left) + len(right) for left, right in gutter.sides)
    return words * (1 + min(gutter.right - gutter.left, 60) / 60)


def _gutters(rows: list[Row]) -> Iterator[Gutter]:
    tried: set[tuple[int, int]] = set()
    stretched = {place for place in range(len(rows)) if _is_stretched(rows, place)}
    for start, row in enumerate(rows):
        for left, right in _gaps(row) if start not in stretched else ():
            key = (round(left / 4), round(right / 4))
            if key in tried or len(tried) >= _MOST_GAPS:
                continue
            tried.add(key)
            gutter = _grown(rows, start, left, right)
            if gutter.is_table:
                yield from _trimmed(gutter, stretched)
            elif gutter.is_between_columns:
                yield gutter


def _is_stretched(rows: list[Row], place: int) -> bool:
    """Whether a row is a line of text that was stretched to fill its column, so that its wide gaps are spaces.

    Its gaps are of one width, its words are no numbers, and the line above or below ends where it ends.
    """
    row = rows[place]
    widths = [after.left - before.right for before, after in pairwise(row)]
    numbers = sum(any(map(str.isdigit, word.text)) for word in row)
    if not widths or max(widths) > _EVEN * min(widths) + 0.5 or numbers > 0.4 * len(row):
        return False
    beside = [rows[near] for near in (place - 1, place + 1) if 0 <= near < len(rows)]
    indent = 2.5 * row[0].height
    return any(
        abs(row[-1].right - other[-1].right) < _FLUSH and abs(row[0].left - other[0].left) < indent for other in beside
    )


def _gaps(row: Row) -> Iterator[tuple[float, float]]:
    """The gaps of a row that are wider than those between words; that after the mark of a list is none."""
    reach = row[0].right
    spaces = _spaces(row)
    for place, word in enumerate(row[1:]):
        marked = place == 0 and _BULLET.fullmatch(row[0].text)
        if word.left - reach > GAP * word.height and not marked and place not in spaces:
            yield reach, word.left
        reach = max(reach, word.right)


def _spaces(row: Row) -> set[int]:
    """The gaps, by place, that are spaces of a stretched line: several of one width between words in lower case."""
    widths = [after.left - before.right for before, after in pairwise(row)]
    found: set[int] = set()
    start = 0
    for place in range(1, len(widths) + 1):
        if place < len(widths) and abs(widths[place] - widths[start]) < 0.05 * row[0].height:
            continue
        small = sum(word.text[:1].islower() for word in row[start : place + 1])
        if place - start >= _STRETCHED and small > 0.6 * (place - start + 1):
            found.update(range(start, place))
        start = place
    return found


def _grown(rows: list[Row], start: int, left: float, right: float) -> Gutter:
    """The gap as far up and down as no row crosses it; it narrows to what all rows leave free."""
    first, last = start, start + 1
    least = GAP * 0.8 * rows[start][0].height
    for step in (-1, 1):
        place = start + step
        while 0 <= place < len(rows) and not _far(rows[place - step][0], rows[place][0]):
            free = _free(rows[place], left, right)
            if free[1] - free[0] < least:
                break
            left, right = free
            first, last = min(first, place), max(last, place + 1)
            place += step
    return Gutter(left, right, first, last, [_cut(row, right) for row in rows[first:last]])


def _far(one: Word, other: Word) -> bool:
    return abs(one.middle - other.middle) > _FAR * max(one.height, other.height)


def _free(row: Row, left: float, right: float) -> tuple[float, float]:
    """What a row leaves free of an interval; nothing where a word stands within it or across."""
    for word in row:
        if word.right <= left or word.left >= right:
            continue
        if word.left > left and word.right < right:
            return left, left
        left, right = (max(left, word.right), right) if word.left <= left else (left, min(right, word.left))
    return left, right


def _cut(row: Row, at: float) -> tuple[Row, Row]:
    return [word for word in row if word.left < at - 0.01], [word for word in row if word.left >= at - 0.01]


def _trimmed(gutter: Gutter, stretched: set[int]) -> Iterator[Gutter]:
    """A table without the rows above and below that are none of it: on one side alone, or lines of text."""
    both = [
        place
        for place, (left, right) in enumerate(gutter.sides)
        if left and right and gutter.first + place not in stretched
    ]
    if len(both) > 1:
        first, last = both[0], both[-1] + 1
        sides = gutter.sides[first:last]
        yield Gutter(gutter.left, gutter.right, gutter.first + first, gutter.first + last, sides)
