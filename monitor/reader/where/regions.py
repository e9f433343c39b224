"""Places that a number of regions is told to be: `three regions (Lima, Ica and Puno) have 55 percent`."""

from __future__ import annotations

import itertools

from monitor.reader.drafts import Own
from monitor.reader.sentence.scene import Scene
from monitor.reader.where.enumerations import chains_within, codes

_LIST = 3  # tokens between the word for regions and the first of them


def share_regions(scene: Scene, owns: list[Own]) -> None:
    """Gives to a number behind a list of regions all of them, where the list says which so many regions are."""
    for (one, two), (first, second) in zip(itertools.pairwise(owns), itertools.pairwise(scene.fields), strict=True):
        last, end = first.amount.last, second.amount.first
        regions = [place for place in scene.places("region_nouns") if last <= place < last + _LIST]
        if one.foreign is None or not regions or one.head is not None:
            continue
        named = [mention for chain in chains_within(scene, regions[0] + 1, end) for mention in chain]
        opened = bool(named) and scene.word(named[0].first - 1) in {"(", "-", ":", ","}
        several = len({mention.facts["area"] for mention in named}) == int(first.amount.value)
        if opened and several and scene.has("copulas", named[-1].last, end):
            two.traits["area"] = codes(named)
