"""The signs of pages that stand in the place of an article, as `words/walls.toml` lists them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from monitor.ledger.sentences import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_READ = 6000
_PART = re.compile(r"[|:!(){}…·–—]|\.{2,3}| - |\.$")


@dataclass(frozen=True)
class Wall:
    """One sign found: what kind of page it tells of, the words or id, and how surely (0 to 1)."""

    kind: str
    sign: str
    weight: float
    in_title: bool


@dataclass(frozen=True)
class _Kind:
    name: str
    title_weight: float
    text_weight: float
    titles: tuple[str, ...]
    texts: tuple[str, ...]
    ids: tuple[re.Pattern[str], ...]


def walls(title: str, text: str) -> Iterator[Wall]:
    """The signs in a title and the beginning of a text, at most one of each kind."""
    body, plain = f" {fold(text[:_READ])} ", text[:_READ]
    headings = {fold(title), *(fold(part) for part in _PART.split(title) if not part.strip().isdigit())}
    for kind in _kinds():
        wall = _in_title(kind, headings) or _in_text(kind, body, plain)
        if wall is not None:
            yield wall


def _in_title(kind: _Kind, headings: set[str]) -> Wall | None:
    """A title tells where it, or a part of it between bars and dashes, is a sign: `404` alone, not `404 victims`."""
    sign = next((sign for sign in kind.titles if sign in headings), None)
    return Wall(kind.name, sign, kind.title_weight, in_title=True) if sign else None


def _in_text(kind: _Kind, body: str, plain: str) -> Wall | None:
    found = [sign for sign in kind.texts if f" {sign} " in body]
    found += [match.group() for pattern in kind.ids if (match := pattern.search(plain))]
    if not found:
        return None
    weight = 1 - (1 - kind.text_weight) ** len(found)
    return Wall(kind.name, "; ".join(found[:3]), weight, in_title=False)


@cache
def _kinds() -> tuple[_Kind, ...]:
    table = tomllib.loads((files("monitor.ledger") / "words" / "walls.toml").read_text(encoding="utf-8"))
    return tuple(
        _Kind(
            name=kind["name"],
            title_weight=kind["title_weight"],
            text_weight=kind["text_weight"],
            titles=tuple(fold(sign) for sign in kind["titles"]),
            texts=tuple(fold(sign) for sign in kind["texts"]),
            ids=tuple(re.compile(pattern) for pattern in kind.get("ids", ())),
        )
        for kind in table["kind"]
    )
