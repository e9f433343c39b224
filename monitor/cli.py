"""The `tratawatch` command."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from monitor.commands import look, rehearse, streams, watch
from monitor.errors import TratawatchError
from store.database import StoreError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tratawatch")
@click.option("--config", type=click.Path(path_type=Path), help="Configuration file [tratawatch.toml].")
@click.option("--store", help="Address of the store, such as sqlite:///tratawatch.db.")
@click.option("-v", "--verbose", is_flag=True, help="Say more on standard error.")
@click.pass_context
def cli(context: click.Context, /, **options: Any) -> None:
    """Watch what is published on human trafficking in Peru: is a number new, who counted it, what was known before?"""
    context.obj = options


for command in (*streams.COMMANDS, *watch.COMMANDS, *look.COMMANDS, *rehearse.COMMANDS):
    cli.add_command(command)


def main() -> None:
    """Run the command line; errors that a person can mend are one message and exit code 1."""
    try:
        cli(standalone_mode=True)
    except (TratawatchError, StoreError) as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
