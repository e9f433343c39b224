"""What sentences tell of figures: a change against an earlier year, a part of what was counted, a population."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from monitor.reader.statistic import Statistic

_NEXT = 60  # characters after a figure in which its change is told
_LEAST_PEOPLE = 10_000
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")


@dataclass(frozen=True)
class Difference:
    """So many, or so many percent, more or fewer than in a year; `room` is how far the number may be off."""

    value: float
    percent: bool
    down: bool
    year: int
    room: float


def differences(statistic: Statistic) -> list[Difference]:
    """The changes that are told right behind a count: `1,814 victims, almost 300 more than in 2016`."""
    if statistic.unit != "count" or statistic.interval is not None:
        return []
    quote = statistic.quote
    digits = re.escape(f"{statistic.value:,.0f}").replace(",", "[.,\u00a0 ]?")
    place = re.search(rf"(?<![\d.,]){digits}(?![\d]|[.,]\d)", quote)
    if place is None:
        return []
    behind = quote[place.end() : place.end() + 2 * _NEXT]
    told = ((re.search(one["number"], behind.casefold()), one["down"].split()) for one in _words()["difference"])
    return [_difference(match, down) for match, down in told if match is not None and match.start() <= _NEXT]


def _difference(match: re.Match[str], down: list[str]) -> Difference:
    number, percent, way, year = match.groups()
    digits = number.rstrip(".,")
    value = float(re.sub("[.,]", "", digits)) if _GROUPED.fullmatch(digits) else float(digits.replace(",", "."))
    if percent:
        room = 10.0 ** -len(digits.replace(",", ".").partition(".")[2])
    else:
        room = max(0.1 * value, 1.0) if value % 10 == 0 else 0.0
    return Difference(value, bool(percent), way in down, int(year), room)


def population(statistic: Statistic) -> bool:
    """Whether a figure counts the people of a place."""
    if statistic.unit != "count" or statistic.value < _LEAST_PEOPLE:
        return False
    said = statistic.quote.casefold()
    return any(word in said for word in _words()["populations"])


def speaks_of_parts(statistic: Statistic) -> bool:
    """Whether its sentence begins with words for a part of what was counted before."""
    said = statistic.quote.lstrip("«\"'“— ").casefold()
    return said.startswith(tuple(_words()["links"]))


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((files("monitor.ledger") / "words" / "referee.toml").read_text(encoding="utf-8"))
