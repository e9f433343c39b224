"""Where words go: logs to standard error, streams to standard output."""

from __future__ import annotations

import codecs
import json
import logging
import sys
from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.logging import RichHandler


def log_to(console: Console, *, verbose: bool, level: str = "INFO") -> None:
    """Send the log to the console: warnings of libraries, what we do ourselves from `level` on, all when asked."""
    handler = RichHandler(console=console, show_path=False, markup=False, rich_tracebacks=False)
    logging.basicConfig(level=logging.WARNING, format="%(message)s", handlers=[handler], force=True)
    logging.getLogger("monitor").setLevel("DEBUG" if verbose else level)
    logging.getLogger("spiders").setLevel("DEBUG" if verbose else "ERROR")
    logging.getLogger("apscheduler").setLevel("DEBUG" if verbose else "ERROR")  # a visit outlasts its interval
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # a page without text is in our own words


def write_lines(values: Iterable[dict[str, Any]]) -> None:
    """One JSON object a line on standard output; its letters are escaped where that takes no UTF-8."""
    escaped = codecs.lookup(sys.stdout.encoding or "ascii").name != "utf-8"
    for value in values:
        sys.stdout.write(json.dumps(value, ensure_ascii=escaped) + "\n")
    sys.stdout.flush()
