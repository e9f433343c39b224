"""What a relative expression of time leans on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Moment:
    """The date of publication, the year and the period named before, the title's year, the year the sentence states."""

    published: dt.date | None
    year: int | None = None
    period: str | None = None
    assumed: int | None = None
    stated: int | None = None

    @property
    def this_year(self) -> int | None:
        """The year of publication, else the one that the title names."""
        return self.published.year if self.published else self.assumed

    def at(self, period: str) -> Moment:
        """The moment after this period has been named."""
        return Moment(self.published, years_of(period), period, self.assumed)


def years_of(period: str) -> int:
    """The year in which a period ends."""
    return int(period.rpartition("/")[2][:4])
