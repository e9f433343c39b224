"""Whether a capture shows the item, or something in its place: a bot wall, a consent wall, an error, half a page.

Facts on content-delivery networks (header names, reference ids, titles of challenges) are those that the networks'
own documentation and their pages show.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from monitor.ledger.walls import Wall, walls

if TYPE_CHECKING:
    from collections.abc import Iterator

GOOD_FROM = 0.5
LOST_AT_MOST = 0.6
_SHORT_TEXT = 60
_STUB_TEXT = 1500
_BELIEVED = 0.7
_READABLE = ("text/", "html", "xml", "json", "pdf", "excel", "spreadsheet", "octet-stream")


@dataclass(frozen=True)
class CaptureFacts:
    """What is known of a capture when its text has been taken.

    `size` is that of the body in bytes; `text` the clean text; `text_before` the length of the item's last good text
    and `language_before` its language, or None; `truncated` that fetching stopped before the body's end; `document`
    that the text was given as such (a line of documents), not taken from a page.
    """

    text: str
    title: str = ""
    status: int | None = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = ""
    size: int = 0
    language: str | None = None
    text_before: int | None = None
    language_before: str | None = None
    truncated: bool = False
    document: bool = False


@dataclass(frozen=True)
class Verdict:
    """How far a capture can be trusted: `score` 1 is an item without doubt, 0 certainly something else."""

    good: bool
    score: float
    reasons: tuple[str, ...] = ()


def judge_capture(facts: CaptureFacts) -> Verdict:
    """Score a capture. Only a good one may become a version or move a baseline; a bad one is to be fetched again."""
    doubts = list(_document_doubts(facts) if facts.document else _page_doubts(facts))
    if not facts.text.strip():
        return Verdict(good=False, score=0.0, reasons=("empty text", *(reason for _, reason in doubts)))
    score = 1.0
    for weight, _ in doubts:
        score *= 1.0 - weight
    return Verdict(good=score >= GOOD_FROM, score=round(score, 3), reasons=tuple(reason for _, reason in doubts))


def _document_doubts(facts: CaptureFacts) -> Iterator[tuple[float, str]]:
    """A given text has no status, headers or page around it; where no text of its item is held, it is believed more."""
    trust = 1.0 if facts.text_before else _BELIEVED
    yield from _loss(facts)
    for wall in walls(facts.title, facts.text):
        yield _weight(wall, facts) * trust, f"{wall.kind}: {wall.sign}"


def _page_doubts(facts: CaptureFacts) -> Iterator[tuple[float, str]]:
    yield from _status_doubts(facts)
    yield from _body_doubts(facts)
    yield from _cache_doubts(facts)
    for wall in walls(facts.title, facts.text):
        yield _weight(wall, facts), f"{wall.kind}: {wall.sign}"


def _status_doubts(facts: CaptureFacts) -> Iterator[tuple[float, str]]:
    headers = {name.lower(): value.lower() for name, value in facts.headers.items()}
    if facts.status is not None and not 200 <= facts.status < 300:
        yield 1.0, f"status {facts.status}"
    elif facts.status in {202, 203, 204, 205, 206}:
        yield (0.3 if facts.status == 203 else 0.6), f"status {facts.status}"
    for name, value, meaning in _CHALLENGES:
        if name in headers and value in headers[name]:
            yield 0.9, f"bot wall: {meaning}"


def _loss(facts: CaptureFacts) -> Iterator[tuple[float, str]]:
    length = len(facts.text.strip())
    if facts.text_before and 0 < length < (1 - LOST_AT_MOST) * facts.text_before:
        yield 0.8, f"{round(100 * (1 - length / facts.text_before))}% of the text is gone"


def _cache_doubts(facts: CaptureFacts) -> Iterator[tuple[float, str]]:
    """Signs of an old copy, where a newer text may be held: it would take an edit back."""
    if facts.text_before is None:
        return
    headers = {name.lower(): value.lower() for name, value in facts.headers.items()}
    for name, value in _STALE:
        if value in headers.get(name, ""):
            yield 0.6, f"an old copy from a cache ({name}: {headers[name][:40]})"
    if facts.language and facts.language_before and facts.language != facts.language_before:
        yield 0.7, f"in another language: {facts.language}, before {facts.language_before}"


_STALE = (
    ("warning", "110"),
    ("warning", "111"),
    ("cf-cache-status", "stale"),
    ("x-cache", "stale"),
    ("x-cache-status", "stale"),
    ("cache-status", "fwd=stale"),
)
_CHALLENGES = (
    ("cf-mitigated", "challenge", "Cloudflare answers with a challenge (cf-mitigated)"),
    ("x-amzn-waf-action", "", "AWS WAF answers with a challenge (x-amzn-waf-action)"),
    ("x-datadome", "protected", "DataDome protects this answer (x-datadome)"),
    ("x-dd-b", "", "DataDome blocks this answer (x-dd-b)"),
    ("x-sucuri-block", "", "Sucuri blocks this answer (x-sucuri-block)"),
    ("x-px-blocked", "", "PerimeterX blocks this answer (x-px-blocked)"),
)


def _body_doubts(facts: CaptureFacts) -> Iterator[tuple[float, str]]:
    length = len(facts.text.strip())
    kind = facts.content_type.lower()
    if kind and not any(part in kind for part in _READABLE):
        yield 0.7, f"content type {kind.split(';')[0]}"
    if facts.truncated:
        yield 0.8, "the body ended before its end"
    if 0 < length < _SHORT_TEXT:
        yield 0.4, f"only {length} characters of text"
    yield from _loss(facts)
    if facts.text.count("\ufffd") * 20 > length:
        yield 0.6, "the text is not readable in its encoding"


def _weight(wall: Wall, facts: CaptureFacts) -> float:
    """A sign of a wall weighs fully in a title or a short text; a long article may only speak of such a thing."""
    if wall.in_title:
        return wall.weight
    return wall.weight if len(facts.text) < _STUB_TEXT else wall.weight * 0.2
