"""Builds the reader as machine code: `python -m monitor.machine_code`, with mypyc and a C compiler."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from monitor.machine_code import READER, ROOT, built

PLAIN = frozenset({"__init__.py", "read.py", "statistic.py"})  # machine code would turn the 45 of a count into 45.0
NOT_BUILT = (
    "The reader was not compiled (see above): it runs as plain Python, gives the same and takes twice the time.\n"
    "With a C compiler and the headers of Python (build-essential and python3-dev on Debian) `make setup` compiles it."
)


def modules(folder: Path) -> list[str]:
    """Give the paths, below the folder, of the reader's modules that are compiled."""
    paths = sorted((folder / READER).rglob("*.py"))
    return [path.relative_to(folder).as_posix() for path in paths if path.name not in PLAIN]


def build_in(folder: Path) -> None:
    """Copy the reader into a folder and compile it there. Exits with what the compiler said where that fails."""
    shutil.copytree(ROOT / READER, folder / READER, ignore=shutil.ignore_patterns("__pycache__"))
    package = folder / READER.parts[0] / "__init__.py"
    package.touch()  # mypyc takes the names of modules from such files; who runs the reader has its own
    command = [sys.executable, str(Path(__file__).with_name("compiling.py")), *modules(folder)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - our own script
    if done.returncode:
        sys.exit(f"{done.stdout[-2000:]}{done.stderr[-2000:]}\n{NOT_BUILT}")
    package.unlink()
    for needless in ("build", ".mypy_cache"):
        shutil.rmtree(folder / needless, ignore_errors=True)


def main() -> None:
    """Build it where it is not built, whole or not at all; what was built of earlier sources is removed."""
    target = built()
    if target.is_dir():
        return
    print("Compiling the reader: about a minute, once for each change of it.", flush=True)  # noqa: T201 - a build tool
    shutil.rmtree(target.parent, ignore_errors=True)
    target.parent.mkdir(parents=True)
    with tempfile.TemporaryDirectory(dir=target.parent.parent) as made:
        folder = Path(made) / "reader"
        build_in(folder)
        folder.rename(target)


if __name__ == "__main__":
    main()
