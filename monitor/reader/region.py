"""What title and first sentences say of a whole document: the year it speaks from, the form of exploitation."""

from __future__ import annotations

from monitor.reader.lexicon import Lexicon
from monitor.reader.mentions import Matcher
from monitor.reader.numbers import numbers
from monitor.reader.scene import Scene
from monitor.reader.tokens import tokens

_HEAD = 4  # sentences at the top that tell what a document is about


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
