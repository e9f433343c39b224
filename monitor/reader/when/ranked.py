"""Years that a sentence only ranks: `31 in the first year, 52 in the second and 46 in the last`."""

from __future__ import annotations

from monitor.reader.drafts import Own
from monitor.reader.sentence.scene import Field, Scene
from monitor.reader.sentence.tokens import MARK
from monitor.reader.when.moments import Moment

_YEAR = len("2020")
_OF_YEARS = 3  # tokens from a rank to the years that it is one of
_LAST = -1


def rank_years(scene: Scene, owns: list[Own], moment: Moment) -> None:
    """Gives each number the year that its rank means, in the time that the sentence or the one before has named."""
    opened, years = False, _years(moment)
    for own, field in zip(owns, scene.fields, strict=True):
        years = _between(own.period) or years
        rank = _rank(scene, field, opened=opened) if years else 0
        if not rank or (own.timed and own.period is not None and len(own.period) == _YEAR):
            continue
        opened = True
        if rank <= len(years):
            own.timed, own.period = True, str(years[rank - 1 if rank > 0 else _LAST])


def _years(moment: Moment) -> list[int]:
    """The years of the time named last, else of the main one."""
    return _between(moment.period) or _between(moment.main)


def _between(period: str | None) -> list[int]:
    """The years of `2018/2021`, none of any other period."""
    start, _, end = (period or "").partition("/")
    return list(range(int(start), int(end) + 1)) if len(start) == len(end) == _YEAR else []


def _rank(scene: Scene, field: Field, *, opened: bool) -> int:
    """The rank of a year that a field names, -1 for the last, 0 for none; a bare rank only behind one in full."""
    for place in range(field.first, field.last):
        rank = scene.words.ordinals.get(scene.word(place), 0) or (_LAST if scene.isa(place, "final_words") else 0)
        if not rank or not (place not in scene.inside or (opened and "period" in scene.inside[place].facts)):
            continue
        of_years = scene.isa(place + 1, "of") and scene.has("year_nouns", place + 2, place + 1 + _OF_YEARS)
        full = scene.isa(place + 1, "year_nouns") or of_years
        bare = opened and scene.isa(place - 1, "determiners") and _ends(scene, place + 1)
        if full or bare:
            return rank
    return 0


def _ends(scene: Scene, place: int) -> bool:
    """Whether no noun follows here, but perhaps the number itself; `the last one` has none either."""
    place += scene.word(place) in scene.words.articles
    ended = place >= len(scene.tokens) or scene.tokens[place].kind == MARK or scene.joins(place)
    counted = any(field.amount.first == place for field in scene.fields)
    return ended or counted or scene.among(place, ("copulas", "adverbs", "carriers"))
