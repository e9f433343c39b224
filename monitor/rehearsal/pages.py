"""The pages of the replica sites, made of their articles: markup, dates and feeds as the real ones write them."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.rehearsal.articles import Article

MONTHS_ES = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
RELATED = 3


def day_en(at: datetime) -> str:
    """As `5 March 2026`."""
    return f"{at.day} {MONTHS_EN[at.month - 1]} {at.year}"


def day_es(at: datetime) -> str:
    """As `5 de marzo de 2026`."""
    return f"{at.day} de {MONTHS_ES[at.month - 1]} de {at.year}"


def moment_es(at: datetime) -> str:
    """As `2 de diciembre de 2024 - 6:29 p. m.`, in the zone that the time carries."""
    half = "a. m." if at.hour < 12 else "p. m."
    return f"{day_es(at)} - {at.hour % 12 or 12}:{at.minute:02d} {half}"


def rfc2822(at: datetime) -> str:
    """As `Mon, 04 May 2026 11:30:00 GMT`."""
    return format_datetime(at.astimezone(UTC), usegmt=True)


def _environment() -> Environment:
    loader = PackageLoader("monitor.rehearsal", "pages")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters.update(day_en=day_en, day_es=day_es, moment_es=moment_es, rfc2822=rfc2822)
    return made


ENVIRONMENT = _environment()


def render(template: str, **values: object) -> str:
    """The page of a template in `pages/`."""
    return ENVIRONMENT.get_template(template).render(**values)


def newest_first(articles: Sequence[Article]) -> list[Article]:
    return sorted(articles, key=lambda article: article.published, reverse=True)


def related(article: Article, articles: Sequence[Article]) -> list[Article]:
    """What stood in the related links when the article was published; they stay as they were."""
    earlier = [other for other in newest_first(articles) if other.published < article.published]
    return earlier[:RELATED]
