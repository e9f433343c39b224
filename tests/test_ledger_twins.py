"""The same report in two languages is one: known by its figures, or by the publisher's own links."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from monitor.chain.documents import Document
from monitor.chain.editions import editions
from monitor.chain.ingest import ingest
from monitor.chain.walk import Walk
from monitor.ledger.claim import Claim
from monitor.ledger.twins import twin
from monitor.reader.statistic import Statistic
from store.database import Store

SPANISH = (
    "La Fiscalía registró 1,430 víctimas de trata de personas en el Perú en 2022. "
    "La Policía Nacional realizó 186 operativos contra la trata de personas en 2022. "
    "En 2021 la Fiscalía registró 1,061 víctimas de trata de personas en el Perú."
)
ENGLISH = (
    "The Public Ministry registered {victims} victims of human trafficking in Peru in 2022. "
    "The National Police conducted 186 operations against human trafficking in 2022. "
    "In 2021 the Public Ministry registered 1,061 victims of human trafficking in Peru."
)


def said(value: float, start: int = 0, **slots: Any) -> Claim:
    known = {"indicator": "victims", "period": "2022", **slots}
    return Claim(Statistic(start=start, end=start + 4, quote="", value=value, rule="given", **known), source="valle")


A, B, C, D = said(1430), said(638, 10, age="Y0T17"), said(45, 20, unit="percent", age="Y0T17"), said(77, 30, sex="M")


@pytest.mark.parametrize(
    ("here", "there", "linked", "shared"),
    [
        ((A, B, C), (A, B, C), False, 3),
        ((A, B, C, D), (A, B, C), False, 3),
        ((A, B), (A, B), False, 2),
        ((A, B), (A, B, C), False, None),  # two figures, and not all
        ((A, B), (A, B, C), True, 2),
        ((A,), (A,), False, None),
        ((A,), (A,), True, 1),
        ((A,), (D,), True, None),
        ((A, B, C), (A, B, said(44, 20, unit="percent", age="Y0T17")), False, None),
        ((A, B, C), (said(1430, period="2021"), B, C), False, None),
        ((A, B, C), (said(1430, period=None), B, C), False, 3),
    ],
)
def test_editions_share_most_of_their_figures(
    here: tuple[Claim, ...],
    there: tuple[Claim, ...],
    linked: bool,  # noqa: FBT001
    shared: int | None,
) -> None:
    known = twin(here, there, linked=linked)
    assert (known.shared if known else None) == shared


def test_what_the_editions_say_differently_is_found() -> None:
    other = said(77.5, 30, sex="M")
    known = twin((A, B, C, D), (A, B, C, other))
    assert known is not None
    assert known.differing == ((D, other),)


def document(name: str, language: str, text: str, day: int, source: str = "agencia") -> Document:
    return Document(
        source=source,
        url=f"https://{source}.example/{name}",
        title="Trata de personas en el Perú" if language == "es" else "Human trafficking in Peru",
        language=language,
        published=date(2023, 3, day),
        text=text,
    )


def read(store: Store, *documents: Document) -> list[list[dict[str, Any]]]:
    return [ingest(store, one, Walk()) for one in documents]


def test_the_edition_in_another_language_repeats_the_first(store: Store) -> None:
    first, second = read(
        store,
        document("informe", "es", SPANISH, 1),
        document("report", "en", ENGLISH.format(victims="1,430"), 3),
    )
    assert [change["change"] for change in first] == ["new_item"] + 3 * ["new_statistic"]
    assert [change["change"] for change in second] == ["new_item"] + 3 * ["repeated_statistic"]
    assert second[0]["copy_of"] == "https://agencia.example/informe"
    assert second[0]["detail"]["twin"] == "https://agencia.example/informe"


def test_another_publisher_or_another_week_is_no_edition(store: Store) -> None:
    english = ENGLISH.format(victims="1,430")
    _, other, later = read(
        store,
        document("informe", "es", SPANISH, 1),
        document("report", "en", english, 3, source="diario"),
        document("report", "en", english, 20),
    )
    assert other[0]["copy_of"] is None
    assert "twin" not in later[0]["detail"]


def test_a_page_names_its_editions() -> None:
    page = (
        b'<html><head><link rel="alternate" hreflang="en" href="/en/report"><link rel="alternate" hreflang="es" '
        b'href="/es/informe"><link rel="alternate" type="application/rss+xml" href="/rss"></head><body>x</body></html>'
    )
    url = "https://agencia.example/es/informe"
    assert editions(page, "text/html", url) == ("https://agencia.example/en/report",)
    assert editions(page, "application/pdf", url) == ()
