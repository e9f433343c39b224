"""Bytes to a tree: any encoding, any depth, any size, and never an error."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from lxml import etree, html

LARGEST = 6 * 1024 * 1024  # bytes of a page that are read
MOST_ELEMENTS = 12_000
DEEPEST = 250  # libxml2 drops what lies deeper than 256

_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s?=\s?[\"']?\s?([\w.:-]{2,40})", re.IGNORECASE
)
_CHARSET = re.compile(r"charset\s?=\s?[\"']?\s?([\w.:-]{2,40})", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_AS_BROWSERS_DO = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}
_NESTING = re.compile(
    r"</?(?:div|span|font|b|i|em|strong|u|center|section|blockquote|ul|ol|li|small|big)\b[^<>]{0,2000}>", re.IGNORECASE
)
_TAG = re.compile(r"""(<[a-zA-Z][^\s>/"']*+)((?:[\s/]*+(?:"[^"]*+"|'[^']*+'|[^\s>"'/]++))*+)""")
_QUOTED = re.compile(r""" "[^"]*+" | '[^']*+' """, re.VERBOSE)
_MOST_ATTRIBUTES = 400  # of a tag: libxml2 takes the square of their number, and no page needs so many
_LONG_TAG = 1000  # characters
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def decode(content: bytes, content_type: str = "") -> str:
    """The text of bytes: UTF-8 where they are valid in it, else as mark, header or page declare, else Windows-1252."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace")
    if b"\x00" not in content[:1000]:
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError as error:
            if error.start >= len(content) - 4:  # cut within its last letter
                return content.decode("utf-8", errors="replace")
    return content.decode(_declared(content, content_type), errors="replace")


def _declared(content: bytes, content_type: str) -> str:
    found = _CHARSET.search(content_type)
    inside = _DECLARED.search(content[:4000])
    names = [found[1] if found else "", inside[1].decode("ascii") if inside else ""]
    for name in names:
        try:
            known = codecs.lookup(name).name
        except LookupError:
            continue
        if known != "utf-8" and known not in _NOT_TEXT:
            return _AS_BROWSERS_DO.get(known, known)
    return "utf-16-le" if content[1:200:2].count(0) > 50 else "cp1252"


_NOT_TEXT = frozenset(
    [
        "base64",
        "bz2",
        "hex",
        "quopri",
        "rot13",
        "uu",
        "zlib",
        "unicode_escape",
        "raw_unicode_escape",
        "idna",
        "punycode",
        "utf-7",
        "undefined",
    ]
)


@dataclass(frozen=True, slots=True)
class Markup:
    """A page's tree, and whether it was so large that its end is missing."""

    tree: html.HtmlElement
    cut: bool


def parse(content: bytes, content_type: str = "") -> Markup | None:
    """The tree of a page, bounded in bytes, depth and elements; None where there is none."""
    text = _TAG.sub(_thinned, _UNSAFE.sub(" ", decode(content[:LARGEST], content_type)))
    tree = _tree(text)
    if tree is not None and _too_deep(tree):
        tree = _tree(_NESTING.sub("\n", text))
    if tree is None:
        return None
    left_out = _bound(tree)
    return Markup(tree, cut=left_out or len(content) > LARGEST)


def _thinned(tag: re.Match[str]) -> str:
    """A tag as it is, or without its attributes where they are more than a page has."""
    crowded = len(tag[2]) > _LONG_TAG and len(re.split(r"[\s/]+", _QUOTED.sub("", tag[2]))) > _MOST_ATTRIBUTES
    return f"{tag[1]} " if crowded else tag[0]


def _tree(text: str) -> html.HtmlElement | None:
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        found = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return found if isinstance(found, html.HtmlElement) else None


def _too_deep(tree: html.HtmlElement) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth >= DEEPEST:
            return True
    return False


def _bound(tree: html.HtmlElement) -> bool:
    """Leave out what comes after the first MOST_ELEMENTS elements; gives whether there was any."""
    surplus = [element for place, element in enumerate(tree.iter()) if place >= MOST_ELEMENTS]
    for element in reversed(surplus):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return bool(surplus)
