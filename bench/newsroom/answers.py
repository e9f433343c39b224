"""What a host of the replica newsroom answers, and the log of what it was asked for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime

from aiohttp import web

from bench.newsroom.outlets import Trouble
from bench.newsroom.stories import START
from monitor.rehearsal.site import CHALLENGE, MISSING


@dataclass(slots=True)
class Log:
    """What was asked for.

    `answers` counts requests by kind (robots, watch, item) and status; `repeats` those of them that asked an address
    for what it had given before, `bare` those of the repeats whose server gives no validators. `shown_again` counts the
    entries of lists, each time that a list was asked for, whose articles had been given before as they still were.
    `given` is what each address last gave.
    """

    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    repeats: Counter[tuple[str, int]] = field(default_factory=Counter)
    bare: Counter[tuple[str, int]] = field(default_factory=Counter)
    shown_again: int = 0
    given: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Content:
    """What stands at an address: its words, and `same`, which changes only with what it says."""

    body: bytes
    form: str
    same: str
    modified: datetime
    status: int = 200
    location: str = ""


def in_trouble(trouble: Trouble | None, kind: str, request: web.Request) -> web.Response | None:
    """What a host in trouble answers; None where it answers as ever."""
    match trouble.kind if trouble is not None else None:
        case "wall":
            return web.Response(status=200, text=CHALLENGE, content_type="text/html")
        case "walled" if kind == "item":
            return web.Response(status=403, text=CHALLENGE, content_type="text/html")
        case "broken":
            return web.Response(status=500, text="500\n")
        case "busy" if kind != "robots":
            return web.Response(status=429, text="429\n", headers={"Retry-After": "1800"})
        case "cut" if request.transport is not None:
            request.transport.abort()
            return web.Response(status=499)
    return None


def missing(status: int) -> Content:
    """A page that is not there."""
    return Content(MISSING.format(status=status, path="").encode(), "text/html", "missing", START, status)


def validators(etag: str, modified: datetime, habits: frozenset[str]) -> dict[str, str]:
    """What a server says by which a page can be asked for again."""
    dated = {"Last-Modified": format_datetime(modified.replace(microsecond=0), usegmt=True)}
    if "dated" in habits:
        return dated
    return {"ETag": f"W/{etag}"} if "weak" in habits else {"ETag": etag} | dated


def unchanged(request: web.Request, headers: dict[str, str]) -> bool:
    """RFC 9110, 13.2.2: the date counts only where no ETag was sent."""
    asked = request.headers.get("If-None-Match")
    if asked is not None:
        return asked == headers.get("ETag")
    since = request.headers.get("If-Modified-Since")
    return since is not None and since == headers.get("Last-Modified")
