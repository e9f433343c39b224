"""What a reader remembers from the sentences before: the last whole, its time, its place, who counts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from monitor.reader.binding.refusals import OTHER_CRIME
from monitor.reader.drafts import Draft
from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Scene
from monitor.reader.what.forms import Forms, of_victims, pointed
from monitor.reader.what.rows import by_nation, cells, column_heads, listed
from monitor.reader.when.frames import Frames, latest
from monitor.reader.where.places import Places
from monitor.reader.who.floor import Floor

_HEADING = 20  # tokens of a heading or question that says what follows is about
_HELD = frozenset({"detentions", "prosecutions", "convictions"})
_LED = 4  # tokens at the head of a sentence, in which it says of whom it speaks
_FRONT = 3  # tokens in which a sentence names those it speaks of
_FILED = frozenset({"complaints", "cases", "investigations"})  # which of them `cases` may stand for
_SUBJECT = 7  # tokens in which a sentence says that it goes on with its subject
_SEEN = 60  # figures that a reader may meet again in a text
_REACH = 2  # sentences without a figure after which a whole is forgotten


_OF_PEOPLE = frozenset(
    {"victims", "victims_assisted", "detentions", "prosecutions", "convictions", "trained", "prisoners"}
)


def _of_victims(scene: Scene) -> bool:
    """`The women were freed ...`: whether a sentence without a figure goes back to the victims."""
    front = [mention for mention in scene.within(0, _FRONT, "person") if scene.isa(mention.first - 1, "definite")]
    return bool(front) and any(mention.facts.get("measure") == "rescued" for mention in scene.named("act"))


def _heads_people(draft: Draft) -> bool:
    """Whether a count of people is a whole of its own."""
    fresh = draft.host is None or draft.host.indicator != draft.indicator
    return fresh and not draft.own.compared and draft.amount.unit == "count"


def _of_homes(scene: Scene) -> bool:
    """`has opened a shelter`, `The house can receive 25 women`."""
    homes = any(mention.facts["indicator"] == "shelters" for mention in scene.named("indicator"))
    return homes or any(mention.facts["act"] == "shelter_places" for mention in scene.named("act"))


def _of_its(scene: Scene) -> bool:
    """`It has ...`, `In its first month ...`: whether a sentence goes on with what the one before speaks of."""
    return any(scene.isa(place, "possessives") or scene.isa(place, "pronouns") for place in range(_SUBJECT))


def _number_of(scene: Scene, mention: Mention) -> bool:
    """`The number of victims has gone up`, `la cifra de víctimas creció`."""
    crime = scene.inside.get(mention.first - 1)
    first = (crime.first if crime is not None and "topic" in crime.facts else mention.first) - 1
    first -= scene.isa(first, "definite")
    return scene.isa(first, "of") and scene.isa(first - 1, "number_nouns")


def _retimed(draft: Draft) -> bool:
    """`In 2022, of all victims (1,133), ...`: a part at another time than its whole is a whole of its own."""
    return draft.own.period is not None and draft.host is not None and draft.host.period != draft.own.period


def _resumes(draft: Draft) -> bool:
    """`Of the 206, ...`: a number that the text has given before."""
    host = draft.host
    return host is not None and draft.own.definite and host.amount[2:4] == draft.amount[2:4]


def _parted(scene: Scene) -> bool:
    """`Of the victims, 44 were Bolivian and 21 Colombian`: parts, of which others are none."""
    noun = scene.starts.get(2)
    opened = scene.isa(0, "of") and scene.isa(1, "definite") and noun is not None and "person" in noun.facts
    return opened and noun is not None and scene.word(noun.last) == ","


def _acts(draft: Draft) -> bool:
    """`The two offices opened 913 cases`: who did it, and no count of what the text goes on to tell."""
    return draft.indicator in {"offices", "staff"} and draft.own.definite


@dataclass(slots=True)
class Context:
    """The state between sentences. `silent` counts sentences without a figure since the last one with."""

    frames: Frames
    places: Places = field(default_factory=Places)
    figured: int = -1
    heads: list[str | None] = field(default_factory=list)
    floor: Floor = field(default_factory=Floor)
    forms: Forms = field(default_factory=Forms)
    whole: Draft | None = None
    people: Draft | None = None
    money: Draft | None = None
    share: Draft | None = None
    based: Draft | None = None
    named: str | None = None  # the only thing to count that the sentence before, without a figure, names
    asked: str | None = None  # what the last question asks for, until it is answered
    spoken: str | None = None  # the people that the sentence before, without a figure, speaks of
    rate: Draft | None = None
    topic: str | None = None
    form: str | None = None  # of the exploitation that `this crime` means
    harmed: str | None = None  # of the victims that the sentence before, without a figure, speaks of
    nations: bool = False  # whether rows behind a caption name the countries of people
    housing: bool = False  # whether the sentence before tells of a home
    purpose: str | None = None  # and `for that purpose`, beyond its paragraph
    crime: bool = False  # whether the sentence before told of nothing but another crime
    people_last: bool = False
    parted: bool = False  # whether the last figures were told to be parts of a whole that the text did not count
    silent: int = 99
    inmates: str | None = None  # when those held were counted that the text has just told of
    held: tuple[Draft | None, Draft | None] | None = None
    seen: list[Draft] = field(default_factory=list)
    told: list[Draft] = field(default_factory=list)  # the figures of the paragraph so far
    recent: list[Draft] = field(default_factory=list)
    filed: str | None = None
    since_filed: int = 0

    @property
    def near(self) -> bool:
        """Whether the last figures are near enough to lean on."""
        return self.silent <= _REACH

    def enter(self, scene: Scene) -> None:
        """Begins a sentence: a new paragraph, or topic, goes back to the whole from which one has only looked back."""
        opened = self.frames.enter(scene.sentence.paragraph)
        if opened:
            self.form, self.told = None, []
        back = self.frames.turn(scene) or opened or self._resumed(scene)
        if back and self.held is not None:
            self.whole, self.people = self.held
            self.held = None
        self.frames.anchor(scene)

    def _resumed(self, scene: Scene) -> bool:
        """Whether a sentence goes on behind one that only looked back in passing, with nothing of that in it."""
        if self.held is None or not self.frames.passing or not scene.fields:
            return False
        if self.whole is None or self.held[0] is None or self.whole.indicator != self.held[0].indicator:
            return False
        leaning = [
            m for m in scene.within(0, scene.lead + _FRONT, "link") if m.facts["link"] in {"part", "these", "split"}
        ]
        return not leaning

    def remember(self, scene: Scene, drafts: list[Draft]) -> None:
        """Takes in a sentence and its drafts."""
        self._take_filed(scene, drafts)
        self.form, self.purpose = pointed(scene, self.form), pointed(scene, self.purpose)
        self.spoken = self.harmed = self.named = None
        self.crime = bool(drafts) and all(draft.dropped == OTHER_CRIME for draft in drafts)
        if self.silent > _REACH:
            self.money = None
        kept = [draft for draft in drafts if draft.dropped is None]
        self.inmates = self._counted_inmates(drafts)
        self.housing = _of_homes(scene) or (self.housing and _of_its(scene))
        self.floor.remember(scene, kept)
        self.places.remember(scene, kept)
        self.heads = self.heads if cells(scene) else column_heads(scene)
        self.nations = by_nation(scene) or (self.nations and listed(scene))
        dated = self.frames.date(scene, kept)
        if not kept:
            self.frames.skip(scene, dated, aside=any(draft.dropped == OTHER_CRIME for draft in drafts))
            self._pass(scene)
            return
        wholes = self.whole, self.people
        self.asked = None
        self.seen, self.recent = (self.seen + kept)[-_SEEN:], kept
        self.told += kept
        self.parted = _parted(scene)
        first = self._take_whole(scene, kept)
        self.money = next((draft for draft in kept if draft.indicator == "budget"), None)
        shares = [draft for draft in kept if draft.amount.unit == "percent"]
        self.share = shares[-1] if shares else None
        self.based = self._base(kept, shares)
        self.rate = next((draft for draft in kept if draft.amount.unit == "per_100k"), None)
        if any(draft.own.noun for draft in kept):
            self.topic = None
        self.silent, self.figured = 0, scene.sentence.paragraph
        if self.frames.take(scene, first, kept):
            self.held = self.held or wholes
        elif first.period is not None:
            self.held = None

    def _counted_inmates(self, drafts: list[Draft]) -> str | None:
        """`In May 2012 prisons held 9,200 inmates. 22 of them are held for trafficking`: when, whatever their crime."""
        told = [draft for draft in drafts if "prisoners" in {draft.indicator, draft.own.head}]
        if drafts and not told:
            return None
        return next((draft.period for draft in told if draft.period is not None), self.inmates if self.near else None)

    def _take_filed(self, scene: Scene, drafts: list[Draft]) -> None:
        """Whether the text speaks of complaints or of cases: by what it counts, else by what it names."""
        counted = [draft.indicator for draft in drafts if draft.dropped is None and draft.indicator in _FILED]
        named = [m.concept for m in scene.named("indicator") if m.concept in _FILED]
        last = (counted or named)[-1:]
        self.filed, self.since_filed = (last[0], 0) if last else (self.filed, self.since_filed + 1)

    def _take_whole(self, scene: Scene, kept: list[Draft]) -> Draft:
        """The first count of a sentence that is no part becomes the whole that later parts belong to."""
        wholes = [
            draft
            for draft in kept
            if (draft.host is None or _retimed(draft)) and not draft.own.compared and draft.amount.unit == "count"
        ]
        wholes = [draft for draft in wholes if not _acts(draft)] or wholes
        first = wholes[0] if wholes else kept[0]
        item = listed(scene)
        row = item or cells(scene)
        if (self.whole is None and not item) or (wholes and not row and not self._part_of(self.whole, first)):
            self.whole = latest(kept) or first
        elif not row and _resumes(kept[0]):
            self.whole = kept[0]  # `Out of the 206, 171 were ...`, behind another count
        people = [draft for draft in kept if draft.indicator in _OF_PEOPLE and _heads_people(draft)]
        shares = all(draft.amount.unit == "percent" and draft.indicator in _OF_PEOPLE for draft in kept)
        self.people_last = bool(people) or (self.people_last and shares)
        if people and not item and not (self.people is not None and (row or self._part_of(self.people, people[0]))):
            self.people = latest(people) or people[0]
        return first

    def _base(self, kept: list[Draft], shares: list[Draft]) -> Draft | None:
        """The share that said what it is a share of, where nothing else has been counted since."""
        if not shares or len(shares) < len(kept):
            return None
        told = [
            share
            for share in shares
            if share.own.head is not None and share.host is None and (share.own.noun or share.own.person)
        ]
        if told and len({share.own.traits.get("area") for share in kept} - {None}) > 1:
            return replace(told[-1], traits={n: value for n, value in told[-1].traits.items() if n != "area"})
        return told[-1] if told else self.based

    def _part_of(self, whole: Draft | None, draft: Draft) -> bool:
        """The same thing again, only narrower, is a part even where no word says so."""
        return (
            whole is not None
            and self.near
            and draft.indicator == whole.indicator
            and draft.amount.value <= whole.amount.value
            and not draft.own.timed
            and draft.period == whole.period
            and any(whole.traits.get(name) != value for name, value in draft.own.traits.items())
        )

    def _pass(self, scene: Scene) -> None:
        """A sentence without a figure may name what follows counts, or whom."""
        heads = scene.named("indicator")
        definite = [
            mention for mention in heads if scene.isa(mention.first - 1, "definite") or _number_of(scene, mention)
        ]
        people = {str(mention.facts["indicator"]) for mention in definite if mention.facts.get("person")}
        named = {str(mention.facts["indicator"]) for mention in heads}
        asked = scene.word(len(scene.tokens) - 1) == "?"
        how = [place + 1 for place in scene.places("how_many")] if asked else []
        counted = [scene.starts[place] for place in how if place in scene.starts]
        if len(counted) == 1 and "indicator" in counted[0].facts:
            named = people = {str(counted[0].facts["indicator"])}  # `Prosecutor, how many cases are there?`
        self.asked = self.asked if not asked else next(iter(named)) if len(named) == 1 else None
        people |= (
            named if len(named) == 1 and (definite or asked) else set()
        )  # `complaints are on the rise. There are 200 a year`
        led = any(mention.first <= _LED and mention.facts.get("person") for mention in definite)
        self.spoken = people.pop() if len(people) == 1 and (asked or led or not scene.named("act")) else None
        self.spoken = self.spoken or (self.asked if not named else None)
        self.harmed = of_victims(scene)
        self.named = next(iter(named)) if len(named) == 1 else None
        self.silent += 1
        if self.whole is not None and self.whole.indicator in _HELD and _of_victims(scene):
            told = [draft for draft in self.seen if draft.indicator == "victims" and _heads_people(draft)]
            self.whole = self.people = told[-1] if told else self.whole
        if len(scene.tokens) <= _HEADING and scene.tokens[-1].word != ".":
            done = [str(mention.facts["act"]) for mention in scene.named("act")]  # `Personas detenidas según edad`
            self.topic = str(heads[0].facts["indicator"]) if heads else done[0] if done else self.topic
