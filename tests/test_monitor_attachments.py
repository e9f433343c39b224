"""Files that an article links: which ones, and how they become items of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from monitor.chain.attachments import attachments
from monitor.rehearsal.site import Site
from store.database import Store
from tests.newspaper import FEED, Newspaper, Watcher, configuration, source, story

URL = "https://www.paper.example/noticias/informe"
LINES = "".join(
    f"<p>La trata de personas es un delito que golpea a mujeres jóvenes del Perú, recordó la fiscal {n}.</p>"
    for n in range(9)
)
CSV = "text/csv; charset=utf-8"
TABLE = "Víctimas de trata de personas registradas en el Perú en 2024\nDepartamento,Víctimas\nLima,412\nPuno,91\n"


def linked(body: str, url: str = URL) -> list[str]:
    menu = "<nav><a href='/menu.pdf'>Menú</a></nav>"
    page = f"<html><body>{menu}<article><h1>Informe</h1>{LINES}{body}</article></body></html>"
    return [one.url for one in attachments(page.encode(), "text/html; charset=utf-8", url)]


def test_papers_and_workbooks_of_the_article_are_its_children() -> None:
    body = '<p>El <a href="/files/informe.PDF?v=2#page=3">informe</a>, los <a href="cuadros.xlsx">cuadros</a>.</p>'
    body += '<p>Ver <a href="/otra-noticia">otra noticia</a> y <a href="mailto:a@paper.example">escriba</a>.</p>'
    assert linked(body) == [
        "https://www.paper.example/files/informe.PDF?v=2",
        "https://www.paper.example/noticias/cuadros.xlsx",
    ]


def test_files_of_other_sites_are_left_alone_but_not_those_of_a_host_below() -> None:
    body = '<p><a href="https://other.example/a.pdf">a</a> <a href="https://cdn.www.paper.example/b.pdf">b</a></p>'
    body += '<p><a href="https://files.paper.example/c.pdf">c</a> <a href="https://notpaper.example/d.pdf">d</a></p>'
    assert linked(body) == ["https://cdn.www.paper.example/b.pdf", "https://files.paper.example/c.pdf"]


def test_a_file_that_is_linked_twice_is_one_and_a_page_has_few_children() -> None:
    body = '<p><a href="/a.pdf">a</a><a href="http://paper.example/a.pdf#x">again</a></p>'
    body += "".join(f'<p><a href="/{n}.pdf">{n}</a></p>' for n in range(20))
    assert linked(body) == [f"https://www.paper.example/{name}.pdf" for name in ("a", 0, 1, 2, 3)]


def test_what_is_no_page_has_no_children() -> None:
    assert attachments(b"%PDF-1.7", "application/pdf", URL) == ()
    assert attachments(b"", "text/html", URL) == ()


@pytest.fixture
async def paper() -> AsyncIterator[Newspaper]:
    async with Site() as site:
        yield Newspaper(site)


@pytest.fixture
def watcher(store: Store, paper: Newspaper) -> Watcher:
    return Watcher(store, configuration(store, diario=source(paper.site.address + FEED)))


def with_link(paper: Newspaper, name: str, file: str) -> None:
    """Put a link to a file into the article of that name."""
    page = paper.site._pages[f"/{name}"].body
    assert isinstance(page, str)
    paper.site.put(
        f"/{name}", page.replace("</article>", f'<p>Los <a href="/{file}">cuadros</a> están aquí.</p></article>')
    )


async def test_a_file_that_a_relevant_item_links_is_read_in_the_next_visit(paper: Newspaper, watcher: Watcher) -> None:
    paper.print(old=story("700", "Tacna"))
    await watcher.visit()
    paper.print(puno=story("1,814", "Puno"))
    with_link(paper, "puno", "cuadros.csv")
    paper.site.put("/cuadros.csv", TABLE, CSV)
    assert "new_item" in await watcher.visit()
    child = watcher.items()["cuadros.csv"]
    assert (child.state, child.title, child.entry["parent"]) == ("pending", "cuadros", paper.site.address + "/puno")
    changed = await watcher.visit()
    assert changed[0] == "new_item"
    assert "new_statistic 412.0" in changed or "new_statistic 412" in changed
    child = watcher.items()["cuadros.csv"]
    assert (child.relevant, child.published_reason) == (True, "the page that links it")
    assert child.published == watcher.items()["puno"].published
    assert await watcher.visit() == []


async def test_the_files_of_a_baseline_belong_to_it(paper: Newspaper, watcher: Watcher) -> None:
    paper.print(puno=story("1,814", "Puno"))
    with_link(paper, "puno", "cuadros.csv")
    paper.site.put("/cuadros.csv", TABLE, CSV)
    await watcher.visit()
    await watcher.visit()
    assert watcher.items()["cuadros.csv"].baseline
    assert {kind for kind, *_ in watcher.told()} == {"baseline"}


async def test_a_file_that_an_edit_adds_to_an_item_of_the_baseline_is_news(paper: Newspaper, watcher: Watcher) -> None:
    paper.print(puno=story("1,814", "Puno"))
    await watcher.visit()
    paper.site.put("/cuadros.csv", TABLE, CSV)
    with_link(paper, "puno", "cuadros.csv")
    await watcher.visit()
    assert not watcher.items()["cuadros.csv"].baseline


async def test_an_item_that_is_not_relevant_has_no_children(paper: Newspaper, watcher: Watcher) -> None:
    paper.print(puno=story("1,814", "Puno"))
    lines = "<p>El municipio inauguró una plaza nueva en la ciudad.</p>" * 9
    page = f"<html><body><article><h1>Obras</h1>{lines}</article></body></html>"
    paper.site.put("/puno", page)
    with_link(paper, "puno", "cuadros.csv")
    await watcher.visit()
    assert set(watcher.items()) == {"puno"}


async def test_a_moved_item_keeps_its_old_address_and_is_asked_for_at_the_new_one(
    paper: Newspaper, watcher: Watcher
) -> None:
    paper.print(puno=story("1,814", "Puno"))
    await watcher.visit()
    paper.site.put("/seccion/puno-hoy", paper.site._pages["/puno"].body)
    moved = {"Location": f"{paper.site.address}/seccion/puno-hoy"}
    paper.site.put("/puno", "", status=301, headers=moved)
    assert await watcher.visit() == []
    (item,) = watcher.items().values()
    assert item.url == f"{paper.site.address}/seccion/puno-hoy"
    watcher.clock.forward(hours=1)
    await watcher.visit()
    assert [one.url.rpartition("/")[2] for one in watcher.fetched() if one.role == "item"] == ["puno-hoy"]
    # A feed that lists it under the new address, and one that lists it under the old, list nothing new.
    paper.articles["seccion/puno-hoy"] = paper.articles.pop("puno")
    paper.print()
    await watcher.visit()
    assert len(watcher.items()) == 1


async def test_a_moved_item_whose_text_changed_too_is_an_edit(paper: Newspaper, watcher: Watcher) -> None:
    paper.print(puno=story("1,814", "Puno"))
    await watcher.visit()
    page = paper.site._pages["/puno"].body
    assert isinstance(page, str)
    paper.site.put("/nueva/puno", page.replace("1,814", "1,902"))
    paper.site.put("/puno", "", status=308, headers={"Location": f"{paper.site.address}/nueva/puno"})
    assert "revised_statistic 1902.0 1814.0" in [
        line.replace(" 1902 1814", " 1902.0 1814.0") for line in await watcher.visit()
    ]
    assert [item.url for item in watcher.items().values()] == [f"{paper.site.address}/nueva/puno"]


@pytest.mark.parametrize(("status", "place"), [(302, "/nueva/puno"), (301, "/")])
async def test_a_detour_or_a_front_page_is_no_new_address(
    paper: Newspaper, watcher: Watcher, status: int, place: str
) -> None:
    paper.print(puno=story("1,814", "Puno"))
    await watcher.visit()
    paper.site.put(place, paper.site._pages["/puno"].body)
    paper.site.put("/puno", "", status=status, headers={"Location": paper.site.address + place})
    await watcher.visit()
    assert [item.url for item in watcher.items().values()] == [f"{paper.site.address}/puno"]


async def test_two_items_that_lead_to_one_page_do_not_become_one(paper: Newspaper, watcher: Watcher) -> None:
    paper.print(puno=story("1,814", "Puno"), cusco=story("77", "Cusco"))
    await watcher.visit()
    for name in ("puno", "cusco"):
        page = paper.site._pages[f"/{name}"].body
        paper.site.put("/archivo/todo", page)
        paper.site.put(f"/{name}", "", status=301, headers={"Location": f"{paper.site.address}/archivo/todo"})
    await watcher.visit()
    assert sorted(item.url.rpartition("/")[2] for item in watcher.items().values()) != ["todo", "todo"]


async def test_a_paid_piece_is_labelled(paper: Newspaper, watcher: Watcher) -> None:
    paper.print(**{"publirreportaje/puno": story("1,814", "Puno"), "cusco": story("77", "Cusco")})
    await watcher.visit()
    labelled = {
        line["url"].rpartition("/")[2]: line["detail"].get("sponsored")
        for line in watcher.heard
        if line["change"] == "new_item"
    }
    assert labelled == {"puno": True, "cusco": None}
