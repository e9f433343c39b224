"""How an item's answer is filed: as a capture where its bytes are new, as a look where they are not."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy.orm import Session

from spiders import revisit
from spiders.outcomes import Answer
from store import captures, items
from store.addresses import asked
from store.captures import Arrived
from store.models import Item
from store.visits import Fetched

LONGEST_HEADER = 4000


def fetched(role: str, answer: Answer, entries: int | None = None) -> Fetched:
    """A request as the log of the visit keeps it."""
    size = len(answer.response.body) if answer.response is not None else None
    return Fetched(
        role=role,
        url=answer.url,
        outcome=answer.outcome,
        status=answer.status,
        size=size,
        entries=entries,
        note=answer.note,
    )


def answered(session: Session, item: Item, answer: Answer, visit_id: int | None, now: datetime) -> None:
    """File what an item answered, and when to look at it again; nothing of one that was forgotten meanwhile."""
    if item.state == items.FORGOTTEN:
        return
    if answer.outcome == "gone":
        items.missing(session, item.id, now, now)
        return
    if answer.response is not None and 200 <= answer.response.status < 300:
        last = captures.last(session, item.id)
        digest = hashlib.sha256(answer.response.body).hexdigest()
        if last is None or last.sha256 != digest:
            captures.keep(session, _arrived(item, answer, visit_id), now)
        _note_move(session, item, answer.response.url, now)
    if answer.good:
        edited = items.last_edit(session, item.id)
        look = revisit.next_look(item.published, item.first_seen_at, edited, now)
        items.looked_at(session, item.id, now, look)
    else:
        items.failed(session, item.id, now, revisit.retry(item.failures, now))


def _arrived(item: Item, answer: Answer, visit_id: int | None) -> Arrived:
    response = answer.response
    if response is None:
        message = "an answer with content has a response"
        raise ValueError(message)
    headers = {
        name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")[:LONGEST_HEADER]
        for name, values in response.headers.items()
    }
    return Arrived(
        item_id=item.id,
        url=answer.url,
        final_url=response.url,
        content=response.body,
        content_type=headers.get("content-type", ""),
        status=answer.status,
        headers=headers,
        visit_id=visit_id,
        given=item.entry,
    )


def _note_move(session: Session, item: Item, final_url: str, now: datetime) -> None:
    """An item that redirects is known under where it leads, too."""
    address = asked(final_url)
    if address != item.url:
        items.known_as(session, item.id, address, now)
