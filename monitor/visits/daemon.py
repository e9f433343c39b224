"""The daemon: one job for each source, deliveries beside them, a clean stop. It knows when, and nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Coroutine, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from monitor.configuration.loading import Configuration
from monitor.outbox.delivering import Deliverer
from monitor.outbox.telling import sum_up_digest
from monitor.visits.visit import Hear, Visitor, silence
from store import sources, visits
from store.database import Store
from store.definitions import SourceDefinition
from store.models import Visit

DELIVER_EVERY = timedelta(seconds=15)
STOP_WITHIN = 3.0  # real seconds that visits and deliveries get to end after their crawls
MISFIRE_GRACE = 3600  # seconds: a visit that is late by less is made, one that is later waits for its next turn
JITTER_SHARE = 0.05  # of the interval, so that sources do not all wake together
FIRST_VISITS_APART = timedelta(seconds=2)

log = logging.getLogger(__name__)


class Daemon:
    """Visits the sources of a configuration on schedule and delivers what there is to tell, until it is stopped."""

    def __init__(
        self, visitor: Visitor, deliverer: Deliverer, hear: Hear = silence, deliver_every: timedelta = DELIVER_EVERY
    ) -> None:
        self._visitor, self._deliverer, self._hear, self._deliver_every = visitor, deliverer, hear, deliver_every
        self._configuration: Configuration = visitor.configuration
        self._store: Store = visitor.store
        self._clock = visitor.walk.clock
        self._zone = self._configuration.zone
        self._under_way: set[asyncio.Task[None]] = set()

    async def run(self, stopped: asyncio.Event) -> None:
        """Work until `stopped` is set. What an earlier process left unread is read first."""
        last = await asyncio.to_thread(self._prepare)
        await self._visitor.read(self._hear)
        async with self._scheduled(last):
            await stopped.wait()
            log.info("stopping")

    def _prepare(self) -> dict[str, Visit]:
        with self._store.write() as session:
            sources.sync(session, self._configuration.sources.values())
        with self._store.read() as session:
            last = sources.last_visits(session)
        return {name: visit for name, visit in last.items() if visit.verdict not in {None, visits.INTERRUPTED}}

    @contextlib.asynccontextmanager
    async def _scheduled(self, last: Mapping[str, Visit]) -> AsyncIterator[None]:
        scheduler = AsyncIOScheduler(
            timezone=self._zone,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": MISFIRE_GRACE},
        )
        active = [source for source in self._configuration.sources.values() if source.active]
        for number, source in enumerate(active):
            self._schedule(scheduler, source, last.get(source.id), number)
        every = self._clock.real_seconds(self._deliver_every)
        scheduler.add_job(self._deliver, IntervalTrigger(seconds=max(every, 0.2)), id="deliver", name="deliveries")
        self._schedule_digest(scheduler)
        scheduler.start()
        log.info("watching %d sources", len(active))
        try:
            yield
        finally:
            scheduler.shutdown(wait=False)
            await self._stop()

    def _schedule(self, scheduler: AsyncIOScheduler, source: SourceDefinition, last: Visit | None, number: int) -> None:
        """A source is visited an interval after its last visit; at once, one after another, where that is past."""
        interval = self._clock.real_seconds(timedelta(minutes=source.interval))
        trigger = IntervalTrigger(seconds=interval, jitter=interval * JITTER_SHARE)
        now = datetime.now(self._zone)
        wait = number * self._clock.real_seconds(FIRST_VISITS_APART)
        if last is not None:
            passed = self._clock.real_seconds(self._clock.now() - last.started_at)
            wait = max(wait, interval - passed)
        scheduler.add_job(
            self._visit,
            trigger,
            args=[source],
            id=f"visit {source.id}",
            name=f"visit of {source.id}",  # by which the scheduler speaks of it, as when the one before still runs
            next_run_time=now + timedelta(seconds=wait),
        )

    def _schedule_digest(self, scheduler: AsyncIOScheduler) -> None:
        """The next digest, by the product's clock; each digest schedules the one after it."""
        now = self._clock.now()
        wait = self._clock.real_seconds(next_time(self._configuration.file.rules.digest_at, now, self._zone) - now)
        at = datetime.now(self._zone) + timedelta(seconds=wait)
        scheduler.add_job(
            self._digest, DateTrigger(at), args=[scheduler], id="digest", name="digest", replace_existing=True
        )

    async def _visit(self, source: SourceDefinition) -> None:
        await self._finish(self._make_visit(source))

    async def _finish(self, work: Coroutine[Any, Any, None]) -> None:
        """Do a job in a task of its own: the scheduler's end cancels the job, the stop waits for the task."""
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.shield(task)

    async def _make_visit(self, source: SourceDefinition) -> None:
        try:
            report = await self._visitor.visit(source, "schedule", self._hear)
        except visits.SourceBusyError as error:
            log.info("%s", error)
            return
        level = logging.WARNING if report.failed else logging.INFO
        log.log(level, "%s: %s%s", source.id, report.verdict, f": {report.reason}" if report.reason else "")
        await self._make_deliveries()

    async def _deliver(self) -> None:
        await self._finish(self._make_deliveries())

    async def _make_deliveries(self) -> None:
        await self._deliverer.deliver_due()

    async def _digest(self, scheduler: AsyncIOScheduler) -> None:
        self._schedule_digest(scheduler)
        await self._finish(self._make_digest())

    async def _make_digest(self) -> None:
        await asyncio.to_thread(self._sum_up)
        await self._make_deliveries()

    def _sum_up(self) -> None:
        with self._store.write() as session:
            sum_up_digest(session, self._visitor.walk.channels, self._clock.now())

    async def _stop(self) -> None:
        """Ask the crawls to end; cut off those that do not within seconds: the next start goes on from there."""
        await self._visitor.stop()
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=STOP_WITHIN)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)


def next_time(clock_time: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The next moment after `now` at which the clocks of a zone show this time (HH:MM)."""
    hour, minute = (int(part) for part in clock_time.split(":"))
    today = now.astimezone(zone).replace(hour=hour, minute=minute, second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)


def stop_on_signals(stopped: asyncio.Event) -> None:
    """Set the event on SIGTERM and SIGINT."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
