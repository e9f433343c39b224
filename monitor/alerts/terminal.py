"""Alerts on the terminal; what pages wrote can neither colour it nor move its cursor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console, Group
from rich.style import Style
from rich.text import Text

from monitor.alerts.delivery import Outcome
from monitor.alerts.options import MessageOptions
from monitor.alerts.phrases import capital
from monitor.alerts.quotation import Quotation
from monitor.alerts.view import Entry, ItemView, items_of

INDENT = "  "
STYLES = {
    "new_item": "bold cyan",
    "edited_item": "bold blue",
    "removed_item": "bold red",
    "new_statistic": "bold green",
    "repeated_statistic": "dim",
    "revised_statistic": "bold yellow",
    "older_statistic": "dim",
    "conflicting_statistic": "bold magenta",
    "withdrawn_statistic": "bold red",
    "source_failing": "bold red",
    "source_silent": "bold yellow",
    "source_recovered": "bold green",
}


def render(changes: Sequence[Mapping[str, Any]], options: MessageOptions) -> Group:
    """What to print of changes, of one item or several; made of plain text, so nothing in it is read as markup."""
    lines = [line for item in items_of(changes, options) for line in _item_lines(item, options)]
    return Group(*lines)


async def show(console: Console, changes: Sequence[Mapping[str, Any]], options: MessageOptions) -> Outcome:
    """Prints the changes as a channel does; a closed stream is tried again."""
    try:
        console.print(render(changes, options), soft_wrap=True)
    except (OSError, ValueError) as error:
        return Outcome("retry", f"the terminal: {error}")
    return Outcome("delivered")


def _item_lines(item: ItemView, options: MessageOptions) -> list[Text]:
    title = Text(item.title, style=Style(bold=True, link=item.link))
    if item.published_by:
        title.append(f"  {item.published_by}", style="dim")
    lines = [title]
    for entry in item.entries:
        lines += _entry_lines(entry, options)
    if item.link:
        lines.append(Text(INDENT + item.link, style=Style(dim=True, link=item.link)))
    return lines


def _entry_lines(entry: Entry, options: MessageOptions) -> list[Text]:
    head = Text(INDENT).append(entry.label, style=STYLES[entry.change])
    if entry.headline:
        head.append(f"  {capital(entry.summary)}")
    lines = [head]
    if entry.difference:
        lines.append(_line(f"{options.words.text['difference']}: {entry.difference}"))
    lines += [_line(sentence) for sentence in entry.told]
    lines += [_line(f"+ {sentence}", "green") for sentence in entry.added]
    lines += [_line(f"- {sentence}", "red") for sentence in entry.removed]
    if entry.quote:
        lines.append(_quote_line(entry.quote))
    if not entry.headline:
        lines += [_line(f"{name}: {fact}") for name, fact in entry.facts]
    return lines


def _line(text: str, style: str = "dim") -> Text:
    return Text(INDENT * 2 + text, style=style)


def _quote_line(quote: Quotation) -> Text:
    return Text(INDENT * 2).append(quote.before).append(quote.number, style="bold reverse").append(quote.after)
