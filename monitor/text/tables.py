"""Tables of a page as lines, each cell with its headings; tables that only lay out a page are undone."""

from __future__ import annotations

from lxml.html import HtmlElement
from lxml.html.builder import P

from monitor.papers.rows import MOST_COLUMNS, MOST_ROWS, table_lines

_LONGEST_CELL = 300
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")


def flatten_tables(tree: HtmlElement) -> None:
    """Replace each table, inner ones first, by paragraphs of its rows or, where it is layout, by its cells."""
    for table in reversed(list(tree.iter("table"))):
        if table.getparent() is None:
            continue
        rows = list(table.iter("tr"))[:MOST_ROWS]
        if _is_data(rows):
            _replace(table, rows)
        else:
            _undo(table)


def _is_data(rows: list[HtmlElement]) -> bool:
    cells = [_cells(row) for row in rows]
    if sum(len(row) > 1 for row in cells) < 2:
        return False
    return all(_is_short(cell) for row in cells for cell in row)


def _is_short(cell: HtmlElement) -> bool:
    few_blocks = sum(1 for _ in cell.iter("p", "div", "li")) <= 2
    return few_blocks and len(" ".join(cell.text_content().split())) <= _LONGEST_CELL


def _replace(table: HtmlElement, rows: list[HtmlElement]) -> None:
    grid = _grid(rows)
    lines = table_lines(grid, _caption(table), _headed(rows))
    for figure in table.iterancestors("figure"):
        figure.tag = "div"
        for caption in list(figure.iter("figcaption")):
            caption.drop_tree()
    for line in lines:
        table.addprevious(P(line))
    table.drop_tree()


def _caption(table: HtmlElement) -> str:
    found = table.findtext("caption") or table.xpath("string(ancestor::figure[1]//figcaption)")
    return str(found or "")


def _headed(rows: list[HtmlElement]) -> int | None:
    """How many rows the markup says are headings; None where it says nothing."""
    headed = 0
    for row in rows:
        parent = row.getparent()
        cells = _cells(row)
        if (parent is None or parent.tag != "thead") and not (cells and all(cell.tag == "th" for cell in cells)):
            break
        headed += 1
    return headed if 0 < headed < len(rows) else None


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _grid(rows: list[HtmlElement]) -> list[list[str]]:
    """The texts of the cells, those that span several rows or columns in each of their places."""
    grid: list[list[str]] = []
    below: dict[int, tuple[int, str]] = {}
    for row in rows:
        line: list[str] = []
        cells = iter(_cells(row))
        while len(line) < MOST_COLUMNS:
            column = len(line)
            if column in below:
                left, text = below.pop(column)
                line.append(text)
                if left > 1:
                    below[column] = (left - 1, text)
                continue
            cell = next(cells, None)
            if cell is None:
                break
            text = " ".join(cell.text_content().split())
            for place in range(_span(cell, "colspan")):
                line.append(text)
                if (deep := _span(cell, "rowspan")) > 1:
                    below[column + place] = (deep - 1, text)
        grid.append(line[:MOST_COLUMNS])
    return grid


def _span(cell: HtmlElement, name: str) -> int:
    value = cell.get(name) or ""
    return max(1, min(int(value[:6]), MOST_COLUMNS)) if value.isascii() and value.isdigit() else 1


def _undo(table: HtmlElement) -> None:
    for part in list(table.iter("tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup", "col")):
        part.tag = "div"
    table.tag = "div"
