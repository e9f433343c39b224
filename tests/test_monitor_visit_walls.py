"""Walls that stand for hours before articles while lists answer: operators hear of each once, and once of its end."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from monitor.rehearsal.site import Site
from monitor.visits.verdict import next_state
from store.database import Store
from tests.newspaper import FEED, Newspaper, Watcher, configuration, source, story


@pytest.fixture
async def paper() -> AsyncIterator[Newspaper]:
    async with Site() as site:
        paper = Newspaper(site)
        paper.print(lima=story("1,814", "Lima"), cusco=story("734", "Cusco"))
        yield paper


async def hours(watcher: Watcher, count: int) -> list[str]:
    """Hourly visits; what operators hear."""
    heard = []
    for _ in range(count):
        heard += [said for said in await watcher.visit() if said.startswith("source_")]
        watcher.clock.forward(hours=1)
    return heard


async def test_a_wall_before_the_articles_is_told_once_and_its_end_once(store: Store, paper: Newspaper) -> None:
    watcher = Watcher(store, configuration(store, diario=source(paper.site.address + FEED)))
    assert await hours(watcher, 2) == []
    for path in ("/lima", "/cusco"):
        paper.site.wall(path, 403)
    assert await hours(watcher, 12) == ["source_failing"]
    for path in ("/lima", "/cusco"):
        paper.site.unwall(path)
    assert await hours(watcher, 20) == ["source_recovered"]


async def test_a_list_that_answers_again_is_enough_where_the_list_had_failed(store: Store, paper: Newspaper) -> None:
    watcher = Watcher(store, configuration(store, diario=source(paper.site.address + FEED)))
    await hours(watcher, 1)
    paper.site.break_with(500)
    assert await hours(watcher, 3) == ["source_failing"]
    paper.site.mend()
    assert await hours(watcher, 1) == ["source_recovered"]


def test_what_failed_recovers_only_when_it_was_asked_for_again() -> None:
    rules = {"failing_after": 2, "silent_after": 3}
    assert next_state("failing", ["nothing new", "blocked"], proven=False, **rules) == "failing"
    assert next_state("failing", ["nothing new", "blocked"], proven=True, **rules) == "ok"
    assert next_state("ok", ["nothing new", "blocked"], proven=False, **rules) == "ok"
