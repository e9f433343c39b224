"""The replica sites: each lays out its articles as the pages that a visitor finds, path by path."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from monitor.rehearsal.pages import moment_es, newest_first, related, render
from monitor.rehearsal.site import HTML, Asked, Body

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from monitor.rehearsal.articles import Article

RSS = "application/rss+xml; charset=utf-8"
JSON = "application/json; charset=utf-8"
FEED_ITEMS = 15
LISTING_ITEMS = 10
RESULTS = 25
INSTITUTIONS = {"mpfn": "Ministerio Público Fiscalía de la Nación", "mininter": "Ministerio del Interior"}

ILO_LISTING = "/resource/news/all-news-recent"
IOM_LISTING = "/es/news"
STATE_FEED = "/rss-feed/press-releases/feed/"
NEWS_FEED = "/rss"
GOBPE_SEARCH = "/busquedas.json"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is to stand at a path."""

    body: Body
    content_type: str = HTML


Layout = dict[str, Sheet]


def ilo(articles: Sequence[Article], address: str) -> Layout:
    """A global listing in English, newest first, ten a page (`?page=N` from 0), and its articles."""
    pages = _listing("ilo_listing.html", ILO_LISTING, articles, address)
    return pages | _articles("ilo_article.html", articles, address)


def iom(articles: Sequence[Article], address: str) -> Layout:
    """A listing in Spanish, ten a page, and its articles; a path may hold more slashes than it should."""
    return _listing("iom_listing.html", IOM_LISTING, articles, address) | _articles(
        "iom_article.html", articles, address
    )


def state(articles: Sequence[Article], address: str) -> Layout:
    """The page of the newest report on Peru, at the path of its edition, and a feed of press releases."""
    releases = [article for article in articles if article.key != "state/report"]
    pages = {STATE_FEED: _feed(releases, address, STATE_FEED, ("Press Releases", "en-US"))}
    for article in articles:
        heading = "PERU (Tier 2)" if article.key == "state/report" else ""
        page = render("state_page.html", article=article, address=address, path=article.path, heading=heading)
        pages[article.path] = Sheet(page)
    return pages


def news(articles: Sequence[Article], address: str) -> Layout:
    """A feed of fifteen items on everything, and its articles; those that are live count their readers."""
    pages = {NEWS_FEED: _feed(articles, address, NEWS_FEED, ("Radio Andes Noticias", "es"))}
    for article in articles:
        others = tuple(related(article, articles))
        if article.live:
            pages[article.path] = Sheet(partial(_counted, article, others, address))
        else:
            pages[article.path] = Sheet(_news_article(article, others, address, 0))
    return pages


def gobpe(articles: Sequence[Article], address: str) -> Layout:
    """A JSON search over the news of all institutions, and their articles."""
    pages = {GOBPE_SEARCH: Sheet(partial(_search, tuple(newest_first(articles))), JSON)}
    for article in articles:
        slug = _institution(article)
        own = [other for other in articles if _institution(other) == slug]
        page = render(
            "gobpe_article.html",
            article=article,
            related=related(article, own),
            address=address,
            path=article.path,
            slug=slug,
            institution=INSTITUTIONS[slug],
        )
        pages[article.path] = Sheet(page)
    return pages


LAYOUTS: dict[str, Callable[[Sequence[Article], str], Layout]] = {
    "ilo": ilo,
    "iom": iom,
    "state": state,
    "news": news,
    "gobpe": gobpe,
}


def _listing(template: str, path: str, articles: Sequence[Article], address: str) -> Layout:
    """The pages of a listing: the first at the path itself, the others at `?page=N`."""
    chunks = list(_chunks(newest_first(articles), LISTING_ITEMS))
    numbers = range(len(chunks))
    pages = {
        f"{path}?page={number}": Sheet(
            render(template, articles=chunk, number=number, numbers=numbers, address=address, path=path)
        )
        for number, chunk in enumerate(chunks)
    }
    return {path: pages[f"{path}?page=0"], **pages}


def _articles(template: str, articles: Sequence[Article], address: str) -> Layout:
    return {
        article.path: Sheet(
            render(template, article=article, related=related(article, articles), address=address, path=article.path)
        )
        for article in articles
    }


def _feed(articles: Sequence[Article], address: str, path: str, about: tuple[str, str]) -> Sheet:
    title, language = about
    items = newest_first(articles)[:FEED_ITEMS]
    return Sheet(render("feed.xml", articles=items, address=address, path=path, title=title, language=language), RSS)


def _news_article(article: Article, others: Sequence[Article], address: str, reads: int) -> str:
    section = article.path.strip("/").partition("/")[0]
    page = {"id": article.path.rpartition("-")[2], "section": section, "reads": reads}
    return render(
        "news_article.html",
        article=article,
        related=others,
        address=address,
        path=article.path,
        section=section,
        reads=reads,
        page=page,
    )


def _counted(article: Article, others: Sequence[Article], address: str, asked: Asked) -> str:
    return _news_article(article, others, address, 2300 + 7 * asked.times)


def _institution(article: Article) -> str:
    return article.path.split("/")[2]


def _search(articles: Sequence[Article], asked: Asked) -> str:
    """The results of a search: `institucion[]`, `term` and `sheet` (from 1) narrow it; only `recent` sorts by date."""
    institutions = asked.query.get("institucion[]", ())
    term = _first(asked, "term").lower()
    found = [
        article
        for article in articles
        if (not institutions or _institution(article) in institutions)
        and all(word in f"{article.title} {article.summary}".lower() for word in term.split())
    ]
    if _first(asked, "sort_by") == "published_date":
        found.sort(key=lambda article: article.title)
    sheet = max(1, int(_first(asked, "sheet") or "1")) - 1
    shown = found[sheet * RESULTS : (sheet + 1) * RESULTS]
    results = [_result(article, term) for article in shown]
    attributes = {"results": results, "total_count": len(found), "per_page": RESULTS, "current_sheet": sheet + 1}
    return json.dumps({"data": {"id": "1", "type": "search", "attributes": attributes}}, ensure_ascii=False)


def _result(article: Article, term: str) -> dict[str, object]:
    """One result, with HTML in its fields: the address is an anchor, the words found are marked."""
    title = article.title
    for word in term.split():
        title = re.sub(re.escape(word), lambda found: f"<mark>{found.group()}</mark>", title, flags=re.IGNORECASE)
    number = article.path.rpartition("/")[2].partition("-")[0]
    return {
        "id": int(number),
        "url": f'<a class="track-ga-click" href="{article.path}">{article.title}</a>',
        "name_with_parent": title,
        "content": f"<p>{article.summary}</p>",
        "publication": moment_es(article.published),
        "institution": INSTITUTIONS[_institution(article)],
        "action_url": None,
    }


def _first(asked: Asked, name: str) -> str:
    return next(iter(asked.query.get(name, ())), "")


def _chunks(articles: Sequence[Article], size: int) -> Iterator[Sequence[Article]]:
    for start in range(0, len(articles), size):
        yield articles[start : start + size]
