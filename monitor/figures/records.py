"""Between the rows of the store, the claims of the ledger and the JSON of the streams: one place for each field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from monitor.figures.statistics_json import statistic_json
from monitor.ledger.claim import Claim, observation_key, period_days, series_key, voice
from monitor.reader.statistic import Statistic
from store import ledger, models
from store.past import Line
from store.rulings import DISMISSED


def claim_of(row: models.Statistic) -> Claim:
    """The claim that a row of the store holds; its observation and item are loaded."""
    observation = row.observation
    interval = None
    if row.interval_low is not None and row.interval_high is not None:
        interval = (row.interval_low, row.interval_high)
    statistic = Statistic(
        start=row.start,
        end=row.end,
        quote=row.quote,
        value=row.value,
        rule=row.rule,
        unit=observation.unit,
        qualifier=row.qualifier,
        indicator=observation.indicator,
        period=row.period,
        area=observation.area,
        sex=observation.sex,
        age=observation.age,
        form=observation.form,
        citizenship=observation.citizenship,
        provider=row.provider,
        measure=row.measure,
        register=row.register,
        interval=interval,
    )
    return Claim(
        statistic=statistic,
        id=row.id,
        item=row.item_id,
        source=row.item.source_id,
        url=row.item.url,
        published=row.item.published,
        date=row.date,
        fetched=row.fetched_at,
        withdrawn=row.withdrawn_at is not None,
        dismissed=row.ruling is not None and row.ruling.ruling == DISMISSED,
        title=row.item.title,
    )


def claim_of_line(line: Line) -> Claim:
    """The claim that a line of the past holds: without its words."""
    interval = None
    if line.interval_low is not None and line.interval_high is not None:
        interval = (line.interval_low, line.interval_high)
    statistic = Statistic(
        start=line.start,
        end=line.end,
        quote="",
        value=line.value,
        rule=line.rule,
        unit=line.unit,
        qualifier=line.qualifier,
        indicator=line.indicator,
        period=line.period,
        area=line.area,
        sex=line.sex,
        age=line.age,
        form=line.form,
        citizenship=line.citizenship,
        provider=line.provider,
        measure=line.measure,
        register=line.register,
        interval=interval,
    )
    return Claim(
        statistic=statistic,
        id=line.id,
        item=line.item_id,
        source=line.source_id,
        url=line.url,
        published=line.published,
        date=line.date,
        fetched=line.fetched_at,
        withdrawn=line.withdrawn_at is not None,
        dismissed=line.ruling == DISMISSED,
        title=line.title,
    )


def columns_of(statistic: Statistic, source: str, observation: models.Observation) -> dict[str, Any]:
    """The columns in which a row holds value, slots and what follows from them: its observation and voice."""
    key = observation_of(statistic)
    low, high = statistic.interval or (None, None)
    return {
        "observation": observation,
        "indicator": statistic.indicator,
        "area": statistic.area,
        "first_day": key.first_day,
        "last_day": key.last_day,
        "value": statistic.value,
        "interval_low": low,
        "interval_high": high,
        "qualifier": statistic.qualifier,
        "period": statistic.period,
        "provider": statistic.provider,
        "measure": statistic.measure,
        "register": statistic.register,
        "voice": voice(Claim(statistic, source=source)),
    }


def read_slots(statistic: Statistic, names: Iterable[str]) -> dict[str, Any]:
    """The fields of a statistic as plain values."""
    return {name: getattr(statistic, name) for name in names}


def observation_of(statistic: Statistic) -> ledger.ObservationKey:
    """The observation that a statistic is of."""
    days = period_days(statistic.period)
    return ledger.ObservationKey(
        series=series_key(statistic),
        period=observation_key(statistic).rpartition("@")[2],
        first_day=days[0] if days else None,
        last_day=days[1] if days else None,
        slots={name: getattr(statistic, name) for name in ledger.SLOTS},
    )


def claim_json(row: models.Statistic) -> dict[str, Any]:
    """A claim with where it stands, as look-ups and the `previous` of a change give it."""
    claim = claim_of(row)
    checks = {"checks": row.checks} if row.checks else {}
    return (
        statistic_json(claim.statistic)
        | checks
        | {
            "quote_offset": row.quote_offset,
            "url": claim.url,
            "source": claim.source,
            "published": claim.published.isoformat() if claim.published else None,
        }
    )


def changes_json(session: Session, changes: Sequence[models.Change]) -> list[dict[str, Any]]:
    """Changes as the contract has them."""
    wanted = {i for c in changes for i in (c.statistic_id, c.previous_id) if i is not None}
    statistics = ledger.by_ids(session, wanted)
    items = _items(session, changes)
    return [_change_json(change, statistics, items) for change in changes]


def _items(session: Session, changes: Iterable[models.Change]) -> dict[int, models.Item]:
    wanted = {i for c in changes for i in (c.item_id, c.copy_of_id) if i is not None}
    return {item_id: session.get_one(models.Item, item_id) for item_id in wanted}


def _change_json(
    change: models.Change, statistics: dict[int, models.Statistic], items: dict[int, models.Item]
) -> dict[str, Any]:
    item = items[change.item_id] if change.item_id else None
    now = statistics.get(change.statistic_id or 0)
    previous = statistics.get(change.previous_id or 0)
    return {
        "id": change.uid,
        "change": change.change,
        "doc_id": change.doc_id,
        "at": iso(change.at),
        "source": change.source_id,
        "url": item.url if item else None,
        "title": item.title if item else None,
        "published": item.published.isoformat() if item and item.published else None,
        "statistic": statistic_json(claim_of(now).statistic) | {"quote_offset": now.quote_offset} if now else None,
        "previous": claim_json(previous) if previous else None,
        "copy_of": items[change.copy_of_id].url if change.copy_of_id else None,
        "detail": change.detail,
    }


def iso(moment: datetime) -> str:
    """A time in UTC, to the second."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def iso_or_none(moment: datetime | None) -> str | None:
    """A time as ISO 8601, where there is one."""
    return iso(moment) if moment else None
