"""Scrapy's aiohttp transport, which waits for its turn at a host before each request and asks the public web alone."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import ClassVar
from weakref import WeakKeyDictionary

import aiohttp
from scrapy import Request
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler, _ClientResponse
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response

from spiders.guard import Guard
from spiders.turns import Turns
from spiders.visiting import Visiting
from store.addresses import host_of

SECONDS = "seconds"  # of an answer, in the meta of its request
FORGET_UNKNOWN = 30  # seconds for which a name that does not resolve is not looked up again: that may take as long
ASK_FOR_PAUSE = frozenset({429, 503})


# When a name that did not resolve may be looked up again, in each loop.
_UNKNOWN: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, float]] = WeakKeyDictionary()


class PoliteDownloadHandler(AiohttpDownloadHandler):
    """One request at a time for each host; the wait is no part of the download time-out."""

    # Scrapy warns at each crawl that this handler is experimental. It is the way to fetch in our own loop, Scrapy is
    # pinned to a minor version for it, and our tests hold it to what we need.
    experimental: ClassVar[bool] = False

    lazy = True  # a source of one scheme needs no session for the other

    def __init__(self, crawler: Crawler) -> None:
        # In place of the parent's own, which reads the certificates of all authorities for each crawl.
        super(AiohttpDownloadHandler, self).__init__(crawler)
        self._ssl_context = _trust() if crawler.settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES") else _insecure()
        guard = Guard(crawler.settings.getlist("TRATAWATCH_PRIVATE_NETWORKS"))
        self._session = aiohttp.ClientSession(
            connector=guard.connector(limit=self._pool_size_total, limit_per_host=self._pool_size_per_host),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            response_class=_ClientResponse,
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
        )
        self._under_way: set[asyncio.Task[object]] = set()

    async def download_request(self, request: Request) -> Response:
        """Fetch when it is our turn. Raises HostLeftAloneError and Scrapy's errors of downloading."""
        visiting: Visiting | None = getattr(self.crawler.spider, "visiting", None)
        if visiting is None:  # `scrapy shell` and `scrapy fetch` know no source, and ask once
            return await super().download_request(request)
        host = host_of(request.url)
        with self._tracked():
            async with visiting.turns.turn(host):
                response = await self._ask(request, visiting.turns, host)
                await self._heed(visiting.turns, host, response)
        return response

    async def _ask(self, request: Request, turns: Turns, host: str) -> Response:
        """Ask, and note how many seconds that took, without the wait for our turn."""
        loop = asyncio.get_running_loop()
        began, unknown = loop.time(), _UNKNOWN.setdefault(loop, {})
        if began < unknown.get(host, began):
            await turns.give_back(host)
            raise CannotResolveHostError(host)
        try:
            return await super().download_request(request)
        except CannotResolveHostError:
            unknown[host] = loop.time() + FORGET_UNKNOWN
            await turns.give_back(host)
            raise
        finally:
            request.meta[SECONDS] = round(loop.time() - began, 3)

    async def close(self) -> None:
        """End what is under way, then the connections."""
        tasks = self._under_way - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await super().close()

    @contextmanager
    def _tracked(self) -> Iterator[None]:
        task = asyncio.current_task()
        if task is None:
            message = "a download runs in a task"
            raise RuntimeError(message)
        self._under_way.add(task)
        try:
            yield
        finally:
            self._under_way.discard(task)

    @staticmethod
    async def _heed(turns: Turns, host: str, response: Response) -> None:
        header = response.headers.get("Retry-After")
        if response.status == 429 or (response.status in ASK_FOR_PAUSE and header is not None):
            pause = turns.retry_after(header.decode("latin-1") if header else None)
            await turns.back_off(host, pause, f"it answered {response.status} and asked for a pause")


@cache
def _trust() -> ssl.SSLContext:
    """Certificates are verified; one context for the process, since reading the authorities takes 50 ms."""
    return ssl.create_default_context()


@cache
def _insecure() -> ssl.SSLContext:
    """For who turns DOWNLOAD_VERIFY_CERTIFICATES off by hand, to look at a site with a broken certificate."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
