"""`forget`: erases an item at somebody's word."""

from __future__ import annotations

from dataclasses import asdict

import click

from monitor.commands.options import Setting, with_setting
from monitor.commands.parameters import decider, worded
from monitor.errors import InputError
from monitor.figures.records import iso
from monitor.logs import write_lines
from store import erasure, items, rulings
from store.addresses import canonical
from store.clock import Clock
from store.models import Item, Ruling


@click.command()
@click.argument("named", type=worded, metavar="ITEM")
@click.option(
    "--reason",
    type=worded,
    required=True,
    metavar="TEXT",
    help="Why; it is kept and shown, so say nothing that is to be forgotten.",
)
@click.option("--by", type=worded, metavar="NAME", help="Who decides; by default who is logged in.")
@with_setting
def forget(setting: Setting, *, named: str, reason: str, by: str | None) -> None:
    """Erase an item (its address, key or id): texts, captures, quotes and titles. Values and hashes stay.

    It is not fetched again. Alerts that have been sent cannot be called back.
    """
    now, who = Clock().now(), decider(by)
    with setting.store() as store:
        with store.write() as session:
            found = erasure.meant(session, named, _canonical(named))
            if not found:
                raise InputError(f"{named}: no item has this address, key or id")
            told = []
            for item in found:
                others = [other.url for other in erasure.copies(session, item)]
                again = item.state == items.FORGOTTEN
                erased = erasure.erase(session, item, now)
                if not again:
                    rulings.add(session, _ruling(item, reason, who, now))
                told.append({"item": item.id, "url": item.url, "at": iso(now), **asdict(erased), "copies": others})
        store.scrub()
    write_lines(told)
    for url in dict.fromkeys(url for one in told for url in one["copies"]):
        click.echo(f"{url}: holds nearly the same text, and is not forgotten", err=True)


def _canonical(named: str) -> str | None:
    try:
        return canonical(named)
    except ValueError:
        return None


def _ruling(item: Item, reason: str, by: str, now: object) -> Ruling:
    return Ruling(ruling=rulings.FORGOTTEN, at=now, by=by, reason=reason, item_id=item.id)
