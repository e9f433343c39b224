"""Hosts: one request after another with a pause between, over all sources, visits and processes."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from store.models import Host


def reserve(session: Session, name: str, delay: timedelta, now: datetime) -> datetime:
    """Take the next turn at a host: when it is ours. The turn after it is `delay` later."""
    host = session.get(Host, name, with_for_update=True)
    if host is None:
        host = Host(name=name, free_at=now)
        session.add(host)
    turn = max(now, host.free_at)
    host.free_at, host.reason = turn + delay, None
    return turn


def back_off(session: Session, name: str, until: datetime, reason: str) -> None:
    """Leave a host alone until then, because it asked for it."""
    host = session.get(Host, name, with_for_update=True) or Host(name=name, free_at=until)
    session.add(host)
    if until >= host.free_at:
        host.free_at, host.reason = until, reason


def give_back(session: Session, name: str, now: datetime) -> None:
    """Undo a turn in which the host was not asked after all."""
    host = session.get(Host, name, with_for_update=True)
    if host is not None and host.reason is None:
        host.free_at = min(host.free_at, now)


def free(session: Session, name: str, now: datetime) -> tuple[datetime, str | None]:
    """When a host may be asked next, and why not sooner."""
    host = session.get(Host, name)
    return (max(now, host.free_at), host.reason) if host else (now, None)
