"""The rehearsal as a person sees it: the real daemon on a fast clock against the replicas, and what really arrived."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console

from monitor.chain.walk import Walk
from monitor.configuration.loading import Configuration, configuration_of
from monitor.figures.records import changes_json
from monitor.outbox.delivering import Deliverer, rules_of
from monitor.rehearsal.rehearsal import Rehearsal
from monitor.rehearsal.story import Delivery, ExpectedChange, Moment
from monitor.visits.daemon import Daemon
from monitor.visits.visit import Visitor
from store import alerts, changes, visits
from store.clock import Clock
from store.database import Store

SPEED = 5400.0  # an hour and a half in a second: three days in forty
SETTLED_AFTER = 2  # visits of each source after a moment
PATIENCE = 20.0  # real seconds to wait for what a moment must bring
LOOK_EVERY = 0.05
DAYS_BACK = 4  # the third day of the story lies in the past, so that no date is in the future

Facts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What did not go as the story says; nothing when it went well."""

    missing: list[str]
    surplus: list[str]

    @property
    def well(self) -> bool:
        return not (self.missing or self.surplus)


class Demo:
    """One rehearsal with its store; `stage`, `store` and `configuration` can be looked at while it goes on."""

    def __init__(self, stage: Rehearsal, folder: Path) -> None:
        self.stage = stage
        start = stage.story.moments[0].at.astimezone(UTC)
        self.clock = Clock(real=datetime.now(UTC), told=start, speed=SPEED)
        self.configuration = _configuration(stage, folder)
        self.store = Store(self.configuration.store)
        self._serving: asyncio.Task[None] | None = None

    @classmethod
    @contextlib.asynccontextmanager
    async def start(cls, folder: Path) -> AsyncIterator[Demo]:
        """Open the servers and let the daemon run."""
        first = datetime.now(UTC).date() - timedelta(days=DAYS_BACK)
        async with Rehearsal.start(first) as stage:
            demo = cls(stage, folder)
            stopped = asyncio.Event()
            demo._serving = asyncio.create_task(demo._serve(stopped))
            try:
                yield demo
            finally:
                stopped.set()
                await demo._serving
                demo.store.close()

    async def _serve(self, stopped: asyncio.Event) -> None:
        walk = Walk(clock=self.clock, channels=rules_of(self.configuration))
        deliverer = Deliverer(self.store, self.configuration, self.clock, Console(quiet=True))
        try:
            await Daemon(Visitor(self.store, self.configuration, walk), deliverer).run(stopped)
        finally:
            await deliverer.close()

    async def play(self, tell: Callable[[Moment, int], None]) -> Outcome:
        """Go through the story; `tell` hears of each moment as it begins, with its number."""
        due = 0
        for number, moment in enumerate(self.stage.story.moments):
            await self._sleep_until(moment.at)
            tell(moment, number)
            self.stage.advance_to(moment)
            due += len(moment.expected)
            await self._settle(self.clock.now(), due)
        return await asyncio.to_thread(self._compare)

    async def _sleep_until(self, moment: datetime) -> None:
        await asyncio.sleep(max(0.0, self.clock.real_seconds(moment - self.clock.now())))

    async def _settle(self, since: datetime, due: int) -> None:
        """Wait until every source has been visited after this moment and what must arrive has arrived."""
        if self._serving is not None and self._serving.done():
            self._serving.result()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while self._arrived() < due or not await asyncio.to_thread(self._visited, since):  # noqa: ASYNC110 - the store tells nobody
                    await asyncio.sleep(LOOK_EVERY)

    def _arrived(self) -> int:
        return len(self.stage.mailbox.messages) + len(self.stage.receiver.delivered)

    def _visited(self, since: datetime) -> bool:
        with self.store.read() as session:
            recent = {name: visits.recent(session, name, SETTLED_AFTER) for name in self.configuration.sources}
        return all(
            len(made) == SETTLED_AFTER and all(v.started_at >= since and v.ended_at for v in made)
            for made in recent.values()
        )

    def _compare(self) -> Outcome:
        expected = Counter(_expected(delivery) for delivery in self.stage.story.expected)
        arrived = Counter(self._mails() + self._calls())
        quiet = {_change_facts(change) for change in self.stage.story.quiet}
        unfiled = quiet - self._on_record()
        missing = [*(expected - arrived).elements(), *(("on record", *facts) for facts in unfiled)]
        return Outcome(_said(missing), _said((arrived - expected).elements()))

    def _calls(self) -> list[Facts]:
        return [
            self._delivered("webhook", call.id, call.body["data"]["changes"])
            if call.signed
            else ("not signed", call.id)
            for call in self.stage.receiver.delivered
        ]

    def _mails(self) -> list[Facts]:
        found = []
        for mail in self.stage.mailbox.messages:
            with self.store.read() as session:
                uid = str(mail.message["Message-ID"]).strip("<>").partition("@")[0]
                alert = alerts.by_uid(session, uid)
                told = changes_json(session, alerts.changes_of(session, alert.id)) if alert else []
            found.append(self._delivered("mail", uid, told))
        return found

    def _delivered(self, channel: str, uid: str, told: list[dict[str, Any]]) -> Facts:
        with self.store.read() as session:
            alert = alerts.by_uid(session, uid)
        if alert is None or not told:
            return channel, "unknown", uid
        if alert.kind in {"baseline", "digest"}:
            return channel, "summary" if alert.kind == "baseline" else "digest", told[0]["source"]
        kind = "health" if told[0]["url"] is None else "alert"
        return channel, kind, told[0]["source"], *sorted(" ".join(_facts_of(change)) for change in told)

    def _on_record(self) -> set[Facts]:
        with self.store.read() as session:
            return {_facts_of(change) for change in changes_json(session, changes.since(session, None, limit=10_000))}


def _expected(delivery: Delivery) -> Facts:
    facts = sorted(" ".join(_change_facts(change)) for change in delivery.changes)
    return delivery.channel, delivery.kind, delivery.source, *facts


def _change_facts(change: ExpectedChange) -> Facts:
    value = change.figure.value if change.figure else None
    return _facts(change.change, change.url, value, change.previous, change.copy_of)


def _facts_of(change: dict[str, Any]) -> Facts:
    statistic, previous = change["statistic"] or {}, change["previous"] or {}
    return _facts(
        change["change"], _path(change["url"]), statistic.get("value"), previous.get("value"), _path(change["copy_of"])
    )


def _facts(change: str, *values: object) -> Facts:
    names = ("at", "value", "before", "copy of")
    said = (
        f"{name} {value:g}" if isinstance(value, int | float) else f"{name} {value}"
        for name, value in zip(names, values, strict=True)
        if value is not None
    )
    return change, *said


def _path(url: str | None) -> str | None:
    return "/" + url.split("/", 3)[3] if url else None


def _said(deliveries: Any) -> list[str]:
    return [", ".join(facts) for facts in deliveries]


def _configuration(stage: Rehearsal, folder: Path) -> Configuration:
    sources = {source["id"]: {k: v for k, v in source.items() if k != "id"} for source in stage.sources}
    values = {
        "contact": "https://ngo.example/tratawatch",
        "private_networks": ["127.0.0.0/8"],
        "language": "en",
        "channels": {
            "mail": {
                "type": "email",
                "host": stage.mailbox.host,
                "port": stage.mailbox.port,
                "security": "none",
                "sender": "Tratawatch <tratawatch@ngo.example>",
                "to": ["analyst@ngo.example"],
            },
            "webhook": {"type": "webhook", "url": stage.receiver.url},
        },
        "sources": sources,
    }
    environment = {"TRATAWATCH_WEBHOOK_SECRET": stage.receiver.secret}
    return configuration_of(values, f"sqlite:///{folder / 'rehearsal.db'}", environment)
