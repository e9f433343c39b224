"""`sources` as a stranger types it: the list, and a check of each watch that stores nothing."""

from __future__ import annotations

import asyncio
import re
import time
import tomllib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from monitor.configuration.loading import catalogue
from monitor.rehearsal.site import Site
from monitor.visits.scouting import id_of
from store.columns import Base
from store.database import Store
from store.models import Host, Source, Watch
from tests.commands import LOOPBACK, Ended, tratawatch

JSON = "application/json"
FEED = '<rss version="2.0"><channel><title>P</title>{}</channel></rss>'
ITEM = "<item><title>{}</title><link>/{}</link><pubDate>Fri, 06 Feb 2026 03:00:00 GMT</pubDate></item>"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with Site() as site:
        site.put(
            "/rss", FEED.format(ITEM.format("Trata de personas en Puno", "a") + ITEM.format("Gol", "b")), "text/xml"
        )
        site.put("/tags", FEED.format(""), "text/xml")
        site.put("/2025/peru", "<html><body>Report</body></html>")
        yield site


@pytest.fixture
def desk(tmp_path: Path, empty_sqlite: Path) -> Path:
    (tmp_path / "tratawatch.db").write_bytes(empty_sqlite.read_bytes())
    (tmp_path / "tratawatch.toml").write_text(LOOPBACK, encoding="utf-8")
    return tmp_path


def watch(desk: Path, **sources: list[tuple[str, str]]) -> None:
    """Watch these kinds and addresses by source, and nothing of the catalogue."""
    off = "".join(f"[sources.{name}]\nactive = false\n" for name in catalogue())
    own = "".join(
        f"[sources.{name}]\ndelay = 0\nwatches = ["
        + ", ".join(f'{{ kind = "{kind}", url = "{url}" }}' for kind, url in watches)
        + "]\n"
        for name, watches in sources.items()
    )
    (desk / "tratawatch.toml").write_text(LOOPBACK + off + own, encoding="utf-8")


async def run(desk: Path, *arguments: str) -> Ended:
    return await asyncio.to_thread(tratawatch, *arguments, folder=desk)


def brief(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("source", "outcome", "entries", "newest", "wanted"))


async def test_a_check_says_of_each_watch_what_it_got(desk: Path, site: Site) -> None:
    watch(
        desk,
        one=[("feed", f"{site.address}/rss"), ("feed", f"{site.address}/tags")],
        two=[("feed", f"{site.address}/no")],
    )
    ended = await run(desk, "sources", "--check", "--json")
    assert ended.code == 1
    assert [brief(row) for row in ended.lines] == [
        ("one", "ok", 2, "2026-02-05", 1),
        ("one", "ok", 0, None, 0),
        ("two", "gone", None, None, None),
    ]
    assert all(row["seconds"] < 5 for row in ended.lines)
    assert "2 of 3 watches answer as they should" in ended.err


async def test_a_check_stores_nothing_and_fetches_no_item(desk: Path, site: Site) -> None:
    watch(desk, one=[("feed", f"{site.address}/rss"), ("document", f"{site.address}/2025/peru")])
    ended = await run(desk, "sources", "--check")
    assert ended.code == 0
    assert {seen.path for seen in site.requests} == {"/robots.txt", "/rss", "/2025/peru"}
    store = Store(f"sqlite:///{desk}/tratawatch.db")
    with store.read() as session:
        tables = [mapper.class_ for mapper in Base.registry.mappers]
        held = {one.__name__ for one in tables if session.scalar(select(func.count()).select_from(one))}
    store.close()
    assert held <= {kept.__name__ for kept in (Source, Watch, Host)}


async def test_a_check_of_named_sources_leaves_the_others_alone(desk: Path, site: Site) -> None:
    watch(desk, one=[("feed", f"{site.address}/rss")], two=[("feed", f"{site.address}/tags")])
    assert [row["source"] for row in (await run(desk, "sources", "--check", "two", "--json")).lines] == ["two"]
    assert (await run(desk, "sources", "--check", "three")).code == 2


async def test_a_table_says_in_words_what_each_watch_gave(desk: Path, site: Site) -> None:
    site.wall("/rss", 403)
    watch(desk, one=[("feed", f"{site.address}/rss"), ("feed", f"{site.address}/tags")])
    ended = await run(desk, "sources", "--check")
    said = " ".join(ended.out.split())
    assert ended.code == 1
    assert "blocked" in said
    assert "answers, but lists" in said


async def test_an_edition_is_looked_for_back_through_the_years(desk: Path, site: Site) -> None:
    watch(desk, one=[("edition", f"{site.address}/{{year}}/peru")])
    (row,) = (await run(desk, "sources", "--check", "--json")).lines
    assert (row["outcome"], row["note"]) == ("ok", f"found at {site.address}/2025/peru")


async def test_an_index_of_sitemaps_is_followed_to_its_first(desk: Path, site: Site) -> None:
    site.put(
        "/index.xml", f"<sitemapindex><sitemap><loc>{site.address}/one.xml</loc></sitemap></sitemapindex>", "text/xml"
    )
    site.put("/one.xml", f"<urlset><url><loc>{site.address}/trata-de-personas</loc></url></urlset>", "text/xml")
    watch(desk, one=[("sitemap", f"{site.address}/index.xml")])
    (row,) = (await run(desk, "sources", "--check", "--json")).lines
    assert (row["outcome"], row["entries"]) == ("ok", 1)


def test_without_a_network_a_check_says_so_for_each_in_seconds(desk: Path) -> None:
    hosts = [f"host{number}.invalid" for number in range(12)]
    # A pause of a minute, which nobody waits for where nobody could be asked.
    watches = ", ".join(f'{{ kind = "feed", url = "https://{host}/rss" }}' for host in hosts)
    own = "".join(f"[sources.s{n}]\ndelay = 60\nwatches = [{watches}]\n".replace("/rss", f"/rss{n}") for n in range(3))
    off = "".join(f"[sources.{name}]\nactive = false\n" for name in catalogue())
    (desk / "tratawatch.toml").write_text(LOOPBACK + off + own, encoding="utf-8")
    began = time.monotonic()
    ended = tratawatch("sources", "--check", "--json", folder=desk)
    assert time.monotonic() - began < 30
    assert ended.code == 1
    assert [row["outcome"] for row in ended.lines] == ["dns"] * 36
    assert all("does not resolve" in row["note"] for row in ended.lines)


def test_the_list_of_sources_holds_the_whole_catalogue(desk: Path) -> None:
    ended = tratawatch("sources", "--json", folder=desk)
    assert ended.code == 0
    assert {row["source"] for row in ended.lines} == set(catalogue())


# `sources log`


async def test_the_log_of_a_visit_says_what_was_asked_for_and_what_came_of_it(desk: Path, site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /b", "text/plain")
    site.put("/a", f"<html><body><p>{'Una nota. ' * 300}</p></body></html>")
    watch(desk, sur=[("feed", f"{site.address}/rss"), ("feed", f"{site.address}/none")])
    assert (await run(desk, "sources", "log", "sur")).err == "sur was never visited\n"
    await run(desk, "run", "sur")
    ended = await run(desk, "sources", "log", "sur")
    assert ended.code == 0
    first, _, *lines = ended.out.splitlines()
    assert re.match(r"sur, \d{4}-\d\d-\d\d \d\d:\d\d, by `tratawatch run`: failing: ", first)
    assert "(4 requests, 1 change, 1 gone)" in first
    said = " ".join(" ".join(lines).split())
    assert re.search(r"\d\d:\d\d:\d\d rules for robots 26 bytes ", said)
    assert re.search(r"\d\d:\d\d:\d\d list 2 entries ", said)
    assert re.search(r"\d\d:\d\d:\d\d list gone \(404\): the server ", said)
    assert re.search(r"\d\d:\d\d:\d\d item 3 kB ", said)
    await run(desk, "run", "sur")
    rows = (await run(desk, "sources", "log", "sur", "--visits", "2", "--json")).lines
    assert [row["role"] for row in rows] == ["robots", "watch", "watch", "item", "watch", "watch"]
    assert (await run(desk, "sources", "log", "nobody")).code == 2


# `sources add`

ROBOTS = "User-agent: *\nSitemap: {0}/sitemap.xml\nSitemap: {0}/news-sitemap.xml\n"
FRONT = """<!DOCTYPE html><html lang="es-PE"><head><title>Portada | Diario del Sur</title>{head}</head><body>
<nav><a href="/quienes-somos">Nosotros</a><a href="/contacto">Contacto</a></nav>
<a href="/sociedad/2026/02/05/rescatan-a-victimas-de-trata">Rescatan a víctimas de trata de personas</a> 5 de febrero
<a href="/sociedad/2026/02/04/congreso-debate-una-ley">Congreso</a>
<a href="/politica/2026/02/04/otra-nota-del-dia-x">x</a>
<a href="/sociedad/2026/02/03/una-nota-mas-larga">Una</a><a href="/sociedad/2026/01/03/la-ultima-nota-del-mes">Otra</a>
</body></html>"""


def front(site: Site, head: str = "") -> None:
    site.put("/", FRONT.format(head=head))


async def test_the_feed_that_a_site_names_is_found_shown_and_printed(desk: Path, site: Site) -> None:
    front(site, '<link rel="alternate" type="application/rss+xml" href="/rss">')
    ended = await run(desk, "sources", "add", f"{site.address}/", "--id", "sur")
    assert ended.code == 0, ended.err
    made = tomllib.loads(ended.out)["sources"]["sur"]
    assert (made["name"], made["language"]) == ("Diario del Sur", "es")
    (watched,) = made["watches"]
    assert (watched["kind"], watched["url"]) == ("feed", f"{site.address}/rss")
    assert "2 entries, the newest" in " ".join(ended.err.split())
    assert (desk / "tratawatch.toml").read_text(encoding="utf-8") == LOOPBACK


async def test_without_a_feed_the_most_frequent_shape_of_links_is_watched(desk: Path, site: Site) -> None:
    front(site)
    ended = await run(desk, "sources", "add", f"{site.address}/", "--id", "sur")
    (watched,) = tomllib.loads(ended.out)["sources"]["sur"]["watches"]
    assert watched["kind"] == "listing"
    assert re.search(watched["links"], f"{site.address}/sociedad/2027/11/30/una-nota-que-vendra")
    assert not re.search(watched["links"], f"{site.address}/quienes-somos")


async def test_sitemaps_of_robots_and_the_interface_of_wordpress_are_offered(desk: Path, site: Site) -> None:
    front(site, '<link rel="https://api.w.org/" href="/wp-json/">')
    site.put("/robots.txt", ROBOTS.format(site.address), "text/plain")
    site.put("/news-sitemap.xml", f"<urlset><url><loc>{site.address}/a-b-c-d</loc></url></urlset>", "text/xml")
    site.put("/wp-json/wp/v2/posts", '[{"link": "/a-b", "title": {"rendered": "A"}, "date": "2026-02-05"}]', JSON)
    ended = await run(desk, "sources", "add", site.address, "--id", "sur")
    (watched,) = tomllib.loads(ended.out)["sources"]["sur"]["watches"]
    assert (watched["kind"], watched["url"]) == ("sitemap", f"{site.address}/news-sitemap.xml")
    assert '# kind = "search"' in ended.out  # the others stand below
    assert "gone" in ended.err  # and what was named but is not there is said


async def test_an_address_that_is_a_feed_itself_is_watched_as_it_is(desk: Path, site: Site) -> None:
    ended = await run(desk, "sources", "add", f"{site.address}/rss", "--id", "sur")
    assert tomllib.loads(ended.out)["sources"]["sur"]["watches"][0]["url"] == f"{site.address}/rss"


async def test_what_is_written_is_appended_and_can_be_run(desk: Path, site: Site) -> None:
    watch(desk, one=[("feed", f"{site.address}/tags")])
    before = (desk / "tratawatch.toml").read_text(encoding="utf-8")
    ended = await run(desk, "sources", "add", f"{site.address}/rss", "--id", "sur", "--write")
    assert (ended.code, ended.out) == (0, "")
    after = (desk / "tratawatch.toml").read_text(encoding="utf-8")
    assert after.startswith(before)
    assert (await run(desk, "sources", "--check", "sur")).code == 0
    again = await run(desk, "sources", "add", f"{site.address}/rss", "--id", "sur", "--write")
    assert (again.code, "already" in again.err) == (2, True)
    other = await run(desk, "sources", "add", f"{site.address}/rss", "--id", "norte", "--write")
    assert (other.code, "watch the same address" in other.err) == (1, True)
    assert (desk / "tratawatch.toml").read_text(encoding="utf-8") == after


async def test_an_address_with_nothing_to_watch_says_so(desk: Path, site: Site) -> None:
    site.put("/empty", "<html><body><a href='/a'>A</a></body></html>")
    nothing = await run(desk, "sources", "add", f"{site.address}/empty", "--id", "sur")
    assert (nothing.code, nothing.out) == (1, "")
    assert "nothing there can be watched" in nothing.err
    missing = await run(desk, "sources", "add", f"{site.address}/missing", "--id", "sur")
    assert (missing.code, "gone" in missing.err) == (1, True)


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("https://www.diario-del-sur.example/rss", "diario_del_sur"),
        ("https://noticias.paper.example", "paper"),
        ("http://127.0.0.1:80/", "source"),
    ],
)
def test_a_source_is_called_by_the_name_in_its_host(url: str, named: str) -> None:
    assert id_of(url) == named
