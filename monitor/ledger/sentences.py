"""Sentences of a text, folded so that only their words count, without what a page adds around an article."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "es")

_BREAK = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][\"'”’»)\]])) (?=[\"'“‘«¿¡(\[]?[A-ZÁÉÍÓÚÑÜ0-9])")
_WORD = re.compile(r"[^\W_]+")
_THOUSANDS = re.compile("(?<=[0-9])[.,'\u00a0\u202f\u2009](?=[0-9]{3}(?![0-9]))")
_DECIMAL = re.compile(r"(?<=[0-9])[.,](?=[0-9])")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_DAY = re.compile(
    r"\b[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}\b|\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b|\b[0-9]{1,2}:[0-9]{2}\b"
)
_FINISHED = re.compile(r"[.!?…][\"'”’»)\]]?$")

_SHORT, _LINK_WORDS, _LINKS_BELOW, _PLACE_WORDS = 14, 25, 12, 4


def sentences(text: str) -> list[str]:
    """Sentences and lines of a text, trimmed; empty ones are left out."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return [sentence for line in lines for sentence in _BREAK.split(line) if sentence]


def fold(sentence: str) -> str:
    """The words of a sentence alone: no case, accents, quotes or points; numbers without separators of thousands."""
    return " ".join(words(sentence))


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    joined = _DECIMAL.sub("point", _THOUSANDS.sub("", text))
    plain = unicodedata.normalize("NFKD", joined.casefold())
    return _WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter)))


def numbers(text: str) -> frozenset[str]:
    """The numbers in digits that stand in a text, without separators of thousands."""
    return frozenset(_NUMBER.findall(_DECIMAL.sub(".", _THOUSANDS.sub("", text))))


def substance(text: str) -> list[str]:
    """The sentences of a text without counters, lines of dates and links to other articles."""
    kept: list[str] = []
    links_below = 0
    for line in filter(None, (" ".join(line.split()) for line in text.splitlines())):
        if links_below and _may_be_link(line):
            links_below -= 1
            continue
        links_below = _LINKS_BELOW if _heads_links(line) else 0
        if not links_below and not _is_link(line):
            kept += [sentence for sentence in sentences(line) if not (_is_link(sentence) or _around(sentence))]
    return kept


def _heads_links(line: str) -> bool:
    name = fold(line)
    return name in page_words("headings") or (name in page_words("links") and not _FINISHED.search(line))


def _is_link(line: str) -> bool:
    """Whether a line is a link with its heading before it: `Lea tambien: ...`."""
    if len(line.split()) > _LINK_WORDS:
        return False
    heading, colon, _ = line.partition(":")
    return fold(line).startswith(tuple(page_words("links"))) or (
        bool(colon) and fold(heading) in page_words("headings")
    )


def _may_be_link(line: str) -> bool:
    """Whether a line below a heading of links is one: a headline, short and without a full stop."""
    return len(line.split()) <= _LINK_WORDS and not _FINISHED.search(line)


def _around(sentence: str) -> bool:
    """Whether a sentence is a counter, a date or a dateline: nothing but words of that kind and numbers."""
    place, comma, date = sentence.partition(",")
    if comma and len(place.split()) <= _PLACE_WORDS and not any(map(str.isdigit, place)) and _is_date(date):
        return True
    told = words(sentence)
    if len(told) > _SHORT:
        return False
    telling = page_words("counted") | page_words("dated")
    known = telling | page_words("filler")
    if not all(word in known or word[0].isdigit() for word in told):
        return False
    alone = len(told) < 2
    return alone or not telling.isdisjoint(told) or _DAY.search(sentence) is not None


def _is_date(text: str) -> bool:
    """Whether a text is a date and no more: `6 de marzo de 2024`, `March 6, 2024`."""
    dated, told = page_words("dated"), [word for word in words(text) if word != "de"]
    if len(told) < 2 or not any(word.isdigit() for word in told):
        return False
    known = dated | page_words("filler")
    begins = told[0] in dated or (told[0].isdigit() and int(told[0]) <= 31 and told[1] in dated)
    return begins and all(word in known or word.isdigit() for word in told)


@cache
def page_words(kind: str) -> frozenset[str]:
    """The words of one kind in all languages, as `words/*.toml` list them."""
    folder = files("monitor.ledger") / "words"
    tables = (tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8")) for name in LANGUAGES)
    return frozenset(word for table in tables for word in table[kind])
