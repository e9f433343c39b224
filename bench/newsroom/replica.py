"""The pages of a replica newsroom: articles, and the lists that lead to them. Plain values in, text out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape
from zoneinfo import ZoneInfo

from bench.newsroom.outlets import Outlet
from bench.newsroom.stories import Revision, Story, slug

LIMA = ZoneInfo("America/Lima")
MONTHS = {
    "es": "enero febrero marzo abril mayo junio julio agosto setiembre octubre noviembre diciembre".split(),  # noqa: SIM905
    "en": "January February March April May June July August September October November December".split(),  # noqa: SIM905
}
NEWS_DAYS = timedelta(days=2)  # a news sitemap holds no older articles
HTML = "text/html; charset=utf-8"
FORMS = {
    "feed": "application/rss+xml; charset=utf-8",
    "news": "application/xml; charset=utf-8",
    "index": "application/xml; charset=utf-8",
    "listing": HTML,
    "search": "application/json; charset=utf-8",
    "posts": "application/json; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Row:
    """An item as a list shows it now: the address (with host), its title and summary."""

    story: Story
    url: str
    revision: Revision


def address(outlet: Outlet, story: Story, revision: Revision, *, moved: bool) -> str:
    """The path under which a story stands with this revision."""
    title = revision.title if "retitled" in outlet.habits else story.revisions[0].title
    path = outlet.address.format(section="archivo" if moved else story.section, slug=slug(title), n=story.number)
    return "/archivo" + path if moved and not path.startswith("/archivo/") else path


def listed(outlet: Outlet, path: str, number: int) -> str:
    """The path as the list of an outlet decorates it."""
    if "mobile" in outlet.habits and number % 2:
        path = "/m" + path
    if "amp" in outlet.habits and number % 3 == 0:
        path += "?outputType=amp"
    if "utm" in outlet.habits:
        return path + f"?utm_source=rss&utm_medium=feed&utm_campaign={number % 5}"
    return path + "?ref=portada" if "ref" in outlet.habits else path


def article(outlet: Outlet, story: Story, revision: Revision, url: str, beside: str) -> str:
    """The page of an article; `beside` is what stands around it."""
    first = story.published.astimezone(LIMA)
    body = "\n".join(f"<p>{escape(line)}</p>" for line in revision.paragraphs)
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": revision.title,
        "datePublished": first.isoformat(),
        "publisher": {"@type": "Organization", "name": outlet.id.capitalize()},
    }
    menu = "".join(
        f'<li><a href="/{name}">{name.capitalize()}</a></li>' for name in ("peru", "mundo", "lima", "economia")
    )
    return f"""<!DOCTYPE html>
<html lang="{outlet.language}"><head><meta charset="utf-8">
<title>{escape(revision.title)} | {outlet.id.capitalize()}</title>
<link rel="canonical" href="{escape(url)}"><meta property="article:published_time" content="{first.isoformat()}">
<meta name="description" content="{escape(revision.summary)}">
<script type="application/ld+json">{json.dumps(facts)}</script></head>
<body><header><nav><ul>{menu}</ul></nav></header><main><article><h1>{escape(revision.title)}</h1>
<p class="date"><time datetime="{first.isoformat()}">{written(first, outlet.language)}</time></p>
<div class="body">{body}</div></article>{beside}</main>
<footer><p><a href="/nosotros">Nosotros</a> <a href="/terminos">Términos y condiciones</a></p></footer></body></html>"""


def sidebar(rows: Sequence[Row], reads: int) -> str:
    """The most read, with a counter that moves at each request."""
    links = "".join(
        f'<li><a href="{escape(row.url)}">{escape(row.revision.title)}</a> '
        f'<span class="counter">{reads * 3 + place}</span></li>'
        for place, row in enumerate(rows)
    )
    return (
        f'<aside class="most-read"><p class="counter">{reads} lecturas</p><h3>Lo más leído</h3><ol>{links}</ol></aside>'
    )


def written(at: datetime, language: str) -> str:
    """A date as a page shows it."""
    month = MONTHS[language][at.month - 1]
    return f"{at.day} de {month} de {at.year}" if language == "es" else f"{at.day} {month} {at.year}"


def feed(outlet: Outlet, rows: Sequence[Row]) -> str:
    """RSS, with whole articles where the outlet gives them."""
    full = "full" in outlet.habits
    items = "".join(
        f"<item><title>{escape(row.revision.title)}</title><link>{escape(row.url)}</link>"
        f"<category>{row.story.section}</category><pubDate>{format_datetime(row.story.published)}</pubDate>"
        f"<description>{escape(row.revision.summary)}</description>{_whole(row) if full else ''}</item>"
        for row in rows
    )
    space = ' xmlns:content="http://purl.org/rss/1.0/modules/content/"' if full else ""
    return f'<?xml version="1.0"?><rss version="2.0"{space}><channel><title>{outlet.id}</title>{items}</channel></rss>'


def _whole(row: Row) -> str:
    text = "".join(f"<p>{line}</p>" for line in row.revision.paragraphs)
    return f"<content:encoded><![CDATA[{text}]]></content:encoded>"


def news(rows: Sequence[Row], now: datetime) -> str:
    """A news sitemap of the last two days."""
    nodes = "".join(
        f"<url><loc>{escape(row.url)}</loc><n:news><n:publication_date>{row.story.published.isoformat()}"
        f"</n:publication_date><n:title>{escape(row.revision.title)}</n:title></n:news></url>"
        for row in rows
        if now - row.story.published < NEWS_DAYS
    )
    spaces = (
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
    )
    return f'<?xml version="1.0"?><urlset {spaces}>{nodes}</urlset>'


def index(rows: Sequence[Row], home: str, month: str | None) -> str:
    """A sitemap of one month (`2026-03`), or the index of them all."""
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    if month is None:
        months = sorted({f"{row.story.published:%Y-%m}" for row in rows})
        nodes = "".join(
            f"<sitemap><loc>{home}/sitemap.xml?month={name}</loc><lastmod>{name}-28</lastmod></sitemap>"
            for name in months
        )
        return f'<?xml version="1.0"?><sitemapindex {space}>{nodes}</sitemapindex>'
    nodes = "".join(
        f"<url><loc>{escape(row.url)}</loc><lastmod>{row.revision.at.isoformat()}</lastmod></url>"
        for row in rows
        if f"{row.story.published:%Y-%m}" == month
    )
    return f'<?xml version="1.0"?><urlset {space}>{nodes}</urlset>'


def listing(outlet: Outlet, rows: Sequence[Row], page: int, *, more: bool) -> str:
    """A page of links with their dates, and a link to the next page where there is one."""
    cards = "".join(
        f'<li class="card"><h3><a href="{escape(row.url)}">{escape(row.revision.title)}</a></h3>'
        f"<p>{escape(row.revision.summary)}</p>"
        f"<span>{written(row.story.published.astimezone(LIMA), outlet.language)}</span></li>"
        for row in rows
    )
    pager = f'<a rel="next" href="?page={page + 1}">»</a>' if more else '<a rel="prev" href="?page=0">«</a>'
    return f"""<!DOCTYPE html><html lang="{outlet.language}"><head><title>{outlet.id}</title></head>
<body><main><ul>{cards}</ul>{pager}</main></body></html>"""


def search(rows: Sequence[Row], total: int) -> str:
    """Results as the portal of the state gives them: an anchor in the address, HTML in the fields, dates in words."""
    results = [
        {
            "id": row.story.number,
            "url": f'<a class="track-ga-click" href="{row.url}">{escape(row.revision.title)}</a>',
            "name_with_parent": escape(row.revision.title),
            "content": f"<p>{escape(row.revision.summary)}</p>",
            "publication": written(row.story.published.astimezone(LIMA), "es"),
        }
        for row in rows
    ]
    return json.dumps({"data": {"attributes": {"results": results, "total_count": total}}}, ensure_ascii=False)


def posts(rows: Sequence[Row]) -> str:
    """Posts as WordPress gives them."""
    found = [
        {
            "id": row.story.number,
            "date": row.story.published.astimezone(LIMA).isoformat(),
            "link": row.url,
            "title": {"rendered": escape(row.revision.title)},
            "excerpt": {"rendered": f"<p>{escape(row.revision.summary)}</p>"},
        }
        for row in rows
    ]
    return json.dumps(found, ensure_ascii=False)
