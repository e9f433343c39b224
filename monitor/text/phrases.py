"""The phrases that pages put around their articles, in all languages that there is a file of words for."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from monitor.reader.dates import MONTHS
from monitor.reader.language import fold


@dataclass(frozen=True, slots=True)
class Phrases:
    """Folded beginnings of blocks, and the words beside a date."""

    leads: tuple[str, ...]
    captions: tuple[str, ...]
    bylines: tuple[str, ...]
    beside_dates: frozenset[str]


def _read() -> Phrases:
    tables = [
        tomllib.loads(path.read_text("utf-8")) for path in sorted(Path(__file__).with_name("words").glob("*.toml"))
    ]
    joined = {name: [fold(word) for table in tables for word in table[name]] for name in tables[0]}
    return Phrases(
        leads=tuple(sorted(joined["leads"], key=len, reverse=True)),
        captions=tuple(joined["captions"]),
        bylines=tuple(joined["bylines"]),
        beside_dates=frozenset(joined["beside_dates"]) | MONTHS.keys(),
    )


PHRASES = _read()
