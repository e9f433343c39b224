"""A newspaper on loopback and one who watches it: the parts of the product, wired as `run` and the daemon do it."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from typing import Any

from sqlalchemy import select

from monitor.alerts.rules import ChannelRule
from monitor.chain.walk import Walk
from monitor.configuration.loading import Configuration, configuration_of
from monitor.outbox.delivering import rules_of
from monitor.rehearsal.site import Site
from monitor.visits.visit import Report, Visitor
from store import alerts, changes, sources, visits
from store.clock import Clock
from store.database import Store
from store.models import Alert, Fetch, Item
from tests.crawls import LOOPBACK

FEED = "/feed.xml"
RSS = "application/rss+xml; charset=utf-8"
FIGURE = "En 2025 el Ministerio Público registró {value} denuncias por trata de personas en {place}."
AROUND = (
    "La trata de personas es un delito que golpea sobre todo a mujeres jóvenes del Perú, recordó una fiscal.",
    "Las organizaciones de la sociedad civil piden más hogares de acogida para las víctimas de trata de personas.",
    "El plan nacional contra la trata de personas vence este año y todavía no tiene un presupuesto propio.",
)


@dataclass
class Article:
    """One article; it is in the feed unless it is `hidden`."""

    title: str
    paragraphs: tuple[str, ...]
    published: datetime
    hidden: bool = False


def story(value: str, place: str = "el Perú", *, days_ago: float = 0.5) -> Article:
    """An article with one figure."""
    said = (FIGURE.format(value=value, place=place), *(f"{line} Así se dijo en {place}." for line in AROUND))
    return Article(f"Denuncias por trata de personas en {place}", said, datetime.now(UTC) - timedelta(days=days_ago))


class Newspaper:
    """A site with a feed of its articles; `print` puts it out as it is now."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.articles: dict[str, Article] = {}

    def print(self, **articles: Article) -> None:
        """Add or replace articles by name, and put all out."""
        self.articles |= articles
        listed = [(name, article) for name, article in self.articles.items() if not article.hidden]
        self.site.put(FEED, self._feed(listed), RSS)
        for name, article in self.articles.items():
            self.site.put(f"/{name}", _page(article))

    def take_back(self, name: str) -> None:
        """Remove an article from site and feed."""
        del self.articles[name]
        self.site.remove(f"/{name}")
        self.print()

    def _feed(self, listed: list[tuple[str, Article]]) -> str:
        entries = "".join(
            f"<item><title>{escape(article.title)}</title><link>{self.site.address}/{name}</link>"
            f"<pubDate>{format_datetime(article.published)}</pubDate>"
            f"<description>{escape(article.paragraphs[0])}</description></item>"
            for name, article in listed
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Diario</title>{entries}</channel></rss>'


def _page(article: Article) -> str:
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in article.paragraphs)
    published = article.published.isoformat()
    return (
        f'<!DOCTYPE html><html lang="es"><head><title>{escape(article.title)}</title>'
        f'<meta property="article:published_time" content="{published}"></head>'
        f"<body><nav><a href='/'>Inicio</a></nav><article><h1>{escape(article.title)}</h1>{paragraphs}</article></body>"
        "</html>"
    )


class MovedClock(Clock):
    """The time of this machine, moved on by a test."""

    ahead: timedelta

    def __init__(self) -> None:
        super().__init__()
        object.__setattr__(self, "ahead", timedelta(0))

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def forward(self, **span: float) -> None:
        """Move on by a span."""
        object.__setattr__(self, "ahead", self.ahead + timedelta(**span))


def source(url: str, kind: str = "feed", **values: Any) -> dict[str, Any]:
    """A source as the configuration has it, with one watch and no pause between requests."""
    return {"spider": "news", "language": "es", "delay": 0.0, "watches": [{"kind": kind, "url": url}]} | values


def configuration(store: Store, **sources: dict[str, Any]) -> Configuration:
    """A configuration with these sources and the terminal as its one channel."""
    values = {"private_networks": LOOPBACK, "sources": sources}
    return configuration_of(values, store.url.render_as_string(hide_password=False), {})


@dataclass
class Watcher:
    """Visits by the way of the product, with what it hears."""

    store: Store
    configuration: Configuration
    clock: MovedClock = field(default_factory=MovedClock)
    heard: list[dict[str, Any]] = field(default_factory=list)

    @property
    def channels(self) -> dict[str, ChannelRule]:
        return rules_of(self.configuration)

    def visitor(self) -> Visitor:
        return Visitor(self.store, self.configuration, Walk(clock=self.clock, channels=self.channels))

    async def visit(self, name: str = "diario") -> list[str]:
        """Visit a source; what changed, as class, value and previous value."""
        self.heard.clear()
        self.report = await self._visited(name)
        return [_words(change) for change in self.heard]

    async def _visited(self, name: str) -> Report:
        await asyncio.to_thread(self._sync)
        return await self.visitor().visit(self.configuration.sources[name], "test", self.heard.extend)

    async def rehearse(self, name: str = "diario") -> list[str]:
        """A dry run; what would change."""
        self.heard.clear()
        self.report = await self.visitor().rehearse(self.configuration.sources[name], self.heard.extend)
        return [_words(change) for change in self.heard]

    def _sync(self) -> None:
        with self.store.write() as session:
            sources.sync(session, self.configuration.sources.values())

    def told(self) -> list[list[str]]:
        """The alerts of all channels in order: kind, then the changes."""
        with self.store.read() as session:
            rows = session.scalars(select(Alert).order_by(Alert.id)).all()
            return [[row.kind, *(one.change for one in alerts.changes_of(session, row.id))] for row in rows]

    def fetched(self, name: str = "diario") -> list[Fetch]:
        """The requests of the last visit of a source."""
        with self.store.read() as session:
            return list(visits.fetches(session, visits.recent(session, name, 1)[0].id))

    def outcomes(self, name: str = "diario") -> Counter[str]:
        return Counter(one.outcome for one in self.fetched(name))

    def items(self) -> dict[str, Item]:
        """The items by the last part of their address."""
        with self.store.read() as session:
            return {item.url.rpartition("/")[2]: item for item in session.scalars(select(Item))}

    def changes(self) -> list[str]:
        """All changes on record."""
        with self.store.read() as session:
            return [one.change for one in changes.since(session, None, limit=10_000)]


def _words(change: dict[str, Any]) -> str:
    values = (change[name]["value"] for name in ("statistic", "previous") if change[name])
    return " ".join([change["change"], *map(str, values)])
