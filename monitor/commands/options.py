"""What every command takes: the configuration file and the store; and how it ends."""

from __future__ import annotations

import functools
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from sqlalchemy.orm import Session

from monitor.configuration.loading import Configuration, load
from monitor.figures.shown import without_names
from monitor.logs import log_to
from store.database import Store
from store.definitions import SourceDefinition

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Setting:
    """What a command works with. Logs and progress go to `err`, streams to standard output."""

    configuration: Configuration
    err: Console

    def open_store(self) -> Store:
        return Store(self.configuration.store)

    def shown(self, records: Sequence[dict[str, Any]], session: Session) -> list[dict[str, Any]]:
        """Changes or statistics as they may be shown."""
        return without_names(session, records) if self.configuration.file.rules.mask else list(records)

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The store, open as long as the block lasts."""
        opened = self.open_store()
        try:
            yield opened
        finally:
            opened.close()

    @contextmanager
    def store_as_it_is(self) -> Iterator[Store]:
        """The store for a command that leaves none: an empty one where there is none yet."""
        if self._is_there():
            with self.store() as opened:
                yield opened
            return
        with tempfile.TemporaryDirectory(prefix="tratawatch-") as folder:
            opened = Store(f"sqlite:///{folder}/empty.db")
            try:
                yield opened
            finally:
                opened.close()

    def _is_there(self) -> bool:
        """Whether the store exists. Only a file of SQLite would come to be by being opened."""
        scheme, _, path = self.configuration.store.partition(":///")
        return not scheme.startswith("sqlite") or not path or Path(path.partition("?")[0]).exists()


def chosen_sources(configuration: Configuration, source_ids: Sequence[str]) -> list[SourceDefinition]:
    """The sources named, or all that are switched on. Raises BadParameter for one that is not known."""
    known = configuration.sources
    for name in source_ids:
        if name not in known:
            raise click.BadParameter(f"{name!r}; there are {', '.join(sorted(known))}", param_hint="SOURCE")
    return [known[name] for name in dict.fromkeys(source_ids)] or [s for s in known.values() if s.active]


def with_setting(command: F) -> F:
    """Give a command its Setting as first argument, made of --config, --store and the environment."""

    @click.option("--config", type=click.Path(path_type=Path), help="Configuration file [tratawatch.toml].")
    @click.option("--store", "store_url", help="Address of the store, such as sqlite:///tratawatch.db.")
    @click.option("-v", "--verbose", is_flag=True, help="Say more on standard error.")
    @click.pass_context
    @functools.wraps(command)
    def wrapped(context: click.Context, /, config: Path | None, store_url: str | None, **rest: Any) -> Any:
        above = context.obj or {}
        verbose = rest.pop("verbose") or above.get("verbose", False)
        err = Console(stderr=True)
        log_to(err, verbose=verbose)
        named = {"config": config or above.get("config"), "store": store_url or above.get("store"), "verbose": verbose}
        context.obj = above | named  # commands below this one take theirs from here
        chosen = load(named["config"], named["store"], os.environ)
        return command(Setting(chosen, err), **rest)

    return wrapped  # type: ignore[return-value]
