"""How often a watch is read, what a guess that never held means, and what may have rolled off unseen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from monitor.rehearsal.site import Site
from monitor.visits.verdict import FAILING, NOTHING_NEW, Verdict, judge_visit
from store.clock import Clock
from store.definitions import WatchDefinition
from store.visits import ROLLED_OFF
from tests.crawls import Crawls, said

ITEM = "<item><title>{title}</title><link>{link}</link></item>"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with Site() as site:
        yield site


def at(hour: int, minute: int = 0) -> Clock:
    return Clock(real=datetime.now(UTC), told=datetime(2026, 3, 4, hour, minute, tzinfo=UTC))


@pytest.fixture
def crawls(sqlite_url: str) -> Crawls:
    return Crawls(sqlite_url, at(8))


def later(crawls: Crawls, hour: int, minute: int = 0) -> Crawls:
    """The same store at another time of the day."""
    return Crawls(crawls.url, at(hour, minute))


def feed(site: Site, path: str, *names: str) -> WatchDefinition:
    listed = "".join(ITEM.format(title=f"Fútbol: {name}", link=f"{site.address}/{name}") for name in names)
    site.put(path, f'<rss version="2.0"><channel><title>P</title>{listed}</channel></rss>', "application/rss+xml")
    return WatchDefinition(kind="feed", url=site.address + path)


def judged(log: Any) -> Verdict:
    return judge_visit(log, changed=False)


def with_values(watch: WatchDefinition, **values: object) -> WatchDefinition:
    return WatchDefinition(**{**{name: getattr(watch, name) for name in ("kind", "url")}, **values})


async def test_a_watch_with_an_interval_of_its_own_rests_between_visits(site: Site, crawls: Crawls) -> None:
    often, seldom = feed(site, "/rss", "a"), with_values(feed(site, "/seldom", "b"), interval=120)
    site.put("/report", "<html><body><p>Informe sobre la trata de personas en el Perú.</p></body></html>")
    report = WatchDefinition(kind="document", url=site.address + "/report", interval=120)
    crawls.define(often, seldom, report)
    await crawls.visit()
    soon = later(crawls, 9)
    assert said(await soon.visit()) == [("watch", "/rss", "not_modified"), ("item", "/report", "ok")]
    due = later(crawls, 10)
    assert ("watch", "/seldom", "not_modified") in said(await due.visit())
    # A page that is unchanged was read all the same.
    assert ("watch", "/seldom", "not_modified") not in said(await later(crawls, 11).visit())


async def test_a_watch_that_could_not_be_read_is_asked_again_before_its_interval(site: Site, crawls: Crawls) -> None:
    crawls.define(feed(site, "/rss", "a"), WatchDefinition(kind="feed", url=site.address + "/no", interval=120))
    await crawls.visit()
    assert ("watch", "/no", "gone") in said(await later(crawls, 9).visit())


async def test_a_guess_that_never_held_is_an_attempt_until_it_does(site: Site, crawls: Crawls) -> None:
    guess = WatchDefinition(kind="feed", url=site.address + "/guess", confidence="low")
    missing = WatchDefinition(kind="document", url=site.address + "/paper.pdf", confidence="low")
    crawls.define(feed(site, "/rss", "a"), guess, missing)
    log = await crawls.visit()
    assert [line for line in said(log) if line[0] == "attempt"] == [
        ("attempt", "/guess", "gone"),
        ("attempt", "/paper.pdf", "gone"),
    ]
    assert judged(log).verdict == NOTHING_NEW
    feed(site, "/guess", "b")
    await crawls.visit()
    site.remove("/guess")
    log = await crawls.visit()
    assert ("watch", "/guess", "gone") in said(log)
    assert judged(log).verdict == FAILING


async def test_a_source_of_guesses_alone_fails_when_none_holds(site: Site, crawls: Crawls) -> None:
    crawls.define(WatchDefinition(kind="feed", url=site.address + "/guess", confidence="low"))
    verdict = judged(await crawls.visit())
    assert verdict.verdict == FAILING
    assert "nobody has seen this address hold yet" in str(verdict.reason)


async def test_a_short_feed_of_which_nothing_is_known_may_have_rolled_and_says_so(site: Site, crawls: Crawls) -> None:
    crawls.define(feed(site, "/rss", *(f"old-{n}" for n in range(15))))
    first = await crawls.visit()
    assert judged(first).reason is None
    feed(site, "/rss", *(f"new-{n}" for n in range(14)), "old-0")
    assert judged(await crawls.visit()).reason is None
    feed(site, "/rss", *(f"newer-{n}" for n in range(15)))
    log = await crawls.visit()
    assert [line.note for line in log if line.role == "watch"] == [ROLLED_OFF]
    verdict = judged(log)
    assert (verdict.verdict, verdict.reason) == (NOTHING_NEW, f"{site.address}/rss: {ROLLED_OFF}")


async def test_an_empty_tag_feed_is_silent_not_nothing_new(site: Site, crawls: Crawls) -> None:
    crawls.define(feed(site, "/tags"))
    await crawls.visit()
    # Also when it says that it has not changed, what it holds is known: nothing.
    verdicts = [judged(await crawls.visit()).verdict for _ in range(2)]
    assert verdicts == ["silent", "silent"]


async def test_an_index_of_sitemaps_is_silent_only_when_they_are_empty(site: Site, crawls: Crawls) -> None:
    site.put("/all.xml", "<sitemapindex><sitemap><loc>/one.xml</loc></sitemap></sitemapindex>", "application/xml")
    site.put("/one.xml", "<urlset><url><loc>/a</loc></url></urlset>", "application/xml")
    crawls.define(WatchDefinition(kind="sitemap", url=site.address + "/all.xml", pages=2, follow=False))
    for _ in range(2):
        assert judged(await crawls.visit()).verdict == NOTHING_NEW
    site.put("/one.xml", "<urlset></urlset>", "application/xml")
    assert judged(await crawls.visit()).verdict == "silent"
