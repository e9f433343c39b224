"""The tables of sources, what they are asked and their visits; `store.models` gives them with the others."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.columns import Base, BigId, CompressedBytes


class Source(Base):
    """A publisher that we watch, and how it fares."""

    __tablename__ = "source"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str]
    spider: Mapped[str | None]
    language: Mapped[str | None]
    definition: Mapped[dict[str, Any]] = mapped_column(default=dict)
    active: Mapped[bool] = mapped_column(default=True)
    state: Mapped[str] = mapped_column(default="new")
    state_since: Mapped[datetime | None]
    last_good_at: Mapped[datetime | None]


class Watch(Base):
    """A feed, listing, search or document of a source, and since when it has a baseline."""

    __tablename__ = "watch"
    __table_args__ = (UniqueConstraint("source_id", "kind", "url"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"), index=True)
    kind: Mapped[str]
    url: Mapped[str]
    baseline_at: Mapped[datetime | None]
    entries_usual: Mapped[int] = mapped_column(default=0)


class Resource(Base):
    """The validators that a watch or a robots.txt came with, as received; the body where a 304 must be answered."""

    __tablename__ = "resource"
    url: Mapped[str] = mapped_column(primary_key=True)
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    fetched_at: Mapped[datetime]
    body: Mapped[bytes | None] = mapped_column(CompressedBytes)


class Host(Base):
    """When a host may be asked again, over all sources, visits and processes."""

    __tablename__ = "host"
    name: Mapped[str] = mapped_column(primary_key=True)
    free_at: Mapped[datetime]
    reason: Mapped[str | None]


class Visit(Base):
    """One pass over a source. Without an end it is under way, as long as its holder gives a sign of life."""

    __tablename__ = "visit"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"), index=True)
    trigger: Mapped[str]
    holder: Mapped[str]
    started_at: Mapped[datetime]
    alive_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    verdict: Mapped[str | None]
    reason: Mapped[str | None]
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Fetch(Base):
    """One request of a visit and what came of it."""

    __tablename__ = "fetch"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), index=True)
    at: Mapped[datetime]
    role: Mapped[str]
    url: Mapped[str]
    outcome: Mapped[str]
    status: Mapped[int | None]
    size: Mapped[int | None]
    entries: Mapped[int | None]
    note: Mapped[str | None]
