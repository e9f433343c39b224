"""From one time to another: `2004 - July 2011`, `entre 2018 y abril de 2022`, whatever the two are called by."""

from __future__ import annotations

import datetime as dt

from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.numbers import idiom
from monitor.reader.sentence.scene import Scene
from monitor.reader.when.intervals import ordered, span
from monitor.reader.when.moments import Moment
from monitor.reader.when.periods import resolve

_GAP = 3  # tokens that may join the two: `y hasta el`
_ASIDE = 9  # tokens of a remark on the first of the two
_OPENING = 2  # tokens before the first in which `between` stands
_WEEKDAYS = frozenset({"weekday", "weekday_day"})
_WHOLE = frozenset(
    {
        "weekday",
        "weekday_day",
        "year",
        "month",
        "bare_month",
        "day",
        "day_of_month",
        "half",
        "quarter",
        "half_bare",
        "quarter_bare",
    }
)
_ENDS = _WHOLE | {"so_far", "half_now", "quarter_now", "months_first", "months_first_now", "last_year", "last_month"}
_DAY = len("2020-01-31")
_SINCE = {
    "since": "year",
    "since_month": "month",
    "since_bare": "bare_month",
    "since_day": "day",
    "since_day_bare": "day_of_month",
}
_BEGINS = frozenset((*_WHOLE, *_SINCE))
_UNTIL = frozenset({"until", "until_bare"})


def spanned(scene: Scene, mention: Mention, moment: Moment) -> str | None:
    """The time from one mention to the next, or from the one before, where words join the two; else None."""
    times = scene.named("period")
    at = times.index(mention) if mention in times else -1
    for one, two in ((at, at + 1), (at - 1, at)):
        if one >= 0 and two < len(times) and _joined(scene, times[one], times[two]):
            return _between(times[one], times[two], moment)
    return None


def _between(one: Mention, two: Mention, moment: Moment) -> str | None:
    years = [int(value) for slot, value in two.slots if slot == "year"]
    end = resolve(two, moment)
    if end is not None and one.facts["period"] in _WEEKDAYS:
        moment = moment._replace(published=dt.date.fromisoformat(end[:10]) if len(end) == _DAY else None)
    start = beginning(one, moment._replace(stated=years[-1]) if years else moment)
    if start is None or end is None:
        return None
    period = span(start, end)
    return period if ordered(period) else None


def beginning(mention: Mention, moment: Moment) -> str | None:
    """What `since 2018` begins with; any other time is its own."""
    kind = _SINCE.get(mention.facts["period"], mention.facts["period"])
    return resolve(mention._replace(facts={"period": kind}), moment)


def _joined(scene: Scene, one: Mention, two: Mention) -> bool:
    """Whether `to`, `until` or a dash stands between two times; `and` only behind `between`."""
    gap = list(range(_past_aside(scene, one.last), two.first))
    if len(gap) > _GAP or one.facts["period"] not in _BEGINS:
        return False
    if two.facts["period"] in _UNTIL:
        return not gap or (len(gap) == 1 and scene.joins(gap[0]))
    if two.facts["period"] not in _ENDS:
        return False
    while gap and scene.isa(gap[-1], "determiners") and not scene.isa(gap[-1], "until_words"):
        gap.pop()
    if not gap:
        return scene.isa(two.first, "until_words")  # `del lunes al jueves`
    if scene.isa(gap[-1], "until_words"):
        return len(gap) == 1 or (len(gap) == _OPENING and scene.joins(gap[0]))
    return len(gap) == 1 and scene.joins(gap[0]) and _opened(scene, one)


def _past_aside(scene: Scene, place: int) -> int:
    """`between March 2006, when it opened, and February 2007`: behind the remark on the first of the two."""
    if scene.word(place) != "," or not scene.among(place + 1, ("when", "relatives")):
        return place
    return next((p + 1 for p in range(place + 1, place + _ASIDE) if scene.word(p) == ","), place)


def _opened(scene: Scene, mention: Mention) -> bool:
    starts = scene.words.idioms["range_starts"]
    return any(idiom(scene.tokens, place, starts) for place in range(mention.first - _OPENING, mention.first + 1))
