"""Visits of articles that stand under several addresses, or move from one to another: one article stays one item."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from monitor.rehearsal.site import Site
from store.database import Store
from tests.newspaper import FEED, Newspaper, Watcher, configuration, source, story


@pytest.fixture
async def paper() -> AsyncIterator[Newspaper]:
    async with Site() as site:
        paper = Newspaper(site)
        paper.print(lima=story("1,814", "Lima"), puno=story("402", "Puno"))
        yield paper


@pytest.fixture
async def watcher(store: Store, paper: Newspaper) -> Watcher:
    watcher = Watcher(store, configuration(store, diario=source(paper.site.address + FEED)))
    await watcher.visit()
    return watcher


def send_on(paper: Newspaper, old: str, new: str, status: int = 301) -> None:
    """Have a page answer with the address of another."""
    paper.site.put(f"/{old}", "", status=status, headers={"Location": f"/{new}"})


@pytest.mark.parametrize("status", [301, 302])
async def test_a_listed_address_that_leads_to_a_known_item_is_no_other_item(
    watcher: Watcher, paper: Newspaper, status: int
) -> None:
    paper.print(movil=story("402", "Puno"))
    send_on(paper, "movil", "puno", status)
    assert await watcher.visit() == []
    assert set(watcher.items()) == {"lima", "puno"}
    paper.site.requests.clear()
    await watcher.visit()
    assert "/movil" not in {request.path for request in paper.site.requests}


async def test_two_new_addresses_of_one_article_are_one_item(watcher: Watcher, paper: Newspaper) -> None:
    paper.print(movil=story("95", "Ica"), ica=story("95", "Ica"))
    send_on(paper, "movil", "ica")
    assert await watcher.visit() == ["new_item", "new_statistic 95"]
    assert set(watcher.items()) == {"lima", "puno", "ica"}


async def test_an_article_that_moved_and_is_listed_anew_is_followed(watcher: Watcher, paper: Newspaper) -> None:
    article = paper.articles.pop("puno")
    paper.print(archivo=article)
    send_on(paper, "puno", "archivo")
    assert await watcher.visit() == []
    assert set(watcher.items()) == {"lima", "archivo"}
    paper.print(archivo=story("420", "Puno"))
    assert await watcher.visit() == ["edited_item", "revised_statistic 420 402"]
    assert await watcher.visit() == []


async def test_of_two_items_that_turn_out_to_be_one_only_one_is_told_of(watcher: Watcher, paper: Newspaper) -> None:
    paper.print(archivo=story("402", "Puno"))
    await watcher.visit()
    send_on(paper, "puno", "archivo")
    assert await watcher.visit() == []
    del paper.articles["puno"]
    paper.print(archivo=story("420", "Puno"))
    send_on(paper, "puno", "archivo")
    assert await watcher.visit() == ["edited_item", "revised_statistic 420 402"]
    assert await watcher.visit() == []


async def test_addresses_that_lead_to_a_page_for_visitors_stay_items_of_their_own(
    watcher: Watcher, paper: Newspaper
) -> None:
    paper.print(ica=story("95", "Ica"), tacna=story("77", "Tacna"))
    paper.site.put("/entrar", "<html><body><h1>Acceso</h1><p>Inicie sesión para seguir leyendo.</p></body></html>")
    for name in ("ica", "tacna"):
        send_on(paper, name, "entrar", 302)
    assert await watcher.visit() == []
    watcher.clock.forward(hours=2)
    paper.print(ica=story("95", "Ica", days_ago=0.4), tacna=story("77", "Tacna", days_ago=0.4))
    found = await watcher.visit()
    assert sorted(found) == ["new_item", "new_item", "new_statistic 77", "new_statistic 95"]
