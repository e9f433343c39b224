"""Hostile HTML and XML, parsed without entities, network or unbounded depth."""

from __future__ import annotations

import gzip
import io
import re
from html import unescape

from lxml import etree, html

from spiders.watches.page import Page, UnreadableError, storable

LARGEST = 20 * 1024 * 1024  # bytes of a compressed sitemap once it is open: as much as one may have that is not
LONGEST = 20_000  # characters of a title or summary with its markup
BLOCKS = ("p", "br", "div", "li", "td", "th", "h1", "h2", "h3", "h4", "blockquote")
LATIN = frozenset(
    {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"}
)  # browsers read Windows-1252 where it is said
_TAG = re.compile(rb"""(<[a-zA-Z][^\s>/"']*+)((?:[\s/]*+(?:"[^"]*+"|'[^']*+'|[^\s>"'/]++))*+)""")
_QUOTED = re.compile(rb""" "[^"]*+" | '[^']*+' """, re.VERBOSE)
MOST_ATTRIBUTES = 400  # of a tag: libxml2 takes the square of their number, and no page needs so many
LONG_TAG = 1000  # bytes
GZIP = b"\x1f\x8b"


def words(text: object) -> str:
    """The words of a text that may hold markup; of a very long one those that it begins with."""
    plain = storable(str(text or "")[:LONGEST])
    if "<" in plain:
        try:
            tree = html.fragment_fromstring(plain, create_parent="div")
            for block in tree.iter(*BLOCKS):
                block.tail = f" {block.tail or ''}"
            plain = str(tree.text_content())
        except (etree.LxmlError, ValueError):
            plain = plain.replace("<", " <")
    return " ".join(storable(unescape(plain)).split())


def visible_words(content: bytes) -> list[str]:
    """The words of a page that a reader sees."""
    try:
        tree = html.document_fromstring(content, parser=html.HTMLParser(huge_tree=False))
    except (etree.LxmlError, ValueError):
        return []
    shown = tree.xpath("//text()[not(ancestor::script or ancestor::style or ancestor::noscript)]")
    return " ".join(str(part) for part in shown).split()


def _thinned(tag: re.Match[bytes]) -> bytes:
    """A tag as it is, or without its attributes where they are more than a page has."""
    crowded = len(tag[2]) > LONG_TAG and len(re.split(rb"[\s/]+", _QUOTED.sub(b"", tag[2]))) > MOST_ATTRIBUTES
    return tag[1] + b" " if crowded else tag[0]


def is_utf8(content: bytes) -> bool:
    """Whether bytes are UTF-8: hardly anything else is by accident."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _encoding(page: Page) -> str | None:
    """How to read a page: UTF-8 where its bytes are that, else what its server says, else what it says itself."""
    if is_utf8(page.content):
        return "utf-8"
    said = page.content_type.lower().partition("charset=")[2].strip("\"' ;") or None
    return "windows-1252" if said in LATIN else said


def parse_html(page: Page, expected: str) -> html.HtmlElement:
    """The page as a tree. Raises UnreadableError where it is no HTML."""
    start = page.content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start.startswith(b"<") or (start.startswith((b"<?xml", b"<rss", b"<feed")) and b"<html" not in start):
        raise UnreadableError(page, expected)
    try:
        parser = html.HTMLParser(encoding=_encoding(page), huge_tree=False)
    except LookupError:
        parser = html.HTMLParser(huge_tree=False)
    try:
        return html.document_fromstring(_TAG.sub(_thinned, page.content), parser=parser, base_url=page.url)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableError(page, expected) from error


def parse_xml(page: Page, expected: str) -> etree._Element:
    """The page as a tree, gunzipped where needed. Raises UnreadableError where it is no XML."""
    content = page.content
    if content.startswith(GZIP):
        try:
            with gzip.open(io.BytesIO(content)) as stream:
                content = stream.read(LARGEST)
        except (OSError, EOFError) as error:
            raise UnreadableError(page, expected) from error
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True, load_dtd=False)
    try:
        root = etree.fromstring(content.lstrip(), parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableError(page, expected) from error
    if root is None:
        raise UnreadableError(page, expected)
    return root
