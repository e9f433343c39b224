"""Papers are read in a process of their own: a hostile file can take neither our time nor our memory nor our life."""

from __future__ import annotations

import json
import subprocess
import sys

from monitor.papers.paper import Paper

SECONDS = 75.0
LARGEST = 128 * 1024 * 1024

KINDS = {"pdf": "PDF", "workbook": "workbook"}


def read_apart(kind: str, content: bytes, seconds: float = SECONDS) -> Paper:
    """What the paper of a kind (`pdf`, `workbook`) says, or why it could not be read; never an error."""
    name = KINDS[kind]
    if len(content) > LARGEST:
        return Paper(unreadable=f"the {name} is larger than {LARGEST >> 20} MB and was not opened")
    # the command is ours, the file goes in by its standard input
    command = [sys.executable, "-P", "-m", "monitor.papers", kind]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=seconds, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return Paper(unreadable=f"the {name} took longer than {seconds:.0f} s to read and was left; {_BY_HAND}")
    try:
        found = json.loads(done.stdout)
    except ValueError:
        return Paper(unreadable=f"the {name} could not be read within {_bound(done.returncode)}; {_BY_HAND}")
    return Paper(**found | {"pages": tuple(found["pages"]), "dated": tuple(found["dated"])})


_BY_HAND = "look at it and add its text by hand with `tratawatch add`"


def _bound(code: int) -> str:
    return f"the memory and time allowed (its reader ended with {code})"
