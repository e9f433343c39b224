"""What title and first sentences say of a whole document: the region it is about, the year it speaks from."""

from __future__ import annotations

import collections

from monitor.reader.lexicon import Lexicon
from monitor.reader.mentions import Matcher
from monitor.reader.numbers import numbers
from monitor.reader.scene import Scene
from monitor.reader.tokens import tokens

_DATELINE = 4  # tokens of a first sentence that only says where: `Arequipa.`
_OFTEN, _SHARE = 3, 0.5
_HEAD = 4  # sentences at the top that tell what a document is about


def document_area(scenes: list[Scene], title: str, words: Lexicon) -> str | None:
    """The one region that the title names, else the one that the head of the text names again and again."""
    named = Matcher(tokens(title), [], words).mentions()
    if codes := {mention.facts["area"] for mention in named if "area" in mention.facts}:
        return codes.pop() if len(codes) == 1 else None
    if any(mention.concept == "nationwide" for mention in named):
        return None
    if (main := _main_region(scenes)) is not None:
        return main
    if any(mention.facts.get("country") for mention in named):
        return None
    mentions = [mention for scene in scenes[:_HEAD] for mention in scene.mentions]
    if any(mention.facts.get("country") for mention in mentions):
        return None
    places = [mention.facts["area"] for mention in mentions if "area" in mention.facts]
    dateline = bool(scenes) and len(scenes[0].tokens) <= _DATELINE and bool(places)
    return places[0] if len(set(places)) == 1 and (dateline or len(places) > 1) else None


def _main_region(scenes: list[Scene]) -> str | None:
    """The region that a story keeps coming back to: most of its places, from the beginning on."""
    places = [mention.facts["area"] for scene in scenes for mention in scene.mentions if "area" in mention.facts]
    if len(places) < _OFTEN:
        return None
    main, count = collections.Counter(places).most_common(1)[0]
    opens = any(mention.facts.get("area") == main for scene in scenes[:_HEAD] for mention in scene.mentions)
    return main if opens and count >= _OFTEN and count >= _SHARE * len(places) else None


def title_year(title: str, words: Lexicon) -> int | None:
    """The one year that a title names."""
    found = tokens(title)
    mentions = Matcher(found, numbers(found, words), words).mentions()
    years = {int(value) for mention in mentions for slot, value in mention.slots if slot == "year"}
    return years.pop() if len(years) == 1 else None


def document_form(scenes: list[Scene], title: str, words: Lexicon) -> str | None:
    """The one form of exploitation that the title names, where the first sentences name no other."""
    named = Matcher(tokens(title), [], words).mentions()
    forms = {mention.facts["form"] for mention in named if "form" in mention.facts}
    forms |= (
        {m.facts["form"] for scene in scenes[:_HEAD] for m in scene.mentions if "form" in m.facts} if forms else set()
    )
    return forms.pop() if len(forms) == 1 else None
