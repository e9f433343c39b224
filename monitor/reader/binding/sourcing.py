"""By whom a figure is: who gives, says or did it in its sentence, else who holds the floor."""

from __future__ import annotations

from monitor.reader.binding.context import Context
from monitor.reader.drafts import Draft
from monitor.reader.sentence.scene import Scene
from monitor.reader.who.parts import NOBODY, OTHER, voice_of

_HOMES = frozenset({"shelters", "shelter_places"})
_VERDICTS = frozenset({"convictions", "acquittals"})
_ACCUSERS = frozenset({"MPFN", "PNP", "MININTER"})
_POSTS = frozenset({"staff", "offices"})
_OF_THE = 2  # tokens between a number and that of which it is a part
_VERB = 6  # tokens from those convicted to the verb
_OPENED = 3  # tokens in which `There are nearly` stands


def provider(scene: Scene, context: Context, drafts: list[Draft]) -> str | None:
    """The source of the last draft."""
    draft, floor = drafts[-1], context.floor
    own, before = draft.own, drafts[-2] if len(drafts) > 1 else None
    if draft.indicator in _HOMES and not own.quoted and _of_a_charity(scene, draft):
        return None
    if own.provider is not None and (own.quoted or floor.basis is None):
        named = None if own.provider == NOBODY else own.provider
        if named is None and floor.told and floor.holder in own.joint.split():
            return floor.holder  # `in raids of the police and the prosecutors`, says one of them
        found = floor.over(named) if named is not None and own.agent else named
    else:
        told = before is not None and (before.own.provider is not None or before.indicator == "calls")
        if before is not None and (told or before.host is not None):
            found = before.provider
        else:
            found = floor.source(draft, scene)
            found = found and (_of_their_posts(scene, draft) or found)
    telling = own.quoted or (floor.told and floor.spoken == scene.sentence.paragraph)
    same = before is not None and before.indicator in _VERDICTS  # `obtained 24 sentences, by which 36 were convicted`
    return None if found in _ACCUSERS and not telling and not same and _judged(scene, draft) else found


def _judged(scene: Scene, draft: Draft) -> bool:
    """`Prosecutors charged 40 people, and 12 offenders were convicted`: by the courts, which nobody names."""
    own, last = draft.own, draft.amount.last
    if draft.indicator not in _VERDICTS or not (own.noun and own.person) or own.linked or own.inner:
        return False
    acts = [m for m in scene.within(last, last + 2 * _VERB, "act") if m.facts["act"] == draft.indicator]
    verb = acts[0].first if acts else last
    return scene.has("copulas", verb - _VERB, acts[0].last if acts else last) and verb > last


def _of_their_posts(scene: Scene, draft: Draft) -> str | None:
    """`There were 60 specialized prosecutors`: those of the institution that has such."""
    last = draft.amount.last
    opened = scene.has("existing", 0, _OPENED) and draft.amount.first <= 2 * _OPENED
    if draft.indicator not in _POSTS or not opened or draft.own.quoted:
        return None
    nouns = [m for m in scene.within(last, last + _OPENED, "voice") if m.facts.get("indicator") == draft.indicator]
    return voice_of(nouns[0]) if nouns and voice_of(nouns[0]) == "MPFN" else None


def _of_a_charity(scene: Scene, draft: Draft) -> bool:
    """`two NGO shelters`, `an NGO had a shelter with 20 beds`: homes of one that is not named, of nobody."""
    last = draft.amount.last
    named = [place for place in scene.places("charities") if place < last + _OF_THE]
    if any(place >= last for place in named):
        return True
    bare = any(scene.isa(place + 1, "copulas") or scene.within(place + 1, place + 2, "indicator") for place in named)
    return bare and draft.own.provider == OTHER
