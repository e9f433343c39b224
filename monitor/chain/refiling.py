"""Files what a rereading found as a change of our own, silent, with nothing deleted; says what it would have told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from monitor.chain.filing import add_rows, realign, would_change
from monitor.chain.rereading import Rereading, Step, once
from monitor.chain.walk import RULES, version_of
from monitor.figures.ruling import read_of
from monitor.figures.statistics_json import statistic_json
from monitor.ledger.changes import Change, ChangeClass, alerts_at_once
from monitor.ledger.claim import summary
from monitor.ledger.texts import fingerprint
from store import changes, ledger, models, versions


def difference_json(session: Session, reread: Rereading, *, applied: bool) -> dict[str, Any]:
    """What today's rules find, lose and change in an item, and what would have been told of it."""
    steps, item = reread.steps, reread.item
    changed = {(read_of(row), now): None for s in steps for row, now in s.pairs.changed}
    return {
        "item": item.id,
        "source": item.source_id,
        "url": item.url,
        "title": item.title,
        "rules": {"then": sorted({s.version.rules for s in steps if s.version is not None}), "now": RULES},
        "relevant": [bool(item.relevant), reread.relevant],
        "published": [day.isoformat() if day else None for day in (item.published, reread.published)],
        "texts": sum(step.other_text for step in steps),
        "found": [statistic_json(one) for one in once(one for s in steps for one in s.pairs.found)],
        "lost": [statistic_json(one) for one in once(read_of(row) for s in steps for row in s.pairs.lost)],
        "changed": [{"before": statistic_json(old), "now": statistic_json(now)} for old, now in changed],
        "upheld": [statistic_json(one) for one in once(read_of(row) for s in steps for row in s.pairs.upheld)],
        "told": _would_tell(session, reread),
        "applied": applied,
    }


def _would_tell(session: Session, reread: Rereading) -> list[dict[str, Any]]:
    """What would have been told, had the difference been taken for the source's."""
    last = next((step for step in reversed(reread.steps) if step.reading is not None), None)
    if last is None or last.reading is None or not reread.relevant:
        return []
    version = version_of(reread.item, last.capture, last.reading)
    told = would_change(session, reread.item, version, last.reading.statistics, RULES)
    return [_told_json(change) for change in told]


def _told_json(change: Change) -> dict[str, Any]:
    return {
        "change": str(change.change),
        "at_once": alerts_at_once(change),
        "statistic": summary(change.statistic) if change.statistic else None,
        "previous": summary(change.previous) if change.previous else None,
    }


def refile(session: Session, reread: Rereading, now: datetime) -> None:
    """Have the ledger hold what today's rules read in an item; what they do not find is marked, and kept."""
    item = session.get_one(models.Item, reread.item.id)
    if reread.relevant and not item.relevant:
        item.check_at = now  # it was left alone until today
    item.relevant, item.published = reread.relevant, reread.published
    rows = [_refile_step(session, item, step, now) for step in reread.steps]
    session.flush()
    realign(session, item)
    ledger.read_by(session, item.id, RULES)
    _file_changes(session, item, [one for step in rows for one in step], now)


_Ours = tuple[ChangeClass, models.Statistic | None, models.Statistic | None]


def _refile_step(session: Session, item: models.Item, step: Step, now: datetime) -> list[_Ours]:
    """File one capture anew; gives what was found, lost and changed in it."""
    capture = session.get_one(models.Capture, step.capture.id)
    capture.rules, capture.good, capture.score = RULES, step.verdict.good, step.verdict.score
    capture.reasons = list(step.verdict.reasons)
    version = session.get(models.Version, step.version.id) if step.version else None
    if step.other_text:
        version = _other_version(session, item, step, version, now)
    kept = [] if step.other_text else [row.id for row, _ in step.pairs.same]
    old = [row for row, _ in (*step.pairs.same, *step.pairs.changed)] + step.pairs.lost
    held = ledger.by_ids(session, [row.id for row in (*old, *step.pairs.upheld)])
    ledger.unread((held[row.id] for row in old if row.id not in kept), now)
    new = [one for row, one in step.pairs.same if row.id not in kept]
    new += [one for _, one in step.pairs.changed] + step.pairs.found
    rows = add_rows(session, item, version, new, RULES) if version is not None else []
    _date_readings(step, rows, held, now)
    return _ours(step, rows, held)


def _other_version(
    session: Session, item: models.Item, step: Step, before: models.Version | None, now: datetime
) -> models.Version | None:
    """The version that a capture is now, in place of the one that it was."""
    if before is not None:
        ledger.unread([before], now)
    if step.reading is None:
        return None
    bands = fingerprint(step.reading.page.text) if item.relevant else []
    return versions.add(session, version_of(item, step.capture, step.reading), bands)


def _date_readings(
    step: Step, rows: Sequence[models.Statistic], held: dict[int, models.Statistic], now: datetime
) -> None:
    """When each new row was read: now, but what reads the same as before was read when that was."""
    before = [held[row.id] for row, _ in step.pairs.same] if step.other_text else []
    for place, row in enumerate(rows):
        row.reread_at = before[place].reread_at if place < len(before) else now


def _ours(step: Step, rows: Sequence[models.Statistic], held: dict[int, models.Statistic]) -> list[_Ours]:
    count = len(step.pairs.changed) + len(step.pairs.found)
    fresh = list(rows[len(rows) - count :]) if rows else []
    changed = zip(step.pairs.changed, fresh, strict=False)
    return [
        *((ChangeClass.REVISED_STATISTIC, row, held[old.id]) for (old, _), row in changed),
        *((ChangeClass.NEW_STATISTIC, row, None) for row in fresh[len(step.pairs.changed) :]),
        *((ChangeClass.WITHDRAWN_STATISTIC, None, held[row.id]) for row in step.pairs.lost),
    ]


def _file_changes(session: Session, item: models.Item, ours: Sequence[_Ours], now: datetime) -> None:
    """File each difference once, as ours: no channel hears of it."""
    seen = set()
    for change, row, before in ours:
        key = (change, _key(row), _key(before))
        if key in seen:
            continue
        seen.add(key)
        rules = {"then": before.rules if before else None, "now": RULES}
        changes.add(
            session,
            models.Change(
                change=str(change),
                at=now,
                source_id=item.source_id,
                item_id=item.id,
                version_id=row.version_id if row else None,
                statistic_id=row.id if row else None,
                previous_id=before.id if before else None,
                detail={"ours": rules},
            ),
        )


def _key(row: models.Statistic | None) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in ("observation_id", "value", "qualifier", "provider")) if row else ()
