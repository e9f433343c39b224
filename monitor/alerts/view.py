"""What an alert shows of each change, in the reader's words: values that the templates only lay out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from monitor.alerts import phrases
from monitor.alerts.account import dated, others, told
from monitor.alerts.options import MessageOptions
from monitor.alerts.quotation import Quotation, quotation_of
from monitor.alerts.safe_text import clean, safe_link
from monitor.alerts.wording import Words

Change = Mapping[str, Any]
Fact = tuple[str, str]

# The one that names an alert comes first.
IMPORTANCE = (
    "source_failing",
    "source_silent",
    "source_recovered",
    "revised_statistic",
    "conflicting_statistic",
    "withdrawn_statistic",
    "new_statistic",
    "removed_item",
    "edited_item",
    "new_item",
    "repeated_statistic",
    "older_statistic",
)
COLOURS = {  # text and ground of the label
    "new_item": ("#0b4a6f", "#dbeefa"),
    "edited_item": ("#344054", "#e4e7ec"),
    "removed_item": ("#7a271a", "#fee4e2"),
    "new_statistic": ("#054f31", "#d1fadf"),
    "repeated_statistic": ("#475467", "#eaecf0"),
    "revised_statistic": ("#7a2e0e", "#feefc6"),
    "older_statistic": ("#475467", "#eaecf0"),
    "conflicting_statistic": ("#851651", "#fce7f6"),
    "withdrawn_statistic": ("#7a271a", "#fee4e2"),
    "source_failing": ("#7a271a", "#fee4e2"),
    "source_silent": ("#7a2e0e", "#feefc6"),
    "source_recovered": ("#054f31", "#d1fadf"),
}
COMPARED = frozenset({"revised_statistic", "conflicting_statistic", "older_statistic"})
SENTENCES_SHOWN = 5
SENTENCE_LIMIT = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One change. `headline` says what is counted; of a withdrawn figure `gone` is true and `value` what it was."""

    change: str
    label: str
    told: tuple[str, ...]
    headline: str = ""
    summary: str = ""
    value: str = ""
    was: str | None = None
    difference: str | None = None
    gone: bool = False
    facts: tuple[Fact, ...] = ()
    quote_label: str = ""
    quote: Quotation | None = None
    other_quote_label: str = ""
    other_quote: Quotation | None = None
    previous_link: str | None = None
    others: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def colours(self) -> tuple[str, str]:
        return COLOURS[self.change]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """One item, or one source in a notice to operators, with what changed."""

    source: str
    title: str
    link: str | None
    published_by: str
    entries: tuple[Entry, ...]
    is_source: bool = False


def items_of(changes: Sequence[Change], options: MessageOptions) -> tuple[ItemView, ...]:
    """The changes by item in the order given, those of one item by importance."""
    groups: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        groups.setdefault((str(change["source"]), str(change.get("url") or "")), []).append(change)
    return tuple(_item(sorted(group, key=_rank), options) for group in groups.values())


def _rank(change: Change) -> int:
    return IMPORTANCE.index(change["change"])


def _item(changes: Sequence[Change], options: MessageOptions) -> ItemView:
    first = changes[0]
    entries = tuple(_entry(change, options) for change in changes)
    name = options.source(first["source"])
    if first["change"].startswith("source_"):
        return ItemView(source=name, title=name, link=None, published_by="", entries=entries, is_source=True)
    return ItemView(
        source=name,
        title=clean(first.get("title"), 300) or options.words.text["untitled"],
        link=safe_link(first.get("url")),
        published_by=dated(name, first.get("published"), options),
        entries=entries,
    )


def _entry(change: Change, options: MessageOptions) -> Entry:
    if change["change"].startswith("source_"):
        return _source_entry(change, options)
    figure = change.get("statistic") or change.get("previous")
    return _item_entry(change, options) if figure is None else _figure_entry(change, figure, options)


def _figure_entry(change: Change, figure: Mapping[str, Any], options: MessageOptions) -> Entry:
    words, kind = options.words, change["change"]
    old = change.get("previous") if change.get("statistic") else None
    compared = old if kind in COMPARED else None
    was = _was(kind, compared, words) if compared else None
    return Entry(
        change=kind,
        label=words.labels[kind],
        told=told(change, figure, options),
        headline=_headline(figure, options),
        summary=_summary(figure, was, change["source"], options),
        value=phrases.value(figure, words),
        was=was,
        difference=phrases.difference(figure, compared, words) if compared else None,
        gone=kind == "withdrawn_statistic",
        facts=_facts(figure, options),
        quote_label=words.text["old_quote" if kind == "withdrawn_statistic" else "quote"],
        quote=quotation_of(figure),
        other_quote_label=words.text["old_quote" if kind == "revised_statistic" else "other_quote"],
        other_quote=quotation_of(compared) if compared else None,
        previous_link=_previous_link(change, old),
        others=others(change, figure, options),
    )


def _was(kind: str, old: Mapping[str, Any], words: Words) -> str:
    return words.text["before" if kind == "revised_statistic" else "held"].format(old=phrases.value(old, words))


def _facts(figure: Mapping[str, Any], options: MessageOptions) -> tuple[Fact, ...]:
    words = options.words
    facts = (
        ("period", phrases.period(figure.get("period"), words)),
        ("place", phrases.area(figure, words)),
        ("group", phrases.group(figure, words)),
        ("counted", phrases.provider(figure, words) or words.text["nobody"]),
        ("measure", phrases.measure(figure, words)),
        ("register", clean(figure.get("register"), 100)),
    )
    known = [(words.text[key], fact) for key, fact in facts if fact]
    return (*known, *_range_fact(figure, options))


def _range_fact(figure: Mapping[str, Any], options: MessageOptions) -> tuple[Fact, ...]:
    ends = figure.get("interval")
    if not isinstance(ends, Sequence) or isinstance(ends, str) or len(ends) != 2:
        return ()
    words = options.words
    low, high = (phrases.value({**figure, "value": end, "qualifier": "="}, words) for end in ends)
    return ((words.text["value"], words.text["range"].format(low=low, high=high)),)


def _headline(figure: Mapping[str, Any], options: MessageOptions) -> str:
    group = phrases.group(figure, options.words)
    counted = phrases.indicator(figure, options.words)
    return f"{counted}, {group}" if group else counted


def _summary(figure: Mapping[str, Any], was: str | None, source: object, options: MessageOptions) -> str:
    """One figure in a line: what, when, where, how much, who. Also the subject of a mail."""
    words = options.words
    where = phrases.area(figure, words, brief=True)
    what = f"{clean(_headline(figure, options), 90)}, {phrases.period(figure.get('period'), words)}, {where}"
    amount = phrases.value(figure, words) + (f" ({was})" if was else "")
    return f"{what}: {amount} | {phrases.provider(figure, words, brief=True) or options.source(source)}"


def _previous_link(change: Change, old: Mapping[str, Any] | None) -> str | None:
    link = safe_link(old.get("url")) if old else None
    return None if link == safe_link(change.get("url")) else link


def _item_entry(change: Change, options: MessageOptions) -> Entry:
    words, kind, detail = options.words, change["change"], change.get("detail") or {}
    sentence = words.told[kind]
    if change.get("copy_of"):
        url = safe_link(change["copy_of"]) or words.text["no_link"]
        sentence = words.told["twin" if detail.get("twin") else "copy"].format(url=url)
    title = clean(change.get("title"), 110) or words.text["untitled"]
    return Entry(
        change=kind,
        label=words.labels[kind],
        told=(sentence,),
        summary=f"{title} | {options.source(change['source'])}",
        added=_sentences(detail.get("added")),
        removed=_sentences(detail.get("removed")),
    )


def _sentences(listed: object) -> tuple[str, ...]:
    if not isinstance(listed, list | tuple):
        return ()
    return tuple(clean(sentence, SENTENCE_LIMIT) for sentence in listed[:SENTENCES_SHOWN] if isinstance(sentence, str))


def _source_entry(change: Change, options: MessageOptions) -> Entry:
    """A notice to operators: since when, what went wrong and what is not known for it."""
    words, kind, detail = options.words, change["change"], change.get("detail") or {}
    name = options.source(change["source"])
    since = phrases.moment_of(detail.get("since") or change.get("at"), options.zone, words) or words.dates["unknown"]
    last_good = phrases.moment_of(detail.get("last_good"), options.zone, words)
    unknown = words.told[f"{kind}_unknown"].format(source=name, last_good=last_good or since)
    facts = (
        ("verdict", phrases.verdict(detail.get("verdict"), words)),
        ("error", clean(detail.get("error"), 300)),
        ("last_good", last_good or (words.text["never"] if "last_good" in detail else "")),
        ("unknown_now", unknown),
    )
    return Entry(
        change=kind,
        label=words.labels[kind],
        told=(words.told[kind].format(source=name, since=since),),
        summary=f"{name} | {phrases.day(change.get('at'), words)}",
        facts=tuple((words.text[key], fact) for key, fact in facts if fact),
    )
