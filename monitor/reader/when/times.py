"""What a sentence says of time: which of the times it names is that of a number, and what that is in ISO 8601."""

from __future__ import annotations

import itertools

from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Field, Scene
from monitor.reader.sentence.tokens import MARK
from monitor.reader.statistic import MONEY
from monitor.reader.when.clauses import guessed, of_its_verb, of_others, set_off
from monitor.reader.when.documents import announces, of_main_verb, tells_nothing
from monitor.reader.when.founding import begun, created, founded, in_relative, opened
from monitor.reader.when.intervals import follows
from monitor.reader.when.moments import Moment, years_of
from monitor.reader.when.periods import resolve
from monitor.reader.when.ranges import spanned
from monitor.reader.when.reached import reached
from monitor.reader.when.relative import until_now
from monitor.reader.where.areas import distance, stock

_LEANING = frozenset({"same_last_year", "year_before", "stretch_before"})  # resolved with the number before
_BESIDE = frozenset({"year_before", "years_before", "following_year"})
_PARTS = frozenset(
    {
        "half_bare",
        "quarter_bare",
        "quarters_bare",
        "months_first_bare",
        "month_range_bare",
        "bare_month",
        "days_bare",
        "day_of_month",
        "since_bare",
        "until_bare",
    }
)
_PARTS_OF_NOW = frozenset({"until_bare", "month_range_bare", "months_first_bare", "quarters_bare"})
_YEARLY = frozenset(
    {"last_year", "this_year", "that_year", "main_year", "same_year", "year_before", "following_year", "years_ago"}
)
_INEXACT = frozenset(
    {"that_year", "main_year", "same_year", "that_period", "those_months", "yesterday", "unknown", "this_month"}
)
_EXACT = 4  # tokens by which a time that needs no other may stand farther
_KEPT = 3  # tokens between `houses` and the number
_NOW = 8  # tokens between `today` and the number it is said of
_TITLE = 2  # tokens behind a year in which the name of a document stands: `the 2017-2021 national plan`
_BEFORE = 3  # tokens before a time in which it is said to be compared with
_DONE = frozenset({"victims", "detentions", "organisations"})  # what is done on a day
_STANDING = frozenset({"now", "up_to_now"})
_PRESENT = frozenset({"now", "up_to_now", "pending"})
_OUTER = 4  # tokens between `the period` and the time that says which
_AFTERMATH = 8  # tokens between `after` and the time of what went before


def period(scene: Scene, field: Field, span: tuple[int, int], moment: Moment) -> tuple[bool, str | None]:
    """Whether the words between two tokens speak of a time, and the period they name."""
    mentions = [
        mention
        for mention in told_within(scene, *span)
        if not _aside(scene, field, mention)
        and not begun(scene, field, mention)
        and not guessed(scene, field, mention)
        and not of_others(scene, field, mention)
        and not created(scene, field, mention)
        and not _of_another(scene, field, mention)
        and not in_relative(scene, field, mention)
    ]
    mentions = [m for m in mentions if not set_off(scene, field, m)] or mentions
    mentions = _before_stop(scene, field, mentions) if mentions and scene.standing[";"] else mentions
    mentions = _without_vague(scene, mentions) if len(mentions) > 1 else mentions
    if not mentions:
        return False, None
    mentions = of_main_verb(scene, field, _of_clause(scene, field, mentions)) if len(mentions) > 1 else mentions
    mentions = [mention for mention in mentions if mention.concept == "since_then"] or mentions
    stated = _years([mention for mention in mentions if not founded(scene, mention)] or mentions)
    inner = moment._replace(year=stated[-1], stated=stated[-1]) if stated else moment
    mentions = of_its_verb(scene, field, mentions) or mentions
    best = min(mentions, key=lambda mention: distance(scene, field, mention) - _EXACT * _exact(mention))
    if best.facts["period"] == "that_year" and not _years(scene.within(0, best.first, "period")):
        return True, said(scene, best, moment)  # `nine in that year, double those of 2016`
    if best.concept == "this_year" and (part := _part_of_now(mentions)) is not None and moment.this_year is not None:
        return True, said(scene, part, inner._replace(stated=moment.this_year))  # `Until May it freed 40 this year`
    if best.concept == "this_year" and field.amount.unit in MONEY:
        return True, None if moment.this_year is None else str(moment.this_year)  # a budget is of a whole year
    return True, said(scene, best, inner)


def _without_vague(scene: Scene, mentions: list[Mention]) -> list[Mention]:
    """`en 2019, antes de la pandemia, ...`: a vague time that only explains the one right before it."""
    ends = {mention.last for mention in mentions if mention.facts["period"] != "unknown"}
    vague = [m for m in mentions if m.facts["period"] == "unknown" and scene.word(m.first - 1) == ","]
    return [m for m in mentions if m not in vague or m.first - 1 not in ends]


def _of_another(scene: Scene, field: Field, mention: Mention) -> bool:
    """`has three shelters, and a fourth was promised in 2018`: a time behind an `and` and a verb, of no stock."""
    last = field.amount.last
    behind = mention.first > last and scene.begins_clause(last, mention.first)
    apart = behind and scene.has(",", last, mention.first) and not scene.within(last, mention.first, "act")
    return apart and stock(scene, field)


def _part_of_now(mentions: list[Mention]) -> Mention | None:
    """The part of this year that is named beside it."""
    return next((m for m in mentions if m.facts["period"] in _PARTS_OF_NOW), None)


def _before_stop(scene: Scene, field: Field, mentions: list[Mention]) -> list[Mention]:
    """`In May a raid led to six arrests; by July all of them were free`: behind a `;`, no time but the first."""
    stop = next((place for place in scene.places(";") if place >= field.amount.last), None)
    if stop is None:
        return mentions
    if not told_within(scene, 0, field.amount.first):
        verb = scene.has("copulas", stop, len(scene.tokens))  # `They freed 72; since then the camps have filled again`
        return [m for m in mentions if not (verb and 0 < m.first - stop <= _TITLE)]
    return [mention for mention in mentions if mention.first < stop]


def _of_clause(scene: Scene, field: Field, mentions: list[Mention]) -> list[Mention]:
    """`In 2021 there were 17, and the number for 2023 points upwards`: a time said before, not that of a new clause."""
    amount = field.amount
    if all(mention.first >= amount.first for mention in mentions):
        return mentions
    joint = next((place for place in range(amount.last, field.last) if scene.joins(place)), field.last)
    return [mention for mention in mentions if mention.first < joint]


def trailing(scene: Scene, field: Field) -> bool:
    """Whether a field names a time behind its number only."""
    told = told_within(scene, field.first, field.last)
    return bool(told) and all(mention.first >= field.amount.last for mention in told)


def opens_clause(scene: Scene, field: Field) -> bool:
    """`then 80, and so far in 2023 there are 50`: a time right behind an `and` holds for what follows only."""
    told = told_within(scene, field.first, field.amount.first)
    return bool(told) and scene.joins(told[0].first - 1)


def said(scene: Scene, mention: Mention, moment: Moment) -> str | None:
    """The period of a mention: with the times that it goes on from or with, and from there to now after `since`."""
    mention, moment = _of_year(scene, mention, moment)
    found = resolve(mention, _named_here(scene, mention, moment))
    led = mention.first - 1 - scene.isa(mention.first - 1, "of")
    if scene.isa(led, "earlier"):
        return None  # `before 2015`: who knows from when on
    if (up_to := reached(scene, mention, moment, found)) is not None or found is None:
        return up_to
    if (longer := spanned(scene, mention, moment)) is not None:
        return longer
    if opened(scene, mention):
        return until_now(found, moment)
    times = scene.named("period")
    at = times.index(mention) if mention in times else 0
    for other in times[at + 1 :]:
        joined = follows(found, resolve(other, moment)) if _joined(scene, times[at], other) else None
        if joined is None:
            break
        found, at = joined, at + 1
    at = times.index(mention) if mention in times else 0
    for other in reversed(times[:at]):
        joined = follows(resolve(other, moment), found) if _joined(scene, other, times[at]) else None
        if joined is None:
            break
        found, at = joined, at - 1
    return found


def _named_here(scene: Scene, mention: Mention, moment: Moment) -> Moment:
    """`fewer than in 2019, since back then there were 18`: that year is the one that the sentence named last.

    So is what `the year before` leans on where nothing was counted in it: `no data for 2016; a year earlier, 40`.
    """
    kind = mention.facts["period"]
    if kind != "that_year" and kind not in _BESIDE:
        return moment
    before = _years([other for other in scene.named("period") if other.last <= mention.first])
    if not before or kind == "that_year":
        return moment._replace(year=before[-1]) if before else moment
    counted = any(field.amount.first < mention.first for field in scene.fields)
    return moment if counted else moment._replace(year=before[-1], period=None)


def _of_year(scene: Scene, mention: Mention, moment: Moment) -> tuple[Mention, Moment]:
    """`the first half` and `last year` of `the first half of last year`: the part, in the year that the other names."""
    times = scene.named("period")
    at = times.index(mention) if mention in times else 0
    for part, whole in itertools.pairwise(times[max(at - 1, 0) : at + 2]):
        gap = range(part.last, whole.first)
        apart = len(gap) > 1 or any(not scene.isa(place, "of") for place in gap)
        if part.facts["period"] in _PARTS and whole.facts["period"] in _YEARLY and not apart:
            named = resolve(whole, moment)
            return part, moment if named is None else moment._replace(stated=years_of(named))
    return mention, moment


def _joined(scene: Scene, one: Mention, two: Mention) -> bool:
    """`2010, 2011 and the first half of 2012`: nothing but commas and an `and` stands between two times."""
    gap = list(range(one.last, two.first))
    if scene.has("comparers", one.first - _BEFORE, one.first):
        return False  # `Unlike in 2021, in 2022 there were 40`
    if not all(any(slot == "year" for slot, _ in mention.slots) for mention in (one, two)):
        return False
    if gap and scene.isa(gap[-1], "determiners"):
        gap.pop()
    if not 0 < len(gap) <= 2 or (len(gap) > 1 and scene.word(gap[-1]) == ",") or _apart(scene, one, two):
        return False
    ended = two.last >= len(scene.tokens) or scene.tokens[two.last].kind == MARK
    if len(gap) > 1 and scene.isa(two.first, "prepositions") and not ended:
        return False  # `placed five in 2016, and in 2017 they moved nine`
    return all(scene.word(place) == "," or scene.joins(place) or scene.isa(place, "adders") for place in gap)


def _apart(scene: Scene, one: Mention, two: Mention) -> bool:
    """`assisted 90 in 2018, and in 2019 it assisted 70`: each time has a number of its own."""
    place = two.last + (scene.word(two.last) == ",")
    ended = place >= len(scene.tokens) or scene.tokens[place].kind == MARK or scene.joins(place)
    numbers = [field.amount.first for field in scene.fields]
    if ended or not numbers or not scene.isa(two.first, "prepositions"):
        return False
    return numbers[0] < one.first and place <= numbers[-1] and not scene.has(";", one.first, numbers[-1])


def present(scene: Scene, field: Field) -> bool:
    """`today the house shelters eleven`, `en la actualidad son 38`: how things stand now, whenever that is."""
    if any(mention.concept == "pending" for mention in scene.within(field.first, field.last, "period")):
        return True
    behind = scene.starts.get(field.amount.last)  # `from 60 in 2016 to 155 today`
    ended = behind is not None and scene.isa(field.amount.first - 1, "change_ends")
    told = ended and behind is not None and behind.concept in _STANDING
    near = range(max(field.first, field.amount.first - _KEPT), field.amount.first)
    if told or any(scene.isa(p, "standing_verbs") and not _a_noun(scene, p) for p in near):
        return True  # `el hogar alberga a 23 chicas`
    return any(
        mention.concept in _STANDING and not announces(scene, mention) and _near(scene, mention, field.amount.first)
        for mention in scene.within(field.first, field.amount.first, "period")
    )


def _a_noun(scene: Scene, place: int) -> bool:
    """`The ministry's shelters cared for 174 girls`: homes, and no verb."""
    mention = scene.inside.get(place)
    return mention is not None and "indicator" in mention.facts and not scene.isa(place - 1, "relatives")


def _near(scene: Scene, mention: Mention, number: int) -> bool:
    """Whether `today` stands near a number, or opens the clause that it stands in."""
    opens = mention.first <= 1 and not scene.has(",", mention.last, number)
    return opens or number - mention.last <= _NOW


def up_to_now(scene: Scene, field: Field) -> bool:
    """`hasta la fecha son 143`: in the time that runs, where the text speaks of one."""
    named = [mention for mention in scene.within(field.first, field.last, "period") if mention.concept == "up_to_now"]
    return bool(named) and not scene.isa(named[0].first - 1, "relatives")


def outdated(scene: Scene, field: Field) -> bool:
    """`In 2016 there was none, and now there are three`: a time that the present follows is not that of the number."""
    told = told_within(scene, field.first, field.last)
    now = [mention for mention in scene.within(field.first, field.amount.first, "period") if mention.concept == "now"]
    return bool(now) and all(mention.last <= now[-1].first for mention in told) and present(scene, field)


def this_day(scene: Scene, field: Field, moment: Moment) -> str | None:
    """`hoy fueron rescatadas doce`, `police today freed 12`: the day of publication, where something was done on it."""
    for mention in scene.within(field.first, field.last, "period"):
        plain = mention.last - mention.first == 1 and not scene.isa(mention.first - 1, "relatives")
        if scene.isa(mention.first, "today") and plain and not announces(scene, mention):
            acts = scene.within(mention.first - _TITLE, mention.last + _TITLE, "act")
            if moment.published is not None and any(act.facts["act"] in _DONE for act in acts):
                return moment.published.isoformat()
    return None


def when(scene: Scene, field: Field, moment: Moment) -> str | None:
    """`more than in 2020, when there were 19`, `in which ...`: the time named right before the clause of the number."""
    for place in range(field.first, field.amount.first):
        which = scene.isa(place, "relatives") and scene.isa(place - 1, "locatives")
        if which or scene.isa(place, "when"):
            before = [mention for mention in scene.within(0, place, "period") if place - which - mention.last <= 1]
            if not before and which:
                continue
            if not before:
                return None
            if before[-1].facts["period"] in _LEANING and moment.period is not None:
                return moment.period
            return said(scene, before[-1], moment)
    return None


def told_within(scene: Scene, first: int, last: int) -> list[Mention]:
    """The times that a sentence names between two tokens, as `times` has them."""
    return [mention for mention in times(scene) if first <= mention.first < last] if scene.named("period") else []


def times(scene: Scene) -> list[Mention]:
    """The times that a sentence names, dates of documents and announcements and the present aside."""
    if "times" not in scene.noted:
        named = scene.named("period")
        scene.noted["times"] = [mention for mention in named if _tells(scene, mention)]
    return scene.noted["times"]


def other_document(scene: Scene) -> bool:
    """Whether a sentence without a time of its own leans on a dated document: what follows is of another time."""
    dates = [mention for mention in scene.named("period") if mention.concept not in _PRESENT]
    dated = any(not announces(scene, mention) for mention in dates)
    return dated and not any(mention.concept == "law" for mention in scene.mentions)


def governing(scene: Scene) -> list[Mention]:
    """The times of a sentence that are more than compared with, or the beginning of something."""
    compared = [m for m in scene.named("link") if m.facts["link"] in {"compare", "change"}]
    links = {m.last for m in compared if m.first or not _turns(scene)}
    told = [m for m in times(scene) if not links & {m.first, m.first - 1} and not founded(scene, m)]
    return [m for m in told if not _left_behind(scene, m)] or told if len(told) > 1 else told


def _turns(scene: Scene) -> bool:
    """`Respecto de 2020, el instituto indicó que ... frente a 2019`: what is spoken of next, not compared with."""
    return scene.isa(0, "turning") and (len(times(scene)) > 1 or scene.has("announcing", 0, len(scene.tokens)))


def _left_behind(scene: Scene, mention: Mention) -> bool:
    """`rose in the first half of 2021 after a drop that came in 2020`: what went before."""
    before = range(max(mention.first - _AFTERMATH, 0), mention.first)
    after = [place for place in before if scene.isa(place, "aftermath")]
    return bool(after) and not scene.has(",", after[-1], mention.first)


def columns(scene: Scene, moment: Moment) -> list[str]:
    """The times that head the columns of a table, in order: `Region 2018 2019`, `January 2022 / January 2023`."""
    mentions = scene.named("period")
    named: list[str | None] = [resolve(mention, moment) for mention in mentions]
    if len(mentions) == 1 and mentions[0].facts["period"] == "years":
        named = [str(year) for year in _years(mentions)]
    told = [period for period in named if period is not None]
    return told if len(told) > 1 and len(set(told)) == len(named) else []


def years(scene: Scene) -> list[int]:
    """The years that a sentence names, in order."""
    return _years(scene.named("period"))


def _years(mentions: list[Mention]) -> list[int]:
    return [int(value) for mention in mentions for slot, value in mention.slots if slot == "year"]


def _exact(mention: Mention) -> int:
    return mention.facts["period"] not in _INEXACT


def _tells(scene: Scene, mention: Mention) -> bool:
    """Whether a time may be that of a figure."""
    return mention.concept not in _PRESENT and not tells_nothing(scene, mention) and not _outer(scene, mention)


def _outer(scene: Scene, mention: Mention) -> bool:
    """`in the period from 2004 to April 2012`: the time behind it says which."""
    if mention.facts["period"] != "that_period":
        return False
    inner = scene.within(mention.last, mention.last + _OUTER, "period")
    return bool(inner) and not scene.has(",", mention.last, inner[0].first)


def _aside(scene: Scene, field: Field, mention: Mention) -> bool:
    """`446, though they were closed from March`: a remark after the number speaks of something else."""
    first = field.amount.last
    but = any(scene.isa(p, "adversatives") and scene.word(p - 1) == "," for p in range(first + 1, mention.first))
    commas = [p for p in range(first, mention.first) if scene.word(p) == ","]
    remark = any(scene.isa(p + 1, "indefinites") and scene.isa(p + 2, "remark_nouns") for p in commas)
    return (but or remark or scene.has("subordinators", first, mention.first)) and not opened(scene, mention)
