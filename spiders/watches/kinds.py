"""The readers by the kind of watch that a definition names; documents and editions are items, and list nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from spiders.watches import feed, listing, search, sitemap
from spiders.watches.page import Listed, Page

DOCUMENT, EDITION = "document", "edition"
READERS: Mapping[str, Callable[[Page], Listed]] = {
    "feed": feed.read,
    "listing": listing.read,
    "search": search.read,
    "sitemap": sitemap.read,
}
EXPECTED = {"feed": "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"}
EXPECTED |= {"search": "application/json, */*;q=0.5", "sitemap": "application/xml, text/xml, */*;q=0.5"}
