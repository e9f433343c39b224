"""What happened to a figure, in sentences: from the class of the change, the figure before and the detail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from monitor.alerts import phrases
from monitor.alerts.options import MessageOptions
from monitor.alerts.safe_text import clean

Change = Mapping[str, Any]
Figure = Mapping[str, Any]
OTHERS_SHOWN = 10
LONGEST_SUM = 120
OTHERS_KEYS = ("others", "known_conflict", "also")


def told(change: Change, figure: Figure, options: MessageOptions) -> tuple[str, ...]:
    """The sentences on one figure; what the words do not know of the detail is left out."""
    words, detail = options.words, _detail(change)
    old = change.get("previous") if change.get("statistic") else None
    key = _key(change, old)
    sentences = [words.told[key].format(**_gaps(old, figure, options))] if key else []
    noted = ((note, detail[name]) for name, note in words.notes.items() if detail.get(name))
    sentences += [note.format(**_gaps(said, figure, options)) for note, said in noted]
    return (*sentences, *_failed(detail, options))


def _failed(detail: Mapping[str, Any], options: MessageOptions) -> Iterator[str]:
    """The sums of its text that a figure does not fit."""
    for check in detail.get("checks") or ():
        words = options.words.checks.get(str(check.get("check"))) if isinstance(check, Mapping) else None
        if words:
            yield words.format(says=clean(check.get("says"), LONGEST_SUM))


def others(change: Change, figure: Figure, options: MessageOptions) -> tuple[str, ...]:
    """The other values of the series that the detail holds, each with who gave it and when."""
    found = [_with_unit(other, figure) for other in _others(_detail(change))][:OTHERS_SHOWN]
    return tuple(f"{phrases.value(other, options.words)}: {who(other, options)}" for other in found)


def who(figure: Figure, options: MessageOptions) -> str:
    """Who gave a figure and when: `PNP (en Andina), 8 de marzo de 2023`."""
    words = options.words
    voice = figure.get("voice")
    named = figure if voice not in words.providers else {**figure, "provider": voice}
    provider = phrases.provider(named, words, brief=True)
    source = options.source(figure.get("source"))
    if provider and source and provider != source:
        name = words.text["who_via"].format(provider=provider, source=source)
    else:
        name = provider or source or words.text["nobody"]
    return dated(name, figure.get("published") or figure.get("date"), options)


def dated(name: str, published: object, options: MessageOptions) -> str:
    return options.words.text["who_date"].format(who=name, date=phrases.day(published, options.words))


def _key(change: Change, old: Figure | None) -> str:
    kind, detail = change["change"], _detail(change)
    if kind == "new_statistic":
        known = any(detail.get(name) for name in ("undated", "returned", "known_conflict"))
        return "new_statistic_related" if old else "" if known else kind
    if kind == "repeated_statistic" and detail.get("exact"):
        return "repeated_statistic_exact"
    return str(kind)


def _gaps(said: object, figure: Figure, options: MessageOptions) -> dict[str, str]:
    """What a sentence may ask for of the figure that it speaks of."""
    if not isinstance(said, Mapping):
        return {"old": "", "period": "", "who": "", "count": str(len(said)) if isinstance(said, list) else ""}
    return {
        "old": phrases.value(_with_unit(said, figure), options.words),
        "period": phrases.period(said.get("period"), options.words),
        "who": who(said, options),
        "count": "1",
    }


def _with_unit(said: Figure, figure: Figure) -> Figure:
    return {"unit": figure.get("unit"), **said}


def _others(detail: Mapping[str, Any]) -> Iterator[Figure]:
    for key in OTHERS_KEYS:
        listed = detail.get(key)
        for other in listed if isinstance(listed, list) else []:
            said = other.get("statistic", other) if isinstance(other, Mapping) else None
            if isinstance(said, Mapping):
                yield said


def _detail(change: Change) -> Mapping[str, Any]:
    detail: Mapping[str, Any] = change.get("detail") or {}
    return detail
