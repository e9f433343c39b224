"""A statistic where it stands: who says it, in which item, of what date; and the keys that tell what it counts."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from typing import Any

from monitor.reader.statistic import TOTAL, Statistic

_POINT = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_LONG_AGO = datetime.min.replace(tzinfo=UTC)

Span = tuple[date, date]
SeriesOf = tuple[str, str]
OrderKey = tuple[date, datetime, str, int, int]


@dataclass(frozen=True)
class Claim:
    """A statistic as an item states it.

    `id` is None until it is filed. `published` is the item's date; `date` is the claim's own (see `claim_date`);
    `fetched` is when the version was fetched in which it first stands. `withdrawn`: its item has it no longer, whether
    it was taken out or replaced by another value. `dismissed`: a person has said that it is no such statistic.
    """

    statistic: Statistic
    id: int | None = None
    item: int | None = None
    source: str = ""
    url: str = ""
    published: date | None = None
    date: date | None = None
    fetched: datetime | None = None
    withdrawn: bool = False
    dismissed: bool = False
    title: str = ""

    @property
    def value(self) -> float:
        return self.statistic.value

    @cached_property
    def order(self) -> OrderKey:
        fetched = self.fetched or _LONG_AGO
        fetched = fetched.astimezone(UTC) if fetched.tzinfo else fetched.replace(tzinfo=UTC)
        return self.date or date.min, fetched, self.url, self.statistic.start, self.statistic.end

    @property
    def standing(self) -> bool:
        """Whether its item still says it and nobody has dismissed it."""
        return not (self.withdrawn or self.dismissed)


def claim_date(published: date | None, fetched: datetime | None, *, later_version: bool) -> date | None:
    """The date of a claim: `published` in the first version, the day of `fetched` in a later one where it first stands.

    Where the one is not known, the other stands in; where neither is, None, which orders before all dates.
    """
    read = fetched.date() if fetched else None
    return (read or published) if later_version else (published or read)


def voice(claim: Claim) -> str:
    """Who says it: the provider where it is known and not `OTHER`, else the source."""
    return claim.statistic.provider if names_provider(claim) else claim.source  # type: ignore[return-value]


def names_provider(claim: Claim) -> bool:
    """Whether the voice is a provider that the text names."""
    return claim.statistic.provider not in {None, "", "OTHER"}


def same_item(a: Claim, b: Claim) -> bool:
    """Whether two claims stand in one item; by address where an item is not filed yet."""
    if a.item is not None and b.item is not None:
        return a.item == b.item
    return bool(a.url) and a.url == b.url


def item_key(claim: Claim) -> int | str:
    """The item in which a claim stands; the address of one that is not filed yet."""
    return claim.item if claim.item is not None else claim.url


def series_key(statistic: Statistic) -> str:
    """What is counted: `indicator|unit|area|sex|age|form|citizenship`."""
    s = statistic
    return f"{s.indicator}|{s.unit}|{s.area}|{s.sex}|{s.age}|{s.form}|{s.citizenship}"


def series_of(claim: Claim) -> SeriesOf:
    """What is counted, and who says it."""
    return series_key(claim.statistic), voice(claim)


@lru_cache(maxsize=4096)
def period_days(period: str | None) -> Span | None:
    """First and last day of an ISO 8601 year, month, day or inclusive interval; None where there is none to read."""
    if not period:
        return None
    first, slash, last = period.partition("/")
    start, end = _days(first), _days(last if slash else first)
    if start is None or end is None or end[1] < start[0]:
        return None
    return start[0], end[1]


def _days(point: str) -> Span | None:
    match = _POINT.fullmatch(point.strip())
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return first, first
    closing = month or 12
    return first, date(first.year, closing, calendar.monthrange(first.year, closing)[1])


def observation_key(statistic: Statistic) -> str:
    """The series and, after `@`, its period as a span of days: `2020` and `2020-01/2020-12` are one."""
    days = period_days(statistic.period)
    return f"{series_key(statistic)}@{f'{days[0]}/{days[1]}' if days else ''}"


def first_day(statistic: Statistic) -> date | None:
    """The first day of the period, by which neighbours in time are looked up."""
    days = period_days(statistic.period)
    return days[0] if days else None


def undated(statistic: Statistic) -> bool:
    """Whether it is compared by value alone: no period, a period of one day, or a share of nobody knows what."""
    days = period_days(statistic.period)
    return days is None or days[0] == days[1] or _bare_share(statistic)


def _bare_share(statistic: Statistic) -> bool:
    s = statistic
    return s.unit == "percent" and s.sex == s.age == s.form == s.citizenship == TOTAL


def silent(statistic: Statistic) -> bool:
    """Whether it is kept and shown but gives no change: `other`, derived changes, areas outside Peru."""
    outside = not any(part == "PE" or part.startswith("PE-") for part in statistic.area.split("+"))
    return statistic.indicator == "other" or statistic.unit == "percent_change" or outside


def order_key(claim: Claim) -> OrderKey:
    """The order of vintages: date, then `fetched`, address, place in the text; what is not known comes first."""
    return claim.order


def summary(claim: Claim) -> dict[str, Any]:
    """A claim in a few plain words, for the `detail` of a change."""
    return {
        "id": claim.id,
        "value": claim.value,
        "unit": claim.statistic.unit,
        "qualifier": claim.statistic.qualifier,
        "period": claim.statistic.period,
        "provider": claim.statistic.provider,
        "voice": voice(claim),
        "source": claim.source,
        "url": claim.url,
        "published": claim.published.isoformat() if claim.published else None,
        "date": claim.date.isoformat() if claim.date else None,
    }
