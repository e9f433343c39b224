"""Turns what a text says of time into ISO 8601 intervals; relative expressions lean on the date of publication."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from monitor.reader.intervals import ordered, years_in
from monitor.reader.mentions import Mention
from monitor.reader.moments import Moment, years_of

_IMPLIED = {"years": "n", "part": "ordinal"}  # facts of a concept that stand for a slot
_TWO_MONTHS = 62  # days in which each number of a day comes at least once
_EXACT = 2  # years that a text counts exactly; more may be counted from end to end

Slots = list[tuple[str, float]]
Resolver = Callable[[Slots, Moment], str | None]


def resolve(mention: Mention, moment: Moment) -> str | None:
    """The ISO 8601 period of a mention of the group `periods`, None where it cannot be known."""
    facts = mention.facts
    slots = [*mention.slots, *((slot, facts[fact]) for fact, slot in _IMPLIED.items() if fact in facts)]
    period = _RESOLVERS[mention.facts["period"]](slots, moment)
    return period if period is None or ordered(period) else None


def until_now(period: str, moment: Moment) -> str | None:
    """From the beginning of a period to publication; None where that is unknown."""
    if moment.published is None:
        return None
    start = period.partition("/")[0]
    if len(start) == 10:
        return f"{start}/{moment.published.isoformat()}"
    return _to_publication(start if len(start) > 4 else f"{start}-01", moment)


def _all(slots: Slots, name: str) -> list[int]:
    return [int(value) for slot, value in slots if slot == name]


def _month(year: float, month: float) -> str:
    return f"{int(year)}-{int(month):02}"


def _day(year: float, month: float, day: float) -> str:
    return f"{_month(year, month)}-{int(day):02}"


def _days_bare(slots: Slots, moment: Moment) -> str | None:
    """From a day or the beginning of a month to a day, in a year that the context knows."""
    days, months, years = _all(slots, "day"), _all(slots, "month"), _all(slots, "year")
    year = years[-1] if years else _likely_year(months[-1], moment)
    if year is None:
        return None
    return f"{_day(year, months[0], days[0] if len(days) > 1 else 1)}/{_day(year, months[-1], days[-1])}"


def _until(slots: Slots, _: Moment) -> str | None:
    """From the beginning of the year to a month or day in it."""
    year, month, days = _all(slots, "year")[0], _all(slots, "month")[0], _all(slots, "day")
    return f"{year}-01-01/{_day(year, month, days[0])}" if days else _months(year, 1, month)


def _until_bare(slots: Slots, moment: Moment) -> str | None:
    """From the beginning of the year to a month, in a year that the context knows."""
    month = _all(slots, "month")[0]
    year = _likely_year(month, moment)
    return None if year is None else _months(year, 1, month)


def _weekday(slots: Slots, moment: Moment) -> str | None:
    """The last such day up to publication."""
    if moment.published is None:
        return None
    back = (moment.published.isoweekday() - _all(slots, "weekday")[0]) % 7
    return (moment.published - dt.timedelta(days=back)).isoformat()


def _weekday_day(slots: Slots, moment: Moment) -> str | None:
    """The last day of this number up to publication: `el sábado 14`."""
    if moment.published is None:
        return None
    day, published = _all(slots, "day")[0], moment.published
    before = (published - dt.timedelta(days=back) for back in range(_TWO_MONTHS))
    return next((each.isoformat() for each in before if each.day == day), None)


def _months(year: int, first: int, last: int) -> str:
    return f"{_month(year, first)}/{_month(year, last)}"


def _year(slots: Slots, _: Moment) -> str | None:
    return str(_all(slots, "year")[0])


def _years(slots: Slots, _: Moment) -> str | None:
    years = _all(slots, "year")
    return f"{years[0]}/{years[-1]}"


def _one_month(slots: Slots, _: Moment) -> str | None:
    return _month(_all(slots, "year")[0], _all(slots, "month")[0])


def _month_range(slots: Slots, _: Moment) -> str | None:
    months = _all(slots, "month")
    year = _all(slots, "year")[0]
    return _months(year, months[0], months[1]) if len(months) > 1 else str(year)


def _months_years(slots: Slots, _: Moment) -> str | None:
    months, years = _all(slots, "month"), _all(slots, "year")
    return f"{_month(years[0], months[0])}/{_month(years[1], months[1])}"


def _one_day(slots: Slots, _: Moment) -> str | None:
    return _day(_all(slots, "year")[0], _all(slots, "month")[0], _all(slots, "day")[0])


def _day_digits(slots: Slots, moment: Moment) -> str | None:
    """`30/06/2012`, as written in Peru."""
    month = _all(slots, "two")[0]
    return _one_day([*slots, ("month", month)], moment) if 1 <= month <= 12 else None


def _days(slots: Slots, _: Moment) -> str | None:
    days, months, year = _all(slots, "day"), _all(slots, "month"), _all(slots, "year")[-1]
    return f"{_day(year, months[0], days[0])}/{_day(year, months[-1], days[1])}"


def _likely_year(month: int, moment: Moment) -> int | None:
    """The year of a month named without one: that of the text around, else the last such month before publication."""
    if moment.stated is not None:
        return moment.stated
    if moment.published is None:
        return moment.assumed or moment.governing
    return moment.published.year - (month > moment.published.month)


def _day_of_month(slots: Slots, moment: Moment) -> str | None:
    month = _all(slots, "month")[0]
    year = _likely_year(month, moment)
    return None if year is None else _day(year, month, _all(slots, "day")[0])


def _bare_month(slots: Slots, moment: Moment) -> str | None:
    month = _all(slots, "month")[0]
    year = _likely_year(month, moment)
    return None if year is None else _month(year, month)


def _bare_months(slots: Slots, moment: Moment) -> str | None:
    first, last = _all(slots, "month")[:2]
    year = _likely_year(last, moment)
    return None if year is None else _months(year, first, last)


def _part(length: int, *, now: bool = False) -> Resolver:
    """The n-th part of a year, each `length` months long; of this year where the words say so."""

    def resolver(slots: Slots, moment: Moment) -> str | None:
        years = _all(slots, "year")
        year = years[0] if years else moment.this_year if now else moment.its_year
        ordinal = _all(slots, "ordinal")[0] if _all(slots, "ordinal") else 1
        if year is None or ordinal * length > 12:
            return None
        return _months(year, (ordinal - 1) * length + 1, ordinal * length)

    return resolver


def _first(length: int, *, now: bool = False) -> Resolver:
    """The first n parts of a year, each `length` months long; of this year where the words say so."""

    def resolver(slots: Slots, moment: Moment) -> str | None:
        years = _all(slots, "year")
        year = years[0] if years else moment.this_year if now else moment.its_year
        last = _all(slots, "n")[0] * length
        return None if year is None or not 1 <= last <= 12 else _months(year, 1, last)

    return resolver


def _so_far(slots: Slots, moment: Moment) -> str | None:
    years = _all(slots, "year")
    if moment.published is None:
        year = years[0] if years else moment.assumed
        return None if year is None else str(year)
    if years and years[0] != moment.published.year:
        return str(years[0])
    return _months(moment.published.year, 1, moment.published.month)


def _year_from_now(offset: int) -> Resolver:
    return lambda _, moment: None if moment.this_year is None else str(moment.this_year + offset)


def _year_from_context(offset: int) -> Resolver:
    def resolver(_: Slots, moment: Moment) -> str | None:
        year = years_of(moment.period) if moment.period and offset < 0 else moment.year
        if year is not None:
            return str(year + offset)
        return str(moment.this_year + offset) if moment.this_year is not None and offset < 0 else None

    return resolver


def _years_before(slots: Slots, moment: Moment) -> str | None:
    """So many years before the one named last."""
    year = years_of(moment.period) if moment.period else moment.year
    return None if year is None else str(year - _all(slots, "n")[0])


def _month_from_now(offset: int) -> Resolver:
    def resolver(_: Slots, moment: Moment) -> str | None:
        if moment.published is None:
            return None
        return _shifted(moment.published.year, moment.published.month, offset)

    return resolver


def _shifted(year: int, month: int, offset: int) -> str:
    count = year * 12 + month - 1 + offset
    return _month(count // 12, count % 12 + 1)


def _last_years(slots: Slots, moment: Moment) -> str | None:
    count = _all(slots, "n")[0]
    if moment.published is None or not 0 < count < 100:
        return None
    return f"{moment.published.year - count + 1}/{moment.published.year}" if count > 1 else str(moment.published.year)


def _years_ago(slots: Slots, moment: Moment) -> str | None:
    count = _all(slots, "n")[0]
    return str(moment.published.year - count) if moment.published is not None and 0 < count < 100 else None


def _last_months(slots: Slots, moment: Moment) -> str | None:
    count = _all(slots, "n")[0]
    if moment.published is None or not 0 < count < 100:
        return None
    year, month = moment.published.year, moment.published.month
    return f"{_shifted(year, month, 1 - count)}/{_month(year, month)}"


def _years_to_month(slots: Slots, _: Moment) -> str | None:
    year, month, count = _all(slots, "year")[0], _all(slots, "month")[0], _all(slots, "n")[0]
    return f"{_shifted(year, month, 1 - 12 * count)}/{_month(year, month)}" if 0 < count < 100 else None


def _to_publication(start: str, moment: Moment) -> str | None:
    if moment.published is None:
        return None
    end = _month(moment.published.year, moment.published.month)
    return f"{start}/{end}" if start <= end else None


def _since_month(slots: Slots, moment: Moment) -> str | None:
    return _to_publication(_month(_all(slots, "year")[0], _all(slots, "month")[0]), moment)


def _since_day_bare(slots: Slots, moment: Moment) -> str | None:
    start = _day_of_month(slots, moment)
    return None if moment.published is None or start is None else f"{start}/{moment.published.isoformat()}"


def _weekend(_: Slots, moment: Moment) -> str | None:
    """The last Saturday and Sunday up to publication; on a Saturday the weekend has just begun."""
    if moment.published is None:
        return None
    saturday = moment.published - dt.timedelta(days=(moment.published.isoweekday() + 1) % 7)
    sunday = min(saturday + dt.timedelta(days=1), moment.published)
    return f"{saturday.isoformat()}/{sunday.isoformat()}"


def _years_short(slots: Slots, _: Moment) -> str | None:
    """`2017-18`: two years, the second in two digits."""
    first, last = _all(slots, "year")[0], _all(slots, "yy")[0]
    last += first - first % 100
    return f"{first}/{last}" if last == first + 1 else None


def _since_day(slots: Slots, moment: Moment) -> str | None:
    if moment.published is None:
        return None
    return f"{_one_day(slots, moment)}/{moment.published.isoformat()}"


def _since_bare(slots: Slots, moment: Moment) -> str | None:
    """From a month, in the last year that had it, to publication."""
    year = _likely_year(_all(slots, "month")[0], moment)
    return None if year is None else _to_publication(_month(year, _all(slots, "month")[0]), moment)


def _year_to_month(slots: Slots, moment: Moment) -> str | None:
    years = _all(slots, "year")
    if months := _all(slots, "month"):
        return f"{_month(years[0], 1)}/{_month(years[-1], months[0])}"
    part = _part(6)([("year", years[-1]), ("ordinal", _all(slots, "ordinal")[0])], moment)
    return None if part is None else f"{_month(years[0], 1)}/{part.rpartition('/')[2]}"


def _same_last_year(slots: Slots, moment: Moment) -> str | None:
    """The period named before, in the year that is named or in the one before."""
    if moment.period is None:
        return None
    years = _all(slots, "year")
    shift = (years[0] if years else years_of(moment.period) - 1) - years_of(moment.period)
    return "/".join(f"{int(part[:4]) + shift}{part[4:]}" for part in moment.period.split("/"))


def _that_period(slots: Slots, moment: Moment) -> str | None:
    """The time named before; where the words count its years, the range or the row of years that is as long."""
    count = _all(slots, "n")
    named = [period for period in (moment.main, moment.period) if period is not None]
    if not count:
        return named[0] if named else None
    for period in named:
        if abs(years_in(period) - count[0]) <= (count[0] > _EXACT):
            return period
    row = sorted(moment.years[-count[0] :])
    return f"{row[0]}/{row[-1]}" if len(row) == count[0] and row[-1] - row[0] == count[0] - 1 else None


def _yesterday(_: Slots, moment: Moment) -> str | None:
    return None if moment.published is None else (moment.published - dt.timedelta(days=1)).isoformat()


_RESOLVERS: dict[str, Resolver] = {
    "year": _year,
    "years": _years,
    "month": _one_month,
    "months": _month_range,
    "months_years": _months_years,
    "day": _one_day,
    "day_digits": _day_digits,
    "days": _days,
    "days_bare": _days_bare,
    "until": _until,
    "until_bare": _until_bare,
    "weekday": _weekday,
    "weekday_day": _weekday_day,
    "day_of_month": _day_of_month,
    "bare_month": _bare_month,
    "month_range_bare": _bare_months,
    "half": _part(6),
    "half_bare": _part(6),
    "half_now": _part(6, now=True),
    "quarter": _part(3),
    "quarter_bare": _part(3),
    "quarter_now": _part(3, now=True),
    "quarters_first": _first(3),
    "quarters_bare": _first(3),
    "quarters_now": _first(3, now=True),
    "months_first": _first(1),
    "months_first_bare": _first(1),
    "months_first_now": _first(1, now=True),
    "so_far": _so_far,
    "this_year": _so_far,
    "last_year": _year_from_now(-1),
    "this_month": _month_from_now(0),
    "last_month": _month_from_now(-1),
    "last_years": _last_years,
    "last_months": _last_months,
    "years_to_month": _years_to_month,
    "years_ago": _years_ago,
    "since": lambda slots, moment: _to_publication(_month(_all(slots, "year")[0], 1), moment),
    "since_month": _since_month,
    "since_bare": _since_bare,
    "since_day": _since_day,
    "since_day_bare": _since_day_bare,
    "weekend": _weekend,
    "years_short": _years_short,
    "year_to_month": _year_to_month,
    "same_last_year": _same_last_year,
    "same_year": _year_from_context(0),
    "that_year": _year_from_context(0),
    "that_period": _that_period,
    "following_year": _year_from_context(1),
    "year_before": _year_from_context(-1),
    "years_before": _years_before,
    "unknown": lambda _slots, _moment: None,
    "now": lambda _slots, _moment: None,
    "yesterday": _yesterday,
}

KINDS = frozenset(_RESOLVERS)  # what `period` may be in concepts.toml
