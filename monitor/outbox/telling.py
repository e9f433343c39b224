"""Notes in the outbox which channel hears of which change, and raises the alerts of those that are told at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from monitor.alerts.rules import ChannelRule, ItemFacts, decide
from monitor.figures.records import changes_json
from store import alerts, models

NOW, DIGEST, BASELINE = "now", "digest", "baseline"


def tell(
    session: Session,
    channels: Mapping[str, ChannelRule],
    changes: Sequence[models.Change],
    facts: ItemFacts,
    now: datetime,
) -> None:
    """File how each channel hears of the changes of one item; all that it hears of at once goes into one alert."""
    plain = changes_json(session, changes)
    ids = {change.uid: change.id for change in changes}
    for name, rule in channels.items():
        decisions = decide(plain, facts, rule)
        told = [alerts.Told(ids[d.change_id], _how(d.told, d.reason), d.reason) for d in decisions]
        heard = [one for one in told if one.how != "silent"]
        alerts.tell(session, name, heard)
        alerts.raise_alert(session, name, "alert", [one.change_id for one in heard if one.how == NOW], now)


def _how(told: str, reason: str) -> str:
    return BASELINE if reason == "baseline" else told


def sum_up_baseline(session: Session, channels: Mapping[str, ChannelRule], source_id: str, now: datetime) -> None:
    """One alert a channel for all that the first visit of a source, or of a new watch of it, has found."""
    for name in channels:
        waiting = alerts.waiting(session, name, BASELINE, source_id)
        alerts.raise_alert(session, name, BASELINE, waiting, now)


def sum_up_digest(session: Session, channels: Mapping[str, ChannelRule], now: datetime) -> None:
    """One alert a channel for what waits for the digest."""
    for name in channels:
        alerts.raise_alert(session, name, DIGEST, alerts.waiting(session, name, DIGEST), now)
