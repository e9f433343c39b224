"""A visit against a real web site: what is asked for, filed and logged, in which order."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from scrapy.crawler import Crawler

from monitor.rehearsal.site import Site
from spiders.reading import dated
from store import items, sources, visits
from store.clock import Clock
from store.definitions import WatchDefinition
from store.models import Watch
from tests.crawls import Crawls, said

ITEM = "<item><title>{title}</title><link>{link}</link><pubDate>Tue, 03 Mar 2026 09:00:00 -0500</pubDate></item>"
ARTICLE = "<html><head><title>{title}</title></head><body><p>Rescatan a víctimas de trata en Puno.</p></body></html>"
TOPIC = "Trata de personas en Perú: {}"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with Site() as site:
        yield site


@pytest.fixture
def crawls(sqlite_url: str) -> Crawls:
    """Crawls on the day after the articles were published."""
    return Crawls(sqlite_url, Clock(real=datetime.now(UTC), told=datetime(2026, 3, 4, tzinfo=UTC)))


def feed(site: Site, *names: str, title: str = TOPIC) -> str:
    listed = "".join(ITEM.format(title=title.format(name), link=f"{site.address}/{name}") for name in names)
    return f'<rss version="2.0"><channel><title>Paper</title>{listed}</channel></rss>'


def publish(site: Site, *names: str) -> None:
    """Put a feed with articles of these names."""
    site.put("/rss", feed(site, *names), "application/rss+xml")
    for name in names:
        site.put(f"/{name}", ARTICLE.format(title=name))


def watch(site: Site, kind: str = "feed", path: str = "/rss", **values: Any) -> WatchDefinition:
    return WatchDefinition(kind=kind, url=site.address + path, **values)


async def crawl(crawler: Crawler, crawls: Crawls, visit: int | None) -> None:
    await crawler.crawl_async(source="paper", visit=visit, store=crawls.store)


async def test_a_feed_is_read_and_its_items_are_captured(site: Site, crawls: Crawls) -> None:
    publish(site, "one", "two")
    crawls.define(watch(site))
    assert said(await crawls.visit()) == [
        ("robots", "/robots.txt", "ok"),
        ("watch", "/rss", "ok"),
        ("item", "/one", "ok"),
        ("item", "/two", "ok"),
    ]
    assert [capture.final_url for capture in crawls.captures()] == [site.address + "/one", site.address + "/two"]
    assert crawls.captures()[0].headers["etag"].startswith('"')
    assert [str(item.published) for item in crawls.items()] == ["2026-03-03"] * 2
    assert all(item.baseline for item in crawls.items())


async def test_nothing_new_costs_one_conditional_request(site: Site, crawls: Crawls) -> None:
    site.put("/rss", feed(site, "one", title="Fútbol: {}"), "application/rss+xml")
    crawls.define(watch(site))
    await crawls.visit()
    assert said(await crawls.visit()) == [("watch", "/rss", "not_modified")]
    assert site.requests[-1].headers["If-None-Match"].startswith('"')


async def test_validators_go_back_as_they_came(site: Site, crawls: Crawls) -> None:
    site.put(
        "/rss",
        feed(site, "x", title="Gol de {}"),
        "application/rss+xml",
        headers={"ETag": 'W/"odd, one"', "Last-Modified": "yesterday"},
    )
    crawls.define(watch(site))
    await crawls.visit()
    await crawls.visit()
    asked = site.requests[-1].headers
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('W/"odd, one"', "yesterday")


async def test_entries_that_the_gate_refuses_are_kept_but_not_fetched(site: Site, crawls: Crawls) -> None:
    site.put("/rss", feed(site, "goal", title="Gol de {} en el clásico"), "application/rss+xml")
    crawls.define(watch(site))
    log = await crawls.visit()
    assert [fetched.entries for fetched in log if fetched.role == "watch"] == [1]
    assert not crawls.captures()
    assert [item.state for item in crawls.items()] == ([items.PASSED_OVER])


async def test_an_entry_that_is_edited_into_the_topic_is_fetched_after_all(site: Site, crawls: Crawls) -> None:
    site.put("/rss", feed(site, "one", title="Operativo en {}"), "application/rss+xml")
    crawls.define(watch(site))
    await crawls.visit()
    publish(site, "one")
    assert ("item", "/one", "ok") in said(await crawls.visit())


async def test_a_watch_that_is_not_followed_keeps_what_it_lists_as_seen(site: Site, crawls: Crawls) -> None:
    publish(site, "one")
    crawls.define(watch(site, follow=False))
    await crawls.visit()
    assert [(item.title, item.state) for item in crawls.items()] == [(TOPIC.format("one"), items.PASSED_OVER)]


async def test_a_large_sitemap_is_filed_in_one_go(site: Site, crawls: Crawls) -> None:
    places = "".join(f"<url><loc>{site.address}/deportes/{n}</loc></url>" for n in range(1200))
    site.put("/sitemap.xml", f"<urlset>{places}</urlset>", "application/xml")
    crawls.define(watch(site, "sitemap", "/sitemap.xml", follow=False))
    log = await crawls.visit()
    assert [f.entries for f in log if f.role == "watch"] == [1200]
    assert len(crawls.items()) == 1200


def test_a_list_by_months_is_read_for_the_last_month_too_in_the_first_days_of_a_month() -> None:
    address = "https://a.example/list?nMes={month}&nAnio={year}"
    assert dated(address, datetime(2026, 3, 20, tzinfo=UTC)) == ["https://a.example/list?nMes=3&nAnio=2026"]
    assert dated(address, datetime(2026, 1, 2, 12, tzinfo=UTC)) == [
        "https://a.example/list?nMes=1&nAnio=2026",
        "https://a.example/list?nMes=12&nAnio=2025",
    ]
    assert dated("https://a.example/rss", datetime(2026, 1, 1, tzinfo=UTC)) == ["https://a.example/rss"]


async def test_what_comes_after_the_first_reading_is_no_baseline(site: Site, crawls: Crawls) -> None:
    publish(site, "one")
    crawls.define(watch(site))
    await crawls.visit()
    publish(site, "two", "one")
    await crawls.visit()
    assert [item.baseline for item in crawls.items()] == [True, False]


async def test_an_item_with_the_same_bytes_is_captured_once(site: Site, crawls: Crawls) -> None:
    publish(site, "one")
    site.put("/one", ARTICLE, headers={"ETag": ""})
    crawls.define(watch(site))
    await crawls.visit()
    assert ("item", "/one", "ok") in said(await crawls.visit())
    assert len(crawls.captures()) == 1


async def test_an_edited_item_is_captured_again(site: Site, crawls: Crawls) -> None:
    publish(site, "one")
    crawls.define(watch(site))
    await crawls.visit()
    site.put("/one", ARTICLE.format(title="edited"))
    await crawls.visit()
    assert len(crawls.captures()) == 2


async def test_one_item_under_two_addresses_is_one(site: Site, crawls: Crawls) -> None:
    site.put("/rss", feed(site, "noticia-a-77", "noticia-b-78?ref=home#top", "m/noticia-a-otra-77"), "text/xml")
    crawls.define(watch(site), identity=r"-(\d+)$")
    await crawls.visit()
    assert [item.key for item in crawls.items()] == ["paper:77", "paper:78"]
    assert crawls.items()[1].url == site.address + "/noticia-b-78"


async def test_a_redirect_is_followed_and_its_end_recorded(site: Site, crawls: Crawls) -> None:
    publish(site, "one", "new")
    site.put("/rss", feed(site, "one"), "application/rss+xml")
    site.put("/one", "", status=301, headers={"Location": "/new"})
    crawls.define(watch(site))
    log = await crawls.visit()
    assert log[-1].note == f"redirected to {site.address}/new"
    assert crawls.captures()[0].final_url == site.address + "/new"
    with crawls.store.read() as session:
        assert items.known(session, [site.address + "/new"])


async def test_a_listing_is_read_page_after_page_until_it_is_known(site: Site, crawls: Crawls) -> None:
    card = '<div><a href="/news/{0}">Trata de personas en Perú {0}</a><time datetime="2026-03-0{0}">x</time></div>'
    pages = {"/news": (5, 4), "/news?page=1": (3, 2), "/news?page=2": (1,)}
    for number, (path, cards) in enumerate(pages.items()):
        following = (
            f'<a rel="next" href="?page={number + 1}">more</a>' if number < 2 else '<a rel="prev" href="?">1</a>'
        )
        site.put(path, "<html><body>" + "".join(map(card.format, cards)) + following + "</body></html>")
    crawls.define(watch(site, "listing", "/news", pages=10))
    log = await crawls.visit()
    assert [f.entries for f in log if f.role == "watch"] == [2, 2, 1]
    assert [str(item.published) for item in crawls.items()] == [f"2026-03-0{n}" for n in (5, 4, 3, 2, 1)]
    site.put("/news", "<html><body>" + "".join(map(card.format, (6, 5, 4))) + "</body></html>")
    log = await crawls.visit()
    assert [f.entries for f in log if f.role == "watch"] == [3]


async def test_pages_that_were_not_read_to_the_end_are_read_through_in_the_next_visit(
    site: Site, crawls: Crawls
) -> None:
    crawls.define(watch(site, "listing", "/news?page=0", pages=2, links="/news/"))
    listed(site, "/news?page=0", 1)
    listed(site, "/news?page=1")
    await crawls.visit()
    listed(site, "/news?page=0", 5, 4)
    site.put("/news?page=1", "not now", status=403)
    assert said(await crawls.visit())[:2] == [("watch", "/news?page=0", "ok"), ("watch", "/news?page=1", "blocked")]
    listed(site, "/news?page=1", 3, 2)
    assert said(await crawls.visit())[:2] == [("watch", "/news?page=0", "ok"), ("watch", "/news?page=1", "ok")]
    assert sorted(item.url[-1] for item in crawls.items()) == ["1", "2", "3", "4", "5"]
    assert said(await crawls.visit())[0] == ("watch", "/news?page=0", "not_modified")


def listed(site: Site, path: str, *numbers: int) -> None:
    links = "".join(f'<a href="/news/{n}">Trata de personas en Perú {n}</a>' for n in numbers)
    site.put(path, f'<html><body><a href="/about">About</a>{links}</body></html>')


async def test_a_list_that_ends_before_its_pages_do_is_no_failure(site: Site, crawls: Crawls) -> None:
    listed(site, "/news?page=0", 1)
    crawls.define(watch(site, "listing", "/news?page=0", pages=3, links="/news/"))
    log = await crawls.visit()
    assert [(f.outcome, f.entries, f.status) for f in log if f.role == "watch"] == [("ok", 1, 200), ("ok", None, 404)]
    assert _baseline(crawls) is not None


async def test_the_sitemaps_of_an_index_are_read_newest_first(site: Site, crawls: Crawls) -> None:
    index = "".join(f"<sitemap><loc>/{n}.xml</loc><lastmod>202{n}-01-01</lastmod></sitemap>" for n in (4, 6, 5))
    site.put("/sitemap.xml", f"<sitemapindex>{index}</sitemapindex>", "application/xml")
    for n in (4, 5, 6):
        site.put(f"/{n}.xml", f"<urlset><url><loc>/trata-de-personas-{n}</loc></url></urlset>", "application/xml")
    crawls.define(watch(site, "sitemap", "/sitemap.xml", pages=3))
    log = await crawls.visit()
    assert [f.url.rsplit("/")[-1] for f in log if f.role == "watch"] == ["sitemap.xml", "6.xml", "5.xml"]
    site.put("/6.xml", "<urlset><url><loc>/trata-de-personas-7</loc></url></urlset>", "application/xml")
    assert ("item", "/trata-de-personas-7", "gone") in said(await crawls.visit())


async def test_a_feed_in_which_all_is_new_may_have_rolled_on_unseen(site: Site, crawls: Crawls) -> None:
    site.put("/rss", feed(site, *"abcdef", title="Deportes {}"), "application/rss+xml")
    crawls.define(watch(site))
    assert (await crawls.visit())[-1].note is None
    site.put("/rss", feed(site, *"ghijkl", title="Deportes {}"), "application/rss+xml")
    assert "all of it is new" in str((await crawls.visit())[-1].note)


async def test_a_search_is_read(site: Site, crawls: Crawls) -> None:
    result = {
        "url": '<a href="/institucion/mininter/noticias/9-trata">Trata</a>',
        "name_with_parent": "Rescatan a víctimas de <em>trata</em> de personas",
        "publication": "2 de diciembre de 2024 - 6:29 p. m.",
    }
    site.put("/busquedas.json", json.dumps({"data": {"attributes": {"results": [result]}}}), "application/json")
    crawls.define(watch(site, "search", "/busquedas.json?sheet=1"), identity=r"/noticias/(\d+)-")
    await crawls.visit()
    item = crawls.items()[0]
    assert (item.key, str(item.published)) == ("paper:9", "2024-12-02")
    assert item.title == "Rescatan a víctimas de trata de personas"


async def test_a_document_is_looked_at_in_every_visit(site: Site, crawls: Crawls) -> None:
    site.put("/peru", ARTICLE)
    crawls.define(watch(site, "document", "/peru"))
    assert said(await crawls.visit())[1:] == [("watch", "/peru", "ok")]
    with crawls.store.write() as session:
        found = session.get_one(type(crawls.items()[0]), 1)
        found.state, found.check_at = items.HELD, None
    assert said(await crawls.visit()) == [("watch", "/peru", "ok")]
    assert len(crawls.captures()) == 1


async def test_a_document_is_found_at_its_alternate(site: Site, crawls: Crawls) -> None:
    site.put("/archive/peru", ARTICLE)
    crawls.define(watch(site, "document", "/peru", alternates=(site.address + "/archive/peru",)))
    log = await crawls.visit()
    assert said(log)[1:] == [("attempt", "/peru", "gone"), ("watch", "/archive/peru", "ok")]
    assert crawls.captures()[0].final_url == site.address + "/archive/peru"
    assert crawls.items()[0].url == site.address + "/peru"


async def test_a_document_without_any_address_that_answers_fails_once(site: Site, crawls: Crawls) -> None:
    site.put("/peru", "no", status=403)
    crawls.define(watch(site, "document", "/peru", alternates=(site.address + "/archive/peru",)))
    assert said(await crawls.visit())[1:] == [("attempt", "/archive/peru", "gone"), ("watch", "/peru", "blocked")]


async def test_the_newest_edition_that_is_there_is_taken(site: Site, sqlite_url: str) -> None:
    told = datetime(2026, 5, 1, tzinfo=UTC)
    crawls = Crawls(sqlite_url, Clock(real=datetime.now(UTC), told=told))
    site.put("/2025-report/peru/", ARTICLE)
    site.put("/2024-report/peru/", ARTICLE)
    crawls.define(watch(site, "edition", "/{year}-report/peru/"))
    log = await crawls.visit()
    assert said(log)[1:] == [("attempt", "/2026-report/peru/", "gone"), ("watch", "/2025-report/peru/", "ok")]
    site.put("/2026-report/peru/", ARTICLE)
    assert said(await crawls.visit())[0] == ("watch", "/2026-report/peru/", "ok")
    assert [item.url.rsplit("/", 3)[1] for item in crawls.items()] == ["2025-report", "2026-report"]


async def test_a_document_that_is_nowhere_is_a_watch_that_fails(site: Site, crawls: Crawls) -> None:
    crawls.define(watch(site, "edition", "/{year}-report/peru/"))
    log = await crawls.visit()
    assert [(role, outcome) for role, _, outcome in said(log)[1:]] == [("attempt", "gone")] * 3 + [("watch", "gone")]
    assert crawls.items() == []


async def test_an_edition_that_cannot_be_asked_for_is_no_missing_edition(site: Site, crawls: Crawls) -> None:
    site.put("/robots.txt", "")
    crawls.define(watch(site, "edition", "/{year}-report/peru/"))
    this_year = crawls.clock.now().year
    site.put(f"/{this_year}-report/peru/", "no", status=403)
    site.put(f"/{this_year - 1}-report/peru/", ARTICLE)
    assert [outcome for _, _, outcome in said(await crawls.visit())] == ["ok", "blocked"]


async def test_a_crawl_that_is_stopped_loses_nothing(site: Site, crawls: Crawls) -> None:
    publish(site, "one", "two")
    crawls.define(watch(site))
    asked = asyncio.Event()
    site.put("/one", lambda _: asked.set() or ARTICLE)  # type: ignore[func-returns-value]
    crawler, visit = crawls.crawler(), crawls.begin()
    running = asyncio.create_task(crawl(crawler, crawls, visit))
    await asked.wait()
    await crawler.stop_async()
    await running
    crawls.end(visit)
    assert ("watch", "/rss", "ok") in said(crawls.log(visit))
    taken = len(crawls.captures())
    assert taken < 2
    log = said(await crawls.visit())
    assert log[0] == ("watch", "/rss", "not_modified")
    assert ("item", "/two", "ok") in log
    assert len(crawls.captures()) == 2


async def test_a_crawl_that_waits_for_an_answer_is_stopped_at_once(crawls: Crawls) -> None:
    asked = asyncio.Event()

    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        asked.set()
        await reader.read()
        writer.close()

    async with await asyncio.start_server(say_nothing, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        crawls.define(WatchDefinition(kind="feed", url=f"http://127.0.0.1:{port}/rss"))
        crawler, visit = crawls.crawler(), crawls.begin()
        running = asyncio.create_task(crawl(crawler, crawls, visit))
        await asked.wait()
        async with asyncio.timeout(5):
            await crawler.stop_async()
            await running
    assert crawls.log(visit) == []


def _of_the_site() -> set[asyncio.Task[Any]]:
    return {task for task in asyncio.all_tasks() if "aiohttp/web" in str(task.get_coro())}


async def test_a_dry_crawl_writes_nothing_but_what_it_would_file(site: Site, crawls: Crawls) -> None:
    publish(site, "one")
    crawls.define(watch(site))
    crawler = crawls.crawler(TRATAWATCH_DRY=True)
    await crawl(crawler, crawls, None)
    assert site.count(200, "/one") == 1
    assert not crawls.items()
    spider = crawler.spider
    assert spider is not None
    with crawls.store.rehearse() as session:
        visit = visits.begin(session, "paper", "test", crawls.clock.now())
        for write in spider.archive.pending:  # type: ignore[attr-defined]
            write(session, crawls.clock.now())
        assert [row.outcome for row in visits.fetches(session, visit.id)] == ["ok", "ok", "ok"]
        assert items.by_key(session, site.address + "/one") is not None
    assert not crawls.items()


async def test_a_dry_crawl_looks_again_at_what_is_held(site: Site, crawls: Crawls) -> None:
    publish(site, "one")
    crawls.define(watch(site))
    await crawls.visit()
    publish(site, "one", "two")
    crawler = crawls.crawler(TRATAWATCH_DRY=True)
    await crawl(crawler, crawls, None)
    assert (site.count(path="/one"), site.count(path="/two")) == (2, 1)
    assert len(crawls.captures()) == 1


async def test_crawls_of_one_loop_say_nothing_above_info_and_leave_no_tasks(
    site: Site, crawls: Crawls, caplog: pytest.LogCaptureFixture
) -> None:
    publish(site, "one", "two")
    crawls.define(watch(site))
    with caplog.at_level(logging.INFO):
        await crawls.visit()
        await asyncio.gather(*(crawl(crawls.crawler(), crawls, None) for _ in range(5)))
    assert [record.getMessage() for record in caplog.records if record.levelno > logging.INFO] == []
    assert asyncio.all_tasks() - {asyncio.current_task()} <= _of_the_site()


async def test_visits_side_by_side_are_the_same_on_postgresql(site: Site, postgres_url: str) -> None:
    crawls = Crawls(postgres_url, Clock(real=datetime.now(UTC), told=datetime(2026, 3, 4, tzinfo=UTC)))
    publish(site, "one", "two")
    crawls.define(watch(site))
    await crawls.visit()
    publish(site, "three", "one", "two")
    site.put("/one", ARTICLE.format(title="edited"))
    await asyncio.gather(*(crawl(crawls.crawler(), crawls, None) for _ in range(3)))
    assert [item.key.rsplit("/")[-1] for item in crawls.items()] == ["one", "two", "three"]
    assert len(crawls.captures()) == 4
    crawls.store.close()


async def test_we_say_who_we_are(site: Site, crawls: Crawls) -> None:
    crawls.define(watch(site))
    await crawls.visit(TRATAWATCH_CONTACT="mailto:desk@ngo.example")
    agent = site.requests[0].headers["User-Agent"]
    assert agent.startswith("Mozilla/5.0 (compatible; tratawatch/")
    assert agent.endswith("; +mailto:desk@ngo.example)")


async def test_an_unknown_source_is_an_error_of_the_crawl(crawls: Crawls, caplog: pytest.LogCaptureFixture) -> None:
    crawler = crawls.crawler()
    await crawler.crawl_async(source="nobody", store=crawls.store)
    assert crawler.stats.get_value("finish_reason") == "start_error"
    assert "source 'nobody' is not defined" in caplog.text


async def test_a_watch_is_a_baseline_only_when_it_was_read_to_its_end(site: Site, crawls: Crawls) -> None:
    crawls.define(watch(site))
    site.break_with(500)
    await crawls.visit()
    assert _baseline(crawls) is None
    site.mend()
    publish(site, "one")
    await crawls.visit()
    assert _baseline(crawls) is not None


def _baseline(crawls: Crawls) -> datetime | None:
    with crawls.store.read() as session:
        held: Watch = next(iter(sources.watches(session, "paper").values()))
        return held.baseline_at


async def test_an_old_item_is_not_looked_at_in_every_visit(site: Site, sqlite_url: str) -> None:
    start = datetime(2026, 3, 20, tzinfo=UTC)
    crawls = Crawls(sqlite_url, Clock(real=datetime.now(UTC), told=start))
    publish(site, "one")
    crawls.define(watch(site))
    await crawls.visit()
    with crawls.store.write() as session:
        session.get_one(type(crawls.items()[0]), 1).state = items.HELD
    assert said(await crawls.visit()) == [("watch", "/rss", "not_modified")]
    crawls.clock = Clock(real=datetime.now(UTC), told=start + timedelta(days=2))
    later = Crawls(sqlite_url, crawls.clock)
    assert ("item", "/one", "ok") in said(await later.visit())
