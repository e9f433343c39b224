"""Opens the store: SQLite or PostgreSQL, brought up to date at start; transactions to read and to write in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from threading import RLock
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.orm import Session

from store import words
from store.errors import StoreError

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 30
WRITER_LOCK = 7_283_101  # any number will do, as long as nobody else on the database takes it


class Store:
    """A database that is up to date. One writer at a time: by SQLite's own lock, by an advisory one on PostgreSQL."""

    def __init__(self, url: str) -> None:
        """Open the database at `url` and bring it up to date. Raises StoreError."""
        self.url = _checked(url)
        # SQLite lets a writer that must wait sleep and try again, for up to a tenth of a second: ours stand in line.
        self._turn: AbstractContextManager[object] = RLock() if _is_sqlite(self.url) else nullcontext()
        try:
            self._engine = _engine(self.url)
            self._writing = self._engine.execution_options(writes=True)
            _migrate(self._engine, self.url)
        except (SQLAlchemyError, ImportError, OSError) as error:
            reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
            message = f"store {self}: {reason}. Check the address (--store, TRATAWATCH_STORE or `store` in the file)"
            raise StoreError(message) from error

    def __repr__(self) -> str:
        return self.url.render_as_string(hide_password=True)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the store and writes nothing."""
        with Session(self._engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session in one transaction: all of it is kept, or nothing."""
        with self._turn, Session(self._writing, expire_on_commit=False) as session, session.begin():
            if self._engine.dialect.name == "postgresql":
                session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITER_LOCK})
            yield session

    @contextmanager
    def rehearse(self) -> Iterator[Session]:
        """A session whose transaction is always undone."""
        with self._writing.connect() as connection, connection.begin() as transaction:
            with Session(connection, expire_on_commit=False, join_transaction_mode="create_savepoint") as session:
                yield session
            transaction.rollback()

    def scrub(self) -> None:
        """Leave nothing of what was erased in the files of SQLite; PostgreSQL does so at its next vacuum."""
        if self._engine.dialect.name != "sqlite":
            return
        with self.write() as session:
            words.scrub(session)
        with self._engine.connect() as connection:
            connection.rollback()
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self._engine.dispose()


def _checked(url: str) -> URL:
    try:
        parsed = make_url(url)
        parsed.get_dialect()
    except (ArgumentError, NoSuchModuleError) as error:
        message = (
            f"store {url!r}: not a database address, such as sqlite:///tratawatch.db or postgresql://user@host/name"
        )
        raise StoreError(message) from error
    if parsed.drivername in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _engine(url: URL) -> Engine:
    if not _is_sqlite(url):
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _set_pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late for savepoints and for the writer's lock
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "secure_delete=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(engine: Engine, url: URL) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    with engine.execution_options(writes=True).connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": WRITER_LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        words.create(connection)
        connection.commit()
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": WRITER_LOCK})
            connection.commit()
