"""The pauses at hosts: kept in the store for all visits and processes, or held by a crawl that shall leave no trace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol
from weakref import WeakKeyDictionary

from store import hosts
from store.database import Store

Now = Callable[[], datetime]
Turn = tuple[datetime, str | None]
BUSY = "it is busy"

# What the crawls of a process hold beside a store that they leave as it is.
_HELD: WeakKeyDictionary[Store, dict[str, Turn]] = WeakKeyDictionary()


class Pauses(Protocol):
    """When each host may be asked next."""

    def reserve(self, host: str, pause: timedelta, now: Now, patience: timedelta) -> Turn:
        """Take the next turn: when it is ours. Where that is later than `patience` none is taken, and why is said."""
        ...

    def back_off(self, host: str, until: datetime, reason: str) -> None:
        """Leave a host alone until then."""
        ...

    def give_back(self, host: str, now: datetime) -> None:
        """Undo a turn in which nobody was asked."""
        ...


class StoredPauses:
    """Those of the store, which all visits and processes share."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def reserve(self, host: str, pause: timedelta, now: Now, patience: timedelta) -> Turn:
        with self._store.write() as session:
            moment = now()
            free_at, reason = hosts.free(session, host, moment)
            if free_at - moment > patience:
                return free_at, reason or BUSY
            return hosts.reserve(session, host, pause, moment), None

    def back_off(self, host: str, until: datetime, reason: str) -> None:
        with self._store.write() as session:
            hosts.back_off(session, host, until, reason)

    def give_back(self, host: str, now: datetime) -> None:
        with self._store.write() as session:
            hosts.give_back(session, host, now)


class HeldPauses:
    """Those of this process: they begin as the store has them, and are written nowhere."""

    def __init__(self, store: Store) -> None:
        self._store, self._held = store, _HELD.setdefault(store, {})

    def reserve(self, host: str, pause: timedelta, now: Now, patience: timedelta) -> Turn:
        moment = now()
        free_at, reason = self._free(host, moment)
        if free_at - moment > patience:
            return free_at, reason or BUSY
        self._held[host] = free_at + pause, None
        return free_at, None

    def back_off(self, host: str, until: datetime, reason: str) -> None:
        if until >= self._held.get(host, (until, None))[0]:
            self._held[host] = until, reason

    def give_back(self, host: str, now: datetime) -> None:
        free_at, reason = self._held.get(host, (now, None))
        if reason is None:
            self._held[host] = min(free_at, now), None

    def _free(self, host: str, now: datetime) -> Turn:
        if host in self._held:
            free_at, reason = self._held[host]
            return max(free_at, now), reason
        with self._store.read() as session:
            return hosts.free(session, host, now)
