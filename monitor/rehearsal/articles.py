"""The articles of the replica sites: read from `texts/`, with every date counted from day one of the rehearsal."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from string import Template
from typing import Any
from zoneinfo import ZoneInfo

LIMA = ZoneInfo("America/Lima")
SITES = ("ilo", "iom", "state", "news", "gobpe")
REPORT_MONTH = 8
"""From this month on, the report on trafficking of the running year is out."""


@dataclass(frozen=True, slots=True)
class Article:
    """One text of a replica: `key` is its site and name, `path` its address there; `live` pages count their readers."""

    key: str
    path: str
    label: str
    title: str
    summary: str
    paragraphs: tuple[str, ...]
    published: datetime
    live: bool = False

    @property
    def site(self) -> str:
        return self.key.partition("/")[0]


def edition(start: date) -> int:
    """The newest edition of the report on trafficking on day one; it covers the year before."""
    return start.year if start.month >= REPORT_MONTH else start.year - 1


def years(start: date) -> dict[str, str]:
    """What `$last` and its like stand for in the texts."""
    last_edition = edition(start)
    return {
        "last": str(start.year - 1),
        "before": str(start.year - 2),
        "edition": str(last_edition),
        "covered": str(last_edition - 1),
    }


def read_articles(start: date) -> dict[str, Article]:
    """All articles of all sites by key, those of the later days too; the newest edition of the report is one."""
    found: dict[str, Article] = {}
    for site in reversed(SITES):  # gobpe first: the news site copies from it
        kept = tomllib.loads((files(__package__) / "texts" / f"{site}.toml").read_text(encoding="utf-8"))
        for entry in kept["article"]:
            article = _article(site, entry, start, _paragraphs(entry, kept["closing"], found))
            found[article.key] = article
        if "report" in kept:
            found[f"{site}/report"] = _report(site, kept["report"], start)
    return found


def _paragraphs(entry: dict[str, Any], closing: str, found: dict[str, Article]) -> tuple[str, ...]:
    if "copy_of" in entry:
        return (*found[entry["copy_of"]].paragraphs, *_split(entry["text"]))
    return _split(entry["text"] if "text" in entry else entry["brief"] + "\n\n" + closing)


def _split(text: str) -> tuple[str, ...]:
    return tuple(paragraph.strip() for paragraph in text.split("\n\n") if paragraph.strip())


def _article(site: str, entry: dict[str, Any], start: date, paragraphs: tuple[str, ...]) -> Article:
    year = years(start)
    day = start + timedelta(days=entry["day"])
    return Article(
        key=f"{site}/{entry['key']}",
        path=entry["path"],
        label=entry["label"],
        title=entry["title"],
        summary=entry["summary"],
        paragraphs=tuple(Template(paragraph).substitute(year) for paragraph in paragraphs),
        published=datetime.combine(day, time.fromisoformat(entry["time"]), LIMA),
        live=entry.get("live", False),
    )


def _report(site: str, entry: dict[str, Any], start: date) -> Article:
    year = years(start)
    return Article(
        key=f"{site}/{entry['key']}",
        path=f"/reports/{year['edition']}-trafficking-in-persons-report/peru/",
        label=f"{year['edition']} {entry['label']}",
        title=f"{year['edition']} {entry['label']}: Peru",
        summary=entry["summary"],
        paragraphs=tuple(Template(paragraph).substitute(year) for paragraph in _split(entry["text"])),
        published=datetime(edition(start), REPORT_MONTH - 1, 24, 9, 0, tzinfo=LIMA),
    )
