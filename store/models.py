"""The tables and their keys, nothing else. The words are those of docs/words.md."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.columns import Base, BigId, CompressedBytes
from store.models_of_visits import Fetch, Host, Resource, Source, Visit, Watch

__all__ = [
    "Address",
    "Alert",
    "Band",
    "Body",
    "Capture",
    "Change",
    "Channel",
    "Conflict",
    "Delivery",
    "Fetch",
    "Host",
    "Item",
    "Observation",
    "Resource",
    "Ruling",
    "Shelf",
    "Source",
    "Statistic",
    "Telling",
    "Version",
    "Visit",
    "VoicePair",
    "Watch",
]

_KINDS = ("source_id", "provider", "indicator", "area")
_YEARS, _BOUNDS = ("last_year", "first_year", "id"), ("first_date", "first_fetched", "last_id", "last_change_id")
SHELF_INDEXES = {  # each in the order of years or ends, with all that is asked for: no row need be read or sorted
    **{name: (name, *_YEARS, *(kind for kind in _KINDS if kind != name), *_BOUNDS) for name in _KINDS},
    "last_id": ("last_id", *_KINDS, *_YEARS),
    "last_change_id": ("last_change_id", *_KINDS),
    "years": (*_YEARS, *_KINDS, *_BOUNDS[:2]),
}
BEGINS = text("continues_id IS NULL")
CONTINUES = text("continues_id IS NOT NULL")  # were those without it in the index, SQLite would walk them all


class Item(Base):
    """One address that a source published. `key` is its identity, by default its canonical address."""

    __tablename__ = "item"
    __table_args__ = (Index("ix_item_source_id_published", "source_id", "published"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"))
    watch_id: Mapped[int | None] = mapped_column(ForeignKey("watch.id"), index=True)
    key: Mapped[str] = mapped_column(unique=True)
    url: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    published: Mapped[date | None]
    published_reason: Mapped[str | None]
    first_seen_at: Mapped[datetime]
    entry: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[str] = mapped_column(default="pending")
    relevant: Mapped[bool | None]
    reasons: Mapped[list[str]] = mapped_column(default=list)
    baseline: Mapped[bool] = mapped_column(default=False)
    gone_visits: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    checked_at: Mapped[datetime | None]
    check_at: Mapped[datetime | None] = mapped_column(index=True)
    copy_of_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"), index=True)


class Address(Base):
    """An address under which an item was seen, and since when."""

    __tablename__ = "address"
    url: Mapped[str] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    since: Mapped[datetime]


class Body(Base):
    """Bytes as fetched, once for each SHA-256."""

    __tablename__ = "body"
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(CompressedBytes)


class Capture(Base):
    """An item's bytes as fetched once. `given` is what came with it: by a feed, a listing, a line of documents.

    `rules` is the version of the rules that read it; `good` stays None where they failed on it.
    """

    __tablename__ = "capture"
    __table_args__ = (
        Index("ix_capture_item_id_fetched_at", "item_id", "fetched_at"),
        Index("ix_capture_read_at_id", "read_at", "id"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), index=True)
    url: Mapped[str]
    final_url: Mapped[str]
    fetched_at: Mapped[datetime]
    status: Mapped[int | None]
    headers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    content_type: Mapped[str]
    sha256: Mapped[str] = mapped_column(ForeignKey("body.sha256"))
    size: Mapped[int]
    given: Mapped[dict[str, Any]] = mapped_column(default=dict)
    doc_id: Mapped[str | None]
    read_at: Mapped[datetime | None]
    rules: Mapped[str | None]
    good: Mapped[bool | None]
    score: Mapped[float | None]
    reasons: Mapped[list[str]] = mapped_column(default=list)


class Version(Base):
    """A text of an item that differs from the one before.

    `dates` are all dates of publication that were found, with their origin; `pages` the offsets at which the pages of a
    paper begin. `unread_at` is set where a later reading of its capture took its place.
    """

    __tablename__ = "version"
    __table_args__ = (Index("ix_version_item_id_fetched_at", "item_id", "fetched_at"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    capture_id: Mapped[int] = mapped_column(ForeignKey("capture.id"), index=True)
    fetched_at: Mapped[datetime]
    title: Mapped[str]
    language: Mapped[str]
    published: Mapped[date | None]
    dates: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    pages: Mapped[list[int]] = mapped_column(default=list)
    text: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    relevant: Mapped[bool]
    reasons: Mapped[list[str]] = mapped_column(default=list)
    rules: Mapped[str]
    unread_at: Mapped[datetime | None]
    item: Mapped[Item] = relationship()


class Band(Base):
    """A hash of a version's wording; versions that share one may be nearly the same text."""

    __tablename__ = "band"
    __table_args__ = (Index("ix_band_hash", "hash"),)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[int] = mapped_column(BigInteger)


class Observation(Base):
    """A series in a period. `period` is its days as an interval, or empty where no period is said."""

    __tablename__ = "observation"
    __table_args__ = (
        UniqueConstraint("series", "period"),
        Index("ix_observation_series_first_day", "series", "first_day"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    series: Mapped[str]
    period: Mapped[str]
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    indicator: Mapped[str]
    unit: Mapped[str]
    area: Mapped[str] = mapped_column(index=True)
    sex: Mapped[str]
    age: Mapped[str]
    form: Mapped[str]
    citizenship: Mapped[str]


class Shelf(Base):
    """Where claims lie together that look-ups ask for together: of one source, provider, indicator, area and years.

    No provider is empty, no period the year 0. `last_id` is at least the highest id of a statistic on it, and
    `last_change_id` of a change of one; `first_date` and `first_fetched` are at most the earliest. So of very many
    claims a look-up visits only shelves that may have some.
    """

    __tablename__ = "shelf"
    __table_args__ = (
        UniqueConstraint("source_id", "provider", "indicator", "area", "first_year", "last_year"),
        *(Index(f"ix_shelf_{first}", *columns) for first, columns in SHELF_INDEXES.items()),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"))
    provider: Mapped[str]
    indicator: Mapped[str]
    area: Mapped[str]
    first_year: Mapped[int]
    last_year: Mapped[int]
    last_id: Mapped[int] = mapped_column(BigId, default=0)
    last_change_id: Mapped[int] = mapped_column(BigId, default=0)
    first_date: Mapped[date | None]
    first_fetched: Mapped[datetime | None]


class Ruling(Base):
    """What a person decided: that a claim is dismissed, corrected or confirmed, or that an item is forgotten.

    A claim is meant as it was read: `item_id`, `observation` (its key) and `value`, so that a new version or a better
    reading of the same figure keeps it. `slots` is what a correction sets. Rows are never changed.
    """

    __tablename__ = "ruling"
    __table_args__ = (Index("ix_ruling_item_id_observation_value", "item_id", "observation", "value"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ruling: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    observation: Mapped[str | None]
    value: Mapped[float | None]
    slots: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Statistic(Base):
    """One number claimed in a version, at its span.

    `continues_id` is the row with which the same statistic began, in an earlier version of the item. A row without it
    begins a claim, and it is these that are the vintages of an observation; `date` and `voice` are the claim's.
    `quote_offset` is where the number begins in its quote. Indicator, area and days are those of the observation; the
    shelf is where look-ups find it.

    `checks` are those of the arithmetic referee that it fails: `check`, `with` (the other figures), `says`.

    `rules` is the version of the rules that read it; `reread_at` is set where they did so long after the fetch, and
    `unread_at` where later rules no longer find it. `ruling_id` is what a person decided last; `as_read` holds value
    and slots as they were read where a person corrected them.
    """

    __tablename__ = "statistic"
    __table_args__ = (
        Index("ix_statistic_value_indicator_area_voice", "value", "indicator", "area", "voice"),
        Index("ix_statistic_continues_id", "continues_id", sqlite_where=CONTINUES, postgresql_where=CONTINUES),
        Index("ix_statistic_shelf_id_id", "shelf_id", "id"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"))
    observation_id: Mapped[int] = mapped_column(ForeignKey("observation.id"))
    shelf_id: Mapped[int] = mapped_column(ForeignKey("shelf.id"))
    indicator: Mapped[str]
    area: Mapped[str]
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    continues_id: Mapped[int | None] = mapped_column(ForeignKey("statistic.id"))
    start: Mapped[int]
    end: Mapped[int]
    quote: Mapped[str]
    quote_offset: Mapped[int]
    value: Mapped[float]
    interval_low: Mapped[float | None]
    interval_high: Mapped[float | None]
    qualifier: Mapped[str]
    period: Mapped[str | None]
    provider: Mapped[str | None]
    measure: Mapped[str | None]
    register: Mapped[str | None]
    rule: Mapped[str]
    rules: Mapped[str]
    voice: Mapped[str]
    date: Mapped[date | None]
    fetched_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    checks: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    reread_at: Mapped[datetime | None]
    unread_at: Mapped[datetime | None]
    ruling_id: Mapped[int | None] = mapped_column(ForeignKey("ruling.id"), index=True)
    as_read: Mapped[dict[str, Any] | None]
    ruling: Mapped[Ruling | None] = relationship(lazy="raise")
    observation: Mapped[Observation] = relationship(lazy="raise")
    shelf: Mapped[Shelf] = relationship(lazy="raise")
    item: Mapped[Item] = relationship(lazy="raise")
    version: Mapped[Version] = relationship(lazy="raise")


Index(
    "ix_statistic_said",
    *(Statistic.observation_id, Statistic.voice, Statistic.measure, Statistic.register),
    *(Statistic.date.desc(), Statistic.fetched_at.desc(), Statistic.id),
    sqlite_where=BEGINS,
    postgresql_where=BEGINS,
)


class Change(Base):
    """An event of the closed list. `shelf_id` is that of its statistic, or of the one that is gone."""

    __tablename__ = "change"
    __table_args__ = (
        Index("ix_change_change_id", "change", "id"),
        Index("ix_change_source_id_id", "source_id", "id"),
        Index("ix_change_source_id_change_id", "source_id", "change", "id"),
        Index("ix_change_shelf_id_id", "shelf_id", "id"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    change: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"))
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"), index=True)
    shelf_id: Mapped[int | None] = mapped_column(ForeignKey("shelf.id"))
    version_id: Mapped[int | None] = mapped_column(ForeignKey("version.id"), index=True)
    statistic_id: Mapped[int | None] = mapped_column(ForeignKey("statistic.id"), index=True)
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("statistic.id"), index=True)
    copy_of_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    doc_id: Mapped[str | None]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Conflict(Base):
    """Two voices and their values, found to contradict on an observation, so that it is told once."""

    __tablename__ = "conflict"
    observation: Mapped[str] = mapped_column(primary_key=True)
    one: Mapped[str] = mapped_column(primary_key=True)
    one_value: Mapped[float] = mapped_column(primary_key=True)
    other: Mapped[str] = mapped_column(primary_key=True)
    other_value: Mapped[float] = mapped_column(primary_key=True)
    series: Mapped[str] = mapped_column(index=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"))


class VoicePair(Base):
    """Two voices that are known to differ on a series."""

    __tablename__ = "voice_pair"
    series: Mapped[str] = mapped_column(primary_key=True)
    one: Mapped[str] = mapped_column(primary_key=True)
    other: Mapped[str] = mapped_column(primary_key=True)


class Channel(Base):
    """What became of a channel of the configuration: disabled since when, and why."""

    __tablename__ = "channel"
    name: Mapped[str] = mapped_column(primary_key=True)
    disabled_at: Mapped[datetime | None]
    reason: Mapped[str | None]


class Alert(Base):
    """A message of changes for one channel: due, delivered or dead. `uid` stays the same over all attempts."""

    __tablename__ = "alert"
    __table_args__ = (Index("ix_alert_state_attempt_at", "state", "attempt_at"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    channel: Mapped[str]
    kind: Mapped[str]
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"), index=True)
    created_at: Mapped[datetime]
    tried_since: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="due")
    attempts: Mapped[int] = mapped_column(default=0)
    attempt_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class Telling(Base):
    """How a channel hears of a change: now, in the digest, or in the summary of a baseline. Each change once."""

    __tablename__ = "telling"
    __table_args__ = (Index("ix_telling_alert_id_how", "alert_id", "how"),)
    channel: Mapped[str] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"), primary_key=True)
    how: Mapped[str]
    reason: Mapped[str]
    alert_id: Mapped[int | None] = mapped_column(ForeignKey("alert.id"))


class Delivery(Base):
    """One attempt to deliver an alert."""

    __tablename__ = "delivery"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alert.id"), index=True)
    at: Mapped[datetime]
    outcome: Mapped[str]
    detail: Mapped[str]
