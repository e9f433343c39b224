"""What happened to those counted: which act of a field is said of its number."""

from __future__ import annotations

from monitor.reader.drafts import Own
from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Field, Scene
from monitor.reader.what.around import DOING

_DONE = frozenset(
    {
        "victims",
        "detentions",
        "investigations",
        "prosecutions",
        "convictions",
        "victims_assisted",
        "trained",
        "prisoners",
        "acquittals",
        "shelter_places",
    }
)
_PURSUITS = frozenset({"detentions", "investigations", "prosecutions", "convictions"})  # of others, by officers
_KEEPERS = frozenset({"shelters", "offices"})
_HAPPENS = _DONE | {"officials"}  # what can happen to people
_NEAR = 4  # words between `han detenido` and the number of those detained
_REFUSED = 4  # tokens between `not` and what has not happened
_HOMEWARD = 9  # tokens between `placed` and the homes that people were placed in
_ASIDE = 20  # words that a clause between commas is farther than it looks
_REACH = 9  # tokens between a verb and a number that it is said of


def act(scene: Scene, field: Field, own: Own) -> str | None:
    """The indicator of what happened to those counted: the act nearest to the number, those before it first."""
    amount = field.amount
    acts = [
        mention
        for mention in scene.within(field.first, field.last, "act")
        if mention.facts["act"] in _HAPPENS and _applies(scene, field, mention)
    ]
    acts = [mention for mention in acts if not _of_base(scene, amount.last, mention)] or acts
    harmed = own.person and own.head is None and _trafficked(scene, field)
    harmed = harmed or (own.person and own.head in {None, "victims"} and _wronged(scene, field))
    if (noun := "victims" if harmed else _noun_of_act(scene, field)) is not None:
        return noun
    if not acts:
        return _object_of(scene, field)
    if len(acts) > 1 and acts[0].first == amount.last and scene.within(acts[0].last, acts[0].last + 1, "person"):
        acts = acts[1:]  # `eight implicated men were arrested`
    if (main := _main_verb(scene, field, acts)) is not None:
        return str(main.facts["act"])
    near = [mention for mention in acts if 0 <= amount.first - mention.last <= 1 and mention.facts["act"] in DOING]
    if near:
        return _code(scene, near[-1], amount.first)  # `assisted 23 children forced to beg`

    direct = [mention for mention in acts if 0 <= amount.first - mention.last <= 1]
    behind = [mention for mention in acts if mention.first >= amount.last]
    if direct and behind and all(any(map(scene.joins, range(amount.last, m.first))) for m in behind):
        return _code(scene, direct[-1], amount.first)  # `liberó a nueve niñas y detuvo al dueño`

    def far(mention: Mention) -> int:
        if mention.first >= amount.last:
            aside = _ASIDE * _in_aside(scene, amount.last, mention.first)
            return mention.first - amount.last - (2 if own.head or own.person else 0) + aside
        return amount.first - mention.last

    return _code(scene, min(acts, key=far), amount.first)


def _of_base(scene: Scene, first: int, mention: Mention) -> bool:
    """`16 of those arrested were charged`: what was done to all of whom these are some."""
    link = scene.starts.get(first)
    return link is not None and link.facts.get("link") == "part" and mention.first == link.last


def _code(scene: Scene, mention: Mention, first: int) -> str:
    """What an act is: who `attended 96 children` has assisted them, `96 women attended` a course."""
    attended = 0 <= first - mention.last <= 1 and scene.isa(mention.last - 1, "attending")
    return "victims_assisted" if attended else str(mention.facts["act"])


def _trafficked(scene: Scene, field: Field) -> bool:
    """`sentenced for trafficking four teenagers`: the crime as a verb, right before those it was done to."""
    place = _number(scene, field) - 1
    before = scene.inside.get(place)
    if scene.isa(place, "objects"):
        before = scene.inside.get(place - 1)  # `haber explotado sexualmente a seis jóvenes`
        return before is not None and "form" in before.facts and "venue" not in before.facts
    if scene.isa(place, "of") and not scene.isa(place, "locatives"):
        before = scene.inside.get(place - 1)  # `la trata de 14 menores`, `the sexual exploitation of six girls`
        return before is not None and "form" in before.facts and "venue" not in before.facts
    return before is not None and "topic" in before.facts and "pointing" not in before.facts


def _wronged(scene: Scene, field: Field) -> bool:
    """`por el delito de trata en agravio de cuatro menores`: those to whose harm a crime was."""
    place = _number(scene, field) - 1
    place -= scene.isa(place, "determiners") and not scene.isa(place, "of")
    return scene.isa(place, "harm_words") or (scene.isa(place, "of") and scene.isa(place - 1, "harm_words"))


def _main_verb(scene: Scene, field: Field, acts: list[Mention]) -> Mention | None:
    """`six men who are implicated in ... were arrested`: what is said behind a clause on those counted."""
    first = field.amount.last
    after = [mention for mention in acts if mention.first >= first]
    if len(after) < 2 or scene.has(",", first, after[0].first):
        return None
    if not scene.has("relatives", first, after[0].first) and scene.has("copulas", first, after[0].last):
        return None  # `six were arrested ...`; but `61 girls found in bars were cared for`
    for mention in after:
        verb = mention.first
        while scene.isa(verb - 1, "copulas") or scene.isa(verb - 1, "adverbs"):
            verb -= 1
        told = scene.has("copulas", verb, mention.last)
        inner = scene.joins(verb - 1) or scene.among(verb - 1, ("relatives", "pronouns")) or scene.word(verb - 1) == ","
        inner = inner or _another_subject(scene, first, verb)
        if told and not inner:
            return mention
    return None


def _another_subject(scene: Scene, first: int, verb: int) -> bool:
    """`two got 18 years and a third man was acquitted`: behind an `and`, of someone else."""
    joints = [place for place in range(first, verb - 1) if scene.joins(place)]
    return any(scene.word(place + 1) in scene.words.articles for place in joints)


def _object_of(scene: Scene, field: Field) -> str | None:
    """`sheltered in its seven homes 158 girls`, `acogió en sus siete hogares a 158`: behind a number of things."""
    at = scene.fields.index(field)
    if not at or not scene.isa(field.amount.first - 1, "objects"):
        return None
    before = scene.fields[at - 1]
    noun = scene.starts.get(before.amount.last)
    acts = [m for m in scene.within(before.first, before.amount.first, "act") if m.facts["act"] in _HAPPENS]
    taken = noun is not None and "person" in noun.facts
    return None if taken or not acts else str(acts[-1].facts["act"])


def _applies(scene: Scene, field: Field, mention: Mention) -> bool:
    """Whether an act can be that of those counted: some only before the number, some only where homes are named."""
    if _of_things(scene, field, mention) or _of_one(scene, field, mention):
        return False
    if mention.first > field.amount.last and scene.has("meanwhile", field.amount.last, mention.first):
        return False  # `arrested two men while freeing dozens`
    aside = _had_aside(scene, field, mention) or _for_which(scene, field, mention)
    if aside or _elsewhere(scene, field, mention) or _denied(scene, field, mention):
        return False
    if scene.isa(mention.last, "that_words") and mention.last < field.amount.first:
        return False  # `A study found that 81% ...`
    if "before" not in mention.facts:
        return "home" not in mention.facts or to_homes(scene, mention) or _admitted(scene, field, mention)
    return _leads(scene, field, mention)


def _of_things(scene: Scene, field: Field, mention: Mention) -> bool:
    """`the number of units reached 12`; `7 percent ended in a conviction`; `six foreigners, who recruited them`.

    None of them is what happened to the people counted.
    """
    active = mention.concept == "exploit" and not scene.has("copulas", mention.first, mention.last)
    if active and mention.first > field.amount.last and _themselves(scene, mention.first):
        return True
    if "result" in mention.facts and field.amount.unit == "percent":
        return True
    reached = mention.facts["act"] == "trained" and scene.isa(mention.first, "copulas")
    return reached and scene.has("number_nouns", field.first, mention.first)


def _elsewhere(scene: Scene, field: Field, mention: Mention) -> bool:
    """`900 officers took part in raids`: in no course; `At a seminar it was said that 1,100`: only said."""
    if "course" in mention.facts and not scene.places("course_nouns"):
        return True
    told = mention.facts["act"] == "trained" and mention.last < field.amount.first
    return told and scene.has("that_words", mention.last, field.amount.first)


def _denied(scene: Scene, field: Field, mention: Mention) -> bool:
    """`of the 22 inspectors nobody has been trained`: what has not happened, said behind the number."""
    near = range(max(field.amount.last, mention.first - _REFUSED), mention.first)
    denial = next((p for p in near if scene.among(p, ("negations", "none_words"))), None)
    return denial is not None and not scene.has(",", denial, mention.first)


def _themselves(scene: Scene, place: int) -> bool:
    """`who allegedly recruited`, `que captaban`: a verb right behind `who`, and no participle."""
    place -= 1
    while scene.isa(place, "adverbs"):
        place -= 1
    return scene.isa(place, "agents_of")


def _admitted(scene: Scene, field: Field, mention: Mention) -> bool:
    """`entre enero y mayo ingresaron 178 víctimas`, `Al hogar ingresaron 22`: where nothing else is told, a home."""
    if not scene.isa(mention.first, "admitting"):
        return False
    homes = [m for m in scene.within(0, mention.first, "indicator") if m.facts["indicator"] in _KEEPERS]
    beyond = [p for p in range(mention.last, field.last) if scene.isa(p, "locatives") and p not in scene.inside]
    return bool(homes) or not (beyond or scene.isa(mention.last, "until_words"))


def _leads(scene: Scene, field: Field, mention: Mention) -> bool:
    """Whether an act that is said only before those counted is said near them, and where it must, of homes."""
    first = field.amount.first
    if first - mention.last > _REACH or scene.has(",", mention.last, first):
        return False  # `Ica, which is home to the poorest, accounts for 11%`
    if "lawyers" in mention.facts and not _in_court(scene, field, mention):
        return False
    homes = "home" not in mention.facts or any(
        each.facts["indicator"] == "shelters" for each in scene.within(0, mention.first, "indicator")
    )
    homes = homes or scene.has("we", mention.first - 2, mention.first)  # `we received 39`
    return mention.first < first and homes


def _in_court(scene: Scene, field: Field, mention: Mention) -> bool:
    """`The Ministry of Justice represented 394 victims`; not `women represented 40%`, `they represented 30 victims`."""
    noun = scene.starts.get(field.amount.last)
    people = field.amount.unit == "count" and noun is not None and bool(noun.facts.get("person"))
    subjects = scene.within(0, mention.first, "provider") or [
        each for each in scene.within(0, mention.first, "indicator") if each.facts["indicator"] == "staff"
    ]
    return people and bool(subjects)


def to_homes(scene: Scene, mention: Mention) -> bool:
    """`placed 14 victims in shelters`, `14 were taken to a home`: whether homes stand behind a verb."""
    behind = scene.within(mention.last, mention.last + _HOMEWARD, "indicator")
    homes = [each.first for each in behind if each.facts["indicator"] == "shelters"]
    homes += [place for place in scene.places("lodgings") if mention.last < place < mention.last + _HOMEWARD]
    home = min(homes, default=None)
    if home is None:
        return _in_home(scene, mention.first) or _there(scene, mention)
    if any(scene.word(place) in {",", ";"} for place in range(mention.last, home)):
        return False
    ways = ("towards", "views", "objects", "locatives")
    return any(scene.among(place, ways) for place in range(mention.last, home))


def _there(scene: Scene, mention: Mention) -> bool:
    """`the 32 shelters are ill-prepared, but 41 children were placed there`: in homes told of before."""
    link = scene.starts.get(mention.last)
    homes = any(m.facts["indicator"] == "shelters" for m in scene.within(0, mention.first, "indicator"))
    passive = scene.isa(mention.first - 1, "passives")
    return homes and passive and link is not None and link.facts.get("link") == "there"


def _in_home(scene: Scene, last: int) -> bool:
    """`In the shelter of Tacna lived 19 victims`: a home at the head of the clause."""
    homes = [m for m in scene.within(last - _REACH, last, "indicator") if m.facts["indicator"] == "shelters"]
    if not homes or scene.has(",", homes[-1].last, last) or scene.has("copulas", homes[-1].last, last):
        return False
    led = homes[-1].first - 1
    while scene.among(led, ("determiners", "modifiers", "indefinites")) and not scene.isa(led, "locatives"):
        led -= 1
    return scene.isa(led, "locatives") or scene.isa(led, "venue_prepositions")


def _had_aside(scene: Scene, field: Field, mention: Mention) -> bool:
    """`The unit, which has 28 officers, also investigates ...`: what those do who have them, behind the aside."""
    verb = field.amount.first - 1
    while scene.isa(verb, "adverbs") or (verb in scene.inside and "qualifier" in scene.inside[verb].facts):
        verb -= 1
    aside = scene.isa(verb, "copulas") and scene.isa(verb - 1, "relatives") and scene.word(verb - 2) == ","
    return aside and mention.first > field.amount.last and scene.has(",", field.amount.last, mention.first)


def _for_which(scene: Scene, field: Field, mention: Mention) -> bool:
    """`has eight officers to investigate trafficking`: what those counted are there to do to others."""
    behind = mention.first > field.amount.last and mention.facts["act"] in _PURSUITS
    return behind and scene.isa(mention.first - 1, "purposes")


def _of_one(scene: Scene, field: Field, mention: Mention) -> bool:
    """`A couple who had seven children with them was arrested`: what is said of one, behind a number of several."""
    amount = field.amount
    several = amount.unit == "count" and amount.value > 1 and not scene.isa(amount.first - 1, "of")
    verbs = range(mention.first - 1, mention.last)
    behind = mention.first >= amount.last and scene.word(mention.last - 1).endswith(
        tuple(scene.words.grammar["singular_participles"])
    )
    return several and behind and any(scene.isa(place, "singular_verbs") for place in verbs)


def _in_aside(scene: Scene, first: int, place: int) -> bool:
    """`two people, who were to guard those taken, were arrested`: whether a clause between commas holds the place."""
    opened = next((p for p in range(place - 1, first - 1, -1) if scene.word(p) == ","), None)
    if opened is None or not scene.isa(opened + 1, "relatives"):
        return False
    return scene.has(",", place, min(place + _REACH, len(scene.tokens)))


def _noun_of_act(scene: Scene, field: Field) -> str | None:
    """`the detention of two officers`: a noun of doing, right before the number."""
    for mention in scene.within(field.first, field.amount.first, "indicator"):
        code = str(mention.facts["indicator"])
        ends = mention.last - scene.isa(mention.last - 1, "of")  # `the prosecution of`
        gap = range(ends, _number(scene, field))
        aside = scene.word(mention.last) == "," and scene.word(field.amount.first - 2) == ","
        near = 0 < len(gap) <= 2 and scene.among(
            ends, ("of", "objects", "against")
        )  # `arrestó a dos`, also read `arresto`
        if code in DOING and (near or (aside and scene.isa(field.amount.first - 1, "of"))):
            return code
        undergone = code in _HAPPENS and mention.facts.get("person")
        if undergone and (not gap or (len(gap) <= _NEAR and scene.isa(mention.last, "objects"))):
            return code
    return None


def done(scene: Scene, field: Field) -> str | None:
    """`the unit investigates 688`, `rescued 53`: a number right after what was done needs no noun."""
    for mention in scene.within(field.first, field.amount.first, "act"):
        if not _applies(scene, field, mention):
            continue
        gap = range(mention.last, _number(scene, field))
        verb = len(gap) <= _REACH and (
            any(scene.isa(place, "copulas") for place in gap) or _deed_of_places(scene, field, mention)
        )
        kinds = ("objects", "other_words", "determiners")
        others = all(scene.among(p, kinds) or _of_time(scene, p) for p in gap)  # `a otros 12`, `ese año a otras 78`
        if mention.facts["act"] in _DONE and (len(gap) <= 1 or others or verb):
            return _code(scene, mention, field.amount.first)
    return None


def _of_time(scene: Scene, place: int) -> bool:
    mention = scene.inside.get(place)
    return mention is not None and "period" in mention.facts


def _deed_of_places(scene: Scene, field: Field, mention: Mention) -> bool:
    """`Lima saw most of the rescues, with 204`, `En cuanto a rescates, Lima lidera con 204`: what places have had."""
    return scene.isa(mention.first, "deed_nouns") and bool(scene.within(field.first, field.amount.first, "area"))


def _number(scene: Scene, field: Field) -> int:
    """Where a number begins with the `at least` or `nearly` before it."""
    before = scene.inside.get(field.amount.first - 1)
    return before.first if before is not None and "qualifier" in before.facts else field.amount.first


def result(scene: Scene, field: Field) -> bool:
    """`61 ended in a conviction`: how cases ended says what is counted."""
    return any(
        mention.first - field.amount.last <= 2 for mention in scene.within(field.amount.last, field.last, "result")
    )


def act_before(scene: Scene, field: Field) -> bool:
    return any(
        field.amount.first - mention.last < 5 for mention in scene.within(field.first, field.amount.first, "act")
    )
