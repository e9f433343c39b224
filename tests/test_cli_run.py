"""`run` as a stranger types it: changes on standard output, verdicts on standard error, and sources that fail."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from monitor.configuration.loading import catalogue
from monitor.rehearsal.receiver import Receiver
from monitor.rehearsal.site import Site
from tests.commands import LOOPBACK, Ended, tratawatch
from tests.newspaper import FEED, Newspaper, story

CATALOGUE = sorted(catalogue())


@pytest.fixture
async def paper() -> AsyncIterator[Newspaper]:
    async with Site() as site:
        paper = Newspaper(site)
        paper.print(lima=story("1,814", "Lima"))
        yield paper


class Desk:
    """A working folder with a tratawatch.toml, and the command in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment: dict[str, str] = {}

    def watch(self, more: str = "", interval: float = 60, **feeds: str) -> None:
        """Watch these feeds and nothing of the catalogue."""
        off = "".join(f"[sources.{name}]\nactive = false\n" for name in CATALOGUE)
        own = "".join(
            f'[sources.{name}]\ninterval = {interval}\ndelay = 0.0\nwatches = [{{ kind = "feed", url = "{url}" }}]\n'
            for name, url in feeds.items()
        )
        (self.folder / "tratawatch.toml").write_text(LOOPBACK + more + off + own, encoding="utf-8")

    async def __call__(self, *arguments: str) -> Ended:
        """Run the command in a thread, so that the sites of the test can answer."""
        return await asyncio.to_thread(tratawatch, *arguments, folder=self.folder, environment=self.environment)

    async def status(self) -> dict[str, Any]:
        """What `status` shows of each source."""
        ended = await self("status", "--json")
        assert ended.code == 0
        return {row["source"]: row for row in ended.lines[:-1]}


@pytest.fixture
def desk(tmp_path: Path, empty_sqlite: Path) -> Desk:
    (tmp_path / "tratawatch.db").write_bytes(empty_sqlite.read_bytes())
    return Desk(tmp_path)


async def test_what_changed_is_printed_as_json_lines_and_the_verdict_apart(desk: Desk, paper: Newspaper) -> None:
    desk.watch(diario=paper.site.address + FEED)
    first = await desk("run", "diario")
    assert (first.code, [line["change"] for line in first.lines]) == (0, ["new_item", "new_statistic"])
    assert "diario: ok" in first.err
    second = await desk("run", "diario")
    assert (second.code, second.out) == (0, "")
    assert "diario: nothing new" in second.err


async def test_without_a_name_what_is_due_is_visited(desk: Desk, paper: Newspaper) -> None:
    desk.watch(diario=paper.site.address + FEED)
    assert len((await desk("run")).lines) == 2
    ended = await desk("run")
    assert (ended.code, ended.out) == (0, "")
    assert "no source is due" in ended.err


async def test_a_dry_run_stores_and_sends_nothing(desk: Desk, paper: Newspaper) -> None:
    desk.watch(diario=paper.site.address + FEED)
    before = rows(desk)
    dry = await desk("run", "diario", "--dry-run")
    assert (dry.code, [line["change"] for line in dry.lines]) == (0, ["new_item", "new_statistic"])
    assert (await desk("sources", "--check", "diario")).code == 0
    assert rows(desk) == before
    assert len((await desk("run", "diario")).lines) == 2


async def test_a_dry_run_and_a_check_make_no_store_where_there_is_none(desk: Desk, paper: Newspaper) -> None:
    (desk.folder / "tratawatch.db").unlink()
    desk.watch(diario=paper.site.address + FEED)
    assert len((await desk("run", "--dry-run")).lines) == 2
    assert (await desk("sources", "--check")).code == 0
    assert [path.name for path in desk.folder.iterdir()] == ["tratawatch.toml"]


async def test_dry_runs_of_one_process_share_the_pauses_at_a_host(desk: Desk, paper: Newspaper) -> None:
    desk.watch(one=paper.site.address + FEED, two=paper.site.address + "/other.xml")
    paper.site.put("/other.xml", "busy", status=429, headers={"Retry-After": "7200"})
    ended = await desk("run", "two", "one", "--dry-run")
    assert ended.code == 1
    assert "blocked" in ended.err
    assert "is left alone until" in ended.err


def rows(desk: Desk) -> list[str]:
    """All rows of the store."""
    with sqlite3.connect(desk.folder / "tratawatch.db") as connection:
        lines = list(connection.iterdump())
    connection.close()
    return lines


async def test_an_unknown_source_is_wrong_use(desk: Desk) -> None:
    ended = await desk("run", "nobody")
    assert (ended.code, ended.out) == (2, "")
    assert f"'nobody'; there are {CATALOGUE[0]}" in ended.err


async def test_sources_that_cannot_be_reached_change_nothing_for_the_others_and_show_in_status(
    desk: Desk, paper: Newspaper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spiders.settings.DOWNLOAD_TIMEOUT", 0.5)
    async with Site() as mute, Site() as closed:
        mute.break_with("hang")
        await closed.close_port()
        desk.watch(
            diario=paper.site.address + FEED,
            mute=mute.address + FEED,
            closed=closed.address + FEED,
            nowhere="https://nowhere.invalid/feed.xml",
        )
        ended = await desk("run")
    assert ended.code == 1
    assert {line["source"] for line in ended.lines} == {"diario"}
    assert len(ended.lines) == 2
    status = await desk.status()
    assert {name: status[name]["verdict"] for name in ("diario", "mute", "closed", "nowhere")} == {
        "diario": "ok",
        "mute": "failing",
        "closed": "failing",
        "nowhere": "failing",
    }
    assert "no whole answer in time" in status["mute"]["reason"]
    assert "does not accept connections" in status["closed"]["reason"]
    assert "does not resolve" in status["nowhere"]["reason"]
    shown = await desk("status")
    assert shown.code == 0
    for name in ("diario", "mute", "closed", "nowhere"):
        assert name in shown.out


async def test_a_failure_is_told_once_after_two_visits_and_once_when_it_ends(desk: Desk, paper: Newspaper) -> None:
    async with Receiver() as receiver:
        desk.environment["TRATAWATCH_WEBHOOK_SECRET"] = receiver.secret
        channel = f'[channels.hook]\ntype = "webhook"\nurl = "{receiver.url}"\n'
        desk.watch(channel, diario=paper.site.address + FEED)
        await desk("run", "diario")
        paper.site.break_with(500)
        seen = [(await desk("run", "diario")) for _ in range(4)]
        assert [ended.code for ended in seen] == [1, 1, 1, 1]
        assert [[line["change"] for line in ended.lines] for ended in seen] == [[], ["source_failing"], [], []]
        state = (await desk.status())["diario"]
        assert (state["state"], state["verdict"]) == ("failing", "failing")
        assert state["since"]
        assert state["last_good"]
        paper.site.mend()
        assert [line["change"] for line in (await desk("run", "diario")).lines] == ["source_recovered"]
        assert (await desk("run", "diario")).lines == []
        told = [[change["change"] for change in call.body["data"]["changes"]] for call in receiver.delivered]
    assert told == [["new_item", "new_statistic"], ["source_failing"], ["source_recovered"]]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("contakt = 'https://ngo.example'", "contakt: no such key; there are channels, contact"),
        ("time_zone = 'Lima'", "time_zone: "),
        ("language = 'fr'", "language: "),
        ("contact = 'me'", "contact: "),
        ("[rules]\nfailing_after = 0", "rules.failing_after: "),
        ("[channels.x]\ntype = 'pigeon'", "channels.x: "),
        ("[channels.x]\ntype = 'webhook'\nurl = 'ftp://x'", "channels.x.url: "),
        ("[channels.x]\ntype = 'webhook'\nurl = 'https://hook.example'", "TRATAWATCH_WEBHOOK_SECRET"),
        ("[channels.x]\ntype = 'email'\nhost = 'h'\nsender = 'a@b.example'\nto = []", "channels.x.to: "),
        ("[sources.x]\nwatches = []", "sources.x.watches: "),
        ("[sources.x]\nwatches = [{ kind = 'fed', url = 'https://x.example' }]", "sources.x.watches.0.kind: "),
        ("[sources.x]\nwatches = [{ kind = 'feed', url = 'x.example' }]", "sources.x.watches.0.url: "),
        ("[sources.X]\nwatches = [{ kind = 'feed', url = 'https://x.example' }]", "sources.X"),
        ("[sources.ilo]\ninterval = 0", "sources.ilo.interval: "),
        ("[sources.ilo]\ninterval = 'daily'", "sources.ilo.interval: "),
        (
            "[sources.x]\nidentity = '('\nwatches = [{ kind = 'feed', url = 'https://x.example' }]",
            "sources.x.identity: ",
        ),
        ("sources = 3", "sources: "),
        ("not toml", "not TOML"),
    ],
)
def test_a_wrong_configuration_stops_the_start_with_file_key_and_what_is_allowed(
    tmp_path: Path, lines: str, said: str
) -> None:
    (tmp_path / "tratawatch.toml").write_text(lines + "\n", encoding="utf-8")
    for command in (("run", "x"), ("daemon",), ("status",)):
        ended = tratawatch(*command, folder=tmp_path)
        assert (ended.code, ended.out) == (1, ""), ended.err
        assert "tratawatch.toml" in ended.err
        assert said in ended.err
    assert [path.name for path in tmp_path.iterdir()] == ["tratawatch.toml"]


def test_a_missing_configuration_file_is_said(tmp_path: Path) -> None:
    ended = tratawatch("--config", "none.toml", "status", folder=tmp_path)
    assert ended.code == 1
    assert "none.toml: " in ended.err


async def test_every_look_gives_json_lines(desk: Desk, paper: Newspaper) -> None:
    desk.watch(diario=paper.site.address + FEED)
    await desk("run", "diario")
    counts = {}
    for command in ("sources", "status", "changes", "statistics", "alerts"):
        ended = await desk(command, "--json")
        assert (ended.code, ended.err) == (0, "")
        counts[command] = len(ended.lines)
        assert (await desk(command)).code == 0
    sources = len(CATALOGUE) + 1
    assert counts == {"sources": sources, "status": sources + 1, "changes": 2, "statistics": 1, "alerts": 1}
    assert json.loads((await desk("statistics", "--json")).out)["url"] == f"{paper.site.address}/lima"
