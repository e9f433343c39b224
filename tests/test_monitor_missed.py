"""What sources for discovery list and no other source has."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from monitor.visits.missed import missed, split_title
from store import items, sources
from store.database import Store
from store.definitions import SourceDefinition, WatchDefinition
from store.items import Entry, Found

NOW = datetime(2026, 3, 20, tzinfo=UTC)
WATCH = WatchDefinition(kind="feed", url="https://seeker.example/rss", follow=False)
SEEKER = SourceDefinition(id="seeker", name="Seeker", watches=(WATCH,))
PAPER = SourceDefinition(id="paper", name="P", watches=(WatchDefinition(kind="feed", url="https://paper.example/rss"),))


def listed(store: Store, source: SourceDefinition, *titles: str, at: datetime = NOW) -> None:
    with store.write() as session:
        sources.sync(session, [SEEKER, PAPER])
        (watch,) = sources.watches(session, source.id).values()
        entries = [Entry(url=f"https://{source.id}.example/{t}", title=t, wanted=source is PAPER) for t in titles]
        items.discover(session, Found(watch_id=watch.id, source_id=source.id, url="", entries=entries), at)


def found(store: Store, days: int = 7) -> list[str]:
    with store.read() as session:
        return [row["title"] for row in missed(session, [SEEKER, PAPER], NOW - timedelta(days=days))]


def test_what_another_source_has_under_nearly_the_same_title_is_not_missed(store: Store) -> None:
    listed(store, PAPER, "Rescatan a 12 víctimas de trata de personas en Puno", at=NOW - timedelta(days=9))
    listed(store, SEEKER, "Rescatan a 12 victimas de trata de personas, en Puno - El Diario")
    assert found(store) == []


def test_what_no_source_has_is_named_once(store: Store) -> None:
    listed(store, PAPER, "Rescatan a víctimas en Puno")
    listed(store, SEEKER, "Cae red de trata en Tacna - La Voz", "Cae red de trata en Tacna - El Sur")
    assert found(store) == ["Cae red de trata en Tacna"]


def test_what_was_listed_long_ago_is_left_out(store: Store) -> None:
    listed(store, SEEKER, "Cae red de trata en Tacna - La Voz", at=NOW - timedelta(days=8))
    assert (found(store), found(store, days=30)) == ([], ["Cae red de trata en Tacna"])


def test_the_publisher_stands_behind_the_last_dash() -> None:
    assert split_title("Trata - un informe - El Diario") == ("Trata - un informe", "El Diario")
    assert split_title("Trata de personas") == ("Trata de personas", "")


def test_postgresql_gives_the_same(postgres_url: str) -> None:
    store = Store(postgres_url)
    with store.read() as session:
        assert missed(session, [PAPER], NOW) == []
    listed(store, SEEKER, "Cae red de trata en Tacna - La Voz", "Rescatan a víctimas - El Sur")
    listed(store, PAPER, "¡Rescatan a víctimas!")
    assert found(store) == ["Cae red de trata en Tacna"]
    store.close()
