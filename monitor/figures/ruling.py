"""What people decided on figures, applied to what is read: a ruling is on a claim as read, so it outlasts readings.

A dismissed claim counts in no vintage, a corrected one stands with its corrected value and slots, a confirmed one as it
was read. What was read is kept beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from monitor.errors import InputError
from monitor.figures.definitions import wrong_value
from monitor.figures.records import claim_of, columns_of, observation_of, read_slots
from monitor.ledger.claim import observation_key
from monitor.reader.statistic import Statistic
from store import ledger, models, rulings, shelves
from store.rulings import Figure

CORRECTABLE = (
    *("value", "unit", "qualifier", "indicator", "period", "area", "sex", "age", "form", "citizenship", "provider"),
)


@dataclass(frozen=True, slots=True)
class Ruled:
    """A statistic as it was read, and as it stands after the last ruling on it."""

    read: Statistic
    stands: Statistic
    ruling: models.Ruling | None = None

    @property
    def dismissed(self) -> bool:
        return self.ruling is not None and self.ruling.ruling == rulings.DISMISSED

    @property
    def columns(self) -> dict[str, Any]:
        """The columns in which a row keeps what a person decided."""
        corrected = self.ruling is not None and self.ruling.ruling == rulings.CORRECTED
        return {"ruling": self.ruling, "as_read": read_slots(self.read, CORRECTABLE) if corrected else None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decides: dismissed, corrected (with the slots to set) or confirmed; who, why and when."""

    ruling: str
    by: str
    reason: str
    at: datetime
    slots: Mapping[str, Any]


def ruled(session: Session, item_id: int, found: Sequence[Statistic]) -> list[Ruled]:
    """What was read in a version, after the rulings on its item."""
    known = rulings.in_force(session, item_id)
    if not known:
        return [Ruled(statistic, statistic) for statistic in found]
    exact = {figure_of(statistic) for statistic in found}
    loose = {_number(figure): ruling for figure, ruling in known.items() if figure not in exact}
    return [_ruled(s, known.get(figure_of(s)) or loose.get(_number(figure_of(s)))) for s in found]


def _ruled(read: Statistic, ruling: models.Ruling | None) -> Ruled:
    if ruling is None or ruling.ruling != rulings.CORRECTED:
        return Ruled(read, read, ruling)
    slots = {name: value for name, value in ruling.slots.items() if name in CORRECTABLE}
    return Ruled(read, replace(read, **slots), ruling)


def figure_of(statistic: Statistic) -> Figure:
    """What a ruling is on, beside the item: observation and value as read."""
    return observation_key(statistic), statistic.value


def _number(figure: Figure) -> tuple[str, str, float]:
    indicator, unit = figure[0].split("|", 2)[:2]
    return indicator, unit, figure[1]


def read_of(row: models.Statistic) -> Statistic:
    """A statistic as it was read, whatever a person made of it."""
    return replace(claim_of(row).statistic, **(row.as_read or {}))


def decide(session: Session, statistic_id: int, decision: Decision) -> models.Ruling:
    """File a ruling on the claim to which a statistic belongs and apply it. Raises InputError."""
    row = ledger.by_ids(session, [statistic_id]).get(statistic_id)
    if row is None:
        raise InputError(f"statistic {statistic_id}: there is none; `tratawatch statistics` lists their ids")
    figure = figure_of(read_of(row))
    stands = replace(read_of(row), **decision.slots)
    if wrong := wrong_value(stands.value, stands.unit):
        raise InputError(f"statistic {statistic_id}: its value ({stands.unit}) {wrong}, is {stands.value:g}")
    ruling = rulings.add(
        session,
        models.Ruling(
            ruling=decision.ruling,
            at=decision.at,
            by=decision.by,
            reason=decision.reason,
            item_id=row.item_id,
            observation=figure[0],
            value=figure[1],
            slots=dict(decision.slots),
        ),
    )
    for other in ledger.of_item(session, row.item_id):
        if figure_of(read_of(other)) == figure:
            apply(session, other, ruling)
    session.flush()
    return ruling


def apply(session: Session, row: models.Statistic, ruling: models.Ruling) -> None:
    """Have a row stand as a ruling has it."""
    after = _ruled(read_of(row), ruling)
    observation = ledger.observation(session, observation_of(after.stands))
    for name, value in (columns_of(after.stands, row.source_id, observation) | after.columns).items():
        setattr(row, name, value)
    shelves.move(session, row)


def dismiss_repetition(
    session: Session, row: models.Statistic, read: Statistic, dismissed: models.Statistic
) -> models.Ruling | None:
    """A row that repeats a dismissed figure is dismissed with it: by the same person, for the same reason."""
    first = dismissed.ruling
    if first is None or row.ruling is not None:
        return None
    observation, value = figure_of(read)
    row.ruling = rulings.add(
        session,
        models.Ruling(
            ruling=first.ruling,
            at=first.at,
            by=first.by,
            reason=first.reason,
            item_id=row.item_id,
            observation=observation,
            value=value,
            slots={"repeats": dismissed.id},
        ),
    )
    return row.ruling
