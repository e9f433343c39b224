"""Politeness, as a server sees it: one request at a time, with the pause that all visits share."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest
from aiohttp import web

from spiders.pauses import StoredPauses
from spiders.turns import HostLeftAloneError, Turns
from store import hosts, sources
from store.clock import Clock
from store.database import Store
from store.definitions import SourceDefinition, WatchDefinition
from tests.crawls import Crawls

TOLD = datetime(2026, 3, 4, tzinfo=UTC)
FEED = '<rss version="2.0"><channel><title>Paper</title></channel></rss>'


@dataclass
class Witness:
    """A server that notes how many requests it has at once, and when in the time of a clock each came."""

    clock: Clock
    robots: str = ""
    at_once: int = 0
    most_at_once: int = 0
    times: list[datetime] = field(default_factory=list)
    address: str = ""

    async def answer(self, request: web.Request) -> web.Response:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.times.append(self.clock.now())
        for _ in range(20):  # give others the chance to come at the same time
            await asyncio.sleep(0)
        self.at_once -= 1
        if request.path == "/robots.txt":
            return web.Response(text=self.robots)
        return web.Response(text=FEED, content_type="application/rss+xml")

    @property
    def pauses(self) -> list[timedelta]:
        return [after - before for before, after in zip(self.times, self.times[1:], strict=False)]


@pytest.fixture
async def witness() -> AsyncIterator[Witness]:
    witness = Witness(Clock(real=datetime.now(UTC), told=TOLD, speed=100))
    app = web.Application()
    app.router.add_get("/{path:.*}", witness.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    witness.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield witness
    await runner.cleanup()


@pytest.fixture
def crawls(sqlite_url: str, witness: Witness) -> Crawls:
    return Crawls(sqlite_url, witness.clock)


def source(name: str, witness: Witness, *paths: str, delay: float = 5) -> SourceDefinition:
    watches = tuple(WatchDefinition(kind="feed", url=witness.address + path) for path in paths)
    return SourceDefinition(id=name, name=name, delay=delay, watches=watches)


def define(crawls: Crawls, *definitions: SourceDefinition) -> None:
    with crawls.store.write() as session:
        sources.sync(session, definitions)


async def test_visits_of_two_sources_on_one_host_take_turns(crawls: Crawls, witness: Witness) -> None:
    define(crawls, source("one", witness, "/a", "/b"), source("two", witness, "/c", "/d"))
    await asyncio.gather(crawls.visit("one"), crawls.visit("two"))
    assert witness.most_at_once == 1
    assert len(witness.times) == 6
    assert min(witness.pauses) >= timedelta(seconds=4.5)


async def test_the_pause_holds_from_one_visit_to_the_next(crawls: Crawls, witness: Witness) -> None:
    define(crawls, source("one", witness, "/a"))
    await crawls.visit("one")
    await crawls.visit("one")
    assert min(witness.pauses) >= timedelta(seconds=4.5)


async def test_the_crawl_delay_of_robots_txt_is_kept_where_it_is_longer(crawls: Crawls, witness: Witness) -> None:
    witness.robots = "User-agent: *\nCrawl-delay: 20\n"
    define(crawls, source("one", witness, "/a", "/b", "/c"))
    await crawls.visit("one")
    assert min(witness.pauses[1:]) >= timedelta(seconds=18)


async def test_the_wait_for_a_turn_is_no_part_of_the_download_time_out(crawls: Crawls, witness: Witness) -> None:
    define(crawls, source("one", witness, "/a", "/b", delay=120))
    log = await crawls.visit("one", DOWNLOAD_TIMEOUT=1)  # the pause takes 1.2 real seconds
    assert [fetched.outcome for fetched in log] == ["ok", "ok", "ok"]


async def alive() -> None:
    """Nobody waits to hear."""


async def test_a_host_that_is_left_alone_for_long_is_not_waited_for(store: Store) -> None:
    turns = Turns(StoredPauses(store), Clock(), alive)
    await turns.back_off("slow.example", timedelta(hours=2), "it answered 429")
    with pytest.raises(HostLeftAloneError, match=r"slow\.example is left alone until .*: it answered 429"):
        async with turns.turn("slow.example"):
            pytest.fail("no turn was due")


async def test_a_wait_that_is_cancelled_leaves_the_host_to_others(store: Store) -> None:
    turns = Turns(StoredPauses(store), Clock(), alive)
    await turns.back_off("slow.example", timedelta(minutes=5), "it answered 429")
    waiting = asyncio.create_task(_take(turns))
    other = asyncio.create_task(_take(turns))
    await asyncio.sleep(0)
    waiting.cancel()
    other.cancel()
    assert [type(r) for r in await asyncio.gather(waiting, other, return_exceptions=True)] == [
        asyncio.CancelledError
    ] * 2


async def _take(turns: Turns) -> None:
    async with turns.turn("slow.example"):
        pytest.fail("no turn was due")


class Leaping(Clock):
    """A clock whose waits are over at once: its time goes on by what was waited for."""

    waits: ClassVar[list[timedelta]] = []

    def now(self) -> datetime:
        return TOLD + sum(self.waits, timedelta(0))

    def real_seconds(self, span: timedelta) -> float:
        self.waits.append(span)
        return 0


async def test_a_visit_that_waits_gives_signs_of_life(store: Store) -> None:
    signs: list[datetime] = []
    clock = Leaping()

    async def sign() -> None:
        signs.append(clock.now())

    turns = Turns(StoredPauses(store), clock, sign)
    await turns.back_off("slow.example", timedelta(minutes=5), "it answered 429")
    async with turns.turn("slow.example"):
        assert signs == [TOLD + timedelta(minutes=n) for n in (1, 2, 3, 4)]


async def test_a_turn_is_taken_in_the_store_for_other_processes_to_see(store: Store) -> None:
    turns = Turns(StoredPauses(store), Clock(), alive)
    turns.delay = timedelta(seconds=30)
    async with turns.turn("host.example"):
        now = datetime.now(UTC)
        with store.read() as session:
            free_at, _ = hosts.free(session, "host.example", now)
        assert timedelta(seconds=20) < free_at - now <= timedelta(seconds=30)


@pytest.mark.parametrize(
    ("header", "pause"),
    [
        (None, 60),
        ("soon", 60),
        ("0", 0),
        (" 90 ", 90),
        ("-5", 60),
        ("9" * 400, 10**8),
        ("Wed, 04 Mar 2026 00:05:00 GMT", 300),
        ("Tue, 03 Mar 2026 00:05:00 GMT", 0),
    ],
)
def test_retry_after_is_read_in_seconds_or_as_a_date(store: Store, header: str | None, pause: int) -> None:
    standing = Clock(real=datetime.now(UTC), told=TOLD, speed=0.0)
    assert Turns(StoredPauses(store), standing, alive).retry_after(header) == timedelta(seconds=pause)
