"""The form of exploitation: what a stretch of words says of it, and what text and sentence give to those without.

Words that name a form count wherever they stand; a place such as a brothel tells only of victims. In the story of one
raid all victims share its form; the form that a title names is that of the victims, complaints and cases of the text.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from monitor.reader.drafts import Draft
from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Field, Scene
from monitor.reader.statistic import TOTAL
from monitor.reader.where.areas import nearest
from monitor.reader.where.country import declared
from monitor.reader.where.events import brief

EXPLOITED = frozenset({"victims", "victims_assisted", "complaints", "cases"})
PEOPLE = frozenset({"victims", "victims_assisted"})
_TOP = 2  # sentences in which a text says what study it presents
_ON = 4  # tokens from `study` to what it is on
_HEAD = 4  # sentences at the top that tell what a document is about
_TOLD = 10  # sentences in which an event is told
_RAIDS = frozenset({"rescue", "detain", "operations"})
_MONTHS = frozenset({"month", "bare_month"})
_AND_OR = 3  # tokens of `and/or`
_JOINTS = frozenset({",", "/", "-"})
_OF_FORM = 3  # tokens from people to the form: `victims of the ...`
_VERB = 3  # tokens between `is` and the form
_CONTRAST = 9  # words between `unlike` and the form
_NAMED = 3  # tokens between `Plan` and what it is against
_NEAR = 3  # tokens before a brothel in which `in` stands
_PARTLY = 12  # words after `most` that it speaks of


def form(scene: Scene, field: Field, first: int, last: int) -> Mention | None:
    """The mention of a form that is nearest to the amount and said of all of it."""
    return nearest(scene, field, [m for m in named(scene, first, last) if not _aside(scene, field, m)])


def code(scene: Scene, mention: Mention) -> str:
    """The form that a mention names, `_T` where another stands beside it."""
    beside = {
        other.facts["form"]
        for other in named(scene, mention.first - 5, mention.last + 5)
        if other is mention or _joined(scene, mention, other)
    }
    return str(mention.facts["form"]) if len(beside) == 1 else TOTAL


def _joined(scene: Scene, one: Mention, two: Mention) -> bool:
    """`sexual and labour`, `sexual/labour`; not `forced to work in prostitution`."""
    gap = range(min(one.last, two.last), max(one.first, two.first))
    if len(gap) == _AND_OR and scene.word(gap.start + 1) == "/":
        gap = range(gap.start, gap.start + 1)  # `sexual and/or labour`
    return len(gap) == 1 and (scene.joins(gap.start) or scene.word(gap.start) in _JOINTS)


def named(scene: Scene, first: int, last: int) -> list[Mention]:
    """The forms named between two tokens, `labour` alone among them where the sentence names another in full."""
    found = scene.noted.get("forms")
    if found is None:
        found = scene.named("form")
        short = [place for place in scene.places("labour_words") if place not in scene.inside]
        short = short if found else [place for place in short if _of_crime(scene, place) or _concerned(scene, place)]
        if short:
            facts = {"group": "forms", "form": "labour"}
            found = sorted(found + [Mention(place, place + 1, "labour", facts) for place in short])
        scene.noted["forms"] = found
    return [mention for mention in found if first <= mention.first < last]


def _of_crime(scene: Scene, place: int) -> bool:
    """`víctimas de trata laboral`: right behind the name of the crime, also where that ends a longer phrase."""
    before = scene.inside.get(place - 1)
    return before is not None and before.last == place and ("topic" in before.facts or before.concept == "victims")


def _aside(scene: Scene, field: Field, mention: Mention) -> bool:
    """`..., and in most cases the purpose was ...`: said of a part only, or in a clause on something else."""
    amount = field.amount.last
    if mention.first < amount:
        return _contrasted(scene, mention) and not _of_contrast(scene, mention, field.amount.first)
    if scene.has("subordinators", amount, mention.first) or scene.has("contrasting", amount, mention.first):
        return True  # `293 of them, though many had been in prostitution`, `a profile opposite to that of ...`
    placed = "venue" not in mention.facts or scene.has("locatives", mention.first - _NEAR, mention.first)
    if not placed and scene.has(",", amount, mention.first):
        return True  # `524 were freed, as the minister warned gangs that supply brothels`
    if (stop := _stopped(scene, amount, mention)) and scene.among(stop + 1, ("of", "mostly", "partly")):
        return True  # `...; among the cases of adults there was prostitution`
    parts = sorted(scene.partial(max(amount, mention.first - _PARTLY), mention.first))
    commas = [place for place in range(amount, mention.first) if scene.word(place) in {",", ";"}]
    if parts and commas and commas[-1] < parts[-1]:
        return True
    joints = [place for place in range(amount, mention.first) if scene.joins(place)]
    return bool(joints) and any(scene.isa(place, "announcing") for place in range(joints[0], mention.first))


def _contrasted(scene: Scene, mention: Mention) -> bool:
    """`Unlike sexual exploitation, ...`, `A diferencia de la explotación sexual, ...`."""
    near = range(max(mention.first - _CONTRAST, 0), mention.first)
    told = [place for place in near if scene.isa(place, "contrasting")]
    return bool(told) and not scene.has(",", told[-1], mention.first) and scene.has(",", mention.last, mention.last + 9)


def _concerned(scene: Scene, place: int) -> bool:
    """`31 of the cases concerned labor`, `nueve fueron laborales`: behind a verb, with no noun for it."""
    ended = scene.word(place + 1) in {"", ".", ",", ";", ")"} or scene.joins(place + 1)
    cases = any(m.facts["indicator"] in EXPLOITED or m.concept == "investigations" for m in scene.named("indicator"))
    return place not in scene.inside and ended and cases and scene.isa(place - 1, "copulas")


def _stopped(scene: Scene, first: int, mention: Mention) -> int:
    """Where a semicolon stands last between a number and a form, 0 if none does."""
    return next((place for place in range(mention.first - 1, first - 1, -1) if scene.word(place) == ";"), 0)


def _of_contrast(scene: Scene, mention: Mention, last: int) -> bool:
    """`unlike sexual exploitation, where 90% are women, ...`: a number in the clause on what is contrasted."""
    opened = scene.word(mention.last) == "," and scene.among(mention.last + 1, ("relatives", "where"))
    return opened and not scene.has(",", mention.last + 1, last)


@dataclass(slots=True)
class Forms:
    """The forms that hold for a text: that of its title, that of the event it tells, those the next sentence names."""

    title: str | None = None
    event: str | None = None
    ahead: dict[int, str] = field(default_factory=dict)
    behind: dict[int, str] = field(default_factory=dict)

    def of(self, draft: Draft, scene: Scene) -> str | None:
        """The form of a figure that names none."""
        if draft.indicator not in EXPLOITED or draft.amount.unit == "per_100k" or declared(scene):
            return None
        if (said := self.behind.get(scene.sentence.start)) is not None:
            return said
        count = draft.amount.unit == "count"
        if draft.indicator in PEOPLE and count and (told := self.ahead.get(scene.sentence.start)) is not None:
            return told
        if self.event is not None:
            guessed = any(mention.facts["measure"] == "estimated" for mention in scene.named("measure"))
            there = (
                count and draft.indicator in PEOPLE and not guessed and _that_day(scene) and not another_raid([scene])
            )
            return self.event if there else None
        return self.title


def forms(scenes: list[Scene], heading: Scene, *, story: bool) -> Forms:
    """The forms that hold from the beginning of a text; `heading` is its title, `story`: it tells of one raid."""
    told = (mention for mention in heading.mentions if _said(mention) and not _in_a_name(heading, mention))
    said = {str(mention.facts["form"]) for mention in told}
    said = said or {form for scene in scenes[:_TOP] for form in _studied(scene)}
    near = {form for scene in scenes[:_HEAD] for form in _all(scene)} if said else set()
    top = said | near if near else set()
    found = Forms(title=top.pop() if len(top) == 1 else None, ahead=_ahead(scenes), behind=_behind(scenes))
    if story:
        day = list(itertools.takewhile(lambda scene: _that_day(scene) or not scene.fields, scenes[:_TOLD]))
        day = [scene for scene in day if _that_day(scene)]
        kinds = said | {form for scene in day if not _one_place(scene, day) for form in _of_all(scene)}
        kinds = kinds or ({form for scene in day for form in _raided(scene)} if not another_raid(day) else set())
        found.event = kinds.pop() if len(kinds) == 1 else None
        found.title = None
    return found


def _studied(scene: Scene) -> set[str]:
    """`presented its study on the sexual exploitation of children`: what a study is on, with no figure beside it."""
    studies = scene.places("reviews") if not scene.fields else []
    told = [m for m in named(scene, 0, len(scene.tokens)) if _said(m)] if studies else []
    return {str(m.facts["form"]) for m in told if any(0 < m.first - place <= _ON for place in studies)}


def _one_place(scene: Scene, day: list[Scene]) -> bool:
    """`Raids took place in 12 cities. In Trujillo seven had been forced to work`: what is told of one of several."""
    here = {str(mention.facts["area"]) for mention in scene.named("area")}
    all_named = {str(mention.facts["area"]) for other in day for mention in other.named("area")}
    return len(here) == 1 and len(all_named) > len(here) and scene is not day[0]


def _in_a_name(heading: Scene, mention: Mention) -> bool:
    """`Forced Labour Convention`, `Plan contra el trabajo forzoso`: what a treaty, law or plan is on."""
    return heading.has("documents", mention.first - _NAMED, mention.first) or heading.isa(mention.last, "documents")


def pointed(scene: Scene, before: str | None) -> str | None:
    """What `this crime` means in a sentence, and those behind it: the one form that was spoken of last, if any."""
    topics = [mention for mention in scene.named("topic") if "pointing" not in mention.facts]
    kinds = _all(scene)
    if topics or kinds:
        return kinds.pop() if len(kinds) == 1 and not topics else None
    return before


def of_victims(scene: Scene) -> str | None:
    """`the victims of sexual exploitation`: the one form that a sentence says of people, right behind their name."""
    told = [mention for mention in named(scene, 0, len(scene.tokens)) if _said(mention)]
    people = {mention.last: mention for mention in scene.named("person")}
    found = {
        str(mention.facts["form"])
        for mention in told
        if any(mention.first - back in people for back in range(_OF_FORM)) or mention in people.values()
    }
    return found.pop() if len(found) == 1 and len({str(m.facts["form"]) for m in told}) == 1 else None


def _said(mention: Mention) -> bool:
    return "form" in mention.facts and "venue" not in mention.facts


def _all(scene: Scene) -> set[str]:
    told = [mention for mention in named(scene, 0, len(scene.tokens)) if _said(mention)]
    return {str(mention.facts["form"]) for mention in told if not _contrasted(scene, mention)}


def _that_day(scene: Scene) -> bool:
    """Whether a sentence speaks of no other month."""
    months = {mention.concept for mention in scene.named("period")} & _MONTHS
    return brief(scene) and not months


def _of_all(scene: Scene) -> set[str]:
    """The forms that a sentence names, not those said of a part or of most only."""
    parts = [mention.first for mention in scene.named("link") if mention.facts["link"] == "part"]
    least = min([*parts, *scene.partial(0, len(scene.tokens))], default=len(scene.tokens))
    return {str(mention.facts["form"]) for mention in named(scene, 0, least) if _said(mention)}


def _raided(scene: Scene) -> set[str]:
    """The form that raided places stand for; not those of `brothels and mines`."""
    if not any(mention.concept in _RAIDS for mention in scene.mentions):
        return set()
    places = [mention for mention in named(scene, 0, len(scene.tokens)) if "venue" in mention.facts]
    return {str(m.facts["form"]) for m in places if not scene.joins(m.last) and not scene.joins(m.first - 1)}


def another_raid(scenes: list[Scene]) -> bool:
    """`Another raid took place in ...`: what place was raided then tells nothing of the first."""
    raids = [(scene, m) for scene in scenes for m in scene.named("indicator") if m.concept == "operations"]
    return any(scene.isa(m.first - 1, "other_words") or scene.isa(m.last, "other_words") for scene, m in raids)


def _behind(scenes: list[Scene]) -> dict[int, str]:
    """`Most frequent is forced labour. It makes up 40%`: what goes on without a subject of its own, by sentence."""
    found = {}
    for one, two in itertools.pairwise(scenes):
        near = two.fields and not one.fields and one.sentence.paragraph == two.sentence.paragraph
        goes_on = two.isa(0, "copulas") or (two.isa(0, "resuming") and two.isa(1, "copulas"))
        if near and goes_on and (said := _predicate(one)) is not None:
            found[two.sentence.start] = said
    return found


def _predicate(scene: Scene) -> str | None:
    """`The most frequent form is labour exploitation.`: what a sentence ends with, behind its verb."""
    told = [mention for mention in named(scene, 0, len(scene.tokens)) if _said(mention)]
    if len(told) != 1 or not scene.has("copulas", told[0].first - _VERB, told[0].first):
        return None
    return str(told[0].facts["form"])


def _ahead(scenes: list[Scene]) -> dict[int, str]:
    """`They are held as sexual slaves.` after a figure: by the sentence of the figure."""
    found = {}
    for one, two in itertools.pairwise(scenes):
        near = one.fields and not two.fields and one.sentence.paragraph == two.sentence.paragraph
        if near and len(kinds := _all(two)) == 1 and two.places("referring"):
            found[one.sentence.start] = kinds.pop()
    return found
