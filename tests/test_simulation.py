"""In simulated time nothing is late: the clock waits for what is under way, and for nothing else."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from aiohttp import web

from bench import simulation

START = datetime(2026, 3, 2, 5, tzinfo=UTC)


def test_a_month_without_work_passes_at_once_for_all_clocks() -> None:
    async def work() -> tuple[datetime, float]:
        await asyncio.sleep(30 * 86_400)
        return datetime.now(UTC), asyncio.get_running_loop().time()

    begun = time.monotonic()
    assert simulation.run(START, 1, work) == (START + timedelta(days=30), 30 * 86_400)
    assert time.monotonic() - begun < 20
    assert datetime.now(UTC) - START > timedelta(days=60)


def test_the_clock_stands_while_a_thread_or_an_exchange_is_under_way() -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(body=b"x" * 3_000_000)

    async def work() -> list[datetime]:
        ticks: list[datetime] = []
        app = web.Application()
        app.router.add_get("/", answer)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        async with aiohttp.ClientSession() as session:
            for _ in range(3):
                async with (
                    asyncio.timeout(0.001),
                    session.get(f"http://127.0.0.1:{runner.addresses[0][1]}") as answered,
                ):
                    assert len(await answered.read()) == 3_000_000
                await asyncio.to_thread(time.sleep, 0.01)
                ticks.append(datetime.now(UTC))
        await runner.cleanup()
        return ticks

    assert simulation.run(START, 1, work) == [START] * 3


def test_what_fails_in_a_thread_fails_where_it_is_awaited() -> None:
    async def work() -> None:
        await asyncio.to_thread(int, "no number")

    with pytest.raises(ValueError, match="no number"):
        simulation.run(START, 1, work)


def test_what_never_ends_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulation, "HUNG", 0.01)

    async def work() -> None:
        await asyncio.Event().wait()

    with pytest.raises(simulation.HungError):
        simulation.run(START, 1, work)
