"""Learns from our own judged items what all the words of a text say of its subject; `make surroundings` runs it.

A logistic regression on stems and pairs of stems, fitted by dual coordinate ascent, always in the same order: the
same items give the same file.
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from monitor.reader.relevance.judge import read_item
from monitor.reader.relevance.surroundings import path_of, pieces
from monitor.reader.relevance.terms import tokenize

CORPUS = Path(__file__).parent / "corpus"
LANGUAGES = ("en", "es")
SEEN = 3  # texts in which a piece must stand
FREE = 2.0  # how far the weights may go to fit an item: more fits better, and tells less of other texts
WORTH = 1.0  # of the learned weights, beside the evidence of named phrases
START = 3.0  # the feature of every text, from which weighing starts
ROUNDS, HALVINGS, MIXED = 30, 30, 7919
STEP = 0.2  # to which weights are rounded
WIDTH = 118
Item = dict[str, Any]
Row = dict[str, float]
HEADER = "# How much the pieces of words speak for the crime or against it: made by `make surroundings`, not by hand.\n"


def items_of(language: str) -> list[Item]:
    items: list[Item] = tomllib.loads((CORPUS / f"relevance_{language}.toml").read_text("utf-8"))["item"]
    return items


def learn(items: Sequence[Item], language: str) -> tuple[float, dict[str, float]]:
    """Give where weighing starts and the weight of each piece, from items with and without their titles.

    What is said of the crime in other countries teaches nothing on the subject, and is left out.
    """
    read = [(item["title"] if titled else "", item) for item in items for titled in (True, False)]
    read = [(title, item) for title, item in read if title or item["text"]]
    read = [(t, i) for t, i in read if i["relevant"] or read_item(t, i["text"], language)[1].peru]
    texts = [pieces([*tokenize(title), ".", *tokenize(item["text"])]) for title, item in read]
    seen = Counter(piece for text in texts for piece in text)
    rare = {p: math.log((1 + len(texts)) / (1 + n)) + 1 for p, n in seen.items() if n >= SEEN}
    rows = [{"": START} | {p: rare[p] / len(text) ** 0.5 for p in sorted(text & rare.keys())} for text in texts]
    weights = _fit(rows, [1 if item["relevant"] else -1 for _, item in read])
    start = weights.pop("") * START
    return start * WORTH, {piece: weight * rare[piece] * WORTH for piece, weight in weights.items()}


def _fit(rows: Sequence[Row], signs: Sequence[int]) -> dict[str, float]:
    weights = dict.fromkeys((piece for row in rows for piece in row), 0.0)
    dual = [FREE / 100] * len(rows)
    for row, sign, share in zip(rows, signs, dual, strict=True):
        _add(weights, row, sign * share)
    squares = [sum(value * value for value in row.values()) for row in rows]
    for turn in range(ROUNDS):
        for number in sorted(range(len(rows)), key=lambda at: (at * MIXED + turn) % len(rows)):
            row, sign = rows[number], signs[number]
            margin = sign * sum(weights[piece] * value for piece, value in row.items())
            share = _best(margin, dual[number], squares[number])
            _add(weights, row, sign * (share - dual[number]))
            dual[number] = share
    return weights


def _add(weights: dict[str, float], row: Row, times: float) -> None:
    for piece, value in row.items():
        weights[piece] += times * value


def _best(margin: float, old: float, square: float) -> float:
    low, high = 0.0, FREE
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        slope = square * (middle - old) + margin + math.log(middle / (FREE - middle))
        low, high = (middle, high) if slope < 0 else (low, middle)
    return (low + high) / 2


def render(start: float, weights: dict[str, float]) -> str:
    """Give the file: for each step of weight, the pieces that have it."""
    steps: dict[int, list[str]] = {}
    for piece, weight in weights.items():
        steps.setdefault(round(weight / STEP), []).append(piece)
    lines = [
        f'"{step * STEP:+.1f}" = """\\\n{"".join(_wrap(sorted(steps[step])))}"""\n'
        for step in sorted(steps.keys() - {0}, reverse=True)
    ]
    return f"{HEADER}start = {start:.2f}\n\n[weights]\n" + "".join(lines)


def _wrap(words: Iterable[str]) -> list[str]:
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) > WIDTH:
            lines.append(f"{line}\n")
            line = ""
        line += f" {word}" if line else word
    return [*lines, f"{line}\n"]


def main() -> None:
    for language in LANGUAGES:
        path = path_of(language)
        path.parent.mkdir(exist_ok=True)
        path.write_text(render(*learn(items_of(language), language)), "utf-8")


if __name__ == "__main__":
    main()
