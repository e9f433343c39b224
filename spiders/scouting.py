"""Looks at an address for what could be watched there, and what each of it would list now. Nothing is stored."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urljoin

from spiders import candidates
from spiders.asking import Asker
from spiders.checking import Check
from spiders.outcomes import Answer
from spiders.watches.page import Page
from store.definitions import WatchDefinition


class Scout:
    """Looks at one address, politely."""

    def __init__(self, check: Check, asker: Asker) -> None:
        self._check, self._asker = check, asker

    async def look(self, url: str) -> list[dict[str, Any]]:
        """A plain value for the address itself, with the name and language of its site, then one for each candidate."""
        answer = await self._asker.ask(url, {})
        page = _page(answer)
        about = {"outcome": answer.outcome, "note": answer.note, "status": answer.status, "url": url}
        if page is None:
            return [about]
        found = [await self._candidate(watch) for watch in await self._candidates(page)]
        return [about | candidates.described(page), *found]

    async def _candidates(self, page: Page) -> list[WatchDefinition]:
        kind = candidates.kind_of(page.content)
        if kind is not None:
            return [WatchDefinition(kind=kind, url=page.url)]
        robots = await self._asker.ask(urljoin(page.url, "/robots.txt"), {})
        rules = _page(robots)
        named = candidates.of_robots(rules.content.decode("utf-8", "replace"), page.url) if rules else []
        return [*candidates.of_page(page), *named]

    async def _candidate(self, watch: WatchDefinition) -> dict[str, Any]:
        """What a candidate lists; the pattern of a listing is part of it."""
        found = await self._check.look(replace(watch, confidence="medium"))
        return found | {"links": watch.links, "pages": watch.pages}


def _page(answer: Answer) -> Page | None:
    if not answer.good or answer.response is None:
        return None
    kind = (answer.response.headers.get("Content-Type") or b"").decode("latin-1")
    return Page(url=answer.response.url, content=answer.response.body, content_type=kind)
