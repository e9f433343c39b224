"""Files the statistics of a version in the ledger: what they continue, what they change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from monitor.chain.reading import quote_start
from monitor.figures.records import claim_of, claim_of_line, columns_of, observation_of
from monitor.figures.ruling import Ruled, dismiss_repetition, ruled
from monitor.figures.statistics_json import statistic_json
from monitor.ledger.agreement import equal
from monitor.ledger.case import NewVersion
from monitor.ledger.changes import Change
from monitor.ledger.claim import Claim, claim_date, series_key, voice
from monitor.ledger.held import Conflict, Held, Pair, differing, wanted
from monitor.ledger.judge import judge
from monitor.ledger.referee import Failure, compared_years, referee
from monitor.ledger.versions import align, same_observation
from monitor.reader.statistic import Statistic
from store import ledger, models, past, shelves, versions, words


@dataclass(frozen=True, slots=True)
class Filed:
    """A version as filed: its changes, the row of each of its claims by `id()`, and what is read differently now."""

    changes: list[Change]
    rows: dict[int, models.Statistic]
    reread: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Said:
    """What a version says: its claims, each with what was read and ruled by `id()`, and the rules that read them."""

    claims: tuple[Claim, ...]
    ruled: dict[int, Ruled]
    rules: str


def file_version(
    session: Session, item: models.Item, version: models.Version, found: Sequence[Statistic], rules: str
) -> Filed:
    """File the statistics of an item's newest version and say what they change."""
    before = versions.before(session, item.id, version)
    said = _said(session, item, version, found, rules, later=before is not None)
    previous = _standing(session, before) if before else None
    original = session.get(models.Item, item.copy_of_id) if item.copy_of_id else None
    held = _held(session, said.claims + (previous or ()), original)
    failures = referee(said.claims, _earlier_years(session, said.claims))
    changes = judge(NewVersion(said.claims, previous, original.url if original else None), held)
    changes = [_marked(change, failures) for change in changes]
    rows = _file(session, version, said, previous)
    _mark(rows, failures)
    _dismiss_repetitions(session, said, rows, changes)
    standing = [claim for claim in said.claims if not claim.dismissed]
    ledger.remember(session, [_pair(pair) for pair in sorted(differing(standing), key=str)])
    return Filed(changes, rows, _reread(previous, said.claims))


def _marked(change: Change, failures: Mapping[int, tuple[Failure, ...]]) -> Change:
    """The change with the checks that its statistic fails."""
    found = failures.get(id(change.statistic), ())
    return replace(change, detail={**change.detail, "checks": [one.plain() for one in found]}) if found else change


def _mark(rows: Mapping[int, models.Statistic], failures: Mapping[int, tuple[Failure, ...]]) -> None:
    for key, row in rows.items():
        row.checks = [one.plain() for one in failures.get(key, ())]


def _earlier_years(session: Session, claims: tuple[Claim, ...]) -> list[Claim]:
    """What is held of the years with which a text compares its figures."""
    keys = {(series_key(statistic), date(year, 1, 1)) for statistic, year in compared_years(claims)}
    asked = past.Asked(None, {voice(claim) for claim in claims}, ())
    return [claim_of_line(line) for line in past.starting(session, keys, asked)] if keys else []


def _reread(previous: tuple[Claim, ...] | None, claims: tuple[Claim, ...]) -> list[dict[str, Any]]:
    """The statistics that stand in both versions of an item and have a slot that is read differently now."""
    pairs = align(previous or (), claims).reread
    return [{"before": statistic_json(old.statistic), "now": statistic_json(new.statistic)} for old, new in pairs]


def would_change(
    session: Session, item: models.Item, version: models.Version, found: Sequence[Statistic], rules: str
) -> list[Change]:
    """What a text would change if it came after the item's newest version; nothing is filed."""
    before = versions.latest(session, item.id)
    previous = _standing(session, before) if before and item.relevant else None
    said = _said(session, item, version, found, rules, later=previous is not None)
    return judge(NewVersion(said.claims, previous), _held(session, said.claims + (previous or ())))


def add_rows(
    session: Session, item: models.Item, version: models.Version, found: Sequence[Statistic], rules: str
) -> list[models.Statistic]:
    """File more statistics of a version, in the order given; what they continue is for `realign` to say."""
    said = _said(session, item, version, found, rules, later=False)
    return list(_file(session, version, said, None).values())


def file_earlier(
    session: Session, item: models.Item, version: models.Version, found: Sequence[Statistic], rules: str
) -> None:
    """File the statistics of a version that is older than one held, and align the item's versions anew: no change.

    What stands in the ledger depends on the versions and their dates, not on the order in which they were read.
    """
    said = _said(session, item, version, found, rules, later=False)
    _mark(_file(session, version, said, None), referee(said.claims, _earlier_years(session, said.claims)))
    realign(session, item)


def _said(  # noqa: PLR0913 - all that a version is
    session: Session,
    item: models.Item,
    version: models.Version,
    found: Sequence[Statistic],
    rules: str,
    *,
    later: bool,
) -> _Said:
    pairs = [(_claim(item, version, one, later=later), one) for one in ruled(session, item.id, found)]
    return _Said(tuple(claim for claim, _ in pairs), {id(claim): one for claim, one in pairs}, rules)


def _dismiss_repetitions(
    session: Session, said: _Said, rows: dict[int, models.Statistic], changes: Sequence[Change]
) -> None:
    """A figure that repeats a dismissed one is dismissed with it, at each place where the version says it."""
    for change in changes:
        statistic, previous = change.statistic, change.previous
        if not change.detail.get("dismissed") or statistic is None or previous is None or previous.id is None:
            continue
        first = ledger.by_ids(session, [previous.id])[previous.id]
        for claim in said.claims:
            if equal(claim.value, statistic.value) and same_observation(claim, statistic):
                dismiss_repetition(session, rows[id(claim)], said.ruled[id(claim)].read, first)


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
        shelves.note(session, rows)
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


def _claim(item: models.Item, version: models.Version, ruled: Ruled, *, later: bool) -> Claim:
    return Claim(
        statistic=ruled.stands,
        item=item.id,
        source=item.source_id,
        url=item.url,
        published=item.published,
        date=claim_date(item.published, version.fetched_at, later_version=later),
        fetched=version.fetched_at,
        dismissed=ruled.dismissed,
        title=item.title,
    )


def _standing(session: Session, version: models.Version) -> tuple[Claim, ...]:
    """The claims that stand in a version: for each of its statistics the row with which it began."""
    rows = ledger.of_version(session, version.id)
    begun = ledger.by_ids(session, [row.continues_id for row in rows if row.continues_id])
    return tuple(dict.fromkeys(claim_of(begun.get(row.continues_id or 0, row)) for row in rows))


def _held(session: Session, claims: tuple[Claim, ...], original: models.Item | None = None) -> Held:
    keys = wanted(claims, original.source_id if original else None)
    item_id = claims[0].item if claims else None
    figures = {(claim.statistic.indicator, claim.statistic.area, claim.value) for claim in claims}
    asked = past.Asked(item_id, {voice(claim) for claim in claims}, figures)
    lines = [*past.starting(session, keys.starts, asked), *past.valued(session, keys.figures, asked)]
    conflicts = ledger.conflicts(session, keys.series)
    return Held(
        claims=tuple({line.id: claim_of_line(line) for line in lines}.values()),
        conflicts=frozenset(Conflict(c.observation, (c.one, c.one_value), (c.other, c.other_value)) for c in conflicts),
        pairs=frozenset(Pair(p.series, p.one, p.other) for p in ledger.voice_pairs(session, keys.series)),
    )


def _file(
    session: Session, version: models.Version, said: _Said, previous: tuple[Claim, ...] | None
) -> dict[int, models.Statistic]:
    alignment = align(previous or (), said.claims)
    keys = [observation_of(claim.statistic) for claim in said.claims]
    observations = ledger.observations(session, keys)
    begun = {id(new): old.id for old, new in alignment.carried}
    rows = {}
    for claim, key in zip(said.claims, keys, strict=True):
        row = row_of(version, claim, said.ruled[id(claim)], said.rules, observations[key.series, key.period])
        row.continues_id = begun.get(id(claim))
        rows[id(claim)] = row
    shelves.put(session, [*rows.values()])
    ledger.withdraw(session, [old.id for old in alignment.gone if old.id], version.fetched_at)
    session.flush()
    words.add(session, rows.values(), version.title)
    return rows


def row_of(
    version: models.Version, claim: Claim, ruled: Ruled, rules: str, observation: models.Observation
) -> models.Statistic:
    """The row of a claim in a version, as it stands after the last ruling on it."""
    statistic = claim.statistic
    return models.Statistic(
        version_id=version.id,
        item_id=version.item_id,
        source_id=claim.source,
        start=statistic.start,
        end=statistic.end,
        quote=statistic.quote,
        quote_offset=_quote_offset(version.text, statistic),
        rule=statistic.rule,
        rules=rules,
        date=claim.date,
        fetched_at=version.fetched_at,
        **columns_of(statistic, claim.source, observation),
        **ruled.columns,
    )


def _quote_offset(text: str, statistic: Statistic) -> int:
    """Where the number begins in its quote; what is not shown has been refused before."""
    start = quote_start(text, statistic)
    return statistic.start - start if start is not None else 0


def know_to_differ(session: Session, changes: Sequence[Change]) -> None:
    """Keep of conflicts that nobody is told which voices are in them: they are known to differ from then on."""
    for change in changes:
        if change.change == "conflicting_statistic" and change.statistic is not None and change.previous is not None:
            ledger.remember(session, [_pair(Pair.of(change.statistic, change.previous))])


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
