"""`ingest`: documents in, into the store, changes out."""

from __future__ import annotations

import asyncio
import sys
from typing import BinaryIO

import click

from monitor.chain import Walk
from monitor.commands.lines import FILE, complain, counted
from monitor.commands.logs import write_lines
from monitor.commands.options import Setting, with_setting
from monitor.delivering import deliver_once, rules_of
from monitor.documents import checked, read_documents
from monitor.errors import InputError
from monitor.ingest import ingest as ingest_document
from monitor.reader.language import languages


@click.command()
@FILE
@click.option("--alert", is_flag=True, help="Tell the channels of the configuration; without it nobody is told.")
@with_setting
def ingest(setting: Setting, file: BinaryIO, *, alert: bool) -> None:
    """File the documents of FILE (JSON Lines, - for standard input) in the order given and print the changes."""
    store = setting.open_store()
    walk = Walk(channels=rules_of(setting.configuration) if alert else {})
    failed = False
    with counted(setting.err, file) as lines:
        for document in read_documents(lines, file.name, languages(), sourced=True):
            try:
                write_lines(ingest_document(store, checked(document), walk))
            except InputError as error:
                failed = complain(error)
    if alert:
        asyncio.run(deliver_once(store, setting.configuration, walk.clock, setting.err))
    store.close()
    sys.exit(1 if failed else 0)
