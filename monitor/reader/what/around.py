"""What the words around a number say that it counts, where its own noun does not."""

from __future__ import annotations

from monitor.reader.drafts import Own
from monitor.reader.sentence.scene import Field, Scene
from monitor.reader.sentence.tokens import MARK

DOING = frozenset({"detentions", "prosecutions", "convictions", "investigations", "acquittals", "victims_assisted"})
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
    nouns = [str(mention.facts["indicator"]) for mention in scene.within(field.first, field.amount.first, "indicator")]
    done = [noun for noun in nouns if noun in DOING]
    rescued = any(mention.facts["act"] == "victims" for mention in scene.within(0, last, "act"))
    if done and not rescued:
        return done[-1]
    if rescued or scene.within(field.first, field.last, "form") or scene.within(0, last, "topic"):
        return "victims"
    if any(mention.facts["indicator"] == "shelters" for mention in scene.within(0, last, "indicator")):
        return "victims_assisted"
    return "victims" if own.traits.keys() & {"sex", "age", "citizenship"} else None


def elided(scene: Scene, place: int) -> bool:
    """`46 ended in prison and 22, in acquittals`, `y 22, absolutorias`: a comma for the verb, and how it ended."""
    ending = scene.starts.get(place + 1)
    if scene.word(place) != "," or ending is None or ending.facts.get("indicator") not in {"convictions", "acquittals"}:
        return False
    return ending.last >= len(scene.tokens) or scene.tokens[ending.last].kind == MARK
