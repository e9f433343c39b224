"""Lines of documents on the command line: progress where somebody looks on, and bad lines in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import click
from rich.console import Console
from rich.progress import Progress

from monitor.errors import InputError

FILE = click.argument("file", type=click.File("rb"), metavar="FILE")


def complain(error: InputError) -> bool:
    """Say what is wrong with a line; True, for the exit code."""
    click.echo(f"error: {error}", err=True)
    return True


@contextmanager
def counted(err: Console, file: BinaryIO) -> Iterator[Iterator[bytes]]:
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
