"""What a stretch of words says of the form of exploitation."""

from __future__ import annotations

from monitor.reader.areas import nearest
from monitor.reader.scene import Field, Scene


def form(scene: Scene, field: Field, first: int, last: int) -> str | None:
    """The form of exploitation named nearest to the amount; with another beside it, neither."""
    mentions = scene.within(first, last, "form")
    best = nearest(scene, field, mentions)
    if best is None:
        return None
    beside = {
        mention.facts["form"]
        for mention in mentions
        if mention is best or 0 < max(mention.first - best.last, best.first - mention.last) <= 1
    }
    return str(best.facts["form"]) if len(beside) == 1 else "_T"
