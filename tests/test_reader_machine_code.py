"""The reader can be compiled to machine code: what mypyc infers otherwise than mypy would stop `make fast`."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TRANSLATE = "import sys; from mypyc.build import mypycify; mypycify(sys.argv[1:], target_dir='out')"


def compiled_modules() -> list[str]:
    """The modules that `make fast` compiles: all of the reader but those that the Makefile keeps plain."""
    plain = re.search(r"^PLAIN := (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert plain is not None
    ends = tuple(pattern.removeprefix("%") for pattern in plain[1].split())
    paths = [path.relative_to(ROOT).as_posix() for path in (ROOT / "monitor/reader").rglob("*.py")]
    return sorted(path for path in paths if not path.endswith(ends))


def test_the_reader_translates_to_c(tmp_path: Path) -> None:
    pytest.importorskip("setuptools")  # mypyc names its extensions with it
    shutil.copytree(ROOT / "monitor", tmp_path / "monitor")
    command = [sys.executable, "-c", TRANSLATE, *compiled_modules()]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, [line for line in done.stdout.splitlines() if "error" in line]
