"""Who produced the figures of a sentence: the institution that acts, announces or is quoted."""

from __future__ import annotations

from monitor.reader.mentions import Mention
from monitor.reader.scene import Field, Scene

NOBODY = "nobody"


def provider(scene: Scene, field: Field) -> str | None:
    """The provider that a sentence names for an amount, `nobody` for unnamed authorities, None where it is silent."""
    named = [
        mention
        for mention in scene.mentions
        if _voice(mention) and not _helper(scene, mention) and not _counted(scene, mention)
    ]
    if not named:
        return None
    own = [mention for mention in named if field.first <= mention.first < field.last]
    lead = [mention for mention in named if mention.first < scene.lead]
    quoted = [mention for mention in named if _quoted(scene, mention)]
    for choice in (quoted, _before(own, field), lead, own, _before(named, field)[::-1]):
        if choice:
            return _voice(choice[0])
    return None


def _before(mentions: list[Mention], field: Field) -> list[Mention]:
    return [mention for mention in mentions if mention.first < field.amount.first]


def _voice(mention: Mention) -> str:
    return str(mention.facts.get("provider") or mention.facts.get("voice") or "")


def _counted(scene: Scene, mention: Mention) -> bool:
    """`39 prosecutors`: counted people are nobody's source."""
    if "voice" not in mention.facts:
        return False
    return any(field.amount.last <= mention.first < field.amount.last + 5 for field in scene.fields)


def _helper(scene: Scene, mention: Mention) -> bool:
    """`with support of the ILO`, `referred to the police`: who helps or receives does not count."""
    for place in range(mention.first - 1, max(mention.first - 5, -1), -1):
        word = scene.word(place)
        if word in scene.words.grammar["helpers"]:
            return True
        if not (scene.isa(place, "determiners") or scene.isa(place, "of") or scene.isa(place, "separators")):
            return False
    return False


def _quoted(scene: Scene, mention: Mention) -> bool:
    """`according to the police`, `the police reported`."""
    before = range(max(mention.first - 4, 0), mention.first)
    if any(scene.isa(place, "attributions") for place in before):
        return True
    return any(scene.isa(place, "reporting") for place in range(mention.last, mention.last + 2))
