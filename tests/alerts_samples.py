"""Changes of invented items, for the tests of alerts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from monitor.alerts.message import Message, MessageOptions, compose
from monitor.alerts.wording import Language

AT = datetime(2024, 3, 12, 15, 0, tzinfo=UTC)
LIMA = ZoneInfo("America/Lima")
NAMES = {"diario": "El Diario", "radio": "Radio Uno", "organismo": "El Organismo"}
QUOTE = "La Policía precisó que en 2023 registró 1,287 víctimas de trata de personas, en su mayoría mujeres."
ESCAPES = "\x1b[31mrojo\x1b[0m\x1b]8;;http://malo.example\x1b\\"
MARKUP = "<script>alert(1)</script> [bold]x[/bold] {{ 7*7 }}"
HOSTILE = f"Alerta\r\nBcc: todos@malo.example {MARKUP} \u202etxt.exe\u202c {ESCAPES}"


def figure(**slots: Any) -> dict[str, Any]:
    """A statistic as the contract has it, with its number at its place in the quote."""
    plain: dict[str, Any] = {
        "start": 240,
        "end": 245,
        "value": 1287,
        "unit": "count",
        "qualifier": "=",
        "indicator": "victims",
        "period": "2023",
        "area": "PE",
        "sex": "_T",
        "age": "_T",
        "form": "_T",
        "citizenship": "_T",
        "provider": "PNP",
        "quote": QUOTE,
        "rule": "number_then_noun",
        "quote_offset": QUOTE.index("1,287"),
    }
    return plain | slots


def held(**slots: Any) -> dict[str, Any]:
    """A statistic that was held before, with where and when it stood."""
    quote = "En 2023 la Policía contó 1,200 víctimas de trata en el Perú."
    where = {"url": "https://radio.example/nota/9", "source": "radio", "published": "2024-02-20"}
    return figure(value=1200, quote=quote, quote_offset=quote.index("1,200")) | where | slots


def change(kind: str, **fields: Any) -> dict[str, Any]:
    """A change as the contract has it."""
    plain: dict[str, Any] = {
        "id": f"chg-{kind}",
        "change": kind,
        "doc_id": None,
        "at": "2024-03-12T14:59:00Z",
        "source": "diario",
        "url": "https://diario.example/noticia/1?a=1&b=2",
        "title": "La Policía corrige su cifra de víctimas",
        "published": "2024-03-08",
        "statistic": None,
        "previous": None,
        "copy_of": None,
        "detail": {},
    }
    return plain | fields


def revised(**fields: Any) -> dict[str, Any]:
    return change("revised_statistic", **({"statistic": figure(), "previous": held()} | fields))


def options(language: Language = "es", **fields: Any) -> MessageOptions:
    values: dict[str, Any] = {"language": language, "zone": LIMA, "at": AT, "source_names": NAMES}
    return MessageOptions(**(values | fields))


def message(*changes: dict[str, Any], language: Language = "es", **fields: Any) -> Message:
    return compose(list(changes) or [revised()], options(language, **fields))
