"""PDF files as text: page by page, in reading order, without running heads, tables as rows that read alone."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

import pypdfium2

from monitor.papers import prose
from monitor.papers.cells import cells, with_carried_headings, with_headings
from monitor.papers.furniture import Sheet, without_furniture
from monitor.papers.glyphs import Word, page_words
from monitor.papers.layout import Block, blocks, rows_of
from monitor.papers.leaders import without_leaders
from monitor.papers.paper import Paper
from monitor.papers.rows import table_lines
from monitor.reader.dates import find_date

MOST_PAGES = 1000
SECONDS = 40.0  # after which no further page is begun
LONGEST_TEXT = 6_000_000

LOCKED = (
    "the PDF asks for a password and cannot be read; if its publisher has an open copy, add it with `tratawatch add`"
)
BROKEN = (
    "the PDF is damaged and cannot be opened; it may not have arrived whole: if it opens elsewhere, add it with "
    "`tratawatch add`"
)
SCANNED = (
    "the PDF is a scan: its pages are pictures without text; run text recognition (OCR) on it and add the result with "
    "`tratawatch add`"
)
EMPTY = "the PDF has no pages with text"

_CAPTION = re.compile(r"(?:tabla|cuadro|gr[aá]fico|table|figure|chart)\s(?:n\.?\s?[º°]?\s?)?\d", re.IGNORECASE)
_PROGRAM_TITLES = re.compile(
    r"microsoft \w+ - |untitled|sin t[ií]tulo|\S+\.(?:docx?|pdf|indd|pptx?|xlsx?)$|[\w-]*\d{5,}|$", re.IGNORECASE
)
_DATED_ROWS = 40
_STANDS_OUT = 1.15  # of the usual size of letters


@dataclass
class _Text:
    """Text as it grows, with the offsets at which pages begin."""

    parts: list[str] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    length: int = 0

    def add(self, part: str) -> None:
        self.parts.append(part)
        self.length += len(part)

    def replace_last(self, part: str) -> None:
        self.length -= len(self.parts.pop())
        self.add(part)


def read_pdf(content: bytes) -> Paper:
    """The text of a PDF with the offsets of its pages, or why there is none. Raises nothing for any bytes."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        return Paper(unreadable=LOCKED if "password" in str(error).lower() else BROKEN)
    try:
        return _read(document)
    finally:
        document.close()


def _read(document: pypdfium2.PdfDocument) -> Paper:
    total = len(document)
    sheets, pictures = _sheets(document)
    if not any(words for _, words in sheets):
        return Paper(unreadable=SCANNED if pictures else EMPTY, title=_title(document), made=_made(document))
    pages = without_furniture(sheets)
    dashed = prose.dashed_words(word.text for words in pages for word in words)
    laid_out = with_carried_headings([with_headings(blocks(words)) for words in pages])
    text = _text([[*_paragraphs(page, dashed)] for page in laid_out], dashed)
    first = next(words for words in pages if words) if any(pages) else []
    return Paper(
        text="".join(text.parts),
        pages=tuple(text.pages),
        title=_title(document),
        headline=_headline(first),
        made=_made(document),
        dated=tuple(_dated(first)),
        remark=_remark(
            total,
            len(sheets),
            [number for number, (_, words) in enumerate(sheets, 1) if not words and number in pictures],
        ),
    )


def _sheets(document: pypdfium2.PdfDocument) -> tuple[list[Sheet], set[int]]:
    """The pages that can be read in time, and the numbers of those that hold pictures and no text."""
    begun = time.monotonic()
    sheets: list[Sheet] = []
    pictures: set[int] = set()
    for number in range(1, min(len(document), MOST_PAGES) + 1):
        if time.monotonic() - begun > SECONDS:
            break
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError:
            sheets.append((1.0, []))
            continue
        words = without_leaders(page_words(page), len(document))
        if not words and next(iter(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=2)), None):
            pictures.add(number)
        sheets.append((page.get_height(), words))
        page.close()
    return sheets, pictures


def _text(pages: Sequence[Sequence[str]], dashed: frozenset[str]) -> _Text:
    """The paragraphs of all pages as one text; a paragraph goes on where a column or a page cut it."""
    text = _Text()
    for page in pages:
        start: int | None = None
        for part in page:
            last = text.parts[-1] if text.parts else ""
            if last and prose.goes_on(last, part):
                whole = prose.joined([last, part], dashed)
                start = text.length + len(whole) - len(last) - len(part) if start is None else start
                text.replace_last(whole)
            else:
                if last:
                    text.add("\n")
                start = text.length if start is None else start
                text.add(part)
        text.pages.append(text.length if start is None else start)
        if text.length > LONGEST_TEXT:
            break
    return text


def _paragraphs(page: Sequence[Block], dashed: frozenset[str]) -> Iterator[str]:
    above = ""
    for place, block in enumerate(page):
        if block.table:
            caption = _caption(above, page[place + 1] if place + 1 < len(page) else None)
            lines = table_lines([*block.headings, *cells(block.rows)], caption, len(block.headings) or None)
            yield from lines[1:] if caption and lines else lines
        else:
            for part in prose.paragraphs(block.rows, dashed):
                above = part
                yield part


def _caption(above: str, below: Block | None) -> str:
    """The caption of a table, which stands above it or below."""
    first = prose.said(below.rows[0]) if below is not None else ""
    if _CAPTION.match(first) and not _CAPTION.match(above):
        return first
    return above if len(above) <= 200 and (_CAPTION.match(above) or not above.endswith(".")) else ""


def _remark(total: int, read: int, pictures: Sequence[int]) -> str | None:
    remarks = []
    if read < total:
        remarks.append(f"only the first {read} of {total} pages were read")
    if pictures:
        shown = ", ".join(map(str, pictures[:20])) + ("..." if len(pictures) > 20 else "")
        remarks.append(f"without text, as they are pictures: pages {shown}")
    return "; ".join(remarks) or None


def _title(document: pypdfium2.PdfDocument) -> str:
    title = " ".join(str(document.get_metadata_value("Title")).split())[:400]
    return "" if _PROGRAM_TITLES.match(title) else title


def _made(document: pypdfium2.PdfDocument) -> str:
    """The day in a PDF's metadata: `D:20260203101500-05'00'` as `2026-02-03T10:15:00-05:00`."""
    found = re.match(
        r"D:(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(Z|[+-]\d\d'?\d\d)?",
        str(document.get_metadata_value("CreationDate")),
    )
    if not found:
        return ""
    day = "-".join(found.group(1, 2, 3))
    zone = (found[7] or "").replace("'", "")
    return f"{day}T{found[4]}:{found[5]}:{found[6] or '00'}{zone}" if found[4] and zone else day


def _headline(words: Sequence[Word]) -> str:
    """The largest lines of a page, where they stand out."""
    largest = max((word.size for word in words), default=0.0)
    rows = rows_of([word for word in words if word.size > 0.95 * largest])
    if not rows or largest < _STANDS_OUT * median(word.size for word in words):
        return ""
    text = prose.joined([prose.said(row) for row in rows[:6]], frozenset())
    return text if 8 <= len(text) <= 300 else ""


def _dated(words: Sequence[Word]) -> Iterator[str]:
    """The first rows of a page that hold a date and little else."""
    for row in rows_of(words)[:_DATED_ROWS]:
        line = prose.said(row)
        if len(line) <= 70 and find_date(line) is not None:
            yield line
