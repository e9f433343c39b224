"""`add`: a file from a mail, a page found by hand."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console

from monitor.chain.walk import Walk
from monitor.commands.options import Setting, with_setting
from monitor.configuration.loading import IDENTIFIER
from monitor.logs import write_lines
from monitor.outbox.delivering import deliver_once, rules_of
from monitor.visits.adding import Added, Said, add_file, add_page
from store.database import Store


def _identifier(_context: click.Context, _option: click.Parameter, value: str) -> str:
    if not re.match(IDENTIFIER, value):
        message = f"{value!r}; an id has small letters, digits, - and _"
        raise click.BadParameter(message)
    return value


@click.command()
@click.argument("what", metavar="FILE|URL")
@click.option("--source", required=True, metavar="ID", callback=_identifier, help="Who published it.")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="When, where that is known.")
@click.option("--title", default="", help="What it is called, where that is known.")
@click.option("--alert", is_flag=True, help="Tell the channels of the configuration; without it nobody is told.")
@with_setting
def add(setting: Setting, *, what: str, alert: bool, published: datetime | None, **known: str) -> None:
    """File a paper, workbook or page (FILE), or fetch one (URL), read it and print the changes.

    A file has the address file:NAME#DIGEST; the same file again is no news. A page is fetched as in a visit: robots.txt
    and pauses hold; its source must be in the configuration.
    """
    said = Said(known["source"], known["title"].strip(), published.date() if published else None)
    walk = Walk(channels=rules_of(setting.configuration) if alert else {})
    with setting.store() as store:
        click.echo(_in_words(_add(store, what, said, (setting, walk))), err=True)
        if alert:
            asyncio.run(deliver_once(store, setting.configuration, walk.clock, Console(quiet=True)))


def _add(store: Store, what: str, said: Said, setting: tuple[Setting, Walk]) -> Added:
    if re.match(r"https?://", what, re.IGNORECASE):
        return add_page(store, what, said, (setting[0].configuration, setting[1]), write_lines)
    return add_file(store, Path(what), said, setting[1], write_lines)


def _in_words(added: Added) -> str:
    if added.known:
        return f"{added.url}: was here already, nothing new"
    relevant = "relevant" if added.relevant else "kept, not relevant"
    return f"{added.url}: {relevant}: {'; '.join(added.reasons)}"
