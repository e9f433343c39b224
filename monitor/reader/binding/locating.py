"""The place of each number of a sentence, where its own field does not say."""

from __future__ import annotations

from monitor.reader.binding.bare import part_of_next
from monitor.reader.drafts import STOCKS, Draft
from monitor.reader.sentence.scene import Field, Scene
from monitor.reader.where import areas, enumerations
from monitor.reader.where.country import loosely
from monitor.reader.where.places import Places

_APART = frozenset({",", ";", ":", "(", ")"})
_TWO = 2  # numbers, one and the one before
_FRONT = 3  # tokens at the front of a sentence, of all of which a place there tells


class Locator:
    """Finds the places of the drafts of one sentence; `drafts` grows while they are bound."""

    def __init__(self, scene: Scene, places: Places, drafts: list[Draft], recent: list[Draft]) -> None:
        self.scene = scene
        self.recent = recent
        self.places = places
        self.drafts = drafts

    def fresh(self, draft: Draft, field: Field) -> None:
        """The place that the head of the sentence names, else the number before, else the text around."""
        if draft.own.bound and (framed := self._framed(draft, field)) is not None:
            draft.traits["area"] = framed
        if self._added_there(draft):
            self._put(draft, self._framed(draft, field))
            draft.framed = True
            return
        if "area" in draft.own.traits:
            return
        area = None if self._beyond() else self._there_too(field) or self._led(field) or self._shared(draft)
        if area is None:
            area, draft.framed = self._framed(draft, field), True
        if area is not None:
            draft.traits["area"] = area

    def _there_too(self, field: Field) -> str | None:
        """`raided nine bars in Mazuko, where they arrested six`: the place that the number before ends with."""
        place = field.first + (self.scene.word(field.first) == ",")
        if len(self.drafts) < _TWO or not self.scene.isa(place, "where"):
            return None
        return self.drafts[-2].own.traits.get("area")

    def derived(self, draft: Draft, host: Draft, field: Field) -> None:
        """The place of a part is that of its whole, unless the sentence has gone elsewhere since."""
        own, span = draft.own, (field.first, field.last)
        if own.bound and "area" in host.traits:
            draft.traits["area"] = host.traits["area"]
        if "area" in own.traits:
            draft.framed = False
            return
        longer = own.timed and draft.amount.unit == "count" and draft.amount.value > host.amount.value
        if longer and host.period != own.period and not any(host is other for other in self.drafts):
            self._put(draft, self._framed(draft, field))  # `nine were freed there. With these, they are 720 in 2019`
        elif own.total and (own.timed or draft.amount.value >= host.amount.value):
            draft.traits.pop("area", None)
        elif host.own.origin and ("citizenship" in own.traits or _another_share(draft, host)):
            self._put(draft, host.host.traits.get("area") if host.host else self._framed(draft, field))
        elif draft.amount.unit != "count" and self.scene.has("national_words", field.first, draft.amount.first):
            draft.traits.pop("area", None)  # `58.4, twenty times the national one (2.3)`
        elif self._broken_down(host) or (draft.amount.unit == "count" and loosely(self.scene, *span)):
            self._put(draft, self._framed(draft, field))
        elif not any(host is other for other in self.drafts) and (led := self._led(field)) is not None:
            draft.traits["area"], draft.framed = led, False

    def point(self, draft: Draft, field: Field) -> None:
        """`there`, `in those regions`: what was named last."""
        there = self.places.ordinal(self.scene, field)
        if draft.own.there and not self._them(field):
            there = there or self.places.there(self.scene, field)
        if draft.own.together and not self._of_parts():
            here = enumerations.codes(self.scene.within(0, draft.amount.first, "area"))
            there = there or here or self.places.together()
        there = there or self._all_named()
        if there is not None and "area" not in draft.own.traits:
            draft.traits["area"] = there

    def _of_parts(self) -> bool:
        """`Seven shelters, two of them in Ica and Puno. Together they ...`: all of those, wherever a few are."""
        placed = [other for other in self.recent if "area" in other.own.traits]
        whole = placed[0].host if placed else None
        apart = whole is not None and "area" not in whole.own.traits and all(other.host is whole for other in placed)
        return apart and len(self.drafts) == 1

    def _all_named(self) -> str | None:
        """`Los cuatro distritos suman 45 %`: regions that open a sentence, as many as the last named."""
        before = self.drafts[-2] if len(self.drafts) == _TWO else None
        if before is None or not before.own.definite or before.amount.first > 1:
            return None
        regions = self.scene.isa(before.amount.last, "region_nouns")
        return self.places.all_named(before.amount.value) if regions else None

    def _them(self, field: Field) -> bool:
        """`six homes, and in them lived 90`: what the sentence has counted, and no places."""
        links = [m for m in self.scene.within(field.first, field.last, "link") if m.facts["link"] == "there"]
        pronoun = bool(links) and self.scene.isa(links[0].last - 1, "pronouns")
        return pronoun and any(other.dropped is None for other in self.drafts[:-1])

    def ranked(self, field: Field) -> bool:
        """`In the first 118`."""
        return self.places.ordinal(self.scene, field) is not None

    def _added_there(self, draft: Draft) -> bool:
        """`opened an office in Tumbes, for a total of 13`: where the last of all that there are has come to be."""
        if not draft.own.total or draft.indicator not in STOCKS:
            return False
        named = self.scene.within(0, draft.amount.first, "area")
        return bool(named) and named[0].first > _FRONT and self.scene.has(",", named[-1].last, draft.amount.first)

    def _broken_down(self, host: Draft) -> bool:
        """Whether the whole is only one of the places that the sentence before compares."""
        if not any(host is other for other in self.recent) or "area" not in host.own.traits:
            return False
        rivals = [other.own.traits.get("area") for other in self.recent if other.indicator == host.indicator]
        return len(set(rivals) - {None}) > 1

    def _put(self, draft: Draft, area: str | None) -> None:
        draft.traits.pop("area", None)
        if area is not None:
            draft.traits["area"] = area

    def _led(self, field: Field) -> str | None:
        lead = self.scene.lead
        if len(self.drafts) > 1 and self.drafts[0].own.origin and "citizenship" in self.drafts[-1].own.traits:
            return None  # `They come from Cusco (23), and 14 Venezuelans were identified, too`
        away = areas.inside_clause(self.scene, lead, field.amount.first)
        return None if away else areas.area(self.scene, field, 0, lead)

    def _beyond(self) -> bool:
        """`Piura had 31 of the 290 cases`: what the subject has a part of, it does not have."""
        place = len(self.drafts) - 1
        named = self.scene.within(0, self.scene.lead, "area")
        led = bool(named) and not any(self.scene.isa(m.first - 1, "locatives") for m in named)
        return place > 0 and led and part_of_next(self.scene, place - 1)

    def _shared(self, draft: Draft) -> str | None:
        """The place of the number before, where the sentence names it for another thing: `in Ica 12 ... and 4 ...`."""
        before = self.drafts[-2] if len(self.drafts) > 1 else None
        if before is not None and len(self.drafts) > _TWO and self._aside(before):
            before = self.drafts[-_TWO - 1]  # `364 raids, a third of them in Lima (121), with 1,229 victims`
        if before is None or before.indicator == draft.indicator:
            homes = self.drafts[-_TWO - 1] if len(self.drafts) > _TWO else None
            housed = before is not None and homes is not None and homes.indicator == "shelters"
            plain = before is not None and "area" not in before.own.traits
            return before.traits.get("area") if before is not None and housed and plain else None
        if areas.inside_clause(self.scene, self.scene.lead, draft.amount.first):
            return None
        posted = before.indicator in {"staff", "offices"} and not self._acts(before, draft)
        stock = draft.indicator in STOCKS or posted  # those are where they are
        if stock and (before.indicator, draft.indicator) != ("shelters", "shelter_places"):
            return None
        told = [other for other in self.drafts[:-1] if "area" in other.own.traits or other.own.there]
        named = {other.traits.get("area") for other in told}
        return before.traits.get("area") if before.traits.get("area") in named else None

    def _aside(self, before: Draft) -> bool:
        """Whether a part stands in brackets that are closed before a comma."""
        place = before.amount.last
        return self.scene.word(place) == ")" and self.scene.word(place + 1) == ","

    def _acts(self, before: Draft, draft: Draft) -> bool:
        """`The two offices of Cusco opened 913 cases`: the subject of what was done, with nothing between."""
        gap = range(before.amount.last, draft.amount.first)
        return not any(self.scene.word(p) in _APART or self.scene.joins(p) for p in gap)

    def _framed(self, draft: Draft, field: Field) -> str | None:
        spans = ((field.first, field.last), (0, self.scene.lead))
        country = any(loosely(self.scene, *span) for span in spans)
        return self.places.of(draft, self.scene, country=country)


def _another_share(draft: Draft, host: Draft) -> bool:
    """`60% came from Cusco and 15% were minors`: a second share of the same, wherever the first come from."""
    return draft.amount.unit == host.amount.unit == "percent" and not draft.own.linked
