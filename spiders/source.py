"""The spider of a source. It wires a visit to Scrapy; `ilo`, `iom`, `state` and `news` are names for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any, Self

from scrapy import Spider
from scrapy.crawler import Crawler

from spiders.archive import Archive
from spiders.asking import Asker
from spiders.reading import Watched
from spiders.turns import Turns
from spiders.visit import Visit
from spiders.visiting import Visiting
from store.clock import Clock
from store.database import Store


class UnknownSourceError(Exception):
    """The store holds no definition of a source: name it in tratawatch.toml, or check its id."""


class SourceSpider(Spider):
    """Visits the source `source` (by default the one with the spider's name)."""

    visiting: Visiting
    own_store: Store | None

    def __init__(self, name: str | None = None, *, source: str | None = None, **values: Any) -> None:
        super().__init__(name, **values)
        self.source_id = source or self.name

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """The spider, with what the visit's settings give (see spiders/settings.py).

        `visit` is the id under which requests are logged; `store` an open store, spared from being opened again.
        """
        given: Store | None = kwargs.pop("store", None)
        visit = kwargs.pop("visit", None)
        spider = super().from_crawler(crawler, *args, **kwargs)
        settings = crawler.settings
        store = given or Store(str(settings["TRATAWATCH_STORE"]))
        spider.own_store = None if given else store
        clock: Clock = settings["TRATAWATCH_CLOCK"] or Clock()
        visit_id = int(visit) if visit is not None else None
        archive = Archive(store, clock, spider.source_id, visit_id, dry=settings.getbool("TRATAWATCH_DRY"))
        spider.visiting = Visiting(spider.source_id, store, clock, archive, Turns(store, clock, archive.alive))
        return spider

    @property
    def archive(self) -> Archive:
        """What this visit files; in a dry run its `pending` holds the writes."""
        return self.visiting.archive

    async def start(self) -> AsyncIterator[dict[str, Any]]:
        """Make the visit. Raises UnknownSourceError."""
        definition, held = await self.archive.source()
        if definition is None:
            message = f"source {self.source_id!r} is not defined in the store: see `tratawatch sources`"
            raise UnknownSourceError(message)
        self.visiting.turns.delay = timedelta(seconds=definition.delay)
        watches = [Watched(watch, held.get((watch.kind, watch.url))) for watch in definition.watches]
        async for made in Visit(self.visiting, definition, Asker(self.crawler.engine.download_async)).make(watches):
            yield made

    def closed(self, reason: str) -> None:  # noqa: ARG002 - the signature that Scrapy calls
        """Close the store, if it was opened here."""
        if self.own_store is not None:
            self.own_store.close()
