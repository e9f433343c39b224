"""The spider of a source. It wires a visit to Scrapy; `ilo`, `iom`, `state` and `news` are names for it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any, Self

from scrapy import Spider
from scrapy.crawler import Crawler

from spiders.archive import Archive
from spiders.asking import Asker
from spiders.checking import Check
from spiders.pauses import HeldPauses, StoredPauses
from spiders.reading import Watched
from spiders.scouting import Scout
from spiders.turns import Turns
from spiders.visit import Visit
from spiders.visiting import Visiting
from store.clock import Clock
from store.database import Store
from store.definitions import SourceDefinition

VISIT, CHECK, SCOUT, ITEM = "visit", "check", "scout", "item"
WITHOUT_TRACE = frozenset({CHECK, SCOUT})


class UnknownSourceError(Exception):
    """The store holds no definition of a source: name it in tratawatch.toml, or check its id."""


class SourceSpider(Spider):
    """Visits the source `source` (by default the one with the spider's name).

    With `task=check` it asks for each watch once, with `task=scout` it looks for what could be watched at `address`;
    neither stores anything. With `task=item` it fetches the item whose identity is `address`. `told` has what came of
    it in plain values. `definition` says how the source is watched, where that is not to be looked up in the store;
    `asks` is told each address before it is asked for.
    """

    visiting: Visiting
    own_store: Store | None
    definition: SourceDefinition | None = None
    asks: Callable[[str], None] | None = None
    task: str = VISIT
    address: str | None = None
    told: list[dict[str, Any]]

    def __init__(self, name: str | None = None, *, source: str | None = None, **values: Any) -> None:
        super().__init__(name, **values)
        self.source_id = source or self.name
        self.told = []

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
        dry = settings.getbool("TRATAWATCH_DRY") or spider.task in WITHOUT_TRACE
        archive = Archive(store, clock, spider.source_id, visit_id, dry=dry)
        turns = Turns(HeldPauses(store) if dry else StoredPauses(store), clock, archive.alive)
        spider.visiting = Visiting(spider.source_id, store, clock, archive, turns)
        return spider

    @property
    def archive(self) -> Archive:
        """What this visit files; in a dry run its `pending` holds the writes."""
        return self.visiting.archive

    async def start(self) -> AsyncIterator[dict[str, Any]]:
        """Make the visit. Raises UnknownSourceError."""
        stored, held = await self.archive.source()
        definition = self.definition or stored
        if definition is None:
            message = f"source {self.source_id!r} is not defined in the store: see `tratawatch sources`"
            raise UnknownSourceError(message)
        self.visiting.turns.delay = timedelta(seconds=definition.delay)
        watches = [Watched(watch, held.get((watch.kind, watch.url))) for watch in definition.watches]
        asker = Asker(self.crawler.engine.download_async, self.asks)
        if self.task in WITHOUT_TRACE:
            check = Check(self.visiting, definition, asker)
            self.told = await (Scout(check, asker).look(self.address or "") if self.task == SCOUT else check.make())
            return
        if self.task == ITEM and self.address:
            self.told = [await Visit(self.visiting, definition, asker).fetch(self.address)]
            return
        async for made in Visit(self.visiting, definition, asker).make(watches):
            yield made

    def closed(self, reason: str) -> None:  # noqa: ARG002 - the signature that Scrapy calls
        """Close the store, if it was opened here."""
        if self.own_store is not None:
            self.own_store.close()
