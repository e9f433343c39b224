"""Checks of sources: the watches of all asked for once, side by side, with progress and in words."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from monitor.chain.walk import Walk
from monitor.configuration.loading import Configuration
from monitor.visits.account import failed_in_words
from monitor.visits.visit import Visitor
from store.database import Store
from store.definitions import SourceDefinition

AT_ONCE = 20  # sources; each waits for the turns of its own hosts
THREADS = 40  # names that do not resolve can hold a thread for many seconds
GOOD = frozenset({"ok", "not_modified"})


def check(
    store: Store, configuration: Configuration, chosen: Sequence[SourceDefinition], err: Console
) -> list[dict[str, Any]]:
    """What each watch of the sources gives now, in their order; nothing of it is stored."""
    return asyncio.run(_check(Visitor(store, configuration, Walk()), chosen, err))


async def _check(visitor: Visitor, chosen: Sequence[SourceDefinition], err: Console) -> list[dict[str, Any]]:
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS))
    places = asyncio.Semaphore(AT_ONCE)
    with _progress(err) as progress:
        task = progress.add_task("watches", total=sum(len(source.watches) for source in chosen), source="")

        async def one(source: SourceDefinition) -> list[dict[str, Any]]:
            async with places:
                found = await visitor.check(source)
                progress.update(task, advance=len(source.watches), source=source.id)
                return found

        return [row for found in await asyncio.gather(*(one(source) for source in chosen)) for row in found]


def in_words(row: Mapping[str, Any]) -> str:
    """What came of asking for a watch, for people."""
    if row["outcome"] not in GOOD:
        return failed_in_words(row["outcome"], row.get("status"), row.get("note"))
    note = f"; {row['note']}" if row.get("note") else ""
    if row.get("entries") is None:
        return f"it is there{note}"
    if row["entries"] == 0:
        return f"it answers, but lists nothing{note}"
    newest = f", the newest of {row['newest']}" if row["newest"] else ", without dates"
    return f"{row['entries']} entries{newest}; the gate keeps {row['wanted']}{note}"


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, TextColumn("{task.fields[source]}"), console=console, transient=True)
