"""The stage of the rehearsal: it opens, moves through the three days and closes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import aiohttp
import pytest

from monitor.configuration.sources import SourceSection
from monitor.rehearsal.rehearsal import Rehearsal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

START = date(2025, 5, 4)


@pytest.fixture
async def stage() -> AsyncIterator[Rehearsal]:
    async with Rehearsal.start(START) as stage:
        yield stage


async def fetch(stage: Rehearsal, key: str) -> tuple[int, str]:
    article = stage.story.articles[key]
    async with aiohttp.ClientSession() as client, client.get(stage.addresses[article.site] + article.path) as answer:
        return answer.status, await answer.text()


async def sweep(stage: Rehearsal, tags: dict[str, str]) -> dict[str, int]:
    """Ask every site for every page once, with the ETags known; returns how often each status was given."""
    given: dict[str, int] = {}
    async with aiohttp.ClientSession() as client:
        for site in stage.sites.values():
            for path in site.paths():
                url = site.address + path
                headers = {"If-None-Match": tags[url]} if url in tags else {}
                async with client.get(url, headers=headers) as answer:
                    tags[url] = answer.headers.get("ETag", "")
                    given[str(answer.status)] = given.get(str(answer.status), 0) + 1
    return given


async def test_the_stage_opens_at_the_first_moment(stage: Rehearsal) -> None:
    assert stage.clock() == stage.story.moments[0].at
    assert (await fetch(stage, "ilo/peru-joint-plan"))[0] == 200
    assert (await fetch(stage, "gobpe/registro-de-victimas"))[0] == 404
    assert len({stage.receiver.url, stage.mailbox.port, *stage.addresses.values()}) == 7


async def test_when_nothing_happens_every_page_but_the_live_one_is_answered_304(stage: Rehearsal) -> None:
    tags: dict[str, str] = {}
    first = await sweep(stage, tags)
    second = await sweep(stage, tags)
    assert first == {"200": sum(first.values())}
    assert second == {"200": 1, "304": sum(first.values()) - 1}


async def test_the_three_days_pass_as_the_story_says(stage: Rehearsal) -> None:
    seen = {}
    for moment in stage.story.moments:
        stage.advance_to(moment)
        status, walled = await fetch(stage, "news/detenidos-trata")
        seen[moment.at.strftime("%d %H")] = (
            (await fetch(stage, "gobpe/registro-de-victimas"))[0],
            "368 víctimas" in (await fetch(stage, "iom/casas-de-acogida"))[1],
            status,
            "not a robot" in walled,
            "96 operations" in (await fetch(stage, "ilo/peru-joint-plan"))[1],
            (await fetch(stage, "state/report"))[0],
        )
    assert seen == {
        "04 09": (404, False, 200, False, True, 200),
        "05 10": (200, False, 200, False, True, 200),
        "05 13": (200, False, 200, False, True, 200),
        "05 16": (200, True, 200, False, True, 200),
        "05 19": (200, True, 200, True, True, 200),
        "06 08": (200, True, 200, False, True, 200),
        "06 10": (200, True, 200, False, False, 200),
        "06 13": (200, True, 200, False, False, 500),
        "06 18": (200, True, 200, False, False, 200),
    }


async def test_advancing_to_a_later_moment_passes_those_between(stage: Rehearsal) -> None:
    stage.advance_to(stage.story.moments[-1])
    assert stage.clock() == stage.story.moments[-1].at
    assert "368 víctimas" in (await fetch(stage, "iom/casas-de-acogida"))[1]
    assert (await fetch(stage, "state/report"))[0] == 200
    stage.advance_to(stage.story.moments[0])
    assert stage.clock() == stage.story.moments[-1].at


async def test_the_definitions_of_the_sources_lead_to_what_is_served(stage: Rehearsal) -> None:
    report = stage.story.articles["state/report"].path
    year = report.split("/")[2][:4]
    async with aiohttp.ClientSession() as client:
        for source in stage.sources:
            for watch in source["watches"]:
                url = watch["url"].replace("{year}", year)
                async with client.get(url) as answer:
                    assert answer.status == 200, url
    assert [source["spider"] for source in stage.sources] == ["ilo", "iom", "state", "news", "news"]


async def test_the_definitions_of_the_sources_are_what_the_configuration_takes(stage: Rehearsal) -> None:
    for source in stage.sources:
        name = source.pop("id")
        assert SourceSection.model_validate(source).definition(name).id == name


async def test_editions_that_are_not_out_are_missing(stage: Rehearsal) -> None:
    report = stage.story.articles["state/report"].path
    later = report.replace(report.split("/")[2][:4], "2025")
    async with aiohttp.ClientSession() as client, client.get(stage.addresses["state"] + later) as answer:
        assert answer.status == 404
