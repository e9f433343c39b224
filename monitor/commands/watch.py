"""`run` and `daemon`: visits now, visits on schedule."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from itertools import count
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from monitor.alerts.message import MessageOptions
from monitor.alerts.safe_text import clean
from monitor.alerts.terminal import render
from monitor.chain.walk import Walk
from monitor.commands.options import Setting, with_setting
from monitor.configuration.loading import Configuration
from monitor.logs import write_lines
from monitor.outbox.delivering import Deliverer, deliver_once, rules_of
from monitor.visits.daemon import Daemon, stop_on_signals
from monitor.visits.visit import Report, Visitor, is_due
from store import sources, visits
from store.database import Store
from store.definitions import SourceDefinition

AT_ONCE = 6  # sources visited side by side by `run`


@click.command()
@click.argument("source_ids", nargs=-1, metavar="[SOURCE]...")
@click.option("--dry-run", is_flag=True, help="Store and send nothing; print what would have changed.")
@with_setting
def run(setting: Setting, source_ids: tuple[str, ...], *, dry_run: bool) -> None:
    """Visit these sources now, or all that are due, and print what changed."""
    with setting.store_as_it_is() if dry_run else setting.store() as store:
        if not dry_run:
            with store.write() as session:
                sources.sync(session, setting.configuration.sources.values())
        chosen = _chosen(setting.configuration, store, source_ids)
        if not chosen:
            click.echo("no source is due", err=True)
        reports = asyncio.run(_run(setting, store, chosen, dry=dry_run))
    for report in reports:
        click.echo(f"{report.source}: {report.verdict}{f': {report.reason}' if report.reason else ''}", err=True)
    sys.exit(1 if any(report.failed for report in reports) else 0)


def _chosen(configuration: Configuration, store: Store, source_ids: tuple[str, ...]) -> list[SourceDefinition]:
    """The sources named, or those that are due."""
    known = configuration.sources
    for name in source_ids:
        if name not in known:
            raise click.BadParameter(f"{name!r}; there are {', '.join(sorted(known))}", param_hint="SOURCE")
    if source_ids:
        return [known[name] for name in dict.fromkeys(source_ids)]
    with store.read() as session:
        last = sources.last_visits(session)
    return [s for s in known.values() if s.active and is_due(last.get(s.id), s, Walk())]


async def _run(setting: Setting, store: Store, chosen: list[SourceDefinition], *, dry: bool) -> list[Report]:
    walk = Walk(channels={} if dry else rules_of(setting.configuration))
    visitor = Visitor(store, setting.configuration, walk)
    places, hear = asyncio.Semaphore(AT_ONCE), _printer(setting, store)
    with _progress(setting.err) as progress:
        task = progress.add_task("visits", total=len(chosen), source="")

        async def one(source: SourceDefinition) -> Report:
            numbers = count(1)

            def asks(address: str) -> None:
                progress.update(task, source=f"{source.id}: request {next(numbers)}, {clean(address, 80)}")

            async with places:
                progress.update(task, source=source.id)
                work = visitor.rehearse(source, hear, asks) if dry else visitor.visit(source, "hand", hear, asks)
                report = await _report(source, work)
                progress.advance(task)
                return report

        reports = await asyncio.gather(*(one(source) for source in chosen))
    if not dry:
        await deliver_once(store, setting.configuration, walk.clock, Console(quiet=True))  # all is printed already
    return list(reports)


def _printer(setting: Setting, store: Store) -> Callable[[list[dict[str, Any]]], None]:
    """Changes in words where a person looks on, as JSON Lines where a program does."""

    def shown(changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
        with store.read() as session:
            return setting.shown(changes, session)

    if not sys.stdout.isatty():
        return lambda changes: write_lines(shown(changes))
    configuration, console = setting.configuration, Console()

    def show(changes: list[dict[str, Any]]) -> None:
        if changes:
            options = MessageOptions(
                language=configuration.file.language, zone=configuration.zone, at=datetime.now(UTC)
            )
            console.print(render(shown(changes), options), soft_wrap=True)

    return show


async def _report(source: SourceDefinition, work: Coroutine[Any, Any, Report]) -> Report:
    try:
        return await work
    except visits.SourceBusyError as error:
        return Report(source.id, "failing", str(error))


def _progress(console: Console) -> Progress:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    return Progress(*columns, TextColumn("{task.fields[source]}", markup=False), console=console, transient=True)


@click.command()
@with_setting
def daemon(setting: Setting) -> None:
    """Visit all sources on schedule and deliver alerts, until SIGTERM or Ctrl-C."""
    store = setting.open_store()
    if setting.configuration.file.contact is None:
        setting.err.print("no `contact` is configured: webmasters cannot reach you; set it in tratawatch.toml")
    asyncio.run(_serve(setting, store))
    store.close()


async def _serve(setting: Setting, store: Store) -> None:
    walk = Walk(channels=rules_of(setting.configuration))
    visitor = Visitor(store, setting.configuration, walk)
    deliverer = Deliverer(store, setting.configuration, walk.clock, Console())
    stopped = asyncio.Event()
    stop_on_signals(stopped)
    try:
        await Daemon(visitor, deliverer).run(stopped)
    finally:
        await deliverer.close()
