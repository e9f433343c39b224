"""The `tratawatch` command."""

from __future__ import annotations

import importlib
import signal
import sys
from pathlib import Path
from typing import Any

import click

from monitor.errors import TratawatchError
from store.errors import StoreError

COMMANDS = {
    "demo": ("rehearse", "Rehearse the whole watch on this machine: three days in a minute, without a network."),
    "run": ("watch", "Visit sources now, or all that are due, and print what changed."),
    "daemon": ("watch", "Visit all sources on schedule and deliver alerts, until SIGTERM or Ctrl-C."),
    "extract": ("extract", "Read documents (JSON Lines) and print the statistics in each."),
    "explain": ("explain", "Show how a sentence is read: what was recognised, which rule tied what to what."),
    "ingest": ("ingest", "File documents (JSON Lines) in the order given and print the changes."),
    "add": ("add", "File a paper from a mail or a page found by hand, and print the changes."),
    "sources": ("sources", "The sources and how they fare; check them now, or add one by its address."),
    "status": ("look", "How the sources fare and what waits to be delivered."),
    "changes": ("look", "What changed, oldest first."),
    "statistics": ("statistics", "The ledger: look it up, show all on a figure, dismiss, correct or confirm it."),
    "reread": ("reread", "Read stored captures with today's rules: what they find, lose and change."),
    "forget": ("forget", "Erase an item: texts, captures, quotes and titles; values and hashes stay."),
    "alerts": ("look", "The alerts and what became of them; dead ones can be tried again."),
}


class Commands(click.Group):
    """The commands by name. Each is loaded when it is called: `extract` need not wait for what a daemon needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it so
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - the same
        if cmd_name not in COMMANDS:
            return None
        if cmd_name == "daemon":  # until its loop takes over; all that it needs takes a second to load
            signal.signal(signal.SIGTERM, _stopped)
        module = importlib.import_module(f"monitor.commands.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - the same
        with formatter.section("Commands"):
            formatter.write_dl([(name, said) for name, (_, said) in COMMANDS.items()])


def _stopped(*_: object) -> None:
    """A daemon that is told to stop before it has begun is done."""
    sys.exit(0)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tratawatch")
@click.option("--config", type=click.Path(path_type=Path), help="Configuration file [tratawatch.toml].")
@click.option("--store", help="Address of the store, such as sqlite:///tratawatch.db.")
@click.option("-v", "--verbose", is_flag=True, help="Say more on standard error.")
@click.pass_context
def cli(context: click.Context, /, **options: Any) -> None:
    """Watch what is published on human trafficking in Peru: is a number new, who counted it, what was known before?"""
    context.obj = options


def main() -> None:
    """Run the command line; errors that a person can mend are one message and exit code 1."""
    try:
        cli()
    except (TratawatchError, StoreError) as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:  # whoever read our output has gone
        sys.stderr.close()
        sys.exit(1)


if __name__ == "__main__":
    main()
