"""The words of quotes and titles, for looking statistics up: FTS5 on SQLite, a text search vector on PostgreSQL.

Words are folded here, before they reach a database, so that both find the same. All that reads and writes the index is
in this module.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    MetaData,
    Select,
    Table,
    Text,
    column,
    func,
    literal_column,
    select,
    text,
)
from sqlalchemy.orm import Session

from store.models import Statistic

SQLITE = ("CREATE VIRTUAL TABLE IF NOT EXISTS statistic_words USING fts5(words, content='', tokenize='ascii')",)
POSTGRESQL = (
    "CREATE TABLE IF NOT EXISTS statistic_words (statistic_id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)",
    "CREATE INDEX IF NOT EXISTS ix_statistic_words_words ON statistic_words USING gin (words)",
)
MOST_TERMS = 20
BORDER = "zqz"  # between quote and title, so that no phrase goes over it

Rows = Select[*tuple[Any, ...]]

_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')
_WORD = re.compile(r"[a-z0-9]+")
_table = Table("statistic_words", MetaData(), Column("statistic_id", BigInteger), Column("words", Text))


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand one after another; with `open_end` the last one may go on."""

    words: tuple[str, ...]
    open_end: bool = False


def create(connection: Connection) -> None:
    """Make the index where there is none."""
    for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL:
        connection.execute(text(statement))


def fold(said: str) -> list[str]:
    """The words of a text without case and accents; numbers without separators of thousands."""
    joined = re.sub(r"(?<=\d)[.,\u00a0\u202f\u2009](?=\d{3}(?!\d))", "", said)
    plain = unicodedata.normalize("NFKD", joined.casefold())
    return _WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter)))


def terms(asked: str) -> list[Term]:
    """What is asked for: words that must all stand there, `"phrases in quotes"`, beginnings with a star (`menor*`)."""
    found = []
    for match in _TERM.finditer(asked):
        phrase, word = match.groups()
        words = tuple(fold(phrase if word is None else word))
        if words:
            found.append(Term(words, open_end=word is not None and word.endswith("*")))
    return found[:MOST_TERMS]


def add(session: Session, rows: Iterable[Statistic], title: str) -> None:
    """Put statistics into the index, by their quotes and the title of their version."""
    values = [{"id": row.id, "words": _words(row.quote, title)} for row in rows]
    if not values:
        return
    words = ":words" if _on_sqlite(session) else "to_tsvector('simple', :words)"
    key = "rowid" if _on_sqlite(session) else "statistic_id"
    session.execute(text(f"INSERT INTO statistic_words({key}, words) VALUES (:id, {words})"), values)  # noqa: S608


def remove(session: Session, rows: Iterable[Statistic], title: str) -> None:
    """Take statistics out of the index, while their quotes and the title are still what was put in."""
    values = [{"id": row.id, "words": _words(row.quote, title)} for row in rows]
    if not values:
        return
    if _on_sqlite(session):
        gone = "INSERT INTO statistic_words(statistic_words, rowid, words) VALUES ('delete', :id, :words)"
        session.execute(text(gone), values)
    else:
        session.execute(text("DELETE FROM statistic_words WHERE statistic_id = :id"), [{"id": v["id"]} for v in values])


def scrub(session: Session) -> None:
    """Have SQLite write the index anew without what was taken out of it: deletion only marks it."""
    session.execute(text("INSERT INTO statistic_words(statistic_words) VALUES ('optimize')"))


def place(session: Session) -> ColumnElement[int]:
    """The ids of a look-up by words, as the column that the index holds in order."""
    return literal_column("statistic_words.rowid") if _on_sqlite(session) else _table.c.statistic_id


def restrict(session: Session, ids: Rows, asked: list[Term]) -> Rows:
    """Of statistics only those whose words have all the terms."""
    return ids.join(_table, place(session) == Statistic.id).where(_matched(session, asked))


def many(session: Session, asked: list[Term], most: int) -> bool:
    """Whether more statistics than so many have all the terms."""
    found = _having(session, asked).limit(most + 1).subquery()
    return (session.scalar(select(func.count()).select_from(found)) or 0) > most


def having(session: Session, asked: list[Term], most: int) -> set[int] | None:
    """The ids of all statistics whose words have all the terms; None where these are more than so many."""
    found = session.scalars(_having(session, asked).limit(most + 1)).all()
    return set(found) if len(found) <= most else None


def among(session: Session, ids: Sequence[int], asked: list[Term]) -> set[int]:
    """Of these statistics those whose words have all the terms."""
    return set(session.scalars(_having(session, asked).where(place(session).in_(ids)))) if ids else set()


def _having(session: Session, asked: list[Term]) -> Select[int]:
    return select(place(session)).select_from(_table).where(_matched(session, asked))


def _matched(session: Session, asked: list[Term]) -> ColumnElement[bool]:
    if _on_sqlite(session):
        return column("statistic_words").op("MATCH")(" ".join(map(_fts5, asked)))
    query = func.to_tsquery(literal_column("'simple'"), " & ".join(map(_tsquery, asked)))
    return _table.c.words.op("@@")(query)


def _words(quote: str, title: str) -> str:
    return " ".join([*fold(quote), BORDER, *fold(title)])


def _fts5(term: Term) -> str:
    return '"' + " ".join(term.words) + '"' + ("*" if term.open_end else "")


def _tsquery(term: Term) -> str:
    return "(" + " <-> ".join(term.words) + (":*" if term.open_end else "") + ")"


def _on_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"
