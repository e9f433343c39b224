"""Times that lean on the date of publication, or on what the text has named so far."""

from __future__ import annotations

import calendar
import datetime as dt

from monitor.reader.when.intervals import months_in, years_in
from monitor.reader.when.moments import Moment, years_of
from monitor.reader.when.slots import Resolver, Slots, day_of, every, month_of, months_of, one_day, until

_TWO_MONTHS = 62  # days in which each number of a day comes at least once
_YEAR = len("2020")
_EXACT = 2  # years that a text counts exactly; more may be counted from end to end


def until_now(period: str, moment: Moment) -> str | None:
    """From the beginning of a period to publication; None where that is unknown."""
    if moment.published is None:
        return None
    start = period.partition("/")[0]
    if len(start) == 10:
        return f"{start}/{moment.published.isoformat()}"
    return to_publication(start if len(start) > 4 else f"{start}-01", moment)


def days_bare(slots: Slots, moment: Moment) -> str | None:
    """From a day or the beginning of a month to a day, in a year that the context knows."""
    days, months, years = every(slots, "day"), every(slots, "month"), every(slots, "year")
    year = years[-1] if years else likely_year(months[-1], moment)
    if year is None:
        return None
    return f"{day_of(year, months[0], days[0] if len(days) > 1 else 1)}/{day_of(year, months[-1], days[-1])}"


def until_bare(slots: Slots, moment: Moment) -> str | None:
    """From the beginning of the year to a month or day, in a year that the context knows."""
    year = likely_year(every(slots, "month")[0], moment)
    return None if year is None else until([*slots, ("year", year)], moment)


def fortnight(slots: Slots, moment: Moment) -> str | None:
    """The first or second half of a month."""
    years, month = every(slots, "year"), every(slots, "month")[0]
    year, part = years[0] if years else likely_year(month, moment), every(slots, "ordinal")[0]
    if year is None or part > 2:
        return None
    last = calendar.monthrange(year, month)[1]
    return (
        f"{day_of(year, month, 1)}/{day_of(year, month, 15)}"
        if part == 1
        else f"{day_of(year, month, 16)}/{day_of(year, month, last)}"
    )


def weekday(slots: Slots, moment: Moment) -> str | None:
    """The last such day up to publication."""
    if moment.published is None:
        return None
    back = (moment.published.isoweekday() - every(slots, "weekday")[0]) % 7
    return (moment.published - dt.timedelta(days=back)).isoformat()


def weekday_day(slots: Slots, moment: Moment) -> str | None:
    """The last day of this number up to publication: `el sábado 14`."""
    if moment.published is None:
        return None
    day, published = every(slots, "day")[0], moment.published
    before = (published - dt.timedelta(days=back) for back in range(_TWO_MONTHS))
    return next((each.isoformat() for each in before if each.day == day), None)


def likely_year(month: int, moment: Moment) -> int | None:
    """The year of a month named without one: that of the text around, else the last such month before publication."""
    if moment.stated is not None:
        return moment.stated
    if moment.published is None:
        return moment.governing or moment.assumed
    return moment.published.year - (month > moment.published.month)


def day_of_month(slots: Slots, moment: Moment) -> str | None:
    month = every(slots, "month")[0]
    year = likely_year(month, moment)
    return None if year is None else day_of(year, month, every(slots, "day")[0])


def bare_month(slots: Slots, moment: Moment) -> str | None:
    month = every(slots, "month")[0]
    year = likely_year(month, moment)
    return None if year is None else month_of(year, month)


def bare_months(slots: Slots, moment: Moment) -> str | None:
    first, last = every(slots, "month")[:2]
    year = likely_year(last, moment)
    return None if year is None else months_of(year, first, last)


def year_of_part(slots: Slots, moment: Moment, *, now: bool) -> int | None:
    """The year that a half or a quarter is of, where none is named."""
    if back := every(slots, "back"):
        return moment.this_year - back[0] if moment.this_year is not None else None
    return moment.this_year if now else moment.its_year


def part(length: int, *, now: bool = False) -> Resolver:
    """The n-th part of a year, each `length` months long; of this year where the words say so."""

    def resolver(slots: Slots, moment: Moment) -> str | None:
        years = every(slots, "year")
        year = years[0] if years else year_of_part(slots, moment, now=now)
        ordinal = every(slots, "ordinal")[0] if every(slots, "ordinal") else 1
        if year is None or ordinal * length > 12:
            return None
        return months_of(year, (ordinal - 1) * length + 1, ordinal * length)

    return resolver


def first(length: int, *, now: bool = False) -> Resolver:
    """The first n parts of a year, each `length` months long; of this year where the words say so."""

    def resolver(slots: Slots, moment: Moment) -> str | None:
        years = every(slots, "year")
        year = years[0] if years else year_of_part(slots, moment, now=now)
        last = (every(slots, "n") or every(slots, "ordinal"))[0] * length
        return None if year is None or not 1 <= last <= 12 else months_of(year, 1, last)

    return resolver


def months_last(slots: Slots, moment: Moment) -> str | None:
    """The last so many months of a year."""
    years, count = every(slots, "year"), every(slots, "n")[0]
    year = years[0] if years else year_of_part(slots, moment, now=True)
    return None if year is None or not 1 < count <= 12 else months_of(year, 13 - count, 12)


def so_far(slots: Slots, moment: Moment) -> str | None:
    years = every(slots, "year")
    if moment.published is None:
        year = years[0] if years else moment.assumed
        return None if year is None else str(year)
    if years and years[0] != moment.published.year:
        return str(years[0])
    return months_of(moment.published.year, 1, moment.published.month)


def this_year(slots: Slots, moment: Moment) -> str | None:
    """The months of this year that the text has just counted from January on, else all up to publication."""
    start, _, end = (moment.main or "").partition("/")
    told = moment.published is not None and start == month_of(moment.published.year, 1) and end[:4] == start[:4]
    return moment.main if told else so_far(slots, moment)


def year_from_now(offset: int) -> Resolver:
    return lambda _, moment: None if moment.this_year is None else str(moment.this_year + offset)


def latest_year(_: Slots, moment: Moment) -> str | None:
    """`el último año`: the last of the years that the text has just counted one by one, else that before this one."""
    row = moment.years[-2:]
    if len(row) > 1 and row[1] == row[0] + 1 == moment.year:
        return str(row[1])
    return None if moment.this_year is None else str(moment.this_year - 1)


def year_from_context(offset: int) -> Resolver:
    def resolver(_: Slots, moment: Moment) -> str | None:
        year = years_of(moment.period) if moment.period and offset < 0 else moment.year
        if year is not None:
            return str(year + offset)
        return str(moment.this_year + offset) if moment.this_year is not None and offset < 0 else None

    return resolver


def main_year(slots: Slots, moment: Moment) -> str | None:
    """`during the year`: that of which the text speaks, not one that it has only compared it with."""
    if moment.stated is not None:
        return str(moment.stated)
    if moment.main is not None and len(moment.main) >= _YEAR and "/" not in moment.main:
        return moment.main[:_YEAR]
    return year_from_context(0)(slots, moment)


def years_before(slots: Slots, moment: Moment) -> str | None:
    """So many years before the one named last."""
    year = years_of(moment.period) if moment.period else moment.year
    return None if year is None else str(year - every(slots, "n")[0])


def stretch_before(slots: Slots, moment: Moment) -> str | None:
    """`the previous half-year`, `el trimestre anterior`: what went before the months or years named last, as long."""
    told = moment.period or moment.main or ""
    start, _sep, end = told.partition("/")
    if len(start) == len("2020"):
        count = years_in(told)
        year = int(start) - count
        return str(year) if count == 1 else f"{year}/{int(start) - 1}"
    if len(start) != len("2020-01"):
        return None
    first_year, first_month, end = int(start[:4]), int(start[5:]), end or start
    named = every(slots, "n")
    months = named[0] if named else (int(end[:4]) - first_year) * 12 + int(end[5:7]) - first_month + 1
    begin, last = shifted(first_year, first_month, -months), shifted(first_year, first_month, -1)
    return begin if months == 1 else f"{begin}/{last}"


def years_up_to(slots: Slots, moment: Moment) -> str | None:
    """The so many years before the one that the text is about: `in the two years before`, `los tres años previos`."""
    count, told = every(slots, "n")[0], moment.period or moment.main
    year = int(told[:4]) if told else moment.this_year
    if year is None or not 0 < count < 100:
        return None
    return f"{year - count}/{year - 1}" if count > 1 else str(year - 1)


def month_from_now(offset: int) -> Resolver:
    def resolver(_: Slots, moment: Moment) -> str | None:
        if moment.published is None:
            return None
        return shifted(moment.published.year, moment.published.month, offset)

    return resolver


def shifted(year: int, month: int, offset: int) -> str:
    count = year * 12 + month - 1 + offset
    return month_of(count // 12, count % 12 + 1)


def last_years(slots: Slots, moment: Moment) -> str | None:
    count = every(slots, "n")[0]
    if moment.published is None or not 0 < count < 100:
        return None
    return f"{moment.published.year - count + 1}/{moment.published.year}" if count > 1 else str(moment.published.year)


def years_ago(slots: Slots, moment: Moment) -> str | None:
    count = every(slots, "n")[0]
    return str(moment.published.year - count) if moment.published is not None and 0 < count < 100 else None


def last_months(slots: Slots, moment: Moment) -> str | None:
    count = every(slots, "n")[0]
    if moment.published is None or not 0 < count < 100:
        return None
    year, month = moment.published.year, moment.published.month
    return f"{shifted(year, month, 1 - count)}/{month_of(year, month)}"


def to_publication(start: str, moment: Moment) -> str | None:
    if moment.published is None:
        return None
    end = month_of(moment.published.year, moment.published.month)
    return f"{start}/{end}" if start <= end else None


def since_month(slots: Slots, moment: Moment) -> str | None:
    return to_publication(month_of(every(slots, "year")[0], every(slots, "month")[0]), moment)


def since_day_bare(slots: Slots, moment: Moment) -> str | None:
    start = day_of_month(slots, moment)
    return None if moment.published is None or start is None else f"{start}/{moment.published.isoformat()}"


def weekend(_: Slots, moment: Moment) -> str | None:
    """The last Saturday and Sunday up to publication; on a Saturday the weekend has just begun."""
    if moment.published is None:
        return None
    saturday = moment.published - dt.timedelta(days=(moment.published.isoweekday() + 1) % 7)
    sunday = min(saturday + dt.timedelta(days=1), moment.published)
    return f"{saturday.isoformat()}/{sunday.isoformat()}"


def week(offset: int) -> Resolver:
    """From Monday to Sunday, of this week up to publication."""

    def resolver(_: Slots, moment: Moment) -> str | None:
        if moment.published is None:
            return None
        monday = moment.published - dt.timedelta(days=moment.published.weekday() - 7 * offset)
        sunday = min(monday + dt.timedelta(days=6), moment.published)
        return monday.isoformat() if monday == sunday else f"{monday.isoformat()}/{sunday.isoformat()}"

    return resolver


def since_day(slots: Slots, moment: Moment) -> str | None:
    if moment.published is None:
        return None
    return f"{one_day(slots, moment)}/{moment.published.isoformat()}"


def since_bare(slots: Slots, moment: Moment) -> str | None:
    """From a month, in the last year that had it, to publication."""
    year = likely_year(every(slots, "month")[0], moment)
    return None if year is None else to_publication(month_of(year, every(slots, "month")[0]), moment)


def year_to_month(slots: Slots, _: Moment) -> str | None:
    years = every(slots, "year")
    return f"{month_of(years[0], 1)}/{month_of(years[-1], every(slots, 'month')[0])}"


def year_to_month_now(slots: Slots, moment: Moment) -> str | None:
    """From a year, or a month in it, to the last such month before publication."""
    year, months = every(slots, "year")[0], every(slots, "month")
    last = likely_year(months[-1], moment._replace(stated=None, main=None))
    start = month_of(year, months[0] if len(months) > 1 else 1)
    return None if last is None or last < year else f"{start}/{month_of(last, months[-1])}"


def same_last_year(slots: Slots, moment: Moment) -> str | None:
    """The period named before, in the year that is named or in the one before."""
    if moment.period is None:
        return None
    years = every(slots, "year")
    shift = (years[0] if years else years_of(moment.period) - 1) - years_of(moment.period)
    return "/".join(f"{int(part[:4]) + shift}{part[4:]}" for part in moment.period.split("/"))


def since_then(_: Slots, moment: Moment) -> str | None:
    """From what was named last to publication."""
    named = moment.period or moment.main or (str(moment.year) if moment.year else None)
    return None if named is None else until_now(named, moment)


def that_period(slots: Slots, moment: Moment) -> str | None:
    """The time named before; where the words count its years, the range or the row of years that is as long."""
    count = every(slots, "n")
    named = [period for period in (moment.main, moment.period, moment.span) if period is not None]
    if not count:
        long = [period for period in named if len(period) != len("2020-01-31")]  # `in that time` is no day
        return next(iter(long or named), None)
    for period in named:
        if abs(years_in(period) - count[0]) <= (count[0] > _EXACT):
            return period
    row = sorted(moment.years[-count[0] :])
    return f"{row[0]}/{row[-1]}" if len(row) == count[0] and row[-1] - row[0] == count[0] - 1 else None


def those_months(slots: Slots, moment: Moment) -> str | None:
    """`In those eight months`: the time named before that is as long."""
    count = every(slots, "n")[0]
    named = [period for period in (moment.period, moment.main) if period is not None]
    return next((period for period in named if months_in(period) == count), None)


def whole_period(_: Slots, moment: Moment) -> str | None:
    """`in the whole period`, `en esos años`: the time of several years that the text has named."""
    named = [period for period in (moment.main, moment.period) if period is not None]
    long = [period for period in named if years_in(period) > 1]
    return long[0] if long else moment.span or (named[0] if named else None)


def days_of_that_month(slots: Slots, moment: Moment) -> str | None:
    """One or two days of the month named last."""
    month = (moment.period or moment.main or "")[: len("2020-01")]
    days = [f"{month}-{day:02}" for day in every(slots, "day")]
    return "/".join(days) if len(month) == len("2020-01") else None


def yesterday(_: Slots, moment: Moment) -> str | None:
    return None if moment.published is None else (moment.published - dt.timedelta(days=1)).isoformat()
