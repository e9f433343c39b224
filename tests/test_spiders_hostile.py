"""Lists as a hostile or careless site writes them: read as far as they can be, within bounds, and never the end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest
from scrapy import Request

from monitor.rehearsal.site import Site
from monitor.text.markup import parse
from spiders import conditional
from spiders.watches import feed, listing, search, sitemap
from spiders.watches.page import MOST, Page
from store.definitions import WatchDefinition
from tests.crawls import Crawls

PAPER = "https://paper.example"
ITEM = "<item><title>{}</title><link>{}</link></item>"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with Site() as site:
        yield site


@pytest.fixture
def crawls(sqlite_url: str) -> Crawls:
    return Crawls(sqlite_url)


def page(content: bytes, content_type: str = "") -> Page:
    return Page(url=f"{PAPER}/list", content=content, content_type=content_type)


def rss(*items: str, declared: str = "UTF-8") -> str:
    return f'<?xml version="1.0" encoding="{declared}"?><rss><channel>{"".join(items)}</channel></rss>'


@pytest.mark.parametrize("declared", ["UTF-8", "ISO-8859-1", "windows-1252", "utf-7", "none", "hex"])
@pytest.mark.parametrize(
    "header", ["text/xml", "text/xml; charset=ISO-8859-1", "text/xml; charset=utf-16", "x; charset=rot13"]
)
def test_a_feed_in_utf8_is_read_as_that_whatever_it_and_its_server_say(declared: str, header: str) -> None:
    content = rss(ITEM.format("Víctimas de trata", "/a"), declared=declared).encode()
    assert [entry.title for entry in feed.read(page(content, header)).entries] == ["Víctimas de trata"]


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("text/html; charset=ISO-8859-1", "utf-8"),
        ("text/html; charset=ISO-8859-1", "cp1252"),
        ("text/html; charset=windows-1252", "cp1252"),
        ("text/html; charset=nonsense", "utf-8"),
        ("text/html", "utf-8"),
    ],
)
def test_a_listing_is_read_as_its_bytes_and_browsers_have_it(header: str, encoding: str) -> None:
    content = "<html><body><a href='/list/a'>“Víctimas” de trata</a></body></html>".encode(encoding)
    assert [entry.title for entry in listing.read(page(content, header)).entries] == ["“Víctimas” de trata"]


def test_a_feed_that_is_too_large_gives_its_first_entries() -> None:
    content = rss(*(ITEM.format("x" * 3000, f"/{number}") for number in range(900))).encode()
    entries = feed.read(page(content)).entries
    assert len(content) > feed.LARGEST
    assert 500 < len(entries) < 900
    assert entries[0].url == f"{PAPER}/0"


def test_no_list_files_more_entries_than_a_list_has() -> None:
    many = range(MOST + 500)
    assert len(feed.read(page(rss(*(ITEM.format("t", f"/{n}") for n in many)).encode())).entries) == MOST
    found = ", ".join(f'{{"link": "/{number}"}}' for number in many)
    assert len(search.read(page(f"[{found}]".encode())).entries) == MOST


def test_thousands_of_anchors_to_one_address_are_one_entry() -> None:
    anchors = "".join(f"<p><a href='/list/a'>t{number}</a></p>" for number in range(20_000))
    content = f"<html><body>{anchors}<p><a href='/list/b'>b</a> 5 de marzo de 2026</p></body></html>".encode()
    found = listing.read(page(content)).entries
    assert [(entry.url, entry.published) for entry in found] == [
        (f"{PAPER}/list/a", None),
        (f"{PAPER}/list/b", date(2026, 3, 5)),
    ]


@pytest.mark.parametrize("rising", [True, False])
def test_of_a_sitemap_that_is_too_long_the_newest_are_read(rising: bool) -> None:  # noqa: FBT001
    order = range(sitemap.MOST + 100) if rising else range(sitemap.MOST + 100, 0, -1)
    nodes = "".join(f"<url><loc>{PAPER}/{n}</loc><lastmod>{2000 + n // 365}-01-01</lastmod></url>" for n in order)
    addresses = {entry.url for entry in sitemap.read(page(f"<urlset>{nodes}</urlset>".encode())).entries}
    assert len(addresses) == sitemap.MOST
    assert f"{PAPER}/{sitemap.MOST + 50}" in addresses


def test_a_validator_is_sent_byte_by_byte_as_it_was_received() -> None:
    asked = conditional.headers('"caf\xe9"', "Mon, 02 Mar 2026 10:00:00 GMT")
    assert Request(PAPER, headers=asked).headers["If-None-Match"] == b'"caf\xe9"'


async def test_titles_and_dates_without_end_are_cut(site: Site, crawls: Crawls) -> None:
    results = f'[{{"link": "/a", "title": "{"t" * 50_000}", "date": "{"9" * 50_000}", "section": "{"s" * 50_000}"}}]'
    site.put("/posts", results, "application/json")
    crawls.define(WatchDefinition(kind="search", url=f"{site.address}/posts"))
    await crawls.visit()
    (item,) = crawls.items()
    assert len(item.title) == 1000
    assert {name: len(value) for name, value in item.entry.items()} == {
        "title": 1000,
        "section": 1000,
        "published_text": 100,
    }


@pytest.mark.parametrize(
    "location",
    [
        *("http://[bad", "http://a b/", "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//", "?"),
        *(
            "http://127.0.0.1:99999/",
            "http://user:word@127.0.0.1:1/",
            "\x01\x02",
            "http://xn--/",
            "ftp://a.example/x",
            "",
        ),
    ],
)
async def test_a_redirect_to_nowhere_harms_no_other_item(site: Site, crawls: Crawls, location: str) -> None:
    site.put("/moved", "", status=301, headers={"Location": location})
    site.put("/good", "<html><body><p>Una nota sobre la trata de personas.</p></body></html>")
    items = (ITEM.format("Trata de personas", path) for path in ("/moved", "/good"))
    site.put("/rss", rss(*items), "text/xml")
    crawls.define(WatchDefinition(kind="feed", url=f"{site.address}/rss"))
    log = await crawls.visit()
    assert [one.url.rpartition("/")[2] for one in log if one.role == "item"] == ["moved", "good"]
    assert [one.outcome for one in log if one.role == "item"][1] == "ok"
    assert not [capture for capture in crawls.captures() if not capture.final_url.startswith(site.address)]


async def test_letters_that_no_database_takes_do_not_stop_a_feed(site: Site, crawls: Crawls) -> None:
    words = "Trata\u202e de &#27;[31m personas &#0; \ufeff&#x1F6A8;"
    site.put("/rss", rss(ITEM.format(words, "/a")), "text/xml")
    site.put("/a", "<html><body><p>x</p></body></html>")
    crawls.define(WatchDefinition(kind="feed", url=f"{site.address}/rss"))
    assert [one.outcome for one in await crawls.visit() if one.role == "item"] == ["ok"]
    (item,) = crawls.items()
    assert "personas" in item.title
    assert "\x00" not in item.title


@pytest.mark.parametrize("between", [" ", ' " ', " < ", " '>' ", "/", '="x" '])
def test_a_tag_with_attributes_without_end_is_read_without_them(between: str) -> None:
    tag = f"<p {between.join(f'a{number}' for number in range(100_000))}>"
    content = f"<html><body>{tag}x</p><a href='/list/a'>Trata de personas</a></body></html>".encode()
    found = listing.read(page(content)).entries
    made = parse(content)
    assert made is not None
    assert all(len(element.attrib) < 400 for element in made.tree.iter())
    assert between == ' " ' or [entry.title for entry in found] == ["Trata de personas"]


def test_a_tag_as_pages_have_it_keeps_its_attributes() -> None:
    data = "".join(f" data-{number}='{{\"a\": {number}}}'" for number in range(60))
    content = f"<html><body><a{data} href='/list/a' title=\"Trata de personas\"></a></body></html>".encode()
    assert [entry.title for entry in listing.read(page(content)).entries] == ["Trata de personas"]
