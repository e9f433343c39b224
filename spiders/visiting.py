"""What the parts of a crawl share: the store, the clock, the archive and the turns of one visit."""

from __future__ import annotations

from dataclasses import dataclass

from spiders.archive import Archive
from spiders.turns import Turns
from store.clock import Clock
from store.database import Store


@dataclass(frozen=True, slots=True)
class Visiting:
    """One visit of a source, as long as its crawl runs."""

    source_id: str
    store: Store
    clock: Clock
    archive: Archive
    turns: Turns
