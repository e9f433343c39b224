"""Who holds the floor of a text: the institution that speaks or acts from one sentence to the next."""

from __future__ import annotations

from dataclasses import dataclass, field

from monitor.reader.drafts import Draft
from monitor.reader.sentence.scene import Scene
from monitor.reader.sentence.tokens import WORD
from monitor.reader.statistic import MONEY
from monitor.reader.who.basis import basis
from monitor.reader.who.deeds import claim, subjectless
from monitor.reader.who.giving import are_given, of_occasion, points
from monitor.reader.who.names import names_before, names_behind, short_name, titled_names
from monitor.reader.who.parts import NOBODY, OTHER, Part, Voice, beyond, over, voice_of
from monitor.reader.who.sources import main_voice
from monitor.reader.who.voices import voices

_OF_OTHERS = frozenset({"trained", "officials"})  # what is no work of an institution because it did other work
_REGISTERED = frozenset({"victims", "complaints", "cases"})
_RUN = 60  # figures that a source named afterwards can hold for
_DAY = len("2020-01-31")
_REMEMBERED = 30  # institutions that a noun can still stand for
_HEADING = 5  # words of a heading
_CAPTION = 25  # words of the caption of a table
_QUOTES = frozenset({'"', "“", "”", "«", "»"})
_STOPS = frozenset({".", "!", "?", ",", ";"})
_LABEL = 3  # tokens of a heading with a stop
_NEAR = 4  # words behind a source in which its sentence begins
_HEAD = 5  # words at the head of a sentence in which it says that it speaks of figures


@dataclass(slots=True)
class Floor:
    """The state between sentences: who holds the floor, who spoke last, who is who.

    `told`: the holder says or gives the figures, and does not only act; who only acts loses the floor at a heading of a
    text with several sources. In paragraph `unnamed` nobody in particular holds the floor. `run` are the last figures
    up to one that someone gave, `block` those of the last paragraph with any, `unsourced` those of nobody,
    `counted` those of the last two sentences. `retold`: whose figures of an indicator the holder retells.
    `recent`: institutions named, with the nouns that can stand for them.
    `basis`: whose data the text says that it works on.
    """

    holder: str | None = None
    told: bool = False
    unnamed: int = -1
    together: bool = False
    figured: int = -1
    speaker: str | None = None
    spoken: int = -1
    captioned: bool = False
    caption: bool = False
    headed: bool = False
    quotation: list[Draft] | None = None
    sources: set[str] = field(default_factory=set)
    persons: dict[str, str] = field(default_factory=dict)
    recent: list[tuple[str, str]] = field(default_factory=list)
    unsourced: list[Draft] = field(default_factory=list)
    last: list[Draft] = field(default_factory=list)
    run: list[Draft] = field(default_factory=list)
    block: list[Draft] = field(default_factory=list)
    retold: dict[str | None, str | None] = field(default_factory=dict)
    counted: list[Draft] = field(default_factory=list)
    counting: int = -1
    basis: str | None = None
    author_of_review: str | None = None
    heard: tuple[Scene, list[Voice]] | None = None

    def voices(self, scene: Scene) -> list[Voice]:
        """The voices of a sentence, found once."""
        if self.heard is None or self.heard[0] is not scene:
            self.heard = (scene, voices(scene, self))
        return self.heard[1]

    def again(self, kind: str) -> str | None:
        """The institution that `the ministry`, `the agency` or `she` stands for: who holds the floor, if it fits."""
        if kind == "speaker":
            return self.speaker or self.holder
        if kind == "data":
            return self.basis
        if kind == "review" and self.author_of_review is not None:
            return self.author_of_review
        if kind in {"any", "review"}:
            return self.holder or self.speaker or (self.recent[-1][0] if self.recent else None)
        fitting = [code for code, kinds in reversed(self.recent) if kind in kinds.split()]
        return self.holder if self.holder in fitting else fitting[0] if fitting else None

    def author(self, *, owned: bool, quoted: bool) -> str:
        """Who says `we`: whoever is interviewed or quoted, else the organisation whose text it is."""
        if not owned and self.speaker is not None:
            return self.speaker
        if quoted and self.holder is not None:
            return self.holder
        return self.again("organisation") or OTHER

    def source(self, draft: Draft, scene: Scene) -> str | None:
        """The provider of a figure whose sentence names none; money is nobody's unless someone is speaking of it."""
        paragraph = scene.sentence.paragraph
        if self.basis is not None and not (self.told and self.spoken == paragraph):
            return self.basis
        if self._general(scene):
            return None
        money = draft.indicator == "budget" or draft.amount.unit in MONEY
        if paragraph == self.unnamed or (money and self.spoken != paragraph):
            return None
        if draft.amount.unit == "percent" and not draft.own.linked and self.contested(draft.indicator):
            return None
        holder = self.retold.get(draft.indicator, self._same_thing(draft))
        told = self.told and self.spoken == paragraph
        telling = told or scene.among(0, ("speakers", "standing_after"))  # `It also trained 90 guards`, `The desk ...`
        estimated = draft.own.measure == "estimated" and not self.told  # no work of those who only acted
        if estimated or (draft.indicator in _OF_OTHERS and not (telling or subjectless(scene))):
            return None
        foreign = holder is not None and draft.indicator in beyond().get(holder, ())
        foreign = foreign or (holder == OTHER and draft.indicator == "calls")  # the lines are the ministries'
        return self._counted_by(draft, scene) if foreign and not (self.told and self.spoken == paragraph) else holder

    def _counted_by(self, draft: Draft, scene: Scene) -> str | None:
        """`..., the courts issued 302 verdicts. In 2023, 2,318 victims were registered`: by who counted them before."""
        if scene.has("speakers", 0, _HEAD):  # `..., and the courts tried 205. That year they convicted 19`
            able = [each.provider for each in self.last if draft.indicator not in beyond().get(each.provider or "", ())]
            return able[-1] if able else None
        same = [each.provider for each in self.run[-_NEAR:] if each.indicator == draft.indicator and each.own.provider]
        return same[-1] if same and draft.amount.unit == "count" and draft.indicator in _REGISTERED else None

    def _same_thing(self, draft: Draft) -> str | None:
        """`In the year before, 41 were convicted`, after what police, prosecutors and courts did: the courts."""
        same = {other.provider for other in self.last if other.indicator == draft.indicator}
        others = {other.provider for other in self.last}
        return same.pop() if len(same) == 1 and len(others) > 1 and self.holder in others else self.holder

    def _general(self, scene: Scene) -> bool:
        """`Nationwide, 2,400 victims were identified`, after an event or figures of a region: another matter."""
        named = [m for m in scene.within(0, scene.lead, "country") if not scene.has("remainder", m.first - 2, m.first)]
        national = any(m.facts["country"] == "PE" for m in named)
        return national and not self.told and bool(self.run) and all(_local(draft) for draft in self.run)

    def contested(self, indicator: str | None) -> bool:
        """Whether the last two sentences had two sources that count the same: a share of neither is nobody's."""
        return len({draft.provider for draft in self.counted if draft.indicator == indicator}) > 1

    def over(self, acting: str) -> str:
        """`63 were rescued by the police`: the ministry that announces it, where that holds the floor."""
        above = self.holder is not None and self.told and over().get(self.holder) == acting
        return self.holder if above and self.holder is not None else acting

    def open(self, title: Scene) -> None:
        """`Prosecution service: 814 victims`, `..., says the ministry`: who has the floor before the text begins."""
        self._meet(title, self.voices(title))
        for voice in self.voices(title):
            named = next((m.last for m in title.within(voice.last, voice.last + _LABEL, "area")), voice.last)
            told = voice.part <= Part.SAYS or (voice.first <= 1 and title.word(named) == ":")
            if told and voice.code != NOBODY:
                self.holder, self.told = voice.code, True
                return

    def remember(self, scene: Scene, kept: list[Draft]) -> None:
        """Takes in a sentence and its figures."""
        heard = self.voices(scene)
        if scene.by_fact.get("provider") or scene.by_fact.get("voice") or heard:
            self._meet(scene, heard)
        given = bool(heard) and (self._label(scene, heard) or self._give(scene, heard, counted=bool(kept)))
        main = main_voice(scene, heard) if heard else None
        self._quote(scene, heard, kept)
        paragraph = scene.sentence.paragraph
        if main is not None and main.code != NOBODY and (main.part <= Part.SAYS or main.person):
            self.speaker = main.code
            self.spoken = paragraph if main.part is Part.SAYS else self.spoken
        if kept:
            self._take(kept, paragraph)
            self._title(scene)
        elif main is not None and main.code != NOBODY:
            self._introduce(scene, heard)
            if not given:
                claim(scene, heard, self.unsourced)
                self._announce(main, paragraph, scene)
                self._hold(main)
        elif heard:
            self._introduce(scene, heard)
            claim(scene, heard, self.unsourced)
            self._head(scene, heard)
            if heard[0].part is Part.GIVES and scene.isa(heard[0].first, "media"):
                self.holder = None
            if main is not None and (not self.told or (main.kinds and main.part is Part.DOES)):
                self.unnamed = paragraph  # of several together (`police and prosecutors`) whoever had the floor
        elif self._over(scene):
            self.holder, self.captioned = None, self.caption
        self.headed = _captions(scene)

    def _introduce(self, scene: Scene, heard: list[Voice]) -> None:
        """`Then Ana Peña, minister for women, took the floor`: whom `she said` means behind it."""
        if len(heard) == 1 and heard[0].code != NOBODY and (heard[0].person or names_before(scene, heard[0])):
            self.speaker = heard[0].code

    def _title(self, scene: Scene) -> None:
        """People with a title and no institution speak for whose figures they told."""
        for name in titled_names(scene) if self.holder is not None else ():
            self.persons.setdefault(name, str(self.holder))

    def _announce(self, main: Voice, paragraph: int, scene: Scene) -> None:
        """`Police freed 60. It happened in a raid, the ministry announced.`: whose announcement the text retells."""
        loud = main.part <= Part.SAYS and paragraph == self.counting and self.holder is None
        they = _of_them(scene, main)
        for draft in self.last if loud and they else ():  # `They were victims of a network, the police said.`
            if draft.provider is None and draft.own.provider is None:
                draft.provider = main.code
        acting = over().get(main.code)
        said = main.part is Part.SAYS or (main.part is Part.GIVES and they)
        if acting is None or not said or main.ahead or paragraph != self.counting:
            return
        for draft in self.last:
            if draft.provider == acting and not draft.own.quoted:
                draft.provider = main.code

    def _hold(self, main: Voice) -> None:
        """A sentence without a figure: who speaks or acts in it has the floor."""
        self.retold = self.retold if main.code == self.holder else {}
        self.holder, self.told, self.unnamed = main.code, main.part <= Part.SAYS or main.person, -1
        self.caption = False

    def _head(self, scene: Scene, heard: list[Voice]) -> None:
        """`Complaints registered by the police, 2020`: whose figures stand below."""
        below = next((voice for voice in heard if voice.code != NOBODY), None) if _captions(scene) else None
        self.caption = below is not None
        if below is not None:
            self._hold(below)
            self.captioned = self.caption = True

    def _over(self, scene: Scene) -> bool:
        """Whether a sentence in which nobody speaks or acts ends the floor: another caption, heading or matter."""
        if self._general(scene) or (self.caption and _captions(scene)):
            return True
        apart = len(self.sources) > 1 or len(scene.tokens) == 1 or self._other_thing(scene)
        return not self.told and _heading(scene) and apart

    def _other_thing(self, scene: Scene) -> bool:
        """Whether a heading names a thing that the holder has counted nothing of so far."""
        named = {mention.facts[fact] for fact in ("indicator", "act") for mention in scene.by_fact.get(fact, ())}
        return bool(named) and not named & {draft.indicator for draft in self.run}

    def _take(self, kept: list[Draft], paragraph: int) -> None:
        """A sentence with figures: the provider of the first that has one holds the floor."""
        first = kept[0].own
        self._share(kept)
        if first.provider == NOBODY and kept[0].provider is None:
            self.unnamed = paragraph
        elif first.provider is not None:
            self.unnamed = -1
        self.unsourced += [draft for draft in kept if draft.provider is None and draft.own.provider is None]
        near = self.last and paragraph == self.figured and not kept[0].own.quoted
        self.block = [*(self.block if paragraph == self.figured else []), *kept][-_RUN:]
        self.counted, self.figured = [*(self.last if near else []), *kept], paragraph
        self.captioned = False
        self.last, self.counting = kept, paragraph
        if kept[0].own.quoted:
            self.run = []
        self.run += kept
        del self.run[:-_RUN], self.unsourced[:-_RUN]
        self.sources |= {draft.provider for draft in kept if draft.provider is not None}
        named = next((draft for draft in kept if draft.provider is not None), None)
        if named is not None:
            told = named.own.quoted or (self.told and named.provider == self.holder)
            retold = {draft.indicator: draft.provider for draft in kept if draft.own.teller is not None}
            if retold:
                self.holder, self.told = next(d.own.teller for d in kept if d.own.teller is not None), True
                self.retold = retold
            elif named.own.provider is not None or named.provider not in self.retold.values():
                self.holder, self.told, self.retold = named.provider, told, {}
        elif first.provider == NOBODY and not self.told:
            self.holder = None
        elif first.provider not in {None, NOBODY}:
            self.holder, self.told, self.retold = first.provider, first.quoted, {}  # whose money alone was told

    def _share(self, kept: list[Draft]) -> None:
        """`There were 321 cases. Of these, 93 were filed, the governor said`: who gives the part gave the whole."""
        for draft in kept:
            whole = draft.host
            if draft.own.quoted and whole is not None and whole.provider is None and whole.own.provider is None:
                whole.provider = draft.provider
                for part in self.last:
                    if part.host is whole and part.provider is None:
                        part.provider = draft.provider

    def _quote(self, scene: Scene, heard: list[Voice], kept: list[Draft]) -> None:
        """`"85% are women. They are young", said ...`: figures of a quotation are those of who ends it."""
        left = scene.tokens[0].word in _QUOTES
        right = (left or self.quotation is not None) and _unended(scene)
        if self.quotation is not None and right:
            said = next((voice.code for voice in heard if voice.part is Part.SAYS and voice.code != NOBODY), None)
            for draft in self.quotation if said is not None else ():
                draft.provider = said
            self.quotation = None
        elif left and right:
            self.quotation = []
        if self.quotation is not None:
            self.quotation += [draft for draft in kept if draft.own.provider is None]

    def _meet(self, scene: Scene, heard: list[Voice]) -> None:
        """Remembers institutions by their kind, their people by name, whose data and whose report the text has."""
        self.basis = basis(scene, heard) or self.basis
        if scene.standing["reviews"]:
            self.author_of_review = _author(scene, heard) or self.author_of_review
        acting = heard[0].code if heard and heard[0].part in {Part.DOES, Part.ALL, Part.BY} else None
        self.together = acting == NOBODY if acting is not None else self.together
        mentions = [mention for fact in ("provider", "voice") for mention in scene.by_fact.get(fact, ())]
        met = {
            m.first: (voice_of(m), str(m.facts["kinds"]))
            for m in mentions
            if "kinds" in m.facts and "named" not in m.facts
        }
        met.update({voice.first: (voice.code, voice.kinds) for voice in heard if voice.kinds and voice.code != NOBODY})
        self.recent = [*self.recent, *(met[place] for place in sorted(met))][-_REMEMBERED:] if met else self.recent
        for voice in heard:
            if voice.first < 0 or voice.code == NOBODY or voice.author:
                continue
            for name in (*names_behind(scene, voice), *names_before(scene, voice), *short_name(scene, voice)):
                self.persons[name] = voice.code

    def _label(self, scene: Scene, heard: list[Voice]) -> bool:
        """`Source: Public Ministry.`: whose figures stand before it, in its paragraph or in the lines above."""
        first = int(scene.word(0) == "(")
        codes = {voice.code for voice in heard}
        label = scene.isa(first, "source_labels") and scene.word(first + 1) == ":" and not scene.fields
        if not (label and self.block) or len(codes) > 1 or NOBODY in codes:
            return False
        near = scene.sentence.paragraph == self.figured
        if self.headed and not near:  # `Persons convicted`, then `Source: Judiciary.`, then figures
            self._hold(heard[0])
            self.captioned = self.caption = True
            return True
        for draft in self.block if near else self.run:
            if draft.own.provider is None and (near or draft.provider is None):
                draft.provider = heard[0].code
        self.holder, self.told, self.speaker = None, False, None
        self.unsourced, self.last, self.run, self.block, self.unnamed = [], [], [], [], -1
        return True

    def _give(self, scene: Scene, heard: list[Voice], *, counted: bool) -> bool:
        """`The minister gave these figures`: the source of the figures before, of the last only for `the figure`."""
        givers = [voice for voice in sorted(heard, key=_part) if voice.code != NOBODY and not of_occasion(scene, voice)]
        source = givers[0].code if givers else None
        if source is None or not self.last or (counted and not points(scene)):
            return False
        grammar = scene.words.grammar
        given = [*scene.places("given_nouns"), *scene.places("claims")]
        nouns = [p for p in given if p < _HEAD or scene.isa(p - 1, "standing_after") or scene.isa(p - 1, "these")]
        pointing = points(scene) and any(voice.part is Part.SAYS for voice in heard)
        if not pointing and (counted or not any(are_given(scene, place) for place in nouns)):
            return False
        several = pointing or scene.word(nouns[0]) in grammar["plural_given"]
        for draft in [*self.unsourced, *self.run] if several else self.last:
            draft.provider = source
        self.holder, self.told, self.speaker, self.spoken = source, True, source, scene.sentence.paragraph
        self.unsourced, self.last, self.run, self.unnamed = [], [], [], -1
        return True


def _author(scene: Scene, heard: list[Voice]) -> str | None:
    """`A study by the university ...`, `un informe de la Defensoría`: whose a report is."""
    for voice in heard:
        by = scene.among(voice.first - 1, ("agents", "of")) or scene.among(voice.first - 2, ("agents", "of"))
        if by and voice.code != NOBODY and scene.has("reviews", voice.first - _NEAR, voice.first):
            return voice.code
    return None


def _local(draft: Draft) -> bool:
    """Whether a figure is of a region, or of an event of a day."""
    return draft.trait("area").startswith("PE-") or (draft.period is not None and len(draft.period) == _DAY)


def _part(voice: Voice) -> Part:
    return voice.part


def _captions(scene: Scene) -> bool:
    """Whether a line of words without an end stands above a table or a list."""
    return not scene.fields and len(scene.tokens) <= _CAPTION and scene.tokens[-1].word not in _STOPS


def _unended(scene: Scene) -> bool:
    """Whether a sentence opens or closes a quotation that goes on beyond it."""
    marks = [token.word for token in scene.tokens if token.word in _QUOTES]
    return len(marks) % 2 == 1


def _heading(scene: Scene) -> bool:
    """A few words without an end: what follows is another matter."""
    ended = scene.tokens[-1].kind != WORD
    return len(scene.tokens) <= (_LABEL if ended else _HEADING)


def _of_them(scene: Scene, main: Voice) -> bool:
    """`They were victims, the police said`, `Eran víctimas, según la policía`: said of those counted before."""
    if scene.isa(0, "referring") or scene.has("referring", main.last, main.last + _NEAR):
        return True
    plural = tuple(scene.words.grammar["plural_verbs"])
    openers = (0, main.last + (scene.word(main.last) == ","))
    return bool(plural) and any(scene.isa(p, "copulas") and scene.word(p).endswith(plural) for p in openers)
