"""The daemon as a process: on schedule, each change told once, idle when nothing happens, and not to be killed."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from monitor.rehearsal.mailbox import Mailbox
from monitor.rehearsal.receiver import Receiver
from monitor.rehearsal.site import Site
from store import alerts, changes
from store.database import Store
from store.models import Capture, Item
from tests.newspaper import FEED, Newspaper, story
from tests.test_cli_run import Desk

PATIENCE = 60.0
EVERY = 0.02  # minutes between visits: a good second
SPEED = 600.0  # at which ten minutes, after which an attempt that was cut off is made again, take a second
SEEDS = int(os.environ.get("KILL_SEEDS", "2"))  # of eight kills each; KILL_SEEDS=60 is a long run
PLACES = (
    *("Lima", "Cusco", "Puno", "Loreto", "Ucayali", "Tumbes", "Piura", "Lambayeque", "La Libertad", "Cajamarca"),
    *("Amazonas", "San Martín", "Áncash", "Huánuco", "Pasco", "Junín", "Huancavelica", "Ayacucho", "Apurímac"),
    *("Arequipa", "Moquegua", "Tacna", "Ica", "Madre de Dios"),
)


async def until(holds: Callable[[], bool], what: str, process: Process | None = None) -> None:
    """Wait for a real event; TimeoutError says what never came."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not holds():
                assert process is None or process.returncode is None, "the daemon has ended"
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise AssertionError(f"never: {what}") from None


@pytest.fixture
async def paper() -> AsyncIterator[Newspaper]:
    async with Site() as site:
        paper = Newspaper(site)
        paper.print(base=story("1,814", "el Perú"))
        yield paper


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with Receiver() as receiver:
        yield receiver


@pytest.fixture
async def mailbox() -> AsyncIterator[Mailbox]:
    async with Mailbox() as mailbox:
        yield mailbox


@pytest.fixture
def desk(tmp_path: Path, empty_sqlite: Path, receiver: Receiver) -> Desk:
    (tmp_path / "tratawatch.db").write_bytes(empty_sqlite.read_bytes())
    desk = Desk(tmp_path)
    desk.environment = {**os.environ, "TRATAWATCH_WEBHOOK_SECRET": receiver.secret, "PYTHONPATH": ":".join(sys.path)}
    desk.environment.pop("TRATAWATCH_STORE", None)
    return desk


def hook(receiver: Receiver) -> str:
    return f'[channels.hook]\ntype = "webhook"\nurl = "{receiver.url}"\n'


def mail(mailbox: Mailbox) -> str:
    return (
        f'[channels.mail]\ntype = "email"\nhost = "{mailbox.host}"\nport = {mailbox.port}\nsecurity = "none"\n'
        'sender = "tratawatch@ngo.example"\nto = ["analyst@ngo.example"]\n'
    )


async def start(desk: Desk, *arguments: str) -> Process:
    command = (sys.executable, "-m", *arguments)
    return await asyncio.create_subprocess_exec(
        *command, cwd=desk.folder, env=desk.environment, stdin=PIPE, stdout=PIPE, stderr=None
    )


def told(receiver: Receiver) -> list[list[str]]:
    """The changes of each alert that arrived, one line for each alert."""
    first = {call.id: call for call in receiver.delivered}
    return [[change["change"] for change in call.body["data"]["changes"]] for call in first.values()]


async def test_the_daemon_visits_on_schedule_tells_once_is_idle_and_stops_at_once(
    desk: Desk, paper: Newspaper, receiver: Receiver, mailbox: Mailbox
) -> None:
    desk.watch(hook(receiver) + mail(mailbox), interval=EVERY, diario=paper.site.address + FEED)
    daemon = await start(desk, "monitor.cli", "daemon")
    try:
        await until(lambda: len(receiver.delivered) == len(mailbox.messages) == 1, "the baseline", daemon)
        paper.print(cusco=story("734", "Cusco"))
        await until(lambda: len(receiver.delivered) == len(mailbox.messages) == 2, "the new item", daemon)
        paper.site.requests.clear()
        await until(lambda: paper.site.count(304, FEED) == 3, "three more visits", daemon)
        assert {request.status for request in paper.site.requests} == {304}
        times = [request.seconds for request in paper.site.requests if request.path == FEED]
        assert all(0.5 < later - before < 10 for before, later in pairwise(times))
    finally:
        daemon.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            output, _ = await daemon.communicate()
    assert daemon.returncode == 0
    assert output == b""
    assert told(receiver) == [["new_item", "new_statistic"], ["new_item", "new_statistic"]]
    assert len(mailbox.messages) == 2


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_stop_in_the_middle_of_a_visit_ends_within_seconds_and_the_next_start_goes_on(
    desk: Desk, paper: Newspaper, receiver: Receiver, number: signal.Signals
) -> None:
    desk.watch(hook(receiver), interval=EVERY, diario=paper.site.address + FEED)
    paper.site.break_with("hang")
    daemon = await start(desk, "monitor.cli", "daemon")
    await until(lambda: len(paper.site.requests) > 0, "a request", daemon)
    daemon.send_signal(number)
    async with asyncio.timeout(15):
        await daemon.communicate()
    assert daemon.returncode == 0
    paper.site.mend()
    daemon = await start(desk, "monitor.cli", "daemon")
    await until(lambda: len(receiver.delivered) == 1, "the baseline", daemon)
    daemon.send_signal(number)
    await daemon.communicate()
    assert daemon.returncode == 0
    assert told(receiver) == [["new_item", "new_statistic"]]


class Nursery:
    """Daemons that are killed and started again, on one store."""

    def __init__(self, process: Process) -> None:
        self.process = process

    async def begin(self, kill_at: int | None = None) -> int:
        """Start a daemon; gives its number."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"kill_at": kill_at}).encode() + b"\n")
        return await self._number()

    async def ended(self) -> int:
        """How the daemon ended, once it has."""
        return await self._number()

    async def _number(self) -> int:
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            return int(await self.process.stdout.readline())

    async def kill(self, number: int) -> None:
        os.kill(number, signal.SIGKILL)
        assert await self.ended() == -signal.SIGKILL


@pytest.fixture
async def nursery(desk: Desk, paper: Newspaper, receiver: Receiver) -> AsyncIterator[Nursery]:
    desk.watch(hook(receiver), interval=EVERY / 2 * SPEED, diario=paper.site.address + FEED)
    now = datetime.now(UTC).isoformat()
    process = await start(desk, "tests.nursery", str(desk.folder / "tratawatch.toml"), str(SPEED), now)
    yield Nursery(process)
    assert process.stdin is not None
    process.stdin.close()
    await process.wait()


def arrived(receiver: Receiver, address: str, kind: str) -> bool:
    """Whether a change of an item has been told."""
    return any(
        change["url"] == address and change["change"] == kind
        for call in receiver.delivered
        for change in call.body["data"]["changes"]
    )


@pytest.mark.parametrize("seed", range(1, 1 + SEEDS))
async def test_what_is_killed_loses_nothing_and_doubles_nothing(
    desk: Desk, paper: Newspaper, receiver: Receiver, nursery: Nursery, seed: int
) -> None:
    kills, dice = 0, Random(seed)
    places = dice.sample(PLACES, 4)
    daemon = await nursery.begin()
    await until(lambda: len(receiver.delivered) == 1, "the baseline")
    await nursery.kill(daemon)
    for number, place in enumerate(places):
        paper.print(**{f"a{number}": story(str(300 + number), place)})
        if number:
            paper.print(**{f"a{number - 1}": story(str(500 + number), places[number - 1])})
        await nursery.begin(kill_at=dice.randrange(1, 90))
        kills += await nursery.ended() == -signal.SIGKILL
        daemon = await nursery.begin()
        address = f"{paper.site.address}/a{number}"
        await until(lambda address=address: arrived(receiver, address, "new_item"), address)  # type: ignore[misc]
        if number:
            edited = f"{paper.site.address}/a{number - 1}"
            await until(lambda edited=edited: arrived(receiver, edited, "edited_item"), edited)  # type: ignore[misc]
        await nursery.kill(daemon)
        kills += 1
    assert kills == 8
    daemon = await nursery.begin()
    store = Store(f"sqlite:///{desk.folder / 'tratawatch.db'}")
    await until(lambda: settled(store), "nothing left to deliver or read")
    await nursery.kill(daemon)
    check(store, receiver)
    store.close()


def settled(store: Store) -> bool:
    with store.read() as session:
        unread = session.query(Capture).where(Capture.read_at.is_(None)).count()
        return set(alerts.count_by_state(session)) == {"delivered"} and not unread


def check(store: Store, receiver: Receiver) -> None:
    """Every change is on record once and was told once; an alert that came twice came under one id."""
    with store.read() as session:
        recorded = changes.since(session, None, limit=1000)
        made = Counter((change.change, change.item_id) for change in recorded)
        items = session.query(Item).count()
    expected = Counter({"new_item": 5, "new_statistic": 5, "edited_item": 3, "revised_statistic": 3})
    assert Counter(change.change for change in recorded) == expected
    assert set(made.values()) == {1}
    assert items == 5
    bodies: dict[str, set[str]] = {}
    for call in receiver.delivered:
        bodies.setdefault(call.id, set()).add(str([change["id"] for change in call.body["data"]["changes"]]))
    assert all(len(body) == 1 for body in bodies.values())
    last = {call.id: call for call in receiver.delivered}
    announced = Counter(change["id"] for call in last.values() for change in call.body["data"]["changes"])
    assert announced == Counter(change.uid for change in recorded)
