"""Sources and their watches: defined by the configuration, kept here with how they fare."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from store.definitions import SourceDefinition
from store.models import Source, Visit, Watch


def sync(session: Session, definitions: Iterable[SourceDefinition]) -> None:
    """Make the stored sources what the configuration says; those it no longer names are kept, switched off."""
    named = set()
    for definition in definitions:
        named.add(definition.id)
        source = session.get(Source, definition.id) or Source(id=definition.id)
        source.name, source.spider, source.language = definition.name, definition.spider, definition.language
        source.definition, source.active = definition.as_dict(), definition.active
        session.add(source)
        session.flush()
        _sync_watches(session, definition)
    session.execute(update(Source).where(Source.id.not_in(named)).values(active=False))


def _sync_watches(session: Session, definition: SourceDefinition) -> None:
    held = {(w.kind, w.url) for w in session.scalars(select(Watch).where(Watch.source_id == definition.id))}
    for watch in definition.watches:
        if (watch.kind, watch.url) not in held:
            session.add(Watch(source_id=definition.id, kind=watch.kind, url=watch.url))


def ensure(session: Session, source_id: str) -> Source:
    """The source, made (without watches, never visited) if documents of it arrive before it is configured."""
    source = session.get(Source, source_id)
    if source is None:
        source = Source(id=source_id, name=source_id, active=False)
        session.add(source)
        session.flush()
    return source


def definition(session: Session, source_id: str) -> SourceDefinition | None:
    """How a source is watched; None if it is unknown or has never been configured."""
    source = session.get(Source, source_id)
    return SourceDefinition.from_dict(source.definition) if source and source.definition else None


def watches(session: Session, source_id: str) -> dict[tuple[str, str], Watch]:
    """The watches of a source by kind and address."""
    return {(w.kind, w.url): w for w in session.scalars(select(Watch).where(Watch.source_id == source_id))}


def every(session: Session) -> Sequence[Source]:
    """All sources, in the order of their ids."""
    return session.scalars(select(Source).order_by(Source.id)).all()


def last_visits(session: Session) -> dict[str, Visit]:
    """The last visit of each source that has been visited."""
    newest = select(func.max(Visit.id)).group_by(Visit.source_id)
    rows = session.scalars(select(Visit).where(Visit.id.in_(newest)))
    return {visit.source_id: visit for visit in rows}


def enter_state(session: Session, source_id: str, state: str, now: datetime) -> bool:
    """Put a source into a state; True when it was in another."""
    source = session.get_one(Source, source_id)
    if state == "ok":
        source.last_good_at = now
    if source.state == state:
        return False
    source.state, source.state_since = state, now
    return True
