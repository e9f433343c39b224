"""Who produced the figures of a sentence: the institution that acts, announces or is quoted."""

from __future__ import annotations

from monitor.reader.mentions import Mention
from monitor.reader.scene import Field, Scene

NOBODY = "nobody"
_FAR = 12
_OPENING = 12  # tokens at the head of a sentence that tell who it is about
_QUOTE = 12  # words between `according to` and a name


def provider(scene: Scene, field: Field) -> tuple[str, bool, bool] | None:
    """The provider that a sentence names for an amount, whether it is quoted, whether it only acts; or `nobody`."""
    named = candidates(scene)
    if not named:
        return None
    weighed = min((_weight(scene, field, mention), place) for place, mention in enumerate(named))
    (weight, _), place = weighed
    best = named[place]
    if weight >= _FAR:
        return None
    return voice(best), _quoted(scene, best) or _announces(scene, field, best), _agent(scene, best)


def reported(scene: Scene, field: Field) -> bool:
    """`She stressed that the police ...`: someone named earlier speaks."""
    said = _announcement(scene, 0, field.amount.first)
    return said is not None and not any(m.first < said for m in candidates(scene) if voice(m) != NOBODY)


def speaker(scene: Scene) -> str | None:
    """The institution that a sentence is about or that speaks in it, for `she stressed that` in the next."""
    said = _announcement(scene, 0, len(scene.tokens)) or _OPENING
    return next((voice(m) for m in candidates(scene) if m.first < said and voice(m) != NOBODY), None)


def _announcement(scene: Scene, first: int, last: int) -> int | None:
    """Where someone says that something is so."""
    announcing, that_words = scene.words.grammar["announcing"], scene.words.grammar["that_words"]
    start, stop = max(first, 0), min(last, len(scene.tokens) - 1)
    for place, token in enumerate(scene.tokens[start : max(stop, start)], start):
        if token[0] in announcing and scene.tokens[place + 1].word in that_words:
            return place
    return None


def candidates(scene: Scene) -> list[Mention]:
    """The institutions that may speak in a sentence."""
    found = scene.noted.get("candidates")
    if found is None:
        speaking = {m.first: m for fact in ("provider", "voice") for m in scene.by_fact.get(fact, ()) if voice(m)}
        found = [m for _, m in sorted(speaking.items()) if not _helper(scene, m) and not _counted(scene, m)]
        scene.noted["candidates"] = found
    return found


def quoted(scene: Scene) -> str | None:
    """The institution that a sentence quotes, whatever it says."""
    return next((voice(mention) for mention in candidates(scene) if _quoted(scene, mention)), None)


def voice(mention: Mention) -> str:
    """The code of the institution of a mention, empty if it is none."""
    return str(mention.facts.get("provider") or mention.facts.get("voice") or "")


def _weight(scene: Scene, field: Field, mention: Mention) -> tuple[int, int]:
    """The lighter the likelier: named before nobody, quoted before acting, own words before others, near before far."""
    own = field.first <= mention.first < field.last
    before = mention.first < field.amount.first
    if _quoted(scene, mention) or _announces(scene, field, mention):
        weight = (0 if own else 2) + (not _attributed(scene, mention))
    elif _agent(scene, mention):
        weight = 2 if own else _FAR
    elif own and before:
        weight = 5
    else:
        weight = 6 if mention.first < scene.lead else 7 if own else _FAR
    if voice(mention) == NOBODY:
        weight += 2
    return weight, abs(mention.first - field.amount.first) if before else len(scene.tokens)


def _counted(scene: Scene, mention: Mention) -> bool:
    """`39 prosecutors`: counted people are nobody's source."""
    if "voice" not in mention.facts:
        return False
    return any(field.amount.last <= mention.first < field.amount.last + 5 for field in scene.fields)


def _helper(scene: Scene, mention: Mention) -> bool:
    """`with support of the ILO`, `referred to the police`: who helps or receives does not count."""
    for place in range(mention.first - 1, max(mention.first - 6, -1), -1):
        if scene.isa(place, "helpers"):
            return not any(scene.isa(before, "attributions") for before in range(place - 1, place - 3, -1))
        inner = any(scene.isa(place, kind) for kind in ("determiners", "of", "separators", "modifiers"))
        if not inner and not ("voice" in mention.facts and place in scene.voices):
            return False
    return False


def _quoted(scene: Scene, mention: Mention) -> bool:
    """`according to the police`, `the police reported`."""
    after = any(scene.isa(place, "reporting") for place in range(mention.last, mention.last + 2))
    return after or _told_by(scene, mention) or _attributed(scene, mention)


def _told_by(scene: Scene, mention: Mention) -> bool:
    """`..., said the minister`: the verb stands before who speaks, behind a comma or at the end."""
    verb = mention.first - 1 - scene.isa(mention.first - 1, "determiners")
    return scene.isa(verb, "announcing") and (verb == 0 or scene.word(verb - 1) in {",", "'", '"', "-", "segun"})


def _attributed(scene: Scene, mention: Mention) -> bool:
    """`according to figures of the police`, `according to Ana Quispe, head of the police unit`."""
    commas = 0
    for place in range(mention.first - 1, max(mention.first - _QUOTE, 0) - 1, -1):
        commas += scene.word(place) == ","
        if commas > 1 or scene.word(place) in {";", ":", "("}:
            return False
        if scene.isa(place, "attributions"):
            return commas == 0 or _only_a_name(scene, place, mention.first)
    return False


def _only_a_name(scene: Scene, first: int, last: int) -> bool:
    """Whether no other institution stands between."""
    return not any(first < mention.first < last for mention in scene.mentions if voice(mention))


def _announces(scene: Scene, field: Field, mention: Mention) -> bool:
    """`The minister of the interior stressed that the police ...`."""
    return voice(mention) != NOBODY and _announcement(scene, mention.last, field.amount.first) is not None


def _agent(scene: Scene, mention: Mention) -> bool:
    """`rescued by the police`."""
    return any(scene.isa(place, "agents") for place in range(max(mention.first - 2, 0), mention.first))
