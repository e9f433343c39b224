"""Years that stand beside a row of numbers, one for each."""

from __future__ import annotations

from monitor.reader.drafts import Own
from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Scene
from monitor.reader.what.chains import chains


def share_years(scene: Scene, owns: list[Own]) -> None:
    """`112, 140 and 165 in 2015, 2016 and 2017`: as many numbers as years belong to each other in order."""
    for mention in scene.mentions:
        named = [int(value) for slot, value in mention.slots if slot == "year"]
        if mention.concept != "years_range" or len(named) < 2:
            continue
        whole = list(range(named[0], named[-1] + 1))
        rows = [chain for chain in chains(scene) if len(chain) in {len(named), len(whole)}]
        for chain in sorted(rows, key=lambda chain: _apart(scene, chain, mention))[:1]:
            years = named if len(named) == len(chain) else whole
            for place, year in zip(chain, years, strict=False):
                owns[place].timed, owns[place].period = True, str(year)


def _apart(scene: Scene, chain: list[int], mention: Mention) -> int:
    """How far a row of numbers stands from the years that are told with it."""
    first, last = scene.fields[chain[0]].amount.first, scene.fields[chain[-1]].amount.last
    return min(abs(first - mention.last), abs(mention.first - last))
