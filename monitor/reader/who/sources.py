"""Who produced the figure of a field: the voice that the sentence lends it."""

from __future__ import annotations

from monitor.reader.drafts import Draft, Own
from monitor.reader.sentence.scene import Field, Scene
from monitor.reader.what.heads import existential
from monitor.reader.who.arms import arm
from monitor.reader.who.parts import NOBODY, Part, Voice, keepers, over, retellers, segments


def read_sources(scene: Scene, voices: list[Voice], owns: list[Own]) -> None:
    """Fills in provider, teller, quoted, agent and fresh of each field."""
    if not voices:
        return
    parts = segments(scene)
    before = 0
    linked = parts[scene.fields[0].amount.first] if owns[0].linked else -1
    for field, own in zip(scene.fields, owns, strict=True):
        leans = linked == parts[field.amount.first] < parts[-1]
        found, own.teller = source(scene, field, voices, parts, leans=leans)
        if found is not None:
            own.provider, own.quoted, own.agent = found.code, found.part <= Part.SAYS, found.part in {Part.BY, Part.ALL}
            own.joint = found.kinds if found.code == NOBODY and found.part is Part.NAMED else ""
            own.fresh = before <= found.first < field.amount.first and found.part <= Part.DOES
        before = field.amount.last


def source(
    scene: Scene, field: Field, voices: list[Voice], parts: list[int], *, leans: bool
) -> tuple[Voice | None, str | None]:
    """The voice for a field, and who retells it: of its part between semicolons first; who says before who does.

    `leans`: its part leans on the sentence before (`Of these, 90 were children; police referred 12`).
    """
    part = parts[field.amount.first]
    here = [voice for voice in voices if voice.first < 0 or parts[voice.first] == part]
    unnamed: Voice | None = None
    for group in (here, [voice for voice in voices if not leans or voice.part <= Part.SAYS]):
        loud, doer = _loud(field, group), _doer(scene, field, _of_others(scene, field, group))
        if loud is not None and loud.code != NOBODY:
            retold = doer is not None and loud.code in retellers() and _counted_itself(doer, loud)
            apart = doer is not None and _apart(scene, field, loud, doer)
            return (doer, loud.code) if retold else (doer if apart else loud, None)
        unnamed = unnamed or loud
        if doer is not None:
            return doer, None
    return unnamed, None


def _of_others(scene: Scene, field: Field, voices: list[Voice]) -> list[Voice]:
    """`The ledger has 1,740 cases and the prisons hold 120 inmates`: not the subject of a number that comes later."""
    if not voices or voices[-1].first < field.last or field is scene.fields[-1]:
        return voices
    return [voice for voice in voices if not _begins_another(scene, field, voice)]


def _begins_another(scene: Scene, field: Field, voice: Voice) -> bool:
    """Whether a voice behind a number opens, behind an `and`, the clause of one that comes later."""
    if voice.part is not Part.DOES or voice.first < field.last or voice.last > scene.fields[-1].amount.first:
        return False
    return scene.joins(voice.first - 1) or scene.joins(voice.first - 2)


def _apart(scene: Scene, field: Field, loud: Voice, doer: Voice) -> bool:
    """`The ministry reported none, while the inspectorate found 88`: a clause of its own, and none that is reported."""
    between = loud.part is Part.SAYS and not loud.ahead and loud.first < doer.first < field.amount.first
    before = doer.first - 1
    while scene.isa(before, "determiners") or scene.isa(before, "that_words"):
        before -= 1
    return between and doer.part is Part.DOES and (scene.joins(before) or scene.isa(before, "and"))


def _counted_itself(doer: Voice, teller: Voice) -> bool:
    """`The police registered 277, the institute of statistics says`: who only retells did not produce the figure."""
    unnamed = doer.code == NOBODY and teller.code not in retellers(abroad=True)
    return doer.part in {Part.DOES, Part.BY, Part.ALL} and not unnamed and doer.code not in retellers()


def _loud(field: Field, voices: list[Voice]) -> Voice | None:
    """Who gives or says the figure: in the field, else nearest to it; who says what follows, only of what follows."""
    first = field.amount.first
    doing = any(0 <= voice.first < first for voice in voices)

    def weight(voice: Voice) -> tuple[bool, bool, int, int]:
        own = field.first <= voice.first < field.last
        return voice.code == NOBODY, not own, voice.part, abs(voice.first - first)

    loud = [v for v in voices if v.part <= Part.SAYS and not (doing and v.ahead and v.first > first)]
    return min(loud, key=weight, default=None)


def _doer(scene: Scene, field: Field, voices: list[Voice]) -> Voice | None:
    """Who did what is counted: by whom it was done, the subject before the number, whoever else is named near it."""
    first, last = field.amount.first, field.amount.last
    voices = [v for v in voices if v.part is not Part.DOES or not existential(scene, v.last, first)]
    own = [voice for voice in voices if field.first <= voice.first < field.last]
    acting = [voice for voice in own if voice.part in {Part.BY, Part.ALL}]
    before = [voice for voice in voices if 0 <= voice.first < first]
    doing = [voice for voice in before if voice.part is Part.DOES]
    named = [voice for voice in own if voice.first < first]
    behind = [voice for voice in own if voice.first >= last and voice.part is not Part.NAMED]
    aside = bool(acting) and acting[-1].part is Part.BY and acting[-1].first >= last
    if doing and acting and (aside or over().get(doing[-1].code) == acting[-1].code):
        return doing[-1]
    for group in (acting[::-1], doing[::-1], named[::-1], before[::-1], behind, own):
        if group:
            return group[0]
    return next((voice for voice in voices if voice.code != NOBODY and voice.part in {Part.DOES, Part.ALL}), None)


def register(scene: Scene, draft: Draft) -> str | None:
    """The register that a sentence names for a figure: that of its provider, where that has one; else of its whole."""
    named = scene.by_fact.get("register", ())
    own = [mention for mention in named if mention.facts["provider"] == draft.provider]
    if own:
        return str(own[-1].facts["register"])
    others = named if draft.provider not in keepers() else ()
    return str(others[-1].facts["register"]) if others else draft.register


def main_voice(scene: Scene, voices: list[Voice]) -> Voice | None:
    """Who gives or says what a sentence tells, else the institution that is its subject."""
    loud = [voice for voice in voices if voice.part <= Part.SAYS and voice.code != NOBODY]
    if loud:
        return min(loud, key=lambda voice: (voice.part, voice.first))
    return next((voice for voice in voices if voice.part is Part.DOES and _subject(scene, voice)), None)


def _subject(scene: Scene, voice: Voice) -> bool:
    """Whether a voice opens its sentence or a clause of it: not `the event featured the minister`."""
    counting = scene.within(voice.first - 4, voice.first, "measure")
    if counting and voice.first - counting[-1].last <= 1:
        return True  # `the cases that ha registrado el Ministerio Público`
    before = voice.first - 1
    while before >= 0 and scene.among(before, ("determiners", "modifiers", "mostly")):
        before -= 1
    before -= bool(scene.within(before, before + 1, "country")) and not scene.isa(before - 1, "prepositions")
    if before < 0 or scene.word(before) in {"-", ":"} or arm(scene, voice.first):
        return not voice.author
    dated = any(mention.last == before for mention in scene.within(0, before, "period"))  # `In May, the police ...`
    named = before > 1 and scene.tokens[before - 1].capital and not dated
    return scene.word(before) == "," and not named and not voice.author
