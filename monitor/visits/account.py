"""The log of a visit in words: what was asked for, in its order, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from monitor.visits.verdict import GOOD_OUTCOMES, Fetch

OUTCOMES = {
    "gone": "nothing is there any more",
    "refused_by_robots": "robots.txt asks us not to",
    "blocked": "refuses us",
    "server_error": "the server fails",
    "http_error": "an answer that says nothing",
    "dns": "the name of the host does not resolve",
    "refused": "the server does not accept connections",
    "timeout": "no whole answer in time",
    "tls": "no valid certificate",
    "too_large": "too large",
    "private": "leads into a network that is not public",
    "unreadable": "something else came",
    "broke_off": "the check broke off",
}
ROLES = {"watch": "list", "item": "item", "robots": "rules for robots", "attempt": "tried"}
TRIGGERS = {"schedule": "on schedule", "hand": "by `tratawatch run`", "scrapy": "by `scrapy crawl`"}


class Sized(Fetch, Protocol):
    """A request as the log keeps it, with the bytes that came."""

    @property
    def size(self) -> int | None: ...


def failed_in_words(outcome: str, status: int | None, note: str | None) -> str:
    """What came of a request that did not give what it was made for."""
    shown = f" ({status})" if status else ""
    return f"{outcome.replace('_', ' ')}{shown}: {note or OUTCOMES.get(outcome, outcome)}"


def came(fetch: Sized) -> str:
    """What came of one request."""
    if fetch.outcome not in GOOD_OUTCOMES:
        return failed_in_words(fetch.outcome, fetch.status, fetch.note)
    note = f"; {fetch.note}" if fetch.note else ""
    if fetch.outcome == "not_modified":
        return f"unchanged{note}"
    if fetch.entries is not None:
        return f"{fetch.entries} {'entry' if fetch.entries == 1 else 'entries'}{note}"
    return f"{_size(fetch.size or 0)}{note}"


def _size(count: int) -> str:
    return f"{count} bytes" if count < 1000 else f"{count / 1000:,.0f} kB"


def counted(counts: dict[str, Any]) -> Iterator[str]:
    """What a visit counted, for people: requests and changes first, then what went wrong."""
    for name in ("requests", "changes"):
        number = counts.get(name, 0)
        yield f"{number} {name[:-1] if number == 1 else name}"
    for outcome, number in sorted(counts.items()):
        if outcome in OUTCOMES:
            yield f"{number} {outcome.replace('_', ' ')}"
