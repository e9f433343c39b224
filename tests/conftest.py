"""What tests of more than one module need: a store of their own, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.database import Store
from tests.servers import NoServerError, PostgresServer, postgres_server


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that is up to date and empty, to be copied."""
    path = tmp_path_factory.mktemp("store") / "empty.db"
    Store(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def sqlite_url(empty_sqlite: Path, tmp_path: Path) -> str:
    """The address of an empty store in the folder of the test."""
    shutil.copy(empty_sqlite, tmp_path / "store.db")
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    """An empty store."""
    made = Store(sqlite_url)
    yield made
    made.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server with a database `ready` that is up to date and empty."""
    try:
        with postgres_server() as server:
            Store(server.new_database(name="ready")).close()
            yield server
    except NoServerError as error:
        pytest.skip(str(error))


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> str:
    """The address of an empty store on PostgreSQL."""
    return postgres.new_database(template="ready")
