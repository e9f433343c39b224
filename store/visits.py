"""Visits: begun by one holder at a time, logged request by request, ended with a verdict."""

from __future__ import annotations

import os
import socket
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.models import Fetch, Source, Visit

INTERRUPTED = "interrupted"
LEASE = timedelta(minutes=5)
ROLLED_OFF = "all of it is new: some may have come and gone since the last visit"  # a note on a short list
LIFE = uuid.uuid4().hex[:8]  # tells this process from a dead one that had the same number


class SourceBusyError(Exception):
    """The source is being visited by another process: wait until its visit ends, or stop that process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One request and what came of it. `outcome` is ok, not_modified, or why it failed."""

    role: str
    url: str
    outcome: str
    status: int | None = None
    size: int | None = None
    entries: int | None = None
    note: str | None = None


def holder() -> str:
    """Who we are, to other processes that share the store."""
    return f"{socket.gethostname()}:{os.getpid()}:{LIFE}"


def begin(session: Session, source_id: str, trigger: str, now: datetime) -> Visit:
    """Begin a visit of a source. Raises SourceBusyError while another holder's visit is under way."""
    session.get_one(Source, source_id, with_for_update=True)
    for open_visit in session.scalars(select(Visit).where(Visit.source_id == source_id, Visit.ended_at.is_(None))):
        if _alive(open_visit, now):
            message = f"source {source_id}: being visited since {open_visit.started_at:%H:%M:%S} by {open_visit.holder}"
            raise SourceBusyError(message)
        open_visit.ended_at, open_visit.verdict = now, INTERRUPTED
        open_visit.reason = f"its process, {open_visit.holder}, ended before the visit did"
    visit = Visit(source_id=source_id, trigger=trigger, holder=holder(), started_at=now, alive_at=now)
    session.add(visit)
    session.flush()
    return visit


def _alive(visit: Visit, now: datetime) -> bool:
    host, pid, life = visit.holder.rsplit(":", 2)
    fresh = now - visit.alive_at < LEASE
    if host != socket.gethostname():
        return fresh
    if int(pid) == os.getpid():
        return fresh and life == LIFE
    return fresh and _running(int(pid))


def _running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def touch(session: Session, visit_id: int, now: datetime) -> None:
    """A sign of life of a visit that is under way."""
    session.get_one(Visit, visit_id).alive_at = now


def log(session: Session, visit_id: int, fetched: Fetched, now: datetime) -> None:
    """Note one request of a visit; it is a sign of life, too."""
    session.add(
        Fetch(
            visit_id=visit_id,
            at=now,
            role=fetched.role,
            url=fetched.url,
            outcome=fetched.outcome,
            status=fetched.status,
            size=fetched.size,
            entries=fetched.entries,
            note=fetched.note,
        )
    )
    touch(session, visit_id, now)


def fetches(session: Session, visit_id: int) -> Sequence[Fetch]:
    """The requests of a visit, in order."""
    return session.scalars(select(Fetch).where(Fetch.visit_id == visit_id).order_by(Fetch.id)).all()


def end(session: Session, visit_id: int, verdict: str, reason: str | None, now: datetime) -> Visit:
    """End a visit with its verdict."""
    visit = session.get_one(Visit, visit_id)
    visit.ended_at, visit.verdict, visit.reason = now, verdict, reason
    return visit


def recent(session: Session, source_id: str, count: int) -> Sequence[Visit]:
    """The last visits of a source, newest first."""
    mine = select(Visit).where(Visit.source_id == source_id)
    return session.scalars(mine.order_by(Visit.id.desc()).limit(count)).all()


def under_way(session: Session, source_id: str) -> int | None:
    """The visit of a source that has not ended."""
    mine = select(Visit.id).where(Visit.source_id == source_id, Visit.ended_at.is_(None))
    return session.scalars(mine.order_by(Visit.id.desc()).limit(1)).first()
