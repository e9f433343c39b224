"""One pass over a source: its watches first, then the items that are new or due."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from spiders import conditional, filing
from spiders.asking import Asker
from spiders.outcomes import Answer
from spiders.reading import Reader, Watched, dated, not_read
from spiders.visiting import Visiting
from spiders.watches.kinds import DOCUMENT, EDITION, READERS
from store.addresses import asked, canonical, identity
from store.definitions import SourceDefinition, WatchDefinition
from store.items import Due, Entry, Found

BATCH = 50
MOST_ITEMS = 500  # of one visit; the rest wait for the next
NEARLY = 0.9  # of an interval: a visit begins a little sooner or later than the one before it
EDITIONS = 4  # this year's and those of up to three years before


class Visit:
    """Reads, files and fetches; each item that was asked for is given as a plain value."""

    def __init__(self, visiting: Visiting, source: SourceDefinition, asker: Asker) -> None:
        self._visiting, self._archive, self._source, self._asker = visiting, visiting.archive, source, asker
        self._seen: set[str] = set()

    async def make(self, watches: list[Watched]) -> AsyncIterator[dict[str, Any]]:
        """The whole visit."""
        reader = Reader(self._visiting, self._source, self._asker)
        for watch in watches:
            if watch.definition.kind in READERS and not await self._rests(watch):
                await reader.read(watch)
        for watch in watches:
            if watch.definition.kind in {DOCUMENT, EDITION} and not await self._rests(watch):
                yield await self._look_at_document(watch)
        async for made in self._fetch_due():
            yield made

    async def fetch(self, key: str) -> dict[str, Any]:
        """Fetch one item that is filed already; what came of it."""
        due = await self._archive.item(Entry(url=key, key=key))
        if due is None:
            return {"outcome": "http_error", "note": f"there is no item {key!r}"}
        answer = await self._asker.ask(due.url, conditional.headers(due.etag, due.last_modified))
        await self._archive.keep_answer(due, answer)
        return _made(self._source.id, due, answer) | {"note": answer.note}

    async def _rests(self, watch: Watched) -> bool:
        """Whether a watch with an interval of its own was read not long ago."""
        if watch.definition.interval is None:
            return False
        now = self._visiting.clock.now()
        kept = await self._archive.resource(read_at(watch.definition, now))
        return kept is not None and now - kept.fetched_at < timedelta(minutes=watch.definition.interval) * NEARLY

    async def _look_at_document(self, watch: Watched) -> dict[str, Any]:
        """Look at a document, or at the newest edition that is there."""
        this_year = self._visiting.clock.now().year
        years = EDITIONS if watch.definition.kind == EDITION else 1
        for year in range(this_year, this_year - years, -1):
            due, held = await self._document(watch, year)
            answer = await self._first_good(due, watch, year)
            if answer.outcome != "gone" or held or year == this_year - years + 1:
                break
            await self._archive.log(
                filing.fetched("attempt", replace(answer, note=f"there is no edition of {year} yet"))
            )
        if watch.unproven and not answer.good:
            await self._archive.log(not_read(watch, answer))
        else:
            entries, address = (self._entry(watch, year),), read_at(watch.definition, self._visiting.clock.now())
            found = Found(watch_id=watch.id, source_id=self._source.id, url=address, entries=entries)
            await self._archive.keep_answer(due, answer, found)
        return _made(self._source.id, due, answer)

    def _entry(self, watch: Watched, year: int) -> Entry:
        url = asked(watch.definition.url.replace("{year}", str(year)))
        return Entry(url=url, key=identity(url, self._source.id, self._source.identity) or canonical(url))

    async def _document(self, watch: Watched, year: int) -> tuple[Due, bool]:
        """The item of a document, and whether it is held already."""
        entry = self._entry(watch, year)
        held = await self._archive.item(entry)
        self._seen.add(entry.identity)
        return held or Due(item_id=0, key=entry.identity, url=entry.url), held is not None

    async def _first_good(self, due: Due, watch: Watched, year: int) -> Answer:
        """The answer of the document's address, or of the first alternate that has it; else that of its own address."""
        conditions = conditional.headers(due.etag, due.last_modified)
        tried: list[Answer] = []
        for address in (due.url, *watch.definition.alternates):
            tried.append(await self._asker.ask(address.replace("{year}", str(year)), conditions))
            if tried[-1].good:
                break
        best = tried[-1] if tried[-1].good else tried[0]
        for answer in tried:
            if answer is not best:
                await self._archive.log(filing.fetched("attempt", answer))
        return best

    async def _fetch_due(self) -> AsyncIterator[dict[str, Any]]:
        """Fetch what is pending or due, until nothing is left that this visit has not asked for."""
        while len(self._seen) < MOST_ITEMS:
            batch = await self._archive.due(BATCH + len(self._seen))
            left = [due for due in batch if due.key not in self._seen and not self._asker.left(due.url)]
            if not left:
                return
            for due in left[:BATCH]:
                self._seen.add(due.key)
                if not self._asker.left(due.url):
                    answer = await self._asker.ask(due.url, conditional.headers(due.etag, due.last_modified))
                    await self._archive.keep_answer(due, answer)
                    yield _made(self._source.id, due, answer)


def read_at(watch: WatchDefinition, now: datetime) -> str:
    """The address under which the store keeps when a watch was last read."""
    return watch.url if watch.kind in {DOCUMENT, EDITION} else dated(watch.url, now)[0]


def _made(source_id: str, due: Due, answer: Answer) -> dict[str, Any]:
    return {"source": source_id, "url": due.url, "outcome": answer.outcome, "status": answer.status} | {
        name: due.given[name] for name in ("title", "published") if name in due.given
    }
