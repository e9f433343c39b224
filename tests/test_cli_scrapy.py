"""`scrapy list` and `scrapy crawl`: the way of the daemon, by Scrapy's own command."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from monitor.rehearsal.receiver import Receiver
from monitor.rehearsal.site import Site
from tests.newspaper import FEED, Newspaper, story
from tests.test_cli_run import Desk

ROOT = Path(__file__).parents[1]


@pytest.fixture
async def paper() -> AsyncIterator[Newspaper]:
    async with Site() as site:
        paper = Newspaper(site)
        paper.print(lima=story("1,814", "Lima"))
        yield paper


@pytest.fixture
def desk(tmp_path: Path, empty_sqlite: Path) -> Desk:
    (tmp_path / "tratawatch.db").write_bytes(empty_sqlite.read_bytes())
    shutil.copy(ROOT / "scrapy.cfg", tmp_path)
    return Desk(tmp_path)


async def scrapy(desk: Desk, *arguments: str) -> tuple[int | None, list[Any], str]:
    """Run Scrapy's command; its exit code, what it printed as JSON Lines, and what it said."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TRATAWATCH")}
    environment |= {"PYTHONPATH": ":".join([str(ROOT), *sys.path])} | desk.environment
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "scrapy", *arguments), cwd=desk.folder, env=environment, stdout=PIPE, stderr=PIPE
    )
    out, err = await process.communicate()
    return process.returncode, [json.loads(line) for line in out.decode().splitlines()], err.decode()


async def test_a_crawl_goes_the_way_of_the_daemon(desk: Desk, paper: Newspaper) -> None:
    async with Receiver() as receiver:
        desk.environment["TRATAWATCH_WEBHOOK_SECRET"] = receiver.secret
        channel = f'contact = "https://ngo.example/us"\n[channels.hook]\ntype = "webhook"\nurl = "{receiver.url}"\n'
        desk.watch(channel, news=paper.site.address + FEED)
        code, printed, said = await scrapy(desk, "crawl", "news")
        assert code == 0
        assert [change["change"] for change in printed] == ["new_item", "new_statistic"]
        assert "news: ok\n" in said
        paper.print(puno=story("402", "Puno"))
        ended = await desk("run", "news")
        assert [line["change"] for line in ended.lines] == ["new_item", "new_statistic"]
        assert "nothing new" in (await scrapy(desk, "crawl", "news"))[2]
        assert [len(call.body["data"]["changes"]) for call in receiver.delivered] == [2, 2]
    assert (await desk.status())["news"]["verdict"] == "nothing new"
    assert {"https://ngo.example/us" in request.headers["User-Agent"] for request in paper.site.requests} == {True}


async def test_a_crawl_can_name_its_source_and_an_unknown_one_is_said(desk: Desk, paper: Newspaper) -> None:
    desk.watch(diario=paper.site.address + FEED)
    assert len((await scrapy(desk, "crawl", "news", "-a", "source=diario"))[1]) == 2
    code, printed, said = await scrapy(desk, "crawl", "news", "-a", "source=nobody")
    assert (code, printed) == (1, [])
    assert "no source 'nobody'; there are " in said


async def test_a_crawl_of_a_source_that_fails_ends_with_1(desk: Desk, paper: Newspaper) -> None:
    desk.watch(diario=paper.site.address + "/none.xml", sur=paper.site.address + FEED)
    code, printed, said = await scrapy(desk, "crawl", "news", "-a", "source=diario")
    assert (code, printed) == (1, [])
    assert "diario: failing: " in said
    assert (await scrapy(desk, "crawl", "news", "-a", "source=sur"))[0] == 0


async def test_the_spiders_are_listed(desk: Desk) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "scrapy", "list"), cwd=ROOT, stdout=PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    out, _ = await process.communicate()
    assert out.decode().split() == ["ilo", "iom", "news", "state"]
