"""Looks the ledger up: claims as they were filed, vintages as of a day, and all that is known of one figure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from monitor.errors import InputError
from monitor.figures.records import claim_json, claim_of, claim_of_line, iso
from monitor.figures.ruling import figure_of, read_of
from monitor.figures.statistics_json import plain_number
from monitor.ledger.agreement import agree, equal
from monitor.ledger.claim import Claim, order_key, undated
from monitor.ledger.vintages import Vintage, history
from store import ledger, lookups, models, past, rulings
from store.lookups import Proof, Question
from store.past import Line

MOST_LINKS = 100  # of each list of claims that `all_on` tells


def listed(session: Session, question: Question, limit: int) -> list[dict[str, Any]]:
    """The claims that a question asks for, newest first."""
    return [statistic_row(row) for row in lookups.claims(session, question, limit)]


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
    """All that is known of a figure: vintages by voice, who repeats it, proofs, rulings. Raises InputError.

    Of a chain that is very long the first links are told and its own; `left_off` says how many are not.
    """
    row = _begun(session, statistic_id)
    lines = _of_figure(session, row)
    claims = {line.id: claim_of_line(line) for line in lines}
    mine = claims[row.id]
    standing = [claims[line.id] for line in lines if line.unread_at is None]
    chain = sorted((one for one in standing if agree(one.statistic, mine.statistic)), key=order_key)
    agreeing = {one.id for one in chain}
    others = [one for one in claims.values() if one.id not in agreeing]
    told, beside = _links(session, chain, row.id), _links(session, others, row.id)
    return {
        "statistic": statistic_row(row),
        "voices": _voices(standing, mine),
        "chain": [{"role": "repeats" if place else "first", **one} for place, one in enumerate(told)],
        "others": beside,
        "left_off": {"chain": len(chain) - len(told), "others": len(others) - len(beside)},
        "rulings": [_ruling_json(one) for one in rulings.of_figure(session, row.item_id, figure_of(read_of(row)))],
    }


def _links(session: Session, claims: Sequence[Claim], mine: int) -> list[dict[str, Any]]:
    """Claims with their proofs: the first hundred, and the one that is asked for."""
    ids = [claim.id for place, claim in enumerate(claims) if claim.id and (place < MOST_LINKS or claim.id == mine)]
    rows = ledger.by_ids(session, ids)
    proofs = lookups.proofs(session, [row.version_id for row in rows.values()])
    return [_link(rows[one], proofs[rows[one].version_id]) for one in ids]


def _begun(session: Session, statistic_id: int) -> models.Statistic:
    row = ledger.by_ids(session, [statistic_id]).get(statistic_id)
    if row is None:
        raise InputError(f"statistic {statistic_id}: there is none; `tratawatch statistics` lists their ids")
    return ledger.by_ids(session, [row.continues_id])[row.continues_id] if row.continues_id else row


def _of_figure(session: Session, row: models.Statistic) -> Sequence[Line]:
    """All claims of the observation; of one without a period those of the same value, for nothing else joins them."""
    lines = past.all_of(session, row.observation_id)
    if undated(claim_of(row).statistic):
        return [line for line in lines if equal(line.value, row.value)]
    return lines


def _voices(claims: Sequence[Claim], mine: Claim) -> list[dict[str, Any]]:
    """What each voice said, side by side: its vintages, what is current, whether that contradicts."""
    return [
        {
            "voice": name,
            "agrees": any(_agrees(vintage, mine) for vintage in now) if now else None,
            "current": [_value(value) for vintage in now for value in vintage.values],
            "vintages": [_vintage_json(vintage) for vintage in told],
        }
        for name, (told, now) in sorted(history(claims).items())
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


def _link(row: models.Statistic, proof: Proof) -> dict[str, Any]:
    """One claim with its proof."""
    shown = {name: value for name, value in statistic_row(row).items() if name not in _SLOTS}
    return shown | {"copy": row.item.copy_of_id is not None, "proof": _proof_json(row, proof)}


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
