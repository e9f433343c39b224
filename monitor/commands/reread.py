"""`reread`: reads stored captures with today's rules, and says or files what differs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import click

from monitor.chain.refiling import difference_json, refile
from monitor.chain.rereading import reread as reread_item
from monitor.chain.walk import RULES
from monitor.commands.options import Setting, with_setting
from monitor.commands.parameters import known_source, moment, start_of
from monitor.logs import write_lines
from store import captures, items, ledger
from store.clock import Clock
from store.database import Store
from store.models import Item

AT_ONCE = 100


@click.command()
@click.option(
    "--since", type=moment, metavar="DATE", help="Only items with a capture fetched then or later (ISO 8601)."
)
@click.option("--source", metavar="ID", help="Only items of this source.")
@click.option("--apply", "applied", is_flag=True, help="File the difference as our own change, in silence.")
@with_setting
def reread(setting: Setting, *, since: date | None, source: str | None, applied: bool) -> None:
    """Read stored captures with today's rules; print what they find, lose and change, and what would have been told."""
    start = start_of(since, setting.configuration.zone) if since else None
    counts = {"read": 0, "other": 0, "failed": 0}
    with setting.store() as store:
        with store.read() as session:
            known_source(session, setting.configuration, source)
        for item_id in _items(store, start, source):
            counts["read"] += 1
            try:
                told = _reread(store, item_id, applied=applied)
            except Exception as error:  # noqa: BLE001 - one page that our rules fail on holds up nothing
                counts["failed"] += 1
                click.echo(f"item {item_id}: our rules failed on it: {type(error).__name__}: {error}", err=True)
                continue
            if told is not None:
                counts["other"] += 1
                write_lines([told])
    click.echo(f"{counts['read']} items read, {counts['other']} differ, {counts['failed']} failed", err=True)
    sys.exit(1 if counts["failed"] else 0)


def _items(store: Store, since: datetime | None, source: str | None) -> Iterator[int]:
    after = 0
    while True:
        with store.read() as session:
            found = items.fetched_since(session, since, source, after, AT_ONCE)
        if not found:
            return
        yield from found
        after = found[-1]


def _reread(store: Store, item_id: int, *, applied: bool) -> dict[str, Any] | None:
    """What differs in an item, filed where asked; None where nothing does."""
    with store.read() as session:
        reading = reread_item(session, session.get_one(Item, item_id))
        told = difference_json(session, reading, applied=applied) if reading.differs else None
    if applied:
        with store.write() as session:
            unchanged = [c.id for c in captures.read_of(session, item_id)] == [s.capture.id for s in reading.steps]
            if told is not None and not unchanged:
                raise click.ClickException(f"item {item_id}: a visit has read it meanwhile; run this again")
            if told is not None:
                refile(session, reading, Clock().now())
            elif unchanged:
                ledger.read_by(session, item_id, RULES)
    return told
