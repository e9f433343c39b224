"""The reader as machine code: used in place of its modules where it was built from exactly what they say now.

It reads twice as fast and gives the same. `python -m monitor.machine_code` builds it (`make setup` does so); after any
change of the reader, under another Python or on another kind of machine what was built is not found, and the modules
are used as they are. So nobody runs rules that are no longer there.
"""

from __future__ import annotations

import hashlib
import os
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import MutableSequence

ROOT = Path(__file__).parents[2]
READER = Path("monitor/reader")  # below ROOT, and below the folder of what was built
FOLDER = Path("build/machine-code")
SWITCH = "TRATAWATCH_PLAIN_PYTHON"  # set in the environment: do without machine code


def built(root: Path = ROOT) -> Path:
    """Give the folder that machine code of today's reader is in, whether it was built or not."""
    digest = hashlib.sha256(str(sysconfig.get_config_var("EXT_SUFFIX")).encode())
    for path in sorted((root / READER).rglob("*.*")):
        if path.suffix in {".py", ".toml"}:
            content = path.read_bytes()
            digest.update(f"\0{path.relative_to(root).as_posix()}\0{len(content)}\0".encode() + content)
    return root / FOLDER / digest.hexdigest()[:32]


def use(places: MutableSequence[str], root: Path = ROOT) -> None:
    """Let the package whose `__path__` this is find the reader as machine code first, where there is such."""
    if SWITCH in os.environ or not (root / FOLDER).is_dir():
        return
    folder = built(root)
    if folder.is_dir():
        places.insert(0, str(folder / READER.parts[0]))
        sys.path.append(str(folder))  # the library that all its modules share stands there
