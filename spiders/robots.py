"""robots.txt: asked for conditionally, kept for some hours, and obeyed also where it cannot be had."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.misc import build_from_crawler

from spiders import conditional, filing, outcomes
from spiders.outcomes import Answer, RobotsRefusedError, RobotsUnknownError
from spiders.visiting import Visiting
from store.addresses import host_of
from store.items import Found
from store.models import Resource

FRESH = timedelta(hours=6)  # RFC 9309 allows a copy to be used for a day
LARGEST = 512 * 1024  # bytes of a robots.txt that are read; the standard asks for 500 KiB


class ConditionalRobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's middleware with a robots.txt that outlives the crawl, in the store."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._name = self._robotstxt_useragent or self._default_useragent
        self._rules_of: dict[str, RobotParser] = {}
        self._unknown: dict[str, Answer] = {}

    async def process_request(self, request: Request) -> None:  # type: ignore[override]
        """Raise RobotsRefusedError, or RobotsUnknownError where the server fails to give its robots.txt."""
        if request.meta.get("dont_obey_robotstxt"):
            return
        visiting: Visiting | None = getattr(self.crawler.spider, "visiting", None)
        if visiting is None:
            await super().process_request(request)
            return
        rules = await self._rules(request, visiting)
        if not rules.allowed(request.url, self._name):
            raise RobotsRefusedError

    async def _rules(self, request: Request, visiting: Visiting) -> RobotParser:
        parts = urlsplit(request.url)
        url = f"{parts.scheme}://{parts.netloc}/robots.txt"
        if url in self._unknown:
            raise RobotsUnknownError(self._unknown[url])
        if url in self._rules_of:
            return self._rules_of[url]
        body = await self._body(url, visiting)
        rules = self._rules_of[url] = build_from_crawler(self._parserimpl, self.crawler, body)
        delay = getattr(rules, "crawl_delay", lambda _: None)(self._name)
        if delay is not None:
            visiting.turns.slow_down(host_of(url), delay)
        return rules

    async def _body(self, url: str, visiting: Visiting) -> bytes:
        kept = await visiting.archive.resource(url)
        if kept is not None and kept.body is not None and visiting.clock.now() - kept.fetched_at < FRESH:
            return kept.body
        answer = await self._ask(url, kept)
        body = _body_of(answer, kept)
        if body is None:
            await visiting.archive.log(filing.fetched("robots", answer))
            self._unknown[url] = answer
            raise RobotsUnknownError(answer)
        if not answer.good:
            answer = replace(
                answer, outcome="ok", note=f"there are no rules for robots, so all is allowed: {answer.note}"
            )
        found = _found(url, body, answer, kept, visiting)
        await visiting.archive.keep_page(found, filing.fetched("robots", answer))
        return body

    async def _ask(self, url: str, kept: Resource | None) -> Answer:
        headers = conditional.headers(kept.etag, kept.last_modified) if kept and kept.body is not None else {}
        meta = {"dont_obey_robotstxt": True, "max_retry_times": 0}
        request = Request(url, headers=headers, meta=meta, callback=NO_CALLBACK, priority=self.DOWNLOAD_PRIORITY)
        try:
            return outcomes.of_response(url, await self.crawler.engine.download_async(request))
        except Exception as error:  # noqa: BLE001 - whatever a server does becomes an outcome
            return outcomes.of_error(url, error)


def _body_of(answer: Answer, kept: Resource | None) -> bytes | None:
    """The rules that hold after an answer; None where nothing may be asked for.

    RFC 9309: a refusal or absence (4xx) allows all, a failing server forbids all, once the copy that is held is old.
    """
    if answer.outcome == "not_modified" and kept is not None:
        return kept.body
    if answer.outcome == "ok" and answer.response is not None:
        return answer.response.body[:LARGEST]
    if answer.status is not None and 400 <= answer.status < 500 and answer.status != HTTPStatus.TOO_MANY_REQUESTS:
        return b""
    return None


def _found(url: str, body: bytes, answer: Answer, kept: Resource | None, visiting: Visiting) -> Found:
    if answer.outcome == "not_modified" and kept is not None:
        etag, last_modified = kept.etag, kept.last_modified
    else:
        etag, last_modified = conditional.validators(answer.response)
    return Found(
        watch_id=None, source_id=visiting.source_id, url=url, etag=etag, last_modified=last_modified, body=body
    )
