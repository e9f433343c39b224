"""Takes what is no article out of a page: links elsewhere, captions, bylines, sharing, notices, counters of readers."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from monitor.reader.dates import find_date
from monitor.reader.language import fold
from monitor.text.phrases import PHRASES

BLOCKS = frozenset(["p", "li", "div", "h2", "h3", "h4", "h5", "h6", "section", "dd", "dt", "blockquote", "header"])
_HEADINGS = frozenset(["h2", "h3", "h4", "h5", "h6"])
_GONE = frozenset(
    [
        *(
            "script",
            "style",
            "noscript",
            "template",
            "iframe",
            "svg",
            "button",
            "select",
            "input",
            "textarea",
            "nav",
            "aside",
        ),
        *("footer", "dialog", "form", "object", "embed", "audio", "video", "canvas", "figure", "figcaption", "label"),
    ]
)
_ROLES = frozenset(["navigation", "banner", "complementary", "contentinfo", "dialog", "alertdialog", "search", "menu"])
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NAMES = re.compile(
    r"(?<![a-z])(?:related\w*|relacionad[oa]s?|recomend\w{0,12}|recommend\w{0,12}|share|shared?addy|sharing|compart\w{0,6}|social|cookies?"
    r"|consent|newsletters?|boletin|suscri\w{0,10}|subscri\w{0,10}|most-?(?:read|viewed|popular)|m[ao]s-?(?:leid|vist)\w{1,3}"
    r"|trending|breadcrumbs?|migas|byline|author|autor|firma|credits?|caption|leyenda|copyright|tags?|etiquetas"
    r"|comments?|comentarios|advert\w{0,10}|ads?|publicidad|sidebar|widgets?|popup|modal|pager|pagination|menu|toolbar"
    r"|outbrain|taboola|read-?more|leer-?mas|lee-?tambien|see-?also|signup|notification|visually-hidden|sr-only|screen-reader-text"
    r"|jp-relatedposts|paywall|promo|lightbox|accesibilidad)(?![a-z])"
)
_HIDDEN = re.compile(r"display\s?:\s?none|visibility\s?:\s?hidden")
_HEADING = 40  # characters of a heading over links
_SHORT = 200  # characters of a block that phrases are looked for in
_MASTHEAD = 90  # characters of a line between the heading and the date
_DIGITS_AND_WORDS = re.compile(r"[a-z]+")
_NAME_WORD = re.compile(r"[^\W\d_]")


def prune(tree: HtmlElement) -> None:
    """Take out what markup or its names say is no article; what holds the heading or most of the words stays."""
    weights = plain_lengths(tree)
    total = weights.get(tree, 0)
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in ("html", "body", "head", "h1", "main"):
            continue
        if _is_clutter(element) and weights.get(element, 0) * 2 <= total and not _holds_heading(element):
            drop(element)


def prune_lines(tree: HtmlElement) -> None:
    """Take out the blocks whose words say that they are no article."""
    _prune_masthead(tree)
    gone: set[HtmlElement] = set()
    for block in leaf_blocks(tree):
        if block in gone:
            continue
        text = " ".join(block.text_content().split())
        if not text or len(text) > _SHORT:
            continue
        said = fold(text)
        if _leads_away(block, said):
            gone.update(_following_links(block) if len(said) < 60 else [])
            gone.add(block)
        elif (
            said.startswith(PHRASES.captions)
            or is_date_line(text)
            or (block.tag not in _HEADINGS and _is_byline(text, said))
        ):
            gone.add(block)
    for block in gone:
        drop(block)


def drop(element: HtmlElement) -> None:
    """Take an element out and leave the text behind it."""
    if element.getparent() is not None:
        element.drop_tree()


def plain_lengths(tree: HtmlElement) -> dict[HtmlElement, int]:
    """For each element the characters of text in it that are no links."""
    lengths: dict[HtmlElement, int] = {}
    for element in reversed(list(tree.iter())):
        own = 0 if element.tag in ("a", "script", "style") else len((element.text or "").strip())
        inner = 0 if element.tag == "a" else sum(lengths[child] + len((child.tail or "").strip()) for child in element)
        lengths[element] = own + inner
    return lengths


def leaf_blocks(tree: HtmlElement) -> list[HtmlElement]:
    """The blocks that hold no other block, in order."""
    blocks = [element for element in tree.iter() if element.tag in BLOCKS]
    parents = {parent for block in blocks for parent in _outer(block)}
    return [block for block in blocks if block not in parents]


def _outer(block: HtmlElement) -> list[HtmlElement]:
    """The nearest block around a block; the farther ones are found from that."""
    parent = block.getparent()
    while parent is not None and parent.tag not in BLOCKS:
        parent = parent.getparent()
    return [parent] if parent is not None else []


def is_date_line(text: str) -> bool:
    """Whether a line is a date and nothing but what stands beside dates."""
    if len(text) > 70 or find_date(text) is None:
        return False
    return all(word in PHRASES.beside_dates for word in _DIGITS_AND_WORDS.findall(fold(text)))


def _is_clutter(element: HtmlElement) -> bool:
    if element.tag in _GONE:
        return element.tag not in ("figure", "figcaption") or not _is_of_table(element)
    if element.get("role") in _ROLES or element.get("hidden") is not None:
        return True
    if _HIDDEN.search((element.get("style") or "").lower()[:500]):
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:500]
    return bool(names.strip()) and _NAMES.search(_CAMEL.sub("-", names).lower()) is not None


def _is_of_table(element: HtmlElement) -> bool:
    figure = element if element.tag == "figure" else element.getparent()
    return figure is not None and next(figure.iter("table", "blockquote"), None) is not None


def _holds_heading(element: HtmlElement) -> bool:
    return next(element.iter("h1"), None) is not None


def _prune_masthead(tree: HtmlElement) -> None:
    """The short lines between the heading and the date: section, author, kind of text."""
    heading = next(tree.iter("h1"), None)
    if heading is None:
        return
    lines: list[HtmlElement] = []
    reached = False
    blocks = set(leaf_blocks(tree))
    for element in tree.iter():
        reached = reached or element is heading
        if not reached or element not in blocks:
            continue
        text = " ".join(element.text_content().split())
        if is_date_line(text):
            for line in lines:
                drop(line)
            return
        if len(text) > _MASTHEAD or text.endswith((".", "!", "?")) or len(lines) > 12:
            return
        lines.append(element)


def _leads_away(block: HtmlElement, said: str) -> bool:
    """Whether a block sends readers elsewhere: a phrase of that kind, then nothing, a colon or mostly links."""
    lead = next((lead for lead in PHRASES.leads if said.startswith(lead)), None)
    if lead is None:
        return False
    rest = said[len(lead) :].lstrip()
    if not rest or (rest.endswith(":") and len(said) < _HEADING):
        return True
    if rest[0].isalnum() and said[len(lead)].isalnum():
        return False
    linked = sum(len(link.text_content().strip()) for link in block.iter("a"))
    return rest[0] == ":" or linked * 5 >= len(said) * 2


def _following_links(block: HtmlElement) -> list[HtmlElement]:
    """The siblings after a heading over links, as far as they are links."""
    found: list[HtmlElement] = []
    for sibling in block.itersiblings():
        words = len("".join(sibling.text_content().split()))
        linked = sum(len("".join(link.text_content().split())) for link in sibling.iter("a"))
        if words and linked * 10 < words * 8:
            break
        found.append(sibling)
        if len(found) > 30:
            break
    return found


def _is_byline(text: str, said: str) -> bool:
    """A short line that names its author: `Por Ana Ruiz`, each word a name."""
    start = next((start for start in PHRASES.bylines if said.startswith(start)), None)
    if start is None or len(text) > 90 or text.endswith((".", ":", "?", "!")) or any(c.isdigit() for c in text):
        return False
    names = [word for word in text[len(start) :].split() if len(word) > 3]
    return bool(names) and all(not _NAME_WORD.match(name) or name[0].isupper() for name in names)
