"""What options are given: codes, days, times, periods and ids, each checked before anything is done with it."""

from __future__ import annotations

import getpass
import math
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import click
from dateutil import parser as dates
from sqlalchemy.orm import Session

from monitor.chain.documents import YEARS
from monitor.configuration.loading import Configuration
from monitor.figures.definitions import LARGEST_VALUE, wrong_slot
from monitor.ledger.claim import period_days
from store import sources

_WITHIN = f"in the years {YEARS[0]} to {YEARS[-1]}"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")

ID = click.IntRange(1, 2**63 - 1)  # no database holds a larger one


def code(slot: str) -> Callable[[str], str]:
    """What checks a code of a slot, as `tratawatch statistics definitions` lists them; of places in any order."""

    def checked(said: str) -> str:
        one = "+".join(sorted(set(said.split("+")))) if slot == "area" else said
        if wrong := wrong_slot(slot, one):
            raise click.BadParameter(f"{wrong}; `tratawatch statistics definitions` says what the codes mean")
        return one

    return checked


def days(said: str) -> tuple[date, date]:
    """The first and last day of a period."""
    found = period_days(said)
    if found is None:
        raise click.BadParameter(f"{said!r} is no period such as 2023 or 2020/2023")
    return found


def day(said: str) -> date:
    """A day."""
    try:
        found = date.fromisoformat(said)
    except ValueError:
        found = None
    if found is None or found.year not in YEARS:
        raise click.BadParameter(f"{said!r} is no ISO 8601 date such as 2024-01-31, {_WITHIN}")
    return found


def moment(said: str) -> date:
    """A time, or the whole of a day; without a zone it is meant in the configured one."""
    try:
        found = dates.isoparse(said)
    except ValueError:
        found = None
    if found is None or found.year not in YEARS:
        raise click.BadParameter(f"{said!r} is no ISO 8601 date or time such as 2024-01-31T12:00, {_WITHIN}")
    return found.date() if _DAY.fullmatch(said) else found


def number(said: str) -> float:
    """The value of a statistic."""
    try:
        found = float(said)
    except ValueError:
        found = math.nan
    if not abs(found) < LARGEST_VALUE:
        raise click.BadParameter(f"{said[:40]!r} is no plain number such as 1600 or 66.7")
    return found


def worded(given: str) -> str:
    """Words of a person, or a name: not empty, and such as can be stored."""
    if not given.strip():
        raise click.BadParameter("must not be empty")
    if any("\ud800" <= character <= "\udfff" for character in given):
        raise click.BadParameter(f"{given[:40]!r} is not UTF-8")
    return given.strip()


def decider(by: str | None) -> str:
    """Who decides: who is named, else who is logged in."""
    try:
        return by or getpass.getuser()
    except (KeyError, OSError) as error:  # a user without an entry, as in containers
        raise click.BadParameter("say who decides: nobody is logged in", param_hint="'--by'") from error


def start_of(when: date, zone: ZoneInfo) -> datetime:
    """The time, or when the day begins."""
    if not isinstance(when, datetime):
        return datetime.combine(when, time.min, zone)
    return when if when.tzinfo else when.replace(tzinfo=zone)


def end_of(when: date, zone: ZoneInfo) -> datetime:
    """The time, or when the day ends."""
    if isinstance(when, datetime):
        return start_of(when, zone)
    return start_of(when + timedelta(days=1), zone) - timedelta(microseconds=1)


def known_source(session: Session, configuration: Configuration, source: str | None) -> str | None:
    """The id of a source that is configured, or of which something is stored. Raises BadParameter."""
    if source is None or source in configuration.sources:
        return source
    stored = {one.id for one in sources.every(session)}
    if source not in stored:
        there = ", ".join(sorted({*stored, *configuration.sources}))
        message = f"no source {source[:80]!r}; there are {there}"
        raise click.BadParameter(message, param_hint="'--source'")
    return source
