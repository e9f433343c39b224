"""Rows of dots that lead the eye: contents are left out, in tables the dots alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from monitor.papers.glyphs import Word
from monitor.papers.layout import Row, rows_of

_LEADER = re.compile(r"(?:[.…·_]\s?){5,60}(\d{1,4})$")
_ENOUGH = 4  # rows of a page with dots and rising numbers: they are contents
_PAGES_BEFORE = 20  # that a part of a larger paper may leave out
_DOTS = re.compile(r"[.…·_]{4,500}")


def without_leaders(words: Sequence[Word], pages: int) -> list[Word]:
    """The words of a page without its contents and without leading dots; `pages` is how many the paper has."""
    rows = rows_of(words)
    led = [(row, found[1]) for row in rows if (found := _LEADER.search(_said(row)))]
    rising = all(int(one) <= int(next_one) for (_, one), (_, next_one) in pairwise(led))
    listed = [row for row, number in led if int(number) <= pages + _PAGES_BEFORE]
    contents = {word for row in listed for word in row} if len(listed) >= _ENOUGH and rising else set()
    kept = [word for word in words if word not in contents]
    return [word._replace(text=text) for word in kept if (text := _plain(word.text, dotted=bool(led)))]


def _said(row: Row) -> str:
    return " ".join(word.text for word in row)[-200:]


def _plain(text: str, *, dotted: bool) -> str:
    """A word without dots that lead on from it; a dot that stands alone goes where there are rows of them."""
    if dotted and not text.strip(".·_"):
        return ""
    return _DOTS.sub("", text) if ".." in text or "__" in text or "··" in text else text
