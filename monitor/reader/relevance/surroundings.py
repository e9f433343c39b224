"""What all the other words of a text say: how often they stand in texts on the crime, and in those on other things."""

from __future__ import annotations

import math
import tomllib
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from monitor.reader.language import DATA

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

STEM = 6  # letters of a word that are looked at: the rest is inflection
FIRST = 400  # tokens that are looked at: what a text is about, it says early
MOST = 2.4  # what they add or take away at most
WHOLE = 80  # pieces from which a text says what its words can say; shorter ones say less
MARKS = frozenset(".!?;:")


def path_of(language: str) -> Path:
    """Give the file of weights of a language."""
    return DATA / "surroundings" / f"{language}.toml"


def pieces(tokens: Iterable[str]) -> set[str]:
    """Give the stems of the words of a text, and of those that follow one another two by two, joined by `_`."""
    stems = [token[:STEM] for token in tokens if token not in MARKS and not token.isdigit()]
    return {*stems, *map("_".join, pairwise(stems))}


def read_surroundings(tokens: list[str], language: str) -> float:
    """Weigh the words of a text: above zero they are those of texts on the crime, below those of others."""
    return weigh(pieces(tokens[:FIRST]), *_weights(language))


def weigh(found: set[str], start: float, weights: Mapping[str, float]) -> float:
    """Sum the weights of the pieces that are known, from where weighing starts, by the root of how many there are."""
    if not weights or not found:
        return 0.0
    known = math.fsum(weights[piece] for piece in found & weights.keys())  # the same in whatever order
    full: float = max(-MOST, min(MOST, start + known / len(found) ** 0.5))
    return full * min(1.0, len(found) / WHOLE)


@cache
def _weights(language: str) -> tuple[float, dict[str, float]]:
    """Give where weighing starts and the weight of each piece; nothing for a language without a file."""
    path = path_of(language)
    if not path.exists():
        return 0.0, {}
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    steps: dict[str, str] = table["weights"]
    return float(table["start"]), {piece: float(step) for step, line in steps.items() for piece in line.split()}
