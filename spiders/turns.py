"""Turns at a host: one request at a time, with a pause between that all visits and processes share."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from weakref import WeakKeyDictionary, WeakValueDictionary

from spiders.pauses import Pauses
from store.clock import Clock

PATIENCE = timedelta(minutes=10)  # a host that asks for more is left alone, and the visit goes on without it
SIGN_OF_LIFE = timedelta(seconds=60)
LONGEST_CRAWL_DELAY = timedelta(seconds=60)
WITHOUT_RETRY_AFTER = timedelta(seconds=60)  # after a 429 that does not say how long
SLOW = 1.0  # real seconds of an answer; the pause after it is at least as long, up to a minute
LONGEST_REST = timedelta(seconds=60)
NEGLIGIBLE = 0.1  # of a pause, by which it may be shorter as a server sees it

# One lock for each host in each loop; they live as long as someone holds or awaits them.
_LOCKS: WeakKeyDictionary[asyncio.AbstractEventLoop, WeakValueDictionary[str, asyncio.Lock]] = WeakKeyDictionary()


class HostLeftAloneError(Exception):
    """A host asked to be left alone for longer than a visit waits."""

    def __init__(self, host: str, until: datetime, reason: str) -> None:
        super().__init__(f"{host} is left alone until {until:%Y-%m-%d %H:%M} UTC: {reason}")


class Turns:
    """Gives a visit its turns; the pauses are in the time of the clock."""

    def __init__(self, pauses: Pauses, clock: Clock, alive: Callable[[], Awaitable[None]]) -> None:
        """`alive` is called once a minute while a visit waits."""
        self.delay = timedelta(0)
        self._pauses, self._clock, self._alive = pauses, clock, alive
        self._crawl_delays: dict[str, timedelta] = {}

    def slow_down(self, host: str, crawl_delay: float) -> None:
        """Honour the crawl-delay (seconds) of a robots.txt, up to a minute."""
        self._crawl_delays[host] = min(timedelta(seconds=max(crawl_delay, 0)), LONGEST_CRAWL_DELAY)

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for our turn at a host and hold it. Raises HostLeftAloneError where that would take too long."""
        async with _lock(host):
            turn = await asyncio.to_thread(self._reserve, host)
            await self._wait(turn)
            began = self._clock.now()
            yield
            await self._rest(host, turn, self._clock.now() - began)

    async def back_off(self, host: str, pause: timedelta, reason: str) -> None:
        """Leave a host alone for a while, in all visits."""
        until = self._clock.now() + pause
        await asyncio.to_thread(self._pauses.back_off, host, until, reason)

    async def give_back(self, host: str) -> None:
        """Undo a turn in which nobody was asked."""
        await asyncio.to_thread(self._pauses.give_back, host, self._clock.now())

    def retry_after(self, header: str | None) -> timedelta:
        """The pause that a Retry-After asks for, in seconds or as a date; a minute where it says nothing useful."""
        if header is None:
            return WITHOUT_RETRY_AFTER
        if header.strip().isdecimal():
            return timedelta(seconds=min(int(header.strip()[:9]), 10**8))
        try:
            moment = parsedate_to_datetime(header)
        except (ValueError, TypeError, IndexError, OverflowError):
            return WITHOUT_RETRY_AFTER
        return max(moment.replace(tzinfo=moment.tzinfo or UTC) - self._clock.now(), timedelta(0))

    def _pause(self, host: str) -> timedelta:
        return max(self.delay, self._crawl_delays.get(host, timedelta(0)))

    def _reserve(self, host: str) -> datetime:
        turn, reason = self._pauses.reserve(host, self._pause(host), self._clock.now, PATIENCE)
        if reason is not None:
            raise HostLeftAloneError(host, turn, reason)
        return turn

    async def _wait(self, turn: datetime) -> None:
        while (left := turn - self._clock.now()) > timedelta(0):
            await asyncio.sleep(self._clock.real_seconds(min(left, SIGN_OF_LIFE)))
            if left > SIGN_OF_LIFE:
                await self._alive()

    async def _rest(self, host: str, turn: datetime, took: timedelta) -> None:
        """Let the pause begin at the end of an answer that took long, and last as long as it took."""
        slow = min(took, LONGEST_REST) if self._clock.real_seconds(took) > SLOW else timedelta(0)
        pause = max(self._pause(host), slow)
        if self._clock.now() - turn > pause * NEGLIGIBLE and pause:
            await self.back_off(host, pause, "it has just been asked")


def _lock(host: str) -> asyncio.Lock:
    locks = _LOCKS.setdefault(asyncio.get_running_loop(), WeakValueDictionary())
    return locks.setdefault(host, asyncio.Lock())
