"""Tables for the terminal. What comes from pages is shown as data: no markup, no escape codes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from monitor.alerts.safe_text import clean

LONGEST_CELL = 120
WIDEST = 10_000
NARROWEST = 20  # of a column that may be broken


def table(headings: Sequence[str], rows: Iterable[Sequence[object]], firm: Collection[str] = ()) -> Table:
    """A table of plain values; None is shown as a dash. What stands under the `firm` headings is never broken."""
    made = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        made.add_column(heading, overflow="fold", no_wrap=heading in firm)
    for row in rows:
        made.add_row(*(Text("-" if cell is None else clean(str(cell), LONGEST_CELL)) for cell in row))
    return made


def print_whole(console: Console, made: Table) -> None:
    """Print a table without cutting what is firm: a number that lost its last digit would be another one."""
    for column in made.columns:
        column.min_width = None if column.no_wrap else NARROWEST
    needed = Measurement.get(console, console.options.update(max_width=WIDEST), made).minimum
    console.width = max(console.width, needed)
    console.print(made, crop=False)


def moment(value: str | None) -> datetime | None:
    """A time that was written by `records.iso`."""
    return datetime.fromisoformat(value) if value else None


def shown(moment: datetime | None, zone: ZoneInfo) -> str | None:
    """A time in the configured zone, to the minute."""
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M") if moment else None
