"""The traps of the sites that are watched, each as a replica of the structure that sets it, visited for real."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from aiohttp import web

from monitor.configuration.loading import catalogue
from monitor.rehearsal.site import HTML, Asked, Site
from monitor.text import read_page
from monitor.visits.verdict import judge_visit
from store.clock import Clock
from store.definitions import WatchDefinition
from tests.crawls import Crawls, said

PAGE = "<html><head><title>{title}</title></head><body><p>Rescatan a víctimas de trata en Puno.</p></body></html>"
JSON = "application/json"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with Site() as site:
        yield site


@pytest.fixture
def crawls(sqlite_url: str) -> Crawls:
    return Crawls(sqlite_url, Clock(real=datetime.now(UTC), told=datetime(2026, 3, 20, tzinfo=UTC)))


def rss(site: Site, *addresses: str, title: str = "Trata de personas en Puno") -> str:
    listed = "".join(f"<item><title>{title}</title><link>{site.address}{path}</link></item>" for path in addresses)
    return f'<rss version="2.0"><channel><title>P</title>{listed}</channel></rss>'


def feed(site: Site, *addresses: str) -> WatchDefinition:
    site.put("/rss", rss(site, *addresses), "application/rss+xml")
    return WatchDefinition(kind="feed", url=site.address + "/rss")


# A search whose fields hold markup, and whose order is not what its address says


def result(number: int, day: int) -> dict[str, str]:
    return {
        "url": f'<a class="card" href="/institucion/mp/noticias/{number}-trata-{number}">Ver &amp; leer</a>',
        "name_with_parent": f"<b>Fiscalía</b> contra la <em>trata de personas</em> {number}",
        "content": "<p>Rescatan a <strong>víctimas</strong>&nbsp;en Puno.</p>",
        "publication": f"{day} de marzo de 2026 - 6:29 p. m.",
    }


class Search:
    """A search of two results a page; only `sort_by=recent` sorts."""

    def __init__(self, site: Site) -> None:
        self.days = {1: 3, 2: 12, 3: 5, 4: 10}
        self.site = site
        for number in range(1, 7):
            site.put(f"/institucion/mp/noticias/{number}-trata-{number}", PAGE.format(title=number))
        site.put("/busquedas.json", self.answer, JSON)

    def answer(self, asked: Asked) -> str:
        order = list(self.days)
        if asked.query.get("sort_by") == ["recent"]:
            order.sort(key=lambda number: -self.days[number])
        sheet = int(self._one(asked.query, "sheet")) - 1
        results = [result(number, self.days[number]) for number in order[2 * sheet : 2 * sheet + 2]]
        return json.dumps({"data": {"attributes": {"results": results, "total": len(order)}}})

    @staticmethod
    def _one(query: Mapping[str, Sequence[str]], name: str) -> str:
        return query[name][0]

    def watch(self, order: str) -> WatchDefinition:
        url = f"{self.site.address}/busquedas.json?contenido[]=noticias&sort_by={order}&sheet=1"
        return WatchDefinition(kind="search", url=url, pages=3)


async def test_markup_in_the_fields_of_a_search_does_not_reach_title_or_address(site: Site, crawls: Crawls) -> None:
    crawls.define(Search(site).watch("recent"), identity=r"/noticias/(\d+)-")
    await crawls.visit()
    item = crawls.items()[0]
    assert item.title == "Fiscalía contra la trata de personas 2"
    assert item.url == f"{site.address}/institucion/mp/noticias/2-trata-2"
    assert (item.key, item.published) == ("paper:2", date(2026, 3, 12))
    assert item.entry["summary"] == "Rescatan a víctimas en Puno."


async def test_the_pages_of_a_search_that_sorts_are_read_up_to_what_is_known(site: Site, crawls: Crawls) -> None:
    search = Search(site)
    crawls.define(search.watch("recent"), identity=r"/noticias/(\d+)-")
    await crawls.visit()
    search.days[5] = 15
    read = [line for line in await crawls.visit() if line.role == "watch"]
    assert (len(read), len(crawls.items())) == (2, 5)


async def test_a_search_that_does_not_sort_as_it_says_is_read_to_its_end(site: Site, crawls: Crawls) -> None:
    search = Search(site)
    crawls.define(search.watch("published_date"), identity=r"/noticias/(\d+)-")
    await crawls.visit()
    search.days[5] = 15  # on the third page, after one that is known
    await crawls.visit()
    assert {item.key for item in crawls.items()} == {f"paper:{number}" for number in range(1, 6)}


def test_no_search_of_the_catalogue_asks_for_the_order_that_does_not_sort() -> None:
    addresses = [watch["url"] for source in catalogue().values() for watch in source["watches"]]
    assert not [url for url in addresses if "published_date" in url]
    assert all("sort_by=recent" in url for url in addresses if "busquedas." in url)


# Addresses


async def test_a_slug_with_slashes_is_one_item(site: Site, crawls: Crawls) -> None:
    slug = "/es/news/el-diario-7/03/2018-todos-deben-saber-sobre-la-trata"
    card = (
        f'<article><h3><a href="{slug}">Trata de personas</a></h3><time datetime="2018-03-07">7 Marzo</time></article>'
    )
    site.put("/es/news", f"<html><body>{card}<a href='/es/news'>Todas</a></body></html>")
    site.put(slug, PAGE.format(title="Todos"))
    crawls.define(WatchDefinition(kind="listing", url=site.address + "/es/news", links=r"/es/news/.+"))
    assert said(await crawls.visit())[-1] == ("item", slug, "ok")
    assert [(item.url, item.published) for item in crawls.items()] == [(site.address + slug, date(2018, 3, 7))]


async def test_an_address_that_was_joined_wrongly_and_still_serves_content_is_the_item_at_its_end(
    site: Site, crawls: Crawls
) -> None:
    true = "/agencia/noticia-rescatan-a-victimas-732749.aspx"
    joined = f"/agencia/noticia-otra-cosa-558146.aspx/www.paper.example{true}"
    english = "/ingles/noticia-rescatan-a-victimas-732749.aspx"
    for path in (true, joined, english):
        site.put(path, PAGE.format(title="Rescatan"))
    crawls.define(feed(site, joined, true, english), identity=r"noticia-[^/]*-(\d+)\.aspx")
    await crawls.visit()
    assert [item.key for item in crawls.items()] == ["paper:732749"]
    assert len(crawls.captures()) == 1


async def test_the_edition_of_a_report_is_one_item_on_whichever_host_it_stands(site: Site, crawls: Crawls) -> None:
    identity = str(catalogue()["state"]["identity"])
    async with Site() as archive:
        path = "/reports/2019-trafficking-in-persons-report-2/peru/"
        archive.put(path, PAGE.format(title="PERU: Tier 2"))
        report = WatchDefinition(kind="document", url=site.address + path, alternates=(archive.address + path,))
        crawls.define(report, identity=identity)
        assert ("watch", path, "ok") in said(await crawls.visit())
        # The archive's own list of its reports names it, too; and then it stands on its first host.
        archive.put("/list", f"<html><body><a href='{path}'>Peru</a></body></html>")
        listing = WatchDefinition(kind="listing", url=archive.address + "/list", links="/peru/")
        site.put(path, PAGE.format(title="PERU: Tier 2"))
        crawls.define(replace(report), listing, identity=identity)
        await crawls.visit()
    assert [(item.key, item.url) for item in crawls.items()] == [("paper:2019", site.address + path)]


# Dates


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Dom, 21/06/2026 - 08:00", date(2026, 6, 21)),
        ("2026-02-06T03:00:00Z", date(2026, 2, 5)),  # still the day before in Lima
        ("2 de diciembre de 2024 - 6:29 p. m.", date(2024, 12, 2)),
    ],
)
def test_a_date_of_a_page_is_read_as_its_site_writes_it(written: str, day: date) -> None:
    lines = "<p>La trata de personas es un delito que golpea a mujeres jóvenes del Perú, recordó la fiscal.</p>" * 5
    head = f'<meta property="article:published_time" content="{written}">'
    page = f"<html><head>{head}</head><body><article><h1>Trata</h1>{lines}</article></body></html>"
    read = read_page(page.encode(), HTML, {}, datetime(2026, 7, 1, tzinfo=UTC))
    assert read.published == day


async def test_a_month_that_has_just_begun_may_have_nothing_yet(site: Site, sqlite_url: str) -> None:
    crawls = Crawls(sqlite_url, Clock(real=datetime.now(UTC), told=datetime(2026, 3, 1, 12, tzinfo=UTC)))
    empty = "<html><body><a href='/inicio'>Inicio</a></body></html>"
    site.put("/list?nMes=3&nAnio=2026", empty)
    site.put("/list?nMes=2&nAnio=2026", "<html><body><a href='/c.asp?sCodigo=C-052/26'>Gol</a></body></html>")
    url = site.address + "/list?nMes={month}&nAnio={year}"
    crawls.define(WatchDefinition(kind="listing", url=url, links="sCodigo="), identity=r"sCodigo=([A-Z]+-\d+/\d+)")
    log = await crawls.visit()
    assert [line.entries for line in log if line.role == "watch"] == [None, 1]
    assert judge_visit(log, changed=False).verdict == "nothing new"
    later = Crawls(sqlite_url, Clock(real=datetime.now(UTC), told=datetime(2026, 3, 9, 12, tzinfo=UTC)))
    assert judge_visit(await later.visit(), changed=False).verdict == "silent"


# Pages that only a postback turns to


class Postback:
    """A search of ASP.NET: by relevance, three a page; a page is turned by sending back the state that it came with."""

    def __init__(self) -> None:
        self.found = list(range(1, 12))
        self.sent: list[dict[str, str]] = []
        self.action = "busqueda.aspx?search=trata"

    async def answer(self, request: web.Request) -> web.Response:
        number = 1
        if request.method == "POST":
            form = {name: str(value) for name, value in (await request.post()).items()}
            self.sent.append(form)
            if form["__VIEWSTATE"] != f"state+of/{form['shown']}=" or request.query_string != "search=trata":
                return web.Response(status=500)
            number = int(form["__EVENTTARGET"].rpartition("$lnk")[2])
        if "busqueda" not in request.path:
            return web.Response(text="<html><body><p>x</p></body></html>", content_type="text/html")
        links = "".join(
            f'<h2><a href="/agencia/noticia-trata-{one}.aspx">Trata de personas {one}</a></h2>'
            for one in self.found[3 * number - 3 : 3 * number]
        )
        pager = "".join(
            f"<a href=\"javascript:__doPostBack('ctl00$dlPaging$lnk{one}','')\">{one}</a>"
            for one in range(1, 5)
            if one != number
        )
        state = {"__VIEWSTATE": f"state+of/{number}=", "shown": str(number)}
        hidden = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in state.items())
        body = f'<html><body><form method="post" action="{self.action}">{hidden}{links}{pager}</form></body></html>'
        return web.Response(text=body, content_type="text/html")


@pytest.fixture
async def postback() -> AsyncIterator[tuple[Postback, str]]:
    search, app = Postback(), web.Application()
    app.router.add_route("*", "/{path:.*}", search.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield search, f"http://127.0.0.1:{runner.addresses[0][1]}/agencia/busqueda.aspx?search=trata"
    await runner.cleanup()


def andina(url: str) -> WatchDefinition:
    return WatchDefinition(kind="listing", url=url, links=r"/noticia-[^/]+-\d+\.aspx", pages=3)


async def test_pages_without_addresses_are_turned_by_sending_their_form(
    crawls: Crawls, postback: tuple[Postback, str]
) -> None:
    search, url = postback
    crawls.define(andina(url), identity=r"-(\d+)\.aspx")
    log = [line for line in await crawls.visit() if line.role == "watch"]
    assert [(line.url.removeprefix(url), line.outcome, line.entries) for line in log] == [
        ("", "ok", 3),
        ("#2", "ok", 3),
        ("#3", "ok", 3),
    ]
    assert [item.key for item in crawls.items()] == [f"paper:{number}" for number in range(1, 10)]
    assert [form["__EVENTTARGET"] for form in search.sent] == ["ctl00$dlPaging$lnk2", "ctl00$dlPaging$lnk3"]
    search.found.insert(7, 99)
    await crawls.visit()
    assert "paper:99" in {item.key for item in crawls.items()}


async def test_a_form_is_sent_to_no_other_host(crawls: Crawls, postback: tuple[Postback, str]) -> None:
    search, url = postback
    search.action = "http://other.example/busqueda.aspx"
    crawls.define(andina(url))
    assert [line.url for line in await crawls.visit() if line.role == "watch"] == [url]
    assert search.sent == []
