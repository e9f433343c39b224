"""Tables for the terminal. What comes from pages is shown as data: no markup, no escape codes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.table import Table
from rich.text import Text

from monitor.alerts.safe_text import clean

LONGEST_CELL = 120


def table(headings: Sequence[str], rows: Iterable[Sequence[object]], firm: Collection[str] = ()) -> Table:
    """A table of plain values; None is shown as a dash. What stands under the `firm` headings is never broken."""
    made = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        made.add_column(heading, overflow="fold", no_wrap=heading in firm)
    for row in rows:
        made.add_row(*(Text("-" if cell is None else clean(str(cell), LONGEST_CELL)) for cell in row))
    return made


def moment(value: str | None) -> datetime | None:
    """A time that was written by `records.iso`."""
    return datetime.fromisoformat(value) if value else None


def shown(moment: datetime | None, zone: ZoneInfo) -> str | None:
    """A time in the configured zone, to the minute."""
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M") if moment else None
