"""Workbooks (xlsx, xls, ods) as text, sheet by sheet. The only use of calamine."""

from __future__ import annotations

import io
from itertools import islice

import python_calamine

from monitor.papers.grid import EMPTY, grid_lines
from monitor.papers.paper import Paper
from monitor.papers.rows import MOST_ROWS

MOST_SHEETS = 40
LOCKED = "the workbook asks for a password and cannot be read; ask its publisher for an open copy"
BROKEN = (
    "the workbook is damaged and cannot be opened; it may not have arrived whole: if it opens elsewhere, add it with "
    "`tratawatch add`"
)


def read_workbook(content: bytes) -> Paper:
    """The sheets of a workbook, each begun by its name, or why there is no text. Raises nothing for any bytes."""
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return _read(book)
    except python_calamine.PasswordError:
        return Paper(unreadable=LOCKED)
    except (python_calamine.CalamineError, ValueError, OSError):
        return Paper(unreadable=BROKEN)


def _read(book: python_calamine.CalamineWorkbook) -> Paper:
    shown = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        and sheet.visible == python_calamine.SheetVisibleEnum.Visible
    ]
    parts: list[str] = []
    pages: list[int] = []
    length, cut = 0, len(shown) > MOST_SHEETS
    for name in shown[:MOST_SHEETS]:
        sheet = book.get_sheet_by_name(name)
        cut = cut or sheet.height > MOST_ROWS
        lines = [*grid_lines(islice(sheet.iter_rows(), MOST_ROWS))]
        if not lines:
            continue
        part = "\n".join([name, *lines]) + "\n"
        pages.append(length)
        parts.append(part)
        length += len(part)
    remark = f"only the first {MOST_SHEETS} sheets and {MOST_ROWS} rows of each were read" if cut else None
    return Paper(text="".join(parts).strip(), pages=tuple(pages), remark=remark, unreadable=None if parts else EMPTY)
