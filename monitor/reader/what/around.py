"""What the words around a number say that it counts, where its own noun does not."""

from __future__ import annotations

from monitor.reader.drafts import Own
from monitor.reader.sentence.amounts import Amount
from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Field, Scene
from monitor.reader.sentence.tokens import MARK

_STAFFED = 4  # tokens from the verb to those who work in an office
DOING = frozenset({"detentions", "prosecutions", "convictions", "investigations", "acquittals", "victims_assisted"})
_CHARGE = 6  # tokens from `for` to the name of a crime
SPEAKERS = frozenset({"officials", "staff", "local_prosecutors", "police_staff", "prosecutors", "judges", "inspectors"})


def people_around(scene: Scene, field: Field) -> str | None:
    """`Among the rescued there are 32 minors`, `20 people were victims`."""
    people = [
        mention
        for mention in scene.within(field.first, field.last, "indicator")
        if mention.facts.get("person") and mention.concept not in SPEAKERS
    ]
    before = [mention for mention in people if mention.first < field.amount.first]
    people = [
        m for m in people if not (scene.isa(m.first - 1, "definite") and scene.has(",", field.amount.last, m.first))
    ]
    return str((before[-1] if before else people[0]).facts["indicator"]) if before or people else None


def told_from(scene: Scene, field: Field) -> int:
    """Where what is told begins, before a number: behind `the unit said that`, `hizo notar que`; else 0."""
    places = [place for place in scene.places("that_words") if field.first < place < field.amount.first]
    verb = bool(places) and scene.among(places[-1] - 1, ("announcing", "reporting", "made_known"))
    return places[-1] + 1 if verb else 0


def last_resort(scene: Scene, field: Field, own: Own) -> str | None:
    """What the rest of the sentence says, for a number that nothing nearer explains."""
    if own.person:
        return _people_at_last(scene, field, own)
    if own.head is not None or own.foreign is not None:
        return None
    if own.act is not None:
        return own.act
    told = [m for m in scene.named("indicator") if m.concept not in SPEAKERS]
    later = [m for m in told if m.first >= field.amount.last]
    if not later and scene.word(field.amount.first - 1) == "(":
        return str(told[-1].facts["indicator"]) if told else None
    return str(later[0].facts["indicator"]) if later else None


def _people_at_last(scene: Scene, field: Field, own: Own) -> str | None:
    """What people are counted as, where nothing near says what happened to them."""
    last = len(scene.tokens)
    said = scene.within(field.first, field.amount.first, "indicator")
    # not of `no arrests, although 40 people ...`
    said = [m for m in said if not scene.has("subordinators", m.last, field.amount.first)]
    nouns = [str(mention.facts["indicator"]) for mention in said]
    done = [noun for noun in nouns if noun in DOING]
    rescued = any(mention.facts["act"] == "victims" for mention in scene.within(0, last, "act"))
    if done and not rescued:
        return done[-1]
    if not rescued and _charged(scene, field):
        return "detentions"
    if rescued or scene.within(field.first, field.last, "form") or scene.within(0, last, "topic"):
        return "victims"
    registered = any(m.facts["measure"] == "registered" for m in scene.within(field.first, field.last, "measure"))
    homes = any(mention.facts["indicator"] == "shelters" for mention in scene.within(0, last, "indicator"))
    if homes and not registered:
        return "victims_assisted"
    young = scene.isa(field.amount.last, "epicenes")  # `nueve jóvenes`
    return "victims" if young or own.traits.keys() & {"sex", "age", "citizenship"} else None


def _charged(scene: Scene, field: Field) -> bool:
    """`12 people for trafficking`, `12 personas por (el delito de) trata`: a crime that they are held for."""
    first = field.amount.last
    noun = scene.starts.get(first)
    if noun is None or not noun.facts.get("person") or scene.within(0, len(scene.tokens), "form"):
        return False
    place = noun.last
    if not scene.among(place, ("agents", "views")):
        return False
    kinds = ("determiners", "modifiers", "of", "crime_nouns")
    crime = next((p for p in range(place + 1, place + _CHARGE) if not scene.among(p, kinds)), place)
    named = scene.starts.get(crime)
    return named is not None and "topic" in named.facts


def elided(scene: Scene, place: int) -> bool:
    """`46 ended in prison and 22, in acquittals`, `y 22, absolutorias`: a comma for the verb, and how it ended."""
    ending = scene.starts.get(place + 1)
    if scene.word(place) != "," or ending is None or ending.facts.get("indicator") not in {"convictions", "acquittals"}:
        return False
    return ending.last >= len(scene.tokens) or scene.tokens[ending.last].kind == MARK


def take_crew(scene: Scene, field: Field, own: Own, head: Mention | None) -> None:
    """Counts those who work in an office as its staff."""
    if _crew(scene, field, own, head):
        own.head, own.person, own.foreign = "staff", True, None


def _crew(scene: Scene, field: Field, own: Own, head: Mention | None) -> bool:
    """`The unit has a staff of 36`, `the unit has 47 members`: who works in an office."""
    first, last = field.amount.first, field.amount.last
    if not own.noun:
        return scene.isa(first - 1, "of") and scene.isa(first - 2, "crews")
    if head is None or head.concept != "people" or head.first != last or not scene.isa(last, "colleagues"):
        return False
    if any(mention.facts["act"] != "budget" for mention in scene.within(field.first, field.last, "act")):
        return False
    offices = [m for m in scene.within(field.first, first, "indicator") if m.facts["indicator"] == "offices"]
    offices += [m for m in scene.within(field.first, first, "provider") if "retells" not in m.facts]
    joined = [m.first for m in scene.within(first - _STAFFED, first, "link") if m.facts["link"] == "members"]
    offices += [m for m in scene.within(field.first, first, "indicator") if joined and m.concept in SPEAKERS]
    ends = [p + 1 for p in scene.places("inner_offices") if field.first <= p < first and p not in scene.inside]
    end = max([*(office.last for office in offices), *ends], default=first)
    near = range(max(end, first - _STAFFED), first)
    told = [place for place in near if scene.isa(place, "staffing")]
    return any(place not in scene.inside or "qualifier" not in scene.inside[place].facts for place in told)


def share_of_most(scene: Scene, field: Field, mention: Mention) -> bool:
    """`Los varones son mayoría (63,5 %)`: how many most are."""
    bracket = field.amount.first - 1
    told = field.amount.unit == "percent" and scene.word(bracket) in {"(", ":"} and bracket >= mention.last
    return told and scene.isa(bracket - 1, "mostly_after")


def single_office(scene: Scene, mention: Mention, amount: Amount) -> bool:
    """`La fiscalía de Ica obtuvo 38`: one office is no number of offices."""
    more = scene.among(amount.last, ("comparatives", "other_words"))  # `to the one office it added seven more`
    if mention.facts.get("indicator") not in {"offices", "shelters"} or amount.value <= 1 or more:
        return False
    articles = scene.words.grammar["single_articles"]
    inner = scene.word(mention.first) in articles
    the = inner or scene.word(mention.first - 1) in articles
    return the and not scene.word(mention.first + inner).endswith(tuple(scene.words.grammar["plural_endings"]))
