"""What may be shown of the ledger where names are to be hidden: a record by itself does not tell all of its item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from monitor.figures.masking import masked, of_minors, speaks_of_minors
from store import versions


def without_names(session: Session, records: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Changes or statistics without names where they are on minors; titles and edits also where their item is."""
    minors = {record["url"] for record in records if record.get("url") and speaks_of_minors(record)}
    others = {address for record in records for address in _addresses(record)} - minors
    minors.update(address for address, text in versions.texts_at(session, others) if of_minors(text))
    return [masked(record, minors) for record in records]


def _addresses(part: Any) -> Iterator[str]:
    """The addresses of the items that a record, or a part of it, shows."""
    if isinstance(part, list):
        for one in part:
            yield from _addresses(one)
    elif isinstance(part, dict):
        if isinstance(part.get("url"), str):
            yield part["url"]
        for value in part.values():
            yield from _addresses(value)
