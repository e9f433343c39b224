"""A source by its address: what could be watched there, and the TOML that watches it."""

from __future__ import annotations

import asyncio
import json
import re
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from monitor.chain.walk import Walk
from monitor.configuration.loading import IDENTIFIER, Configuration, check_text
from monitor.errors import ConfigurationError, InputError
from monitor.reader.language import languages
from monitor.visits.visit import Visitor
from store import sources
from store.database import Store
from store.definitions import SourceDefinition

STRANGER = SourceDefinition(id="stranger", name="stranger", delay=1.0)
_RANKS = ("feed", "news sitemap", "search", "listing", "sitemap", "document")
_NO_NAMES = frozenset({"www", "m", "news", "noticias", "feeds", "rss", "blog", "api", "es", "en"})
_NOT_IN_AN_ID = re.compile(r"[^a-z0-9]+")

Row = Mapping[str, Any]


def scout(configuration: Configuration, url: str) -> tuple[Row, list[Row]]:
    """The site of an address, and what could be watched there, best first. Raises InputError where it gives nothing."""
    with tempfile.TemporaryDirectory(prefix="tratawatch-") as folder:
        store = Store(f"sqlite:///{folder}/scout.db")
        try:
            with store.write() as session:
                sources.sync(session, [STRANGER])
            about, *found = asyncio.run(Visitor(store, configuration, Walk()).scout(STRANGER, url))
        finally:
            store.close()
    if about["outcome"] != "ok":
        message = f"{url}: {about['outcome'].replace('_', ' ')}: {about.get('note') or about.get('status')}"
        raise InputError(message)
    return about, sorted(found, key=_rank)


def _rank(row: Row) -> tuple[bool, int]:
    kind = "news sitemap" if row["kind"] == "sitemap" and "news" in row["url"].lower() else row["kind"]
    return not lists(row), _RANKS.index(kind)


def lists(row: Row) -> bool:
    """Whether a candidate is worth a watch: it lists something, or is a document that is there."""
    return row["outcome"] == "ok" and (row["kind"] == "document" or bool(row["entries"]))


def id_of(url: str) -> str:
    """An id for the source of an address: the name in its host."""
    labels = [label for label in (urlsplit(url).hostname or "").split(".") if label not in _NO_NAMES]
    plain = _NOT_IN_AN_ID.sub("_", labels[0] if labels else "").strip("_")
    return plain if re.match(IDENTIFIER, plain) and not plain.isdecimal() else "source"


def toml_of(source_id: str, about: Row, found: Sequence[Row], today: date) -> str:
    """The lines that watch the best candidate; the others stand below as comments."""
    lines = [f"[sources.{source_id}]", f"name = {_string(about.get('name') or source_id)}"]
    if about.get("language") in languages():
        lines.append(f"language = {_string(about['language'])}")
    lines += ["", *_watch_lines(source_id, found[0], today)]
    for other in found[1:]:
        if lists(other):
            lines += ["", *(f"# {line}" for line in _watch_lines(source_id, other, today))]
    return "\n".join(lines) + "\n"


def _watch_lines(source_id: str, row: Row, today: date) -> list[str]:
    lines = [f"[[sources.{source_id}.watches]]", f"kind = {_string(row['kind'])}", f"url = {_string(row['url'])}"]
    if row.get("links"):
        lines.append(f"links = {_literal(row['links'])}")
    if row.get("pages", 1) > 1:
        lines.append(f"pages = {row['pages']}")
    return [*lines, 'confidence = "high"', f"since = {_string(today.isoformat())}"]


def _string(value: str) -> str:
    """A string as TOML writes it, which is as JSON does."""
    return json.dumps("".join(letter for letter in value if letter.isprintable()), ensure_ascii=False)


def _literal(value: str) -> str:
    return f"'{value}'" if "'" not in value and value.isprintable() else _string(value)


def append(path: Path, block: str, source_id: str) -> None:
    """Append a source to a file of the configuration, or begin one; nothing that stands there is touched.

    Raises ConfigurationError where the file has the source already, or could not be used with it.
    """
    try:
        before = path.read_text(encoding="utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: cannot be read: {error}"
        raise ConfigurationError(message) from error
    gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    try:
        check_text(before + gap + block, str(path))
    except ConfigurationError as error:
        message = f"{error}\nnothing was written; is there a source {source_id!r} already? give another --id"
        raise ConfigurationError(message) from error
    with path.open("a", encoding="utf-8") as file:
        file.write(gap + block)
