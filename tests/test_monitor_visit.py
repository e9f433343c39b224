"""Visits of a newspaper on loopback: what a first one sets, what later ones find, and what must not fool them."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.chain.reading import Reading
from monitor.chain.walk import reading_of
from monitor.rehearsal.site import Site
from store import visits
from store.database import Store
from store.models import Capture
from tests.newspaper import FEED, Article, Newspaper, Watcher, configuration, source, story


@pytest.fixture
async def paper() -> AsyncIterator[Newspaper]:
    async with Site() as site:
        paper = Newspaper(site)
        paper.print(lima=story("1,814", "Lima"), cusco=story("734", "Cusco"))
        yield paper


@pytest.fixture
def watcher(store: Store, paper: Newspaper) -> Watcher:
    return Watcher(store, configuration(store, diario=source(paper.site.address + FEED)))


async def test_the_first_visit_sets_the_baseline_and_tells_one_summary(watcher: Watcher) -> None:
    found = await watcher.visit()
    assert sorted(found) == ["new_item", "new_item", "new_statistic 1814", "new_statistic 734"]
    assert watcher.report.verdict == "ok"
    assert [kind for kind, *_ in watcher.told()] == ["baseline"]
    assert len(watcher.told()[0]) == 1 + 4


async def test_a_visit_when_nothing_happened_is_answered_by_304_alone_and_changes_nothing(
    watcher: Watcher, paper: Newspaper
) -> None:
    await watcher.visit()
    paper.site.requests.clear()
    assert await watcher.visit() == []
    assert watcher.report.verdict == "nothing new"
    assert {request.status for request in paper.site.requests} == {304}
    assert [request.path for request in paper.site.requests] == [FEED, "/lima", "/cusco"]
    assert len(watcher.told()) == 1


async def test_who_waits_for_a_visit_sees_each_address_before_it_is_asked_for(
    watcher: Watcher, paper: Newspaper
) -> None:
    asked: list[tuple[str, int]] = []
    await asyncio.to_thread(watcher._sync)
    diario = watcher.configuration.sources["diario"]
    address = paper.site.address
    await watcher.visitor().visit(
        diario, "test", asks=lambda url: asked.append((url.removeprefix(address), len(paper.site.requests)))
    )
    assert asked == [(FEED, 0), ("/lima", 2), ("/cusco", 3)]  # robots.txt is asked for on the way


async def test_a_new_item_is_told_once(watcher: Watcher, paper: Newspaper) -> None:
    await watcher.visit()
    paper.print(puno=story("402", "Puno"))
    assert await watcher.visit() == ["new_item", "new_statistic 402"]
    assert await watcher.visit() == []
    assert watcher.told()[1:] == [["alert", "new_item", "new_statistic"]]


async def test_a_corrected_figure_is_told_once(watcher: Watcher, paper: Newspaper) -> None:
    await watcher.visit()
    paper.print(lima=story("1,841", "Lima"))
    assert await watcher.visit() == ["edited_item", "revised_statistic 1841 1814"]
    assert await watcher.visit() == []
    assert watcher.told()[1:] == [["alert", "edited_item", "revised_statistic"]]


async def test_a_figure_that_is_taken_out_is_withdrawn(watcher: Watcher, paper: Newspaper) -> None:
    await watcher.visit()
    article = paper.articles["lima"]
    paper.print(lima=replace(article, paragraphs=article.paragraphs[1:]))
    assert sorted(await watcher.visit()) == ["edited_item", "withdrawn_statistic 1814"]
    assert await watcher.visit() == []


async def test_a_story_that_grows_into_one_on_trafficking_is_told_when_it_does(
    watcher: Watcher, paper: Newspaper
) -> None:
    await watcher.visit()
    whole = story("402", "Puno")
    first = "Agentes y fiscales intervinieron un local nocturno en Puno. Noticia en desarrollo."
    paper.print(puno=replace(whole, title="Intervienen un local nocturno en Puno", paragraphs=(first,)))
    assert await watcher.visit() == []
    paper.print(puno=whole)
    assert await watcher.visit() == ["new_item", "new_statistic 402"]


async def test_an_item_on_something_else_is_not_looked_at_for_long(watcher: Watcher, paper: Newspaper) -> None:
    await watcher.visit()
    line = "El comité de vecinos pidió que se arregle la pista antes del aniversario del distrito, dijo su presidenta."
    paper.print(pista=replace(story("1", "Ica"), title="Operativo en la avenida", paragraphs=(line,)))
    await watcher.visit()
    for hours in (1, 3, 20):
        watcher.clock.forward(hours=hours)
        await watcher.visit()
    paper.site.requests.clear()
    await watcher.visit()
    assert "/pista" not in {request.path for request in paper.site.requests}


async def test_an_item_is_removed_when_it_was_gone_on_two_visits(watcher: Watcher, paper: Newspaper) -> None:
    await watcher.visit()
    paper.take_back("cusco")
    assert await watcher.visit() == []
    assert await watcher.visit() == ["removed_item"]
    assert await watcher.visit() == []
    assert watcher.told()[1:] == [["alert", "removed_item"]]


async def test_an_item_that_was_gone_once_and_came_back_is_no_news(watcher: Watcher, paper: Newspaper) -> None:
    await watcher.visit()
    article = paper.articles["cusco"]
    paper.take_back("cusco")
    await watcher.visit()
    paper.print(cusco=article)
    assert await watcher.visit() == []
    assert await watcher.visit() == []


@pytest.mark.parametrize("status", [200, 403, 503])
async def test_a_wall_before_an_article_is_no_news_nor_is_its_end(
    watcher: Watcher, paper: Newspaper, status: int
) -> None:
    await watcher.visit()
    paper.site.wall("/lima", status)
    assert await watcher.visit() == []
    paper.site.unwall("/lima")
    watcher.clock.forward(days=2)
    assert await watcher.visit() == []
    assert len(watcher.told()) == 1
    paper.print(lima=story("1,841", "Lima"))
    watcher.clock.forward(days=2)
    assert await watcher.visit() == ["edited_item", "revised_statistic 1841 1814"]


async def test_a_page_that_lost_most_of_its_text_is_no_news(watcher: Watcher, paper: Newspaper) -> None:
    await watcher.visit()
    article = paper.articles["lima"]
    paper.print(lima=replace(article, paragraphs=("Cargando...",)))
    assert await watcher.visit() == []
    paper.print(lima=article)
    assert await watcher.visit() == []
    assert len(watcher.told()) == 1


async def test_what_is_not_on_trafficking_is_kept_as_seen_with_its_reason(watcher: Watcher, paper: Newspaper) -> None:
    text = ("El equipo ganó por tres goles en la final del campeonato.",) * 3
    paper.print(futbol=Article("Ganó el equipo", text, paper.articles["lima"].published))
    await watcher.visit()
    item = watcher.items()["futbol"]
    assert (item.state, bool(item.relevant)) == ("passed_over", False)
    paper.site.requests.clear()
    await watcher.visit()
    assert "/futbol" not in {request.path for request in paper.site.requests}


async def test_what_only_seemed_to_be_on_trafficking_is_kept_as_seen_with_its_reason(
    watcher: Watcher, paper: Newspaper
) -> None:
    text = ("La trata de personas en Colombia creció, dijo un ministro de Colombia en Bogotá.",) * 3
    paper.print(bogota=Article("Trata de personas", text, paper.articles["lima"].published))
    assert len(await watcher.visit()) == 4
    item = watcher.items()["bogota"]
    assert not item.relevant
    assert item.reasons


async def test_an_old_item_waits_for_the_digest(watcher: Watcher, paper: Newspaper) -> None:
    await watcher.visit()
    paper.print(puno=story("402", "Puno", days_ago=45))
    assert await watcher.visit() == ["new_item", "new_statistic 402"]
    assert len(watcher.told()) == 1


async def test_a_new_watch_of_a_known_source_has_a_baseline_of_its_own(watcher: Watcher, paper: Newspaper) -> None:
    await watcher.visit()
    other = Newspaper(paper.site)
    feed = paper.site.address + FEED
    other.print(puno=story("402", "Puno"), ica=story("77", "Ica"))
    paper.site.put("/second.xml", str(other._feed(list(other.articles.items()))), "application/rss+xml")
    paper.print()
    both = source(
        feed, watches=[{"kind": "feed", "url": feed}, {"kind": "feed", "url": feed.replace(FEED, "/second.xml")}]
    )
    watcher.configuration = configuration(watcher.store, diario=both)
    assert len(await watcher.visit()) == 4
    assert [kind for kind, *_ in watcher.told()] == ["baseline", "baseline"]
    paper.print(tacna=story("55", "Tacna"))
    await watcher.visit()
    assert watcher.told()[2:] == [["alert", "new_item", "new_statistic"]]


async def test_a_dry_run_says_what_would_change_and_leaves_no_trace(
    watcher: Watcher, paper: Newspaper, tmp_path: Path
) -> None:
    await watcher.visit()
    paper.print(puno=story("402", "Puno"), lima=story("1,841", "Lima"))
    before = content(tmp_path / "store.db")
    found = await watcher.rehearse()
    assert sorted(found) == ["edited_item", "new_item", "new_statistic 402", "revised_statistic 1841 1814"]
    assert content(tmp_path / "store.db") == before
    assert sorted(await watcher.visit()) == sorted(found)


def content(path: Path) -> list[str]:
    """All rows of a store."""
    with sqlite3.connect(path) as connection:
        lines = list(connection.iterdump())
    connection.close()
    return lines


async def test_a_page_on_which_our_rules_fail_does_not_end_a_dry_run(
    watcher: Watcher, paper: Newspaper, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper.print(puno=story("402", "Puno"))

    def failing(capture: Capture, content: bytes) -> Reading:
        if capture.url.endswith("/puno"):
            raise RuntimeError("a rule")
        return reading_of(capture, content)

    monkeypatch.setattr("monitor.visits.visit.reading_of", failing)
    found = await watcher.rehearse()
    assert "new_statistic 1814" in found
    assert "new_statistic 402" not in found
    assert watcher.report.verdict == "failing"
    assert "our rules failed on it: RuntimeError: a rule" in (watcher.report.reason or "")


@pytest.mark.parametrize("outcome", ["closed", 500])
async def test_that_a_host_fails_to_which_a_list_links_says_nothing_about_the_source(
    store: Store, outcome: str | int
) -> None:
    async with Site() as site, Site() as other:
        title = "<title>Trata de personas en el Perú</title>"
        site.put(
            "/rss", f"<rss><channel><item>{title}<link>{other.address}/a</link></item></channel></rss>", "text/xml"
        )
        if outcome == "closed":
            await other.close_port()
        else:
            other.put("/robots.txt", "", status=500)
        watcher = Watcher(store, configuration(store, diario=source(f"{site.address}/rss")))
        await watcher.visit()
    assert watcher.report.verdict == "nothing new"
    assert [fetch.role for fetch in watcher.fetched() if fetch.outcome not in {"ok", "not_modified"}] == [
        "robots",
        "item",
    ]


async def test_a_source_that_is_being_visited_is_left_alone(watcher: Watcher) -> None:
    await watcher.visit()
    with watcher.store.write() as session:
        visits.begin(session, "diario", "another", watcher.clock.now())
    with pytest.raises(visits.SourceBusyError, match="diario: being visited since"):
        await watcher.visit()


async def test_a_visit_that_a_dead_process_left_open_is_ended_by_the_next(watcher: Watcher) -> None:
    await watcher.visit()
    with watcher.store.write() as session:
        visits.begin(session, "diario", "another", watcher.clock.now()).holder = "elsewhere:1:x"
    watcher.clock.forward(minutes=6)
    assert await watcher.visit() == []
    with watcher.store.read() as session:
        assert [visit.verdict for visit in visits.recent(session, "diario", 3)] == ["nothing new", "interrupted", "ok"]


async def test_what_a_crash_left_unread_is_read_before_anything_else(watcher: Watcher, paper: Newspaper) -> None:
    await watcher.visit()
    paper.print(puno=story("402", "Puno"))
    visitor = watcher.visitor()
    number = visitor._begin("diario", "test")
    assert await visitor._crawl(watcher.configuration.sources["diario"], number) is None
    heard: list[object] = []
    assert await watcher.visitor().read(heard.extend) == 1
    assert len(heard) == 2
    assert watcher.told()[1:] == [["alert", "new_item", "new_statistic"]]
