"""The command line inside the process of the test: arguments and standard input in, streams and exit code out."""

from __future__ import annotations

import io
import json
import logging
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from monitor.cli import main

LOOPBACK = 'private_networks = ["127.0.0.0/8"]\n'  # for a tratawatch.toml whose sources are on this machine


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        """What stands on standard output, which must be JSON Lines to the last byte."""
        assert not self.out or self.out.endswith("\n")
        return [json.loads(line) for line in self.out.split("\n")[:-1]]

    @property
    def told(self) -> list[tuple[Any, ...]]:
        """The changes as document, class, value and previous value."""
        return [told(line) for line in self.lines]


def told(change: Mapping[str, Any]) -> tuple[Any, ...]:
    """A change as document, class, value and previous value."""
    values = (change[name]["value"] if change[name] else None for name in ("statistic", "previous"))
    return (change["doc_id"], change["change"], *values)


def tratawatch(
    *arguments: object, folder: Path, stdin: bytes = b"", environment: Mapping[str, str] | None = None
) -> Ended:
    """Run the command in a folder; nothing of the environment but what is given names a store or a secret."""
    out, err = _stream(), _stream()
    variables = {name: value for name, value in os.environ.items() if not name.startswith("TRATAWATCH")}
    with ExitStack() as stack:
        stack.enter_context(patch.dict(os.environ, variables | dict(environment or {}), clear=True))
        stack.enter_context(patch.object(sys, "argv", ["tratawatch", *map(str, arguments)]))
        stack.enter_context(patch.object(sys, "stdin", _StandardInput(stdin)))
        stack.enter_context(chdir(folder))
        stack.enter_context(redirect_stdout(out))
        stack.enter_context(redirect_stderr(err))
        stack.enter_context(_logging_restored())
        code = _exit_code()
    return Ended(code, _text(out), _text(err))


class _StandardInput(io.TextIOWrapper):
    """Bytes, as the process would find them."""

    def __init__(self, content: bytes) -> None:
        source = io.BytesIO(content)
        source.name = "<stdin>"
        super().__init__(source, encoding="utf-8")


def lines(documents: Iterable[Mapping[str, Any]]) -> bytes:
    """Documents as JSON Lines."""
    return b"".join(json.dumps(document).encode() + b"\n" for document in documents)


def _exit_code() -> int:
    try:
        main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)


def _text(stream: io.TextIOWrapper) -> str:
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8")


@contextmanager
def _logging_restored() -> Iterator[None]:
    """A command sets the log up for its process; the next test shall not notice."""
    loggers = [logging.getLogger(name) for name in (None, "monitor", "spiders", "apscheduler", "trafilatura")]
    levels, handlers = [one.level for one in loggers], loggers[0].handlers[:]
    try:
        yield
    finally:
        for one, level in zip(loggers, levels, strict=True):
            one.setLevel(level)
        loggers[0].handlers[:] = handlers
