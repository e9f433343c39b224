"""The only door through which a crawl writes to the store; in a dry run the writes are kept, not made."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from spiders import filing
from spiders.outcomes import Answer
from store import items, sources, visits
from store.clock import Clock
from store.database import Store
from store.definitions import SourceDefinition
from store.items import Due, Entry, Found
from store.models import Resource, Watch
from store.visits import Fetched

T = TypeVar("T")
Write = Callable[[Session, datetime], None]


class Archive:
    """Files what a visit brings in. Each call is one transaction, outside of the loop.

    `pending` holds the writes of a dry run in their order; each takes a session and the time, and belongs to the visit
    of the source that is under way when it is made.
    """

    def __init__(self, store: Store, clock: Clock, source_id: str, visit_id: int | None, *, dry: bool = False) -> None:
        self.pending: list[Write] = []
        self._store, self._clock, self._source_id, self._dry = store, clock, source_id, dry
        self.visit_id = visit_id
        self._began = clock.now()
        self._listed: dict[str, Due] = {}

    async def source(self) -> tuple[SourceDefinition | None, dict[tuple[str, str], Watch]]:
        """How the source is watched, and its watches by kind and address."""
        return await self._read(
            lambda session: (sources.definition(session, self._source_id), sources.watches(session, self._source_id))
        )

    async def resource(self, url: str) -> Resource | None:
        """What a page last came with."""
        return await self._read(lambda session: items.validators(session, url))

    async def known(self, entries: Iterable[Entry]) -> set[str]:
        """Those identities and addresses of entries that belong to an item already."""
        asked = [name for entry in entries for name in (entry.identity, entry.url)]
        return await self._read(lambda session: items.known(session, asked)) | (self._listed.keys() & set(asked))

    async def due(self, limit: int) -> list[Due]:
        """The items to be fetched: pending ones, and those whose next look was due when the visit began."""
        held = await self._read(lambda session: items.due(session, self._source_id, self._began, limit))
        return held + list(self._listed.values())

    async def item(self, entry: Entry) -> Due | None:
        """The item of an entry, if it is filed."""

        def ask(session: Session) -> Due | None:
            item = items.by_key(session, entry.identity) or items.by_key(session, entry.url)
            return items.due_item(session, item) if item is not None else None

        return await self._read(ask)

    async def log(self, fetched: Fetched) -> None:
        """Note one request of the visit."""
        await self._write(self._noted(fetched))

    async def alive(self) -> None:
        """Give a sign of life."""
        visit = self.visit_id
        if visit is not None:
            await self._write(lambda session, now: visits.touch(session, visit, now))

    async def keep_page(self, found: Found, fetched: Fetched) -> None:
        """File a page with its validators."""
        await self._write(lambda session, now: items.keep_validators(session, found, now), self._noted(fetched))

    async def keep_pages(self, pages: Sequence[Found], watch_id: int | None, *, whole: bool) -> None:
        """File what the pages of a watch list, all or nothing; with their validators only where none was missed."""
        if self._dry:
            await self._list(entry for page in pages for entry in page.entries)

        def file(session: Session, now: datetime) -> None:
            for page in pages:
                items.discover(session, page, now)
                if not whole:
                    items.forget_validators(session, page.url)
            if whole and watch_id is not None:
                items.baseline_done(session, watch_id, now)

        await self._write(file)

    async def _list(self, entries: Iterable[Entry]) -> None:
        """Remember the new entries of a dry run, which the store will not."""
        wanted = [entry for entry in entries if entry.wanted]
        known = await self.known(wanted)
        new = (entry for entry in wanted if not {entry.identity, entry.url} & known)
        self._listed |= {entry.identity: Due(item_id=0, key=entry.identity, url=entry.url) for entry in new}

    async def keep_answer(self, due: Due, answer: Answer, found: Found | None = None) -> None:
        """File what came of fetching an item; `found` is the watch that consists of this one item."""
        self._listed.pop(due.key, None)

        def file(session: Session, now: datetime) -> None:
            if found is not None and answer.good:
                items.discover(session, found, now)
            item = items.by_key(session, due.key) or items.by_key(session, due.url)
            if item is not None:
                filing.answered(session, item, answer, self._visit(session), now)
            if found is not None and found.watch_id is not None and answer.good:
                items.baseline_done(session, found.watch_id, now)

        role = "item" if found is None else "watch"
        await self._write(file, self._noted(filing.fetched(role, answer, 1 if found and answer.good else None)))

    def _noted(self, fetched: Fetched) -> Write:
        def note(session: Session, now: datetime) -> None:
            visit_id = self._visit(session)
            if visit_id is not None:
                visits.log(session, visit_id, fetched, now)

        return note

    def _visit(self, session: Session) -> int | None:
        return visits.under_way(session, self._source_id) if self._dry else self.visit_id

    async def _read(self, ask: Callable[[Session], T]) -> T:
        def read() -> T:
            with self._store.read() as session:
                return ask(session)

        return await asyncio.to_thread(read)

    async def _write(self, *writes: Write) -> None:
        if self._dry:
            self.pending.extend(writes)
        else:
            await asyncio.to_thread(self._commit, writes)

    def _commit(self, writes: Iterable[Write]) -> None:
        with self._store.write() as session:
            now = self._clock.now()
            for write in writes:
                write(session, now)
