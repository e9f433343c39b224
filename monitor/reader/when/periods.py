"""Turns what a text says of time into ISO 8601 intervals; relative expressions lean on the date of publication."""

from __future__ import annotations

from monitor.reader.sentence.mentions import Mention
from monitor.reader.when import relative
from monitor.reader.when.intervals import ordered
from monitor.reader.when.moments import Moment
from monitor.reader.when.slots import Resolver, Slots, day_of, every, month_of, months_of, one_day, until

_IMPLIED = {"years": "n", "part": "ordinal", "back": "back"}  # facts of a concept that stand for a slot


def resolve(mention: Mention, moment: Moment) -> str | None:
    """The ISO 8601 period of a mention of the group `periods`, None where it cannot be known."""
    facts = mention.facts
    slots = [*mention.slots, *((slot, facts[fact]) for fact, slot in _IMPLIED.items() if fact in facts)]
    period = _RESOLVERS[mention.facts["period"]](slots, moment)
    return period if period is None or ordered(period) else None


def _year(slots: Slots, _: Moment) -> str | None:
    return str(every(slots, "year")[0])


def _years(slots: Slots, _: Moment) -> str | None:
    years = every(slots, "year")
    return f"{years[0]}/{years[-1]}"


def _one_month(slots: Slots, _: Moment) -> str | None:
    return month_of(every(slots, "year")[0], every(slots, "month")[0])


def _month_range(slots: Slots, _: Moment) -> str | None:
    months = every(slots, "month")
    year = every(slots, "year")[0]
    return months_of(year, months[0], months[1]) if len(months) > 1 else str(year)


def _months_years(slots: Slots, _: Moment) -> str | None:
    months, years = every(slots, "month"), every(slots, "year")
    return f"{month_of(years[0], months[0])}/{month_of(years[1], months[1])}"


def _days(slots: Slots, _: Moment) -> str | None:
    days, months, year = every(slots, "day"), every(slots, "month"), every(slots, "year")[-1]
    return f"{day_of(year, months[0], days[0])}/{day_of(year, months[-1], days[1])}"


def _day_digits(slots: Slots, moment: Moment) -> str | None:
    """`30/06/2012`, as written in Peru."""
    month = every(slots, "two")[0]
    return one_day([*slots, ("month", month)], moment) if 1 <= month <= 12 else None


def _years_short(slots: Slots, _: Moment) -> str | None:
    """`2017-18`: two years, the second in two digits."""
    first, last = every(slots, "year")[0], every(slots, "yy")[0]
    last += first - first % 100
    return f"{first}/{last}" if last == first + 1 else None


def _years_to_month(slots: Slots, _: Moment) -> str | None:
    year, month, count = every(slots, "year")[0], every(slots, "month")[0], every(slots, "n")[0]
    return f"{relative.shifted(year, month, 1 - 12 * count)}/{month_of(year, month)}" if 0 < count < 100 else None


def _years_to_year(slots: Slots, _: Moment) -> str | None:
    """`in the three years to 2018`."""
    year, count = every(slots, "year")[0], every(slots, "n")[0]
    return f"{year - count + 1}/{year}" if 1 < count < 100 else None


_RESOLVERS: dict[str, Resolver] = {
    "year": _year,
    "years": _years,
    "month": _one_month,
    "months": _month_range,
    "months_years": _months_years,
    "day": one_day,
    "fortnight": relative.fortnight,
    "this_day": lambda _slots, moment: None if moment.published is None else moment.published.isoformat(),
    "since_last_year": lambda _slots, moment: (
        None if moment.published is None else relative.to_publication(f"{moment.published.year - 1}-01", moment)
    ),
    "day_digits": _day_digits,
    "days": _days,
    "days_bare": relative.days_bare,
    "until": until,
    "until_bare": relative.until_bare,
    "weekday": relative.weekday,
    "weekday_day": relative.weekday_day,
    "day_of_month": relative.day_of_month,
    "bare_month": relative.bare_month,
    "month_range_bare": relative.bare_months,
    "half": relative.part(6),
    "half_bare": relative.part(6),
    "half_now": relative.part(6, now=True),
    "quarter": relative.part(3),
    "quarter_bare": relative.part(3),
    "quarter_now": relative.part(3, now=True),
    "bimester": relative.part(2),
    "bimester_now": relative.part(2, now=True),
    "four_months": relative.part(4),
    "four_months_now": relative.part(4, now=True),
    "quarters_first": relative.first(3),
    "quarters_bare": relative.first(3),
    "quarters_now": relative.first(3, now=True),
    "months_first": relative.first(1),
    "months_last": relative.months_last,
    "months_first_bare": relative.first(1),
    "months_first_now": relative.first(1, now=True),
    "so_far": relative.so_far,
    "this_year": relative.this_year,
    "last_year": relative.year_from_now(-1),
    "latest_year": relative.latest_year,
    "this_month": relative.month_from_now(0),
    "last_month": relative.month_from_now(-1),
    "last_years": relative.last_years,
    "last_months": relative.last_months,
    "years_to_month": _years_to_month,
    "years_to_year": _years_to_year,
    "years_ago": relative.years_ago,
    "since": lambda slots, moment: relative.to_publication(month_of(every(slots, "year")[0], 1), moment),
    "since_month": relative.since_month,
    "since_bare": relative.since_bare,
    "since_day": relative.since_day,
    "since_day_bare": relative.since_day_bare,
    "weekend": relative.weekend,
    "last_week": relative.week(-1),
    "this_week": relative.week(0),
    "years_short": _years_short,
    "year_to_month": relative.year_to_month,
    "year_to_month_now": relative.year_to_month_now,
    "same_last_year": relative.same_last_year,
    "same_year": relative.year_from_context(0),
    "that_year": relative.year_from_context(0),
    "main_year": relative.main_year,
    "that_period": relative.that_period,
    "those_months": relative.those_months,
    "whole_period": relative.whole_period,
    "that_date": lambda _slots, moment: moment.period or moment.main,
    "days_of_that_month": relative.days_of_that_month,
    "since_then": relative.since_then,
    "following_year": relative.year_from_context(1),
    "year_before": relative.year_from_context(-1),
    "years_before": relative.years_before,
    "stretch_before": relative.stretch_before,
    "years_up_to": relative.years_up_to,
    "unknown": lambda _slots, _moment: None,
    "now": lambda _slots, _moment: None,
    "yesterday": relative.yesterday,
}

KINDS = frozenset(_RESOLVERS)  # what `period` may be in concepts.toml
