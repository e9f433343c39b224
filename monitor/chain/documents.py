"""Lines of documents for `extract` and `ingest`: checked field by field; a bad line does not stop the rest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from dateutil import parser as dates

from monitor.errors import InputError
from monitor.text import Page, read_page
from store.addresses import canonical

DOCUMENT_TYPE = "text/plain; charset=utf-8; document"  # a text given as such, not taken from a page
HTML_TYPE = "text/html; charset=utf-8"
NO_DAY_IS_LATER = datetime.max.replace(tzinfo=UTC) - timedelta(days=2)  # for what we did not fetch ourselves
LONGEST_SOURCE = 64
LONGEST_ADDRESS = 2000
YEARS = range(1000, 9000)  # in which a day can be added to a date, or taken from it


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One line: a text, or a page's HTML, with what is known of it. `text` keeps the offsets of the line's text.

    `place` is its file and line.
    """

    place: str = ""
    doc_id: str | None = None
    source: str = ""
    url: str = ""
    title: str = ""
    language: str | None = None
    published: date | None = None
    fetched: datetime | None = None
    text: str | None = None
    html: str | None = None

    @property
    def content(self) -> bytes:
        """The bytes that stand for a fetch."""
        return ((self.html if self.text is None else self.text) or "").encode()

    @property
    def content_type(self) -> str:
        return HTML_TYPE if self.text is None else DOCUMENT_TYPE

    @property
    def given(self) -> dict[str, Any]:
        """What the line says of the page, as a feed would."""
        published = self.published.isoformat() if self.published else None
        given = {"title": self.title, "lang": self.language, "published": published}
        return {name: value for name, value in given.items() if value}


def page_of(document: Document) -> Page:
    """The page that a document is."""
    return page_as_given(document.content, document.content_type, document.given)


def page_as_given(content: bytes, content_type: str, given: Mapping[str, Any]) -> Page:
    """The page of a line of documents: its text to the letter, published when the line says so."""
    if content_type != DOCUMENT_TYPE:
        return read_page(content, content_type, given, NO_DAY_IS_LATER)
    published = given.get("published")
    return Page(
        title=given.get("title") or "",
        text=content.decode(),
        language=given.get("lang"),
        published=date.fromisoformat(published) if published else None,
        published_reason="given" if published else None,
    )


def read_documents(
    lines: Iterable[bytes], name: str, languages: Iterable[str], *, sourced: bool
) -> Iterator[Document | InputError]:
    """A document, or what is wrong with it, for each line that is not blank.

    `sourced` asks for `source` and `url`, which a document needs to be filed.
    """
    known = frozenset(languages)
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield replace(_document(_object(line), known, sourced=sourced), place=f"{name}, line {number}")
        except _FieldError as error:
            yield InputError(f"{name}, line {number}: {error}")


def checked(document: Document | InputError) -> Document:
    """The document. Raises what is wrong with its line."""
    if isinstance(document, InputError):
        raise document
    return document


class _FieldError(Exception):
    """What is wrong with one field."""


def _object(line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except UnicodeDecodeError as error:
        raise _FieldError(f"not UTF-8 at byte {error.start}") from error
    except (ValueError, RecursionError) as error:
        raise _FieldError(f"not JSON: {error}") from error
    if not isinstance(value, dict):
        raise _FieldError("not a JSON object")
    return {key: field for key, field in value.items() if field is not None}


def _document(fields: dict[str, Any], languages: frozenset[str], *, sourced: bool) -> Document:
    if "text" not in fields and "html" not in fields:
        raise _FieldError("field `text`: missing, and there is no `html` either")
    for name in ("source", "url"):
        if sourced and not str(fields.get(name, "")).strip():
            raise _FieldError(f"field `{name}`: missing")
    return Document(
        doc_id=_text(fields, "doc_id"),
        source=_source(fields),
        url=_address(fields, sourced=sourced),
        title=_text(fields, "title") or "",
        language=_language(fields, languages),
        published=_day(fields),
        fetched=_moment(fields),
        text=_text(fields, "text"),
        html=_text(fields, "html"),
    )


def _text(fields: dict[str, Any], name: str) -> str | None:
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise _FieldError(f"field `{name}`: must be text, is {json.dumps(value)[:60]}")
    return _storable(value) if value is not None else None


def _storable(text: str) -> str:
    """The text without what no database holds (NUL, lone surrogates), at the same offsets."""
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        return "".join("\ufffd" if c == "\x00" or "\ud800" <= c <= "\udfff" else c for c in text)
    return text


def _source(fields: dict[str, Any]) -> str:
    source = (_text(fields, "source") or "").strip()
    if len(source) > LONGEST_SOURCE or not source.isprintable():
        raise _FieldError(f"field `source`: must be a short id (at most {LONGEST_SOURCE} characters)")
    return source


def _address(fields: dict[str, Any], *, sourced: bool) -> str:
    address = (_text(fields, "url") or "").strip()
    if not sourced:
        return address
    try:
        canonical(address)
    except ValueError as error:
        message = f"field `url`: must be an http or https address, is {address[:100]!r}"
        raise _FieldError(message) from error
    if not address.isprintable() or " " in address or len(address) > LONGEST_ADDRESS:
        raise _FieldError(f"field `url`: must be an address of at most {LONGEST_ADDRESS} letters, is {address[:100]!r}")
    return address


def _language(fields: dict[str, Any], known: frozenset[str]) -> str | None:
    language = _text(fields, "lang")
    if language is not None and language not in known:
        raise _FieldError(f"field `lang`: must be one of {', '.join(sorted(known))}, is {language[:20]!r}")
    return language


def _day(fields: dict[str, Any]) -> date | None:
    moment = _iso(fields, "published")
    return moment.date() if moment else None


def _moment(fields: dict[str, Any]) -> datetime | None:
    moment = _iso(fields, "fetched")
    if moment is None:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _iso(fields: dict[str, Any], name: str) -> datetime | None:
    value = _text(fields, name)
    if value is None:
        return None
    try:
        moment = dates.isoparse(value)
        moment = moment.astimezone(UTC) if name == "fetched" and moment.tzinfo else moment
    except (ValueError, OverflowError) as error:
        raise _FieldError(f"field `{name}`: must be an ISO 8601 date or time, is {value[:40]!r}") from error
    if moment.year not in YEARS:
        raise _FieldError(f"field `{name}`: must lie in the years {YEARS[0]} to {YEARS[-1]}, is {value[:40]!r}")
    return moment
