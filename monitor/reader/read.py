"""Reads the statistics of a text: the one public way in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from monitor.reader.binding.binder import Binder
from monitor.reader.binding.context import Context
from monitor.reader.drafts import Draft
from monitor.reader.sentence.amounts import Amount
from monitor.reader.sentence.lexicon import lexicon
from monitor.reader.sentence.scene import Scene, heading_of, scenes_of
from monitor.reader.sentence.tokens import sentences
from monitor.reader.statistic import Statistic
from monitor.reader.what.forms import forms
from monitor.reader.when.frames import Frames
from monitor.reader.when.title import title_year
from monitor.reader.where.places import places


def read_statistics(text: str, language: str, published: dt.date | None, title: str = "") -> list[Statistic]:
    """The statistics of a text in order of place; spans count code points of `text` as given.

    `language` is one of `languages()` of `sentence.lexicon`, else UnknownLanguageError. Relative periods are read
    against `published`.
    """
    found: list[Statistic] = []
    for reading in read_scenes(text, language, published, title):
        for draft, field in zip(reading.drafts, reading.scene.fields, strict=True):
            if draft.dropped is None:
                found.append(_statistic(text, reading.scene, draft, draft.amount))
                if field.twin is not None:
                    found.append(_statistic(text, reading.scene, draft, field.twin))
    return sorted(found, key=lambda statistic: statistic.start)


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence with a draft for each of its amounts."""

    scene: Scene
    drafts: list[Draft]


def read_scenes(text: str, language: str, published: dt.date | None, title: str = "") -> list[Reading]:
    """All sentences of a text, bound one after the other. Raises UnknownLanguageError."""
    words = lexicon(language)
    scenes = scenes_of(sentences(text, words.abbreviations), words)
    heading = heading_of(sentences(title, words.abbreviations), words)
    where = places(scenes, heading)
    context = Context(Frames(published, title_year(heading), story=where.story), where)
    context.forms = forms(scenes, heading, story=where.story)
    if heading.tokens:
        context.floor.open(heading)
    readings = []
    for each in scenes:
        context.enter(each)
        drafts = Binder(each, context).bind() if each.fields else []
        context.remember(each, drafts)
        readings.append(Reading(each, drafts))
    return readings


def _statistic(text: str, each: Scene, draft: Draft, amount: Amount) -> Statistic:
    tokens = each.tokens
    return Statistic(
        start=tokens[amount.first].start,
        end=tokens[amount.last - 1].end,
        quote=text[each.sentence.start : each.sentence.end],
        value=int(amount.value) if amount.value == int(amount.value) else amount.value,
        rule=draft.rule,
        unit=amount.unit,
        qualifier=amount.qualifier,
        indicator=draft.indicator or "other",
        period=draft.period,
        area=draft.trait("area"),
        sex=draft.trait("sex"),
        age=draft.trait("age"),
        form=draft.trait("form"),
        citizenship=draft.trait("citizenship"),
        provider=draft.provider,
        measure=draft.measure,
        register=draft.register,
        interval=amount.interval,
    )
