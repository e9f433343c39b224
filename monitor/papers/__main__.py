"""Reads a paper from standard input and writes what it says as JSON: `python -m monitor.papers pdf < report.pdf`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict

from monitor.papers.paper import Paper
from monitor.papers.pdf import read_pdf
from monitor.papers.sheets import read_workbook

if sys.platform != "win32":
    import resource

MEMORY = 1 << 30  # bytes of address space
PROCESSOR_SECONDS = 60

READERS: Mapping[str, Callable[[bytes], Paper]] = {"pdf": read_pdf, "workbook": read_workbook}


def main() -> None:
    """Read one paper within bounds that the system holds."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    paper = READERS[sys.argv[1]](sys.stdin.buffer.read())
    sys.stdout.write(json.dumps(asdict(paper)))


if __name__ == "__main__":
    main()
