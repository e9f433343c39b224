"""A web site on loopback with its pages in memory; it can change, wall off readers and break while it runs."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial
from typing import Literal, Self

from aiohttp import web

from monitor.rehearsal.clock import real_time

HTML = "text/html; charset=utf-8"
ROBOTS = "User-agent: *\nDisallow: /admin/\nDisallow: /user/login\n"
MISSING = "<!DOCTYPE html><html><head><title>{status}</title></head><body><h1>{status}</h1><p>{path}</p></body></html>"
CHALLENGE = """<!DOCTYPE html>
<html lang="en"><head><title>One moment...</title><meta name="robots" content="noindex,nofollow"></head>
<body><noscript>Enable JavaScript and cookies to continue</noscript>
<div id="challenge-stage"><h1>Checking that you are not a robot</h1>
<p>This site reviews the security of your connection before it goes on. It takes a few seconds.</p>
<form id="challenge-form" action="/cdn-cgi/challenge" method="POST"><input type="hidden" name="ray" value="00a1"></form>
</div><script>window._challenge = {"kind": "managed", "retry": 5};</script></body></html>
"""

Fault = int | Literal["hang", "drop"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page that is made for each request is told: the query, and how often its path was asked for before."""

    query: Mapping[str, Sequence[str]]
    times: int


Body = str | bytes | Callable[[Asked], str]


@dataclass(frozen=True, slots=True)
class Page:
    """What stands at a path; `modified` is when its content last changed."""

    body: Body
    content_type: str
    modified: datetime
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Request:
    """One request as the site saw it: `status` is 0 where it gave no answer; `seconds` is a monotonic time."""

    method: str
    path: str
    status: int
    headers: Mapping[str, str]
    at: datetime
    seconds: float


class Site:
    """A web server at `http://127.0.0.1:PORT`; the port is chosen when it opens and stays the same until it ends."""

    def __init__(self, clock: Callable[[], datetime] = real_time) -> None:
        self.requests: list[Request] = []
        self._clock = clock
        self._pages: dict[str, Page] = {}
        self._walls: dict[str, int] = {}
        self._fault: Fault | None = None
        self._fault_headers: Mapping[str, str] = {}
        self._runner: web.AppRunner | None = None
        self._socket: web.TCPSite | None = None
        self._port = 0
        self.put("/robots.txt", ROBOTS, "text/plain; charset=utf-8")

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.5)
        await self._runner.setup()
        await self.open_port()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def address(self) -> str:
        """Where the site is found, without a slash at the end."""
        return f"http://127.0.0.1:{self._port}"

    async def open_port(self) -> None:
        """Listen, on the port that was listened on before where there was one."""
        if self._runner is None:
            raise RuntimeError("a site opens its port inside `async with site`")
        self._socket = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await self._socket.start()
        self._port = int(self._runner.addresses[0][1])

    async def close_port(self) -> None:
        """Stop listening: connections are refused until `open_port`."""
        if self._socket is not None:
            await self._socket.stop()
            self._socket = None

    def put(
        self,
        path: str,
        body: Body,
        content_type: str = HTML,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Set what stands at a path (with a query: at exactly that query). The same content again changes nothing."""
        page = Page(body, content_type, self._clock(), status, headers or {})
        held = self._pages.get(path)
        if held is None or _content(held) != _content(page):
            self._pages[path] = page

    def remove(self, path: str, status: int = 404) -> None:
        """Take a page away: 404 as if it had never been, or 410 for gone."""
        self._pages.pop(path, None)
        if status != 404:
            self.put(path, MISSING.format(status=status, path=path), status=status)

    def paths(self) -> frozenset[str]:
        """Every path with a page that is there."""
        return frozenset(path for path, page in self._pages.items() if page.status < 400)

    def wall(self, path: str, status: int = 200) -> None:
        """Answer with a challenge to robots in place of the page, until `unwall`."""
        self._walls[path] = status

    def unwall(self, path: str) -> None:
        self._walls.pop(path, None)

    def break_with(self, fault: Fault, headers: Mapping[str, str] | None = None) -> None:
        """Answer every request with this status, never ("hang"), or by a cut connection ("drop"), until `mend`."""
        self._fault, self._fault_headers = fault, headers or {}

    def mend(self) -> None:
        self._fault, self._fault_headers = None, {}

    def count(self, status: int | None = None, path: str | None = None) -> int:
        """How many requests were answered with this status, for this path (as asked, with its query)."""
        return sum(status in (None, seen.status) and path in (None, seen.path) for seen in self.requests)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        match self._fault:
            case "hang":
                self._record(request, 0)
                await asyncio.Event().wait()
            case "drop":
                self._record(request, 0)
                if request.transport is not None:
                    request.transport.abort()
        response = self._response(request)
        self._record(request, response.status)
        return response

    def _record(self, request: web.Request, status: int) -> None:
        seen = Request(request.method, request.path_qs, status, request.headers.copy(), self._clock(), time.monotonic())
        self.requests.append(seen)

    def _response(self, request: web.Request) -> web.Response:
        if isinstance(self._fault, int):
            return web.Response(status=self._fault, text=f"{self._fault}\n", headers=self._fault_headers)
        if request.path in self._walls:
            return web.Response(status=self._walls[request.path], text=CHALLENGE, content_type="text/html")
        page = self._pages.get(request.path_qs) or self._pages.get(request.path)
        if page is None:
            text = MISSING.format(status=404, path="")
            return web.Response(status=404, text=text, content_type="text/html")
        return self._serve(page, request)

    def _serve(self, page: Page, request: web.Request) -> web.Response:
        body = self._bytes(page.body, request)
        modified = self._clock() if callable(page.body) else page.modified
        etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        headers = {"ETag": etag, "Last-Modified": format_datetime(modified.astimezone(UTC), usegmt=True)}
        if page.status == 200 and _unchanged(request, etag, modified):
            return web.Response(status=304, headers=headers)
        headers |= {"Content-Type": page.content_type, **page.headers}
        return web.Response(status=page.status, body=body, headers=headers)

    def _bytes(self, body: Body, request: web.Request) -> bytes:
        if callable(body):
            query = {key: request.query.getall(key) for key in request.query}
            body = body(Asked(query, self.count(path=request.path_qs)))
        return body if isinstance(body, bytes) else body.encode()


def _content(page: Page) -> tuple[object, ...]:
    """What makes two pages the same; functions are the same when they are bound to equal arguments."""
    body = (page.body.func, page.body.args) if isinstance(page.body, partial) else page.body
    return body, page.content_type, page.status, dict(page.headers)


def _unchanged(request: web.Request, etag: str, modified: datetime) -> bool:
    """RFC 9110, 13.2.2: the date counts only where no ETag was sent."""
    if request.if_none_match is not None:
        return any(sent.value in ("*", etag.strip('"')) for sent in request.if_none_match)
    since = request.if_modified_since
    return since is not None and modified.replace(microsecond=0) <= since
