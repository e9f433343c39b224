"""The outbox: which channel hears of which change and how, the alerts to be delivered, each attempt."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from store.models import Alert, Change, Channel, Delivery, Telling

DUE, DELIVERED, DEAD = "due", "delivered", "dead"


@dataclass(frozen=True, slots=True)
class Told:
    """How a channel hears of a change: `now`, `digest` or `baseline`, and why."""

    change_id: int
    how: str
    reason: str


def tell(session: Session, channel: str, told: Iterable[Told]) -> None:
    """Note how a channel hears of changes; what it has heard of already is left as it is."""
    for one in told:
        if session.get(Telling, (channel, one.change_id)) is None:
            session.add(Telling(channel=channel, change_id=one.change_id, how=one.how, reason=one.reason))
    session.flush()


def raise_alert(session: Session, channel: str, kind: str, change_ids: Iterable[int], now: datetime) -> Alert | None:
    """One alert for those of the changes that the channel has not been told yet; None when there are none."""
    open_ones = select(Telling).where(
        Telling.channel == channel, Telling.change_id.in_(list(change_ids)), Telling.alert_id.is_(None)
    )
    tellings = session.scalars(open_ones).all()
    if not tellings:
        return None
    alert = Alert(uid=str(uuid.uuid4()), channel=channel, kind=kind, created_at=now, tried_since=now, attempt_at=now)
    session.add(alert)
    session.flush()
    for telling in tellings:
        telling.alert_id = alert.id
    return alert


def waiting(session: Session, channel: str, how: str, source_id: str | None = None) -> list[int]:
    """The changes (of a source) that a channel is still to hear of in a digest or a baseline summary."""
    mine = select(Telling.change_id).where(Telling.channel == channel, Telling.how == how, Telling.alert_id.is_(None))
    if source_id is not None:
        mine = mine.join(Change, Change.id == Telling.change_id).where(Change.source_id == source_id)
    return list(session.scalars(mine.order_by(Telling.change_id)))


_ANY_DUE = select(Alert.id).where(Alert.state == bindparam("state"), Alert.attempt_at <= bindparam("now")).limit(1)


def by_uid(session: Session, uid: str) -> Alert | None:
    """The alert with this id."""
    return session.scalars(select(Alert).where(Alert.uid == uid)).first()


def any_due(session: Session, now: datetime) -> bool:
    """Whether an alert waits for its attempt. Asked far more often than there is one."""
    return session.connection().execute(_ANY_DUE, {"state": DUE, "now": now}).first() is not None


def claim(session: Session, now: datetime, until: datetime, *, limit: int = 20) -> Sequence[Alert]:
    """Take alerts whose attempt is due; nobody else takes them before `until`."""
    disabled = select(Channel.name).where(Channel.disabled_at.is_not(None))
    due = select(Alert).where(Alert.state == DUE, Alert.attempt_at <= now, Alert.channel.not_in(disabled))
    alerts = session.scalars(due.order_by(Alert.attempt_at, Alert.id).limit(limit).with_for_update()).all()
    for alert in alerts:
        alert.attempt_at = until
        alert.attempts += 1
    return alerts


def changes_of(session: Session, alert_id: int) -> Sequence[Change]:
    """The changes that an alert tells of, in the order in which they happened."""
    mine = select(Change).join(Telling, Telling.change_id == Change.id).where(Telling.alert_id == alert_id)
    return session.scalars(mine.order_by(Change.id)).all()


def delivered(session: Session, alert_id: int, detail: str, now: datetime) -> None:
    """The alert has arrived."""
    _attempted(session, alert_id, DELIVERED, detail, now)
    _end(session, alert_id, DELIVERED, now)


def postponed(session: Session, alert_id: int, detail: str, now: datetime, attempt_at: datetime) -> None:
    """The attempt failed; the next is made then."""
    _attempted(session, alert_id, "retry", detail, now)
    session.get_one(Alert, alert_id).attempt_at = attempt_at


def given_up(session: Session, alert_id: int, detail: str, now: datetime) -> None:
    """The alert is dead, and shows as such."""
    _attempted(session, alert_id, DEAD, detail, now)
    _end(session, alert_id, DEAD, now)


def _attempted(session: Session, alert_id: int, outcome: str, detail: str, now: datetime) -> None:
    session.add(Delivery(alert_id=alert_id, at=now, outcome=outcome, detail=detail))


def _end(session: Session, alert_id: int, state: str, now: datetime) -> None:
    alert = session.get_one(Alert, alert_id)
    alert.state, alert.ended_at, alert.attempt_at = state, now, None


def disable(session: Session, name: str, reason: str, now: datetime) -> None:
    """Switch a channel off: its receiver wants no more."""
    channel = session.get(Channel, name) or Channel(name=name)
    channel.disabled_at, channel.reason = now, reason
    session.add(channel)


def enable(session: Session, name: str) -> bool:
    """Switch a channel on again; False where it is not switched off."""
    channel = session.get(Channel, name)
    if channel is None or channel.disabled_at is None:
        return False
    channel.disabled_at = channel.reason = None
    return True


def try_again(session: Session, uids: Sequence[str], now: datetime) -> int:
    """Make dead alerts due; all of them when none is named. Gives how many."""
    dead = select(Alert).where(Alert.state == DEAD)
    alerts = session.scalars(dead.where(Alert.uid.in_(uids)) if uids else dead).all()
    for alert in alerts:
        alert.state, alert.attempts, alert.ended_at = DUE, 0, None
        alert.tried_since = alert.attempt_at = now
    return len(alerts)


def recent(session: Session, limit: int, state: str | None = None) -> Sequence[Alert]:
    """The last alerts, newest first."""
    alerts = select(Alert) if state is None else select(Alert).where(Alert.state == state)
    return session.scalars(alerts.order_by(Alert.id.desc()).limit(limit)).all()


def attempts(session: Session, alert_id: int) -> Sequence[Delivery]:
    """The attempts to deliver an alert, in order."""
    return session.scalars(select(Delivery).where(Delivery.alert_id == alert_id).order_by(Delivery.id)).all()


def count_by_state(session: Session) -> dict[str, int]:
    """How many alerts are due, delivered and dead."""
    rows = session.execute(select(Alert.state, func.count()).group_by(Alert.state)).all()
    return {row[0]: row[1] for row in rows}


def disabled_channels(session: Session) -> Sequence[Channel]:
    """The channels that are switched off."""
    return session.scalars(select(Channel).where(Channel.disabled_at.is_not(None)).order_by(Channel.name)).all()
