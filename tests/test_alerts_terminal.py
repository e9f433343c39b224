"""What pages wrote is shown on the terminal as plain text."""

from __future__ import annotations

import io
from typing import Any

from rich.console import Console

from monitor.alerts.terminal import render, show
from tests.alerts_samples import HOSTILE, change, figure, held, options, revised


def printed(*changes: dict[str, Any], colours: bool = False) -> str:
    console = Console(
        file=io.StringIO(), width=200, force_terminal=colours, color_system="truecolor" if colours else None
    )
    console.print(render(changes, options()))
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def test_a_change_is_told_in_a_few_lines() -> None:
    text = printed(revised())
    assert "La Policía corrige su cifra de víctimas  El Diario, 8 de marzo de 2024" in text
    assert "Cifra revisada  Víctimas de trata, 2023, Perú: 1,287 (antes 1,200) | PNP" in text
    assert "La Policía precisó que en 2023 registró 1,287 víctimas" in text
    assert "https://diario.example/noticia/1?a=1&b=2" in text


def test_the_number_stands_out_in_its_quote() -> None:
    assert "\x1b[1;7m1,287\x1b[0m" in printed(revised(), colours=True)


def test_escape_codes_and_markup_of_pages_do_not_act() -> None:
    hostile = revised(
        title=HOSTILE,
        url=f"https://malo.example/{HOSTILE}",
        statistic=figure(quote=HOSTILE, provider=HOSTILE, register=HOSTILE),
        previous=held(source=HOSTILE),
        detail={"added": [HOSTILE]},
    )
    failing = change("source_failing", source=HOSTILE, url=None, detail={"error": HOSTILE})
    edited = change("edited_item", title=HOSTILE, detail={"added": [HOSTILE], "removed": [HOSTILE]})
    plain = printed(hostile, failing, edited)
    assert not {"\x1b", "\u202e", "\r"} & set(plain)
    assert "[bold]x[/bold]" in plain
    coloured = printed(hostile, failing, edited, colours=True)
    assert "\x1b[31mrojo" not in coloured
    assert "malo.example\x1b\\" not in coloured


async def test_showing_is_delivering() -> None:
    console = Console(file=io.StringIO(), width=80)
    assert (await show(console, [revised()], options())).kind == "delivered"


async def test_a_closed_stream_is_tried_again() -> None:
    stream = io.StringIO()
    stream.close()
    assert (await show(Console(file=stream, width=80), [revised()], options())).kind == "retry"
