"""Figures that were known before the watch began: lines of CSV, each filed as a vintage with itself as its proof.

Nobody is told of them; they are there so that what newspapers repeat is known to be old.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from monitor.chain.documents import YEARS
from monitor.errors import InputError
from monitor.figures.definitions import wrong_slot, wrong_value
from monitor.figures.spreadsheet import plain
from monitor.reader.statistic import Statistic

RULE = "known_past"
LINE_TYPE = "text/csv; charset=utf-8; known past"
NEEDED = ("value", "indicator", "source", "url")
SLOTS = ("unit", "qualifier", "indicator", "period", "area", "sex", "age", "form", "citizenship", "provider")
COLUMNS = (*NEEDED, *(slot for slot in SLOTS if slot != "indicator"), "title", "published", "quote")
DEFAULTS = {
    "unit": "count",
    "qualifier": "=",
    "area": "PE",
    "sex": "_T",
    "age": "_T",
    "form": "_T",
    "citizenship": "_T",
}
LONGEST_RECORD = 20_000
LONGEST_SOURCE = 64
WHOLE = frozenset({"count", "PEN", "USD"})  # what is told in thousands

_PLAIN = re.compile(r"-?(?:\d+\.?\d*|\.\d+)", re.ASCII)
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFigure:
    """One line: a figure, where it was published, and the line itself. `key` is the same for the same figure."""

    statistic: Statistic
    line: str
    source: str
    url: str
    title: str
    published: date | None
    key: str


@dataclass(frozen=True, slots=True)
class _Record:
    """A record of the file as it stands there, the number of its first line, its cells and where each begins."""

    number: int
    text: str
    cells: tuple[str, ...]
    starts: tuple[int, ...]


def read_known(content: bytes, name: str) -> Iterator[KnownFigure | InputError]:
    """A figure, or what is wrong with it, for each line. Raises InputError where the header cannot be used."""
    text = _decoded(content, name)
    separator = _separator(text)
    records = _records(text, separator)
    header = next(records, None)
    columns = _columns(header, name)
    for record in records:
        said = [plain(cell.strip()) for cell in record.cells]
        place = f"{name}, line {record.number}"
        if any(said[len(columns) :]):
            yield InputError(
                f"{place}: has more cells than the header: put quotes around text with a {separator!r} in it"
            )
        elif any(said):
            yield _figure(record, columns, dict(zip(columns, said, strict=False)), place)


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig").replace("\x00", "\ufffd")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not UTF-8 at byte {error.start}: save it as CSV UTF-8") from error


def _separator(text: str) -> str:
    header = text.partition("\n")[0]
    return max((",", ";", "\t"), key=header.count)


def _columns(header: _Record | None, name: str) -> list[str]:
    columns = [cell.strip().lower() for cell in header.cells] if header else []
    twice = sorted({column for column in columns if columns.count(column) > 1 and column in COLUMNS})
    if twice:
        raise InputError(f"{name}, line 1: the header names {', '.join(twice)} more than once")
    missing = [column for column in NEEDED if column not in columns]
    if missing:
        raise InputError(f"{name}, line 1: the header lacks {', '.join(missing)}; columns are {', '.join(COLUMNS)}")
    return columns


def _records(text: str, separator: str) -> Iterator[_Record]:
    """The records of a file; a cell in quotes may go over lines, one that is never closed ends with its line."""
    lines = list(io.StringIO(text, newline="\n"))
    place = 0
    while place < len(lines):
        taken = _lines_of_record(lines, place)
        record = "".join(lines[place : place + taken]).rstrip("\r\n")
        one_line = record.replace("\n", " ").replace("\r", " ")[:LONGEST_RECORD]
        cells = tuple(next(csv.reader([one_line], delimiter=separator), ()))
        yield _Record(place + 1, record, cells, tuple(_starts(record, separator)))
        place += taken


def _lines_of_record(lines: list[str], place: int) -> int:
    quotes = size = 0
    for taken, line in enumerate(lines[place:], start=1):
        quotes, size = quotes + line.count('"'), size + len(line)
        if quotes % 2 == 0:
            return taken
        if size > LONGEST_RECORD:
            break
    return 1


def _starts(record: str, separator: str) -> Iterator[int]:
    yield 0
    quoted = False
    for place, mark in enumerate(record):
        if mark == '"':
            quoted = not quoted
        elif mark == separator and not quoted:
            yield place + 1


def _figure(record: _Record, columns: list[str], cells: Mapping[str, str], place: str) -> KnownFigure | InputError:
    try:
        statistic = _statistic(record, cells, columns.index("value"))
        published = _day(cells.get("published", ""))
        source, url = _source(cells.get("source", "")), _address(cells.get("url", ""))
    except _CellError as error:
        return InputError(f"{place}, column `{error.column}`: {error}")
    said = (statistic.value, *(getattr(statistic, slot) for slot in SLOTS), source, url, published)
    return KnownFigure(
        statistic=statistic,
        line=record.text,
        source=source,
        url=url,
        title=cells.get("title", ""),
        published=published,
        key="known-past:" + hashlib.sha256(repr(said).encode()).hexdigest(),
    )


def _statistic(record: _Record, cells: Mapping[str, str], column: int) -> Statistic:
    """The figure of a line; its value stands in this column."""
    slots: dict[str, Any] = {slot: cells.get(slot) or DEFAULTS.get(slot) for slot in SLOTS}
    value = _number(cells.get("value", ""), slots["unit"])
    start = record.text.index(cells["value"], record.starts[column])
    for slot, said in slots.items():
        _check(slot, said)
    end = start + len(cells["value"])
    return Statistic(start=start, end=end, quote=record.text, value=value, rule=RULE, **slots)


def _check(slot: str, said: str | None) -> None:
    wrong = wrong_slot(slot, said)
    if wrong:
        raise _CellError(slot, wrong)


class _CellError(Exception):
    """What is wrong with one cell."""

    def __init__(self, column: str, wrong: str) -> None:
        super().__init__(wrong)
        self.column = column


def _number(cell: str, unit: str) -> float:
    """The value. A point before three last digits may set thousands apart: 1.600 victims are none of 1.6."""
    wrong: str | None = "must be a plain number such as 1600 or 66.7"
    if _PLAIN.fullmatch(cell) and not (unit in WHOLE and _THOUSANDS.fullmatch(cell)):
        wrong = wrong_value(float(cell), unit)
    if wrong:
        raise _CellError("value", f"{wrong}, is {cell[:40]!r}")
    return float(cell)


def _day(cell: str) -> date | None:
    try:
        day = date.fromisoformat(cell) if cell else None
    except ValueError as error:
        raise _CellError("published", f"must be a date such as 2024-01-31, is {cell[:40]!r}") from error
    if day is not None and day.year not in YEARS:
        raise _CellError("published", f"must lie in the years {YEARS[0]} to {YEARS[-1]}, is {cell!r}")
    return day


def _source(cell: str) -> str:
    if not cell or len(cell) > LONGEST_SOURCE or not cell.isprintable():
        raise _CellError("source", f"must be a short id (at most {LONGEST_SOURCE} characters), is {cell[:40]!r}")
    return cell


def _address(cell: str) -> str:
    try:
        parts = urlsplit(cell)
        fits = parts.scheme in {"http", "https"} and bool(parts.hostname) and cell.isprintable() and " " not in cell
    except ValueError:
        fits = False
    if not fits or len(cell) > 2000:
        raise _CellError("url", f"must be an http or https address, is {cell[:100]!r}")
    return cell
