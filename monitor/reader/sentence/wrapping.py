"""Whether the lines of a text were cut by a page, as in the text of a PDF or a mail: then a break is but a space."""

from __future__ import annotations

import itertools

_FEWEST = 4  # lines that go on in the next, from which a text shows how it was cut
_WIDEST = 140  # characters of a line that a page cuts; longer ones are paragraphs
_NARROWEST = 40
_FULL = 0.75  # of the widest line: so long is one that the page has cut
_MOST, _HALF = 0.7, 0.5  # of the lines that are full, and of those whose next begins with a small letter


def full_line(text: str) -> int:
    """Give the length, in characters, of a line that goes on in the next; 0 for a text that no page has cut."""
    lines = text.split("\n")
    pairs = [(line, after) for line, after in itertools.pairwise(lines) if line.strip() and after.strip()]
    if len(pairs) < _FEWEST:
        return 0
    widest = max(len(line) for line, _ in pairs)
    least = round(_FULL * widest)
    full = [after for line, after in pairs if len(line) >= least]
    if not _NARROWEST <= widest <= _WIDEST or len(full) < _MOST * len(pairs):
        return 0
    small = sum(after.lstrip()[0].islower() for after in full)
    return least if small >= _HALF * len(full) else 0
