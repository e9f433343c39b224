"""What the referee finds is kept with the statistic and told with its change, in words, and stops nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from monitor.alerts.account import told
from monitor.alerts.options import MessageOptions
from monitor.chain.documents import Document
from monitor.chain.ingest import ingest
from monitor.chain.walk import Walk
from store.database import Store
from store.models import Statistic

AT = datetime(2023, 2, 2, tzinfo=UTC)
OPTIONS = {
    "es": MessageOptions(language="es", zone=ZoneInfo("America/Lima"), at=AT),
    "en": MessageOptions(language="en", zone=ZoneInfo("America/Lima"), at=AT),
}
TEXT = (
    "La Fiscalía registró 1,430 víctimas de trata de personas en el Perú en 2022, "
    "de las cuales 1,031 (81%) eran mujeres. El informe no dice más."
)


def test_a_share_that_is_not_that_of_its_count_is_marked_and_told(store: Store) -> None:
    document = Document(
        source="valle",
        url="https://valle.example/informe",
        title="Trata de personas en el Perú",
        language="es",
        published=date(2023, 2, 1),
        text=TEXT,
    )
    changes = {
        change["statistic"]["value"]: change for change in ingest(store, document, Walk()) if change["statistic"]
    }
    assert {value: change["change"] for value, change in changes.items()} == dict.fromkeys(
        [1430, 1031, 81], "new_statistic"
    )
    assert [check["check"] for check in changes[81]["detail"]["checks"]] == ["share_of_count"]
    assert "checks" not in changes[1031]["detail"]
    with store.read() as session:
        marked = {row.value: [check["check"] for check in row.checks] for row in session.scalars(select(Statistic))}
    assert marked == {1430: [], 1031: [], 81: ["share_of_count"]}


@pytest.mark.parametrize(("language", "words"), [("es", "no cuadran"), ("en", "do not fit")])
def test_the_failed_sum_stands_in_the_alert(language: str, words: str) -> None:
    checks = [{"check": "share_of_count", "with": [], "says": "1,031 / 1,430 = 72.1 % ≠ 81 %"}, {"check": "unheard"}]
    figure = {"value": 81, "unit": "percent", "indicator": "victims"}
    change = {"change": "new_statistic", "statistic": figure, "previous": None, "detail": {"checks": checks}}
    sentences = told(change, figure, OPTIONS[language])
    assert [words in sentence and "72.1 %" in sentence for sentence in sentences[-1:]] == [True]
