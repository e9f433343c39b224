"""Text that lies loose in a division, cut by line breaks, as paragraphs: what old content systems write."""

from __future__ import annotations

from lxml.html import HtmlElement
from lxml.html.builder import P

_INLINE = frozenset(
    [
        "a",
        "b",
        "i",
        "em",
        "strong",
        "span",
        "u",
        "font",
        "abbr",
        "sup",
        "sub",
        "small",
        "mark",
        "q",
        "cite",
        "time",
        "big",
        "tt",
    ]
)
_HOLDERS = ("div", "td", "section", "article", "main", "body", "center", "form")
_ENOUGH = 30  # characters of text that lie loose


def wrap_loose_text(tree: HtmlElement) -> None:
    """Put text that stands directly in a division into paragraphs, one for each line."""
    for holder in list(tree.iter(*_HOLDERS)):
        if _loose(holder) >= _ENOUGH:
            _wrap(holder)


def _loose(holder: HtmlElement) -> int:
    if not any(child.tag == "br" or child.tag not in _INLINE for child in holder):
        return 0  # one run of words: the division is a paragraph
    return len((holder.text or "").strip()) + sum(len((child.tail or "").strip()) for child in holder)


def _wrap(holder: HtmlElement) -> None:
    children = list(holder)
    paragraph = _paragraph(holder.text)
    parts: list[HtmlElement] = [paragraph]
    holder.text = None
    for child in children:
        tail, child.tail = child.tail, None
        if child.tag in _INLINE:
            paragraph.append(child)
            child.tail = tail
            continue
        if child.tag == "br":
            holder.remove(child)
        else:
            parts.append(child)
        paragraph = _paragraph(tail)
        parts.append(paragraph)
    for part in parts:
        if part.tag != "p" or len(part) or (part.text or "").strip():
            holder.append(part)


def _paragraph(text: str | None) -> HtmlElement:
    paragraph: HtmlElement = P()
    paragraph.text = text
    return paragraph
