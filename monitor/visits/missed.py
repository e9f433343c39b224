"""What sources for discovery list and no other source has: matched by title, since their links lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from rapidfuzz import fuzz, process
from sqlalchemy.orm import Session

from monitor.reader.language import fold
from store import items
from store.definitions import SourceDefinition

ALIKE = 88  # of 100; headlines are cut and tidied
BEFORE = timedelta(days=30)  # for which a title is looked for among what was seen
_WORD = re.compile(r"[a-z0-9]+")


def plain_title(title: str) -> str:
    """The words of a headline without marks and accents."""
    return " ".join(_WORD.findall(fold(title)))


def split_title(title: str) -> tuple[str, str]:
    """A headline and its publisher, which such sources put behind a dash."""
    said, _, publisher = title.rpartition(" - ")
    return (said, publisher.strip()) if said else (title, "")


def missed(session: Session, sources: Iterable[SourceDefinition], since: datetime) -> list[dict[str, Any]]:
    """What was listed for discovery since then and is not among what the other sources have, newest first."""
    discovering = [(s.id, w.url) for s in sources for w in s.watches if not w.follow]
    listed = items.listed_by(session, discovering, since)
    apart = {item.id for item in listed}
    held = items.titles_since(session, since - BEFORE)
    known = [plain for number, title in held if number not in apart and (plain := plain_title(title))]
    found: dict[str, dict[str, Any]] = {}
    for item in listed:
        said, publisher = split_title(item.title)
        plain = plain_title(said)
        if plain and process.extractOne(plain, known, scorer=fuzz.ratio, score_cutoff=ALIKE) is None:
            published = item.published.isoformat() if item.published else None
            row = {"published": published, "publisher": publisher, "title": said, "source": item.source_id}
            found.setdefault(plain, row)
    return sorted(found.values(), key=lambda row: row["published"] or "", reverse=True)
