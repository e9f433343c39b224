"""A web page to the words of its article. The only use of trafilatura."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import trafilatura
from lxml.html import HtmlElement

from monitor.reader.language import fold
from monitor.text.clutter import prune, prune_lines
from monitor.text.head import Head
from monitor.text.loose import wrap_loose_text
from monitor.text.markup import parse
from monitor.text.page import Page
from monitor.text.published import choose, dates_of_page, given_dates, in_dateline
from monitor.text.tables import flatten_tables

NOTHING = "no text found on the page"
CUT = "the page is too large to be read whole: the end of it is missing from the text"
ENOUGH = 250  # characters of text below which the slow path and the page's own description are asked, too


def read_article(content: bytes, content_type: str, given: Mapping[str, Any], fetched: datetime) -> Page:
    """The article of a web page: its text without what stands around it, and what the page says of itself."""
    markup = parse(content, content_type)
    if markup is None:
        published, reason, dates = choose([*given_dates(given)], fetched)
        title = given.get("title") or ""
        return Page(title=title, published=published, published_reason=reason, dates=dates, unreadable=NOTHING)
    head = Head(markup.tree)
    title = head.title or given.get("title") or ""
    seen = dates_of_page(head, [given["url"]] if given.get("url") else [])
    text = _without_title(article_text(markup.tree, head), title)
    published, reason, dates = choose([*given_dates(given), *seen, *in_dateline(text)], fetched)
    return Page(
        title=title,
        text=text,
        language=given.get("lang") or head.language(text),
        publisher=head.publisher,
        published=published,
        published_reason=reason,
        dates=dates,
        remark=CUT if markup.cut else None,
        unreadable=None if text.strip() else NOTHING,
    )


def article_text(tree: HtmlElement, head: Head) -> str:
    """The paragraphs of the article, one a line. Changes the tree."""
    prune(tree)
    flatten_tables(tree)
    wrap_loose_text(tree)
    prune_lines(tree)
    text = extract(tree, fast=True)
    if len(text) < ENOUGH:
        described = head.described.get("articleBody")
        more = [extract(tree, fast=False), described.strip() if isinstance(described, str) else ""]
        text = max([text, *more], key=len)
    return text


def extract(tree: HtmlElement, *, fast: bool) -> str:
    """What trafilatura takes for the article of a tree from which clutter is gone."""
    found = trafilatura.bare_extraction(
        tree, fast=fast, favor_precision=True, include_comments=False, include_tables=False, with_metadata=False
    )
    text = "" if found is None or isinstance(found, dict) else found.text or ""
    return text.strip()


def _without_title(text: str, title: str) -> str:
    first, _, rest = text.partition("\n")
    return rest if rest and fold(first.strip()) == fold(title.strip()) else text
