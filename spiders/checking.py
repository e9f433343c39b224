"""A check of a source: each of its watches asked for once, as if for the first time, and nothing stored."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from spiders.asking import Asker
from spiders.outcomes import Answer
from spiders.reading import Reader, Watched, dated
from spiders.visit import EDITIONS
from spiders.visiting import Visiting
from spiders.watches.kinds import EDITION, READERS
from spiders.watches.page import Listed
from store.definitions import SourceDefinition, WatchDefinition

SHOWN = 5  # titles of the newest entries


class Check:
    """Asks for the watches of one source and says what each gave."""

    def __init__(self, visiting: Visiting, source: SourceDefinition, asker: Asker) -> None:
        self._clock, self._source, self._asker = visiting.clock, source, asker
        self._reader = Reader(visiting, source, asker)

    async def make(self) -> list[dict[str, Any]]:
        """A plain value for each watch, in their order."""
        return [await self.look(watch) for watch in self._source.watches]

    async def look(self, watch: WatchDefinition) -> dict[str, Any]:
        """What one watch gives: outcome, number of entries, newest date, what the gate would let through."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        answer, listed = await (self._list(watch) if watch.kind in READERS else self._document(watch))
        took = answer.seconds if answer.seconds is not None else round(loop.time() - began, 3)
        return _watch(self._source.id, watch) | _found(answer, listed) | {"seconds": took}

    async def _list(self, watch: WatchDefinition) -> tuple[Answer, Listed | None]:
        url = dated(watch.url, self._clock.now())[0]
        answer, listed = await self._reader.read_page(Watched(watch, None), url, conditionally=False)
        if listed is not None and listed.more and not listed.entries:
            leads = f"an index of {len(listed.more)} lists, of which the first was read"
            answer, listed = await self._reader.read_page(Watched(watch, None), listed.more[0], conditionally=False)
            answer = replace(answer, note=answer.note or leads)
        return answer, listed

    async def _document(self, watch: WatchDefinition) -> tuple[Answer, None]:
        """The first address of the document that answers; where none does, what came of its own address."""
        this_year = self._clock.now().year
        years = EDITIONS if watch.kind == EDITION else 1
        tried: list[Answer] = []
        for year in range(this_year, this_year - years, -1):
            own = len(tried)
            for address in (watch.url, *watch.alternates):
                tried.append(await self._asker.ask(address.replace("{year}", str(year)), {}))
                if tried[-1].good:
                    note = f"found at {tried[-1].url}" if len(tried) > 1 else None
                    return replace(tried[-1], note=note), None
            if tried[own].outcome != "gone":
                return tried[own], None
        return tried[0], None


def _watch(source_id: str, watch: WatchDefinition) -> dict[str, Any]:
    known = {"confidence": watch.confidence, "since": watch.since}
    return {"source": source_id, "kind": watch.kind, "url": watch.url, **known}


def _found(answer: Answer, listed: Listed | None) -> dict[str, Any]:
    entries = listed.entries if listed is not None else ()
    dates = [entry.published for entry in entries if entry.published is not None]
    return {
        "outcome": answer.outcome,
        "status": answer.status,
        "note": answer.note,
        "entries": len(entries) if listed is not None else None,
        "newest": max(dates).isoformat() if dates else None,
        "wanted": sum(entry.wanted for entry in entries) if listed is not None else None,
        "titles": [entry.title for entry in entries[:SHOWN]],
    }
