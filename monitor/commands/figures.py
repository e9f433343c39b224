"""How a figure and the definitions of codes look on a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from monitor.alerts import phrases
from monitor.alerts.safe_text import clean
from monitor.alerts.wording import Language, Words, words_of
from monitor.configuration.loading import Configuration
from monitor.figures.definitions import definitions
from monitor.figures.tables import table
from monitor.logs import write_lines

Row = Mapping[str, Any]


def print_figure(console: Console, told: Row, configuration: Configuration) -> None:
    """A figure with its vintages by voice, the chain of those who say it, proofs and rulings."""
    words, figure = words_of(configuration.file.language), told["statistic"]
    console.print(Text(_headline(figure, words), style="bold"))
    console.print(Text(clean(figure["quote"])))
    if figure["as_read"]:
        console.print(Text("as read: " + _slots(figure["as_read"])))
    console.print()
    _print_voices(console, told["voices"])
    _print_chain(console, told["chain"])
    if told["rulings"]:
        rulings = ((r["at"], r["by"], r["ruling"], _slots(r["slots"]), r["reason"]) for r in told["rulings"])
        console.print()
        console.print(table(("decided at", "by", "what", "with", "why"), rulings))


def _headline(figure: Row, words: Words) -> str:
    parts = (
        phrases.value(figure, words),
        phrases.indicator(figure, words),
        phrases.group(figure, words),
        phrases.period(figure["period"], words),
        phrases.area(figure, words),
        phrases.provider(figure, words) or words.text["nobody"],
    )
    return " | ".join(part for part in parts if part)


def _slots(slots: Row) -> str:
    return ", ".join(f"{name} {value}" for name, value in slots.items())


def _print_voices(console: Console, voices: list[Row]) -> None:
    rows = [
        (
            voice["voice"],
            _values(vintage),
            vintage["from"],
            vintage["last"],
            len(vintage["claims"]),
            _state(voice, vintage),
        )
        for voice in voices
        for vintage in voice["vintages"]
    ]
    console.print(table(("voice", "value", "from", "last said", "times", ""), rows))


def _values(vintage: Row) -> str:
    return ", ".join(_plain(value["qualifier"]) + str(value["value"]) for value in vintage["values"])


def _plain(qualifier: str) -> str:
    return "" if qualifier == "=" else qualifier


def _state(voice: Row, vintage: Row) -> str:
    now = {value["id"] for value in voice["current"]}
    if not any(value["id"] in now for value in vintage["values"]):
        return "withdrawn" if vintage["withdrawn"] else "earlier"
    return "current" if voice["agrees"] else "current, another value"


def _print_chain(console: Console, chain: list[Row]) -> None:
    for link in chain:
        proof = link["proof"]
        role = link["role"] + (", a copy" if link["copy"] else "") + (", withdrawn" if link["withdrawn"] else "")
        console.print()
        console.print(Text(f"{link['date']}  {link['voice']} in {link['source']}  ({role})", style="bold"))
        console.print(Text(f"  {clean(link['quote'])}"))
        console.print(Text(f"  {clean(link['url'])}"), soft_wrap=True)
        console.print(
            Text(f"  statistic {link['id']}, version {proof['version']}, text {proof['text_sha256']}"), soft_wrap=True
        )
        console.print(
            Text(f"  capture {proof['capture']} of {proof['fetched']}, bytes {proof['sha256']}"), soft_wrap=True
        )


def print_definitions(console: Console, language: Language, *, as_json: bool) -> None:
    """The codes with names and meaning: in both languages as JSON, in one on the terminal."""
    if as_json:
        write_lines(
            {
                "kind": one.kind,
                "code": one.code,
                "names": dict(one.names),
                "definitions": dict(one.says),
                "inside": list(one.inside),
                "places": list(one.places),
            }
            for one in definitions()
        )
        return
    rows = (
        (one.kind, one.code, one.names[language], one.says.get(language) or ", ".join(one.places))
        for one in definitions()
    )
    console.print(table(("", "code", "name", "meaning"), rows))
