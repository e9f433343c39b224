"""Starts daemons quickly, one after another: a process that has loaded everything forks one at each order.

Orders are lines of JSON on standard input: {"kill_at": N} ends the daemon by SIGKILL when it begins or commits its Nth
transaction (null: never). Answers are lines: the number of the process, then how it ended. Run as
`python -m tests.nursery CONFIGURATION SPEED TOLD`, where TOLD is the time (ISO 8601) at which all clocks start.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import traceback
from datetime import datetime
from pathlib import Path

from rich.console import Console
from sqlalchemy import event
from sqlalchemy.engine import Engine

from monitor.chain.walk import Walk
from monitor.configuration.loading import load
from monitor.outbox.delivering import Deliverer, rules_of
from monitor.visits.daemon import Daemon, stop_on_signals
from monitor.visits.visit import Visitor
from store.clock import Clock
from store.database import Store


async def serve(path: Path, clock: Clock) -> None:
    """What the `daemon` command does, on a clock of the test."""
    configuration = load(path, None, os.environ)
    store = Store(configuration.store)
    deliverer = Deliverer(store, configuration, clock, Console(quiet=True))
    stopped = asyncio.Event()
    stop_on_signals(stopped)
    walk = Walk(clock=clock, channels=rules_of(configuration))
    await Daemon(Visitor(store, configuration, walk), deliverer).run(stopped)
    await deliverer.close()
    store.close()


def die_at(number: int) -> None:
    """End this process without a word at its nth begin or end of a transaction."""
    left = number

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "begin", count)
    event.listen(Engine, "commit", count)


def bear(path: Path, clock: Clock, kill_at: int | None) -> None:
    """Fork a daemon and wait for its end."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            if kill_at is not None:
                die_at(kill_at)
            asyncio.run(serve(path, clock))
            code = 0
        except BaseException:  # noqa: BLE001 - a child must never return into its parent's work
            traceback.print_exc()
        finally:
            os._exit(code)
    sys.stdout.write(f"{child}\n")
    sys.stdout.flush()
    sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
    sys.stdout.flush()


def main() -> None:
    """Take orders until standard input ends."""
    path, speed, told = sys.argv[1:4]
    start = datetime.fromisoformat(told)
    clock = Clock(real=start, told=start, speed=float(speed))
    for line in sys.stdin:
        bear(Path(path), clock, json.loads(line)["kill_at"])


if __name__ == "__main__":
    main()
