"""`ingest`: documents in, into the store, changes out."""

from __future__ import annotations

import asyncio
import sys
from typing import BinaryIO

import click

from monitor.chain.documents import checked, read_documents
from monitor.chain.ingest import ingest as ingest_document
from monitor.chain.knowing import file_known
from monitor.chain.known_past import read_known
from monitor.chain.walk import Walk
from monitor.commands.lines import complain, counted
from monitor.commands.options import Setting, with_setting
from monitor.errors import InputError
from monitor.logs import write_lines
from monitor.outbox.delivering import deliver_once, rules_of
from monitor.reader.language import languages
from store import sources


@click.command()
@click.argument("file", type=click.File("rb"), metavar="FILE", required=False)
@click.option("--statistics", "known", type=click.File("rb"), metavar="FILE.csv", help="File figures known before.")
@click.option("--alert", is_flag=True, help="Tell the channels of the configuration; without it nobody is told.")
@with_setting
def ingest(setting: Setting, *, file: BinaryIO | None, known: BinaryIO | None, alert: bool) -> None:
    """File the documents of FILE (JSON Lines, - for standard input) in the order given and print the changes.

    With --statistics file the figures of a CSV file, known before the watch began: nobody is told of them.
    """
    if (file is None) == (known is None):
        raise click.UsageError("give a FILE of documents, or --statistics FILE.csv")
    failed = _ingest_known(setting, known) if known is not None else False
    if file is not None:
        failed = _ingest_documents(setting, file, alert=alert)
    sys.exit(1 if failed else 0)


def _ingest_known(setting: Setting, file: BinaryIO) -> bool:
    """File known figures and say on standard error how many; True where a line was wrong."""
    counts = {True: 0, False: 0}
    failed = False
    with setting.store() as store:
        for figure in read_known(file.read(), file.name):
            if isinstance(figure, InputError):
                failed = complain(figure)
            else:
                counts[file_known(store, figure, Walk())] += 1
    click.echo(f"{counts[True]} figures filed, {counts[False]} were filed already", err=True)
    return failed


def _ingest_documents(setting: Setting, file: BinaryIO, *, alert: bool) -> bool:
    """File documents and print their changes; True where a line was wrong."""
    store = setting.open_store()
    with store.write() as session:  # a source's own way of telling its items apart holds for documents, too
        sources.sync(session, setting.configuration.sources.values())
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
    return failed
