"""How an item's answer is filed: as a capture where its bytes are new, as a look where they are not."""

from __future__ import annotations

import hashlib
from datetime import datetime
from urllib.parse import urlsplit

from scrapy.http import Response
from sqlalchemy.orm import Session

from spiders import revisit
from spiders.outcomes import Answer
from store import captures, items
from store.addresses import asked, canonical
from store.captures import Arrived
from store.models import Item
from store.visits import Fetched

LONGEST_HEADER = 4000
FOR_GOOD = frozenset({301, 308})


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
    if answer.good and answer.response is not None:
        whose = _whose(session, item, answer.response, now)
        if whose is None:
            return
        item = whose
    if (
        answer.response is not None
        and not _waits_for_reading(session, item, answer, visit_id, now)
        and moved(item.url, answer.response)
    ):
        items.move(session, item, asked(answer.response.url), canonical(answer.response.url), now)
    if answer.good:
        items.looked_at(session, item.id, now, _next_look(session, item, now))
    else:
        items.failed(session, item.id, now, revisit.retry(item.failures, now))


def _whose(session: Session, item: Item, response: Response, now: datetime) -> Item | None:
    """The item that an answer is of, where it stands at the address of another item of the source: the two are one.

    What was never fetched becomes an address of the other. Of two that were, only the one that stays is looked at.
    """
    other = _standing_at(session, item, response)
    if other is None:
        return item
    if captures.last(session, item.id) is None:
        items.join(session, item, other, now)
        return other
    if not moved(item.url, response):
        return item
    if captures.last(session, other.id) is None:
        items.join(session, other, item, now)
        return item
    items.looked_at(session, item.id, now, None)
    return None


def _standing_at(session: Session, item: Item, response: Response) -> Item | None:
    """The item whose own address an answer came from; one that was only sent there, as to a wall, does not count."""
    final = canonical(response.url)
    if not response.meta.get("redirect_times") or final == item.key:
        return None
    other = items.by_key(session, final) or items.by_key(session, asked(response.url))
    if other is None or other.id == item.id or other.source_id != item.source_id or other.state == items.FORGOTTEN:
        return None
    return other if final in {other.key, canonical(other.url)} else None


def _waits_for_reading(session: Session, item: Item, answer: Answer, visit_id: int | None, now: datetime) -> bool:
    """Keep an answer whose bytes are new, and say so: whether it shows the item is known when it has been read."""
    if answer.response is None or not 200 <= answer.response.status < 300:
        return not answer.good
    last = captures.last(session, item.id)
    new = last is None or last.sha256 != hashlib.sha256(answer.response.body).hexdigest()
    if new:
        captures.keep(session, _arrived(item, answer, visit_id), now)
    _note_move(session, item, answer.response.url, now)
    return new or not (last and last.good)


def _next_look(session: Session, item: Item, now: datetime) -> datetime | None:
    if item.relevant is False:
        return revisit.look_for_growth(item.first_seen_at, now)
    return revisit.next_look(item.published, item.first_seen_at, items.last_edit(session, item.id), now)


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
        given=item.entry | ({"moved": True} if moved(item.url, response) else {}),
    )


def moved(url: str, response: Response) -> bool:
    """Whether an item's server says that it stands elsewhere for good; a front page or a section is not elsewhere."""
    reasons = response.meta.get("redirect_reasons") or ()
    old, new = urlsplit(asked(url)), urlsplit(asked(response.url))
    upwards = new.netloc == old.netloc and f"{old.path.rstrip('/')}/".startswith(f"{new.path.rstrip('/')}/")
    higher = new.path == "/" or (upwards and new.path.rstrip("/") != old.path.rstrip("/"))
    return bool(reasons) and all(reason in FOR_GOOD for reason in reasons) and not higher


def _note_move(session: Session, item: Item, final_url: str, now: datetime) -> None:
    """An item that redirects is known under where it leads, too."""
    address = asked(final_url)
    if address != item.url:
        items.known_as(session, item.id, address, now)
