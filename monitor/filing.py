"""Files the statistics of a version in the ledger: what they continue, what they change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from monitor.ledger.case import NewVersion
from monitor.ledger.changes import Change
from monitor.ledger.claim import Claim, claim_date, voice
from monitor.ledger.held import Conflict, Held, Pair, differing, wanted
from monitor.ledger.judge import judge
from monitor.ledger.versions import align
from monitor.reader.statistic import Statistic
from monitor.reading import quote_start
from monitor.records import claim_of, observation_of
from monitor.statistics_json import statistic_json
from store import ledger, models, versions


@dataclass(frozen=True, slots=True)
class Filed:
    """A version as filed: its changes, the row of each of its claims by `id()`, and what is read differently now."""

    changes: list[Change]
    rows: dict[int, models.Statistic]
    reread: list[dict[str, Any]]


def file_version(
    session: Session, item: models.Item, version: models.Version, found: Sequence[Statistic], rules: str
) -> Filed:
    """File the statistics of an item's newest version and say what they change."""
    before = versions.before(session, item.id, version)
    claims = tuple(_claim(item, version, statistic, later=before is not None) for statistic in found)
    previous = _standing(session, before) if before else None
    held = _held(session, claims + (previous or ()))
    original = session.get(models.Item, item.copy_of_id) if item.copy_of_id else None
    changes = judge(NewVersion(claims, previous, original.url if original else None), held)
    rows = _file(session, version, claims, previous, rules)
    ledger.remember(session, [_pair(pair) for pair in sorted(differing(claims), key=str)])
    return Filed(changes, rows, _reread(previous, claims))


def _reread(previous: tuple[Claim, ...] | None, claims: tuple[Claim, ...]) -> list[dict[str, Any]]:
    """The statistics that stand in both versions of an item and have a slot that is read differently now."""
    pairs = align(previous or (), claims).reread
    return [{"before": statistic_json(old.statistic), "now": statistic_json(new.statistic)} for old, new in pairs]


def file_earlier(
    session: Session, item: models.Item, version: models.Version, found: Sequence[Statistic], rules: str
) -> None:
    """File the statistics of a version that is older than one held, and align the item's versions anew: no change.

    What stands in the ledger depends on the versions and their dates, not on the order in which they were read.
    """
    claims = tuple(_claim(item, version, statistic, later=False) for statistic in found)
    _file(session, version, claims, None, rules)
    realign(session, item)


def realign(session: Session, item: models.Item) -> None:
    """Say again of each statistic of an item where it began, of what date it is and when it was withdrawn."""
    previous: tuple[Claim, ...] | None = None
    for version in versions.of_item(session, item.id):
        rows = ledger.of_version(session, version.id)
        for row in rows:
            row.continues_id = row.withdrawn_at = None
            row.date = claim_date(item.published, version.fetched_at, later_version=previous is not None)
        claims = tuple(claim_of(row) for row in rows)
        if previous is not None:
            _continue(session, version, previous, claims)
        session.flush()
        previous = _standing(session, version)


def _continue(
    session: Session, version: models.Version, previous: tuple[Claim, ...], claims: tuple[Claim, ...]
) -> None:
    alignment = align(previous, claims)
    known = ledger.by_ids(session, [claim.id for claim in claims if claim.id])
    for old, new in alignment.carried:
        known[new.id or 0].continues_id = old.id
    ledger.withdraw(session, [old.id for old in alignment.gone if old.id], version.fetched_at)


def _claim(item: models.Item, version: models.Version, statistic: Statistic, *, later: bool) -> Claim:
    return Claim(
        statistic=statistic,
        item=item.id,
        source=item.source_id,
        url=item.url,
        published=item.published,
        date=claim_date(item.published, version.fetched_at, later_version=later),
        fetched=version.fetched_at,
        title=item.title,
    )


def _standing(session: Session, version: models.Version) -> tuple[Claim, ...]:
    """The claims that stand in a version: for each of its statistics the row with which it began."""
    rows = ledger.of_version(session, version.id)
    begun = ledger.by_ids(session, [row.continues_id for row in rows if row.continues_id])
    return tuple(dict.fromkeys(claim_of(begun.get(row.continues_id or 0, row)) for row in rows))


def _held(session: Session, claims: tuple[Claim, ...]) -> Held:
    keys = wanted(claims)
    rows = [*ledger.starting(session, keys.starts), *ledger.valued(session, keys.figures)]
    conflicts = ledger.conflicts(session, keys.series)
    return Held(
        claims=tuple({row.id: claim_of(row) for row in rows}.values()),
        conflicts=frozenset(Conflict(c.observation, (c.one, c.one_value), (c.other, c.other_value)) for c in conflicts),
        pairs=frozenset(Pair(p.series, p.one, p.other) for p in ledger.voice_pairs(session, keys.series)),
    )


def _file(
    session: Session,
    version: models.Version,
    claims: tuple[Claim, ...],
    previous: tuple[Claim, ...] | None,
    rules: str,
) -> dict[int, models.Statistic]:
    alignment = align(previous or (), claims)
    begun = {id(new): old.id for old, new in alignment.carried}
    rows = {}
    for claim in claims:
        row = _row(session, version, claim, rules)
        row.continues_id = begun.get(id(claim))
        session.add(row)
        rows[id(claim)] = row
    ledger.withdraw(session, [old.id for old in alignment.gone if old.id], version.fetched_at)
    session.flush()
    return rows


def _row(session: Session, version: models.Version, claim: Claim, rules: str) -> models.Statistic:
    statistic = claim.statistic
    low, high = statistic.interval or (None, None)
    return models.Statistic(
        version_id=version.id,
        item_id=version.item_id,
        observation_id=ledger.observation(session, observation_of(statistic)).id,
        start=statistic.start,
        end=statistic.end,
        quote=statistic.quote,
        quote_offset=_quote_offset(version.text, statistic),
        value=statistic.value,
        interval_low=low,
        interval_high=high,
        qualifier=statistic.qualifier,
        period=statistic.period,
        provider=statistic.provider,
        measure=statistic.measure,
        register=statistic.register,
        rule=statistic.rule,
        rules=rules,
        voice=voice(claim),
        date=claim.date,
        fetched_at=version.fetched_at,
    )


def _quote_offset(text: str, statistic: Statistic) -> int:
    """Where the number begins in its quote; what is not shown has been refused before."""
    start = quote_start(text, statistic)
    return statistic.start - start if start is not None else 0


def remember_conflicts(session: Session, filed: list[tuple[Change, models.Change]]) -> None:
    """Keep which voices and values were told to contradict, so that they are told once."""
    for change, row in filed:
        if change.change != "conflicting_statistic" or change.statistic is None or change.previous is None:
            continue
        conflict, pair = Conflict.of(change.statistic, change.previous), Pair.of(change.statistic, change.previous)
        one, other = conflict.one, conflict.other
        known = models.Conflict(
            observation=conflict.observation,
            one=one[0],
            one_value=one[1],
            other=other[0],
            other_value=other[1],
            series=pair.series,
            change_id=row.id,
        )
        ledger.remember(session, [known, _pair(pair)])


def _pair(pair: Pair) -> models.VoicePair:
    return models.VoicePair(series=pair.series, one=pair.one, other=pair.other)
