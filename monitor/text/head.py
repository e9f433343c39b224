"""What a page says of itself: title, publisher, language, addresses, in its metadata and in JSON for search engines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lxml.html import HtmlElement

from monitor.reader.language import detect_language, fold, languages

LONGEST_JSON = 500_000
LONGEST_TITLE = 400
_ARTICLES = re.compile(r"article|report|posting|webpage|scholarly|publication", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s+[|–—·»:-]{1,2}\s+")
_ENOUGH_TO_DETECT = 200


@dataclass(frozen=True)
class Head:
    """The metadata of a page; read it before anything is taken out of the tree."""

    tree: HtmlElement

    @cached_property
    def meta(self) -> Mapping[str, str]:
        """The first value of each name or property, in lower case."""
        found: dict[str, str] = {}
        for element in self.tree.iter("meta"):
            name = element.get("property") or element.get("name") or element.get("itemprop") or ""
            content = " ".join((element.get("content") or "")[:5000].split())
            if name and content:
                found.setdefault(name.strip().lower(), content)
        return found

    @cached_property
    def described(self) -> Mapping[str, Any]:
        """The article as the page describes it for search engines (schema.org), else empty."""
        things = [thing for script in self._scripts() for thing in _things(script)]
        articles = [thing for thing in things if _ARTICLES.search(str(thing.get("@type") or ""))]
        dated = [thing for thing in articles if thing.get("datePublished")]
        return next(iter([*dated, *articles]), {})

    def _scripts(self) -> Iterator[Any]:
        for script in self.tree.iter("script"):
            content = script.text or ""
            if "ld+json" not in (script.get("type") or "") or len(content) > LONGEST_JSON:
                continue
            try:
                yield json.loads(content, strict=False)
            except (ValueError, RecursionError):
                continue

    @cached_property
    def publisher(self) -> str | None:
        publisher = self.described.get("publisher")
        named = publisher.get("name") if isinstance(publisher, dict) else publisher
        names = [named, *(self.meta.get(name) for name in ("og:site_name", "dc.publisher", "application-name"))]
        return next((name.strip() for name in names if isinstance(name, str) and name.strip()), None)

    @cached_property
    def addresses(self) -> list[str]:
        """The addresses that the page gives itself."""
        links = [link.get("href") or "" for link in self.tree.iter("link") if link.get("rel") == "canonical"]
        return [address for address in (*links, self.meta.get("og:url", "")) if address]

    @cached_property
    def title(self) -> str:
        """The title without the name of the site."""
        headings = [" ".join(h1.text_content().split()) for h1 in self.tree.iter("h1")]
        headings = [heading for heading in headings if 3 < len(heading) <= LONGEST_TITLE]
        headline = self.described.get("headline")
        said = [
            self.meta.get("og:title"),
            headline if isinstance(headline, str) else None,
            self.tree.findtext(".//title"),
        ]
        titles = [title for title in (" ".join((title or "").split()) for title in said) if title]
        for title in titles:
            for heading in headings:
                if fold(title) == fold(heading) or _is_followed_by_names(fold(title), fold(heading)):
                    return heading
        if titles:
            return self._without_site(titles[0])[:LONGEST_TITLE]
        return headings[0] if headings else ""

    def _without_site(self, title: str) -> str:
        parts = _SEPARATOR.split(title)
        if len(parts) == 1:
            return title
        site = fold(self.publisher or "")
        if site and fold(title).endswith(site):
            return title[: -len(parts[-1])].rstrip(" |–—·»:-")
        return parts[0] if "|" in title and len(parts[0]) > 20 else title

    def language(self, text: str) -> str | None:
        """The language that the page declares; for one that we read, what the words of the text say counts more."""
        declared = (
            (self.tree.get("lang") or self.meta.get("og:locale") or self.meta.get("language") or "").strip().lower()[:2]
        )
        if len(text) < _ENOUGH_TO_DETECT or (declared and declared not in languages()):
            return declared or None
        return detect_language(text)


def _things(node: Any) -> Iterator[Mapping[str, Any]]:
    """The objects that a JSON document describes, those in lists and graphs too."""
    if isinstance(node, list):
        for part in node[:50]:
            yield from _things(part)
    elif isinstance(node, dict):
        yield node
        if "@graph" in node:
            yield from _things(node["@graph"])


def _is_followed_by_names(title: str, heading: str) -> bool:
    return len(heading) > 15 and title.startswith(heading) and _SEPARATOR.match(title[len(heading) :]) is not None
