"""A month of a newsroom, visited by the daemon in simulated time: what was missed, what was told, and what it cost.

    python -m bench.month [--month] [--seed N]

Twenty replica outlets publish 3,000 items in 30 days, 60 of them on trafficking in Peru, with edits, corrected figures,
moves, reprints, removals and addresses of many forms; hosts fail, and wall us off, for hours. The daemon runs as it
does for people, and its time passes only while it has nothing to do.

A *repeat request* asks an address for what it has given before: the same list of entries, or the same revision of an
article, however the bytes around it differ. It costs little where the answer is 304. A request *not made* is one that a
watcher without memory would have made: an entry that a watch shows (each time that the watch is asked for) whose
article has been given before as it still is. *Spared* is the share of those two in all repeats, made and not made.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import tempfile
import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from rich.console import Console

from bench import simulation
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
from monitor.visits.daemon import DELIVER_EVERY, Daemon
from monitor.visits.visit import Visitor
from store.clock import Clock
from store.database import Store

SEED = 20


@dataclass(frozen=True, slots=True)
class Plan:
    """What is watched and for how long; the rest follows from the seed."""

    outlets: tuple[Outlet, ...]
    days: float
    troubles: tuple[Trouble, ...]
    seed: int = SEED
    after: timedelta = timedelta(days=3)  # in which nothing new comes out: for the last looks, verdicts and deliveries
    deliver_every: timedelta = DELIVER_EVERY

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


def month(seed: int = SEED) -> Plan:
    """All outlets; hosts fail in all ways."""
    return Plan(
        outlets.MONTH,
        30,
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
        seed,
        deliver_every=timedelta(minutes=1),
    )


def three_days(seed: int = SEED) -> Plan:
    """Six outlets; a host breaks and one walls off its articles."""
    return Plan(
        outlets.DAYS,
        3,
        (_trouble("portal", "broken", 1, 18), _trouble("cronica", "walled", 1.9, 9)),
        seed,
        after=timedelta(days=1),
        deliver_every=timedelta(minutes=10),
    )


def _trouble(host: str, kind: Any, day: float, hours: float) -> Trouble:
    begin = START + timedelta(days=day)
    return Trouble(host, kind, begin, begin + timedelta(hours=hours))


def run(plan: Plan, folder: Path) -> Result:
    """Go through the days of a plan; the store stays in the folder."""
    cpu, wall = time.process_time(), time.perf_counter()
    room, calls, store_url = simulation.run(START, plan.seed, lambda: _watch(plan, folder))
    figures = {
        "CPU but for the replicas' pages, s": time.process_time() - cpu - room.cpu,
        "CPU of the replicas' pages, s": room.cpu,
        "wall, s": time.perf_counter() - wall,
        "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "store, MB": sum(path.stat().st_size for path in folder.iterdir()) / 1e6,
    }
    return Result(judge(room, plan, store_url, calls), room.log, figures)


async def _watch(plan: Plan, folder: Path) -> tuple[Newsroom, list[Any], str]:
    """Let the daemon run until the days have passed; gives the newsroom and the webhook calls that arrived."""
    stopped = asyncio.Event()
    clock = Clock()
    async with plan.newsroom(clock) as room, Receiver() as receiver:
        configuration = _configuration(room, receiver, folder)
        store = Store(configuration.store)
        walk = Walk(clock=clock, channels=rules_of(configuration))
        deliverer = Deliverer(store, configuration, clock, Console(quiet=True))
        daemon = Daemon(Visitor(store, configuration, walk), deliverer, deliver_every=plan.deliver_every)
        watching = asyncio.create_task(daemon.run(stopped))
        await asyncio.sleep((timedelta(days=plan.days) + plan.after).total_seconds())
        stopped.set()
        await watching
        await deliverer.deliver_due()
        await deliverer.close()
        store.close()
        return room, [call.body for call in receiver.delivered], configuration.store


def _configuration(room: Newsroom, receiver: Receiver, folder: Path) -> Configuration:
    values = {
        "contact": "https://ngo.example/tratawatch",
        "private_networks": ["127.0.0.0/8"],
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
    parser.add_argument("--seed", type=int, default=SEED, help="another newsroom of the same kind")
    parser.add_argument("--keep", type=Path, help="a folder in which the store stays")
    asked = parser.parse_args()
    plan = month(asked.seed) if asked.month else three_days(asked.seed)
    with tempfile.TemporaryDirectory() as folder:
        result = run(plan, asked.keep or Path(folder))
    print(told_as_table(result))
    return 1 if result.findings.wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
