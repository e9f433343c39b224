"""The replica web site: what it answers, and what it keeps of who asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import aiohttp
import pytest

from monitor.rehearsal.clock import Clock
from monitor.rehearsal.site import Asked, Site

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

DAWN = datetime(2031, 5, 4, 11, 30, tzinfo=UTC)
SHORT = aiohttp.ClientTimeout(total=0.2)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with Site(Clock(DAWN)) as site:
        site.put("/a", "<p>first</p>")
        yield site


@pytest.fixture
async def client(site: Site) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(site.address) as client:
        yield client


async def test_a_page_carries_its_etag_and_the_date_of_the_rehearsal(client: aiohttp.ClientSession) -> None:
    async with client.get("/a") as answer:
        assert answer.status == 200
        assert await answer.text() == "<p>first</p>"
        assert answer.headers["Last-Modified"] == "Sun, 04 May 2031 11:30:00 GMT"
        assert answer.headers["ETag"].startswith('"')
        assert answer.content_type == "text/html"


async def test_an_unchanged_page_is_answered_304_by_etag_and_by_date(site: Site, client: aiohttp.ClientSession) -> None:
    async with client.get("/a") as answer:
        etag, modified = answer.headers["ETag"], answer.headers["Last-Modified"]
    for header in ({"If-None-Match": etag}, {"If-None-Match": f'W/{etag}, "other"'}, {"If-Modified-Since": modified}):
        async with client.get("/a", headers=header) as answer:
            assert answer.status == 304, header
            assert answer.headers["ETag"] == etag
    assert site.count(304) == 3
    assert site.count(200, "/a") == 1


async def test_a_changed_page_is_served_again(client: aiohttp.ClientSession, site: Site) -> None:
    async with client.get("/a") as answer:
        kept = {"If-None-Match": answer.headers["ETag"], "If-Modified-Since": answer.headers["Last-Modified"]}
    site.put("/a", "<p>second</p>")
    async with client.get("/a", headers=kept) as answer:
        assert answer.status == 200
        assert await answer.text() == "<p>second</p>"


async def test_the_same_content_put_again_keeps_its_date() -> None:
    clock = Clock(DAWN)
    async with Site(clock) as site, aiohttp.ClientSession(site.address) as client:
        site.put("/a", "same")
        clock.set_to(DAWN + timedelta(days=1))
        site.put("/a", "same")
        async with client.get("/a") as answer:
            assert answer.headers["Last-Modified"].startswith("Sun, 04 May")
        site.put("/a", "other")
        async with client.get("/a") as answer:
            assert answer.headers["Last-Modified"].startswith("Mon, 05 May")


async def test_a_removed_page_is_missing_or_gone(site: Site, client: aiohttp.ClientSession) -> None:
    site.put("/b", "b")
    site.remove("/a")
    site.remove("/b", 410)
    statuses = {}
    for path in ("/a", "/b", "/never"):
        async with client.get(path) as answer:
            statuses[path] = answer.status
    assert statuses == {"/a": 404, "/b": 410, "/never": 404}


async def test_a_wall_stands_in_place_of_the_page_with_status_200(site: Site, client: aiohttp.ClientSession) -> None:
    site.wall("/a")
    async with client.get("/a") as answer:
        assert answer.status == 200
        assert "not a robot" in await answer.text()
    site.unwall("/a")
    async with client.get("/a") as answer:
        assert await answer.text() == "<p>first</p>"


async def test_a_broken_site_answers_every_path_with_its_status(site: Site, client: aiohttp.ClientSession) -> None:
    site.break_with(503, {"Retry-After": "7"})
    for path in ("/a", "/robots.txt"):
        async with client.get(path) as answer:
            assert answer.status == 503
            assert answer.headers["Retry-After"] == "7"
    site.mend()
    async with client.get("/a") as answer:
        assert answer.status == 200


async def test_a_hanging_site_never_answers_and_ends_all_the_same(site: Site, client: aiohttp.ClientSession) -> None:
    site.break_with("hang")
    with pytest.raises(TimeoutError):
        await client.get("/a", timeout=SHORT)
    assert [seen.status for seen in site.requests] == [0]
    site.mend()
    async with client.get("/a") as answer:
        assert answer.status == 200


async def test_a_dropping_site_cuts_the_connection(site: Site, client: aiohttp.ClientSession) -> None:
    site.break_with("drop")
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.post("/a")


async def test_a_closed_port_refuses_and_opens_again_at_the_same_address(site: Site) -> None:
    address = site.address
    await site.close_port()
    async with aiohttp.ClientSession() as client:
        with pytest.raises(aiohttp.ClientConnectorError):
            await client.get(f"{address}/a")
        await site.open_port()
        async with client.get(f"{address}/a") as answer:
            assert answer.status == 200
    assert site.address == address


async def test_a_page_made_for_each_request_knows_query_and_count(site: Site, client: aiohttp.ClientSession) -> None:
    def body(asked: Asked) -> str:
        return f"{asked.times} {','.join(asked.query.get('tag[]', ()))}"

    site.put("/live", body)
    seen = []
    for _ in range(2):
        async with client.get("/live?tag[]=x&tag[]=y") as answer:
            seen.append((await answer.text(), answer.headers["ETag"]))
    assert [text for text, _ in seen] == ["0 x,y", "1 x,y"]
    assert seen[0][1] != seen[1][1]


async def test_a_page_can_stand_at_one_query_only_and_can_redirect(site: Site, client: aiohttp.ClientSession) -> None:
    site.put("/list", "first page")
    site.put("/list?page=1", "second page")
    site.put("/old", "", status=301, headers={"Location": "/a"})
    texts = []
    for path in ("/list", "/list?page=1", "/list?other=1", "/old"):
        async with client.get(path) as answer:
            texts.append(await answer.text())
    assert texts == ["first page", "second page", "first page", "<p>first</p>"]


async def test_robots_txt_is_there_from_the_start(site: Site, client: aiohttp.ClientSession) -> None:
    async with client.get("/robots.txt") as answer:
        assert answer.content_type == "text/plain"
        assert "User-agent: *" in await answer.text()


async def test_requests_are_kept_with_headers_and_times(site: Site, client: aiohttp.ClientSession) -> None:
    await client.get("/a", headers={"User-Agent": "reader/1"})
    await client.get("/none")
    first, second = site.requests
    assert (first.method, first.path, first.status, first.at) == ("GET", "/a", 200, DAWN)
    assert first.headers["User-Agent"] == "reader/1"
    assert second.status == 404
    assert second.seconds >= first.seconds
