"""A visit against a real web site: what is asked for, filed and logged, in which order."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from monitor.rehearsal.site import Site
from store.definitions import WatchDefinition
from tests.crawls import Crawls, said

ITEM = "<item><title>{title}</title><link>{link}</link><pubDate>Tue, 03 Mar 2026 09:00:00 -0500</pubDate></item>"
ARTICLE = "<html><head><title>{title}</title></head><body><p>Rescatan a víctimas de trata en Puno.</p></body></html>"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with Site() as site:
        yield site


@pytest.fixture
def crawls(tmp_path: Path) -> Crawls:
    return Crawls(tmp_path)


def feed(site: Site, *names: str, title: str = "Trata de personas en Perú: {}") -> str:
    items = "".join(ITEM.format(title=title.format(name), link=f"{site.address}/{name}?ref=rss") for name in names)
    return f'<rss version="2.0"><channel><title>Paper</title>{items}</channel></rss>'


def publish(site: Site, *names: str) -> None:
    site.put("/rss", feed(site, *names), "application/rss+xml")
    for name in names:
        site.put(f"/{name}", ARTICLE.format(title=name))


def watch(site: Site, kind: str = "feed", path: str = "/rss", **values: object) -> WatchDefinition:
    return WatchDefinition(kind=kind, url=site.address + path, **values)  # type: ignore[arg-type]


async def test_a_feed_is_read_and_its_items_are_captured(site: Site, crawls: Crawls) -> None:
    publish(site, "one", "two")
    crawls.define(watch(site))
    log = await crawls.visit()
    assert said(log) == [
        ("robots", "/robots.txt", "ok"),
        ("watch", "/rss", "ok"),
        ("item", "/one", "ok"),
        ("item", "/two", "ok"),
    ]
    assert [capture.final_url for capture in crawls.captures()] == [site.address + "/one", site.address + "/two"]
    assert crawls.captures()[0].headers["etag"].startswith('"')
    assert [str(item.published) for item in crawls.items()] == ["2026-03-03"] * 2
    assert all(item.baseline for item in crawls.items())
