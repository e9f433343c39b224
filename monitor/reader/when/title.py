"""The year that the title of a document names."""

from __future__ import annotations

from monitor.reader.sentence.scene import Scene


def title_year(heading: Scene) -> int | None:
    """The one year that a title names, which its text calls this year; not that of a report, a plan or a law."""
    if heading.places("reviews") or heading.places("documents"):
        return None
    years = {int(value) for mention in heading.mentions for slot, value in mention.slots if slot == "year"}
    return years.pop() if len(years) == 1 else None
