"""The institutions that a sentence names, by whatever name, each with the part it plays in it."""

from __future__ import annotations

from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Scene
from monitor.reader.sentence.tokens import WORD
from monitor.reader.who.apposed import apposed
from monitor.reader.who.bystanders import counted, helps, joins_in, remarked, silent, takes_in
from monitor.reader.who.deeds import of_a_raid
from monitor.reader.who.leaning import leaning
from monitor.reader.who.parts import (
    NOBODY,
    OTHER,
    Part,
    Voice,
    insider,
    parted,
    retellers,
    voice_of,
)
from monitor.reader.who.standing import Memory

_NEAR = 4  # words between two names that may be one
_JOINED = 12  # words between two subjects, the first with a remark of its own
_SHORT = 3  # letters of a word such as `y` or `for` within a name
_PHRASE = 5  # words between a house and the institution that it belongs to
_SOURCE = 6  # words behind `according to` in which its name stands
_FORMER = 4  # words from a rank on in which it is said to be no more
_COUNTRIES = 8  # words behind `police of` in which several countries stand
_HOUSES = ("titles", "houses", "again_organisation")
_PERSON = "person"  # someone named before
_WITH_NAMES = frozenset({_PERSON, "rank", "clergy"})
_AGAIN = (  # the nouns that can stand for an institution
    *("ministry", "minister", "magistrate", "agency", "institute", "institution", "organisation", "office"),
    *("department", "speaker", "any", "data"),
)
_STANDS = {  # what a word can stand for, and the list of such words
    "rank": "police_ranks",
    "clergy": "clergy",
    "nobody": "nobodies",
    "we": "we",
    "ours": "ours",
    **{kind: f"again_{kind}" for kind in _AGAIN},
}
_CITING = ("quoting", "attributions")
_QUOTES = frozenset({'"', "“", "”", "«", "»"})
_ALIAS = frozenset({"(", ",", "-", "de", "la", "of", "the", "del"})


def voices(scene: Scene, memory: Memory) -> list[Voice]:
    """All institutions of a sentence in order, those that only help or are counted left out."""
    named = _outside_lists(scene, _named(scene, memory))
    found = [voice for voice in named if not helps(scene, voice)]
    if len(found) < len(named):
        left = {voice.code for voice in named if voice not in found}
        found = [voice for voice in found if not (voice.code in left and _glosses(scene, voice))]
    found = [
        voice
        for voice in found
        if not (counted(scene, voice) and not takes_in(scene, voice)) and not silent(scene, voice)
    ]
    found = [voice for voice in found if voice.code != NOBODY or not remarked(scene, voice.first)]
    found = _joined(scene, found) if len(found) > 1 else found
    if scene.standing["joint_words"]:
        found = [voice._replace(code=NOBODY) if joins_in(scene, voice) else voice for voice in found]
    if scene.standing["leading"] or scene.standing["titles"]:
        found += _heads(scene, found, memory)
    if scene.standing["again_organisation"]:
        found += apposed(scene, found)
    written = _written(scene) if scene.standing["reviews"] else []
    if scene.standing["quoting"] or written:
        found += leaning(scene, found, memory) if scene.standing["quoting"] else []
        found += _unknown(scene, found, written)
    return parted(scene, found, memory) or of_a_raid(scene)


def _glosses(scene: Scene, voice: Voice) -> bool:
    """`(Udavit)`, `, SUNAFIL,`: a name in brackets or between commas, for what stands before them."""
    before, after = scene.word(voice.first - 1), scene.word(voice.last)
    return (before == "(" and after == ")") or (before == "," and after in {",", "."})


def _outside_lists(scene: Scene, found: list[Voice]) -> list[Voice]:
    """`340 operators of justice (police, prosecutors and judges)`: a list in brackets says who is counted."""
    opened = [place for place, token in enumerate(scene.tokens) if token[0] == "("] if len(found) > 1 else []
    for first in opened:
        last = next((place for place in range(first, len(scene.tokens)) if scene.word(place) == ")"), first)
        inner = [voice for voice in found if first < voice.first < last]
        if len(inner) > 1 and len({voice.code for voice in inner}) > 1 and inner[0].first <= first + 2:
            found = [voice for voice in found if voice not in inner]
    return found


def _named(scene: Scene, memory: Memory) -> list[Voice]:
    """The institutions by name, by the nouns, ranks and names that stand for them, by `we`."""
    found = {
        mention.first: _voice(scene, mention, memory)
        for fact in ("provider", "voice")
        for mention in scene.by_fact.get(fact, ())
        if voice_of(mention) and _is_name(scene, mention) and not _adjective(scene, mention)
    }
    if memory.together:  # `Police of both countries raided three bars. The officers held 13.`: officers of both
        found = {p: v._replace(code=NOBODY) if _officers(scene, v) else v for p, v in found.items()}
    standing = scene.standing
    for first, voice in found.items() if standing["ours"] else ():
        if voice.code == OTHER and scene.isa(voice.first - 1, "ours"):
            found[first] = voice._replace(code=memory.author(owned=True, quoted=False))  # `our Legal Centre`
    stands = {place: kind for kind, words in _STANDS.items() for place in standing[words]}
    persons = memory.persons
    if persons:
        inside = scene.inside
        known = [p for p, t in enumerate(scene.tokens) if t[4] and t[0] in persons and p not in inside]
        stands.update(dict.fromkeys(known, _PERSON))
    for place, kind in sorted(stands.items()):
        inner = scene.inside.get(place)
        if place in found and kind not in {"magistrate", "speaker"}:
            continue
        if kind == "rank" and inner is not None and voice_of(inner):
            continue  # `Attorney General`
        code = persons[scene.tokens[place].word] if kind == _PERSON else _stands_for(scene, place, kind, memory, found)
        if code is not None:
            person, we = kind in _WITH_NAMES, kind in {"we", "ours"}
            found[place] = Voice(place, place + 1, code, Part.NAMED, person=person, author=we)
    return [voice for _, voice in sorted(found.items())]


def _officers(scene: Scene, voice: Voice) -> bool:
    """`the officers`: whoever was told to act together before, where nothing else is said of them."""
    mention = scene.starts.get(voice.first)
    plain = mention is not None and mention.concept == "police_staff" and mention.last - mention.first == 1
    return plain and scene.isa(voice.first - 1, "definite") and not scene.isa(voice.last, "of")


def _inspectors(scene: Scene, mention: Mention, memory: Memory) -> Voice:
    """`Labor inspectors found 23`: those of the labour ministry or its agency, where the text named either."""
    of_labour = mention.last - mention.first > 1
    code = (
        memory.again("inspectorate")
        or (NOBODY if not of_labour else "")
        or str(scene.words.facts["labour_inspection"]["provider"])
    )
    return Voice(mention.first, mention.last, code, Part.NAMED)


def _voice(scene: Scene, mention: Mention, memory: Memory) -> Voice:
    kinds = str(mention.facts.get("kinds", ""))
    person = _follows_name(scene, mention)
    first = mention.first
    while "named" in mention.facts and first > 0 and _of_its_name(scene, first - 1):
        first -= 1  # `Paz y Vida Foundation`
    abroad = _countries(scene, mention)
    together = "PE" in abroad and len(abroad) > 1  # `las policías de Chile y de Perú`
    foreign = bool(abroad - {"foreign"}) and "PE" not in abroad
    if mention.concept == "inspectors":
        return _inspectors(scene, mention, memory)
    code = NOBODY if together or scene.isa(first - 1, "former") else OTHER if foreign else voice_of(mention)
    first -= code == OTHER and bool(scene.within(first - 1, first, "citizenship"))
    return Voice(first, mention.last, code, Part.NAMED, kinds if code == voice_of(mention) else "", person=person)


def _countries(scene: Scene, mention: Mention) -> set[str]:
    """`the police of Ecuador`, `Chilean police`, `la policía boliviana`: the countries of an institution."""
    first, last = mention[0], mention[1]
    beside = scene.inside.get(first - 1), scene.starts.get(last)
    named = {str(m.facts["citizenship"]) for m in beside if m is not None and "citizenship" in m.facts}
    if last in scene.standing["of"]:
        end = last
        for other in scene.within(last + 1, last + _COUNTRIES, "country"):
            if other.first == end + 1 or (end > last and other.first == end + 2 and scene.isa(end + 1, "of")):
                named.add(str(other.facts["country"]))
                end = other.last
    return set() if "world" in mention.facts else named


def _of_its_name(scene: Scene, place: int) -> bool:
    """Whether a word before `Foundation` belongs to its name."""
    if place in scene.inside or scene.among(place, _CITING) or scene.among(place - 1, _CITING):
        return False  # `According to Caritas`
    short = place > 0 and len(scene.word(place)) <= _SHORT and scene.tokens[place].kind == WORD
    return _capital(scene, place) or (short and place - 1 not in scene.inside and _capital(scene, place - 1))


def _is_name(scene: Scene, mention: Mention) -> bool:
    """Whether a noun such as `association` or `NGO` is part of a name: it has a capital, or the next word has one."""
    named = mention.facts.get("named")
    if named is None:
        return True
    if _follows_name(scene, mention) or (named == "self" and scene.tokens[mention.first].capital):
        return True
    return _some_charity(scene, mention)


def _some_charity(scene: Scene, mention: Mention) -> bool:
    """`one NGO`, `a local NGO`, `una ONG de Puno`: one that is not named speaks or acts as well."""
    first = mention.first
    return scene.isa(first, "charities") and scene.has("indefinites", max(first - 2, 0), first)


def _adjective(scene: Scene, mention: Mention) -> bool:
    """`la investigación fiscal`: a word of office that only describes the noun before it."""
    before = mention.first - 1
    if before < 0 or not scene.isa(mention.first, "office_adjectives"):
        return False
    kinds = ("determiners", "of", "prepositions", "separators", "standing_after", "titles", "agents", "adverbs")
    noun = scene.tokens[before].kind == WORD and not scene.among(before, kinds)
    return noun and not (scene.isa(before, "announcing") or _follows_name(scene, mention))


def _follows_name(scene: Scene, mention: Mention) -> bool:
    return mention.last < len(scene.tokens) and mention.last not in scene.inside and _capital(scene, mention.last)


def _capital(scene: Scene, place: int) -> bool:
    token = scene.tokens[place]
    return token.capital and token.kind == WORD and token.end - token.start > 1


def _stands_for(scene: Scene, place: int, kind: str, memory: Memory, found: dict[int, Voice]) -> str | None:
    """The code of the institution that a rank before a name, `we`, `our shelter` or `the ministry` stands for."""
    if kind in {"we", "ours"}:
        owned = kind == "ours"
        quoted = any(token[0] in _QUOTES for token in scene.tokens) or scene.word(0) == "-"
        return None if owned and not scene.isa(place + 1, "houses") else memory.author(owned=owned, quoted=quoted)
    if kind == "nobody":
        return NOBODY if place == 0 or scene.word(place - 1) == "," else None
    if kind in {"rank", "clergy"}:
        return _titled(scene, place, kind, memory)
    before_it = place - 2 if place - 1 in scene.inside and "area" in scene.inside[place - 1].facts else place - 1
    definite = scene.isa(before_it, "standing_after") and not scene.isa(place + 1, "of")
    before = [found[first] for first in sorted(found) if first < place]
    if not definite or any(voice.first <= place < voice.last for voice in before):
        return None
    here = [voice.code for voice in before if kind in voice.kinds.split() and voice.code != NOBODY]
    again = here[-1] if here else memory.again(kind)
    return again or (OTHER if scene.isa(place, "charities") else None)


def _titled(scene: Scene, place: int, kind: str, memory: Memory) -> str | None:
    """`Colonel Luis Arana`, `Gen. Arana`, `el coronel`, `Sister Rosa`: a title before a name, or alone for the same."""
    if place in scene.inside and "area" in scene.inside[place].facts:
        return None  # `Coronel Portillo`
    following = place + 1 + (scene.word(place + 1) == ".")
    named = following < len(scene.tokens) and scene.tokens[following].capital and following not in scene.inside
    if kind == "clergy":
        return OTHER if named else None
    if scene.has("former", place - 1, place + _FORMER):
        return NOBODY
    police = str(scene.words.facts["police"]["provider"])
    if named:
        title = place - 1 - (scene.word(place - 1) == "-")  # `Director-General Ana Rojas`
        return None if scene.isa(title, "titles") else police
    if scene.isa(place, "ranks_alone"):
        return (memory.again("speaker") if scene.isa(place - 1, "standing_after") else None) or police
    spoken = scene.among(place + 1, ("announcing", "reporting")) or scene.isa(place - 2, "announcing")
    return memory.again("speaker") if spoken and scene.isa(place - 1, "standing_after") else None


def _joined(scene: Scene, found: list[Voice]) -> list[Voice]:
    """Names in a row are one: a short name in brackets repeats it, `police and prosecutors` together are nobody."""
    joined: list[Voice] = []
    for voice in found:
        before = joined[-1] if joined else None
        gap = range(before.last, voice.first) if before is not None else range(0)
        if before is None:
            joined.append(voice)
        elif not gap and voice.code == NOBODY:
            joined[-1] = before._replace(last=voice.last)  # `Ministry of Defense officials reported`
        elif before.author and not voice.author and len(gap) <= _NEAR and all(_of_ours(scene, p) for p in gap):
            joined[-1] = voice._replace(first=before.first)  # `our lawyers at CHS`
        elif (before.code == OTHER and _belongs(scene, before, voice)) or (not gap and before.code == OTHER):
            joined[-1] = voice._replace(first=before.first)
        elif voice.code == OTHER != before.code and _said_of(scene, voice, gap):
            joined[-1] = before._replace(last=voice.last)  # `CHS Alternativo, a charity that ...`
        elif voice.code == before.code and len(gap) <= _NEAR and all(scene.word(place) in _ALIAS for place in gap):
            closed = scene.word(voice.last) == ")"
            joined[-1] = before._replace(last=voice.last + closed, person=before.person or voice.person)
        elif _retell(before, voice) and _together(scene, gap):
            joined[-1] = before._replace(last=voice.last)  # `the ILO and the IOM estimate`: the one named first
        elif voice.code != before.code and _together(scene, gap):
            joined[-1] = before._replace(last=voice.last, code=NOBODY, kinds=f"{before.code} {voice.code}")
        else:
            joined.append(voice)
    return joined


def _retell(one: Voice, two: Voice) -> bool:
    """Whether both mostly tell what others counted; a ministry beside an agency does not."""
    office = any(voice.code == OTHER and "ministry" in voice.kinds for voice in (one, two))
    return one.code != two.code and {one.code, two.code} <= retellers() and not office


def _said_of(scene: Scene, voice: Voice, gap: range) -> bool:
    """Whether only a comma stands before `a charity`: what the one before it is."""
    words = range(gap.start + 1, voice.last)
    noun = scene.isa(voice.last - 1, "charities")
    return noun and scene.word(gap.start) == "," and all(scene.isa(p, "indefinites") for p in words[:-1])


def _belongs(scene: Scene, house: Voice, owner: Voice) -> bool:
    """`the Institute of Crime of the Public Ministry`: whose office it is."""
    gap = range(house.last, owner.first)
    named = all(_capital(scene, place) or scene.among(place, ("of", "determiners", "prepositions")) for place in gap)
    return 1 < len(gap) <= _PHRASE and named and scene.among(gap[-1], ("of", "determiners")) and house.kinds != ""


def _of_ours(scene: Scene, place: int) -> bool:
    return scene.among(place, ("prepositions", "of", "determiners", "houses"))


def _together(scene: Scene, gap: range) -> bool:
    """Whether nothing but `and the` stands between, or a remark on the first and then `and the`."""
    light = ("determiners", "modifiers", "of")
    ands = [place for place in gap if scene.joins(place)]
    if not ands or not _leads_in(scene, range(ands[-1] + 1, gap.stop)):
        return False
    between = range(gap.start, ands[-1])
    if all(scene.among(place, light) or _placed(scene, place) for place in between):
        return True
    counted = any(gap.start <= field.amount.first < gap.stop for field in scene.fields)
    remark = scene.has("relatives", gap.start, gap.start + 3)
    return len(gap) <= _JOINED and remark and not counted


def _placed(scene: Scene, place: int) -> bool:
    """`the prosecutors of Cusco and the police`, `IOM Peru and the ministry`."""
    return place in scene.inside and bool({"area", "country"} & scene.inside[place].facts.keys())


def _leads_in(scene: Scene, gap: range) -> bool:
    """`the`, `representatives of the`: what may stand between `and` and the second of two names."""
    inner = [place for place in gap if not scene.isa(place, "determiners")]
    return (
        not inner
        or (len(inner) <= 2 and scene.isa(inner[-1], "of"))
        or (len(inner) == 1 and scene.isa(gap.stop - 1, "of"))
    )


def _unknown(scene: Scene, found: list[Voice], written: list[int]) -> list[Voice]:
    """`according to Rosa Quispe, head of a network`, `según especialistas`: someone that nothing is known of."""
    unknown = []
    for place in (*scene.places("quoting"), *written):
        if any(place < voice.first <= place + 2 * _SOURCE for voice in found):
            continue
        first = next((p for p in range(place + 1, place + _SOURCE) if not _light(scene, p)), place)
        if remarked(scene, place):
            continue
        if scene.among(first, ("vague_sources", "media")):
            unknown.append(Voice(first, first + 1, NOBODY, Part.GIVES))
        elif place < first < len(scene.tokens) and first not in scene.inside and _capital(scene, first):
            comma = next((p for p in range(first, first + _SOURCE) if scene.word(p) == ","), first)
            described = range(comma + 1, comma + _SOURCE) if comma > first else range(0)
            house = place in written or any(scene.isa(p, kind) for p in described for kind in _HOUSES)
            unknown.append(Voice(first, first + 1, OTHER if house else NOBODY, Part.GIVES))
    return unknown


def _written(scene: Scene) -> list[int]:
    """`a report by the Global Fund says`: where the name of an author follows."""
    return [place + 1 for place in scene.places("reviews") if scene.isa(place + 1, "agents")]


def _heads(scene: Scene, found: list[Voice], memory: Memory) -> list[Voice]:
    """`Ana Mori, who runs a home in Puno, took in ...`: people of an institution that nothing else is known of."""
    heads = []
    plain = [place for place in scene.places("leading") if not scene.isa(place - 1, "relatives")]
    commas = [place for place, token in enumerate(scene.tokens) if token[0] == ","]
    for end in (*plain, *commas):
        leads = end in plain or (scene.isa(end + 1, "relatives") and scene.isa(end + 2, "leading"))
        titled = next((p for p in range(end + 1, end + 4) if scene.isa(p, "titles")), 0)
        if not leads and not (titled and scene.isa(titled + 1, "of")):
            continue
        last = next((p for p in range(end + 1, len(scene.tokens)) if scene.word(p) in {",", "."}), end)
        first = end
        while first > 0 and first - 1 not in scene.inside and _capital(scene, first - 1):
            first -= 1
        if end - first > 1 and not any(first - 2 <= voice.first < last and voice.code != OTHER for voice in found):
            inside = memory.again("any") if not leads and insider(scene, titled) else None
            heads.append(Voice(first, last, inside or OTHER, Part.NAMED, person=True))
    return heads


def _light(scene: Scene, place: int) -> bool:
    return scene.among(place, ("determiners", "prepositions", "of", "standing_after"))
