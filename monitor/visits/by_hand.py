"""Makes `scrapy crawl` go the way of the daemon: the configuration before the crawl, reading and alerts after it.

Scrapy reaches both classes by their dotted names in the settings.
"""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Any, Self

from rich.console import Console
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.settings import BaseSettings

from monitor.chain.walk import Walk
from monitor.configuration.loading import load
from monitor.logs import write_lines
from monitor.outbox.delivering import deliver_once, rules_of
from monitor.visits.visit import Report, Visitor, spider_error
from store import sources, visits
from store.clock import Clock


class Configured:
    """An addon: gives crawls that are started by hand the store and the contact address of the configuration."""

    @classmethod
    def update_pre_crawler_settings(cls, settings: BaseSettings) -> None:
        """Set what a visit brings; called before a crawler is made."""
        configuration = load(None, None, os.environ)
        settings.set("TRATAWATCH_STORE", configuration.store, priority="spider")
        settings.set("TRATAWATCH_CONTACT", configuration.file.contact, priority="spider")
        settings.set("TRATAWATCH_PRIVATE_NETWORKS", list(configuration.file.private_networks), priority="spider")
        settings.set(
            "EXTENSIONS", {**settings.getdict("EXTENSIONS"), "monitor.visits.by_hand.VisitByHand": 0}, priority="spider"
        )


class VisitByHand:
    """An extension: makes a visit of a crawl that is started by hand, and prints what changed."""

    def __init__(self, crawler: Crawler) -> None:
        spider: Any = crawler.spider
        if not hasattr(spider, "archive"):
            raise NotConfigured("not a spider of a source")
        self._store = spider.visiting.store
        self._configuration = load(None, None, os.environ)
        if spider.source_id not in self._configuration.sources:
            message = f"no source {spider.source_id!r}; there are {', '.join(sorted(self._configuration.sources))}"
            raise NotConfigured(message)
        self._clock, self._crawler = Clock(), crawler
        with self._store.write() as session:
            sources.sync(session, self._configuration.sources.values())
            self._visit = visits.begin(session, spider.source_id, "scrapy", self._clock.now()).id
        spider.visiting.archive.visit_id = self._visit

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The extension of a crawl; its visit ends with the spider."""
        extension = cls(crawler)
        crawler.signals.connect(extension.closed, signal=signals.spider_closed)
        return extension

    async def closed(self, reason: str) -> None:
        """Read what came, end the visit, deliver the alerts."""
        walk = Walk(clock=self._clock, channels=rules_of(self._configuration))
        visitor = Visitor(self._store, self._configuration, walk)
        await visitor.read(write_lines)
        report = await asyncio.to_thread(self._end, visitor, reason)
        if self._crawler.stats:
            self._crawler.stats.set_value("visit/failed", report.failed)  # see spiders/commands/crawl.py
        sys.stderr.write(f"{report.source}: {report.verdict}{f': {report.reason}' if report.reason else ''}\n")
        await deliver_once(self._store, self._configuration, self._clock, Console(stderr=True))

    def _end(self, visitor: Visitor, reason: str) -> Report:
        if reason == "shutdown":
            return visitor.interrupt(self._visit)
        error = "the spider failed, see the log" if reason == "start_error" else spider_error(self._crawler)
        return visitor.finish(self._visit, write_lines, error)
