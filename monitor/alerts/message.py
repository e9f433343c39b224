"""An alert as subject, plain text, HTML and data, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from monitor.alerts import phrases
from monitor.alerts.options import MessageOptions
from monitor.alerts.safe_text import clean
from monitor.alerts.view import Entry, ItemView, items_of

__all__ = ["Message", "MessageOptions", "compose"]

Change = Mapping[str, Any]
SUBJECT_LIMIT = 200
FULL_ENTRIES = (
    12  # of one item; the others follow in a line each. With these bounds no mail is so long that it is clipped
)
ALERT_LINES = 200
DIGEST_ITEMS = 40
DIGEST_LINES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One alert. `data` is the webhook's; `thread` is the same for all alerts of an item; `at` stays in repetitions."""

    subject: str
    text: str
    html: str
    data: dict[str, Any]
    at: datetime
    language: str
    thread: str | None = None


def compose(changes: Sequence[Change], options: MessageOptions) -> Message:
    """The message of one item's changes, of a digest or baseline, or a notice to operators.

    Changes of several items are laid out as a digest whatever the kind. Raises ValueError where there is no change.
    """
    if not changes:
        raise ValueError("a message needs at least one change")
    items = items_of(changes, options)
    brief = options.kind != "alert" or len(items) > 1
    page = _page(items, options, brief=brief, count=len(changes))
    subject = _digest_subject(items, options, len(changes)) if brief else _subject(items[0], options)
    return Message(
        subject=clean(subject, SUBJECT_LIMIT),
        text=_templates().get_template("alert.txt.jinja").render(page).strip() + "\n",
        html=_templates().get_template("alert.html.jinja").render(page),
        data={"changes": [dict(change) for change in changes]},
        at=options.at,
        language=options.language,
        thread=None if brief else str(changes[0].get("url") or f"source:{changes[0]['source']}"),
    )


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("monitor.alerts"),
        autoescape=select_autoescape(enabled_extensions=("html.jinja",), default=False),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _page(items: Sequence[ItemView], options: MessageOptions, *, brief: bool, count: int) -> dict[str, Any]:
    words = options.words
    left_out = max(0, len(items) - DIGEST_ITEMS)
    return {
        "items": items[:DIGEST_ITEMS],
        "language": options.language,
        "words": words.text,
        "brief": brief,
        "full_entries": 0 if brief else FULL_ENTRIES,
        "lines": DIGEST_LINES if brief else ALERT_LINES,
        "lead": words.text[_digest_key(options) + "_lead"].format(**_counts(items, options, count)) if brief else "",
        "left_out": words.text["left_out"].format(count=left_out) if left_out else "",
        "reason": clean(options.reason or words.text["why_operators" if items[0].is_source else "why_default"]),
        "sent": words.text["sent"].format(date=phrases.moment(options.at, options.zone, words)),
        "capital": phrases.capital,
    }


def _subject(item: ItemView, options: MessageOptions) -> str:
    words, lead = options.words, item.entries[0]
    more = _more(item.entries, lead)
    subject = f"{words.labels_short[lead.change]}: {lead.summary}"
    if not more:
        return subject
    told = words.text["more_one"] if more == 1 else words.text["more"].format(count=more)
    return f"{clean(subject, SUBJECT_LIMIT - 30)} ({told})"


def _more(entries: Sequence[Entry], lead: Entry) -> int:
    """How many changes the subject leaves out; that the item is new goes without saying beside its figures."""
    return sum(entry is not lead and entry.change != "new_item" for entry in entries)


def _digest_subject(items: Sequence[ItemView], options: MessageOptions, count: int) -> str:
    words = options.words
    date = phrases.date_of(options.at, options.zone, words)
    sources = dict.fromkeys(item.source for item in items)
    return words.text[_digest_key(options) + "_subject"].format(
        date=date, source=", ".join(sources), **_counts(items, options, count)
    )


def _digest_key(options: MessageOptions) -> str:
    return "baseline" if options.kind == "baseline" else "digest"


def _counts(items: Sequence[ItemView], options: MessageOptions, count: int) -> dict[str, str]:
    return {"changes": _counted("changes", count, options), "items": _counted("items", len(items), options)}


def _counted(noun: str, count: int, options: MessageOptions) -> str:
    text = options.words.text
    return text[f"{noun}_one"] if count == 1 else text[f"{noun}_many"].format(count=phrases.number(count))
