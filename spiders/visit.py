"""One pass over a source: its watches first, then the items that are new or due."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from monitor.reader.relevance import could_be_relevant
from spiders import conditional, filing
from spiders.addresses import asked, canonical, identity
from spiders.asking import Asker
from spiders.dates import local_day
from spiders.outcomes import Answer
from spiders.visiting import Visiting
from spiders.watches.kinds import DOCUMENT, EDITION, EXPECTED, READERS
from spiders.watches.page import Listed, Page, UnreadableError
from store.definitions import SourceDefinition, WatchDefinition
from store.items import Due, Entry, Found
from store.models import Watch

BATCH = 50
MOST_ITEMS = 500  # of one visit; the rest wait for the next
LATE = 3  # days after the end of a month in which its list may still grow
EDITIONS = 4  # this year's and those of up to three years before

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Watched:
    """A watch as it is defined, and as it is held in the store."""

    definition: WatchDefinition
    held: Watch | None

    @property
    def id(self) -> int | None:
        return self.held.id if self.held is not None else None

    @property
    def based(self) -> bool:
        """Whether it has been read to its end before."""
        return self.held is not None and self.held.baseline_at is not None


class Visit:
    """Reads, files and fetches; each item that was asked for is given as a plain value."""

    def __init__(self, visiting: Visiting, source: SourceDefinition, asker: Asker) -> None:
        self._visiting, self._archive, self._source, self._asker = visiting, visiting.archive, source, asker
        self._seen: set[str] = set()

    async def make(self, watches: list[Watched]) -> AsyncIterator[dict[str, Any]]:
        """The whole visit."""
        for watch in watches:
            if watch.definition.kind in READERS:
                for url in dated(watch.definition.url, self._visiting.clock.now()):
                    await self._read(watch, url)
        for watch in watches:
            if watch.definition.kind in {DOCUMENT, EDITION}:
                yield await self._look_at_document(watch)
        async for made in self._fetch_due():
            yield made

    async def _read(self, watch: Watched, first: str) -> None:
        """Read a watch, page after page, until a page has nothing new or does not answer."""
        waiting, read = [first], 0
        while waiting and read < watch.definition.pages:
            url, read = waiting.pop(0), read + 1
            listed = await self._read_page(watch, url, last=read == watch.definition.pages)
            waiting = (waiting or list(listed.more)) if listed is not None else []

    async def _read_page(self, watch: Watched, url: str, *, last: bool) -> Listed | None:
        """Read a page of a watch and file it; None where the list need not be read on."""
        answer = await self._asker.ask(url, await self._conditions(watch, url))
        if answer.outcome != "ok" or answer.response is None:
            await self._archive.log(filing.fetched("watch", answer))
            return None
        page = Page(
            url=answer.response.url,
            content=answer.response.body,
            content_type=(answer.response.headers.get("Content-Type") or b"").decode("latin-1"),
            links=watch.definition.links,
        )
        try:
            listed = await asyncio.to_thread(self._listed, watch.definition, page)
        except UnreadableError as error:
            await self._archive.log(filing.fetched("watch", replace(answer, outcome="unreadable", note=str(error))))
            return None
        return await self._file_page(watch, answer, listed, last=last)

    def _listed(self, watch: WatchDefinition, page: Page) -> Listed:
        """What a page lists, with addresses, identities and the verdict of the gate. Raises UnreadableError."""
        try:
            listed = READERS[watch.kind](page)
        except UnreadableError:
            raise
        except Exception as error:
            logger.exception("the reader of a %s failed on %s", watch.kind, page.url)
            raise UnreadableError(page, f"a {watch.kind} that can be read ({type(error).__name__})") from error
        identified = (self._identified(entry, watch) for entry in listed.entries)
        return replace(listed, entries=tuple(entry for entry in identified if entry is not None))

    def _identified(self, entry: Entry, watch: WatchDefinition) -> Entry | None:
        try:
            url, same = asked(entry.url), canonical(entry.url)
        except ValueError:
            return None
        key = identity(url, self._source.id, self._source.identity) or same
        wanted = watch.follow and could_be_relevant(entry.title, entry.summary, entry.section, url)
        return replace(entry, url=url, key=key, wanted=wanted)

    async def _file_page(self, watch: Watched, answer: Answer, listed: Listed, *, last: bool) -> Listed | None:
        known = await self._archive.known(listed.entries)
        new = [e for e in listed.entries if e.identity not in known and e.url not in known]
        ended = last or not listed.more or (bool(listed.entries) and not new)
        etag, last_modified = conditional.validators(answer.response)
        found = Found(
            watch_id=watch.id,
            source_id=self._source.id,
            url=answer.url,
            entries=listed.entries,
            etag=etag,
            last_modified=last_modified,
        )
        await self._archive.keep_page(found, filing.fetched("watch", answer, len(listed.entries)), whole=ended)
        return None if ended else listed

    async def _conditions(self, watch: Watched, url: str) -> Mapping[str, str]:
        """The headers for a page of a watch. A watch that was never read to its end wants the page in any case."""
        accept = {"Accept": EXPECTED[watch.definition.kind]} if watch.definition.kind in EXPECTED else {}
        kept = await self._archive.resource(url) if watch.based else None
        return accept | (conditional.headers(kept.etag, kept.last_modified) if kept is not None else {})

    async def _look_at_document(self, watch: Watched) -> dict[str, Any]:
        """Look at a document, or at the newest edition that is there."""
        this_year = self._visiting.clock.now().year
        years = EDITIONS if watch.definition.kind == EDITION else 1
        for year in range(this_year, this_year - years, -1):
            due, held = await self._document(watch, year)
            answer = await self._first_good(due, watch, year)
            if answer.outcome != "gone" or held or year == this_year - years + 1:
                break
            await self._archive.log(filing.fetched("item", replace(answer, note=f"there is no edition of {year} yet")))
        found = Found(watch_id=watch.id, source_id=self._source.id, url="", entries=(self._entry(watch, year),))
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
        own = answer = await self._asker.ask(due.url, conditional.headers(due.etag, due.last_modified))
        for alternate in watch.definition.alternates:
            if answer.good:
                return answer
            await self._archive.log(filing.fetched("item", answer))
            url = alternate.replace("{year}", str(year))
            answer = await self._asker.ask(url, conditional.headers(due.etag, due.last_modified))
        return answer if answer.good else own

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


def dated(address: str, now: datetime) -> list[str]:
    """The address of a watch by `{year}` and `{month}` in Lima; in the first days of a month that of the last, too."""
    today = local_day(now)
    days = [today, today - timedelta(days=LATE)] if "{month}" in address else [today]
    addresses = [address.replace("{year}", str(day.year)).replace("{month}", str(day.month)) for day in days]
    return list(dict.fromkeys(addresses))


def _made(source_id: str, due: Due, answer: Answer) -> dict[str, Any]:
    return {"source": source_id, "url": due.url, "outcome": answer.outcome, "status": answer.status} | {
        name: due.given[name] for name in ("title", "published") if name in due.given
    }
