"""The replica sites have the structure, the dates and the traps of the real ones, and a reader can take their texts."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import feedparser
import pytest
import trafilatura
from lxml import html

from monitor.rehearsal.articles import LIMA, Article, edition, read_articles
from monitor.rehearsal.pages import moment_es
from monitor.rehearsal.replicas import (
    GOBPE_SEARCH,
    ILO_LISTING,
    IOM_LISTING,
    LAYOUTS,
    NEWS_FEED,
    STATE_FEED,
    Layout,
)
from monitor.rehearsal.site import Asked
from monitor.rehearsal.sources import sources
from monitor.rehearsal.story import Story

if TYPE_CHECKING:
    pass

START = date(2025, 5, 4)  # in the past: date readers rightly refuse dates in the future
ADDRESS = "http://127.0.0.1:8000"
ARTICLES = read_articles(START)
STORY = Story(START)
BASELINE = STORY.articles_at(STORY.moments[0])


def layout(site: str, articles: list[Article] = BASELINE) -> Layout:
    return LAYOUTS[site]([article for article in articles if article.site == site], ADDRESS)


def page(pages: Layout, path: str, query: dict[str, list[str]] | None = None, times: int = 0) -> str:
    body = pages[path].body
    if callable(body):
        return body(Asked(query or {}, times))
    assert isinstance(body, str)
    return body


def search(pages: Layout, **query: str) -> list[dict[str, Any]]:
    found = json.loads(page(pages, GOBPE_SEARCH, {key: [value] for key, value in query.items()}))
    results: list[dict[str, Any]] = found["data"]["attributes"]["results"]
    return results


@pytest.mark.parametrize("article", ARTICLES.values(), ids=lambda article: article.key)
def test_the_text_title_and_date_of_an_article_can_be_taken_without_what_stands_around(article: Article) -> None:
    markup = page(layout(article.site, list(ARTICLES.values())), article.path)
    taken = trafilatura.bare_extraction(markup.encode(), url=ADDRESS + article.path, with_metadata=True)
    assert taken is not None
    assert not isinstance(taken, dict)
    assert taken.title == article.title
    assert taken.date == article.published.date().isoformat()
    lines = (taken.text or "").split("\n")
    body = [line for line in lines if line in article.paragraphs]
    assert body == list(article.paragraphs)
    above = lines[: lines.index(article.paragraphs[0])]
    assert len(above) <= 3, "a title, a label and a date at most"
    assert lines[len(above) :] == body


@pytest.mark.parametrize("article", BASELINE, ids=lambda article: article.key)
def test_an_article_page_has_the_size_of_a_real_one(article: Article) -> None:
    assert 4_000 <= len(page(layout(article.site), article.path)) <= 60_000


def test_relevant_articles_have_the_length_of_real_ones() -> None:
    keys = ["ilo/peru-joint-plan", "iom/casas-de-acogida", "state/report", "news/detenidos-trata", "gobpe/loreto"]
    lengths = {key: sum(len(paragraph.split()) for paragraph in ARTICLES[key].paragraphs) for key in keys}
    assert all(150 <= words <= 500 for words in lengths.values()), lengths


@pytest.mark.parametrize(("site", "path"), [("ilo", ILO_LISTING), ("iom", IOM_LISTING)])
def test_a_listing_leads_to_every_article_newest_first_over_its_pages(site: str, path: str) -> None:
    pages = layout(site)
    definition = next(source for source in sources(dict.fromkeys(LAYOUTS, ADDRESS)) if source["id"] == site)
    pattern = re.compile(definition["watches"][0]["links"])
    numbers = [key for key in pages if "?page=" in key]
    links: list[str] = []
    for number in range(len(numbers)):
        tree = html.fromstring(page(pages, f"{path}?page={number}"))
        found = [str(link) for link in tree.xpath("//main//a/@href") if pattern.search(str(link))]
        links += dict.fromkeys(found)
    dates = [next(article.published for article in BASELINE if article.path == link) for link in links]
    assert dates == sorted(dates, reverse=True)
    assert {*links} == {article.path for article in BASELINE if article.site == site}
    assert page(pages, path) == page(pages, f"{path}?page=0")


def test_a_listing_names_its_next_page_until_the_last() -> None:
    pages = layout("ilo")
    following = [
        [
            str(link)
            for link in html.fromstring(page(pages, f"{ILO_LISTING}?page={number}")).xpath("//a[@rel='next']/@href")
        ]
        for number in range(2)
    ]
    assert following == [["?page=1"], []]


def test_the_ilo_listing_has_times_captions_and_links_to_other_things_between_items() -> None:
    tree = html.fromstring(page(layout("ilo"), ILO_LISTING))
    times = [datetime.fromisoformat(str(value)) for value in tree.xpath("//article//time/@datetime")]
    assert times[0] == max(times)
    assert len(tree.xpath("//figcaption")) == len(times)
    assert "View all" in tree.text_content()


def test_an_iom_article_shows_type_and_scope_above_the_title_and_may_have_slashes_in_its_slug() -> None:
    slashed = ARTICLES["iom/nadie-viaja"]
    assert slashed.path.removeprefix("/es/news/").count("/") == 2
    markup = page(layout("iom"), slashed.path)
    assert markup.index("Comunicado") < markup.index('field--name-scope">Local') < markup.index("<h1")


def test_the_report_stands_at_the_path_of_its_edition_with_its_tier_in_a_heading() -> None:
    report = ARTICLES["state/report"]
    assert report.path == f"/reports/{edition(START)}-trafficking-in-persons-report/peru/"
    tree = html.fromstring(page(layout("state"), report.path))
    assert [str(node.text) for node in tree.cssselect(".entry-content h2")] == ["PERU (Tier 2)"]


@pytest.mark.parametrize(("start", "newest"), [(date(2025, 5, 4), 2024), (date(2025, 11, 4), 2025)])
def test_the_newest_edition_depends_on_the_month(start: date, newest: int) -> None:
    assert edition(start) == newest
    assert read_articles(start)["state/report"].published.date() < start


@pytest.mark.parametrize(("site", "path", "count"), [("news", NEWS_FEED, 15), ("state", STATE_FEED, 4)])
def test_a_feed_can_be_parsed_and_leads_to_articles(site: str, path: str, count: int) -> None:
    feed = feedparser.parse(page(layout(site), path))
    assert not feed.bozo
    assert len(feed.entries) == count
    by_address = {ADDRESS + article.path: article for article in BASELINE}
    for entry in feed.entries:
        article = by_address[entry.link]
        assert entry.title == article.title
        assert entry.published_parsed[:5] == article.published.utctimetuple()[:5]
    dates = [entry.published_parsed for entry in feed.entries]
    assert dates == sorted(dates, reverse=True)


def test_the_oldest_item_rolls_off_the_short_feed() -> None:
    before = feedparser.parse(page(layout("news"), NEWS_FEED))
    after = feedparser.parse(page(layout("news", list(ARTICLES.values())), NEWS_FEED))
    assert len(after.entries) == len(before.entries) == 15
    assert before.entries[-1].link not in {entry.link for entry in after.entries}


def test_a_live_page_changes_its_counters_and_not_its_text() -> None:
    path = ARTICLES["news/detenidos-trata"].path
    first, second = (page(layout("news"), path, times=times) for times in (0, 1))
    assert first != second
    assert trafilatura.extract(first) == trafilatura.extract(second)


def test_a_search_result_has_an_anchor_a_title_and_a_spanish_date() -> None:
    (result,) = search(layout("gobpe"), **{"institucion[]": "mininter", "sort_by": "recent"})
    article = ARTICLES["gobpe/vacaciones"]
    (anchor,) = html.fragments_fromstring(result["url"])
    assert anchor.get("href") == article.path
    assert result["name_with_parent"] == article.title
    assert article.summary in result["content"]
    assert result["publication"] == "1 de mayo de 2025 - 3:10 p. m."


def test_a_search_gives_twenty_five_a_sheet_and_sorts_only_when_asked_for_recent() -> None:
    pages = layout("gobpe")
    asked = {"institucion[]": "mpfn", "sort_by": "recent"}
    first, second, third = (search(pages, **asked, sheet=sheet) for sheet in "123")
    assert (len(first), len(second), len(third)) == (25, 3, 0)
    by_title = {article.title: article.published for article in BASELINE}
    dates = [by_title[result["name_with_parent"]] for result in first + second]
    assert dates == sorted(dates, reverse=True)
    other = [by_title[result["name_with_parent"]] for result in search(pages, sort_by="published_date")]
    assert other != sorted(other, reverse=True)


def test_a_search_for_words_marks_them_in_the_titles() -> None:
    results = search(layout("gobpe"), term="trata personas", sort_by="recent")
    assert [re.findall("<mark>(.*?)</mark>", result["name_with_parent"]) for result in results] == [
        ["trata", "personas"]
    ]


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (datetime(2024, 12, 2, 18, 29, tzinfo=LIMA), "2 de diciembre de 2024 - 6:29 p. m."),
        (datetime(2024, 9, 1, 0, 5, tzinfo=LIMA), "1 de septiembre de 2024 - 12:05 a. m."),
        (datetime(2024, 1, 31, 12, 0, tzinfo=LIMA), "31 de enero de 2024 - 12:00 p. m."),
    ],
)
def test_spanish_dates_are_written_as_the_state_writes_them(at: datetime, text: str) -> None:
    assert moment_es(at) == text


def test_every_article_has_a_page() -> None:
    for site, lay_out in LAYOUTS.items():
        articles = [article for article in BASELINE if article.site == site]
        pages = lay_out(articles, ADDRESS)
        assert {article.path for article in articles} <= pages.keys()
