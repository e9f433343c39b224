"""Crawls of the tests: a store with a source, its spider in the loop of the test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.settings import Settings
from sqlalchemy import select

from store import sources, visits
from store.clock import Clock
from store.database import Store
from store.definitions import SourceDefinition, WatchDefinition
from store.models import Capture, Fetch, Item
from store.visits import Fetched

PROJECT = "spiders.settings"
LOOPBACK = ["127.0.0.0/8"]


@dataclass
class Crawls:
    """A store at an address, and crawls of the sources in it."""

    url: str
    clock: Clock = field(default_factory=Clock)
    _runner: AsyncCrawlerRunner | None = None

    def __post_init__(self) -> None:
        self.store = Store(self.url)

    def define(self, *watches: WatchDefinition, **values: Any) -> None:
        """Define a source, by default with the id `paper` and no pause between requests."""
        given: dict[str, Any] = {"id": "paper", "name": "Paper", "delay": 0.0, **values}
        with self.store.write() as session:
            sources.sync(session, [SourceDefinition(watches=watches, **given)])

    def begin(self, source: str = "paper") -> int:
        with self.store.write() as session:
            return visits.begin(session, source, "test", self.clock.now()).id

    def crawler(self, **settings: Any) -> Crawler:
        """A crawler for one crawl, with settings of its own."""
        if self._runner is None:
            given = Settings()
            given.setmodule(PROJECT, priority="project")
            given.set("ADDONS", {}, priority="cmdline")  # what serves crawls by hand reads the configuration
            values = {"STORE": self.url, "CLOCK": self.clock, "PRIVATE_NETWORKS": LOOPBACK}
            given.setdict({f"TRATAWATCH_{name}": value for name, value in values.items()}, priority="cmdline")
            self._runner = AsyncCrawlerRunner(given)
        crawler = self._runner.create_crawler("news")
        crawler.settings.setdict(settings, priority="cmdline")
        return crawler

    async def visit(self, source: str = "paper", **settings: Any) -> list[Fetched]:
        """Crawl once, and give the log of the visit."""
        number, crawler = self.begin(source), self.crawler(**settings)
        await crawler.crawl_async(source=source, visit=number, store=self.store)
        assert crawler.stats.get_value("finish_reason") == "finished"
        self.end(number)
        return self.log(number)

    def end(self, visit: int) -> None:
        with self.store.write() as session:
            visits.end(session, visit, "ok", None, self.clock.now())

    def log(self, visit: int) -> list[Fetched]:
        with self.store.read() as session:
            return [_plain(row) for row in visits.fetches(session, visit)]

    def items(self) -> Sequence[Item]:
        with self.store.read() as session:
            return session.scalars(select(Item).order_by(Item.id)).all()

    def captures(self) -> Sequence[Capture]:
        with self.store.read() as session:
            return session.scalars(select(Capture).order_by(Capture.id)).all()


def _plain(row: Fetch) -> Fetched:
    return Fetched(
        role=row.role,
        url=row.url,
        outcome=row.outcome,
        status=row.status,
        size=row.size,
        entries=row.entries,
        note=row.note,
    )


def said(log: list[Fetched]) -> list[tuple[str, str, str]]:
    """The log as role, path and outcome."""
    return [(row.role, "/" + row.url.split("/", 3)[-1], row.outcome) for row in log]
