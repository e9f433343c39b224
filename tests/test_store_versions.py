"""Which texts are looked at as possible originals of a copy."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from store import captures, sources, versions
from store.captures import Arrived
from store.database import Store
from store.models import Item, Version

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
OFFICE = 7  # the hash of a phrase that all bulletins of an office share


@pytest.fixture(params=["sqlite_url", "postgres_url"])
def any_store(request: pytest.FixtureRequest) -> Store:
    made = Store(request.getfixturevalue(request.param))
    request.addfinalizer(made.close)  # noqa: PT021 - the store of either kind
    return made


def file(store: Store, name: str, bands: list[int]) -> int:
    """File a version with these hashes; gives its item."""
    with store.write() as session:
        sources.ensure(session, "office")
        item = Item(source_id="office", key=name, url=f"https://office.example/{name}", first_seen_at=NOW)
        session.add(item)
        session.flush()
        arrived = Arrived(item_id=item.id, url=item.url, final_url=item.url, content=name.encode(), content_type="")
        capture = captures.keep(session, arrived, NOW)
        version = Version(
            item_id=item.id,
            capture_id=capture.id,
            fetched_at=NOW,
            title=name,
            language="es",
            text=name,
            sha256=name,
            relevant=True,
            reasons=[],
            rules="test",
        )
        versions.add(session, version, bands)
        return item.id


def test_the_original_is_found_among_many_texts_that_share_a_phrase(any_store: Store) -> None:
    for number in range(3 * versions.MOST_CANDIDATES):
        file(any_store, f"bulletin {number}", [OFFICE, *range(1000 * number + 1000, 1000 * number + 1023)])
    original = file(any_store, "original", [OFFICE, *range(100, 123)])
    copy = file(any_store, "copy", [OFFICE, *range(100, 121), 98, 99])
    with any_store.read() as session:
        found = versions.alike(session, [OFFICE, *range(100, 121), 98, 99], copy)
        assert found[0].item_id == original
        assert len(found) == versions.MOST_CANDIDATES
