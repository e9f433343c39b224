"""`explain`: how a sentence is read, in colour."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from monitor.alerts.safe_text import harmless
from monitor.logs import write_lines
from monitor.reader.explain import explain as explain_text
from monitor.reader.language import detect_language, languages

STYLES = {
    "heads": "cyan",
    "acts": "cyan",
    "periods": "magenta",
    "places": "green",
    "providers": "yellow",
    "registers": "yellow",
}
OTHERS = "blue"  # people, forms, links...


@click.command()
@click.argument("text")
@click.option("--lang", type=click.Choice(languages()), help="The language [detected].")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="Against which `last year` is read.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, one sentence a line.")
def explain(text: str, lang: str | None, published: datetime | None, *, as_json: bool) -> None:
    """Show how TEXT is read: what was recognised, which rule tied what to what, why a number was left out."""
    day = published.date() if published else None
    sentences = explain_text(text, lang or detect_language(text), day)
    if as_json:
        write_lines(sentences)
        return
    console = Console()
    for sentence in sentences:
        _show(console, text, sentence)


def _show(console: Console, text: str, sentence: dict[str, Any]) -> None:
    start = sentence["span"][0]
    shown = Text(harmless(sentence["text"]))
    for mention in sentence["mentions"]:
        shown.stylize(STYLES.get(mention["group"], OTHERS), mention["span"][0] - start, mention["span"][1] - start)
    for amount in sentence["amounts"]:
        style = "bold strike" if amount["left_out"] else "bold reverse"
        shown.stylize(style, amount["span"][0] - start, amount["span"][1] - start)
    console.print(shown)
    for mention in sentence["mentions"]:
        _line(console, _cut(text, mention["span"]), f"{mention['group']}: {mention['concept']}", "dim")
    for refused in sentence["refused"]:
        _line(console, _cut(text, refused["span"]), f"no statistic: {refused['why']}", "red")
    for amount in sentence["amounts"]:
        _show_amount(console, text, amount)
    console.print()


def _show_amount(console: Console, text: str, amount: dict[str, Any]) -> None:
    number = _cut(text, amount["span"])
    if amount["left_out"]:
        _line(console, number, f"left out: {amount['left_out']}", "red")
        return
    slots = {"unit": amount["unit"], "qualifier": amount["qualifier"], **amount["slots"]}
    said = ", ".join(f"{name} {value}" for name, value in slots.items() if value not in {None, "_T", "="})
    part = f", part of {amount['part_of']:g}" if amount["part_of"] is not None else ""
    _line(console, number, f"{amount['value']:g}: {said}{part} (rule {amount['rule']})", "bold")


def _line(console: Console, what: str, said: str, style: str) -> None:
    console.print(Text.assemble("    ", (harmless(what), style), "  ", harmless(said)), soft_wrap=True)


def _cut(text: str, span: list[int]) -> str:
    return " ".join(text[span[0] : span[1]].split())
