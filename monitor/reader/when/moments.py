"""What a relative expression of time leans on."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

_YEARS = len("2015/2019")
_KEPT = 12  # years that are remembered


class Moment(NamedTuple):
    """The date of publication, and what the text has named so far.

    `year` and `period` are those named last, `years` the last ones in order, `assumed` the year of the title, `stated`
    that of the sentence, `span` the last of several years, `main` the time which figures take that name none.
    """

    published: dt.date | None
    year: int | None = None
    period: str | None = None
    assumed: int | None = None
    stated: int | None = None
    main: str | None = None
    years: tuple[int, ...] = ()
    span: str | None = None

    @property
    def this_year(self) -> int | None:
        """The year of publication, else the one that the title names."""
        return self.published.year if self.published else self.assumed

    @property
    def governing(self) -> int | None:
        """The year of the time that governs."""
        return years_of(self.main) if self.main is not None else None

    @property
    def its_year(self) -> int | None:
        """The year that `the first half of the year` means: the sentence's, that around it, of publication."""
        return self.stated or self.governing or self.this_year

    def naming(self, years: list[int]) -> Moment:
        """The moment after these years have been named in passing."""
        return self._replace(year=years[-1], years=(*self.years, *years)[-_KEPT:]) if years else self

    def over(self, periods: list[str | None]) -> Moment:
        """The moment after these periods have been named, the last of several years of which is remembered."""
        long = [period for period in periods if period is not None and _of_years(period)]
        return self._replace(span=long[-1]) if long else self

    def at(self, period: str, *, governs: bool = False) -> Moment:
        """The moment after this period has been named; as the one that governs what follows, or not."""
        year = years_of(period)
        years = (*self.years, year) if self.years[-1:] != (year,) else self.years
        main = period if governs else self.main
        return self._replace(year=year, period=period, years=years[-_KEPT:], main=main)


def years_of(period: str) -> int:
    """The year in which a period ends."""
    return int(period.rpartition("/")[2][:4])


def _of_years(period: str) -> bool:
    """Whether a period goes from one year to another."""
    return len(period) == _YEARS and "-" not in period
