"""Asks for addresses through Scrapy; whatever happens becomes an answer, and a dead host is asked no more."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from scrapy import FormRequest, Request
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from spiders import outcomes
from spiders.outcomes import Answer
from spiders.watches.page import Form
from store.addresses import host_of

UNREACHABLE = frozenset({"dns", "refused", "timeout", "tls"})
PATIENCE = 2  # failures to reach a host until a visit leaves it
Download = Callable[[Request], Awaitable[Response]]


class Asker:
    """The requests of one visit, one after another."""

    def __init__(self, download: Download, asks: Callable[[str], None] | None = None) -> None:
        """`asks` is told each address before it is asked for, so that who waits sees that something happens."""
        self._download, self._asks = download, asks
        self._failures: dict[str, list[Answer]] = {}

    def left(self, url: str) -> bool:
        """Whether the host of an address could not be reached too often in this visit."""
        return len(self._failures.get(host_of(url), ())) >= PATIENCE

    async def ask(self, url: str, headers: Mapping[str, str | bytes], form: Form = ()) -> Answer:
        """Ask for an address, with a form where there is one, unless its host has been left.

        Nothing but cancellation is raised.
        """
        failures = self._failures.setdefault(host_of(url), [])
        if len(failures) >= PATIENCE:
            why = (failures[-1].note or failures[-1].outcome).removeprefix("not asked for: ")
            note = f"not asked for: {why} (twice before in this visit)"
            return Answer(url=url, outcome=failures[-1].outcome, note=note)
        if self._asks is not None:
            self._asks(url)
        answer = await self._asked(url, headers, form)
        if answer.outcome in UNREACHABLE:
            failures.append(answer)
        else:
            failures.clear()
        return answer

    async def _asked(self, url: str, headers: Mapping[str, str | bytes], form: Form) -> Answer:
        sent: dict[str, Any] = {"headers": dict(headers), "callback": NO_CALLBACK, "dont_filter": True}
        try:
            request = FormRequest(url, formdata=list(form), **sent) if form else Request(url, **sent)
            response = await self._download(request)
            return replace(outcomes.of_response(url, response), seconds=response.meta.get("seconds"))
        except Exception as error:  # noqa: BLE001 - whatever a server does becomes an outcome
            return outcomes.of_error(url, error)
