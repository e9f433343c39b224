"""What is watched, as plain values: how the configuration defines a source, and how a spider reads it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchDefinition:
    """A feed, listing, search, document or edition (a document with `{year}` in its address) of a source.

    `links` is a regular expression that the address of an entry must match. `pages` is how many pages of a listing or
    search are read at most, `alternates` are other addresses of the same document. What a watch lists whose `follow` is
    off is kept as seen, and not fetched. `interval` is in minutes: a visit that comes sooner leaves the watch out.
    """

    kind: str
    url: str
    language: str | None = None
    links: str | None = None
    pages: int = 1
    alternates: tuple[str, ...] = ()
    follow: bool = True
    interval: float | None = None
    confidence: str | None = None
    since: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDefinition:
    """A publisher that we watch. `interval` is in minutes between visits, `delay` in seconds between requests."""

    id: str
    name: str
    spider: str = "news"
    language: str | None = None
    interval: float = 60.0
    delay: float = 5.0
    active: bool = True
    identity: str | None = None
    watches: tuple[WatchDefinition, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for the store."""
        return asdict(self)

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> SourceDefinition:
        """The definition that `as_dict` gave, also when an older version of the product wrote it."""
        watches = tuple(
            WatchDefinition(**_known(WatchDefinition, {**watch, "alternates": tuple(watch.get("alternates", ()))}))
            for watch in stored["watches"]
        )
        return cls(**_known(cls, {**stored, "watches": watches}))


def _known(cls: type[Any], values: dict[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(cls)}
    return {name: value for name, value in values.items() if name in names}
