"""The words of a PDF page with their places. The only use of PDFium."""

from __future__ import annotations

import ctypes
import math
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

MOST_CHARACTERS = 40_000  # of a page; the densest page of print has some 10,000
HYPHEN = "\u00ad"  # stands at the end of a word that its line cut in two
_PDFIUM_HYPHENS = (0x02, 0xAD, 0xFFFE)
_UPRIGHT = 0.1  # radians


class Word(NamedTuple):
    """A word, its box in points from the top left of the page downwards, and the size of its letters."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float

    @property
    def height(self) -> float:
        """The usual height of a line of such letters; the boxes of letters differ from font to font."""
        return 1.15 * self.size

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


class _Glyph(NamedTuple):
    letter: str
    left: float
    right: float
    top: float
    bottom: float
    size: float


def page_words(page: pypdfium2.PdfPage) -> list[Word]:
    """The upright words of a page in the order in which the file draws them."""
    text = page.get_textpage()
    try:
        return _words(text, page.get_height())
    finally:
        text.close()


def _words(text: pypdfium2.PdfTextPage, height: float) -> list[Word]:
    found: list[Word] = []
    run: list[_Glyph] = []
    box = pdfium.FS_RECTF()
    for place in range(min(text.count_chars(), MOST_CHARACTERS)):
        letter = _letter(text, place)
        if letter.isspace() or not pdfium.FPDFText_GetLooseCharBox(text, place, ctypes.byref(box)):
            _close(run, found)
            continue
        if not run and abs(_angle(text, place)) > _UPRIGHT:
            continue
        size = run[-1].size if run else _size(text, place)
        glyph = _Glyph(letter, box.left, box.right, height - box.top, height - box.bottom, size)
        if run and not _adjoins(run[-1], glyph):
            _close(run, found)
        run.append(glyph)
    _close(run, found)
    return found


def _letter(text: pypdfium2.PdfTextPage, place: int) -> str:
    code = pdfium.FPDFText_GetUnicode(text, place)
    if code in _PDFIUM_HYPHENS:
        return HYPHEN
    letter = chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else " "
    return letter if letter.isprintable() else " "


def _size(text: pypdfium2.PdfTextPage, place: int) -> float:
    """The size of a letter on the page, in points."""
    matrix = pdfium.FS_MATRIX()
    size: float = pdfium.FPDFText_GetFontSize(text, place)
    if pdfium.FPDFText_GetMatrix(text, place, ctypes.byref(matrix)):
        size *= math.hypot(matrix.b, matrix.d)
    return min(max(size, 1.0), 1000.0)


def _angle(text: pypdfium2.PdfTextPage, place: int) -> float:
    angle: float = pdfium.FPDFText_GetCharAngle(text, place)
    return min(angle, abs(angle - 2 * math.pi))


def _adjoins(before: _Glyph, glyph: _Glyph) -> bool:
    """Whether a letter goes on with the word of the one before; those of a ligature share a place."""
    level = abs((before.top + before.bottom) - (glyph.top + glyph.bottom)) / 2
    gap = glyph.left - before.right
    near = -before.size * 0.6 < gap < before.size * 0.6
    return level < before.size * 0.6 and (near or (gap < 0 and glyph.left > before.left - before.size * 0.1))


def _close(run: list[_Glyph], found: list[Word]) -> None:
    if run:
        text = "".join(glyph.letter for glyph in run)
        tops, bottoms = [glyph.top for glyph in run], [glyph.bottom for glyph in run]
        found.append(Word(text, run[0].left, run[-1].right, min(tops), max(bottoms), run[0].size))
        run.clear()
