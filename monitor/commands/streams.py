"""`extract` and `ingest`: lines of documents in, lines of JSON out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import click
from rich.console import Console
from rich.progress import Progress

from monitor.chain import Walk, read_page_text
from monitor.commands.options import Setting, log_to, with_setting, write_lines
from monitor.delivering import rules_of
from monitor.documents import read_documents
from monitor.errors import InputError
from monitor.ingest import ingest as ingest_document
from monitor.ingest import page_of
from monitor.reader.language import languages
from monitor.records import statistic_json

LINES = click.argument("file", type=click.File("rb"), metavar="FILE")


@click.command()
@LINES
def extract(file: BinaryIO) -> None:
    """Read the documents of FILE (JSON Lines, - for standard input) and print the statistics in each. No store."""
    err = Console(stderr=True)
    log_to(err, verbose=False)
    failed = False
    with _counted(err, file) as lines:
        for document in read_documents(lines, file.name, languages(), sourced=False):
            if isinstance(document, InputError):
                failed = _complain(document)
                continue
            reading = read_page_text(page_of(document))
            write_lines(
                [
                    {
                        "doc_id": document.doc_id,
                        "relevant": reading.relevance.relevant,
                        "reasons": list(reading.relevance.reasons),
                        "statistics": [statistic_json(s) for s in reading.statistics],
                    }
                ]
            )
    sys.exit(1 if failed else 0)


@click.command()
@LINES
@click.option("--alert", is_flag=True, help="Tell the channels of the configuration; without it nobody is told.")
@with_setting
def ingest(setting: Setting, file: BinaryIO, *, alert: bool) -> None:
    """File the documents of FILE (JSON Lines, - for standard input) in the order given and print the changes."""
    store = setting.open_store()
    walk = Walk(channels=rules_of(setting.configuration) if alert else {})
    failed = False
    with _counted(setting.err, file) as lines:
        for document in read_documents(lines, file.name, languages(), sourced=True):
            if isinstance(document, InputError):
                failed = _complain(document)
            else:
                write_lines(ingest_document(store, document, walk))
    store.close()
    sys.exit(1 if failed else 0)


def _complain(error: InputError) -> bool:
    click.echo(f"error: {error}", err=True)
    return True


@contextmanager
def _counted(err: Console, file: BinaryIO) -> Iterator[Iterator[bytes]]:
    """The lines of a file, with progress where somebody looks on."""
    if not err.is_terminal:
        yield iter(file)
        return
    with Progress(console=err, transient=True) as progress:
        task = progress.add_task("documents", total=None)

        def lines() -> Iterator[bytes]:
            for line in file:
                yield line
                progress.advance(task)

        yield lines()


COMMANDS = (extract, ingest)
