"""Looks the ledger up: claims as they were filed, vintages as of a day, and all that is known of one figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from monitor.errors import InputError
from monitor.figures.records import claim_json, claim_of, iso
from monitor.figures.ruling import figure_of, read_of
from monitor.figures.statistics_json import plain_number
from monitor.ledger.agreement import agree, equal
from monitor.ledger.claim import Claim, order_key, undated
from monitor.ledger.vintages import Vintage, current, vintages
from store import ledger, lookups, models, rulings
from store.lookups import Proof, Question
from store.rulings import DISMISSED

AT_ONCE = 200  # claims in one step of a look-up that gathers observations
FEW = 20  # observations whose claims are loaded together


def listed(session: Session, question: Question, limit: int) -> list[dict[str, Any]]:
    """The claims that a question asks for, newest first."""
    return [statistic_row(row) for row in lookups.claims(session, question, limit)]


def as_of(session: Session, question: Question, end: datetime, limit: int) -> list[dict[str, Any]]:
    """What was current by the days of the question, for each observation and voice; `end` is when they end.

    What was withdrawn counts until then. What a person dismissed does not count; only where it is asked what we had
    read it does, until the decision.
    """
    found: list[dict[str, Any]] = []
    seen: set[int] = set()
    skip = 0
    while len(found) < limit and (ids := lookups.newest(session, question, AT_ONCE, skip)):
        skip += len(ids)
        fresh = [one for one in lookups.observations_of(session, ids) if one not in seen]
        seen.update(fresh)
        for start in range(0, len(fresh), FEW):
            if len(found) < limit:
                found += _current(session, question, fresh[start : start + FEW], end)
    return found[:limit]


def _current(session: Session, question: Question, observations: Sequence[int], end: datetime) -> list[dict[str, Any]]:
    rows: dict[int, list[models.Statistic]] = {one: [] for one in observations}
    for row in ledger.of_observations(session, observations, question.known_by):
        if _held(row, question):
            rows[row.observation_id].append(row)
    asked = lookups.among(session, question, observations)
    return [told for own in rows.values() for told in _current_of(own, asked, question, end)]


def _held(row: models.Statistic, question: Question) -> bool:
    """Whether a claim had been published and read by the days of a question."""
    if question.known_by is not None and (row.date is None or row.date > question.known_by):
        return False
    if question.read_by is None:
        return row.unread_at is None
    later = row.unread_at is None or row.unread_at > question.read_by
    return later and (row.reread_at or row.fetched_at) <= question.read_by


def _current_of(
    rows: Sequence[models.Statistic], asked: set[int], question: Question, end: datetime
) -> Iterable[dict[str, Any]]:
    by_id = {row.id: row for row in rows}
    for told in current(_claim_at(row, question, end) for row in rows).values():
        for vintage in told:
            if any(claim.id in asked for claim in vintage.claims):
                yield from (_value_row(by_id[value.id or 0], vintage) for value in vintage.values)


def _claim_at(row: models.Statistic, question: Question, end: datetime) -> Claim:
    """A claim as it stood then; what people know of it now counts, unless it is asked what we had read."""
    withdrawn = row.withdrawn_at is not None and row.withdrawn_at <= end
    dismissed = row.ruling is not None and row.ruling.ruling == DISMISSED
    if dismissed and row.ruling is not None and question.read_by is not None:
        dismissed = row.ruling.at <= question.read_by
    return replace(claim_of(row), withdrawn=withdrawn, dismissed=dismissed)


def _value_row(row: models.Statistic, vintage: Vintage) -> dict[str, Any]:
    return statistic_row(row) | {
        "since": _day(vintage.first.date),
        "last_said": _day(vintage.last.date),
        "said_by": len(vintage.claims),
    }


def statistic_row(row: models.Statistic) -> dict[str, Any]:
    """A statistic of the ledger as look-ups give it: as it stands, what was read, what people and time made of it."""
    return claim_json(row) | {
        "id": row.id,
        "measure": row.measure,
        "register": row.register,
        "voice": row.voice,
        "title": row.item.title,
        "date": _day(row.date),
        "fetched": iso(row.fetched_at),
        "withdrawn": _iso(row.withdrawn_at),
        "rules": row.rules,
        "unread": _iso(row.unread_at),
        "ruling": _ruling_json(row.ruling) if row.ruling else None,
        "as_read": row.as_read,
        "value": plain_number(row.value),
    }


def all_on(session: Session, statistic_id: int) -> dict[str, Any]:
    """All that is known of a figure: vintages by voice, who repeats it, proofs, rulings. Raises InputError."""
    row = _begun(session, statistic_id)
    claims = _of_figure(session, row)
    mine = claim_of(row)
    proofs = lookups.proofs(session, [one.version_id for one in claims])
    standing = [one for one in claims if one.unread_at is None]
    agreeing = [one for one in standing if agree(claim_of(one).statistic, mine.statistic)]
    chain = sorted(agreeing, key=lambda one: order_key(claim_of(one)))
    figure = figure_of(read_of(row))
    return {
        "statistic": statistic_row(row),
        "voices": _voices(standing, mine),
        "chain": [_link(one, place, proofs[one.version_id]) for place, one in enumerate(chain)],
        "others": [_link(one, None, proofs[one.version_id]) for one in claims if one not in chain],
        "rulings": [_ruling_json(one) for one in rulings.of_figure(session, row.item_id, figure)],
    }


def _begun(session: Session, statistic_id: int) -> models.Statistic:
    row = ledger.by_ids(session, [statistic_id]).get(statistic_id)
    if row is None:
        raise InputError(f"statistic {statistic_id}: there is none; `tratawatch statistics` lists their ids")
    return ledger.by_ids(session, [row.continues_id])[row.continues_id] if row.continues_id else row


def _of_figure(session: Session, row: models.Statistic) -> list[models.Statistic]:
    """All claims of the observation; of one without a period those of the same value, for nothing else joins them."""
    claims = ledger.of_observations(session, [row.observation_id])
    if undated(claim_of(row).statistic):
        return [one for one in claims if equal(one.value, row.value)]
    return list(claims)


def _voices(rows: Sequence[models.Statistic], mine: Claim) -> list[dict[str, Any]]:
    """What each voice said, side by side: its vintages, what is current, whether that contradicts."""
    claims = [claim_of(row) for row in rows]
    now = current(claims)
    return [
        {
            "voice": name,
            "agrees": any(_agrees(vintage, mine) for vintage in now.get(name, ())) if name in now else None,
            "current": [_value(value) for vintage in now.get(name, ()) for value in vintage.values],
            "vintages": [_vintage_json(vintage) for vintage in told],
        }
        for name, told in sorted(vintages(claims).items())
    ]


def _agrees(vintage: Vintage, mine: Claim) -> bool:
    return any(agree(value.statistic, mine.statistic) for value in vintage.values)


def _vintage_json(vintage: Vintage) -> dict[str, Any]:
    return {
        "values": [_value(value) for value in vintage.values],
        "from": _day(vintage.first.date),
        "last": _day(vintage.last.date),
        "claims": [claim.id for claim in vintage.claims],
        "withdrawn": all(claim.withdrawn for claim in vintage.claims),
    }


def _value(claim: Claim) -> dict[str, Any]:
    return {"value": plain_number(claim.value), "qualifier": claim.statistic.qualifier, "id": claim.id}


def _link(row: models.Statistic, place: int | None, proof: Proof) -> dict[str, Any]:
    """One claim in the chain of those who say it, with its proof; the first one said it first."""
    role = {} if place is None else {"role": "first" if place == 0 else "repeats"}
    shown = {name: value for name, value in statistic_row(row).items() if name not in _SLOTS}
    return role | shown | {"copy": row.item.copy_of_id is not None, "proof": _proof_json(row, proof)}


_SLOTS = frozenset({"indicator", "unit", "area", "sex", "age", "form", "citizenship"})


def _proof_json(row: models.Statistic, proof: Proof) -> dict[str, Any]:
    return {
        "version": proof.version,
        "span": [row.start, row.end],
        "text_sha256": proof.text_sha256,
        "capture": proof.capture,
        "fetched": iso(proof.fetched),
        "address": proof.final_url,
        "status": proof.status,
        "sha256": proof.sha256,
        "size": proof.size,
    }


def _ruling_json(ruling: models.Ruling) -> dict[str, Any]:
    return {
        "ruling": ruling.ruling,
        "by": ruling.by,
        "at": iso(ruling.at),
        "reason": ruling.reason,
        "slots": ruling.slots,
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _iso(moment: datetime | None) -> str | None:
    return iso(moment) if moment else None
