"""A month of a newsroom, visited by the daemon on a fast clock: what was missed, what was told, and what it cost.

    python -m bench.month [--month] [--speed N]

Twenty replica outlets publish 3,000 items in 30 days, 60 of them on trafficking in Peru, with edits, corrected figures,
moves, reprints, removals and addresses of many forms; hosts fail, and wall us off, for hours. The daemon runs as it
does for people, in this process; the replicas run in another one, by the same clock.

A *repeat request* asks an address for what it has given before: the same list of entries, or the same revision of an
article, however the bytes around it differ. It costs little where the answer is 304. A request *not made* is one that a
watcher without memory would have made: an entry that a watch shows (each time that the watch is asked for) whose
article has been given before as it still is. *Spared* is the share of those two in all repeats, made and not made.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import multiprocessing
import resource
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from rich.console import Console

from bench.newsroom import outlets, stories
from bench.newsroom.answers import Log
from bench.newsroom.judging import Findings, judge
from bench.newsroom.outlets import Outlet, Trouble
from bench.newsroom.server import Newsroom
from bench.newsroom.stories import START
from monitor.chain.walk import Walk
from monitor.configuration.loading import Configuration, configuration_of
from monitor.outbox.delivering import Deliverer, rules_of
from monitor.rehearsal.receiver import Receiver
from monitor.visits.daemon import Daemon
from monitor.visits.visit import Visitor
from store.clock import Clock
from store.database import Store

SEED = 20
LOOK_EVERY = 0.2  # real seconds, as the next two
LAST_READING = 1.0
PATIENCE = 60.0
AFTER = timedelta(hours=6)  # for the last verdicts and deliveries


@dataclass(frozen=True, slots=True)
class Plan:
    """What is watched, for how long and how fast; the rest follows from the seed."""

    outlets: tuple[Outlet, ...]
    days: float
    speed: float
    troubles: tuple[Trouble, ...]
    seed: int = SEED

    def newsroom(self, clock: Clock) -> Newsroom:
        return Newsroom(self.outlets, self.stories(), self.troubles, clock.now)

    def stories(self) -> list[stories.Story]:
        return stories.stories(self.seed, self.days, self.outlets, self.troubles)


@dataclass(slots=True)
class Result:
    """What a run found and what it took: seconds of CPU and wall, bytes."""

    findings: Findings
    log: Log
    figures: dict[str, Any] = field(default_factory=dict)

    @property
    def of_made(self) -> float:
        """The share of repeat requests that were answered with 304."""
        return _share(self._cheap, sum(self.log.repeats.values()))

    @property
    def spared(self) -> float:
        """The share of repeats that were answered with 304 or not made."""
        again = sum(self.log.repeats.values())
        asked = sum(count for (kind, _), count in self.log.repeats.items() if kind == "item")
        not_made = max(0, self.log.shown_again - asked)
        return _share(self._cheap + not_made, again + not_made)

    @property
    def _cheap(self) -> int:
        return sum(count for (_, status), count in self.log.repeats.items() if status == 304)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def month(speed: float) -> Plan:
    """All outlets; hosts fail in all ways."""
    return Plan(
        outlets.MONTH,
        30,
        speed,
        (
            _trouble("portal", "broken", 6, 14),
            _trouble("matutino", "wall", 9, 7),
            _trouble("infolima", "walled", 12, 10),
            _trouble("agencia", "cut", 15, 8),
            _trouble("gaceta", "empty", 17, 8),
            _trouble("cronica", "busy", 20, 6),
            _trouble("capital", "broken", 22, 24),
            _trouble("emisora", "wall", 25, 5),
        ),
    )


def three_days(speed: float) -> Plan:
    """Six outlets; a host breaks and one walls off its articles."""
    return Plan(
        outlets.DAYS,
        3,
        speed,
        (_trouble("portal", "broken", 1, 18), _trouble("cronica", "walled", 1.9, 9)),
    )


def _trouble(host: str, kind: Any, day: float, hours: float) -> Trouble:
    begin = START + timedelta(days=day)
    return Trouble(host, kind, begin, begin + timedelta(hours=hours))


def run(plan: Plan, folder: Path) -> Result:
    """Go through the days of a plan; the store stays in the folder."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    replicas = context.Process(target=_replicas, args=(plan, theirs), daemon=True)
    replicas.start()
    try:
        homes = ours.recv()
        clock = Clock(real=datetime.now(UTC), told=START, speed=plan.speed)
        ours.send(clock)
        cpu, wall = time.process_time(), time.perf_counter()
        room = plan.newsroom(clock)
        room.homes = homes
        calls, store_url = asyncio.run(_watch(plan, room, clock, folder, ours))
        figures = {"CPU, s": time.process_time() - cpu, "wall, s": time.perf_counter() - wall}
        ours.send("end")
        log, figures["CPU of the replicas, s"] = ours.recv()
    finally:
        replicas.join(5)
        replicas.terminate()
    figures["peak memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures["store, MB"] = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    return Result(judge(room, plan, store_url, calls), log, figures)


def _replicas(plan: Plan, pipe: Connection) -> None:
    asyncio.run(_serve(plan, pipe))


async def _serve(plan: Plan, pipe: Connection) -> None:
    clocks = [Clock(told=START, real=datetime.now(UTC), speed=0.0)]

    def now() -> datetime:
        return clocks[0].now()

    async with Newsroom(plan.outlets, plan.stories(), plan.troubles, now) as room:
        pipe.send(room.homes)
        clocks[0] = await asyncio.to_thread(pipe.recv)
        while await asyncio.to_thread(pipe.recv) != "end":
            pipe.send(room.settled())
        pipe.send((room.log, time.process_time()))


async def _watch(plan: Plan, room: Newsroom, clock: Clock, folder: Path, replicas: Connection) -> tuple[list[Any], str]:
    """Let the daemon run until the days have passed; gives the webhook calls that arrived."""
    stopped = asyncio.Event()
    async with Receiver() as receiver:
        configuration = _configuration(room, receiver, folder)
        store = Store(configuration.store)
        walk = Walk(clock=clock, channels=rules_of(configuration))
        deliverer = Deliverer(store, configuration, clock, Console(quiet=True))
        daemon = asyncio.create_task(Daemon(Visitor(store, configuration, walk), deliverer).run(stopped))
        await asyncio.sleep(clock.real_seconds(START + timedelta(days=plan.days) - clock.now()))
        await _settle(replicas)
        await asyncio.sleep(clock.real_seconds(AFTER) + LAST_READING)
        stopped.set()
        await daemon
        await deliverer.deliver_due()
        await deliverer.close()
        store.close()
        return [call.body for call in receiver.delivered], configuration.store


async def _settle(replicas: Connection) -> None:
    """Wait until the last edits have been given to somebody, as long as a busy machine may need."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            settled = False
            while not settled:
                replicas.send("settled?")
                settled = await asyncio.to_thread(replicas.recv)
                await asyncio.sleep(LOOK_EVERY)


def _configuration(room: Newsroom, receiver: Receiver, folder: Path) -> Configuration:
    values = {
        "contact": "https://ngo.example/tratawatch",
        "channels": {"desk": {"type": "webhook", "url": receiver.url}},
        "sources": {name: room.source(outlet) for name, outlet in room.outlets.items()},
    }
    store = f"sqlite:///{folder / 'month.db'}"
    return configuration_of(values, store, {"TRATAWATCH_WEBHOOK_SECRET": receiver.secret})


def told_as_table(result: Result) -> str:
    """The figures as a table for people."""
    lines = [*result.findings.lines(), *(f"{name:<42}{value:10.1f}" for name, value in result.figures.items())]
    log = result.log
    lines.append(f"{'requests':<28}{'status':>8}{'count':>10}{'repeats':>10}{'without validators':>20}")
    for (kind, status), count in sorted(log.answers.items(), key=str):
        again, bare = log.repeats[kind, status], log.bare[kind, status]
        lines.append(f"{kind:<28}{status:>8}{count:>10}{again:>10}{bare:>20}")
    lines.append(f"{'requests in all':<42}{sum(log.answers.values()):10d}")
    lines.append(f"{'repeat requests answered 304':<42}{result.of_made:10.1%}")
    lines.append(f"{'repeats answered 304 or not made':<42}{result.spared:10.1%}")
    return "\n".join(lines)


def main() -> int:
    """Run and print; 1 where something was missed or told wrongly."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--month", action="store_true", help="30 days of 20 outlets, else three days of six")
    parser.add_argument("--speed", type=float, help="seconds of the newsroom in a second")
    parser.add_argument("--keep", type=Path, help="a folder in which the store stays")
    asked = parser.parse_args()
    plan = month(asked.speed or 2000) if asked.month else three_days(asked.speed or 8000)
    with tempfile.TemporaryDirectory() as folder:
        result = run(plan, asked.keep or Path(folder))
    print(told_as_table(result))
    return 1 if result.findings.wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
