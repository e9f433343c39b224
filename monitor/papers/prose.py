"""Lines of print to paragraphs: words that a line cut are whole again, paragraphs go on over columns and pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from monitor.papers.glyphs import HYPHEN
from monitor.papers.layout import Row

_BULLET = re.compile(r"[•●▪■◦*·–—-]\s|\(?(?:\d{1,2}|[a-z])[.)]\s", re.IGNORECASE)
_ENDS = (".", "!", "?", ":", "…", ".»", ".”", '."', ".)")
_LONG = 120  # characters: no heading is so long
_LINE = 60  # characters of a line of print, or more
_HYPHENS = ("-", "‐", HYPHEN)
_DASHES = re.compile(r"\w+(?:-\w+)+")


def dashed_words(words: Iterable[str]) -> frozenset[str]:
    """The words that are written with a dash within a line: these keep it where a line ends at it."""
    return frozenset(word.lower() for word in words if "-" in word[1:-1])


def paragraphs(rows: Sequence[Row], dashed: frozenset[str]) -> Iterator[str]:
    """The paragraphs of a column; words that a line cut are whole, those in `dashed` keep their dash."""
    if not rows:
        return
    step = median([below[0].middle - above[0].middle for above, below in pairwise(rows)] or [0.0])
    left, right = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    lines = [said(row) for row in rows]
    current = [lines[0]]
    for (above, below), line in zip(pairwise(rows), lines[1:], strict=True):
        if _breaks(above, below, step, (left, right)) or _BULLET.match(line):
            yield joined(current, dashed)
            current = []
        current.append(line)
    yield joined(current, dashed)


def said(row: Row) -> str:
    """The words of a row; its last may end in the mark of a cut word."""
    return " ".join(word.text for word in row)


def joined(lines: Sequence[str], dashed: frozenset[str]) -> str:
    """Lines as one; a word that the end of its line cut is put together, `dashed` are words that keep their dash."""
    text = ""
    for line in lines:
        if text.endswith(_HYPHENS) and len(text) > 1 and text[-2].isalnum():
            text = _without_cut(text, line, dashed)
        else:
            text = f"{text} {line}" if text else line
    return text


def _without_cut(text: str, line: str, dashed: frozenset[str]) -> str:
    before, after = text[:-1].rpartition(" ")[2], line.partition(" ")[0]
    whole = _DASHES.match(f"{before}-{after}")
    if not line[:1].islower() or (whole is not None and whole[0].lower() in dashed):
        return f"{text[:-1]}-{line}"
    return text[:-1] + line


def goes_on(text: str, following: str) -> bool:
    """Whether a paragraph that a column or a page cut goes on with another."""
    if text.endswith(_ENDS) or _BULLET.match(following):
        return False
    sentence = len(text) > _LINE and text.rpartition(" ")[2].islower()  # no heading, no number of a page
    begins = following[:1].islower() or (following[:1].isdigit() and sentence)
    return begins or (len(text) > _LONG and not text.startswith(following[:20]))


def _breaks(above: Row, below: Row, step: float, column: tuple[float, float]) -> bool:
    """Whether a new paragraph begins between two lines: by space, by size, by indent, by how far the line reached."""
    left, right = column
    distance, height = below[0].middle - above[0].middle, below[0].height
    tall, low = max(above[0].height, height), min(above[0].height, height)
    if distance > 1.35 * max(step, tall) + 1 or tall > 1.12 * low or above[0].left - below[0].left > 3 * height:
        return True
    unfilled = (right - above[-1].right) / max(right - left, 1.0)
    capital = not below[0].text[:1].islower()
    if said(above).endswith(_ENDS):
        return below[0].left - above[0].left > 0.7 * height or (unfilled > 0.15 and capital)
    return unfilled > 0.45 and capital
