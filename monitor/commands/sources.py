"""`sources`: the sources and how they fare, a check of their watches, and new ones by their address."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from monitor.alerts.safe_text import clean
from monitor.commands.options import Setting, chosen_sources, with_setting
from monitor.configuration.loading import FILE_NAME, IDENTIFIER
from monitor.errors import InputError
from monitor.figures.records import iso_or_none
from monitor.figures.tables import moment, shown, table
from monitor.logs import write_lines
from monitor.reader.dates import local_day
from monitor.visits.account import ROLES, TRIGGERS, came, counted
from monitor.visits.checking import GOOD, check, in_words
from monitor.visits.missed import missed
from monitor.visits.scouting import append, id_of, lists, scout, toml_of
from store import sources as source_book
from store import visits as visit_book
from store.clock import Clock
from store.database import Store
from store.models import Fetch, Source, Visit

JSON = click.option("--json", "as_json", is_flag=True, help="JSON Lines in place of a table.")


class _Sources(click.Group):
    """A group in which `--check` may be followed by ids, which are no commands."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if "--check" in args:
            args = ["check", *(arg for arg in args if arg != "--check")]
        return super().parse_args(ctx, args)


@click.group(cls=_Sources, invoke_without_command=True)
@click.option("--check", is_flag=True, help="Ask each watch once, of all sources or of those named; nothing is stored.")
@JSON
@with_setting
def sources(setting: Setting, *, as_json: bool, check: bool) -> None:  # noqa: ARG001 - see _Sources
    """The sources, with their last visit, its verdict and the next visit."""
    if click.get_current_context().invoked_subcommand is not None:
        return
    store = synced(setting)
    rows = source_rows(setting, store)
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
                    shown(moment(row["last_visit"]), zone),
                    row["verdict"],
                    shown(moment(row["next_visit"]), zone) if row["active"] else "off",
                )
                for row in rows
            ),
        )
    )


def synced(setting: Setting) -> Store:
    """The store, with the sources of the configuration."""
    store = setting.open_store()
    with store.write() as session:
        source_book.sync(session, setting.configuration.sources.values())
    return store


def source_rows(setting: Setting, store: Store) -> list[dict[str, Any]]:
    """What there is to say of each source, in plain values."""
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
        "since": iso_or_none(source.state_since),
        "last_good": iso_or_none(source.last_good_at),
        "last_visit": iso_or_none(visit.started_at) if visit else None,
        "verdict": (visit.verdict or "under way") if visit else None,
        "reason": visit.reason if visit else None,
        "counts": visit.counts if visit else {},
        "next_visit": iso_or_none(following) if source.active else None,
    }


@sources.command("check")
@click.argument("source_ids", nargs=-1, metavar="[ID]...")
@JSON
@with_setting
def check_sources(setting: Setting, source_ids: tuple[str, ...], *, as_json: bool) -> None:
    """Ask each watch once and say what it gave; nothing is stored. Ends with 1 where one failed or was blocked."""
    chosen = chosen_sources(setting.configuration, source_ids)
    with setting.store_as_it_is() as store:
        found = check(store, setting.configuration, chosen, setting.err)
    if as_json:
        write_lines(found)
    else:
        print_checked(found)
    failed = [row for row in found if row["outcome"] not in GOOD]
    click.echo(f"{len(found) - len(failed)} of {len(found)} watches answer as they should", err=True)
    sys.exit(1 if failed else 0)


def print_checked(found: list[dict[str, Any]]) -> None:
    """What watches gave, as a table."""
    headings = ("source", "kind", "sure", "seconds", "what it gave", "address")
    names = ("source", "kind", "confidence", "seconds")
    rows = ((*(row.get(name) for name in names), in_words(row), row["url"]) for row in found)
    Console().print(table(headings, rows, firm=headings[:4]))


@sources.command("add")
@click.argument("url")
@click.option("--id", "source_id", metavar="ID", help="The id of the source [the name in its host].")
@click.option("--write", is_flag=True, help="Append it to tratawatch.toml; without it, it is printed.")
@with_setting
def add_source(setting: Setting, *, url: str, source_id: str | None, write: bool) -> None:
    """Look at an address for feeds, sitemaps, an interface, a pattern of links, and give the TOML that watches it."""
    url = url if "://" in url else f"https://{url}"
    chosen = _chosen_id(source_id or id_of(url), setting)
    about, found = scout(setting.configuration, url)
    setting.err.print(_candidates(found))
    if not found or not lists(found[0]):
        message = f"{url}: nothing there can be watched; try the page that lists its news, or its feed"
        raise InputError(message)
    block = toml_of(chosen, about, found, local_day(Clock().now()))
    if not write:
        click.echo(block, nl=False)
        return
    path = click.get_current_context().obj["config"] or Path(FILE_NAME)
    append(path, block, chosen)
    click.echo(f"{path}: watches {chosen} now; `tratawatch sources --check {chosen}` asks it", err=True)


def _chosen_id(source_id: str, setting: Setting) -> str:
    if not re.match(IDENTIFIER, source_id):
        raise click.BadParameter(f"{source_id!r}; an id has small letters, digits, - and _", param_hint="--id")
    if source_id in setting.configuration.sources:
        raise click.BadParameter(f"there is a source {source_id!r} already: give another --id", param_hint="URL")
    return source_id


def _candidates(found: list[Mapping[str, Any]]) -> Table:
    return table(("kind", "what it would list", "address"), ((row["kind"], in_words(row), row["url"]) for row in found))


@sources.command("log")
@click.argument("source_id", metavar="ID")
@click.option("--visits", "count", type=click.IntRange(1, 100), default=1, show_default=True, help="The last so many.")
@JSON
@with_setting
def log_of_source(setting: Setting, *, source_id: str, count: int, as_json: bool) -> None:
    """What the last visits of a source asked for, and what came of it."""
    (source,) = chosen_sources(setting.configuration, [source_id])
    with setting.store_as_it_is() as store, store.read() as session:
        made = list(reversed(visit_book.recent(session, source.id, count)))
        logs = [(visit, visit_book.fetches(session, visit.id)) for visit in made]
    if as_json:
        write_lines(_fetch_row(visit, fetch) for visit, log in logs for fetch in log)
        return
    if not logs:
        click.echo(f"{source.id} was never visited", err=True)
    for visit, log in logs:
        _print_log(setting, visit, log)


def _print_log(setting: Setting, visit: Visit, log: Sequence[Fetch]) -> None:
    console, zone = Console(), setting.configuration.zone
    reason = f": {visit.reason}" if visit.reason else ""
    how = f"{shown(visit.started_at, zone)}, {TRIGGERS.get(visit.trigger, visit.trigger)}"
    told = f"{visit.source_id}, {how}: {visit.verdict or 'under way'}{reason} ({', '.join(counted(visit.counts))})"
    console.print(clean(told, 1000), markup=False, highlight=False, soft_wrap=True)
    rows = (
        (f"{fetch.at.astimezone(zone):%H:%M:%S}", ROLES.get(fetch.role, fetch.role), came(fetch), fetch.url)
        for fetch in log
    )
    console.print(table(("time", "what", "what came", "address"), rows, firm=("time", "what")))


def _fetch_row(visit: Visit, fetch: Fetch) -> dict[str, Any]:
    names = ("role", "url", "outcome", "status", "size", "entries", "note")
    start = {"source": visit.source_id, "visit": iso_or_none(visit.started_at), "at": iso_or_none(fetch.at)}
    return start | {name: getattr(fetch, name) for name in names}


@sources.command("missed")
@click.option("--days", type=click.IntRange(1, 365), default=7, show_default=True, help="Listed within so many days.")
@JSON
@with_setting
def missed_items(setting: Setting, *, days: int, as_json: bool) -> None:
    """What sources for discovery list and no other source has, by title: perhaps a source is to be added."""
    since = Clock().now() - timedelta(days=days)
    with setting.store() as store, store.read() as session:
        found = missed(session, setting.configuration.sources.values(), since)
    if as_json:
        write_lines(found)
        return
    names = ("published", "publisher", "title", "source")
    Console().print(table(names, (tuple(row[name] for name in names) for row in found), firm=names[:1]))
