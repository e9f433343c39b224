"""What a number counts: the noun it stands before, the subject it is said of, and what happened to those counted."""

from __future__ import annotations

from monitor.reader.drafts import Own
from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Field, Scene
from monitor.reader.sentence.tokens import MARK, WORD
from monitor.reader.what.acts import act, act_before, done, result
from monitor.reader.what.around import SPEAKERS, elided, last_resort, people_around, single_office, take_crew, told_from
from monitor.reader.what.leaders import behind_colon, leads, opening_phrase
from monitor.reader.what.nouns import past_owner, plural, stage
from monitor.reader.what.undergone import only_verbs, participle, past_number, read_others, read_people, told_of_noun

COMPLICIT = ("detentions", "investigations", "prosecutions", "convictions", "officials")
_ENDS = frozenset({"convictions", "acquittals"})
_EXISTING = 5  # tokens between `there were` and the number
_REACH = 9  # tokens that a noun phrase after a number may take


def read_head(scene: Scene, field: Field, own: Own) -> None:
    """Fills in head, person, act and foreign of an amount."""
    head, foreign = _after(scene, field)
    own.noun = head is not None
    head = _said_of(scene, field, head) if head is not None and head.facts["group"] == "people" else head
    if head is None and foreign is None and not _of_them(scene, field):
        head = _subject(scene, field) or _bracketed(scene, field) or behind_colon(scene, field)
        head = None if head is not None and _more_of_them(scene, field, head) else head
    if head is None and foreign is None and _strange_subject(scene, field):
        foreign = scene.word(field.amount.first - 2)
    own.foreign = foreign
    if (named := _existing(scene, field)) is not None and head is None:
        head, foreign, own.foreign, own.existing = named, None, None, True
    if head is not None and not own.noun and _recruited(scene, field, head):
        own.person, head = True, None
    if head is not None:
        own.person = bool(head.facts.get("person"))
        own.head = head.facts.get("indicator")
        own.fallback = head.facts.get("fallback")
        if own.head in {"staff", "officials"} and own.noun and _schooled(scene, head):
            own.head = "trained"
        at_work = scene.isa(head.last, "employed") or scene.isa(field.amount.first - 1, "employed")
        if own.head == "officials" and own.noun and at_work:
            own.head = "staff"  # `40 officials work on ...`
    take_crew(scene, field, own, head)
    _read_force(scene, field, own)
    own.act = act(scene, field, own)
    read_people(scene, field, own)
    read_others(scene, field, own)
    own.done = done(scene, field)
    own.result = field.amount.unit == "count" and own.head is None and result(scene, field)
    own.done = own.act if own.result else own.done
    if own.head is None and own.person and own.act is None and not _of_them(scene, field):
        own.act = people_around(scene, field)
    own.last_resort = last_resort(scene, field, own)
    forces = foreign is not None and _institution(scene, field.amount.last)
    if (
        foreign is not None
        and own.act == "trained"
        and (forces or act_before(scene, field) or _took_part(scene, field))
    ):
        own.foreign, own.person = None, True


def _said_of(scene: Scene, field: Field, noun: Mention) -> Mention:
    """`The traffickers totalled 92 people`, `los tratantes son 30 hombres`: the subject of a bare noun."""
    people = [m for m in scene.within(field.first, field.amount.first, "person") if m.concept not in SPEAKERS]
    told = people[-1] if people and not noun.facts.get("fallback") else None
    if told is None or (told.facts["group"] == "people" and not told.facts.get("fallback")):
        return noun
    gap = range(told.last, field.amount.first)
    verb = next((place for place in gap if scene.isa(place, "copulas")), None)
    light = ("copulas", "carriers", "adverbs", "determiners", "prepositions", "range_words")
    plain = verb is not None and all(place in scene.inside or scene.among(place, light) for place in gap)
    the = told.first - 1 - scene.isa(told.first - 1, "modifiers")
    if not plain or verb is None or scene.within(verb, gap.stop, "act") or not scene.isa(the, "definite"):
        return noun
    return told


def _more_of_them(scene: Scene, field: Field, head: Mention) -> bool:
    """`48 officers; the central unit has another 34`: more of what was counted before, and no units."""
    again = scene.isa(field.amount.first - 1, "other_words") and field is not scene.fields[0]
    return again and head.facts.get("indicator") in {"offices", "shelters"}


def _read_force(scene: Scene, field: Field, own: Own) -> None:
    """`2,300 officials, among them 900 police`: those of a force, where the number is told to be a part."""
    first = field.amount.first
    among = any(m.last == first and m.facts["link"] == "part" for m in scene.within(field.first, first, "link"))
    if among and own.foreign is not None and _institution(scene, field.amount.last):
        own.foreign, own.person, own.head, own.noun, own.staff = None, True, "staff", True, True


def _took_part(scene: Scene, field: Field) -> bool:
    """`14,000 pupils attended`: whoever they are, right before the verb."""
    first = field.amount.last
    if scene.isa(first, "region_nouns"):
        return False  # `13 of 25 regions received training`
    return any(m.first - first == 1 and m.facts["act"] == "trained" for m in scene.within(first, first + 2, "act"))


def _schooled(scene: Scene, staff: Mention) -> bool:
    """`900 inspectores municipales capacitados`: what they underwent, right behind the noun."""
    said = scene.within(staff.last, staff.last + 2, "indicator")
    return bool(said) and said[0].concept == "trained" and participle(scene, said[0].last - 1)


def _existing(scene: Scene, field: Field) -> Mention | None:
    """`the shelters, of which there are seven`: the noun that the clause belongs to; all there are, and no part."""
    if not scene.standing["existing"]:
        return None
    opened = [m for m in scene.within(field.first, field.amount.first, "link") if m.facts["link"] == "part"]
    told = [place for place in range(field.first, field.amount.first) if scene.isa(place, "existing")]
    if not opened or not told or told[0] > opened[-1].last + 1:
        return None
    before = [m for m in scene.within(0, opened[-1].first, "indicator") if opened[-1].first - m.last <= 1]
    return before[-1] if before else None


def _recruited(scene: Scene, field: Field, head: Mention) -> bool:
    """`Judging by the complaints, 49% were recruited online`: what only people undergo, said of a share."""
    if field.amount.unit != "percent" or head.facts.get("indicator") not in {"cases", "complaints"}:
        return False
    first = field.amount.last
    acts = [m for m in scene.within(first, first + _REACH, "act") if m.concept == "exploit"]
    return bool(acts) and only_verbs(scene, first, acts[0].first)


def _after(scene: Scene, field: Field) -> tuple[Mention | None, str | None]:
    """The noun that follows the number, or the word that shows that something else is counted."""
    last = field.amount.last
    if scene.word(last) in scene.words.grammar["single_articles"] and not scene.isa(last, "of"):
        return None, None  # `en 286 la víctima era extranjera`, `el 44 % la considera grave`
    if scene.isa(field.amount.last, "spread_words") and _spread(scene, field.amount.last):
        return None, None
    if _those(scene, field):
        return None, None
    noun, stranger = _noun(scene, field)
    if noun is None and scene.isa(field.amount.last, "locatives"):
        return None, None  # `110 in the emergency rooms`: where they are
    if noun is None and stranger is None and _institution(scene, field.amount.last):
        return None, scene.word(field.amount.last)
    return noun, stranger


def _those(scene: Scene, field: Field) -> bool:
    """`las 2820 recibidas un año antes`: a participle between the article of a number and what tells when or how."""
    place = field.amount.last
    plain = place not in scene.inside and participle(scene, place) and not scene.isa(place, "participle_nouns")
    if not plain or not scene.isa(field.amount.first - 1, "definite"):
        return False
    following = scene.starts.get(place + 1)
    ended = place + 1 >= len(scene.tokens) or scene.tokens[place + 1].kind == MARK
    timed = following is not None and following.facts["group"] == "periods"
    return ended or timed or scene.isa(place + 1, "prepositions")


def _noun(scene: Scene, field: Field) -> tuple[Mention | None, str | None]:
    place, stop = field.amount.last, min(len(scene.tokens), field.amount.last + _REACH)
    place += 2 * (scene.isa(place, "copulas") and scene.isa(place + 1, "determiners"))
    ended = scene.starts.get(place + 1) if scene.among(place, ("sums", "carriers")) else None
    place += ended is not None and ended.facts.get("indicator") in _ENDS  # `of which 318 were convictions`
    place += elided(scene, place)
    place = past_owner(scene, past_number(scene, place))
    people: Mention | None = None
    stranger: str | None = None
    named, linked = False, 0
    while place < stop:
        mention = scene.starts.get(place)
        if mention is None:
            step = (
                _step(scene, place, stranger, people) if not _elsewhere(scene, field, place) else (place + 1, stranger)
            )
            if step is None or (named and (step[1] is not None or scene.isa(place, "locatives"))):
                break
            linked += place == linked and scene.isa(place, "of")  # `of the total of victims`
            place, stranger = step
            continue
        group = mention.facts["group"]
        apart = (named and mention.first > linked) or stage(scene, field, mention)
        if mention.facts.get("link") == "part":
            named, linked = True, mention.last
        if group == "heads" and (apart or (stranger is not None and field.amount.unit == "percent")):
            break  # `in 87% of them the victims were ...`, `3 % obtained a sentence`: a verb stands between
        if group == "heads" and (people is None or not scene.isa(mention.first - 1, "separators")):
            return mention, None
        if "venue" in mention.facts and people is None and not scene.isa(place - 1, "of"):
            return None, scene.word(place)  # `40 brothels`
        if group == "people":
            people = mention
        elif not (_of_a_time(scene, mention) or _before_people(scene, mention)) and _ends_noun(
            mention, field, place, stranger, people
        ):
            break
        place = mention.last
    return people, stranger if people is None and plural(scene, stranger) else None


def _of_a_time(scene: Scene, mention: Mention) -> bool:
    """`13 of last year's cases`: when those counted were, before their noun."""
    noun = scene.starts.get(mention.last)
    named = noun is not None and noun.facts["group"] == "heads"
    return named and "period" in mention.facts and scene.isa(mention.first - 1, "of")


def _before_people(scene: Scene, mention: Mention) -> bool:
    """`ten detained suspects`: what they underwent, before the noun."""
    noun = scene.starts.get(mention.last)
    told = mention.facts["group"] == "acts" and participle(scene, mention.last - 1)
    return told and noun is not None and bool(noun.facts.get("person"))


def _institution(scene: Scene, place: int) -> bool:
    """`1,500 police and soldiers`, `60 police`: those that it sent, and no figure of its own."""
    mention = scene.starts.get(place)
    if mention is None or "provider" not in mention.facts or "named" in mention.facts:
        return False
    named = scene.tokens[mention.first].capital
    several = not named and plural(scene, scene.word(mention.last - 1))  # `two regional governments`
    return several or "force" in str(mention.facts.get("kinds", "")).split()


def _step(scene: Scene, place: int, stranger: str | None, people: Mention | None) -> tuple[int, str | None] | None:
    """Past a word that means nothing by itself: the next place, the strange noun so far; None where the noun ends."""
    following = _amount_at(scene, place)
    inside = scene.isa(place - 1, "locatives") and not scene.isa(place - 1, "range_words")
    if following is not None and inside and _number_end(scene, place - 1) >= 0:
        return None  # `18 en nueve sedes`: where those counted are
    if following is not None:  # `nine districts questioned the three officers`: the noun has ended
        return (following, stranger) if stranger is None and people is None else None
    if not _goes_on(scene, place, stranger, people):
        return None
    spread = place == _number_end(scene, place) and _spread(scene, place)
    known = spread or _light(scene, place) or scene.isa(place, "range_words") or plural(scene, stranger)
    if not known and scene.isa(place - 1, "determiners") and participle(scene, place):
        return None
    return place + 1, stranger if known else scene.word(place)


def _spread(scene: Scene, place: int) -> bool:
    """`27 spread over six cities`, `10 distribuidas en ...`: where those counted are, and no noun for them."""
    if scene.isa(place, "spread_words"):
        return scene.among(place + 1, ("prepositions", "of", "spread_prepositions"))
    return participle(scene, place) and scene.isa(place + 1, "of")


def _number_end(scene: Scene, place: int) -> int:
    """This place, where a number ends right before it, else -1: `10 distribuidas en ...`."""
    return place if any(field.amount.last == place for field in scene.fields) else -1


def _elsewhere(scene: Scene, field: Field, place: int) -> bool:
    """`10 in other regions`: where, not what."""
    inside = scene.isa(field.amount.last, "locatives")  # `3 of the 24 regions`, but `40 in three other regions`
    counted = not inside and any(other.amount.last == place for other in scene.fields)
    return scene.isa(place, "region_nouns") and scene.has("of", field.amount.last, place) and not counted


def _amount_at(scene: Scene, place: int) -> int | None:
    """The end of the amount that begins here, after a word such as `of the` or `to`: `350 of the 1,144 cases`."""
    return next((field.amount.last for field in scene.fields if field.amount.first == place), None)


def _ends_noun(mention: Mention, field: Field, place: int, stranger: str | None, people: Mention | None) -> bool:
    group, link = mention.facts["group"], mention.facts.get("link")
    if people is not None or group in {"acts", "periods", "places", "countries"}:
        return True
    if group == "links":
        return link not in {"part", "these", "whole"} or stranger is not None
    return group in {"providers", "registers"} and place > field.amount.last


def _strange_subject(scene: Scene, field: Field) -> bool:
    """`The goals are three`: the plural before the verb is what is counted."""
    verb, noun = field.amount.first - 1, field.amount.first - 2
    kinds = ("determiners", "pronouns", "relatives", "adverbs", "of", "figure_nouns", "number_nouns", "given_nouns")
    known = noun in scene.inside or scene.among(noun, kinds)
    return noun >= 0 and scene.isa(verb, "copulas") and not known and plural(scene, scene.word(noun))


def _light(scene: Scene, place: int) -> bool:
    """Words that a noun phrase may hold before its noun."""
    kinds = ("determiners", "of", "modifiers", "adverbs")
    return scene.among(place, kinds) or scene.word(place) == "-"


def _goes_on(scene: Scene, place: int, stranger: str | None, people: Mention | None) -> bool:
    if scene.isa(place, "separators"):
        return people is not None
    if people is not None:
        return False
    ranged = scene.isa(place, "range_words")
    if ranged or scene.isa(place, "of"):
        on = not ranged or _amount_at(scene, place + 1) is not None  # not `referred 120 to shelters`
        return stranger is None and on
    if _light(scene, place):
        return True
    if place not in scene.inside and scene.word(place).endswith(tuple(scene.words.grammar["verb_endings"])):
        return False  # `118 terminaron su proceso`
    stops = ("copulas", "relatives", "prepositions", "pronouns")
    return scene.tokens[place].kind == WORD and not scene.among(place, stops)


def _subject(scene: Scene, field: Field) -> Mention | None:
    """`Complaints for sexual exploitation reached 148`: the last noun before the number, in its own field."""
    found = [
        mention
        for mention in scene.mentions
        if field.first <= mention.first < field.amount.first and mention.facts["group"] in {"heads", "people"}
    ]
    found = [mention for mention in found if not _of_source(scene, mention)] or found
    found = [mention for mention in found if not existential(scene, mention.last, field.amount.first)]
    found = [mention for mention in found if not leads(scene, mention, field)]
    told = told_from(scene, field)
    found = [mention for mention in found if mention.first >= told] or found  # `the unit said that victims ...`
    found = [mention for mention in found if not single_office(scene, mention, field.amount)]
    found = [mention for mention in found if not opening_phrase(scene, mention, found)] or found
    if (named := next((mention for mention in found if _number_of(scene, mention)), None)) is not None:
        said = scene.starts.get(named.last)  # `the number of traffickers under investigation`
        return said if said is not None and said.facts["group"] == "heads" and "fallback" in named.facts else named
    heads = [mention for mention in found if mention.facts["group"] == "heads" and mention.concept not in SPEAKERS]
    verb = field.amount.first - 1
    near = [m for m in heads if m.last == verb and m.facts.get("person") and scene.isa(verb, "copulas")]
    heads = near or heads  # `De los casos ingresados, las personas agraviadas son 64`
    others = [mention for mention in found if mention.concept not in SPEAKERS]
    others = [mention for mention in others if mention.concept != "suspects"] or others
    put = scene.isa(field.amount.first - 2, "number_nouns") or scene.isa(field.amount.first - 1, "number_nouns")
    if not others and put and not scene.isa(field.amount.first - 1, "sums"):
        return None  # `The prosecutor put the number at 34`
    speakers = [mention for mention in found if mention.concept not in SPEAKERS or _predicated(scene, mention, field)]
    return heads[0] if heads else others[-1] if others else speakers[-1] if speakers else None


def _predicated(scene: Scene, staff: Mention, field: Field) -> bool:
    """`The officers number 40`, `prosecutors: 31`; not `Prosecutors shelved 214`, `officers in 11 districts`."""
    gap = range(staff.last, field.amount.first)
    if len(gap) == 1 and scene.word(gap.start) == ",":
        return True  # `Labor inspectors, 63 in all, can ...`
    verbs = [p for p in gap if scene.word(p) in {":", "("} or scene.among(p, ("copulas", "sums"))]
    if len(gap) == 1 and scene.among(gap.start, ("perfects", "staffing")) and not scene.isa(gap.start, "sums"):
        return False  # `The police recorded 160 victims. Prosecutors had 88.`
    light = ("determiners", "adverbs", "prepositions", "of", "range_words", "copulas", "starts")
    behind = range(verbs[-1] + 1, gap.stop) if verbs else range(0)
    return bool(verbs) and all(p in scene.inside or scene.among(p, light) for p in behind)


def existential(scene: Scene, first: int, last: int) -> bool:
    """`With the stations closed, in 2020 there were only 72`: what is said before is no subject of what there was."""
    verbs = [place for place in scene.places("existing") if first <= place < last]
    told = bool(verbs) and last - verbs[-1] <= _EXISTING and not scene.has("existing", first - _REACH, first)
    return told and scene.has(",", first, verbs[-1]) and not scene.has(":", first, verbs[-1])


def _bracketed(scene: Scene, field: Field) -> Mention | None:
    """`the victims were from Malaysia (43)`: the people that the sentence is about, for its first number."""
    first = field.amount.first
    if scene.word(first - 1) != "(" or first != scene.lead:
        return None
    found = [m for m in scene.within(0, field.first, "indicator") if m.facts.get("person")]
    return found[-1] if found and found[-1].concept not in SPEAKERS else None


def _of_them(scene: Scene, field: Field) -> bool:
    """`A raid accounted for 90 of them`: who was counted before, whatever the subject is."""
    link = scene.starts.get(field.amount.last)
    told = link is not None and link.facts.get("link") in {"part", "these"}
    return told and link is not None and scene.isa(link.last - 1, "pronouns") and not told_of_noun(scene, field)


def _number_of(scene: Scene, mention: Mention) -> bool:
    """`the number of officers in the units`: what is counted is said."""
    place = mention.first - 1
    while scene.isa(place, "determiners") or scene.isa(place, "modifiers"):
        place -= 1
    return scene.isa(place, "of") and scene.isa(place - 1, "number_nouns")


def _of_source(scene: Scene, mention: Mention) -> bool:
    """`the office of the Public Ministry`, `according to the unit`: part of the name of who tells."""
    named = mention.last
    while scene.isa(named, "of") or scene.isa(named, "determiners"):
        named += 1
    after = scene.starts.get(named)
    if named > mention.last and after is not None and after.facts["group"] in {"providers", "registers"}:
        return True
    before = mention.first - 1
    while scene.isa(before, "determiners") or scene.isa(before, "of") or scene.isa(before, "modifiers"):
        before -= 1
    return scene.isa(before, "attributions")
