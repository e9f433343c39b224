"""Times that a text names only after the figures they hold for."""

from __future__ import annotations

import datetime as dt

from monitor.reader.drafts import STOCKS, Draft
from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Scene
from monitor.reader.when.moments import Moment
from monitor.reader.when.periods import resolve
from monitor.reader.when.times import times

_DAY = len("2020-01-31")
_SUBJECT = 3  # tokens in which a sentence begins with `the figures`, and in which their verb follows
_BEGAN = 3  # tokens between `began` and when
_EVENTS = frozenset({"operations"})
_DONE = frozenset({"victims", "detentions"})


def said_after(scene: Scene, moment: Moment, *, lead: bool = False) -> str | None:
    """`These figures are of 2019`, `The raid took place on Sunday`: the period of the figures before, if it is one.

    In the `lead` of the story of an event, a day that a sentence without figures names is that of the event.
    """
    event = any(mention.facts["indicator"] in _EVENTS for mention in scene.named("indicator")) or _found_them(scene)
    event = event or _happened(scene) or (lead and not scene.fields)
    if scene.fields and not event and not _dates_figures(scene):
        return _of_source(scene, moment)
    named = {resolve(mention, moment) for mention in times(scene)} - {None}
    named = (_days(scene, moment) if event else None) or named
    period = named.pop() if len(named) == 1 else _from_to(scene, moment) if event and len(named) > 1 else None
    if period is None:
        return None
    named_so = any(token.word in scene.words.grammar["figure_nouns"] for token in scene.tokens)
    if (not scene.fields and named_so) or _dates_figures(scene):
        return period
    return period if event and len(period.partition("/")[0]) == _DAY else None


def _found_them(scene: Scene) -> bool:
    """`La Policía las encontró el 12 de mayo`, `Police freed them on 12 May`: what was done to those counted before."""
    endings = tuple(scene.words.grammar["participles"])
    for act in scene.named("act"):
        clitic = scene.isa(act.first - 1, "definite") and not scene.word(act.first).endswith(endings)
        if act.facts["act"] in _DONE and (clitic or scene.isa(act.last, "object_pronouns")):
            return True
    return False


def _happened(scene: Scene) -> bool:
    """`El hecho ocurrió la madrugada del martes`, `The rescue took place on 4 May`: when what was just told was."""
    noun = next((place for place in range(_SUBJECT) if scene.isa(place, "event_nouns")), None)
    return noun is not None and scene.has("happening", noun + 1, noun + _SUBJECT + 1)


def _dates_figures(scene: Scene) -> bool:
    """`The figures cover the 1,229 complaints filed from 2009 to 2014`: what the figures before are from."""
    noun = next((place for place in range(_SUBJECT) if scene.among(place, ("figure_nouns", "data_nouns"))), None)
    return noun is not None and scene.has("dating_verbs", noun + 1, noun + _SUBJECT + 1)


def _days(scene: Scene, moment: Moment) -> set[str | None]:
    """`The raid, carried out on 4 May, is the third this year`: the day that an event had, beside longer times."""
    named = [resolve(mention, moment) for mention in times(scene)]
    days: set[str | None] = {period for period in named if period is not None and len(period) == _DAY}
    return days if len(days) == 1 else set()


def _from_to(scene: Scene, moment: Moment) -> str | None:
    """`The raid began on Friday and ended on Sunday`: the days on which an event began and ended."""
    first, *_, last = times(scene)
    if first.concept != last.concept or not scene.has("founded", first.first - _BEGAN, first.first):
        return None
    end = resolve(last, moment)
    if end is None or len(end) != _DAY:
        return None
    start = resolve(first, moment._replace(published=dt.date.fromisoformat(end)))
    return f"{start}/{end}" if start is not None and len(start) == _DAY and start < end else None


def _of_source(scene: Scene, moment: Moment) -> str | None:
    """`... (INEI, 2021).`: the year of the source, at the end of the figures it gave."""
    last = len(scene.tokens) - 1
    closing = next((place for place in (last, last - 1) if scene.word(place) == ")"), 0)
    dates: list[Mention] = [m for m in scene.within(closing - 3, closing, "period") if m.last == closing]
    sources = scene.within(closing - 6, closing, "provider")
    opened = bool(sources) and scene.word(sources[0].first - 1) == "("
    return resolve(dates[0], moment) if closing and dates and opened else None


def date(drafts: list[Draft], period: str | None) -> None:
    """Gives a period to those that have none, stocks aside."""
    for draft in drafts:
        if draft.period is None and draft.indicator not in STOCKS and not draft.own.timed:
            draft.period = period
