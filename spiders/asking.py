"""Asks for addresses through Scrapy; whatever happens becomes an answer, and a dead host is asked no more."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from scrapy import Request
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from spiders import outcomes
from spiders.addresses import host_of
from spiders.outcomes import Answer

UNREACHABLE = frozenset({"dns", "refused", "timeout", "tls"})
PATIENCE = 2  # failures to reach a host until a visit leaves it
Download = Callable[[Request], Awaitable[Response]]


class Asker:
    """The requests of one visit, one after another."""

    def __init__(self, download: Download) -> None:
        self._download = download
        self._failures: dict[str, int] = {}

    def left(self, url: str) -> bool:
        """Whether the host of an address could not be reached too often in this visit."""
        return self._failures.get(host_of(url), 0) >= PATIENCE

    async def ask(self, url: str, headers: Mapping[str, str]) -> Answer:
        """Ask for an address; nothing but cancellation is raised."""
        host = host_of(url)
        try:
            request = Request(url, headers=dict(headers), callback=NO_CALLBACK, dont_filter=True)
            answer = outcomes.of_response(url, await self._download(request))
        except Exception as error:  # noqa: BLE001 - whatever a server does becomes an outcome
            answer = outcomes.of_error(url, error)
        self._failures[host] = self._failures.get(host, 0) + 1 if answer.outcome in UNREACHABLE else 0
        return answer
