"""How the configuration writes a source with its watches; every key is checked."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from store.definitions import SourceDefinition, WatchDefinition

WEB_ADDRESS = r"^https?://[^\s]+$"
DAY_OR_MONTH = r"^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$"


def _expression(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        message = f"not a regular expression: {error}"
        raise ValueError(message) from error
    return pattern


class Section(BaseModel):
    """A part of the file in which every key is known."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class WatchSection(Section):
    """One address that lists items, or is one; `confidence` and `since` say how sure we are of it."""

    kind: Literal["feed", "listing", "sitemap", "search", "document", "edition"]
    url: Annotated[str, Field(pattern=WEB_ADDRESS)]
    language: str | None = None
    links: Annotated[str, AfterValidator(_expression)] | None = None
    pages: Annotated[int, Field(ge=1, le=50)] = 1
    alternates: tuple[Annotated[str, Field(pattern=WEB_ADDRESS)], ...] = ()
    follow: bool = True
    interval: Annotated[float, Field(gt=0, description="minutes between readings")] | None = None
    confidence: Literal["high", "medium", "low"] | None = None
    since: Annotated[str, Field(pattern=DAY_OR_MONTH)] | None = None


class SourceSection(Section):
    """One publisher. `identity` is a regular expression whose group is the number that identifies an item."""

    name: str | None = None
    spider: Literal["ilo", "iom", "state", "news"] = "news"
    language: str | None = None
    interval: Annotated[float, Field(gt=0, description="minutes between visits")] = 60
    delay: Annotated[float, Field(ge=0, description="seconds between requests to a host")] = 5
    active: bool = True
    identity: Annotated[str, AfterValidator(_expression)] | None = None
    watches: Annotated[tuple[WatchSection, ...], Field(min_length=1)]

    @field_validator("watches")
    @classmethod
    def _read_in_each_visit(cls, watches: tuple[WatchSection, ...]) -> tuple[WatchSection, ...]:
        """A visit in which every watch rests could not say how the source fares."""
        if watches and all(watch.interval is not None for watch in watches):
            message = "at least one watch must have no interval of its own: that of the source holds for it"
            raise ValueError(message)
        return watches

    def definition(self, source_id: str) -> SourceDefinition:
        """The plain value that spiders and store know."""
        watches = tuple(WatchDefinition(**dict(watch)) for watch in self.watches)
        values = dict(self) | {"name": self.name or source_id, "watches": watches}
        return SourceDefinition(id=source_id, **values)
