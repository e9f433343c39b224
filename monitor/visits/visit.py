"""One visit of a source: its crawl, the reading of what came, the verdict, the alerts. Daemon, `run` and `scrapy crawl`
all go this way."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.settings import Settings
from sqlalchemy.orm import Session

from monitor.alerts.rules import ItemFacts
from monitor.chain.reading import Reading
from monitor.chain.walk import RULES, Walk, file_reading, read_unread, reading_of
from monitor.configuration.loading import Configuration
from monitor.figures.records import changes_json
from monitor.ledger.changes import ChangeClass
from monitor.outbox.telling import sum_up_baseline, tell
from monitor.visits.verdict import BAD, FAILING, GOOD_OUTCOMES, OK, Verdict, failed_watches, judge_visit, next_state
from store import captures, changes, items, models, sources, visits
from store.database import Store
from store.definitions import SourceDefinition

CUT_OFF_AFTER = 3.0  # real seconds that a crawl gets to end by itself
OPENS_WITHIN = 0.01  # real seconds; a crawl opens without asking the network

log = logging.getLogger(__name__)

MANY = 100_000  # captures; a visit brings some hundred at most
PATIENCE = 15  # seconds for an answer that somebody waits for before the screen
Hear = Callable[[list[dict[str, Any]]], None]
Asks = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Report:
    """How a visit of a source ended: verdict, reason, and counts of requests by outcome, captures and changes."""

    source: str
    verdict: str
    reason: str | None = None
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        return self.verdict in BAD


def silence(_changes: list[dict[str, Any]]) -> None:
    """Hear of changes and do nothing."""


class Visitor:
    """Makes visits in the running loop, with one configuration and one store."""

    def __init__(self, store: Store, configuration: Configuration, walk: Walk) -> None:
        self.store, self.configuration, self.walk = store, configuration, walk
        self._reading = asyncio.Lock()
        self._stopping = False
        self._runner = AsyncCrawlerRunner(crawl_settings(configuration, walk))

    async def visit(
        self, source: SourceDefinition, trigger: str, hear: Hear = silence, asks: Asks | None = None
    ) -> Report:
        """Visit a source; never raises for what the source does. Raises SourceBusyError while another visits it.

        `asks` is told each address before it is asked for.
        """
        visit = await asyncio.to_thread(self._begin, source.id, trigger)
        try:
            error = await self._crawl(source, visit, asks)
            error = await self._read_all(hear) or error
        except asyncio.CancelledError:
            await asyncio.to_thread(self.interrupt, visit)
            raise
        if self._stopping:
            return await asyncio.to_thread(self.interrupt, visit)
        return await asyncio.to_thread(self.finish, visit, hear, error)

    async def _read_all(self, hear: Hear) -> str | None:
        """Read what came; gives what went wrong, so that the visit still ends with a verdict."""
        try:
            await self.read(hear)
        except Exception as error:
            log.exception("reading broke off")
            return f"reading broke off: {type(error).__name__}: {error}"
        return None

    async def read(self, hear: Hear = silence) -> int:
        """Read what has come and nobody has read; one reader at a time."""
        async with self._reading:
            return await asyncio.to_thread(read_unread, self.store, self.walk, hear)

    async def rehearse(self, source: SourceDefinition, hear: Hear, asks: Asks | None = None) -> Report:
        """Visit a source and say what would be found, without storing or sending anything."""
        crawler = self._runner.create_crawler(source.spider)
        crawler.settings.set("TRATAWATCH_DRY", value=True, priority="cmdline")
        error = await self._run(crawler, source, None, definition=source, asks=asks)
        pending = crawler.spider.archive.pending if crawler.spider else []  # type: ignore[attr-defined]
        return await asyncio.to_thread(self._rehearse, source, pending, hear, error)

    async def check(self, source: SourceDefinition) -> list[dict[str, Any]]:
        """Ask for each watch of a source once and store nothing; what each gave, in plain values."""
        told, error = await self._told(source, task="check")
        return told or [
            {"source": source.id, "kind": watch.kind, "url": watch.url, "outcome": "broke_off", "note": error}
            for watch in source.watches
        ]

    async def scout(self, source: SourceDefinition, address: str) -> list[dict[str, Any]]:
        """Look for what could be watched at an address and store nothing; the address first, then each candidate."""
        told, error = await self._told(source, task="scout", address=address)
        return told or [{"outcome": "broke_off", "note": error, "url": address}]

    async def fetch(self, source: SourceDefinition, key: str) -> dict[str, Any]:
        """Fetch and file one item of a source, outside of its visits; what came of it, in plain values."""
        told, error = await self._told(source, task="item", address=key)
        return told[0] if told else {"outcome": "broke_off", "note": error}

    async def _told(self, source: SourceDefinition, **values: Any) -> tuple[list[dict[str, Any]], str | None]:
        """What a spider says of a task that is no visit, and what went wrong; somebody waits for it."""
        crawler = self._runner.create_crawler(source.spider)
        if values["task"] != "item":
            crawler.settings.set("DOWNLOAD_TIMEOUT", PATIENCE, priority="cmdline")
            values["definition"] = source
        error = await self._run(crawler, source, None, **values)
        told: list[dict[str, Any]] = crawler.spider.told if crawler.spider and not error else []  # type: ignore[attr-defined]
        return told, error

    async def stop(self) -> None:
        """Ask the crawls that are under way to end; their visits count as interrupted."""
        self._stopping = True
        stops = [asyncio.create_task(_stop(crawler)) for crawler in list(self._runner.crawlers)]
        if stops:
            await asyncio.wait(stops, timeout=CUT_OFF_AFTER)

    def _begin(self, source_id: str, trigger: str) -> int:
        with self.store.write() as session:
            return visits.begin(session, source_id, trigger, self.walk.clock.now()).id

    async def _crawl(self, source: SourceDefinition, visit: int, asks: Asks | None = None) -> str | None:
        return await self._run(self._runner.create_crawler(source.spider), source, visit, asks=asks)

    async def _run(self, crawler: Crawler, source: SourceDefinition, visit: int | None, **values: Any) -> str | None:
        """Run a crawl to its end; gives what went wrong in it that was no fault of the source."""
        crawl = self._runner.crawl(crawler, source=source.id, visit=visit, store=self.store, **values)
        try:
            await asyncio.shield(crawl)
        except asyncio.CancelledError:  # a cancelled crawl would go on without us; one that is asked to stop ends
            await asyncio.wait([asyncio.create_task(_stop(crawler)), crawl], timeout=CUT_OFF_AFTER)
            crawl.cancel()
            raise
        except Exception as error:  # a spider's own error must not end the daemon
            log.exception("the crawl of %s broke off", source.id)
            return f"the crawl broke off: {type(error).__name__}: {error}"
        return spider_error(crawler)

    def interrupt(self, visit_id: int) -> Report:
        """End a visit that was told to stop."""
        reason = "the process was told to stop"
        with self.store.write() as session:
            visit = visits.end(session, visit_id, visits.INTERRUPTED, reason, self.walk.clock.now())
            return Report(visit.source_id, visits.INTERRUPTED, reason)

    def finish(self, visit_id: int, hear: Hear, error: str | None) -> Report:
        """End a visit: what is gone, the verdict, the state of the source, the summary of a baseline."""
        with self.store.write() as session:
            visit = session.get_one(models.Visit, visit_id)
            told = _remove(session, visit, self.walk)
            report = _judge(session, visit, self.walk, error)
            rules = self.configuration.file.rules
            verdicts = [v.verdict or "" for v in visits.recent(session, visit.source_id, 20)]
            state = next_state(
                session.get_one(models.Source, visit.source_id).state,
                verdicts,
                failing_after=rules.failing_after,
                silent_after=rules.silent_after,
                proven=_proven(session, visit),
            )
            told += _enter(session, visit, state, self.walk)
            sum_up_baseline(session, self.walk.channels, visit.source_id, self.walk.clock.now())
            plain = changes_json(session, told)
        hear(plain)
        return report

    def _rehearse(self, source: SourceDefinition, pending: list[Any], hear: Hear, error: str | None) -> Report:
        readings = [_read_or_said(capture, content) for capture, content in self._captured(source, pending)]
        walk = Walk(clock=self.walk.clock)
        with self.store.rehearse() as session:
            visit, unread = self._replayed(session, source, pending)
            for capture_id, (reading, wrong) in zip(unread, readings, strict=True):
                error = wrong or error
                if reading is not None:
                    hear(file_reading(session, capture_id, reading, walk))
            return _judge(session, visit, self.walk, error)

    def _captured(self, source: SourceDefinition, pending: list[Any]) -> list[tuple[models.Capture, bytes]]:
        """What a dry run brought, to be read before the transaction in which it is filed: others wait for its end."""
        with self.store.rehearse() as session:
            _, unread = self._replayed(session, source, pending)
            found = [session.get_one(models.Capture, capture_id) for capture_id in unread]
            contents = [captures.body(session, capture) for capture in found]
            session.expunge_all()
            return list(zip(found, contents, strict=True))

    def _replayed(
        self, session: Session, source: SourceDefinition, pending: list[Any]
    ) -> tuple[models.Visit, Sequence[int]]:
        """The writes of a dry run, made in a session that will be undone: their visit, and what is to be read."""
        now = self.walk.clock.now()
        sources.sync(session, self.configuration.sources.values())
        before = set(captures.unread(session, RULES, MANY))
        visit = visits.begin(session, source.id, "rehearsal", now)
        for write in pending:
            write(session, now)
        return visit, [number for number in captures.unread(session, RULES, MANY) if number not in before]


def _read_or_said(capture: models.Capture, content: bytes) -> tuple[Reading | None, str | None]:
    """What a capture says, or how our rules failed on it."""
    try:
        return reading_of(capture, content), None
    except Exception as error:
        log.exception("%s: our rules failed on it", capture.url)
        return None, f"{capture.url}: our rules failed on it: {type(error).__name__}: {error}"


async def _stop(crawler: Crawler) -> None:
    """Ask a crawl to end. One that is asked to while it opens would never end: wait until it runs."""
    while crawler.crawling and not (crawler.engine and crawler.engine.running):  # noqa: ASYNC110 - it tells nobody
        await asyncio.sleep(OPENS_WITHIN)
    await crawler.stop_async()


def spider_error(crawler: Crawler) -> str | None:
    """What went wrong in a crawl that is at its end and was no fault of the source."""
    wrong = crawler.stats.get_value("spider_exceptions/count") if crawler.stats else None
    failed = wrong or (crawler.stats and crawler.stats.get_value("finish_reason") == "start_error")
    return "the spider failed, see the log" if failed else None


def crawl_settings(configuration: Configuration, walk: Walk) -> Settings:
    """Scrapy's settings for crawls that we start; the addon that serves crawls by hand is left out."""
    settings = Settings()
    settings.setmodule("spiders.settings", priority="project")
    settings.set("ADDONS", {}, priority="cmdline")
    settings.set("TRATAWATCH_CLOCK", walk.clock, priority="cmdline")
    settings.set("TRATAWATCH_CONTACT", configuration.file.contact, priority="cmdline")
    settings.set("TRATAWATCH_PRIVATE_NETWORKS", list(configuration.file.private_networks), priority="cmdline")
    return settings


def _remove(session: Session, visit: models.Visit, walk: Walk) -> list[models.Change]:
    """File the items that were gone on two visits."""
    told = []
    for item in items.newly_gone(session, visit.source_id):
        was_held, item.state, item.check_at = item.state == items.HELD, items.GONE, None
        if not (was_held and item.relevant):
            continue
        change = models.Change(
            change=str(ChangeClass.REMOVED_ITEM),
            at=walk.clock.now(),
            source_id=item.source_id,
            visit_id=visit.id,
            item_id=item.id,
            detail={},
        )
        told.append(changes.add(session, change))
        facts = ItemFacts(published=item.published, first_seen=item.first_seen_at)
        tell(session, walk.channels, told[-1:], facts, walk.clock.now())
    return told


def _judge(session: Session, visit: models.Visit, walk: Walk, error: str | None) -> Report:
    fetches = visits.fetches(session, visit.id)
    found = changes.of_visit(session, visit.id)
    unread = captures.failed_in(session, visit.id)
    if unread and not error:
        error = f"{unread[0].url}: {unread[0].reasons[0]}"
    verdict = Verdict(FAILING, error) if error else judge_visit(fetches, changed=bool(found))
    if verdict.verdict != OK and not verdict.reason and any(f.role == "item" and f.outcome == "ok" for f in fetches):
        verdict = Verdict(verdict.verdict, "items were read, none with a change")
    counts = dict(Counter(f.outcome for f in fetches)) | {"requests": len(fetches), "changes": len(found)}
    visit.counts = counts
    visits.end(session, visit.id, verdict.verdict, verdict.reason, walk.clock.now())
    return Report(visit.source_id, verdict.verdict, verdict.reason, counts)


def _proven(session: Session, visit: models.Visit) -> bool:
    """Whether a visit asked again for what the last bad one did not get.

    Articles behind a wall are asked for ever more seldom; lists that answer meanwhile say nothing of them.
    """
    bad = next((past for past in visits.recent(session, visit.source_id, 20) if past.verdict in BAD), None)
    if bad is None or failed_watches(visits.fetches(session, bad.id)):
        return True
    asked = visits.fetches(session, visit.id)
    got = any(fetch.role == "item" and fetch.outcome in GOOD_OUTCOMES for fetch in asked)
    return got or not items.any_failing(session, visit.source_id)


def _enter(session: Session, visit: models.Visit, state: str, walk: Walk) -> list[models.Change]:
    """Put the source into its state; operators are told once at the start of a failure and once at its end."""
    source = session.get_one(models.Source, visit.source_id)
    before, since, last_good = source.state, source.state_since, source.last_good_at
    now = walk.clock.now()
    if not sources.enter_state(session, source.id, state, now):
        return []
    kinds = {"failing": ChangeClass.SOURCE_FAILING, "silent": ChangeClass.SOURCE_SILENT}
    kind = kinds.get(state) or (ChangeClass.SOURCE_RECOVERED if before in kinds else None)
    if kind is None:
        return []
    detail = {
        "verdict": visit.verdict,
        "error": visit.reason,
        "since": (since if kind is ChangeClass.SOURCE_RECOVERED and since else now).isoformat(),
        "last_good": last_good.isoformat() if last_good else None,
    }
    row = models.Change(change=str(kind), at=now, source_id=source.id, visit_id=visit.id, detail=detail)
    told = [changes.add(session, row)]
    tell(session, walk.channels, told, ItemFacts(published=None, first_seen=now), now)
    return told


def is_due(last: models.Visit | None, source: SourceDefinition, walk: Walk) -> bool:
    """Whether a source has not been visited for as long as its interval."""
    if last is None:
        return True
    return walk.clock.now() - last.started_at >= timedelta(minutes=source.interval)
