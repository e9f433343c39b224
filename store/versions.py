"""Versions: the texts of items, in the order in which they were fetched, and those that may be nearly the same."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from store.models import Address, Band, Item, Statistic, Version

MOST_CANDIDATES = 10
SOME = 500  # names in one question


def of_item(session: Session, item_id: int) -> Sequence[Version]:
    """All versions of an item, oldest first."""
    mine = select(Version).where(Version.item_id == item_id, Version.unread_at.is_(None))
    return session.scalars(mine.order_by(Version.fetched_at, Version.id)).all()


def texts_at(session: Session, addresses: Collection[str]) -> Iterator[tuple[str, str]]:
    """The addresses among these under which items stand, with each of their texts."""
    texts = select(Address.url, Version.text).join(Version, Version.item_id == Address.item_id)
    names = sorted(addresses)
    for start in range(0, len(names), SOME):
        asked = Address.url.in_(names[start : start + SOME])
        rows = session.execute(texts.where(asked, Version.unread_at.is_(None)))
        yield from ((url, text) for url, text in rows)


def before(session: Session, item_id: int, version: Version) -> Version | None:
    """The version that the item had before this one."""
    same_time = and_(Version.fetched_at == version.fetched_at, Version.id < version.id)
    mine = select(Version).where(Version.item_id == item_id, Version.unread_at.is_(None))
    mine = mine.where(or_(Version.fetched_at < version.fetched_at, same_time))
    return session.scalars(mine.order_by(Version.fetched_at.desc(), Version.id.desc()).limit(1)).first()


def latest(
    session: Session, item_id: int, fetched_at: datetime | None = None, *, apart_from: Version | None = None
) -> Version | None:
    """The item's last version, or the one that it had at that time; `apart_from` is left out."""
    mine = select(Version).where(Version.item_id == item_id, Version.unread_at.is_(None))
    if fetched_at is not None:
        mine = mine.where(Version.fetched_at <= fetched_at)
    if apart_from is not None:
        mine = mine.where(Version.id != apart_from.id)
    return session.scalars(mine.order_by(Version.fetched_at.desc(), Version.id.desc()).limit(1)).first()


def add(session: Session, version: Version, bands: Sequence[int]) -> Version:
    """File a version with the hashes of its wording."""
    session.add(version)
    session.flush()
    session.add_all(Band(version_id=version.id, number=n, hash=h) for n, h in enumerate(bands))
    return version


def alike(session: Session, bands: Sequence[int], item_id: int) -> Sequence[Version]:
    """Versions of other items that share hashes of their wording: most of them first, then the oldest.

    Many texts share a phrase of an office, and so one hash; a copy shares nearly all.
    """
    shared = func.count().label("shared")
    sharing = select(Band.version_id, shared).where(Band.hash.in_(bands)).group_by(Band.version_id)
    most = sharing.order_by(shared.desc(), Band.version_id).limit(10 * MOST_CANDIDATES).subquery()
    others = select(Version).join(most, most.c.version_id == Version.id).join(Item, Item.id == Version.item_id)
    others = others.where(Version.unread_at.is_(None), Item.id != item_id)
    return session.scalars(others.order_by(most.c.shared.desc(), Version.id).limit(MOST_CANDIDATES)).all()


def in_other_languages(  # noqa: PLR0913 - each narrows the look-up by itself
    session: Session, item: Item, language: str, *, days: int, values: Collection[float], linked: Collection[int]
) -> list[tuple[int, int]]:
    """Ids of versions and items of the source, published within so many days (or `linked`), in another language.

    Those that share most of the values first.
    """
    near: ColumnElement[bool] = Item.id.in_(linked)
    if item.published is not None:
        span = Item.published.between(item.published - timedelta(days), item.published + timedelta(days))
        near = or_(near, and_(Item.source_id == item.source_id, span))
    texts = select(Version.id).join(Item).where(near, Item.id != item.id, Item.relevant.is_(True))
    texts = texts.where(Version.language != language, Version.unread_at.is_(None))
    alike = func.count(Statistic.value.distinct())
    shared = select(Statistic.version_id, Statistic.item_id).where(Statistic.version_id.in_(texts))
    held_there = (Statistic.value + 0).in_(values)  # sifted: few texts are near, very many say a value
    shared = shared.where(held_there).group_by(Statistic.version_id, Statistic.item_id)
    rows = session.execute(shared.order_by(alike.desc(), Statistic.version_id.desc()).limit(MOST_CANDIDATES))
    return [(version_id, item_id) for version_id, item_id in rows]
