"""What has been reached by a month or a day: what adds up from January on, and what there is at its end."""

from __future__ import annotations

from monitor.reader.drafts import STOCKS
from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Scene
from monitor.reader.when.moments import Moment
from monitor.reader.when.ranges import beginning

_DATES = frozenset({"day", "day_of_month"})
_FLOWS = frozenset(
    {
        "complaints",
        "cases",
        "investigations",
        "prosecutions",
        "convictions",
        "victims",
        "victims_assisted",
        "operations",
        "detentions",
        "calls",
    }
)
_SPEAKERS = frozenset({"offices", "staff"})  # those who count, where no number stands before them


def reached(scene: Scene, mention: Mention, moment: Moment, found: str | None) -> str | None:
    """`the most since 2016, when 51 were freed`; `al 15 de julio se registraron 165 casos`: a beginning, an end."""
    kind = mention.facts["period"]
    now = kind == "so_far" and scene.isa(mention.first, "since")  # `since January, when 12 were freed`
    if (now or kind.startswith("since")) and scene.isa(mention.last + (scene.word(mention.last) == ","), "when"):
        return (found or "").partition("/")[0] or None if now else beginning(mention, moment)
    if kind.startswith("until") and found is not None and _of_stocks(scene):
        return found.rpartition("/")[2]  # `al mes de junio de 2019 funcionaban cuatro centros`
    day = kind in _DATES and scene.isa(mention.first, "until_words")
    if found is None or not (day or "reached" in mention.facts) or not _of_flows(scene):
        return None
    if moment.main is not None and moment.main.endswith("/" + found):
        return moment.main  # `from 2014 to June 2017 ... Eleven had ended by June 2017`
    if found.endswith("-12") and not day:
        return found[:4]  # `by December`: all of the year
    return f"{found[:4]}-01-01/{found}" if day else f"{found[:4]}-01/{found}"


def _of_flows(scene: Scene) -> bool:
    """`a junio de 2020 se registraron 60 casos`, not `hay 60 internos`: what adds up from January on."""
    if any(mention.concept == "prisons" for mention in scene.named("provider")):
        return False  # `as of May, according to the prison service, 146 people are held`
    named = {str(m.facts[fact]) for fact in ("indicator", "act") for m in scene.named(fact)}
    return bool(named & _FLOWS) and not (named - _SPEAKERS) & STOCKS and not _of_stocks(scene)


def _of_stocks(scene: Scene) -> bool:
    """Whether a sentence counts what there is: not what adds up."""
    counted = [scene.starts.get(field.amount.last) for field in scene.fields]
    heads = [str(noun.facts["indicator"]) for noun in counted if noun is not None and "indicator" in noun.facts]
    held = any(mention.facts["act"] == "prisoners" for mention in scene.named("act"))
    return held or (bool(heads) and heads[0] in STOCKS)  # `9,265 inmates: 4,873 on trial and 4,392 convicted`
