"""The form of exploitation of each number of a sentence, where its own field does not say."""

from __future__ import annotations

from monitor.reader.binding.context import Context
from monitor.reader.drafts import Draft
from monitor.reader.sentence.scene import Field, Scene
from monitor.reader.what import forms
from monitor.reader.what.forms import EXPLOITED
from monitor.reader.when.intervals import before, within
from monitor.reader.where.country import declared


class Former:
    """Finds the forms of the drafts of one sentence."""

    def __init__(self, scene: Scene, context: Context, drafts: list[Draft]) -> None:
        self.drafts = drafts
        self.scene = scene
        self.context = context

    def fresh(self, draft: Draft, field: Field) -> None:
        """The form that the head of the sentence names, else the last figure of the same thing, else the text."""
        self.derived(draft)
        if "form" in draft.traits:
            return
        found = self._led(draft, field) or self._pointed(draft) or self._related(draft, field) or self._carried(draft)
        elsewhere = draft.own.traits.get("area", self.context.places.event) != self.context.places.event
        event = None if elsewhere and self.context.places.event else self.context.forms.of(draft, self.scene)
        found = found or event or self._housed(draft)
        if found is not None:
            draft.traits["form"] = found

    def parted(self, draft: Draft, host: Draft) -> None:
        """`There were 24 cases. 19 of them were of forced labour`: a form said of a part is not that of the whole."""
        own, unit = draft.own, draft.amount.unit
        part = unit == "percent" or (unit == host.amount.unit == "count" and draft.amount.value < host.amount.value)
        plain = "form" not in host.own.traits and host.amount.unit == "count" and host.indicator in EXPLOITED
        if "form" in own.traits and not own.venue and part and plain and not own.timed and "area" not in own.traits:
            host.traits.pop("form", None)

    def derived(self, draft: Draft) -> None:
        """A brothel tells nothing of those arrested in it, nor of the raid, nor where places are told apart."""
        own = draft.own
        where = draft.amount.unit == "percent" and own.head is None and own.act is None and not own.person
        if own.venue and (draft.indicator not in EXPLOITED or where):  # `brothels (7%)`: a share by places
            draft.traits.pop("form", None)

    def _led(self, draft: Draft, field: Field) -> str | None:
        mention = forms.form(self.scene, field, 0, self.scene.lead)
        if mention is None or ("venue" in mention.facts and draft.indicator not in EXPLOITED):
            return None
        return forms.code(self.scene, mention)

    def _pointed(self, draft: Draft) -> str | None:
        """`Sexual exploitation is on the rise. There were 1,400 victims of this crime`."""
        told = self.scene.named("pointing")
        if not told or draft.indicator not in EXPLOITED:
            return None
        return self.context.form if any("topic" in mention.facts for mention in told) else self.context.purpose

    def _related(self, draft: Draft, field: Field) -> str | None:
        """`30 cases of forced labour, in which there were 55 victims`; `the victims of forced labour. 57 of them`."""
        if draft.indicator not in EXPLOITED:
            return None
        scene, first = self.scene, draft.amount.first
        before = next((each for each in self.drafts[-2::-1] if each.indicator in EXPLOITED), None)
        if before is None:
            return self.context.harmed if draft.own.inner or draft.own.linked else None
        gap = range(max(before.amount.last, field.first), max(first, field.last))
        which = any(scene.isa(p, "relatives") and scene.among(p - 1, ("definite", "locatives", "of")) for p in gap)
        them = any(scene.isa(p, "pronouns") and scene.among(p - 1, ("locatives", "of")) for p in gap)
        apart = before.dropped is not None or scene.has(";", before.amount.last, first)
        return before.traits.get("form") if (which or them) and not apart else None

    def _housed(self, draft: Draft) -> str | None:
        """`raids on brothels that freed 34 women`: the form that a place stands for, for those found in it."""
        found = [m for m in forms.named(self.scene, 0, len(self.scene.tokens)) if "venue" in m.facts]
        if any(other.own.venue and other.indicator in forms.PEOPLE for other in self.drafts[:-1]):
            return None  # `34 from brothels, and 20 men in logging camps`: the place of another number
        return str(found[0].facts["form"]) if found and draft.indicator in forms.PEOPLE else None

    def _those_of(self, draft: Draft, whole: Draft) -> bool:
        """`They attended 74 cases of sexual exploitation. Of those attended, 40 were minors`."""
        opened = self.scene.isa(0, "of") and self.scene.isa(1, "definite") and len(self.drafts) == 1
        of_them = (draft.own.linked or opened) and self.context.silent == 0 and whole is self.context.recent[-1]
        return of_them and {draft.indicator, whole.indicator} <= EXPLOITED

    def _harmed_in(self, draft: Draft, whole: Draft) -> bool:
        """`They found 78 cases of forced labour. Most of those affected, 45, ...`: the people in the cases."""
        named = [m for m in self.scene.within(0, draft.amount.first, "person") if m.facts["group"] == "heads"]
        definite = bool(named) and self.scene.isa(named[-1].first - 1, "definite")
        filed = whole.indicator in {"cases", "complaints"} and draft.indicator == "victims"
        return filed and definite and self.context.silent == 0

    def _carried(self, draft: Draft) -> str | None:
        """The form of the same thing in the sentence before, unless that breaks it down by form."""
        context = self.context
        if forms.another_raid([self.scene]):
            return None
        apart = declared(self.scene) or context.figured != self.scene.sentence.paragraph
        if apart and not (draft.own.linked or draft.own.these):
            return None
        kin = next((each for each in context.told[::-1] if each.indicator == draft.indicator), None)
        for whole in (context.whole, context.people, kin):
            if whole is None or not context.near or not _at_its_time(draft, whole) or _of_others(draft, whole):
                continue
            if whole.indicator == draft.indicator or self._those_of(draft, whole) or self._harmed_in(draft, whole):
                told = {other.traits.get("form") for other in context.recent if other.indicator == draft.indicator}
                same = (draft.own.timed or draft.period == whole.period) and len(told) <= 1
                return whole.traits.get("form") if same else None
        return None


def _of_others(draft: Draft, whole: Draft) -> bool:
    """`The ministry assisted 36 victims of ... . In Ica, prosecutors referred 64`: what another office has counted."""
    own = draft.own
    another = own.fresh and own.provider not in {None, whole.provider}
    return another and (own.noun or whole.provider is not None)


def _at_its_time(draft: Draft, whole: Draft) -> bool:
    """`1,214 from 2015 to 2020. ... In 2019 there were 311`: one of the years that the whole covers."""
    if not draft.own.timed:
        return True
    if draft.period is None or whole.period is None:
        return False
    again = draft.indicator == whole.indicator == "cases" and before(draft.period, whole.period)
    return again or within(draft.period, whole.period)
