"""`status`, `changes`, `alerts`: look at what there is."""

from __future__ import annotations

from datetime import date
from typing import Any

import click
from rich.console import Console

from monitor.commands.options import Setting, with_setting
from monitor.commands.parameters import code, known_source, start_of, worded
from monitor.commands.parameters import moment as moment_said
from monitor.commands.sources import source_rows, synced
from monitor.errors import InputError
from monitor.figures.definitions import areas_in
from monitor.figures.records import changes_json, iso_or_none
from monitor.figures.tables import moment, print_whole, shown, table
from monitor.ledger.changes import ChangeClass
from monitor.logs import write_lines
from monitor.outbox.delivering import alert_json
from store import alerts as outbox
from store import changes as change_log
from store.clock import Clock
from store.database import Store
from store.lookups import Question

JSON = click.option("--json", "as_json", is_flag=True, help="JSON Lines in place of a table.")
LIMIT = click.option("--limit", type=click.IntRange(1, 100_000), default=100, show_default=True)


@click.command()
@JSON
@with_setting
def status(setting: Setting, *, as_json: bool) -> None:
    """How the sources fare and what waits to be delivered."""
    store = synced(setting)
    rows = source_rows(setting, store)
    with store.read() as session:
        counts = outbox.count_by_state(session)
        off = outbox.disabled_channels(session)
        disabled = [{"channel": c.name, "since": iso_or_none(c.disabled_at), "reason": c.reason} for c in off]
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
                    shown(moment(row["since"]), zone),
                    shown(moment(row["last_good"]), zone),
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
@click.option("--since", type=moment_said, metavar="DATE", help="Only those from then on (ISO 8601).")
@click.option(
    "--change",
    "classes",
    type=click.Choice([str(one) for one in ChangeClass]),
    metavar="CLASS",
    multiple=True,
    help="Only of this class; may be repeated.",
)
@click.option("--source", help="Only of this source.")
@click.option("--indicator", type=code("indicator"), metavar="CODE", help="Only of figures that count this.")
@click.option("--area", type=code("area"), metavar="CODE", help="Only of figures of this place, with all inside it.")
@LIMIT
@JSON
@with_setting
def changes(setting: Setting, *, since: date | None, as_json: bool, **wanted: Any) -> None:
    """What changed, oldest first."""
    start = start_of(since, setting.configuration.zone) if since else None
    figures = Question(indicator=wanted["indicator"], areas=areas_in(wanted["area"]) if wanted["area"] else ())
    with setting.store() as store, store.read() as session:
        known_source(session, setting.configuration, wanted["source"])
        found = change_log.since(
            session, start, classes=wanted["classes"], source=wanted["source"], figures=figures, limit=wanted["limit"]
        )
        rows = setting.shown(changes_json(session, found), session)
    if as_json:
        write_lines(rows)
        return
    headings = ("at", "change", "source", "value", "previous", "indicator", "period", "area", "who", "title")
    zone = setting.configuration.zone
    print_whole(Console(), table(headings, (_change_row(row, zone) for row in rows), firm=headings[:-1]))


def _change_row(row: dict[str, Any], zone: Any) -> tuple[object, ...]:
    statistic, previous = row["statistic"] or {}, row["previous"] or {}
    slots = statistic or previous
    return (
        shown(moment(row["at"]), zone),
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
@click.option("--retry", "retry", type=worded, multiple=True, metavar="ID", help="Make this dead alert due again.")
@click.option("--retry-all", is_flag=True, help="Make all dead alerts due again.")
@click.option(
    "--enable", type=worded, metavar="CHANNEL", help="Switch a channel on that its receiver had switched off."
)
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
        if wanted["enable"] and not outbox.enable(session, wanted["enable"]):
            raise InputError(
                f"channel {wanted['enable']}: is not switched off; `tratawatch status` names those that are"
            )
        if wanted["retry"] or wanted["retry_all"]:
            named = () if wanted["retry_all"] else wanted["retry"]
            count = outbox.try_again(session, named, Clock().now())
            if named and count < len(set(named)):
                message = f"not all of {', '.join(named)} are dead alerts: none was made due; `--state dead` lists them"
                raise InputError(message)
            click.echo(f"{count} alerts are due again", err=True)
