"""The part that an institution plays in a sentence: it gives a figure, says something, acts, or is only named."""

from __future__ import annotations

import itertools
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from monitor.reader.sentence.lexicon import concepts
from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Scene
from monitor.reader.sentence.tokens import WORD
from monitor.reader.who.arms import arm
from monitor.reader.who.data_owners import in_the_media, owns_data, reported_by
from monitor.reader.who.passives import suffers
from monitor.reader.who.standing import Memory

NOBODY, OTHER = "nobody", "OTHER"
_QUOTE = 12  # words between `according to` and a name
_NEAR = 4  # words between a verb of saying and `that`
_AFTER = 8  # words between a verb of saying that closes a quotation and who speaks
_REMARK = 5  # words of a remark between who speaks and the verb
_NAME = 6  # words of a name
_FAR = 25  # words between who speaks and `said that`
_ENDS = frozenset({";", ":", "("})
_MARKS = frozenset({":", "“", '"', "«"})
_CLOSES = frozenset({",", ".", ":", "-", '"', "“", "”", "«", "»"})


class Part(IntEnum):
    """What an institution does in a sentence; whoever gives or says is heard before those that only act.

    DATA: others tell what it counted.
    BY: `rescued by the police`; ALL: `were rescued by the police`, said of all that the sentence counts.
    """

    DATA = -1
    GIVES = 0
    SAYS = 1
    DOES = 2
    ALL = 3
    BY = 4
    NAMED = 5


class Voice(NamedTuple):
    """An institution over tokens `first` to `last` (exclusive), or one that speaks unnamed, at -1.

    `kinds` are the nouns that can stand for it later, of several together their codes; `person`: one with a name;
    `author`: it says `we`; `ahead`: what it says follows (`the police said that`).
    """

    first: int
    last: int
    code: str
    part: Part
    kinds: str = ""
    person: bool = False
    author: bool = False
    ahead: bool = False


def voice_of(mention: Mention) -> str:
    """The code of the institution of a mention, empty if it is none."""
    return str(mention.facts.get("provider") or mention.facts.get("voice") or "")


@cache
def over() -> dict[str, str]:
    """Institutions that announce the results of another as their own, with that other."""
    return {str(facts["provider"]): str(facts["over"]) for facts in concepts().values() if "over" in facts}


@cache
def beyond() -> dict[str, frozenset[str]]:
    """Institutions with the indicators that are not theirs to count."""
    told = [facts for facts in concepts().values() if "beyond" in facts]
    return {str(facts["provider"]): frozenset(str(facts["beyond"]).split()) for facts in told}


@cache
def keepers() -> frozenset[str]:
    """Institutions that keep a register of their own."""
    return frozenset(str(facts["provider"]) for facts in concepts().values() if "register" in facts)


@cache
def retellers(*, abroad: bool = False) -> frozenset[str]:
    """Institutions that mostly tell what others counted; those of other countries, what the authorities did."""
    told = [facts for facts in concepts().values() if "retells" in facts]
    return frozenset(str(facts["provider"]) for facts in told if not abroad or facts["retells"] == "abroad")


def segments(scene: Scene) -> list[int]:
    """The number of the part between semicolons for each token."""
    return list(itertools.accumulate(int(token[0] == ";") for token in scene.tokens))


def parted(scene: Scene, found: list[Voice], memory: Memory) -> list[Voice]:
    """The voices in order, each with its part, and those that speak unnamed (`she said that`)."""
    found = sorted(found)
    said = _sayings(scene, found, memory)
    if not found and not said:
        return []
    saying = {voice.first: voice.ahead for voice in said}
    named = {voice.first for voice in found}
    given = [
        voice._replace(
            part=_part(scene, voice, found, says=voice.first in saying), ahead=saying.get(voice.first, False)
        )
        for voice in found
    ]
    if len(given) == 1 and given[0].part >= Part.DOES and _of_its_raid(scene, given[0]):
        given = [given[0]._replace(part=Part.ALL)]
    unnamed = [voice for voice in said if voice.first not in named]
    heard = sorted(
        [*[voice for voice in unnamed if voice.first < 0][:1], *(v for v in unnamed if v.first >= 0), *given]
    )
    speaker = next((voice.code for voice in heard if voice.part is Part.SAYS and not voice.author), None)
    return [voice._replace(code=speaker) if voice.author and speaker is not None else voice for voice in heard]


def _part(scene: Scene, voice: Voice, found: list[Voice], *, says: bool) -> Part:
    if (
        owns_data(scene, voice.first)
        or voice.part is Part.GIVES
        or _attributed(scene, voice, found)
        or _judges(scene, voice)
    ):
        return Part.DATA if owns_data(scene, voice.first) else Part.GIVES
    if says:
        return Part.SAYS
    agents = [place for place in range(max(voice.first - 2, 0), voice.first) if scene.isa(place, "agents")]
    if agents:
        told = scene.word(agents[0] - 1) == "," or _passive(scene, agents[0])
        return Part.GIVES if reported_by(scene, agents[0]) else Part.ALL if told else Part.BY
    before = before_noun(scene, voice.first)
    inner = scene.among(before, ("of", "prepositions", "origins", "subordinators"))
    if inner and scene.isa(before - 1, "reviews") and before_noun(scene, before - 1) < 0:
        return Part.GIVES  # `El estudio de la OIT abarca ...`
    inner = inner and not takes_over(scene, voice) and not arm(scene, voice.first)
    return Part.NAMED if inner or suffers(scene, voice.last) else Part.DOES


def takes_over(scene: Scene, voice: Voice) -> bool:
    """`complaints were referred to prosecutors, who opened 90 investigations`: what those did who took them over."""
    first = voice.last + 1
    if scene.word(voice.last) != "," or not scene.isa(first, "relatives"):
        return False
    end = next((place for place in range(first, len(scene.tokens)) if scene.word(place) in {",", ";"}), first)
    end = end if end > first else len(scene.tokens)
    return any(first < field.amount.first < end for field in scene.fields)


def _of_its_raid(scene: Scene, voice: Voice) -> bool:
    """`were freed in a police operation`: whose operation it was."""
    noun, place = scene.starts.get(voice.last), voice.first - 1
    while scene.among(place, ("determiners", "indefinites")):
        place -= 1
    led = scene.isa(place, "prepositions") and not scene.isa(place, "of")
    return (led or scene.isa(place, "locatives")) and noun is not None and noun.concept == "operations"


def _judges(scene: Scene, voice: Voice) -> bool:
    """`For the ombudsman, ...`, `Para Rosa Quispe, de la Defensoría, ...`: whose view the sentence gives."""
    if not scene.isa(0, "views"):
        return False
    closed = scene.word(voice.last) == "(" and next(
        (p for p in range(voice.last, voice.last + _NEAR) if scene.word(p) == ")"), 0
    )
    apart = range(1, min(max(voice.last, closed) + 2, _FAR))
    before = all(_of_a_name(scene, place) for place in range(1, voice.first))
    return before and any(scene.word(place) == "," for place in apart if place >= voice.first - 3)


def _attributed(scene: Scene, voice: Voice, found: list[Voice]) -> bool:
    """`according to figures of the police`, `police figures`, `(source: INEI)`, `according to Ana, head of a unit`."""
    possessed = scene.word(voice.last) == "'"
    if scene.isa(voice.last + possessed, "given_nouns"):
        return True
    if scene.word(voice.first - 1) == ":" and scene.isa(voice.first - 2, "attributions"):
        return True
    commas, attributions = 0, scene.words.grammar["attributions"]
    units = {mention.first for mention in scene.named("unit")}  # `18 per cent`
    for place in range(voice.first - 1, max(voice.first - _QUOTE, 0) - 1, -1):
        word = scene.tokens[place].word
        commas += word == ","
        if commas > 1 or word in _ENDS:
            return False
        if word in attributions and place not in units:
            name = _only_a_name(scene, place, voice.first, found)
            return name or (commas == 0 and not _acts(scene, voice.first))
    return False


def _acts(scene: Scene, place: int) -> bool:
    """`according to INEI there were 401 complaints registered by the police`: who did it, not who says it."""
    return scene.isa(before_noun(scene, place), "agents") and any(f.amount.first < place for f in scene.fields)


def _only_a_name(scene: Scene, first: int, last: int, found: list[Voice]) -> bool:
    """Whether no other institution stands between: not in `Según la organización, la Policía ...`."""
    named = [mention.first for mention in scene.mentions if voice_of(mention)] + [voice.first for voice in found]
    return not any(first < place < last for place in named)


def _sayings(scene: Scene, found: list[Voice], memory: Memory) -> list[Voice]:
    """Who says something in a sentence; one that is not named there (`she said`) stands at place -1."""
    said: list[Voice] = []
    standing = scene.standing
    announcing = standing["announcing"]
    giving = () if scene.fields else standing["giving"]  # where nothing is counted, who gives something tells of it
    for verb in sorted({*announcing, *standing["reporting"], *giving}):
        passive = suffers(scene, verb - 1) and scene.isa(verb + 1, "objects")  # `were said to own bars`
        if passive or (verb in scene.inside and voice_of(scene.inside[verb])):
            continue  # `Ministerio Público`
        saying = verb in announcing or scene.isa(verb - 1, "pointing")
        strength = _claims(scene, verb, saying=saying or not scene.fields)
        if not strength or (verb in giving and scene.isa(verb - 1, "passives")):
            continue  # `The campaign of the UNODC was presented`
        speaker = _speaker(scene, found, verb, strong=strength > 1)
        if speaker is not None:
            said.append(speaker)
        elif (
            (saying or strength > 1)
            and _unnamed(scene, verb, strong=strength > 1)
            and (code := memory.again("speaker")) is not None
        ):
            said.append(Voice(-1, -1, code, Part.SAYS))
        elif strength > 1 and (code := _stranger(scene, verb, memory)) is not None:
            said.append(Voice(verb, verb + 1, code, Part.SAYS, ahead=True))
        elif saying and (code := _closing(scene, verb, memory)) is not None:
            said.append(Voice(verb, verb + 1, code, Part.SAYS))
        elif saying and in_the_media(scene, verb):
            said.append(Voice(verb, verb + 1, NOBODY, Part.SAYS))
    return said


def _stranger(scene: Scene, verb: int, memory: Memory) -> str | None:
    """`Experts say that`: nobody in particular; `the director of the home said that`: another institution."""
    if (keeper := _keeper(scene, verb)) is not None:
        return keeper
    if scene.isa(verb - 1, "impersonal"):
        return NOBODY if scene.by_fact.get("provider") else memory.again("speaker") or NOBODY
    for place in range(verb - 1, max(verb - _FAR, -1), -1):
        if scene.word(place) in {";", ":"} or any(field.amount.first == place for field in scene.fields):
            return None
        if scene.among(place, ("reviews", "given_nouns")):
            return memory.again("review" if scene.isa(place, "reviews") else "any")
        if scene.among(place, ("titles", "former")):
            return _holder_of(scene, place, memory)
    plain = verb > 0 and scene.tokens[verb - 1].kind == WORD and not scene.isa(verb - 1, "relatives")
    return NOBODY if plain else None


def _closing(scene: Scene, verb: int, memory: Memory) -> str | None:
    """`..., said the study's author, Ana Pinto`: who is named behind a quotation by what he has written."""
    if scene.word(verb - 1) not in _CLOSES:
        return None
    for place in range(verb + 1, min(verb + _AFTER, len(scene.tokens))):
        if scene.isa(place, "reviews"):
            return memory.again("review")
    return None


def _keeper(scene: Scene, verb: int) -> str | None:
    """`The system that holds the cases brought to the Public Ministry shows that`: whose system it is."""
    if not scene.has("systems", 0, verb):
        return None
    named = {voice_of(m) for fact in ("provider", "voice") for m in scene.within(0, verb, fact)}
    return named.pop() if len(named) == 1 else None


def _holder_of(scene: Scene, title: int, memory: Memory) -> str | None:
    """Whom somebody with a title and no institution speaks for; who no longer has it, for nobody."""
    if scene.has("former", title - 1, title + _NEAR):
        return NOBODY
    return memory.again("speaker") if insider(scene, title) else OTHER


def insider(scene: Scene, title: int) -> bool:
    """`the national coordinator`, `head of the unit`: of the institution that the text is about."""
    outside = scene.isa(title + 1, "of") and not any(
        scene.isa(place, "standing_after") and scene.isa(place + 1, "inner_offices") for place in (title + 1, title + 2)
    )
    return not outside


def _claims(scene: Scene, verb: int, *, saying: bool) -> int:
    """Whether a verb tells something (1), or tells that something is so (2); 0 where it does (`reported 12 cases`)."""
    first = verb + 1
    if scene.word(first) == ",":  # `Afirmó, asimismo, que`
        first = next((p + 1 for p in range(first + 1, first + _REMARK) if scene.word(p) == ","), first)
    if any(scene.isa(place, "that_words") or scene.word(place) in _MARKS for place in range(first, first + _NEAR - 1)):
        return 2
    counts = any(verb < field.amount.first <= verb + 2 for field in scene.fields) and scene.word(verb + 1) not in _ENDS
    return 1 if saying and not counts else 0


def _speaker(scene: Scene, found: list[Voice], verb: int, *, strong: bool) -> Voice | None:
    """Who says it: behind a quotation whoever stands after the verb, else who stands before it."""
    if scene.word(verb - 1) in _CLOSES or scene.isa(verb - 1, "pointing"):
        after = _speaker_after(scene, found, verb, closing=True)
        return after or _speaker_before(scene, found, verb, strong=strong)
    before = _speaker_before(scene, found, verb, strong=strong)
    return before or _speaker_after(scene, found, verb, closing=False)


def _speaker_after(scene: Scene, found: list[Voice], verb: int, *, closing: bool) -> Voice | None:
    """`..., said the minister`, `informó la Policía`, `dijo Ana Quispe, fiscal de Puno`."""
    if scene.word(verb + 1) == "," or scene.isa(verb, "addressing"):
        return None  # `he told the Reuters Foundation`
    for place in range(verb + 1, min(verb + (_AFTER if closing else _QUOTE), len(scene.tokens))):
        speaker = next((voice for voice in found if voice.first <= place < voice.last), None)
        if speaker is not None:
            return speaker
        token = scene.tokens[place]
        if token.word in {".", ";"} or scene.isa(place, "that_words"):
            return None
        if not (token.word == "," or (token.kind == WORD and (closing or token.capital or _titled(scene, place)))):
            return None
    return None


def _titled(scene: Scene, place: int) -> bool:
    """Words of a title: `la jefa de`, `the head of the`."""
    return scene.among(place, ("determiners", "of", "titles"))


def _speaker_before(scene: Scene, found: list[Voice], verb: int, *, strong: bool) -> Voice | None:
    """`The minister of the interior stressed that`, `Rosa Quispe, head of the police unit, said`."""
    before = [voice for voice in found if voice.last <= verb]
    if not before:
        return None
    speaker = before[-1]
    gap = range(speaker.last, verb)
    counts = any(field.amount.first in gap for field in scene.fields)
    if counts or len(gap) > _FAR or any(scene.word(place) == ";" for place in gap):
        return None
    aside = len(gap) > 1 and scene.word(gap[0]) == "," and scene.word(gap[-1]) == ","
    near = len(gap) <= _REMARK and not any(scene.joins(p) or scene.word(p) == "," for p in gap)
    if scene.isa(before_noun(scene, speaker.first), "subordinators") and not strong:
        return None
    named = strong or near or aside or all(_of_a_name(scene, place) for place in gap)
    return speaker._replace(ahead=strong) if named else None


def _passive(scene: Scene, agent: int) -> bool:
    """`were rescued by`, `fueron halladas en hoteles por`."""
    if scene.has("copulas", agent - 4, agent):
        return True
    verbs = [range(act.first - 1, act.last) for act in scene.within(agent - _QUOTE, agent, "act")]
    return any(scene.isa(p, "copulas") and not scene.isa(p, "perfects") for verb in verbs for p in verb)


def before_noun(scene: Scene, place: int) -> int:
    """The place before a noun and its articles."""
    place -= 1
    while scene.isa(place, "determiners") and not scene.isa(place, "of"):
        place -= 1
    return place


def _of_a_name(scene: Scene, place: int) -> bool:
    token = scene.tokens[place]
    return token.capital or token.word in {",", "(", ")"} or _titled(scene, place) or scene.isa(place, "copulas")


def _presented(scene: Scene, verb: int) -> bool:
    """`Rosa Quispe, a lawyer of the town, said`, `father Miguel Ruiz, said`: whom the sentence itself presents.

    Nor do several people (`aseguran`) stand for an institution.
    """
    if scene.word(verb).endswith(tuple(scene.words.grammar["plural_verbs"])):
        return True
    if scene.word(verb - 1) != ",":
        return False
    comma = next((place for place in range(min(verb - 1, _NAME)) if scene.word(place) == ","), 0)
    named = comma > 1 and all(token.capital for token in scene.tokens[:comma])
    return named or (scene.tokens[verb - 2].capital and verb - 2 not in scene.inside)


def _unnamed(scene: Scene, verb: int, *, strong: bool) -> bool:
    """`she said`, `..., agregó.`, `En esa materia destacó que`: someone that was named before speaks."""
    if scene.isa(verb - 1 - scene.isa(verb - 1, "also"), "speakers"):
        return True
    if not scene.words.grammar["dropped"] or any(
        scene.tokens[place].capital for place in range(verb + 1, min(verb + 3, len(scene.tokens)))
    ):
        return False
    if strong and verb - 1 in scene.inside and scene.isa(verb - 2, "of"):
        return True
    if _presented(scene, verb):
        return False
    opened = verb == 0 or scene.word(verb - 1) in _CLOSES or scene.isa(verb - 1, "dropped")
    return opened and (strong or scene.word(verb + 1) in _CLOSES or scene.isa(verb + 1, "determiners"))
