"""The spiders by the names that `scrapy list` shows."""

from __future__ import annotations

from spiders.source import SourceSpider


class IloSpider(SourceSpider):
    """The International Labour Organization."""

    name = "ilo"


class IomSpider(SourceSpider):
    """The International Organization for Migration."""

    name = "iom"


class StateSpider(SourceSpider):
    """The US Department of State: its report by the year, and its feeds."""

    name = "state"


class NewsSpider(SourceSpider):
    """Every other source: `scrapy crawl news -a source=rpp`."""

    name = "news"
