"""What a page says: its language, whether it is relevant, its statistics. Pure: nothing is compared or filed."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.chain.attachments import Attachment
from monitor.reader.language import detect_language, languages
from monitor.reader.read import read_statistics
from monitor.reader.relevance.judge import Relevance, judge
from monitor.reader.statistic import Statistic
from monitor.text import Page

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A page with its language, whether it is relevant and why, its statistics, its files and its other languages."""

    page: Page
    language: str
    relevance: Relevance
    statistics: Sequence[Statistic]
    attachments: tuple[Attachment, ...] = ()
    editions: tuple[str, ...] = ()


def read_page_text(page: Page) -> Reading:
    """Language, relevance and statistics of a page's text. A statistic that is not at its span is refused."""
    said = page.language if page.language in languages() else None
    language = said or detect_language(page.text or page.title)
    relevance = judge(page.title, page.text, language)
    statistics = read_statistics(page.text, language, page.published, page.title)
    shown = [statistic for statistic in statistics if is_shown(page.text, statistic)]
    for statistic in statistics:
        if statistic not in shown:
            log.error("refused, not at its span: %r by rule %s", statistic.quote[:80], statistic.rule)
    return Reading(page=page, language=language, relevance=relevance, statistics=shown)


def is_shown(text: str, statistic: Statistic) -> bool:
    """Whether the statistic can be found again at its span, inside its quote."""
    return quote_start(text, statistic) is not None


def quote_start(text: str, statistic: Statistic) -> int | None:
    """Where the quote that holds a statistic begins in the text; None where it does not stand there."""
    length = len(statistic.quote)
    at = text.find(statistic.quote, max(0, statistic.end - length), statistic.start + length)
    inside = 0 <= at <= statistic.start < statistic.end <= at + length
    return at if inside else None
