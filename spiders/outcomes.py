"""What came of a request: one word of a closed list, and a note for people."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

import aiohttp
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response

from spiders.guard import PrivateAddressError
from spiders.turns import HostLeftAloneError
from spiders.watches.markup import visible_words
from spiders.watches.page import storable

BLOCKED_STATUSES = frozenset({401, 403, 429, 451})
GONE_STATUSES = frozenset({404, 410})
WALLS = (
    b"/cdn-cgi/challenge",
    b"_cf_chl",
    b"_incapsula_resource",
    b"perfdrive.com",
    b"px-captcha",
    b"captcha-delivery.com",
    b"/_sec/cp_challenge",
    b"g-recaptcha",
)
SEARCHED = 60_000  # bytes in which a wall shows itself
FEW_WORDS = 120  # the pages behind a wall load the same scripts, but they say more


class RobotsRefusedError(IgnoreRequest):
    """robots.txt asks us not to fetch this address."""


class RobotsUnknownError(IgnoreRequest):
    """robots.txt could not be had, so nothing of the host may be asked for; `answer` is what came of it."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.note)
        self.answer = answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of one request; `response` is there when the server answered with anything at all."""

    url: str
    outcome: str
    note: str | None = None
    status: int | None = None
    response: Response | None = None
    seconds: float | None = None

    @property
    def good(self) -> bool:
        """The address gave its content, or said that it has not changed."""
        return self.outcome in {"ok", "not_modified"}


def of_response(url: str, response: Response) -> Answer:
    """Judge an answer by its status, and by whether it is a wall for robots."""
    outcome, note = _of_status(response.status)
    if outcome != "not_modified" and is_wall(response.body):
        outcome, note = "blocked", f"a page that checks for robots came in place of the content ({response.status})"
    if outcome in {"ok", "not_modified"} and response.meta.get("redirect_times"):
        note = f"redirected to {response.url}"
    return Answer(url=url, outcome=outcome, note=note, status=response.status, response=response)


def is_wall(body: bytes) -> bool:
    """Whether a page is one that checks for robots: it carries the marks of one, and says little."""
    start = body[:SEARCHED].lower()
    if not any(mark in start for mark in WALLS):
        return False
    return len(visible_words(start)) < FEW_WORDS


def of_error(url: str, error: Exception) -> Answer:
    """Put an error of fetching into a word; what is unknown is `http_error`, with its type in the note."""
    if isinstance(error, RobotsUnknownError):
        return Answer(url=url, outcome=error.answer.outcome, note=f"not asked for: {error}", status=error.answer.status)
    outcome, note = next((o, n) for kind, o, n in _ERRORS if isinstance(error, kind))
    if _is_certificate(error):
        outcome, note = "tls", "the certificate or encryption of the server is not valid"
    if isinstance(error, IgnoreRequest):
        outcome, note = _IGNORED.get(next((w for w in _IGNORED if w in str(error)), ""), (outcome, note))
    return Answer(url=url, outcome=outcome, note=note or _said(error), status=getattr(error, "status", None))


def _of_status(status: int) -> tuple[str, str | None]:
    if status == HTTPStatus.NOT_MODIFIED:
        return "not_modified", None
    if 200 <= status < 300:
        return "ok", None
    name = f"{status} {HTTPStatus(status).phrase}" if status in HTTPStatus.__members__.values() else str(status)
    if status in GONE_STATUSES:
        return "gone", f"the server says {name}"
    if status in BLOCKED_STATUSES:
        return "blocked", f"the server refuses us: {name}"
    if status >= 500:
        return "server_error", f"the server fails: {name}"
    return "http_error", f"the server says {name}"


def _is_certificate(error: Exception) -> bool:
    return isinstance(error.__cause__, aiohttp.ClientSSLError)


def _said(error: Exception) -> str:
    return storable(f"{type(error).__name__}: {error}")[:300]


# Scrapy tells these apart by their words alone.
_IGNORED: dict[str, tuple[str, str | None]] = {
    "DOWNLOAD_MAXSIZE": ("too_large", "larger than DOWNLOAD_MAXSIZE once it is decompressed"),
    "max redirections": ("http_error", "it redirects without end"),
}
_ERRORS: tuple[tuple[type[Exception], str, str | None], ...] = (
    (HostLeftAloneError, "blocked", None),
    (PrivateAddressError, "private", None),
    (RobotsRefusedError, "refused_by_robots", "robots.txt asks us not to fetch this address"),
    (CannotResolveHostError, "dns", "the name of the host does not resolve"),
    (DownloadConnectionRefusedError, "refused", "the server does not accept connections"),
    (DownloadTimeoutError, "timeout", "no whole answer in time"),
    (DownloadCancelledError, "too_large", "larger than DOWNLOAD_MAXSIZE"),
    (DownloadFailedError, "http_error", "the server cut the connection"),
    (ResponseDataLossError, "http_error", "the server cut the connection in the middle of its answer"),
    (Exception, "http_error", None),
)
