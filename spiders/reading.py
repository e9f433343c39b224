"""Reads the watches that list items: page after page, filed as a whole."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from monitor.reader.dates import local_day
from monitor.reader.relevance.judge import could_be_relevant
from spiders import conditional, filing
from spiders.asking import Asker
from spiders.outcomes import Answer
from spiders.visiting import Visiting
from spiders.watches.kinds import EXPECTED, READERS
from spiders.watches.page import Form, Listed, Page, UnreadableError
from store import visits
from store.addresses import asked, canonical, identity
from store.definitions import SourceDefinition, WatchDefinition
from store.items import Entry, Found
from store.models import Watch
from store.visits import Fetched

LATE = 3  # days after the end of a month in which its list may still grow
MANY = 5  # entries that are all new in a list that was read before: some may have rolled off unseen

LONGEST, LONGEST_DATE = 1000, 100  # characters of a title or section, and of a date as it is written

UNPROVEN = "nobody has seen this address hold yet"

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

    @property
    def unproven(self) -> bool:
        """Whether its address is a guess that has never held: its absence says nothing about the source."""
        return self.definition.confidence == "low" and not self.based


class Reader:
    """Reads the watches of one source in one visit."""

    def __init__(self, visiting: Visiting, source: SourceDefinition, asker: Asker) -> None:
        self._visiting, self._archive, self._source, self._asker = visiting, visiting.archive, source, asker

    async def read(self, watch: Watched) -> None:
        """Read a watch and file what it lists.

        All pages are filed in one transaction: were they filed one by one, a crash between them would leave a first
        page of known entries, at which the next visit ends, before a second of unknown ones.
        """
        pages: list[Found] = []
        whole = True
        addresses = dated(watch.definition.url, self._visiting.clock.now())
        for url in addresses:
            # A month that has just begun may have nothing yet.
            found, ended = await self._read_list(watch, url, may_be_empty=len(addresses) > 1)
            pages, whole = pages + found, whole and ended
        await self._archive.keep_pages(pages, watch.id, whole=whole)

    async def _read_list(self, watch: Watched, first: str, *, may_be_empty: bool) -> tuple[list[Found], bool]:
        """The pages of a list up to one without news, and whether none was missed.

        A list that was not read to its end before is read through: what is known says nothing about what follows.
        """
        before = watch.based and await self._archive.resource(first) is not None
        found: list[Found] = []
        waiting: list[tuple[str, Form]] = [(first, ())]
        number = 0
        while waiting and number < watch.definition.pages:
            (url, form), number = waiting.pop(0), number + 1
            answer, listed = await self.read_page(watch, url, conditionally=before, turned=(number, form))
            if listed is None and url != first and answer.outcome == "gone":
                answer, listed = replace(answer, outcome="ok", note="the list ends before this page"), Listed()
            if listed is None:
                await self._archive.log(not_read(watch, answer))
                return [*found, *await self._unchanged(watch, answer)], answer.outcome == "not_modified"
            counts, rolls = not (may_be_empty or is_index(watch, listed)), before and watch.definition.pages == 1
            may_be_empty = may_be_empty or counts
            news = await self._note(answer, listed, counts=counts, rolls=rolls)
            found.append(self._found(watch, answer, listed))
            sorts = not listed.form and newest_first(listed.entries)  # what pages by forms are searches, by relevance
            if before and listed.entries and not news and sorts:
                break
            # Pages without addresses of their own are told apart by their numbers.
            waiting += [(f"{more}#{number + 1}" if listed.form else more, listed.form) for more in listed.more]
        return found, True

    async def _unchanged(self, watch: Watched, answer: Answer) -> list[Found]:
        """An unchanged page with what it came with, so that the store knows when it was last read."""
        kept = await self._archive.resource(answer.url) if answer.outcome == "not_modified" else None
        if kept is None:
            return []
        return [
            Found(
                watch_id=watch.id,
                source_id=self._source.id,
                url=answer.url,
                etag=kept.etag,
                last_modified=kept.last_modified,
            )
        ]

    async def read_page(
        self, watch: Watched, url: str, *, conditionally: bool, turned: tuple[int, Form] = (1, ())
    ) -> tuple[Answer, Listed | None]:
        """The answer of a page and what it lists; None where it is unchanged, or does not answer as it should.

        `turned` is the number of the page in its list, and the form that turns to it.
        """
        number, form = turned
        headers = await self._headers(watch, url, conditionally=conditionally and not form)
        answer = await self._asker.ask(url, headers, form)
        listed = None
        if answer.outcome == "ok" and answer.response is not None:
            page = Page(
                url=answer.response.url,
                content=answer.response.body,
                content_type=(answer.response.headers.get("Content-Type") or b"").decode("latin-1"),
                links=watch.definition.links,
                number=number,
            )
            try:
                listed = await asyncio.to_thread(self._listed, watch.definition, page)
            except UnreadableError as error:
                answer = replace(answer, outcome="unreadable", note=str(error))
        return answer, listed

    async def _headers(self, watch: Watched, url: str, *, conditionally: bool) -> Mapping[str, str | bytes]:
        accept = {"Accept": EXPECTED[watch.definition.kind]} if watch.definition.kind in EXPECTED else {}
        kept = await self._archive.resource(url) if conditionally else None
        return accept | (conditional.headers(kept.etag, kept.last_modified) if kept is not None else {})

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
        title, section = entry.title[:LONGEST], entry.section[:LONGEST]
        wanted = watch.follow and could_be_relevant(title, entry.summary, section, url)
        written = entry.published_text[:LONGEST_DATE]
        return replace(entry, url=url, key=key, title=title, section=section, published_text=written, wanted=wanted)

    async def _note(self, answer: Answer, listed: Listed, *, counts: bool, rolls: bool) -> bool:
        """Note a page that was read; gives whether it lists anything new.

        A list that `rolls` shows its newest entries only. A page that does not count may be empty: the list ends there.
        """
        known = await self._archive.known(listed.entries)
        news = sum(entry.identity not in known and entry.url not in known for entry in listed.entries)
        if rolls and news == len(listed.entries) >= MANY:
            answer = replace(answer, note=visits.ROLLED_OFF)
        entries = len(listed.entries) if counts or listed.entries else None
        await self._archive.log(filing.fetched("watch", answer, entries))
        return news > 0

    def _found(self, watch: Watched, answer: Answer, listed: Listed) -> Found:
        # An index may stay the same while the lists that it leads to grow, and an empty list shall say so each time.
        etag, last_modified = conditional.validators(answer.response if listed.entries else None)
        return Found(
            watch_id=watch.id,
            source_id=self._source.id,
            url=answer.url,
            entries=listed.entries,
            etag=etag,
            last_modified=last_modified,
        )


def newest_first(entries: Sequence[Entry]) -> bool:
    """Whether the dates of a list fall. What is sorted otherwise, whatever its address says, is read to its end."""
    dates = [entry.published for entry in entries if entry.published is not None]
    return all(earlier >= later for earlier, later in pairwise(dates))


def not_read(watch: Watched, answer: Answer) -> Fetched:
    """What the log says of a watch that gave nothing to read."""
    if answer.good or not watch.unproven:
        return filing.fetched("watch", answer)
    return filing.fetched("attempt", replace(answer, note=f"{answer.note or answer.outcome}; {UNPROVEN}"))


def is_index(watch: Watched, listed: Listed) -> bool:
    """Whether a page is one of sitemaps, which list what it does not."""
    return watch.definition.kind == "sitemap" and bool(listed.more) and not listed.entries


def dated(address: str, now: datetime) -> list[str]:
    """The address of a watch by `{year}` and `{month}` in Lima; in the first days of a month that of the last, too."""
    today = local_day(now)
    days = [today, today - timedelta(days=LATE)] if "{month}" in address else [today]
    addresses = [address.replace("{year}", str(day.year)).replace("{month}", str(day.month)) for day in days]
    return list(dict.fromkeys(addresses))
