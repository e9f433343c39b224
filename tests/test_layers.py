"""The layers of the code, read from its imports: who may know whom, and which library has which door."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("monitor", "spiders", "store")
FILES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
OURS = frozenset(PACKAGES)

PURE_LIBRARIES = frozenset({"rapidfuzz", "dateutil"})
IMPURE_STANDARD = frozenset(
    [
        *("asyncio", "concurrent", "ftplib", "http", "imaplib", "logging", "multiprocessing", "os", "poplib", "random"),
        *("sched", "select", "signal", "smtplib", "socket", "socketserver", "sqlite3", "ssl", "subprocess", "tempfile"),
        *("threading", "time", "urllib", "uuid", "webbrowser"),
    ]
)
DOORS: dict[str, tuple[str, ...]] = {
    "aiosmtplib": ("monitor/alerts/mail.py",),
    "aiosmtpd": ("monitor/rehearsal/mailbox.py",),
    "alembic": ("store/database.py", "store/migrations/"),
    "apscheduler": ("monitor/visits/daemon.py",),
    "feedparser": ("spiders/watches/",),
    "jinja2": ("monitor/alerts/", "monitor/rehearsal/pages.py"),
    "scrapy": ("spiders/", "monitor/visits/visit.py", "monitor/visits/by_hand.py"),
    "smtplib": ("monitor/alerts/mail.py",),
    "sqlalchemy": ("store/",),
    "standardwebhooks": ("monitor/alerts/webhook.py", "monitor/rehearsal/receiver.py"),
    "trafilatura": ("monitor/text",),
}
SESSION = "sqlalchemy.orm.Session"  # the one name of the store's library that others may hold


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in FILES}


def imported(node: ast.AST, path: Path) -> Iterator[str]:
    """The full dotted names that an import binds, modules and what is taken from them alike."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        package = name_of(path).split(".") if path.name == "__init__.py" else name_of(path).split(".")[:-1]
        base = package[: len(package) - node.level + 1] if node.level else []
        start = ".".join([*base, *([node.module] if node.module else [])])
        yield from (f"{start}.{alias.name}" for alias in node.names)


@cache
def imports(path: Path) -> frozenset[str]:
    return frozenset(name for node in ast.walk(tree(path)) for name in imported(node, path))


def modules(path: Path) -> frozenset[str]:
    """The modules of ours that a file needs."""
    found = set()
    for name in imports(path):
        if name in MODULES:
            found.add(name)
        elif name.rpartition(".")[0] in MODULES:
            found.add(name.rpartition(".")[0])
    return frozenset(found)


def within(path: Path, folder: str) -> bool:
    return str(path.relative_to(ROOT)).startswith(folder)


def offences(folder: str, allowed: tuple[str, ...]) -> list[str]:
    """What the files of a folder import of ours that is neither theirs nor allowed."""
    own = folder.rstrip("/").replace("/", ".")
    return [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in FILES
        if within(path, folder)
        for name in sorted(imports(path))
        if name.partition(".")[0] in OURS and not _under(name, (own, *allowed))
    ]


def _under(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(package + ".") for package in packages)


@pytest.mark.parametrize(
    ("folder", "allowed"),
    [
        ("store/", ()),
        ("spiders/", ("store", "monitor.reader")),
        ("monitor/", ("store",)),
        ("monitor/reader/", ()),
        ("monitor/ledger/", ("monitor.reader.statistic",)),
    ],
)
def test_a_layer_knows_only_those_below_it(folder: str, allowed: tuple[str, ...]) -> None:
    assert offences(folder, allowed) == []


@pytest.mark.parametrize("folder", ["monitor/reader/", "monitor/ledger/"])
def test_reader_and_ledger_touch_neither_store_nor_clock_nor_network(folder: str) -> None:
    pure = sys.stdlib_module_names - IMPURE_STANDARD | PURE_LIBRARIES | OURS
    strange = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in FILES
        if within(path, folder)
        for name in sorted(imports(path))
        if name.partition(".")[0] not in pure
    ]
    assert strange == []


@pytest.mark.parametrize("folder", ["monitor/reader/", "monitor/ledger/"])
def test_reader_and_ledger_ask_no_clock_and_open_no_file_by_path(folder: str) -> None:
    asked = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.attr}"
        for path in FILES
        if within(path, folder)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow", "today", "environ", "getenv"}
    ]
    assert asked == []


@pytest.mark.parametrize("library", DOORS)
def test_a_library_has_one_door(library: str) -> None:
    others = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in FILES
        if not str(path.relative_to(ROOT)).startswith(DOORS[library])
        for name in sorted(imports(path))
        if name.partition(".")[0] == library and name != SESSION
    ]
    assert others == []


def test_nothing_imports_itself_by_a_detour() -> None:
    needs = {name: modules(path) - {name} for name, path in MODULES.items()}
    done: set[str] = set()
    while ready := {name for name, needed in needs.items() if name not in done and needed <= done}:
        done |= ready
    assert sorted(set(needs) - done) == []


def test_imports_stand_at_the_top_of_their_module() -> None:
    inside = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in FILES
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


def test_modules_and_functions_stay_short() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {lines} lines"
        for path in FILES
        if "migrations" not in path.parts
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    ]
    long += [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in FILES
        if "migrations" not in path.parts
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= 50
    ]
    assert long == []


def test_modules_are_called_by_what_they_hold() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "manager", "base", "handler", "core", "misc"}
    assert [name for name in MODULES if name.rpartition(".")[2] in vague] == []
