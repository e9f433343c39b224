"""The readers of watches: bytes in, entries out, with the traps of the sites that are watched."""

from __future__ import annotations

import contextlib
import gzip
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from spiders.watches import feed, listing, search, sitemap
from spiders.watches.page import Listed, Page, UnreadableError

PAPER = "https://paper.example"


def page(content: str | bytes, path: str = "/list", content_type: str = "", links: str | None = None) -> Page:
    body = content.encode() if isinstance(content, str) else content
    return Page(url=PAPER + path, content=body, content_type=content_type, links=links)


def titles(listed: Listed) -> list[str]:
    return [entry.title for entry in listed.entries]


def addresses(listed: Listed) -> list[str]:
    return [entry.url.removeprefix(PAPER) for entry in listed.entries]


# Feeds


def rss(*items: str) -> str:
    return f'<rss version="2.0"><channel><title>Paper</title>{"".join(items)}</channel></rss>'


def test_an_rss_feed_gives_title_summary_section_and_date() -> None:
    item = """<item><title>Cae red de &lt;b&gt;trata&lt;/b&gt; &amp;amp; robo</title><link>/a?ref=x</link>
        <description><![CDATA[<p>En <i>Puno</i>.</p>]]></description>
        <category>Policiales</category><category>Perú</category>
        <pubDate>Fri, 06 Feb 2026 03:00:00 GMT</pubDate></item>"""
    (entry,) = feed.read(page(rss(item))).entries
    assert entry.url == f"{PAPER}/a?ref=x"
    assert entry.title == "Cae red de trata & robo"
    assert entry.summary == "En Puno."
    assert entry.section == "Policiales, Perú"
    assert entry.published == date(2026, 2, 5)
    assert entry.published_text == "Fri, 06 Feb 2026 03:00:00 GMT"


def test_an_atom_feed_is_read() -> None:
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><title>P</title><entry><title>A</title><id>tag:1</id>
        <link href="/a"/><updated>2026-02-05T16:03:25-05:00</updated><summary>S</summary></entry></feed>"""
    (entry,) = feed.read(page(atom)).entries
    assert (entry.url, entry.published) == (f"{PAPER}/a", date(2026, 2, 5))


def test_the_full_articles_in_a_feed_are_left_out() -> None:
    full = "<content:encoded><![CDATA[" + "<p>muy largo</p>" * 50_000 + "]]></content:encoded>"
    items = [f"<item><title>{n}</title><link>/{n}</link>{full}</item>" for n in range(20)]
    text = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    listed = feed.read(page(text + "".join(items) + "</channel></rss>"))
    assert addresses(listed) == [f"/{n}" for n in range(20)]


def test_a_feed_in_an_old_encoding_keeps_its_accents() -> None:
    text = '<?xml version="1.0" encoding="iso-8859-1"?>' + rss("<item><title>Víctimas</title><link>/a</link></item>")
    assert titles(feed.read(page(text.encode("latin-1")))) == ["Víctimas"]


def test_a_tag_feed_without_items_is_a_feed() -> None:
    assert feed.read(page(rss())).entries == ()


def test_a_feed_that_breaks_off_gives_what_came() -> None:
    whole = rss(*(f"<item><title>{n}</title><link>/{n}</link></item>" for n in range(5)))
    assert titles(feed.read(page(whole[:-80])))[:3] == ["0", "1", "2"]


def test_a_date_that_cannot_be_read_as_a_feed_writes_it_is_searched_for() -> None:
    item = "<item><title>x</title><link>/x</link><pubDate>Dom, 21/06/2026 - 08:00</pubDate></item>"
    assert [entry.published for entry in feed.read(page(rss(item))).entries] == [date(2026, 6, 21)]


def test_a_letter_that_cannot_be_does_not_spoil_a_feed() -> None:
    assert titles(feed.read(page(rss("<item><title>x&#x110000;y&#9999999;</title><link>/x</link></item>")))) == ["xy"]


def test_entries_that_lead_nowhere_are_left_out() -> None:
    listed = feed.read(
        page(rss("<item><title>x</title><link>javascript:1</link></item>", "<item><title>y</title></item>"))
    )
    assert listed.entries == ()


# Listings

DRUPAL = """<html><body><nav><a href="/resource/news/all">View all</a><a href="/about">About</a></nav>
<div class="views-row"><article><a href="/resource/news/one"><img alt="photo"></a>
  <h3><a href="/resource/news/one">Peru: new data on forced labour</a></h3><p>Mining and fishing.</p>
  <time datetime="2026-03-05T12:00:00Z">5 March 2026</time></article></div>
<div class="views-row"><article><h3><a href="https://paper.example/resource/news/two#x">Second</a></h3>
  <span>4 March 2026</span></article></div>
<div class="views-row"><article><h3><a href="/resource/news/three">No date</a></h3></article></div>
<nav class="pager"><a href="?page=1" rel="next">Next</a></nav></body></html>"""


def test_a_listing_gives_its_links_with_the_dates_beside_them() -> None:
    listed = listing.read(page(DRUPAL, links=r"/resource/news/(?!all)[^/]+$"))
    assert titles(listed) == ["Peru: new data on forced labour", "Second", "No date"]
    assert [entry.published for entry in listed.entries] == [date(2026, 3, 5), date(2026, 3, 4), None]
    assert "Mining and fishing." in listed.entries[0].summary
    assert listed.more == (f"{PAPER}/list?page=1",)


def test_without_a_pattern_the_links_below_the_listing_count() -> None:
    links = ("/es/news/diario-7/03/2018-todos", "/es/news", "/es/about")
    text = "".join(f'<a href="{link}">x</a>' for link in links)
    assert addresses(listing.read(page(f"<body>{text}</body>", "/es/news"))) == ["/es/news/diario-7/03/2018-todos"]


def test_a_date_of_another_entry_is_not_taken() -> None:
    text = '<ul><li><a href="/list/a">A</a></li><li><a href="/list/b">B</a> 12 de enero de 2022</li></ul>'
    listed = listing.read(page(f"<html><body>{text}</body></html>"))
    assert [entry.published for entry in listed.entries] == [None, date(2022, 1, 12)]


def test_the_pages_of_a_listing_are_counted_where_nothing_says_next() -> None:
    text = '<body><a href="/list/a">A</a></body>'
    assert listing.read(page(text, "/list?type%5B0%5D=x&page=0")).more == (f"{PAPER}/list?type%5B0%5D=x&page=1",)
    assert listing.read(page(text, "/list")).more == ()


def test_an_old_encoding_of_a_listing_is_taken_from_its_header() -> None:
    text = '<body><a href="/list/a">Víctimas</a></body>'.encode("latin-1")
    assert titles(listing.read(page(text, content_type="text/html; charset=ISO-8859-1"))) == ["Víctimas"]
    assert listing.read(page(text, content_type="text/html; charset=nonsense")).entries


# Searches


def gob(**fields: Any) -> str:
    return json.dumps({"data": {"attributes": {"results": [fields], "total": 1}}})


def test_a_search_whose_address_is_a_whole_anchor() -> None:
    text = gob(
        url='<a class="x" href="/institucion/pnp/noticias/123-trata">PNP</a>',
        name_with_parent="PNP rescata a 12 víctimas de <em>trata</em>",
        content="Operativo en <strong>Lima</strong>",
        publication="2 de diciembre de 2024 - 6:29 p. m.",
    )
    listed = search.read(page(text, "/busquedas.json?contenido%5B%5D=noticias&sheet=1"))
    (entry,) = listed.entries
    assert entry.url == f"{PAPER}/institucion/pnp/noticias/123-trata"
    assert entry.title == "PNP rescata a 12 víctimas de trata"
    assert entry.summary == "Operativo en Lima"
    assert (entry.published, entry.published_text) == (date(2024, 12, 2), "2 de diciembre de 2024 - 6:29 p. m.")
    assert listed.more == (f"{PAPER}/busquedas.json?contenido%5B%5D=noticias&sheet=2",)


def test_the_interface_of_wordpress_is_a_search() -> None:
    post = {
        "id": 7,
        "date": "2026-02-05T16:03:25",
        "link": f"{PAPER}/2026/02/05/trata/",
        "title": {"rendered": "Trata &#8211; <i>Puno</i>"},
        "excerpt": {"rendered": "<p>Resumen</p>"},
    }
    (entry,) = search.read(page(json.dumps([post]))).entries
    assert (entry.title, entry.summary, entry.published) == ("Trata – Puno", "Resumen", date(2026, 2, 5))


def test_a_search_without_results_lists_nothing_and_ends() -> None:
    listed = search.read(page(json.dumps({"data": {"attributes": {"results": []}}}), "/b.json?sheet=9"))
    assert listed == Listed()


def test_results_of_unexpected_shapes_are_left_out() -> None:
    text = json.dumps(
        {"results": [{"url": 5}, None, [], {"url": "<a>x</a>"}, {"url": "/a", "title": None, "date": 12}]}
    )
    assert addresses(search.read(page(text))) == ["/a"]


def test_what_a_database_refuses_is_left_out() -> None:
    text = '{"results": [{"url": "/a", "title": "Tra\\u0000ta \\ud800en Puno", "date": "\\u00002026-02-05"}]}'
    (entry,) = search.read(page(text)).entries
    assert (entry.title, entry.published_text) == ("Trata en Puno", "2026-02-05")
    with pytest.raises(UnreadableError) as raised:
        search.read(page(b"\x00\xff\x00"))
    assert "\x00" not in str(raised.value)


# Sitemaps

URLSET = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://paper.example/sociedad/a</loc>
 <lastmod>2026-02-07</lastmod><news:news><news:publication_date>2026-02-06T03:00:00Z</news:publication_date>
 <news:title>Trata en Puno</news:title><news:keywords>trata, Puno</news:keywords></news:news></url>
 <url><loc>https://paper.example/deportes/b</loc><lastmod>2026-02-07</lastmod></url></urlset>"""


def test_a_news_sitemap_gives_title_keywords_and_date() -> None:
    (entry,) = sitemap.read(page(URLSET, links="/sociedad/")).entries
    assert (entry.title, entry.section, entry.published) == ("Trata en Puno", "trata, Puno", date(2026, 2, 5))


def test_the_date_of_a_change_is_no_date_of_publication() -> None:
    assert [entry.published for entry in sitemap.read(page(URLSET)).entries] == [date(2026, 2, 5), None]


def test_a_compressed_sitemap_is_read() -> None:
    assert len(sitemap.read(page(gzip.compress(URLSET.encode()))).entries) == 2


def test_an_index_of_sitemaps_leads_to_the_newest_first() -> None:
    index = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
        <sitemap><loc>/old.xml</loc><lastmod>2025-01-01</lastmod></sitemap>
        <sitemap><loc>/new.xml</loc><lastmod>2026-01-01</lastmod></sitemap></sitemapindex>"""
    assert sitemap.read(page(index)).more == (f"{PAPER}/new.xml", f"{PAPER}/old.xml")


def test_entities_are_not_opened() -> None:
    bomb = '<!DOCTYPE u [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    text = f"{bomb}<urlset><url><loc>https://paper.example/&b;&f;</loc></url></urlset>"
    assert all("aaaa" not in entry.url for entry in sitemap.read(page(text)).entries)


# What is not what it should be

HTML = "<!DOCTYPE html><html><body><h1>En mantenimiento</h1></body></html>"


@pytest.mark.parametrize(
    ("read", "content", "expected"),
    [
        (feed.read, HTML, "a feed"),
        (feed.read, "", "a feed"),
        (feed.read, '{"error": 1}', "a feed"),
        (listing.read, '{"error": 1}', "a page of links"),
        (listing.read, "", "a page of links"),
        (listing.read, HTML, "a page of links"),
        (search.read, HTML, "JSON with results"),
        (search.read, '{"error": "bad query"}', "JSON with results"),
        (search.read, "[" * 100_000, "JSON with results"),
        (sitemap.read, HTML, "a sitemap"),
        (sitemap.read, "", "a sitemap"),
        (sitemap.read, b"\x1f\x8bbroken", "a sitemap"),
    ],
)
def test_another_page_in_its_place_is_an_error_that_says_what_came(
    read: Callable[[Page], Listed], content: str | bytes, expected: str
) -> None:
    with pytest.raises(UnreadableError, match=rf"^https://paper\.example/list: expected {expected}.* came$"):
        read(page(content))


@pytest.mark.parametrize("read", [feed.read, listing.read, search.read, sitemap.read])
@pytest.mark.parametrize("content", [b"\x00\xff\xfe" * 50, b"<" * 20_000, b"<a>" * 20_000, b"%PDF-1.7\n1 0 obj"])
def test_rubbish_is_unreadable_or_empty(read: Callable[[Page], Listed], content: bytes) -> None:
    with contextlib.suppress(UnreadableError):
        assert read(page(content)).entries == ()
