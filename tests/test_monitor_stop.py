"""A stop at any moment ends the daemon within seconds, also while a crawl is being opened."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console
from scrapy.core.engine import ExecutionEngine
from sqlalchemy import event
from sqlalchemy.engine import Engine

from monitor.chain.walk import Walk
from monitor.outbox.delivering import Deliverer, rules_of
from monitor.rehearsal.site import Site
from monitor.visits.daemon import Daemon
from monitor.visits.visit import Visitor
from store import sources
from store.clock import Clock
from store.database import Store
from tests.newspaper import FEED, Newspaper, configuration, source, story

ROOT = Path(__file__).parents[1]
WITHIN = 20.0  # seconds, on a busy machine; the daemon itself takes up to ten


async def test_a_crawl_that_is_told_to_stop_while_it_opens_ends(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    open_spider, stops = ExecutionEngine.open_spider_async, []

    async def stop_first(engine: ExecutionEngine) -> None:
        stops.append(asyncio.create_task(visitor.stop()))
        await asyncio.sleep(0)
        await open_spider(engine)

    monkeypatch.setattr(ExecutionEngine, "open_spider_async", stop_first)
    async with Site() as site, asyncio.timeout(WITHIN):
        paper = Newspaper(site)
        paper.print(lima=story("1,814", "Lima"))
        watched = configuration(store, one=source(site.address + FEED))
        with store.write() as session:
            sources.sync(session, watched.sources.values())
        visitor = Visitor(store, watched, Walk())
        report = await visitor.visit(watched.sources["one"], "test")
        await asyncio.gather(*stops)
    assert report.verdict == "interrupted"


@pytest.mark.parametrize("number", [6, 12, 18, 30])
async def test_a_stop_at_any_transaction_ends_the_daemon(store: Store, tmp_path: Path, number: int) -> None:
    stopped, loop, left = asyncio.Event(), asyncio.get_running_loop(), number

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            loop.call_soon_threadsafe(stopped.set)

    async with Site() as site:
        paper = Newspaper(site)
        paper.print(lima=story("1,814", "Lima"))
        watched = configuration(store, one=source(site.address + FEED), two=source(site.address + FEED + "?2"))
        walk = Walk(clock=Clock(), channels=rules_of(watched))
        deliverer = Deliverer(store, watched, walk.clock, Console(quiet=True))
        event.listen(Engine, "begin", count)
        try:
            async with asyncio.timeout(WITHIN):
                await Daemon(Visitor(store, watched, walk), deliverer).run(stopped)
        finally:
            event.remove(Engine, "begin", count)
            await deliverer.close()
    assert left <= 0


def test_a_daemon_that_is_told_to_stop_while_it_loads_ends_well(tmp_path: Path) -> None:
    loads = "load = lambda name: (os.kill(os.getpid(), signal.SIGTERM), real(name))[1]"
    program = f"import importlib, os, signal; from monitor import cli; real = importlib.import_module; {loads}; "
    program += "importlib.import_module = load; import sys; sys.argv = ['tratawatch', 'daemon']; cli.main()"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False
    )
    assert done.returncode == 0
    assert list(tmp_path.iterdir()) == []
