"""Codes, numbers, periods and times of a change as words of the reader's language."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeGuard
from zoneinfo import ZoneInfo

from monitor.alerts.safe_text import clean
from monitor.alerts.wording import Table, Words

Statistic = Mapping[str, Any]
TOTAL = "_T"
CODE_LIMIT = 60
MANY_AREAS = 3
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_BAND = re.compile(r"Y(?:(?P<from>\d{1,3})T(?P<to>\d{1,3})|_GE(?P<ge>\d{1,3})|_LT(?P<lt>\d{1,3}))")


def number(value: object) -> str:
    """Thousands with commas and decimals with a point, as written in Peru and in English: 1,814 and 66.7."""
    if not _is_number(value):
        return clean(value, CODE_LIMIT)
    if abs(value) >= 10**15:
        return f"{value:g}"
    text = f"{value:,.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "\N{MINUS SIGN}")


def value(statistic: Statistic, words: Words) -> str:
    """The value with its unit and how plainly it is stated: `más de 1,814`, `66.7 %`."""
    unit = words.units.get(_code(statistic, "unit", "count"), "{number}")
    pattern = words.qualifiers.get(_code(statistic, "qualifier", "="), "{value}")
    return pattern.format(value=unit.format(number=number(statistic.get("value"))))


def difference(new: Statistic, old: Statistic, words: Words) -> str | None:
    """From the old to the new value, with its share of the old; None where the two are in different units."""
    a, b = old.get("value"), new.get("value")
    if not (_is_number(a) and _is_number(b)) or new.get("unit") != old.get("unit"):
        return None
    unit = _code(new, "unit", "count")
    pattern = words.text["points"] if unit in {"percent", "percent_change"} else words.units.get(unit, "{number}")
    told = pattern.format(number=_signed(b - a))
    if a and unit not in {"percent", "percent_change"}:
        told += f" ({words.text['relative'].format(number=_signed(_share(b - a, a)))})"
    vague = _code(new, "qualifier", "=") != "=" or _code(old, "qualifier", "=") != "="
    return words.text["about"].format(number=told) if vague else told


def indicator(statistic: Statistic, words: Words) -> str:
    """What is counted: `víctimas de trata`, `porcentaje de víctimas de trata`."""
    name = _named(words.indicators, _code(statistic, "indicator", "other"))
    return words.units_of.get(_code(statistic, "unit", "count"), "{indicator}").format(indicator=name)


def group(statistic: Statistic, words: Words) -> str:
    """Sex, age, form and citizenship where they are not total; empty where all are."""
    parts = [_who(statistic, words), _named(words.forms, _slot(statistic, "form")), _citizenship(statistic, words)]
    return ", ".join(part for part in parts if part)


def area(statistic: Statistic, words: Words, *, brief: bool = False) -> str:
    """The place by name; several with commas, or their number where `brief` and more than three."""
    codes = _code(statistic, "area", "PE").split("+")
    if brief and len(codes) > MANY_AREAS:
        return words.text["regions"].format(count=len(codes))
    names = [words.areas.get(code) or _named(words.countries, code) for code in codes]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {words.text['and']} {names[-1]}"


def provider(statistic: Statistic, words: Words, *, brief: bool = False) -> str | None:
    """Who counted, by full or short name; None where the text does not say."""
    code = clean(statistic.get("provider"), CODE_LIMIT)
    if not code:
        return None
    full = _named(words.providers, code)
    if brief:
        return _named(words.providers_short, code)
    short = words.providers_short.get(code, code)
    return full if short in full else f"{full} ({short})"


def measure(statistic: Statistic, words: Words) -> str:
    return _named(words.measures, clean(statistic.get("measure"), CODE_LIMIT))


def verdict(text: object, words: Words) -> str:
    return _named(words.verdicts, clean(text, CODE_LIMIT).replace(" ", "_"))


def period(text: object, words: Words) -> str:
    """An ISO 8601 year, month, day or inclusive interval in words; what is none of these is shown as it is."""
    shown = clean(text, CODE_LIMIT)
    if not shown:
        return words.dates["none"]
    found = [_DATE.fullmatch(part) for part in shown.split("/")]
    ends = [[int(digits) for digits in match.groups() if digits] for match in found if match]
    if len(ends) != len(found) or any(len(end) > 1 and not 1 <= end[1] <= 12 for end in ends):
        return shown
    return _day_words(ends[0], words) if len(ends) == 1 else _interval(ends, words) if len(ends) == 2 else shown


def day(text: object, words: Words) -> str:
    """The day of an ISO date or time; words for an unknown one where there is none."""
    shown = clean(text, CODE_LIMIT)[:10]
    return period(shown, words) if _DATE.fullmatch(shown) else words.dates["unknown"]


def moment(at: datetime, zone: ZoneInfo, words: Words) -> str:
    """A time in the reader's zone, with the zone's name."""
    there = at.astimezone(zone)
    return words.dates["moment"].format(
        day=there.day, month=words.months[str(there.month)], year=there.year, time=f"{there:%H:%M}", zone=_city(zone)
    )


def moment_of(text: object, zone: ZoneInfo, words: Words) -> str | None:
    """A time given as ISO text, in the zone; a date alone stays a date; None where it is neither."""
    shown = clean(text, CODE_LIMIT)
    try:
        at = datetime.fromisoformat(shown)
    except ValueError:
        return None
    if len(shown) <= 10:
        return day(shown, words)
    return moment(at.replace(tzinfo=at.tzinfo or ZoneInfo("UTC")), zone, words)


def date_of(at: datetime, zone: ZoneInfo, words: Words) -> str:
    there: date = at.astimezone(zone).date()
    return day(there.isoformat(), words)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _city(zone: ZoneInfo) -> str:
    return zone.key.rpartition("/")[2].replace("_", " ")


def _interval(ends: list[list[int]], words: Words) -> str:
    start, end = ends
    depth = min(len(start), len(end))
    kind = ("years", "months", "days")[depth - 1]
    same_year = start[0] == end[0] and depth > 1 and len(start) == len(end)
    begin = _day_words(start, words, "_of_same_year" if same_year else "")
    return words.dates[kind].format(start=begin, end=_day_words(end, words))


def _day_words(parts: list[int], words: Words, suffix: str = "") -> str:
    pattern = words.dates[("year", "month", "day")[len(parts) - 1] + suffix]
    month = words.months[str(parts[1])] if len(parts) > 1 else ""
    return pattern.format(year=parts[0], month=month, day=parts[-1])


def _who(statistic: Statistic, words: Words) -> str:
    sex, age = _slot(statistic, "sex"), _slot(statistic, "age")
    both = words.ages.get(f"{age}_{sex}") if sex and age else None
    if both:
        return both
    parts = [_named(words.sexes, sex), words.ages.get(age) or _band(age, words)]
    return " ".join(part for part in parts if part)


def _band(age: str, words: Words) -> str:
    found = _BAND.fullmatch(age)
    if not found:
        return age
    if found["to"]:
        return words.ages["band"].format(low=found["from"], high=found["to"])
    return words.ages["from"].format(low=found["ge"]) if found["ge"] else words.ages["under"].format(high=found["lt"])


def _citizenship(statistic: Statistic, words: Words) -> str:
    code = _slot(statistic, "citizenship")
    if not code or code == "foreign":
        return words.citizenships["foreign"] if code else ""
    return words.citizenships["of"].format(country=_named(words.countries, code))


def _slot(statistic: Statistic, key: str) -> str:
    code = _code(statistic, key, TOTAL)
    return "" if code == TOTAL else code


def _code(statistic: Statistic, key: str, default: str) -> str:
    return clean(statistic.get(key), CODE_LIMIT) or default


def _named(table: Table, code: str) -> str:
    return table.get(code, code)


def _share(part: float, whole: float) -> float:
    """Percent with one decimal, a half rounded up as readers do."""
    exact = 100 * Decimal(str(part)) / Decimal(str(whole))
    return float(exact.quantize(Decimal("0.1"), ROUND_HALF_UP)) if abs(exact) < 10**9 else float(exact)


def _is_number(amount: object) -> TypeGuard[int | float]:
    return isinstance(amount, int | float) and not isinstance(amount, bool) and math.isfinite(amount)


def _signed(amount: float) -> str:
    return f"+{number(amount)}" if amount > 0 else number(amount)
