"""What the field of an amount says itself, before anything is taken from around it."""

from __future__ import annotations

import itertools

from monitor.reader.drafts import PEOPLE, STOCKS, Own
from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Field, Scene
from monitor.reader.sentence.tokens import WORD
from monitor.reader.sentence.trails import trails
from monitor.reader.what import forms
from monitor.reader.what.around import SPEAKERS
from monitor.reader.what.chains import bare, chains
from monitor.reader.what.changes import from_to, share_changes
from monitor.reader.what.contrasts import contrasted, figure_before, of_places
from monitor.reader.what.crimes import behind_comma, beside_victims, of_number
from monitor.reader.what.heads import COMPLICIT, read_head
from monitor.reader.what.nations import agreeing, share_origins
from monitor.reader.what.people import people
from monitor.reader.what.resumed import people_by_parts, resume_acts
from monitor.reader.what.rows import fill_row
from monitor.reader.what.shared import share_nations, share_past_places, share_restated, share_subjects
from monitor.reader.what.yearly import share_years
from monitor.reader.when import times
from monitor.reader.when.asides import asides
from monitor.reader.when.bracketed import before_bracket, bracketed_on
from monitor.reader.when.intervals import before
from monitor.reader.when.moments import Moment
from monitor.reader.when.ranked import rank_years
from monitor.reader.where import areas, enumerations
from monitor.reader.where.regions import share_regions

_TWO = 2  # numbers, from one to the other
_SUFFERED = frozenset({"detentions", "convictions", "prosecutions"})
_POSTED = frozenset({"staff", "offices"})
_PREDICATE = 7  # tokens after a number in which its own predicate stands


def read_owns(scene: Scene, moment: Moment) -> list[Own]:
    """What each field of a sentence says."""
    owns: list[Own] = []
    opening = moment
    for field in scene.fields:
        own = _own(scene, field, moment)
        earlier = own.period is not None and moment.main is not None and before(own.period, moment.main)
        own.compared = own.compared or (earlier and asides(scene, field))
        own.compared = own.compared or (earlier and own.definite and figure_before(scene, field.amount))
        own.compared = own.compared and not (owns and _accused(scene, field, own, owns[-1]))
        if own.period is not None:
            moment = moment.at(own.period, governs=not own.compared)
        owns.append(own)
    fill_row(scene, owns)
    people_by_parts(scene, owns)
    _share_acts(scene, owns)
    resume_acts(scene, owns)
    _share_predicates(scene, owns)
    share_restated(scene, owns)
    share_subjects(scene, owns)
    share_nations(scene, owns)
    share_past_places(scene, owns)
    _share_places(scene, owns)
    share_origins(scene, owns)
    share_regions(scene, owns)
    share_changes(scene, owns)
    _share_heads(scene, owns)
    _share_nouns(scene, owns)
    share_years(scene, owns)
    rank_years(scene, owns, opening)
    _lay_beside(scene, owns)
    _compare_on(scene, owns)
    return owns


def _accused(scene: Scene, field: Field, own: Own, before: Own) -> bool:
    """`14 sentences against 19 people`: no comparison, but those whom they concern."""
    against = scene.isa(field.amount.first - 1, "against")
    return against and own.person and own.noun and own.head is None and before.head in COMPLICIT


def _compare_on(scene: Scene, owns: list[Own]) -> None:
    """A comparison takes in the numbers behind it up to the last that names a time; `;`, `:` and `)` end it."""
    for place in range(1, len(owns)):
        own, one, two = owns[place], scene.fields[place - 1], scene.fields[place]
        parted = any(scene.word(inner) in {";", ":"} for inner in range(one.amount.last, two.amount.first))
        if own.compared or not owns[place - 1].compared or parted or two.depth < one.depth:
            continue
        joint = two.first + (scene.word(two.first) == ",")
        ended = owns[place - 1].timed and not any(other.timed for other in owns[place:])
        if scene.isa(joint + 1, "that_words") and scene.joins(joint):
            continue  # `he said that there were 54, against 39 in 2018, and that 31 ...`
        if scene.word(two.first) == "," and asides(scene, one):
            continue  # `Cubans, who in 2016 were 9%, are now 4%`
        told = own.head or own.act or own.done or has_verb(scene, two)
        if owns[place - 1].timed and scene.joins(joint) and own.done and own.noun and not own.linked:
            continue  # `65 raids, compared with 80 in 2015, and arrested 120 suspects, compared with 140 in 2015`
        anew = (own.done and own.act) or (own.noun and has_verb(scene, two))
        if scene.joins(joint) and joint > two.first and anew and not own.linked and not owns[place - 1].timed:
            continue  # `convicted 55, up from 38, and acquitted 12`
        if scene.joins(two.first) and own.done and owns[place - 1].done and owns[place - 1].timed:
            own.compared = True  # `from 2014, when they had tried 61 but convicted 45`
            continue
        more = own.inner and scene.joins(joint) and owns[place - 1].timed  # `up from six in 2010, and four of them ...`
        own.compared = (not ended or not told or own.linked) and not (more and ended)


def _unknown(scene: Scene, place: int) -> bool:
    """Whether a word is in no phrase, but perhaps in one for what was done: `and took 90 suspects into custody`."""
    mention = scene.inside.get(place)
    return mention is None or "act" in mention.facts


def has_verb(scene: Scene, field: Field) -> bool:
    """`up from 60 in 2013, and held 90 suspects`: an `and` and a word that means nothing else stand before a number."""
    joint = field.first + (scene.word(field.first) == ",")
    if not scene.joins(joint):
        return False
    words = range(joint + 1, field.amount.first)
    kinds = ("determiners", "prepositions", "modifiers", "adverbs", "carriers", "copulas", "relatives", "of", "when")
    return any(
        scene.tokens[place].kind == WORD and _unknown(scene, place) and not scene.among(place, kinds) for place in words
    )


def _own(scene: Scene, field: Field, moment: Moment) -> Own:
    span = (field.first, field.last)
    own = Own(traits=people(scene, field))
    own.agreeing = own.traits.get("sex") == "F" and agreeing(scene, field)
    own.timed, own.period = times.period(scene, field, span, moment)
    if not own.timed and (earlier := before_bracket(scene, field, moment)) is not None:
        own.timed, own.period, own.compared = True, earlier, field is not scene.fields[0]
    if own.timed and times.outdated(scene, field):
        own.present, own.period = True, None
    if not own.timed and (when := times.when(scene, field, moment)) is not None:
        own.timed, own.period, own.compared = True, when, True
    own.compared = own.compared or (own.timed and bracketed_on(scene, field))
    own.trailing, own.onward = times.trailing(scene, field), times.opens_clause(scene, field)
    if not own.timed and (day := times.this_day(scene, field, moment)) is not None:
        own.timed, own.period = True, day
    if not own.timed and times.present(scene, field):
        own.timed = own.present = True
    if (area := areas.area(scene, field, *span)) is not None:
        own.traits["area"] = area
        own.origin = areas.origins(scene, *span)
        own.bound = areas.bound(scene, *span, area)
    read_head(scene, field, own)
    _read_form(scene, field, own)
    _read_links(scene, field, own)
    against = scene.isa(field.amount.first - 1, "against") and field is not scene.fields[0]
    tried = scene.inside.get(field.amount.first - 2) if against else None  # `convictions against 17 people`
    against = against and not (tried is not None and own.person and tried.facts.get("indicator") in COMPLICIT)
    own.compared = own.compared or against
    _read_measures(scene, field, own)
    crimes = [mention for mention in scene.within(field.first, field.last, "crime") if of_number(scene, field, mention)]
    told = scene.within(field.first, field.last, "topic") or scene.within(field.first, field.last, "register")
    own.crime = bool(crimes) and not told
    if own.victims or own.act == "victims" or "form" in own.traits:
        own.crime = own.crime and any(beside_victims(scene, crime.first) for crime in crimes)
    opening = [mention for mention in scene.within(0, scene.lead, "crime") if of_number(scene, field, mention)]
    own.crime = own.crime and own.act != "trained"
    last = len(scene.tokens)
    if opening and not own.victims and not scene.within(0, last, "topic") and not scene.within(0, last, "register"):
        own.crime = True
    return own


def _read_form(scene: Scene, field: Field, own: Own) -> None:
    form = forms.form(scene, field, field.first, field.last)
    if form is not None and not (own.head in _POSTED and _of_their_place(scene, field, form)):
        own.traits["form"] = forms.code(scene, form)
        own.venue = "venue" in form.facts


def _of_their_place(scene: Scene, field: Field, form: Mention) -> bool:
    """`ten inspectors were posted to areas where forced labour is frequent`: what happens where they work."""
    return scene.has("where", field.amount.last, form.first) or scene.has("none_words", 0, form.first)


def _read_links(scene: Scene, field: Field, own: Own) -> None:
    amount = field.amount
    for mention in scene.within(field.first, field.last, "link"):
        kind = mention.facts["link"]
        if kind == "part" and scene.isa(mention.last, "year_nouns"):
            continue  # `in the first of those years`
        before = mention.first < amount.first and not trails(scene.tokens, mention, scene.words)
        inner = kind == "part" and 0 <= mention.first - amount.last <= 1
        own.inner = own.inner or inner
        own.linked = own.linked or inner or (kind in {"part", "split"} and before and not own.existing)
        own.latter = own.latter or ("latter" in mention.facts and before)
        own.split = own.split or (kind == "split" and before)
        apart = _ranked(scene, mention) or _for_these(scene, mention, own)
        own.these = own.these or (kind == "these" and before and not apart)
        kin = kind == "alike" or (
            kind == "these" and mention.first == amount.last and mention.last - mention.first == 1
        )
        own.alike = own.alike or kin  # `nine of that kind`, `12 such convictions`
        existential = mention.last - mention.first == 1 and scene.isa(mention.last, "copulas")  # `there were`
        noun = scene.inside.get(mention.first - 1) if mention.first > amount.last else None
        existential = existential and (noun is None or "person" not in noun.facts)  # `nine in ten victims there are`
        own.there = own.there or (kind == "there" and not own.existing and not existential)
        own.together = own.together or kind == "together"
        near = amount.first - mention.last <= 1 if before else mention.first == amount.last
        own.total = own.total or (kind == "whole" and near)
        apart = kind == "compare" and before and not contrasted(scene, mention, amount.first)
        own.compared = own.compared or (apart and not of_places(scene, mention))


def _ranked(scene: Scene, mention: Mention) -> bool:
    """`the largest such rescue since 2011, when 290 were freed`: of which kind something is, not who is counted."""
    before = scene.word(mention.first - 1)
    return before in scene.words.ordinals or scene.isa(mention.first - 1, "superlatives")


def _for_these(scene: Scene, mention: Mention, own: Own) -> bool:
    """`To deal with these cases, it formed a group of 20 inspectors`: what is new is no part of those."""
    noun = scene.starts.get(mention.last)
    return own.noun and own.head in STOCKS and noun is not None and noun.facts.get("indicator") not in {None, own.head}


def _read_measures(scene: Scene, field: Field, own: Own) -> None:
    own.definite = scene.isa(field.amount.first - 1, "definite")
    for mention in scene.within(field.first, field.last, "measure"):
        own.measure = mention.facts["measure"]
    near = scene.within(field.amount.last, min(field.last, field.amount.last + _PREDICATE), "person")
    own.staff = own.staff or any(
        m.concept in SPEAKERS and not behind_comma(scene, field.amount.last, m.first) for m in near
    )
    own.victims = any(mention.concept == "victims" for mention in scene.within(field.first, field.last, "person"))


def _share_predicates(scene: Scene, owns: list[Own]) -> None:
    """`Six of the nine people freed were minors`: what is said behind the verb is said of the six."""
    for place, (one, two) in enumerate(itertools.pairwise(scene.fields)):
        gap = range(one.amount.last, two.amount.first)
        if gap and owns[place + 1].foreign is not None and owns[place].head is None and not owns[place].person:
            inside = scene.isa(gap.start, "of") and not scene.isa(gap.start, "locatives")
            whole = inside and all(scene.isa(p, "determiners") for p in gap[1:])
            owns[place].foreign = owns[place + 1].foreign if whole else owns[place].foreign  # `11 of the 25 regions`
        verbs = [verb for verb in range(two.amount.last, two.last) if scene.isa(verb, "copulas")]
        if not verbs or not gap or not all(scene.isa(inner, "of") or scene.isa(inner, "determiners") for inner in gap):
            continue
        noun = people(scene, Field(two.first, verbs[0], two.amount))
        said = people(scene, Field(verbs[0], two.last, two.amount))
        owns[place].traits.update(said)
        if "form" in owns[place + 1].traits and all(
            m.first > verbs[0] for m in scene.within(two.first, two.last, "form")
        ):
            owns[place].traits["form"] = owns[place + 1].traits.pop("form")  # `28 of the 433 had been in ...`
        owns[place + 1].traits = {**{n: v for n, v in owns[place + 1].traits.items() if n not in PEOPLE}, **noun}


def _share_places(scene: Scene, owns: list[Own]) -> None:
    """`Ica and Piura (36 and 35)`: as many numbers as places belong to each other in order."""
    for start, field in enumerate(scene.fields):
        begin = scene.fields[start - 1].amount.last if start else 0
        places = enumerations.enumerated(scene, begin, field.amount.first)
        others = scene.fields[start + 1 : start + len(places)]
        if len(places) < 2 or len(others) < len(places) - 1:
            continue
        chain = [field, *others]
        if all(bare(scene, one.amount.last, two.amount.first) for one, two in itertools.pairwise(chain)):
            for own, place in zip(owns[start:], places, strict=False):
                own.traits["area"] = place


def _share_heads(scene: Scene, owns: list[Own]) -> None:
    """`41 and 37 complaints`, `12, 15 y 20 víctimas`: the noun behind the last number of a row is that of all."""
    for chain in chains(scene):
        last = owns[chain[-1]]
        led = any(
            scene.has("carriers", scene.fields[p].amount.last, scene.fields[p + 1].amount.first) for p in chain[:-1]
        )
        named = (last.head is not None or last.person) and last.noun and not led  # not `149, with 187 victims`
        for place in chain[:-1] if named else ():
            own = owns[place]
            if own.head is None and not own.person and own.foreign is None and own.act is None:
                own.head, own.person, own.noun, own.fallback = last.head, last.person, True, last.fallback
                own.traits = {**{n: v for n, v in last.traits.items() if n in PEOPLE}, **own.traits}


def _share_nouns(scene: Scene, owns: list[Own]) -> None:
    """`took in 40, 22 and 17 girls respectively`: the noun behind the last is that of all in the row."""
    for chain in chains(scene) if scene.standing["respectively"] else ():
        last = owns[chain[-1]]
        bare = [owns[place] for place in chain[:-1] if not (owns[place].noun or owns[place].person)]
        for own in bare if last.person else ():
            own.traits = {**{n: v for n, v in last.traits.items() if n in PEOPLE}, **own.traits}


def _lay_beside(scene: Scene, owns: list[Own]) -> None:
    """`316 in 2015, 405 in 2016 and 471 in 2017; convictions fell from 37 to 29 and to 24`: one series as the other."""
    half = len(owns) // 2
    first, second = owns[:half], owns[half:]
    years = [own.period for own in first]
    plain = not any(own.compared for own in owns) and not any(own.timed for own in second)
    if half < 2 or len(owns) % 2 or len(set(years)) < half or None in years or not plain:
        return
    gap = range(scene.fields[half - 1].amount.last, scene.fields[half].amount.first)
    again = half == _TWO and from_to(scene, *scene.fields[:half]) and any(map(scene.joins, gap))
    for field, kind in zip(scene.fields[half:], ("starts", "change_ends"), strict=False):
        again = again and scene.isa(
            field.amount.first - 1, kind
        )  # `fell from 186 in 2019 to 65 in 2020, and arrests from 364 to 214`
    if (again or any(scene.word(place) == ";" for place in gap)) and not any(own.linked or own.these for own in second):
        for own, year in zip(second, years, strict=True):
            own.timed, own.period = True, year


def _harmed_by(scene: Scene, field: Field) -> bool:
    """`caught 24 people and broke up a network that affected 50 minors`: those whom a network had in its power."""
    ends = [m.last for m in scene.within(field.first, field.amount.first, "indicator") if m.concept == "organisations"]
    return any(scene.isa(place, "relatives") for place in ends)


def _share_acts(scene: Scene, owns: list[Own]) -> None:
    """`49 prosecutors and 111 judges completed ...`: what happened to one happened to the other."""
    every = list(zip(itertools.pairwise(owns), itertools.pairwise(scene.fields), strict=True))
    pairs = [(pair, two) for pair, (one, two) in every if one.depth <= two.depth]  # not out of brackets
    led = {id(two) for (one, two), field in pairs if scene.joins(field.first) and one.act in _SUFFERED and one.done}
    for (one, two), field in reversed(pairs):
        posts = one.head == two.head == "staff" and two.act in COMPLICIT
        shared = (one.head != "staff" or two.act == "trained" or posts) and id(one) not in led
        shared = shared and scene.word(field.first - 1) != "-"  # `90 victims - 12 of them minors - and arrested four`
        shared = shared and not (two.done and two.act in _SUFFERED)  # `involving 98 suspects and convicted nine men`
        if scene.isa(field.first, "separators") and one.act is None and one.person and two.person and shared:
            one.act = two.act
    for (one, two), field in pairs:
        joined = scene.isa(field.first, "separators") or scene.word(field.first) == ","
        if joined and one.act == "trained" and one.person and two.foreign is not None and two.head is None:
            two.foreign, two.person = None, True  # `they trained 40 teachers, 30 guards and 20 reporters`
        if joined and two.act is None and two.person and one.person and not _harmed_by(scene, field):
            told = (
                one.head in {"victims", "victims_assisted"} and one.act == "trained"
            )  # `attended 145 victims, 12 boys`
            two.act, two.shared = "victims_assisted" if told else one.act, True
