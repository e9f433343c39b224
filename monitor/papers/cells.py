"""The rows of a printed table as cells, from where their words stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from monitor.papers.glyphs import HYPHEN, Word
from monitor.papers.layout import GAP, Block, Row
from monitor.papers.rows import heading_rows, is_number

_TIGHT = 0.1  # of the height of a line: what lies before a column of numbers
_LEAST = 0.29  # of the height of a line: a little more than the space between two words
_FREE = 0.4  # of the height of a line: the least space between two columns

_ALIGNED = 1.2  # points

Span = tuple[float, float]


def cells(rows: Sequence[Row]) -> list[list[str]]:
    """The grid of a table; a heading over several columns stands in each, a row that its cell wrapped is one row."""
    columns = _columns(rows)
    grid = [_row(row, columns) for row in rows]
    return _unwrapped(grid, rows)


def with_headings(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with rows that stand above a table's columns moved into it: narrow headings leave no wide gaps."""
    done: list[Block] = []
    for block in blocks:
        above = done[-1] if done else None
        if block.table and above is not None and not above.table:
            taken = _headings(above.rows, block.rows)
            done[-1] = Block(above.rows[: len(above.rows) - taken])
            done.append(Block([*above.rows[len(above.rows) - taken :], *block.rows], table=True))
        else:
            done.append(block)
    return [block for block in done if block.rows]


def with_carried_headings(pages: Sequence[list[Block]]) -> list[list[Block]]:
    """The blocks of all pages; a table that a page cut has its headings on each."""
    done: list[list[Block]] = []
    for page in pages:
        before = done[-1][-1] if done and done[-1] else None
        if before is not None and before.table and page:
            first, *rest = page if page[0].table else [*_last_rows(before, page[0]), *page[1:]]
            done.append([_carried(before, first) if first.table else first, *rest])
        else:
            done.append(page)
    return done


def _last_rows(before: Block, block: Block) -> list[Block]:
    """A block of text whose first rows are the last of the table on the page before: too few to be seen as one."""
    columns = _columns(before.rows)
    taken = 0
    for row in block.rows[:3]:
        over = {_column(word, columns) for word in row}
        if None in over or len(over) < max(2, len(columns) - 1) or not any(is_number(word.text) for word in row):
            break
        taken += 1
    rest = [Block(block.rows[taken:])] if taken < len(block.rows) else []
    return [Block(block.rows[:taken], table=True), *rest] if taken else [block]


def _carried(before: Block, block: Block) -> Block:
    """A table with the headings of the one before, where it has as many columns and no headings of its own."""
    grid, above = cells(block.rows), cells(before.rows)
    tops = before.headings or tuple(map(tuple, above[: heading_rows(above)]))
    alike = bool(tops) and len(grid[0]) == len(tops[0]) and not heading_rows(grid)
    return replace(block, headings=tops) if alike else block


def _headings(above: Sequence[Row], table: Sequence[Row]) -> int:
    """How many of the last rows above a table are headings of its columns."""
    columns = _columns(table)
    lower = table[0][0]
    taken = 0
    for row in reversed(above[-3:]):
        near = lower.middle - row[0].middle < 2.5 * lower.height
        if not near or not _stands_in(row, columns):
            break
        lower = row[0]
        taken += 1
    return taken


def _stands_in(row: Row, columns: Sequence[Span]) -> bool:
    """Whether a row is of headings: few words in each column, across no edge, in two columns or right of the first."""
    if len(columns) < 2 or len(row) > 3 * len(columns) or row[-1].text.endswith("."):
        return False
    gutters = [(end, start) for (_, end), (start, _) in pairwise(columns)]
    if any(word.left < end and word.right > start for word in row for end, start in gutters):
        return len(row) == 1 and row[0].left > columns[0][1]
    taken = {place for word in row for place in _places(word.left, word.right, columns)}
    return row[0].left > columns[0][1] or (len(taken) > 1 and len(_parts(row, columns)) > 1)


def _columns(rows: Sequence[Row]) -> list[Span]:
    """Where the columns stand: what the rows with numbers cover, cut where next to none of them does."""
    counted = [row for row in rows if any(is_number(word.text) for word in row)]
    body = counted if len(counted) >= 2 else rows
    tolerated = 0 if len(body) < 6 else 1 if len(body) < 16 else 2
    words = [word for row in body for word in row]
    height = max((word.height for word in words), default=1.0)
    found: list[Span] = []
    for span in _covered(words, tolerated):
        gap = span[0] - found[-1][1] if found else height
        if gap >= _FREE * height or (gap > _TIGHT * height and _is_of_numbers(span, words)):
            found.append(span)
        else:
            found[-1] = (found[-1][0], span[1])
    return found or [(0.0, 0.0)]


def _covered(words: Sequence[Word], tolerated: int) -> Iterator[Span]:
    """The spans that more words than are tolerated stand above each other in."""
    edges = sorted(edge for word in words for edge in ((word.left, 1), (word.right, -1)))
    covered, start = 0, 0.0
    for at, step in edges:
        if covered <= tolerated < covered + step:
            start = at
        if covered > tolerated >= covered + step:
            yield start, at
        covered += step


def _is_of_numbers(span: Span, words: Sequence[Word]) -> bool:
    return all(is_number(word.text) for word in words if word.left < span[1] and word.right > span[0])


def _row(row: Row, columns: Sequence[Span]) -> list[str]:
    line = [""] * len(columns)
    for part in _parts(row, columns):
        text = " ".join(word.text for word in part).replace(HYPHEN, "-")
        for place in _places(part[0].left, part[-1].right, columns):
            line[place] = f"{line[place]} {text}".strip()
    return line


def _parts(row: Row, columns: Sequence[Span]) -> list[Row]:
    """The words of a row as its gaps part them, or as they stand in different columns."""
    stands = [_column(word, columns) for word in row]
    single = None not in stands and len(set(stands)) == len(row)  # a word for each column, however near they are
    parts: list[Row] = []
    for place, word in enumerate(row):
        gap = word.left - row[place - 1].right
        least = _TIGHT if is_number(word.text) else _LEAST
        own = gap > least * word.height and stands[place] != stands[place - 1]
        if not parts or single or own or gap > GAP * 0.7 * word.height:
            parts.append([word])
        else:
            parts[-1].append(word)
    return parts


def _column(word: Word, columns: Sequence[Span]) -> int | None:
    """The one column that a word stands in."""
    over = [place for place, (start, end) in enumerate(columns) if word.left < end and word.right > start]
    return over[0] if len(over) == 1 else None


def _places(left: float, right: float, columns: Sequence[Span]) -> list[int]:
    """The columns that words from `left` to `right` stand in; those on both sides where their middle is in none."""
    middle = (left + right) / 2
    over = [place for place, (start, end) in enumerate(columns) if left < end and right > start]
    if any(start <= middle <= end for start, end in columns) or (
        len(over) == 1 and _is_aligned(left, right, columns[over[0]])
    ):
        return over
    before = max((place for place, (_, end) in enumerate(columns) if end <= middle), default=-1)
    return sorted({*over, max(before, 0), min(before + 1, len(columns) - 1)})


def _is_aligned(left: float, right: float, column: Span) -> bool:
    """Whether words begin, end or are centred where a column is: such belong to it, however far they reach."""
    start, end = column
    return min(abs(left - start), abs(right - end), abs(left + right - start - end) / 2) < _ALIGNED


def _unwrapped(grid: list[list[str]], rows: Sequence[Row]) -> list[list[str]]:
    """Lines of a table as rows: those nearer to each other than rows are were wrapped in their cells."""
    steps = [below[0].middle - above[0].middle for above, below in pairwise(rows)]
    pitch = median(steps) if steps else 0.0
    done = grid[:1]
    for step, line in zip(steps, grid[1:], strict=True):
        if step < 0.8 * pitch or _goes_on(done[-1], line):
            done[-1] = [f"{one} {other}".strip() for one, other in zip(done[-1], line, strict=True)]
        else:
            done.append(line)
    return done


def _goes_on(above: list[str], line: list[str]) -> bool:
    """Whether a line begins in lower case alone, or brings without a heading only cells that are empty above."""
    if line[0]:
        return line[0][:1].islower() and not any(line[1:])
    return all(not (one and other) for one, other in zip(above[1:], line[1:], strict=True))
