"""Takes the alerts whose attempt is due, sends each over its channel and files what came of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import aiohttp
from rich.console import Console

from monitor.alerts.delivery import Outcome, next_attempt
from monitor.alerts.mail import MailChannel, send_mail
from monitor.alerts.message import Message, MessageOptions, compose
from monitor.alerts.rules import ChannelRule
from monitor.alerts.terminal import show
from monitor.alerts.webhook import WebhookChannel, open_session, send_webhook
from monitor.configuration.loading import Configuration, EmailSection, TerminalSection, WebhookSection
from monitor.errors import ConfigurationError
from monitor.figures.records import changes_json, iso
from monitor.figures.shown import without_names
from store import alerts
from store.clock import Clock
from store.database import Store
from store.models import Alert, Change, Delivery

ATTEMPT_LASTS = timedelta(minutes=10)  # after this an attempt that was cut off is made again, under the same id

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TerminalChannel:
    """Changes are printed here."""

    name: str


Channel = TerminalChannel | MailChannel | WebhookChannel


def channels_of(configuration: Configuration) -> dict[str, Channel]:
    """The channels of the configuration. Raises ConfigurationError with the setting that is wrong."""
    return {name: _channel(name, configuration) for name in configuration.file.channels}


def rules_of(configuration: Configuration) -> dict[str, ChannelRule]:
    """What each channel is told."""
    days = configuration.file.rules.old_after_days
    return {name: section.rule(days) for name, section in configuration.file.channels.items()}


def _channel(name: str, configuration: Configuration) -> Channel:
    section, secret = configuration.file.channels[name], configuration.secrets.get(name)
    try:
        match section:
            case TerminalSection():
                return TerminalChannel(name)
            case WebhookSection():
                return WebhookChannel(name=name, url=section.url, secrets=tuple((secret or "").split()))
            case EmailSection():
                return MailChannel(
                    name=name,
                    host=section.host,
                    port=section.port,
                    sender=section.sender,
                    recipients=section.to,
                    security=section.security,
                    user=section.user,
                    password=secret,
                    unsubscribe=section.unsubscribe,
                )
    except ValueError as error:
        message = f"channels.{name}: {error}"
        raise ConfigurationError(message) from error


class Deliverer:
    """Sends alerts over the channels of a configuration, until it is closed."""

    def __init__(self, store: Store, configuration: Configuration, clock: Clock, console: Console) -> None:
        self._store, self._configuration, self._clock, self._console = store, configuration, clock, console
        self._channels: Mapping[str, Channel] = channels_of(configuration)
        self._session: aiohttp.ClientSession | None = None
        self._busy = asyncio.Lock()

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def deliver_due(self) -> int:
        """Make the attempts that are due; gives how many were made."""
        async with self._busy:
            made = 0
            while batch := await asyncio.to_thread(self._claim):
                await asyncio.gather(*(self._attempt(alert) for alert in batch))
                made += len(batch)
            return made

    def _claim(self) -> list[Alert]:
        now = self._clock.now()
        with self._store.read() as session:
            if not alerts.any_due(session, now):
                return []
        with self._store.write() as session:
            return list(alerts.claim(session, now, now + ATTEMPT_LASTS))

    async def _attempt(self, alert: Alert) -> None:
        try:
            message = await asyncio.to_thread(self._compose, alert)
            outcome = await self._send(alert, message)
        except Exception as error:  # one alert that cannot be made must not hold up the others
            log.exception("alert %s", alert.uid)
            outcome = Outcome("retry", f"{type(error).__name__}: {error}")
        await asyncio.to_thread(self._file, alert, outcome)

    def _compose(self, alert: Alert) -> Message:
        with self._store.read() as session:
            changes = changes_json(session, alerts.changes_of(session, alert.id))
            if self._configuration.file.rules.mask:
                changes = without_names(session, changes)
        return compose(changes, self._options(alert))

    def _options(self, alert: Alert) -> MessageOptions:
        section = self._configuration.file.channels.get(alert.channel)
        language = getattr(section, "language", None) or self._configuration.file.language
        names = {name: source.name for name, source in self._configuration.sources.items()}
        kind = alert.kind if alert.kind in {"digest", "baseline"} else "alert"
        return MessageOptions(
            language=language,
            zone=self._configuration.zone,
            at=alert.created_at,
            kind=kind,  # type: ignore[arg-type]
            source_names=names,
        )

    async def _send(self, alert: Alert, message: Message) -> Outcome:
        match self._channels.get(alert.channel):
            case TerminalChannel():
                return await show(self._console, message.data["changes"], self._options(alert))
            case MailChannel() as channel:
                return await send_mail(message, channel, alert.uid)
            case WebhookChannel() as channel:
                self._session = self._session or open_session()
                return await send_webhook(self._session, message, channel, alert_id=alert.uid, now=datetime.now(UTC))
            case _:
                return Outcome("failed", f"the configuration has no channel {alert.channel!r} any more")

    def _file(self, alert: Alert, outcome: Outcome) -> None:
        now = self._clock.now()
        again = next_attempt(alert.attempts, first_at=alert.tried_since, now=now, outcome=outcome, alert_id=alert.uid)
        with self._store.write() as session:
            if outcome.kind == "delivered":
                alerts.delivered(session, alert.id, outcome.detail, now)
            elif again is not None:
                alerts.postponed(session, alert.id, outcome.detail, now, again)
            else:
                alerts.given_up(session, alert.id, outcome.detail, now)
            if outcome.kind == "disabled":
                alerts.disable(session, alert.channel, outcome.detail, now)
        if outcome.kind != "delivered":
            log.warning("alert %s over %s: %s: %s", alert.uid, alert.channel, outcome.kind, outcome.detail)


async def deliver_once(store: Store, configuration: Configuration, clock: Clock, console: Console) -> int:
    """Make the attempts that are due now; what fails waits for the next time. Gives how many were made."""
    deliverer = Deliverer(store, configuration, clock, console)
    try:
        return await deliverer.deliver_due()
    finally:
        await deliverer.close()


def alert_json(alert: Alert, changes: Sequence[Change], attempts: Sequence[Delivery]) -> dict[str, object]:
    """An alert as `tratawatch alerts` lists it."""
    return {
        "id": alert.uid,
        "channel": alert.channel,
        "kind": alert.kind,
        "state": alert.state,
        "attempts": len(attempts),
        "changes": len(changes),
        "created_at": iso(alert.created_at),
        "next_attempt_at": iso(alert.attempt_at) if alert.attempt_at else None,
        "last_outcome": f"{attempts[-1].outcome}: {attempts[-1].detail}" if attempts else None,
    }
