"""Numbers in a row that go with as many before them: `respectively`, `in those two years`, `(in 2018, 35 and 12)`."""

from __future__ import annotations

import itertools

from monitor.reader.drafts import Draft
from monitor.reader.sentence.scene import Field, Scene
from monitor.reader.what.changes import from_to

_PAIR = 2  # numbers of a change


def pair_off(scene: Scene, drafts: list[Draft], recent: list[Draft]) -> None:
    """`187 and 59, respectively`: the last numbers go with as many before them, here or in the sentence before."""
    said = scene.places("respectively")
    if not said:
        _pair_bracket(scene, drafts)
        _pair_halves(scene, drafts)
        _pair_bare(scene, drafts, recent)
        _pair_years(scene, drafts, recent)
        return
    ahead = [place for place, field in enumerate(scene.fields) if field.amount.first > said[0]]
    if ahead and all(draft.dropped for draft in drafts[: ahead[0]]):
        _pair_ahead(scene, drafts, ahead, recent)
        return
    last = [i for i, field in enumerate(scene.fields) if field.amount.first < said[0]]
    row = next((n for n in range(len(last), 1, -1) if _in_a_row(scene, scene.fields[len(last) - n : len(last)])), 0)
    count = row if 2 * row <= len(last) else 0
    bare = not scene.within(0, len(scene.tokens), "indicator")
    if not count and len(last) > 1 and len(recent) == len(last):
        exact = any(mention.facts["period"] != "that_period" for mention in scene.named("period"))
        done = not bare or any(drafts[place].own.act or drafts[place].own.person for place in last)
        if bare or not exact:
            _pair_row(drafts, last, recent, dated=exact, done=done)
        return
    if not count:
        return
    chain = last[len(last) - count :]
    level = scene.fields[chain[0]].depth  # `120 (90 women and 30 men) and 61, up from 52 and 33`: not those in brackets
    before = [place for place in range(len(last) - count) if scene.fields[place].depth == level]
    partners = (before if len(before) >= count else last[: len(last) - count])[-count:]
    told = _counts_itself(drafts[chain[0]], drafts[partners[0]])
    for partner, place in zip(partners, chain, strict=True):
        if told:
            drafts[place].period, drafts[place].indicator = drafts[partner].period, drafts[chain[0]].indicator
        else:
            _pair(drafts[partner], drafts[place])


def _pair_ahead(scene: Scene, drafts: list[Draft], ahead: list[int], recent: list[Draft]) -> None:
    """`In these three periods, respectively, 39, 46 and 22 people were arrested`: at the times told before."""
    row = ahead[: len(recent)]
    apart = len(row) > 1 and len(row) == len({each.period for each in recent}) == len(recent)
    if apart and _in_a_row(scene, [scene.fields[place] for place in row]):
        _pair_row(drafts, row, recent, dated=False, done=True)


def _counts_itself(first: Draft, partner: Draft) -> bool:
    """`140 charged in 2016 and 169 in 2017; those convicted were 49 and 61, respectively`: at the same times."""
    apart = partner.own.timed and first.own.period in {None, partner.period}
    return apart and (first.own.head or first.own.act or first.own.done or partner.indicator) != partner.indicator


def _pair_row(drafts: list[Draft], row: list[int], recent: list[Draft], *, dated: bool, done: bool) -> None:
    """Gives to each of a row the time of its partner; and what that counts, where nothing else was done."""
    for one, place in zip(recent, row, strict=True):
        drafts[place].indicator = drafts[row[-1]].indicator if done else one.indicator
        drafts[place].period = drafts[place].period if dated else one.period


def _pair(one: Draft, two: Draft) -> None:
    """The second counts what the first does, at another time."""
    two.indicator, two.measure = one.indicator, one.measure
    two.provider = two.provider if two.own.provider is not None and two.own.fresh else one.provider
    two.traits = {**two.traits, **one.traits, **two.own.traits}


def pair_changes(scene: Scene, drafts: list[Draft], recent: list[Draft]) -> None:
    """`from 509 in 2019 to 394 in 2020. In that time victims fell from 900 to 380`: each at the time of its partner."""
    if len(drafts) < _PAIR or len(recent) < _PAIR:
        return
    earlier, later = recent[-_PAIR:]
    apart = earlier.indicator == later.indicator and None not in {earlier.period, later.period}
    if not apart or earlier.period == later.period:
        return
    for (one, two), (first, second) in zip(itertools.pairwise(drafts), itertools.pairwise(scene.fields), strict=True):
        same = one.indicator == two.indicator and one.period == two.period == later.period
        if same and from_to(scene, first, second):
            one.period = earlier.period


def _pair_bracket(scene: Scene, drafts: list[Draft]) -> None:
    """`40 were charged and 21 convicted (in 2018, 35 and 12)`: bare numbers in brackets go with as many before them."""
    inside = [place for place, field in enumerate(scene.fields) if field.depth > 0]
    count = len(inside)
    first = inside[0] if inside else 0
    bare = all(not (drafts[p].own.head or drafts[p].own.act or drafts[p].own.person) for p in inside)
    if count < 2 or first < count or not bare or inside != list(range(first, first + count)):
        return
    timed = any(drafts[place].own.timed for place in inside)
    if timed and _in_a_row(scene, scene.fields[first : first + count]):
        for place in inside:
            _pair(drafts[place - count], drafts[place])


def _pair_halves(scene: Scene, drafts: list[Draft]) -> None:
    """`87 convictions and 22 acquittals, whereas the year before had brought 71 and 13`: bare numbers, in order."""
    half = len(drafts) // 2
    first, second = drafts[:half], drafts[half:]
    several = len({draft.indicator for draft in first}) == half > 1 and len(second) == half
    timed = [draft for draft in second if draft.own.timed]
    ends = len(timed) == 1 and (timed[0] is second[0] or (timed[0] is second[-1] and second[0].own.compared))
    if not several or not ends or len({draft.period for draft in first}) > 1:
        return
    bare = not any(e.own.head or e.own.act or e.own.person or e.own.traits or e.own.linked for e in second)
    counts = all(draft.amount.unit == "count" and (draft.own.noun or draft.own.done) for draft in first)
    if bare and counts and _in_a_row(scene, scene.fields[half:]):
        period = timed[0].period
        for one, two in zip(first, second, strict=True):
            _pair(one, two)
            two.period = period


def _pair_bare(scene: Scene, drafts: list[Draft], recent: list[Draft]) -> None:
    """`It opened 37 cases and won nine convictions. In 2018 they had been 31 and six`: as many, at another time."""
    several = len({draft.indicator for draft in recent}) > 1 and len(drafts) == len(recent)
    if not several or scene.within(0, len(scene.tokens), "indicator") or not _in_a_row(scene, scene.fields):
        return
    owns = [draft.own for draft in drafts]
    bare = not any(own.head or own.act or own.person or own.traits or own.foreign or own.linked for own in owns)
    if bare and any(own.timed for own in owns):
        for one, two in zip(recent, drafts, strict=True):
            _pair(one, two)


def _pair_years(scene: Scene, drafts: list[Draft], recent: list[Draft]) -> None:
    """`1,144 in 2016 and 1,433 in 2017. In those two years 51 and 48 were convicted`: one for each of those years."""
    spans = [m for m in scene.named("period") if m.facts["period"] == "that_period"]
    counts = {value for mention in spans for slot, value in mention.slots if slot == "n"}
    years = list(dict.fromkeys(draft.period for draft in recent))
    alike = len({draft.indicator for draft in drafts}) == 1 and len({draft.period for draft in drafts}) == 1
    if counts == {len(drafts)} == {len(years)} and alike and _in_a_row(scene, scene.fields):
        for draft, year in zip(drafts, years, strict=True):
            draft.period = year


def _in_a_row(scene: Scene, fields: list[Field]) -> bool:
    return all(
        scene.joins(place) or scene.word(place) == ","
        for one, two in itertools.pairwise(fields)
        for place in range(one.amount.last, two.amount.first)
    )
