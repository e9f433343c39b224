"""Dates as web sites and files write them, in English and Spanish. Sites of Peru give the time of Lima."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

LIMA = ZoneInfo("America/Lima")
LONGEST = 2000  # characters of a text that are searched for a date
_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
MONTHS = {
    form: number
    for names in _MONTHS.values()
    for number, name in enumerate(names.split(), start=1)
    for form in (name, name[:3])
} | {"setiembre": 9, "set": 9, "sept": 9}

_NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(T\d{2}:\d{2}(?::\d{2})?(?:\.\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?)?")
_MIDNIGHT = re.compile(r"T00:00(?::00)?(?:\.0{1,9})?(?:Z|[+-]00:?00)?$")  # a day that a system gave a time to
_COMPACT = re.compile(r"\b(\d{4})(\d{2})(\d{2})T(\d{6})Z\b")
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:de\s+)?({_NAME})\b\.?,?\s+(?:del?\s+)?(\d{{4}})\b")
_MONTH_FIRST = re.compile(rf"\b({_NAME})\b\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b")
_SLASHES = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")
_MAIL = re.compile(r"\b\d{1,2} [a-z]{3} \d{4} \d{2}:\d{2}")
_MILLISECONDS = re.compile(r"/date\((-?\d{1,15})")


def local_day(moment: datetime) -> date:
    """The day of a moment in Lima; a time without a zone is Lima's already."""
    return moment.date() if moment.tzinfo is None else moment.astimezone(LIMA).date()


def find_date(text: str) -> date | None:
    """The first date in a text, if there is one; day before month where a date is all digits, as in Peru."""
    plain = _plain(text[:LONGEST])
    for read in (_from_iso, _from_compact, _from_mail, _from_words, _from_slashes, _from_milliseconds):
        if (found := read(plain)) is not None:
            return found
    return None


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.lower())
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _from_iso(text: str) -> date | None:
    found = _ISO.search(text.upper())
    if not found:
        return None
    if found[4] and not _MIDNIGHT.match(found[4]):
        try:
            return local_day(datetime.fromisoformat(found[0]))
        except (ValueError, OverflowError):
            return None
    return _day(found[1], found[2], found[3])


def _from_compact(text: str) -> date | None:
    found = _COMPACT.search(text.upper())
    if not found:
        return None
    try:
        return local_day(datetime.strptime(found[0], "%Y%m%dT%H%M%S%z"))
    except (ValueError, OverflowError):
        return None


def _from_mail(text: str) -> date | None:
    if not _MAIL.search(text):
        return None
    try:
        return local_day(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _from_words(text: str) -> date | None:
    candidates: Iterable[tuple[int, date | None]] = (
        *((m.start(), _day(m[3], MONTHS[m[2]], m[1])) for m in _DAY_FIRST.finditer(text)),
        *((m.start(), _day(m[3], MONTHS[m[1]], m[2])) for m in _MONTH_FIRST.finditer(text)),
    )
    return next((day for _, day in sorted(candidates, key=lambda c: c[0]) if day is not None), None)


def _from_slashes(text: str) -> date | None:
    days = (_day(m[3], m[2], m[1]) for m in _SLASHES.finditer(text))
    return next((day for day in days if day is not None), None)


def _from_milliseconds(text: str) -> date | None:
    found = _MILLISECONDS.search(text)
    if not found:
        return None
    try:
        return local_day(datetime.fromtimestamp(int(found[1]) / 1000, tz=UTC))
    except (ValueError, OverflowError, OSError):
        return None
