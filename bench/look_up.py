"""What look-ups take in a filled store: each option, pairs of them, days, figures and changes.

Used by `bench/ledger.py --look-up`: prints the milliseconds that the clock and this process spend on the second of two.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import combinations
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from monitor.figures.known import as_of
from monitor.figures.lookup import all_on, listed
from monitor.figures.records import changes_json
from store import changes, models
from store.database import Store
from store.lookups import Question

LIMIT = 100
OPTIONS: dict[str, dict[str, Any]] = {
    "indicator": {"indicator": "victims"},
    "area": {"areas": ("PE-TUM",)},
    "period": {"days": (date(2016, 1, 1), date(2016, 12, 31))},
    "provider": {"provider": "PNP"},
    "source": {"source": "s7"},
    "words": {"words": "w123"},
    "as-known": {"known_by": date(2012, 6, 1)},
    "as-read": {"read_by": datetime(2019, 6, 1, tzinfo=UTC)},
}
RARE: dict[str, dict[str, Any]] = {
    "a source of few items": {"source": "diario"},
    "a provider without any": {"provider": "CHS"},
    "two sides that never meet": {"source": "diario", "provider": "INEI"},
    "words of many": {"words": "registraron victims"},
}
CHANGES: dict[str, dict[str, Any]] = {
    "--since": {"start": datetime(2024, 1, 1, tzinfo=UTC)},
    "--since, a day to come": {"start": datetime(2040, 1, 1, tzinfo=UTC)},
    "--change": {"start": None, "classes": ["new_statistic"]},
    "--source": {"start": None, "source": "s7"},
    "--indicator": {"start": None, "figures": Question(indicator="victims")},
    "--area": {"start": None, "figures": Question(areas=("PE-TUM",))},
    "--indicator, of none": {"start": None, "figures": Question(indicator="calls")},
}


def look_ups(store: Store) -> Iterator[str]:
    """A line for each look-up."""
    asked = {"nothing": {}, **OPTIONS, **RARE}
    asked |= {f"{one}, {other}": OPTIONS[one] | OPTIONS[other] for one, other in combinations(OPTIONS, 2)}
    for name, slots in asked.items():
        yield _timed(store, name, partial(_found, Question(**slots)))
    with store.read() as session:
        newest = session.scalar(select(func.max(models.Statistic.id))) or 1
    for one in (5, newest // 2, newest):
        yield _timed(store, f"show {one}", partial(_shown, one))
    for name, wanted in CHANGES.items():
        yield _timed(store, f"changes {name}", partial(_changes, wanted))


def _found(question: Question, session: Session) -> int:
    days = question.known_by
    known = datetime(days.year, days.month, days.day, tzinfo=UTC) + timedelta(days=1) if days else None
    ends = [end for end in (known, question.read_by) if end is not None]
    return len(as_of(session, question, min(ends), LIMIT) if ends else listed(session, question, LIMIT))


def _shown(statistic_id: int, session: Session) -> int:
    return len(all_on(session, statistic_id)["chain"])


def _changes(wanted: dict[str, Any], session: Session) -> int:
    return len(changes_json(session, changes.since(session, limit=LIMIT, **wanted)))


def _timed(store: Store, name: str, look: Callable[[Session], int]) -> str:
    count, clock, cpu = 0, 0.0, 0.0
    for _ in range(2):
        with store.read() as session:
            start, spent = time.perf_counter(), time.process_time()
            count = look(session)
            clock, cpu = 1000 * (time.perf_counter() - start), 1000 * (time.process_time() - spent)
    return f"  {name:32} {count:4} rows  {clock:7.1f} ms, of the processor {cpu:6.1f}"
