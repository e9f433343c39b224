"""`scrapy crawl`, which ends with 1 where the source failed or was blocked, as `tratawatch run` does."""

from __future__ import annotations

import argparse

from scrapy import Spider
from scrapy.commands import crawl
from scrapy.crawler import Crawler

FAILED = "visit/failed"  # of the stats: set by who makes a visit of the crawl


class Command(crawl.Command):
    """Scrapy's own, with the end of the visit in its exit code."""

    _made: Crawler | None = None

    def _create_crawler(self, spidercls: type[Spider] | str) -> Crawler:
        self._made = super()._create_crawler(spidercls)
        return self._made

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        super().run(args, opts)
        stats = self._made.stats if self._made else None
        if stats is None or stats.get_value(FAILED, True):  # noqa: FBT003 - without a visit nothing was watched
            self.exitcode = 1
