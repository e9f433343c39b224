"""Who is named in a sentence and counts nothing: people who are counted themselves, who helps or is turned to."""

from __future__ import annotations

from monitor.reader.sentence.scene import Scene
from monitor.reader.who.parts import NOBODY, OTHER, Voice, before_noun, takes_over, voice_of

_DENIED = 3  # tokens behind an institution in which `did not` stands
_ROW = 12  # tokens of a row of people
_LIST = 30  # tokens of a list of those counted
_REMARK = 9  # words from the comma before a remark on a figure to who makes it
_PHRASE = 5  # words behind a number in which the people that it counts stand


def counted(scene: Scene, voice: Voice) -> bool:
    """`39 prosecutors`, `300 police cadets`, `500 agentes de la Policía`: counted people are nobody's source."""
    mention = scene.starts.get(voice.first)
    links = (
        scene.within(voice.first - 4, voice.first, "link") if mention is not None and "voice" in mention.facts else []
    )
    if any(m.facts["link"] == "part" and voice.first - m.last <= 1 for m in links):
        return True  # `six officials, among them a judge`
    prepared = any(scene.among(place, ("prepositions", "of")) for place in (voice.first - 2, voice.first - 1))
    if prepared and takes_over(scene, voice):
        return False
    subject = scene.isa(voice.last, "sums") and not prepared  # `the specialists are 12`
    aside = (
        scene.word(voice.last) == "," and mention is not None and "voice" in mention.facts
    )  # `Inspectors, 63 in all,`
    beside = next((f.amount for f in scene.fields if f.amount.first == voice.last + 1), None)
    bare = beside is not None and (subject or scene.word(beside.last) == "," or scene.isa(beside.last, "locatives"))
    if (subject or aside) and bare:
        return True
    for last in [field.amount.last for field in scene.fields]:
        gap = range(last, voice.first)
        row = _row_of_people(scene, gap) or (
            mention is not None and "voice" in mention.facts and _in_row(scene, gap, voice)
        )
        row = bool(gap) and row and not scene.isa(voice.last, "announcing")
        one = 0 < len(gap) <= _PHRASE and scene.isa(voice.first - 1, "indefinites") and scene.joins(voice.first - 2)
        if row or one or (0 < len(gap) <= _LIST and _listed(scene, last, voice.first)):
            return True
        if 0 <= voice.first - last < _PHRASE and not any(scene.word(p) in {",", ";"} or scene.joins(p) for p in gap):
            staff = any("voice" in inner.facts for inner in scene.mentions if last <= inner.first < voice.first)
            if not gap or staff or (mention is not None and "voice" in mention.facts):
                return True
    return False


def remarked(scene: Scene, place: int) -> bool:
    """`..., a share that experts find alarming`, `..., dato que según los expertos alarma`: a view of a figure."""
    comma = next((p for p in range(place - 1, max(place - _REMARK, 0), -1) if scene.word(p) == ","), 0)
    told = any(field.amount.first < comma for field in scene.fields)
    noun = comma + 1 + scene.among(comma + 1, ("determiners", "indefinites"))
    remark = scene.isa(noun, "remark_nouns") or (noun > comma + 1 and scene.isa(noun, "relatives"))
    return remark and told and not any(field.amount.first > place for field in scene.fields)


def _listed(scene: Scene, last: int, first: int) -> bool:
    """`130 officials, among police, prosecutors and judges`, `entre fiscales y policías`: who those counted are."""
    opened = next((p for p in range(last, first) if scene.among(p, ("listing",)) or scene.word(p) == ":"), None)
    if opened is None or scene.has(";", last, first) or not any(scene.within(last, opened, "person")):
        return False
    light = ("determiners", "pronouns", "listing", "of", "houses", "other_words")
    return all(
        scene.word(p) == "," or p in scene.inside or scene.joins(p) or scene.among(p, light)
        for p in range(opened + 1, first)
    )


def takes_in(scene: Scene, homes: Voice) -> bool:
    """`Two private shelters admitted 32 women`: what homes did, beside how many there are."""
    mention = scene.starts.get(homes.first)
    if mention is None or mention.concept != "private_shelters":
        return False
    later = [field.amount.first for field in scene.fields if field.amount.first > homes.last]
    return bool(later) and any(scene.within(homes.last, later[0], "act"))


def _row_of_people(scene: Scene, gap: range) -> bool:
    """`1,340 police, prosecutors and judges attended ...`: a row that begins with a force behind the number."""
    first = scene.starts.get(gap.start) if gap else None
    if first is None or "force" not in str(first.facts.get("kinds", "")).split():
        return False
    return all(scene.word(p) == "," or scene.joins(p) or p in scene.inside for p in gap)


def _in_row(scene: Scene, gap: range, voice: Voice) -> bool:
    """`950 teachers, nurses and police officers`, `40 teachers, judges and guards`: some of those that are counted."""
    first = scene.starts.get(gap.start) if gap else None
    if first is not None and "voice" in first.facts and first.last == gap[-1] and scene.joins(first.last):
        return True  # `530 prosecutors and judges`
    if not 1 < len(gap) <= _ROW or not scene.has(",", gap.start, gap.stop + 2):
        return False
    if not (scene.joins(gap[-1]) or (scene.word(gap[-1]) == "," and scene.joins(voice.last))):
        return False
    if any(voice.last <= field.amount.first < voice.last + _PHRASE for field in scene.fields):
        return False  # `41 children, while prosecutors registered 12`
    kinds = ("copulas", "announcing", "reporting", "relatives", "definite", "locatives")
    return not any(scene.among(place, kinds) or scene.word(place) in {";", ":", "("} for place in gap)


def joins_in(scene: Scene, voice: Voice) -> bool:
    """`the transport ministry took part in joint raids that freed 90`, `did it with the police`: several together."""
    raids = [m for m in scene.within(0, len(scene.tokens), "indicator") if m.concept == "operations"]
    joint = [m for m in raids if scene.has("joint_words", m.first - 2, m.last + 2)]
    if not joint:
        return False
    if scene.has("joining", voice.last, voice.last + 2):
        return True
    beside = [p for p in range(voice.last, voice.last + _PHRASE) if scene.isa(p, "helpers")]
    others = [m for p in beside for m in scene.within(p + 1, p + 3, "provider")]
    return bool(others) and voice_of(others[0]) != voice.code


def silent(scene: Scene, voice: Voice) -> bool:
    """`12 were convicted, for the judiciary did not supply data`: who is said not to have told or done something."""
    if not scene.standing["negations"]:
        return False
    negated = next((p for p in range(voice.last, voice.last + _DENIED) if scene.isa(p, "negations")), 0)
    if not (negated and scene.fields) or voice.code == NOBODY or voice.first < 0:
        return False
    if any(scene.joins(p) or scene.word(p) == "," for p in range(voice.last, negated)):
        return False  # `the police and not the prosecutors freed 12`
    end = next((p for p in range(negated, len(scene.tokens)) if scene.word(p) in {",", ";"}), len(scene.tokens))
    if any(voice.last <= field.amount.first < end for field in scene.fields):
        return False
    before = before_noun(scene, voice.first)
    return scene.isa(before, "subordinators") or all(field.amount.first < voice.first for field in scene.fields)


def helps(scene: Scene, voice: Voice) -> bool:
    """`with support of the ILO`, `referred to the police`: who helps or receives does not count."""
    for place in range(voice.first - 1, max(voice.first - 6, -1), -1):
        if scene.isa(place, "agents") and scene.isa(place - 1, "unrelated"):
            return True  # `two men wanted by the courts`
        if scene.isa(place, "helpers"):
            if takes_over(scene, voice) or (place == 0 and scene.isa(place, "views")):
                return False
            filed = (scene.isa(place - 1, "filing") or _filed_with(scene, voice)) and voice.code != OTHER
            own = scene.isa(place, "views") or not scene.isa(place, "carriers")
            own = not own and any(
                m.last == place and m.concept == "staff" for m in scene.within(place - 3, place, "person")
            )
            return not (own or filed or scene.has("attributions", place - 2, place) or scene.isa(place - 1, "titles"))
        if scene.isa(place, "relatives") and scene.isa(before_noun(scene, place), "prepositions"):
            return scene.lead < place and not _counts(scene, voice)
        inner = scene.among(place, ("determiners", "of", "separators", "modifiers"))
        if not inner and not (place in scene.inside and voice_of(scene.inside[place])):
            return False
    return False


def _filed_with(scene: Scene, voice: Voice) -> bool:
    """`Ante la policía solo se presentaron 60 denuncias`: with whom they were filed, before the verb."""
    verb = next((p for p in range(voice.last, voice.last + _PHRASE) if scene.isa(p, "filing")), None)
    return verb is not None and any(
        m.concept == "complaints" for m in scene.within(verb, len(scene.tokens), "indicator")
    )


def _counts(scene: Scene, voice: Voice) -> bool:
    """`the raid in which the police freed 12`, not `the programme with which the prosecutors look after them`."""
    end = next((p for p in range(voice.last, len(scene.tokens)) if scene.word(p) in {",", ";"}), len(scene.tokens))
    return any(voice.last <= field.amount.first < end for field in scene.fields)
