"""Walks a capture to its alerts: text, verdict, version, statistics, changes, outbox.

What costs time (text, reading) is done before the transaction that files it all; a capture is read once, and one that
a crash left unread is read at the next start.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from monitor.alerts.rules import ChannelRule, ItemFacts
from monitor.chain.attachments import attachments, file_children, given_of_child
from monitor.chain.documents import DOCUMENT_TYPE, page_as_given
from monitor.chain.editions import edition_of, editions, told
from monitor.chain.filing import Filed, file_earlier, file_version, realign, remember_conflicts
from monitor.chain.reading import Reading, read_page_text
from monitor.figures.records import changes_json
from monitor.ledger.changes import Change, ChangeClass
from monitor.ledger.quality import CaptureFacts, Verdict, judge_capture
from monitor.ledger.texts import Edit, edited, fingerprint, nearly_same
from monitor.outbox.telling import tell
from monitor.text import Page, read_page
from store import captures, changes, items, ledger, versions
from store.addresses import asked, canonical
from store.clock import Clock
from store.database import Store
from store.items import FORGOTTEN
from store.models import Capture, Item, Version
from store.models import Change as ChangeRow
from store.models import Statistic as StatisticRow

RULES = "2026.5"  # the version of the rules; it is kept with whatever they read

SPONSORED = re.compile(r"/(?:publirreportajes?|publicontenido|contenido-patrocinado|branded-content|sponsored)/")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """What a walk needs to know: the clock, and the rules of the channels (none: nobody is told)."""

    clock: Clock = field(default_factory=Clock)
    channels: Mapping[str, ChannelRule] = field(default_factory=dict)


def read_unread(store: Store, walk: Walk, hear: Callable[[list[dict[str, Any]]], None]) -> int:
    """Read all captures that nobody has read, oldest first; `hear` gets the changes of each. Gives how many."""
    done = 0
    while True:
        with store.read() as session:
            waiting = captures.unread(session, RULES, 50)
        if not waiting:
            return done
        for capture_id in waiting:
            hear(walk_or_note(store, capture_id, walk) or [])
            done += 1


def walk_or_note(store: Store, capture_id: int, walk: Walk) -> list[dict[str, Any]] | None:
    """Read one capture; where our rules fail on it that is noted (None), and the others are still read."""
    try:
        return walk_capture(store, capture_id, walk)
    except Exception as error:
        with store.write() as session:
            reason = f"our rules failed on it: {type(error).__name__}: {error}"
            capture = captures.not_readable(session, capture_id, RULES, reason[:300], walk.clock.now())
        log.exception("%s: our rules failed on it", capture.url)
        return None


def walk_capture(store: Store, capture_id: int, walk: Walk) -> list[dict[str, Any]]:
    """Read one capture and file what it says; gives its changes as the contract has them."""
    with store.read() as session:
        capture = session.get_one(Capture, capture_id)
        reading = reading_of(capture, captures.body(session, capture))
    with store.write() as session:
        return file_reading(session, capture_id, reading, walk)


def reading_of(capture: Capture, content: bytes) -> Reading:
    """What a capture's bytes say."""
    if capture.status is None:  # a line of documents, or a file
        page = page_as_given(content, capture.content_type, capture.given)
        return read_page_text(_as_said(page, capture.given))
    (given, dated), url = given_of_child(capture.given), capture.final_url
    page = read_page(content, capture.content_type, given, capture.fetched_at, url=url)
    if dated is not None and page.published is None:
        page = replace(page, published=dated, published_reason="the page that links it")
    reading = read_page_text(_as_said(page, capture.given))
    linked = attachments(content, capture.content_type, url) if reading.relevance.relevant else ()
    return replace(reading, attachments=linked, editions=editions(content, capture.content_type, url))


def _as_said(page: Page, given: Mapping[str, Any]) -> Page:
    """The page with the title that a person gave it."""
    return replace(page, title=given["title"]) if given.get("by_hand") and given.get("title") else page


def file_reading(session: Session, capture_id: int, reading: Reading, walk: Walk) -> list[dict[str, Any]]:
    """File what a capture says, in the transaction of `session`."""
    capture = session.get_one(Capture, capture_id, with_for_update=True)
    if capture.good is not None:
        return []
    capture.read_at, capture.rules = walk.clock.now(), RULES
    item = session.get_one(Item, capture.item_id)
    if item.state == FORGOTTEN:
        capture.good = False
        return []
    before = versions.latest(session, item.id, capture.fetched_at)
    if not _is_good(capture, reading, before):
        return []
    item.state = "held"
    if capture.given.get("moved"):
        items.move(session, item, asked(capture.final_url), canonical(capture.final_url), capture.fetched_at)
    if before is not None and before.text == reading.page.text:
        return []
    return _file_version(session, item, capture, reading, walk)


def _is_good(capture: Capture, reading: Reading, before: Version | None) -> bool:
    """File the verdict on a capture, given the version before it; gives whether it shows its item."""
    verdict = verdict_on(capture, reading, before)
    said = (reading.page.unreadable, reading.page.remark)
    capture.good, capture.score = verdict.good, verdict.score
    capture.reasons = [*(reason for reason in said if reason), *verdict.reasons]
    return verdict.good


def verdict_on(capture: Capture, reading: Reading, before: Version | None) -> Verdict:
    """Whether a capture shows its item, given the version before it."""
    return judge_capture(
        CaptureFacts(
            status=capture.status,
            headers=capture.headers,
            content_type=capture.content_type,
            size=capture.size,
            title=reading.page.title,
            text=reading.page.text,
            language=reading.language,
            text_before=len(before.text) if before else None,
            language_before=before.language if before else None,
            document=capture.content_type == DOCUMENT_TYPE,
        )
    )


def _file_version(session: Session, item: Item, capture: Capture, reading: Reading, walk: Walk) -> list[dict[str, Any]]:
    newest = not captures.later_good(session, item.id, capture.fetched_at)
    before = versions.latest(session, item.id, capture.fetched_at)
    was_relevant = bool(item.relevant)
    _describe(item, reading, newest=newest)
    bands = fingerprint(reading.page.text) if item.relevant else []
    version = versions.add(session, version_of(item, capture, reading), bands)
    redated = _date(session, item, reading)
    if not newest:
        _judge_later(session, item, version, walk.clock.now(), was_relevant=was_relevant)
        _date(session, item, reading)
    if not item.relevant:
        return []
    file_children(session, item, reading.attachments, walk.clock.now(), first=before is None)
    if not newest:
        _file_earlier(session, item, version, reading)
        return []
    edit = edited(before.text, version.text) if before is not None and was_relevant else None
    edition = None
    if edit is None:
        item.copy_of_id = _original(session, item, version, bands)
        if item.copy_of_id is None:
            edition = edition_of(session, item, version, reading.statistics, reading.editions)
            item.copy_of_id = edition.item.id if edition else None
    filed = file_version(session, item, version, reading.statistics, RULES)
    found = [*_item_change(session, item, edit, filed), *filed.changes]
    found = told(found, edition) if edition else found
    event = {
        "at": walk.clock.now(),
        "source_id": item.source_id,
        "visit_id": capture.visit_id,
        "doc_id": capture.doc_id,
    }
    rows = [_row(change, version, filed.rows, event) for change in found]
    changes.add_all(session, rows)
    remember_conflicts(session, list(zip(found, rows, strict=True)))
    if redated and before is not None:
        realign(session, item)
    if rows:
        tell(session, walk.channels, rows, _facts(item, reading.language, first=not was_relevant), walk.clock.now())
    return changes_json(session, rows)


def _judge_later(session: Session, item: Item, late: Version, now: datetime, *, was_relevant: bool) -> None:
    """Judge the item's later captures again beside a text that came late.

    Half a page shows only beside the whole, and that a text returned only beside what stood there between.
    """
    known = {version.capture_id: version for version in versions.of_item(session, item.id)}
    for capture in captures.later(session, item.id, late.fetched_at):
        reading, version = reading_of(capture, captures.body(session, capture)), known.get(capture.id)
        before = versions.latest(session, item.id, capture.fetched_at, apart_from=version)
        good = _is_good(capture, reading, before)
        if version is not None and not good:
            ledger.unread([version, *ledger.of_version(session, version.id)], now)
        elif version is not None and item.relevant and not was_relevant:
            _file_earlier(session, item, version, reading)
        elif version is None and good and (before is None or before.text != reading.page.text):
            bands = fingerprint(reading.page.text) if item.relevant else []
            returned = versions.add(session, version_of(item, capture, reading), bands)
            if item.relevant:
                _file_earlier(session, item, returned, reading)
        session.flush()


def _file_earlier(session: Session, item: Item, version: Version, reading: Reading) -> None:
    """File a version that is not the newest; what the item said before it was relevant is no statistic."""
    relevant = (one.fetched_at for one in versions.of_item(session, item.id) if one.relevant)
    if version.fetched_at >= min(relevant, default=version.fetched_at):
        file_earlier(session, item, version, reading.statistics, RULES)
    else:
        realign(session, item)


def _describe(item: Item, reading: Reading, *, newest: bool) -> None:
    """What the item is called and whether it is relevant; once relevant it stays so."""
    if newest:
        item.title = reading.page.title or item.title
    item.relevant = bool(item.relevant) or reading.relevance.relevant
    item.reasons = list(reading.relevance.reasons)


def _date(session: Session, item: Item, reading: Reading) -> bool:
    """Have the item dated by the first of its versions that gives a date; gives whether that is news."""
    day = next((one.published for one in versions.of_item(session, item.id) if one.published), None)
    news = day != item.published
    if day == reading.page.published and (news or item.published_reason is None):
        item.published_reason = reading.page.published_reason  # a list may have given the day, but not why it holds
    item.published = day
    return news


def version_of(item: Item, capture: Capture, reading: Reading) -> Version:
    """The version that a capture is of its item."""
    return Version(
        item_id=item.id,
        capture_id=capture.id,
        fetched_at=capture.fetched_at,
        title=reading.page.title,
        language=reading.language,
        published=reading.page.published,
        dates=[{"day": d.day.isoformat(), "origin": d.origin, "written": d.written} for d in reading.page.dates],
        pages=list(reading.page.pages),
        text=reading.page.text,
        sha256=hashlib.sha256(reading.page.text.encode()).hexdigest(),
        relevant=reading.relevance.relevant,
        reasons=list(reading.relevance.reasons),
        rules=RULES,
    )


def _item_change(session: Session, item: Item, edit: Edit | None, filed: Filed) -> list[Change]:
    """That the item is new (and of what it is a copy), or that its text changed in substance."""
    if edit is None:
        original = session.get(Item, item.copy_of_id) if item.copy_of_id else None
        detail = {"sponsored": True} if SPONSORED.search(item.url) else {}
        return [Change(ChangeClass.NEW_ITEM, copy_of=original.url if original else None, detail=detail)]
    if not edit.substantial:
        return []
    parts: dict[str, list[Any]] = {name: list(getattr(edit, name))[:20] for name in ("added", "removed", "reworded")}
    parts["reread"] = filed.reread
    return [Change(ChangeClass.EDITED_ITEM, detail={name: part for name, part in parts.items() if part})]


def _original(session: Session, item: Item, version: Version, bands: Sequence[int]) -> int | None:
    """The earliest item whose text is nearly this one's."""
    alike = [v for v in versions.alike(session, bands, item.id) if nearly_same(v.text, version.text)]
    items = {v.item_id: session.get_one(Item, v.item_id) for v in alike}
    relevant = [other for other in items.values() if other.relevant]
    return min(relevant, key=_first_said).id if relevant else None


def _first_said(item: Item) -> tuple[date, datetime]:
    return item.published or item.first_seen_at.date(), item.first_seen_at


def _row(change: Change, version: Version, rows: Mapping[int, StatisticRow], event: Mapping[str, Any]) -> ChangeRow:
    statistic = rows[id(change.statistic)] if change.statistic is not None else None
    return ChangeRow(
        change=str(change.change),
        item_id=version.item_id,
        version_id=version.id,
        statistic_id=statistic.id if statistic else None,
        previous_id=change.previous.id if change.previous else None,
        copy_of_id=version.item.copy_of_id if change.copy_of else None,
        detail=change.detail,
        **event,
    )


def _facts(item: Item, language: str, *, first: bool) -> ItemFacts:
    return ItemFacts(
        published=item.published, first_seen=item.first_seen_at, baseline=item.baseline and first, language=language
    )
