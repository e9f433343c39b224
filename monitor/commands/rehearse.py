"""`demo`: a rehearsal on this machine, with what really arrived."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.rule import Rule
from rich.text import Text

from monitor.alerts.safe_text import clean
from monitor.figures.records import claim_of
from monitor.figures.tables import table
from monitor.logs import log_to
from monitor.rehearsal.demo import Demo, Outcome
from monitor.rehearsal.story import Moment
from store import lookups
from store.lookups import Question


@click.command()
@click.option("--keep", is_flag=True, help="Leave sites, mail server and daemon running until Ctrl-C.")
def demo(*, keep: bool) -> None:
    """Rehearse the whole watch on this machine: three days in a minute, without a network."""
    err = Console(stderr=True)
    log_to(err, verbose=False, level="ERROR")
    with TemporaryDirectory(prefix="tratawatch-") as folder:
        outcome = asyncio.run(_rehearse(err, Path(folder), keep=keep))
    sys.exit(0 if outcome.well else 1)


async def _rehearse(err: Console, folder: Path, *, keep: bool) -> Outcome:
    console = Console()
    async with Demo.start(folder) as rehearsal:
        outcome = await _play(rehearsal, err)
        _show_messages(rehearsal, console)
        await asyncio.to_thread(_show_ledger, rehearsal, console)
        _show_outcome(outcome, rehearsal, console)
        if keep:
            await _stay(rehearsal, console)
    return outcome


async def _play(rehearsal: Demo, err: Console) -> Outcome:
    moments = rehearsal.stage.story.moments
    columns = (TextColumn("{task.description}"), BarColumn(bar_width=24), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task("starting", total=len(moments))

        def tell(moment: Moment, number: int) -> None:
            progress.update(task, description=f"day {moment.day}, {moment.at:%H:%M}", completed=number)
            err.print(Text(f"day {moment.day}, {moment.at:%H:%M}  {moment.happens}"))

        return await rehearsal.play(tell)


def _show_messages(rehearsal: Demo, console: Console) -> None:
    console.print(Rule("mails that arrived"))
    for mail in rehearsal.stage.mailbox.messages:
        console.print(Text(clean(mail.subject), style="bold"))
        for line in mail.plain.splitlines():
            console.print(Text(f"    {clean(line)}"), soft_wrap=True)
        console.print()
    console.print(Rule("webhook calls that arrived"))
    for call in rehearsal.stage.receiver.delivered:
        told = [change["change"] for change in call.body["data"]["changes"]]
        kinds = ", ".join(f"{told.count(kind)} {kind}" for kind in dict.fromkeys(told))
        signed = "signature holds" if call.signed else "SIGNATURE DOES NOT HOLD"
        console.print(Text(clean(f"{call.id}  {signed}  {kinds}")))


def _show_ledger(rehearsal: Demo, console: Console) -> None:
    console.print(Rule("the ledger"))
    with rehearsal.store.read() as session:
        rows = [(claim_of(row), row.withdrawn_at) for row in lookups.claims(session, Question(), 100)]
    headings = ("value", "indicator", "period", "area", "who", "source", "published", "")
    console.print(
        table(
            headings,
            (
                (
                    f"{claim.value:g}",
                    claim.statistic.indicator,
                    claim.statistic.period,
                    claim.statistic.area,
                    claim.statistic.provider,
                    claim.source,
                    claim.date,
                    "no longer said there" if withdrawn else "",
                )
                for claim, withdrawn in reversed(rows)
            ),
        )
    )


def _show_outcome(outcome: Outcome, rehearsal: Demo, console: Console) -> None:
    console.print(Rule())
    if outcome.well:
        count = len(rehearsal.stage.story.expected)
        console.print(Text(f"All {count} messages arrived that should have, and no other.", style="bold green"))
        return
    for line in outcome.missing:
        console.print(Text(f"missing: {clean(line)}", style="bold red"), soft_wrap=True)
    for line in outcome.surplus:
        console.print(Text(f"should not have come: {clean(line)}", style="bold red"), soft_wrap=True)


async def _stay(rehearsal: Demo, console: Console) -> None:
    console.print("Still running, until Ctrl-C:")
    for name, address in rehearsal.stage.addresses.items():
        console.print(Text(f"  {name:6} {address}"))
    console.print(Text(f"  tratawatch changes --store {rehearsal.configuration.store}"))
    await asyncio.Event().wait()
