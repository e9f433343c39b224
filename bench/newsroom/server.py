"""A replica newsroom on loopback: every page is a function of the seed and of the time."""

from __future__ import annotations

import hashlib
import time
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Self

from aiohttp import web

from bench.newsroom import replica
from bench.newsroom.answers import Content, Log, in_trouble, missing, unchanged, validators
from bench.newsroom.outlets import Outlet, Trouble
from bench.newsroom.replica import Row
from bench.newsroom.stories import START, Story
from monitor.rehearsal.site import ROBOTS

LISTS = {
    "feed": "/rss.xml",
    "news": "/news.xml",
    "index": "/sitemap.xml",
    "listing": "/lista",
    "search": "/busquedas.json",
    "posts": "/wp-json/posts",
}
FRONT = "/portada"


class Newsroom:
    """The web servers of all outlets, one for each host; `log` says what was asked for, `cpu` what it took (s)."""

    def __init__(
        self,
        outlets: Sequence[Outlet],
        stories: Sequence[Story],
        troubles: Sequence[Trouble],
        now: Callable[[], datetime],
    ) -> None:
        self.log = Log()
        self.cpu = 0.0
        self.outlets = {outlet.id: outlet for outlet in outlets}
        self.homes: dict[str, str] = {}
        self._now, self._troubles = now, troubles
        self._stories = {name: [s for s in stories if s.outlet == name] for name in self.outlets}
        self._numbers = {story.number: story for story in stories}
        self._times = {name: [story.published for story in mine] for name, mine in self._stories.items()}
        self._kept: dict[str, tuple[object, Any]] = {}
        self._runners: list[web.AppRunner] = []
        self._reads = 0
        self._given: dict[int, int] = {}  # the last revision of a story that somebody was given

    async def __aenter__(self) -> Self:
        for host in dict.fromkeys(outlet.home for outlet in self.outlets.values()):
            app = web.Application()
            app.router.add_route("GET", "/{path:.*}", partial(self._answer, host))
            runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            self._runners.append(runner)
            self.homes[host] = f"http://127.0.0.1:{runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        for runner in self._runners:
            await runner.cleanup()

    def source(self, outlet: Outlet) -> dict[str, Any]:
        """The outlet as a source of the configuration."""
        home = self.homes[outlet.home]
        kind = {"news": "sitemap", "index": "sitemap", "posts": "search"}.get(outlet.shape, outlet.shape)
        watch: dict[str, Any] = {"kind": kind, "url": home + _first_page(outlet)}
        watch["pages"] = outlet.pages
        if kind == "listing":
            watch["links"] = r"-\d{6,}"
        watches = [watch]
        if "front" in outlet.habits:
            watches.append({"kind": "listing", "url": home + FRONT, "links": r"-\d{6,}"})
        made = {"name": outlet.id.capitalize(), "language": outlet.language, "interval": outlet.interval, "delay": 5.0}
        return made | ({"identity": outlet.identity} if outlet.identity else {}) | {"watches": watches}

    def stories_of(self, outlet: str) -> list[Story]:
        """What an outlet publishes, in time order."""
        return self._stories[outlet]

    def story_at(self, address: str) -> Story | None:
        """The story that stands, or stood, at an address."""
        path = address.partition("?")[0].rstrip("/")
        for part in reversed(path.replace(".", "-").replace("/", "-").split("-")):
            if part.isdecimal() and int(part) in self._numbers:
                return self._numbers[int(part)]
        return None

    async def _answer(self, host: str, request: web.Request) -> web.StreamResponse:
        began = time.thread_time()
        answer = self._answered(host, request)
        self.cpu += time.thread_time() - began
        return answer

    def _answered(self, host: str, request: web.Request) -> web.Response:
        now = self._now()
        kind = _kind(request)
        trouble = next((t for t in self._troubles if t.host == host and t.begin <= now < t.end), None)
        failed = in_trouble(trouble, kind, request)
        if failed is not None:
            self.log.answers[f"{kind}, in trouble", failed.status] += 1
            return failed
        content = self._content(host, request, kind, now, empty=trouble is not None and trouble.kind == "empty")
        return self._serve(request, kind, content, self._habits(host))

    def _address(self, story: Story, now: datetime) -> str:
        standing = story.revisions[story.reads_at(now)]
        return replica.address(self.outlets[story.outlet], story, standing, moved=_is_past(story.moved, now))

    def _habits(self, host: str) -> frozenset[str]:
        return next(outlet.habits for outlet in self.outlets.values() if outlet.home == host)

    def _content(self, host: str, request: web.Request, kind: str, now: datetime, *, empty: bool) -> Content:
        if kind == "robots":
            return Content(ROBOTS.encode(), "text/plain; charset=utf-8", ROBOTS, START)
        if kind == "watch":
            return self._list(self._outlet_of(host, request), request, now, empty=empty)
        story = self.story_at(request.path)
        if story is None or story.published > now or self.outlets[story.outlet].home != host:
            return missing(404)
        return self._article(story, request, now)

    def _outlet_of(self, host: str, request: web.Request) -> Outlet:
        named = request.query.get("institucion")
        return self.outlets[named] if named else next(o for o in self.outlets.values() if o.home == host)

    def _article(self, story: Story, request: web.Request, now: datetime) -> Content:
        outlet = self.outlets[story.outlet]
        if _is_past(story.removed, now):
            return missing(410 if story.number % 2 else 404)
        path, place = self._address(story, now), story.reads_at(now)
        if request.path.startswith("/m/") or (_is_past(story.moved, now) and request.path != path):
            return Content(b"", "", f"to {path}", now, 301, self.homes[outlet.home] + path)
        beside = ""
        if "counters" in outlet.habits:
            self._reads += 7
            beside = replica.sidebar(self._rows(outlet, now)[:6], self._reads)
        page = replica.article(outlet, story, story.revisions[place], self.homes[outlet.home] + path, beside)
        return Content(page.encode(), replica.HTML, f"{story.number} {place}", story.revisions[place].at)

    def _list(self, outlet: Outlet, request: web.Request, now: datetime, *, empty: bool) -> Content:
        rows = [] if empty else self._rows(outlet, now)
        kept = self._kept.get(request.path_qs)
        if kept is None or kept[0] is not rows:
            body, shown = self._listed(outlet, request, rows, now)
            kept = self._kept[request.path_qs] = rows, (body, shown, now)
        body, shown, modified = kept[1]
        self.log.shown_again += sum(self._given_as_it_is(number, now) for number in shown)
        form = replica.HTML if request.path == FRONT else replica.FORMS[outlet.shape]
        return Content(body, form, hashlib.sha256(body).hexdigest(), modified)

    def _given_as_it_is(self, number: int, now: datetime) -> bool:
        return self._given.get(number) == self._numbers[number].reads_at(now)

    def _rows(self, outlet: Outlet, now: datetime) -> list[Row]:
        """The items that are out, newest first; the same list as before where nothing has changed."""
        out = [
            (s, s.reads_at(now), _is_past(s.moved, now))
            for s in reversed(self._stories[outlet.id][: bisect_right(self._times[outlet.id], now)])
            if not _is_past(s.removed, now)
        ]
        kept = self._kept.get(outlet.id)
        if kept is None or kept[0] != out:
            home = self.homes[outlet.home]
            rows = [
                Row(s, home + replica.listed(outlet, self._address(s, now), s.number), s.revisions[place])
                for s, place, _ in out
            ]
            kept = self._kept[outlet.id] = out, rows
        made: list[Row] = kept[1]
        return made

    def _listed(
        self, outlet: Outlet, request: web.Request, rows: list[Row], now: datetime
    ) -> tuple[bytes, tuple[int, ...]]:
        """A page of a list, and the numbers of the stories on it."""
        home = self.homes[outlet.home]
        if request.path == FRONT:
            shown = [Row(r.story, home + self._address(r.story, now) + "?ref=portada", r.revision) for r in rows[:12]]
            return replica.listing(outlet, shown, 0, more=False).encode(), tuple(r.story.number for r in shown)
        if outlet.shape == "index":
            text = replica.index(rows, home, request.query.get("month"))
            return text.encode(), tuple(r.story.number for r in rows) if "month" in request.query else ()
        first = 1 if outlet.shape in {"search", "posts"} else 0
        page = int(request.query.get("page") or request.query.get("sheet") or first) - first
        shown = rows[page * outlet.length : (page + 1) * outlet.length]
        more = len(rows) > (page + 1) * outlet.length
        made = {
            "feed": lambda: replica.feed(outlet, shown),
            "news": lambda: replica.news(shown, now),
            "listing": lambda: replica.listing(outlet, shown, page, more=more),
            "search": lambda: replica.search(shown, len(rows)),
            "posts": lambda: replica.posts(shown),
        }
        return made[outlet.shape]().encode(), tuple(r.story.number for r in shown)

    def _serve(self, request: web.Request, kind: str, content: Content, habits: frozenset[str]) -> web.Response:
        etag = f'"{hashlib.sha256(content.body).hexdigest()[:16]}"'
        headers = {"Content-Type": content.form} if content.form else {}
        if "bare" not in habits and content.status == 200:
            headers |= validators(etag, content.modified, habits)
        status = 304 if content.status == 200 and unchanged(request, headers) else content.status
        self._note(request, kind, content, status, bare="bare" in habits)
        if content.location:
            headers["Location"] = content.location
        return web.Response(status=status, body=None if status == 304 else content.body, headers=headers)

    def _note(self, request: web.Request, kind: str, content: Content, status: int, *, bare: bool) -> None:
        self.log.answers[kind, status] += 1
        host = request.host + request.path_qs
        if self.log.given.get(host) == content.same and content.status < 400:
            self.log.repeats[kind, status] += 1
            self.log.bare[kind, status] += bare
        self.log.given[host] = content.same
        if kind == "item" and content.status == 200:
            number, place = content.same.split()
            self._given[int(number)] = int(place)


def _is_past(moment: datetime | None, now: datetime) -> bool:
    """Whether the moment of a move or an end has come."""
    return moment is not None and moment <= now


def _kind(request: web.Request) -> str:
    if request.path == "/robots.txt":
        return "robots"
    return "watch" if request.path in {*LISTS.values(), FRONT} else "item"


def _first_page(outlet: Outlet) -> str:
    """Where the list of an outlet begins."""
    query = {"search": f"?institucion={outlet.id}&sheet=1", "posts": "?page=1", "listing": "?page=0"}
    return LISTS[outlet.shape] + query.get(outlet.shape, "")
