"""`sources`, `status`, `changes`, `alerts`: look at what there is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import click
from dateutil import parser as dates
from rich.console import Console

from monitor.commands.logs import write_lines
from monitor.commands.options import Setting, with_setting
from monitor.definitions import areas_in
from monitor.delivering import alert_json
from monitor.records import changes_json, iso
from monitor.tables import shown, table
from store import alerts as outbox
from store import changes as change_log
from store import sources as source_book
from store.clock import Clock
from store.database import Store
from store.lookups import Figures
from store.models import Source, Visit

JSON = click.option("--json", "as_json", is_flag=True, help="JSON Lines in place of a table.")
LIMIT = click.option("--limit", type=click.IntRange(1, 100_000), default=100, show_default=True)


@click.command()
@JSON
@with_setting
def sources(setting: Setting, *, as_json: bool) -> None:
    """The sources, with their last visit, its verdict and the next visit."""
    store = _synced(setting)
    rows = _source_rows(setting, store)
    if as_json:
        write_lines(rows)
        return
    zone = setting.configuration.zone
    headings = ("source", "name", "spider", "every", "last visit", "verdict", "next visit")
    Console().print(
        table(
            headings,
            (
                (
                    row["source"],
                    row["name"],
                    row["spider"],
                    f"{row['interval']:g} min",
                    shown(_moment(row["last_visit"]), zone),
                    row["verdict"],
                    shown(_moment(row["next_visit"]), zone) if row["active"] else "off",
                )
                for row in rows
            ),
        )
    )


def _synced(setting: Setting) -> Store:
    store = setting.open_store()
    with store.write() as session:
        source_book.sync(session, setting.configuration.sources.values())
    return store


def _source_rows(setting: Setting, store: Store) -> list[dict[str, Any]]:
    known = setting.configuration.sources
    with store.read() as session:
        last = source_book.last_visits(session)
        stored = {source.id: source for source in source_book.every(session)}
    return [_source_row(stored[name], last.get(name), source.interval) for name, source in known.items()]


def _source_row(source: Source, visit: Visit | None, interval: float) -> dict[str, Any]:
    following = max(visit.started_at + timedelta(minutes=interval), Clock().now()) if visit else Clock().now()
    return {
        "source": source.id,
        "name": source.name,
        "spider": source.spider,
        "active": source.active,
        "interval": interval,
        "state": source.state,
        "since": _iso(source.state_since),
        "last_good": _iso(source.last_good_at),
        "last_visit": _iso(visit.started_at) if visit else None,
        "verdict": (visit.verdict or "under way") if visit else None,
        "reason": visit.reason if visit else None,
        "counts": visit.counts if visit else {},
        "next_visit": _iso(following) if source.active else None,
    }


@click.command()
@JSON
@with_setting
def status(setting: Setting, *, as_json: bool) -> None:
    """How the sources fare and what waits to be delivered."""
    store = _synced(setting)
    rows = _source_rows(setting, store)
    with store.read() as session:
        counts = outbox.count_by_state(session)
        off = outbox.disabled_channels(session)
        disabled = [{"channel": c.name, "since": _iso(c.disabled_at), "reason": c.reason} for c in off]
    if as_json:
        write_lines([*rows, {"alerts": counts, "disabled_channels": disabled}])
        return
    zone, console = setting.configuration.zone, Console()
    headings = ("source", "state", "since", "last good visit", "last verdict", "why")
    console.print(
        table(
            headings,
            (
                (
                    row["source"],
                    row["state"] if row["active"] else "off",
                    shown(_moment(row["since"]), zone),
                    shown(_moment(row["last_good"]), zone),
                    row["verdict"],
                    row["reason"],
                )
                for row in rows
            ),
        )
    )
    console.print("alerts: " + (", ".join(f"{n} {state}" for state, n in counts.items()) or "none"))
    for row in disabled:
        console.print(table(("channel switched off", "since", "why"), [tuple(row.values())]))


@click.command()
@click.option("--since", metavar="DATE", help="Only those from then on (ISO 8601).")
@click.option("--change", "classes", multiple=True, help="Only of this class; may be repeated.")
@click.option("--source", help="Only of this source.")
@click.option("--indicator", metavar="CODE", help="Only of figures that count this.")
@click.option("--area", metavar="CODE", help="Only of figures of this place, with all inside it.")
@LIMIT
@JSON
@with_setting
def changes(setting: Setting, *, since: str | None, as_json: bool, **wanted: Any) -> None:
    """What changed, oldest first."""
    start = _parsed(since, setting) if since else None
    figures = Figures(indicator=wanted["indicator"], areas=areas_in(wanted["area"]) if wanted["area"] else ())
    with setting.store() as store, store.read() as session:
        found = change_log.since(
            session, start, classes=wanted["classes"], source=wanted["source"], figures=figures, limit=wanted["limit"]
        )
        rows = setting.shown(changes_json(session, found))
    if as_json:
        write_lines(rows)
        return
    headings = ("at", "change", "source", "value", "previous", "indicator", "period", "area", "who", "title")
    zone = setting.configuration.zone
    Console().print(table(headings, (_change_row(row, zone) for row in rows)))


def _change_row(row: dict[str, Any], zone: Any) -> tuple[object, ...]:
    statistic, previous = row["statistic"] or {}, row["previous"] or {}
    slots = statistic or previous
    return (
        shown(_moment(row["at"]), zone),
        row["change"],
        row["source"],
        statistic.get("value"),
        previous.get("value"),
        slots.get("indicator"),
        slots.get("period"),
        slots.get("area"),
        slots.get("provider"),
        row["title"],
    )


@click.command()
@click.option("--state", type=click.Choice([outbox.DUE, outbox.DELIVERED, outbox.DEAD]), help="Only these.")
@click.option("--retry", "retry", multiple=True, metavar="ID", help="Make this dead alert due again.")
@click.option("--retry-all", is_flag=True, help="Make all dead alerts due again.")
@click.option("--enable", metavar="CHANNEL", help="Switch a channel on that its receiver had switched off.")
@LIMIT
@JSON
@with_setting
def alerts(setting: Setting, *, as_json: bool, **wanted: Any) -> None:
    """The alerts and what became of them; dead ones can be tried again."""
    with setting.store() as store:
        if wanted["retry"] or wanted["retry_all"] or wanted["enable"]:
            _mend(store, wanted)
        rows = _alert_rows(store, wanted)
    if as_json:
        write_lines(rows)
        return
    names = ("id", "channel", "kind", "state", "attempts", "changes", "created_at", "last_outcome")
    Console().print(table(names, (tuple(row[name] for name in names) for row in rows)))


def _alert_rows(store: Store, wanted: dict[str, Any]) -> list[dict[str, Any]]:
    with store.read() as session:
        found = outbox.recent(session, wanted["limit"], wanted["state"])
        return [alert_json(a, list(outbox.changes_of(session, a.id)), outbox.attempts(session, a.id)) for a in found]


def _mend(store: Store, wanted: dict[str, Any]) -> None:
    with store.write() as session:
        if wanted["enable"]:
            outbox.enable(session, wanted["enable"])
        if wanted["retry"] or wanted["retry_all"]:
            count = outbox.try_again(session, wanted["retry"], Clock().now())
            click.echo(f"{count} alerts are due again", err=True)


def _parsed(value: str, setting: Setting) -> datetime:
    try:
        moment = dates.isoparse(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no ISO 8601 date or time", param_hint="--since") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=setting.configuration.zone)


def _moment(value: str | None) -> datetime | None:
    return dates.isoparse(value) if value else None


def _iso(moment: datetime | None) -> str | None:
    return iso(moment) if moment else None
