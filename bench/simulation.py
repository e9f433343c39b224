"""Simulated time: the clock stands while there is work, and goes to the next appointment when there is none.

The daemon, its scheduler, the pauses at hosts and the web servers of a replica run in one loop, over real sockets on
loopback. Time in that loop, and everywhere in the process, is what this module says: it stands as long as there is
anything to do (a callback, a thread, an exchange over HTTP), and then goes at once to the moment for which the next
thing is planned. So nothing is ever late, however busy the machine is, and a run is a function of its inputs.
"""

from __future__ import annotations

import asyncio
import random
import selectors
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, TypeVar
from unittest import mock

import aiohttp
import time_machine

T = TypeVar("T")
HUNG = 30.0  # real seconds in which nothing happens though something should: a fault of the simulation


class HungError(Exception):
    """Something is under way that does not end, and that no appointment will end."""


class _Time:
    """What the clocks show, and how many exchanges over HTTP are under way."""

    def __init__(self, start: datetime, shown: time_machine.Traveller) -> None:
        self.passed = 0.0
        self.exchanges = 0
        self._start, self._shown = start, shown

    def advance(self, seconds: float) -> None:
        self.passed += seconds
        self._shown.move_to(self._start + timedelta(seconds=self.passed))


class _Selector(selectors.DefaultSelector):
    """Waits for sockets in real time where an answer is due, else lets the simulated time pass in place of waiting."""

    def __init__(self, time: _Time) -> None:
        super().__init__()
        self._time = time

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if ready or (timeout is not None and timeout <= 0):
            return ready
        if self._time.exchanges or timeout is None:
            ready = super().select(HUNG)
            if not ready:
                message = f"nothing happens; {self._time.exchanges} exchanges are under way"
                raise HungError(message)
            return ready
        self._time.advance(timeout)
        return []


class _Loop(asyncio.SelectorEventLoop):
    """A loop that lives in simulated time; what it is told to do in a thread it does at once, in order."""

    def __init__(self, time: _Time) -> None:
        self._simulated = time
        super().__init__(_Selector(time))

    def time(self) -> float:
        return self._simulated.passed

    def run_in_executor(  # type: ignore[override]  # as it is typed, Python 3.11 cannot write
        self, _executor: object, func: Callable[..., T], *args: Any
    ) -> asyncio.Future[T]:
        done: asyncio.Future[T] = self.create_future()
        try:
            self.call_soon(_resolve, done, func(*args))
        except Exception as error:  # noqa: BLE001 - as a thread would, it hands the error on
            self.call_soon(_fail, done, error)
        return done


def _resolve(done: asyncio.Future[T], result: T) -> None:
    if not done.done():
        done.set_result(result)


def _fail(done: asyncio.Future[Any], error: Exception) -> None:
    if not done.done():
        done.set_exception(error)


def run(start: datetime, seed: int, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Do what is to be done in simulated time, from `start` on. Raises HungError, and what the work raises."""
    with time_machine.travel(start, tick=False) as shown:
        time = _Time(start, shown)
        random.seed(seed)  # the scheduler's jitter
        with _counted(time), asyncio.Runner(loop_factory=lambda: _Loop(time)) as runner:
            return runner.run(work())


@contextmanager
def _counted(time: _Time) -> Iterator[None]:
    """Count the exchanges of all HTTP clients: from before a connection is made until its answer is here."""
    connect = aiohttp.BaseConnector.connect

    async def counted(self: Any, *args: Any, **kwargs: Any) -> Any:
        time.exchanges += 1
        try:
            connection = await connect(self, *args, **kwargs)
        except BaseException:
            time.exchanges -= 1
            raise
        connection.add_callback(lambda: _ended(time))
        return connection

    with mock.patch.object(aiohttp.BaseConnector, "connect", counted):
        yield


def _ended(time: _Time) -> None:
    time.exchanges -= 1
