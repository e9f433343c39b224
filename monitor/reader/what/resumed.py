"""What is said of a number behind an aside or a part of it: `12 people, seven of them women, were convicted`."""

from __future__ import annotations

import itertools

from monitor.reader.drafts import Own
from monitor.reader.sentence.scene import Field, Scene

_NEXT = 3  # tokens from a verb to what happened


def people_by_parts(scene: Scene, owns: list[Own]) -> None:
    """`17 deckhands, among them four minors`: whose parts are women or minors are people, whatever noun they have."""
    for (one, two), (first, second) in zip(itertools.pairwise(owns), itertools.pairwise(scene.fields), strict=True):
        hers = two.linked and _of_them_all(scene, first, second)
        agrees = scene.has("feminine_nouns", first.amount.last, second.first)  # `14 jóvenes víctimas, ocho de ellas`
        if hers and scene.isa(first.amount.last, "epicenes") and not agrees:
            one.traits.setdefault("sex", "F")  # `siete jóvenes, entre ellas tres menores`
        part = two.linked and two.person and two.head is None and bool(two.traits.keys() & {"age", "sex"})
        counts = first.amount.unit == second.amount.unit == "count" and second.amount.value < first.amount.value
        if part and counts and one.foreign is not None and one.head is None:
            one.foreign, one.person, one.noun = None, True, True
            one.last_resort = one.last_resort or two.last_resort


def _of_them_all(scene: Scene, one: Field, two: Field) -> bool:
    """Whether a pronoun that is said of women only stands for those counted before."""
    links = [m for m in scene.within(one.amount.last, two.last, "link") if m.facts["link"] == "part"]
    return any(scene.isa(link.last - 1, "feminine_pronouns") for link in links)


def resume_acts(scene: Scene, owns: list[Own]) -> None:
    """`12 offenders, seven of them women, were convicted`: what is said behind a part between commas is said of all."""
    for (one, two), (whole, part) in zip(itertools.pairwise(owns), itertools.pairwise(scene.fields), strict=True):
        if one.person and one.act is None and scene.has("listing", whole.amount.last, part.first):
            behind = scene.within(part.first + 1, part.first + 3, "act") if scene.word(part.first) == "," else []
            one.act = str(behind[0].facts["act"]) if behind else None  # `90 people, among teachers ..., took part in`
        if one.person and one.act is None and not two.linked:
            one.act = _behind_apposition(scene, whole, part)
            feminine = tuple(scene.words.grammar["feminine_endings"]) if one.act is not None else ()
            if scene.isa(whole.amount.last, "epicenes") and any(
                scene.word(place).endswith(feminine) for place in range(part.first + 1, part.first + 3)
            ):
                one.traits.setdefault("sex", "F")  # `ten minors, the youngest of 13, fueron liberadas`
        aside = two.linked and scene.has(",", whole.amount.last, part.amount.first)
        if not aside or not one.person or (one.act is not None and one.done == one.act):
            continue
        commas = [place for place in range(part.amount.last, part.last) if scene.word(place) == ","]
        verbs = [place + 1 for place in commas if scene.isa(place + 1, "copulas")]
        acts = [m for verb in verbs for m in scene.within(verb, min(verb + _NEXT, part.last), "act")]
        if acts:
            one.act = str(acts[0].facts["act"])


def _behind_apposition(scene: Scene, whole: Field, part: Field) -> str | None:
    """`Six members of a gang, an arm of another, received 25 years for ...`: the verb behind the aside is theirs."""
    first = part.first + 1
    if scene.word(part.first) != "," or not scene.has(",", whole.amount.last, part.first):
        return None
    acts = [m for m in scene.within(first, first + 2, "act") if m.first == first or scene.isa(first, "copulas")]
    return str(acts[0].facts["act"]) if acts and acts[0].last <= part.amount.first else None
