"""The place of figures that name none: what sentence, event and document before and around them are about.

Three frames hold, the narrower first. The topic is what the sentence before, or the heading, speaks of; it ends with
its paragraph. The event is where the one raid or rescue that a text tells of took place; only figures of the event
take it. The document is the region that title and text are about. A national word ends all three for its paragraph.
"""

from __future__ import annotations

import collections
import itertools
from dataclasses import dataclass, field

from monitor.reader.drafts import Draft
from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.scene import Field, Scene
from monitor.reader.when.intervals import lasts
from monitor.reader.where import areas, enumerations, events
from monitor.reader.where.country import COUNTRY, declared, spoken_of
from monitor.reader.where.offices import labelled, of_doer, of_office
from monitor.reader.where.subjects import added, of_project, pronoun

_DATELINE = 4  # tokens of a first sentence that only says where: `Arequipa.`
_DAY = len("2020-01-31")
_OFTEN, _SHARE = 3, 0.5
_HEAD = 4  # sentences at the top that tell what a document is about
_REACH = 2  # sentences after which `the region` no longer means the last one named
_COUNTED, _TIMES = 5, 2  # the least that tells how big an event is, and how much more is none of it
_LASTING = frozenset({"complaints", "calls", "budget", "trained", "offices"})  # what no raid leads to
_TWO = 2  # regions, and numbers, that do not yet make a list
_FEW = 3  # regions that a title may be about together
_FRONT = 4  # tokens at the front of a sentence
_HEADING = 12  # tokens of a heading
_TRAIL = 25  # places that `these six regions` may go back to


@dataclass(slots=True)
class Places:
    """The frames of a text, as they stand after the sentences read so far."""

    document: str | None = None
    event: str | None = None
    story: bool = False  # whether the text tells of one event, wherever it was
    topic: str | None = None
    last: str | None = None
    subject: str | None = None  # with which the sentence before opens
    bare: bool = False  # whether that sentence has no figure
    order: list[str] = field(default_factory=list)
    lately: list[str] = field(default_factory=list)
    main: str | None = None
    settled: bool = False
    silent: int = 0
    paragraph: int = -1
    ahead: dict[int, str] = field(default_factory=dict)
    times: set[str | None] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    trail: list[str] = field(default_factory=list)
    most: dict[str, float] = field(default_factory=dict)

    def of(self, draft: Draft, scene: Scene, *, country: bool = False) -> str | None:
        """The place of a figure that names none, or only the country; None for the whole country."""
        if (ahead := self.ahead.get(scene.sentence.start)) is not None:
            return ahead
        if country:
            return self._at_event(draft, scene) if events.of_event(scene) else None
        if (here := self._pointed(scene, draft)) is not None:
            return here
        if self.topic is not None and self._holds(scene) and not _of_state(scene):
            return None if self.topic == COUNTRY else self.topic
        if self.event is None:
            return None if self._other_time(draft) else self.document
        return self._at_event(draft, scene)

    def _pointed(self, scene: Scene, draft: Draft) -> str | None:
        """`the region`; `Ucayali has 16%, behind Lima. Its rate is ...`: what the sentence before opens with."""
        own = draft.own
        elided = self.bare and not (own.noun or own.person or own.head)
        if self.subject is not None and self.silent == 0 and (pronoun(scene) or elided):
            return self.subject
        return self.here() if _local(scene) else None

    def _other_time(self, draft: Draft) -> bool:
        """Stocks of a date of their own; what other years had, where a text is about several regions together."""
        if draft.indicator == "prisoners" and draft.own.timed and not draft.own.present:
            return True
        together = self.document is not None and "+" in self.document
        return together and draft.own.timed and bool(self.times) and draft.period not in self.times

    def _at_event(self, draft: Draft, scene: Scene) -> str | None:
        """The place of the event for its details: of no time, or of days; no share of all there is."""
        day = draft.period is not None and len(draft.period) == _DAY
        if draft.own.period is not None and not day and (scene.places("pluperfect") or lasts(draft.own.period)):
            return None  # `In January the police had already freed 40`, `broke up 39 gangs between January and August`
        detail = draft.amount.unit != "percent" and (day or events.brief(scene)) and not self._beyond(draft, scene)
        return self.event if detail and self.event != COUNTRY else None

    def _beyond(self, draft: Draft, scene: Scene) -> bool:
        """`Police figures show 1,200 victims`: more than any event holds of what has been counted in this one."""
        if draft.indicator in _LASTING:
            return True
        most = self.most.get(draft.indicator or "", 0)
        before = scene.within(0, draft.amount.first, "link")
        told = bool(scene.places("figure_nouns")) or any(mention.facts["link"] == "average" for mention in before)
        return told and draft.amount.value > _TIMES * most and most >= _COUNTED

    def there(self, scene: Scene, field: Field) -> str | None:
        """What `there`, `in both regions` means: the place named last, all of the last sentence that named any."""
        last = field.amount.first
        several = scene.has("region_nouns", field.first, field.last)
        told = next(m for m in scene.within(field.first, field.last, "link") if m.facts["link"] == "there")
        if told.slots:
            return self._named_last(int(told.slots[0][1]), scene, last)
        if scene.has("region_nouns", 0, told.first) and not scene.within(0, told.first, "area"):
            return None  # `units in all 26 regions, yet the number of officers in them ...`
        return areas.last_area(scene, last) or (self._several() if several else self.last)

    def all_named(self, count: float) -> str | None:
        """`The four districts`: those of the sentence before, where it named as many."""
        named = self.lately[-1] if self.lately and self.silent == 0 else ""
        return named if len(named.split("+")) == count > 1 else None

    def _named_last(self, count: int, scene: Scene, last: int) -> str | None:
        """`These six regions`: as many as have been named last, here or over several sentences."""
        here = areas.last_area(scene, last) or ""
        for named in (here, self.lately[-1] if self.lately else ""):
            if len(named.split("+")) == count:
                return named
        return "+".join(sorted(self.trail[-count:])) if 0 < count <= len(self.trail) else None

    def together(self) -> str | None:
        """What `between them they have` means: all regions that the last sentence named, where it named several."""
        named = self.lately[-1] if self.lately and self.silent == 0 else ""
        return named if "+" in named else None

    def ordinal(self, scene: Scene, field: Field) -> str | None:
        """`in the first 103, in the second 71`: which of the places that were last named together."""
        if len(self.order) < 2 or self.silent > _REACH:
            return None
        for place in range(field.first, field.amount.first):
            rank = scene.words.ordinals.get(scene.word(place), 0)
            bare = rank and place not in scene.inside and scene.isa(place - 1, "determiners")
            if bare and rank <= len(self.order) and _no_noun(scene, place + 1):
                return self.order[rank - 1]
        return None

    def _several(self) -> str | None:
        """All that the last sentence with places named, or it and the place named before."""
        named = self.lately[-1:] if "+" in (self.lately or [""])[-1] else self.lately[-2:]
        return "+".join(sorted({code for codes in named for code in codes.split("+")})) or None

    def here(self) -> str | None:
        """What `the region`, `her office` means."""
        found = self.document or self.event or (self.last if self.silent <= _REACH else None)
        return None if found == COUNTRY else found

    def _holds(self, scene: Scene) -> bool:
        return scene.sentence.paragraph <= self.paragraph

    def _measure(self, kept: list[Draft]) -> None:
        """How many were counted of each kind in the event so far, and at what times what the text is about."""
        for draft in kept if self.document is not None else ():
            if draft.own.traits.get("area") == self.document:
                self.times.add(draft.period)
        for draft in kept if self.event is not None else ():
            if draft.amount.unit == "count" and draft.traits.get("area") == self.event:
                self.most[draft.indicator or ""] = max(self.most.get(draft.indicator or "", 0), draft.amount.value)

    def remember(self, scene: Scene, kept: list[Draft]) -> None:
        """Takes in the places of a sentence."""
        self._measure(kept)
        chains = areas.told(scene)
        self.silent += 1
        opened = [chain for chain in chains if areas.opens(scene, chain[0].first) and len(chain) == 1]
        opened += [chain for chain in chains[:1] if of_doer(scene, chain)]
        self.subject = enumerations.codes(opened[0]) if opened and not areas.alone(scene) else None
        self.bare = not kept
        if scene.sentence.paragraph > self.paragraph:
            self.topic, self.named = None, set()
        if chains:
            self.last, self.silent = enumerations.codes(chains[-1]), 0
            self.order = [str(mention.facts["area"]) for mention in max(chains, key=len)]
            codes = enumerations.codes([mention for chain in chains for mention in chain])
            self.lately = [*[other for other in self.lately[-2:] if other != codes], codes]
            fresh = [code for mention in itertools.chain(*chains) for code in str(mention.facts["area"]).split("+")]
            self.trail = list(dict.fromkeys(reversed([*self.trail, *fresh])))[_TRAIL::-1]
            self.named |= set(codes.split("+"))
        self.paragraph = scene.sentence.paragraph
        if areas.alone(scene):
            return
        if declared(scene, placed=bool(kept or (self.event is None and scene.named("topic")))):
            self.topic = COUNTRY
        elif chains and not kept:
            self.topic = enumerations.codes(chains[0]) if self._leads(scene, chains) else None
            self.paragraph += len(scene.tokens) <= _HEADING
        elif chains:
            parts = all(draft.host is not None for draft in kept if "area" in draft.own.traits)
            self.topic = self.topic if parts and self.topic == COUNTRY else None  # `..., most of them in Lima (312)`
        elif kept and _local(scene):
            self.topic = self.here()
        elif kept and self.event is not None and not events.brief(scene):
            self.topic = COUNTRY
        if kept:
            self._settle(kept[0], scene)

    def _leads(self, scene: Scene, chains: list[list[Mention]]) -> bool:
        """Whether a sentence without a figure leads over to its place, whatever document and event are about."""
        several = len({enumerations.codes(chain) for chain in chains}) > 1 or len(self.named) > 1
        several = several and not (len(chains) == 1 and of_project(scene, chains[0], self.named))
        if several or (scene.places("nothings") and not scene.named("topic")):
            return False  # `None were filed in Pasco`
        first = chains[0][0].first
        if self.event is not None:
            return first <= _FRONT
        return self.document is None or scene.isa(first - 1, "venue_prepositions")

    def _settle(self, first: Draft, scene: Scene) -> None:
        """The place of the first figure of a text is that of the text, where it is named most and no country is."""
        if not self.settled and self.document is None and self.event is None:
            area = first.traits.get("area")
            plain = first.amount.unit == "count" and not first.own.linked and area is not None and not first.framed
            wheres = [place for place in scene.places("where") if place < first.amount.first]
            plain = plain and not (wheres and scene.word(wheres[-1] - 1) == ",")  # `met in Ica, where 31 were found`
            plain = plain and not added(scene, first)
            if plain and not spoken_of(scene) and area in {self.main, COUNTRY}:
                self.document = None if area == COUNTRY else area
        elif not self.settled and self.document is not None and "+" in self.document and declared(scene):
            self.document = None  # the first figure is that of the country: a title's regions are but some of it
        self.settled = True


def places(scenes: list[Scene], heading: Scene) -> Places:
    """The frames that hold from the beginning of a text; `heading` is its title."""
    named = heading.mentions
    if _ranked(heading) and not any(_local(scene) for scene in scenes):
        named = [mention for mention in named if "area" not in mention.facts]
    counts = collections.Counter(code for scene in scenes if not areas.alone(scene) for code in _told(scene))
    main = counts.most_common(1)[0][0] if counts else None
    found = Places(main=main if main and counts[main] > _SHARE * counts.total() else None)
    found.settled = _of_country(scenes, heading, named)
    found.document = None if found.settled else _document(scenes, named, counts)
    found.ahead = _ahead(scenes)
    found.story = events.story(scenes, named)
    if found.story:
        found.event = events.scene_of(scenes, named) or found.document
        found.event = found.event or (events.only_region(scenes, main) if len(counts) == 1 else _dateline(scenes))
    return found


def _no_noun(scene: Scene, place: int) -> bool:
    """Whether no noun follows here."""
    return scene.word(place) in {",", ":", "(", "-"} or scene.among(place, ("copulas", "adverbs", "carriers"))


def _ranked(heading: Scene) -> bool:
    """`Loreto is the second region by complaints`: a title that gives a region its rank speaks of all of them."""
    zones = set(heading.places("zone_nouns"))
    return any({place + 1, place + 2} & zones for place in heading.places("ranks"))


def _of_state(scene: Scene) -> bool:
    """`The government has ...`, `In 2019, authorities ...`: no longer what the place before has."""
    dated = next((m.last for m in scene.within(0, 1, "period")), 0)
    front = dated + (scene.word(dated) == "," and dated > 0)
    return any(mention.facts["provider"] == "nobody" for mention in scene.within(front, front + 2, "provider"))


def _of_country(scenes: list[Scene], heading: Scene, named: list[Mention]) -> bool:
    """`2013 Report: Peru`, `Peru is a source of ...`: a report on the country, wherever its examples are from."""
    country = any(mention.facts.get("country") == COUNTRY for mention in named)
    if not country or any("area" in mention.facts for mention in named):
        return False
    reports = bool(heading.places("reviews"))
    return (reports and any(map(_of_state, scenes[:_HEAD]))) or any(map(_is_country, scenes[:_HEAD]))


def _is_country(scene: Scene) -> bool:
    """`Peru is a ...`."""
    first = next((m for m in scene.named("country") if m.facts["country"] == COUNTRY and m.first <= 1), None)
    return first is not None and scene.isa(first.last, "copulas") and scene.isa(first.last + 1, "determiners")


def _local(scene: Scene) -> bool:
    """Whether a sentence speaks of `the region`, `her office`; not of `the region of Ica`."""
    links = scene.named("link")
    links = [m for m in links if not scene.has("venue_verbs", m.first - _FRONT, m.first)]  # `presented in this city`
    return any(m.facts["link"] == "local" and not scene.within(m.last, m.last + 3, "area") for m in links)


def _told(scene: Scene) -> list[str]:
    """The regions where something happens, each once, in order; of two that are named as often the first counts."""
    return list(dict.fromkeys(str(mention.facts["area"]) for chain in areas.told(scene) for mention in chain))


def _document(scenes: list[Scene], title: list[Mention], counts: collections.Counter[str]) -> str | None:
    """The region that the title names, else the one that the text keeps coming back to or that its head names."""
    if codes := {str(mention.facts["area"]) for mention in title if "area" in mention.facts}:
        several = (
            len(codes) <= _FEW and codes == set(counts) and not any(enumerations.others_too(scene) for scene in scenes)
        )
        return "+".join(sorted(codes)) if len(codes) == 1 or several else None
    if (joined := _introduced(scenes, counts)) is not None:
        return joined
    sundry = any(areas.open_ended(scene, chain) for scene in scenes[:_HEAD] for chain in areas.told(scene))
    nationwide = any(mention.concept == "nationwide" for mention in title)
    return None if sundry or nationwide or any(map(_laid_out, scenes[:_HEAD])) else _named_most(scenes, title, counts)


def _named_most(scenes: list[Scene], title: list[Mention], counts: collections.Counter[str]) -> str | None:
    """The region that a text keeps coming back to, or that its head names, or of which an office speaks first."""
    head = [mention for scene in scenes[:_HEAD] for mention in scene.mentions if not events.of_part(scene, mention)]
    main, often = counts.most_common(1)[0] if counts else (None, 0)
    opens = any(mention.facts.get("area") == main for mention in head)
    if main and opens and often >= _OFTEN and _foremost(scenes, main, counts):
        return main
    if not any(mention.facts.get("country") for mention in title + head) and (top := _at_the_top(scenes, head)):
        return top
    if scenes and (label := labelled(scenes[0])) is not None:
        return label
    ours = counts[main] > _SHARE * counts.total() if main else False
    opening = next((scene for scene in scenes[:_HEAD] if scene.fields), None)
    return main if ours and main and opening is not None and of_office(opening, main) else None


def _laid_out(scene: Scene) -> bool:
    """`Tumbes has 54%, Piura 28% and Cajamarca 18%`: a sentence that lays regions side by side, each with a number."""
    return len(_told(scene)) > _TWO and len(scene.fields) > _TWO


def _foremost(scenes: list[Scene], main: str, counts: collections.Counter[str]) -> bool:
    """Whether half of all that a text says of places is said of one; a list of many counts as much as one alone."""
    half = counts[main] >= _SHARE * counts.total()
    if half or main == areas.CAPITAL:
        return half
    named = [codes for scene in scenes if (codes := _told(scene))]
    return sum(1 / len(codes) for codes in named if main in codes) > _SHARE * len(named)


def _at_the_top(scenes: list[Scene], head: list[Mention]) -> str | None:
    """The region of a dateline in a sentence of its own, or the only one that the head names, more than once."""
    found = [str(mention.facts["area"]) for mention in head if "area" in mention.facts]
    if (
        found
        and len(scenes[0].tokens) <= _DATELINE
        and found[0] != areas.CAPITAL
        and found[0] in areas.codes_named(scenes[0])
    ):
        return found[0]
    return found[0] if len(set(found)) == 1 and len(found) > 1 else None


def _introduced(scenes: list[Scene], counts: collections.Counter[str]) -> str | None:
    """Two or three regions that the head names together, where the text comes back to each and names no other."""
    for chain in (chain for scene in scenes[:2] if not scene.fields for chain in areas.told(scene)):
        named = enumerations.codes(chain)
        if "+" in named and set(named.split("+")) == set(counts) and min(counts.values()) > 1:
            return named
    return None


def _dateline(scenes: list[Scene]) -> str | None:
    """Where a text was written, unless that is the capital: an event near by needs no other place."""
    codes = [str(m.facts["dateline"]) for scene in scenes[:_HEAD] for m in scene.within(0, _DATELINE, "dateline")]
    return codes[0] if codes and codes[0] != areas.CAPITAL else None


def _ahead(scenes: list[Scene]) -> dict[int, str]:
    """`... in a mining town.` before `La Rinconada, in Puno, ...`: what only the next sentence names, by sentence."""
    found = {}
    for one, two in itertools.pairwise(scenes):
        if one.fields and not one.within(0, len(one.tokens), "area") and _some_place(one):
            chains = areas.told(two)
            if chains and chains[0][0].first <= 1:
                found[one.sentence.start] = enumerations.codes(chains[0])
    return found


def _some_place(scene: Scene) -> bool:
    """`a mining town`: a place that is not named."""
    zones = scene.places("zone_nouns")
    return any(scene.isa(place, "indefinites") for zone in zones for place in range(zone - 3, zone))
