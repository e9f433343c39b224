"""Shows how a text was read: tokens, what was recognised, which rule tied what, and why numbers were left out."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from monitor.reader.drafts import Draft
from monitor.reader.read import Reading, read_scenes
from monitor.reader.sentence.scene import Scene


def explain(text: str, language: str, published: dt.date | None, title: str = "") -> list[dict[str, Any]]:
    """For each sentence: its span, tokens, mentions, refused numbers and amounts, all as plain values.

    Spans are `[start, end]` in code points of `text`. Raises UnknownLanguageError.
    """
    return [_sentence(text, reading) for reading in read_scenes(text, language, published, title)]


def _sentence(text: str, reading: Reading) -> dict[str, Any]:
    each = reading.scene
    return {
        "span": [each.sentence.start, each.sentence.end],
        "text": text[each.sentence.start : each.sentence.end],
        "tokens": [{"span": [token.start, token.end], "word": token.word, "kind": token.kind} for token in each.tokens],
        "mentions": [
            {
                "span": _span(each, mention.first, mention.last),
                "concept": mention.concept,
                "group": mention.facts["group"],
            }
            for mention in each.mentions
        ],
        "refused": [
            {"span": _span(each, refusal.first, refusal.last), "why": refusal.reason} for refusal in each.refused
        ],
        "amounts": [
            _amount(each, draft, (field.first, field.last))
            for draft, field in zip(reading.drafts, each.fields, strict=True)
        ],
    }


def _span(each: Scene, first: int, last: int) -> list[int]:
    return [each.tokens[first].start, each.tokens[last - 1].end]


def _amount(each: Scene, draft: Draft, field: tuple[int, int]) -> dict[str, Any]:
    host = draft.host.amount if draft.host is not None else None
    return {
        "span": _span(each, draft.amount.first, draft.amount.last),
        "field": _span(each, *field),
        "value": draft.amount.value,
        "unit": draft.amount.unit,
        "qualifier": draft.amount.qualifier,
        "rule": draft.rule,
        "left_out": draft.dropped,
        "part_of": None if host is None else host.value,
        "own": {name: value for name, value in dataclasses.asdict(draft.own).items() if value},
        "slots": {"indicator": draft.indicator, "period": draft.period, "provider": draft.provider, **draft.traits},
    }
