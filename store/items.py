"""Items: found by a watch or given by hand, due for a look, gone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import delete, or_, select, tuple_, update
from sqlalchemy.orm import Session

from store.models import Address, Capture, Item, Resource, Version, Watch

PENDING, PASSED_OVER, HELD, GONE = "pending", "passed_over", "held", "gone"
KNOWN, FORGOTTEN = "known", "forgotten"  # never fetched: given as known before; erased at somebody's word
GONE_AFTER = 2
SOME = 10_000  # names in one question; databases take some ten thousand


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item as a watch lists it.

    `key` is its identity, by default its address; `wanted` is False when the gate refused it; `parent` is the address
    of the item that links it, where no watch lists it.
    """

    url: str
    key: str = ""
    title: str = ""
    summary: str = ""
    section: str = ""
    published: date | None = None
    published_text: str = ""
    wanted: bool = True
    parent: str = ""

    @property
    def identity(self) -> str:
        return self.key or self.url


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one page of a watch gave: its entries and the validators that it came with."""

    watch_id: int | None
    source_id: str
    url: str
    entries: Sequence[Entry] = ()
    etag: str | None = None
    last_modified: str | None = None
    body: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An item to be fetched, with the validators of its last good capture."""

    item_id: int
    key: str
    url: str
    etag: str | None = None
    last_modified: str | None = None
    given: dict[str, Any] = field(default_factory=dict)


def known(session: Session, identities: Iterable[str]) -> set[str]:
    """Those of the identities or addresses that belong to an item already."""
    held: set[str] = set()
    asked = iter(identities)
    while some := list(islice(asked, SOME)):
        held.update(session.scalars(select(Item.key).where(Item.key.in_(some))))
        held.update(session.scalars(select(Address.url).where(Address.url.in_(some))))
    return held


def discover(session: Session, found: Found, now: datetime) -> list[Item]:
    """File the entries that are new, as items to be fetched, together with the validators of the page that listed them.

    An item that was passed over is fetched after all where its entry, since it was edited, is wanted now. One
    transaction for all: were the validators kept first, a crash would hide the entries behind a 304.
    """
    watch = session.get(Watch, found.watch_id) if found.watch_id else None
    baseline = watch is not None and watch.baseline_at is None
    held = known(session, [e.identity for e in found.entries] + [e.url for e in found.entries])
    _want_after_all(session, [e.identity for e in found.entries if e.wanted and e.identity in held])
    items = []
    for entry in found.entries:
        if entry.identity in held or entry.url in held:
            continue
        held.update((entry.identity, entry.url))
        items.append(_item(found, entry, baseline=baseline, now=now))
    session.add_all(items)
    session.flush()
    session.add_all(Address(url=item.url, item_id=item.id, since=now) for item in items)
    if found.url:
        keep_validators(session, found, now)
    session.flush()
    return items


def _want_after_all(session: Session, keys: Sequence[str]) -> None:
    for start in range(0, len(keys), SOME):
        passed_over = (Item.state == PASSED_OVER) & Item.key.in_(keys[start : start + SOME])
        session.execute(update(Item).where(passed_over).values(state=PENDING))


def _item(found: Found, entry: Entry, *, baseline: bool, now: datetime) -> Item:
    return Item(
        source_id=found.source_id,
        watch_id=found.watch_id,
        key=entry.identity,
        url=entry.url,
        title=entry.title,
        published=entry.published,
        first_seen_at=now,
        entry=_given(entry),
        state=PENDING if entry.wanted else PASSED_OVER,
        baseline=baseline,
    )


def _given(entry: Entry) -> dict[str, Any]:
    published = entry.published.isoformat() if entry.published else None
    given = {"title": entry.title, "summary": entry.summary, "section": entry.section, "published": published}
    given |= {"published_text": entry.published_text, "parent": entry.parent}
    return {name: value for name, value in given.items() if value}


def add_known(session: Session, item: Item) -> Item:
    """File an item that was known before the watch began. Its address stays free: it may yet be found and fetched."""
    item.state = KNOWN
    session.add(item)
    session.flush()
    return item


def keep_validators(session: Session, found: Found, now: datetime) -> None:
    """Keep a page's validators as they were received, and its body where a 304 must later be answered with it."""
    resource = session.get(Resource, found.url) or Resource(url=found.url)
    resource.etag, resource.last_modified, resource.body = found.etag, found.last_modified, found.body
    resource.fetched_at = now
    session.add(resource)


def forget_validators(session: Session, url: str) -> None:
    """Have a page answer in full the next time."""
    session.execute(delete(Resource).where(Resource.url == url))


def validators(session: Session, url: str) -> Resource | None:
    """What the page at this address last came with."""
    return session.get(Resource, url)


def baseline_done(session: Session, watch_id: int, now: datetime) -> None:
    """From now on what this watch lists is new."""
    watch = session.get_one(Watch, watch_id)
    watch.baseline_at = watch.baseline_at or now


def due(session: Session, source_id: str, now: datetime, limit: int) -> list[Due]:
    """The items of a source that were never fetched, or whose next look is due, oldest first.

    What is known goes before what is new: an item that moved is then followed, and its new address is no new item.
    """
    mine = select(Item).where(Item.source_id == source_id)
    never = (Item.state == PENDING) & or_(Item.check_at.is_(None), Item.check_at <= now)
    again = Item.state.in_([HELD]) & (Item.check_at <= now)
    items = session.scalars(mine.where(never | again).order_by(Item.check_at.nulls_last(), Item.id).limit(limit))
    return [due_item(session, item) for item in items]


def due_item(session: Session, item: Item) -> Due:
    """The item with the validators of its last good capture; a bad one's would hide its mending behind a 304."""
    good = select(Capture).where(Capture.item_id == item.id, Capture.good.is_(True))
    last = session.scalars(good.order_by(Capture.fetched_at.desc(), Capture.id.desc()).limit(1)).first()
    headers = last.headers if last else {}
    return Due(
        item_id=item.id,
        key=item.key,
        url=item.url,
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        given=item.entry,
    )


def by_key(session: Session, key: str) -> Item | None:
    """The item with this identity or address."""
    item = session.scalars(select(Item).where(Item.key == key)).first()
    if item is None:
        address = session.get(Address, key)
        item = session.get(Item, address.item_id) if address else None
    return item


def looked_at(session: Session, item_id: int, now: datetime, next_look: datetime | None) -> None:
    """Note that an item answered, and when to look again (None: never)."""
    item = session.get_one(Item, item_id)
    item.checked_at, item.check_at = now, next_look
    item.failures = item.gone_visits = 0


def failed(session: Session, item_id: int, now: datetime, next_look: datetime) -> None:
    """Note that an item could not be fetched, and when to try again."""
    item = session.get_one(Item, item_id)
    item.failures += 1
    item.checked_at, item.check_at = now, next_look


def any_failing(session: Session, source_id: str) -> bool:
    """Whether any item of a source could not be fetched when it was last asked for."""
    failing = select(Item.id).where(Item.source_id == source_id, Item.failures > 0, Item.state.in_([PENDING, HELD]))
    return session.scalar(failing.limit(1)) is not None


def missing(session: Session, item_id: int, now: datetime, next_look: datetime) -> None:
    """Note a 404 or 410; `newly_gone` tells those that had it on two visits."""
    item = session.get_one(Item, item_id)
    item.gone_visits += 1
    item.checked_at, item.check_at = now, next_look


def newly_gone(session: Session, source_id: str) -> Sequence[Item]:
    """Items that were missing on two visits and are not yet filed as gone."""
    gone = (Item.gone_visits >= GONE_AFTER) & Item.state.in_([HELD, PENDING])
    return session.scalars(select(Item).where(Item.source_id == source_id, gone).order_by(Item.id)).all()


def move(session: Session, item: Item, url: str, same: str, now: datetime) -> None:
    """Follow an item to a new address; the old one stays known. `same` is the canonical form of the new one.

    An address that belongs to another item is no new address: many go to one page when they are gone.
    """
    others = [a for a in (session.get(Address, url), session.get(Address, same)) if a and a.item_id != item.id]
    if others or session.scalars(select(Item.id).where(Item.key == same, Item.id != item.id)).first():
        return
    known_as(session, item.id, url, now)
    known_as(session, item.id, same, now)
    item.url = url


def join(session: Session, listed: Item, item: Item, now: datetime) -> None:
    """Take what was listed, and never fetched, for other addresses of an item."""
    session.execute(update(Address).where(Address.item_id == listed.id).values(item_id=item.id))
    known_as(session, item.id, listed.key, now)
    session.delete(listed)
    session.flush()


def known_as(session: Session, item_id: int, url: str, now: datetime) -> None:
    """Note another address of an item, unless it belongs to some item already."""
    if session.get(Address, url) is None:
        session.add(Address(url=url, item_id=item_id, since=now))


def last_edit(session: Session, item_id: int) -> datetime | None:
    """When the text of an item last changed; None where it never did."""
    mine = select(Version.fetched_at).where(Version.item_id == item_id, Version.unread_at.is_(None))
    last, *before = session.scalars(mine.order_by(Version.fetched_at.desc()).limit(2)).all() or (None,)
    return last if before else None


def fetched_since(
    session: Session, since: datetime | None, source_id: str | None, after: int, limit: int
) -> Sequence[int]:
    """The ids of items with captures that were fetched then or later, in order, from an id on; no known past."""
    mine = select(Item.id).where(Item.id > after, Item.state.not_in([KNOWN, FORGOTTEN]))
    if source_id is not None:
        mine = mine.where(Item.source_id == source_id)
    fetched = select(Capture.id).where(Capture.item_id == Item.id, Capture.good.is_not(None))
    if since is not None:
        fetched = fetched.where(Capture.fetched_at >= since)
    return session.scalars(mine.where(fetched.exists()).order_by(Item.id).limit(limit)).all()


def listed_by(session: Session, watches: Iterable[tuple[str, str]], since: datetime) -> Sequence[Item]:
    """The items that watches (source and address) have listed since then, never fetched, in the order of their ids."""
    wanted = tuple_(Watch.source_id, Watch.url).in_(list(watches))
    listed = select(Item).join(Watch, Item.watch_id == Watch.id).where(wanted, Item.state == PASSED_OVER)
    return session.scalars(listed.where(Item.first_seen_at >= since).order_by(Item.id)).all()


def titles_since(session: Session, since: datetime) -> Sequence[tuple[int, str]]:
    """The ids and titles of all items first seen since then."""
    seen = session.execute(select(Item.id, Item.title).where(Item.first_seen_at >= since))
    return [(number, title) for number, title in seen]
