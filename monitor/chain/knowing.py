"""Files figures that were known before the watch began: item, capture, version and statistic, and nobody is told."""

from __future__ import annotations

import hashlib

from sqlalchemy.orm import Session

from monitor.chain.filing import file_version, know_to_differ
from monitor.chain.known_past import LINE_TYPE, KnownFigure
from monitor.chain.walk import RULES, Walk
from monitor.reader.language import detect_language
from store import captures, items, models, sources, versions
from store.captures import Arrived
from store.database import Store

REASON = "given as known before"


def file_known(store: Store, figure: KnownFigure, walk: Walk) -> bool:
    """File one figure; False where it is filed already."""
    with store.write() as session:
        if items.by_key(session, figure.key) is not None:
            return False
        sources.ensure(session, figure.source)
        item = items.add_known(session, _item(figure, walk))
        filed = file_version(session, item, _version(session, item, figure, walk), [figure.statistic], RULES)
        know_to_differ(session, filed.changes)
        return True


def _item(figure: KnownFigure, walk: Walk) -> models.Item:
    return models.Item(
        source_id=figure.source,
        key=figure.key,
        url=figure.url,
        title=figure.title,
        published=figure.published,
        published_reason="given" if figure.published else None,
        first_seen_at=walk.clock.now(),
        relevant=True,
        reasons=[REASON],
    )


def _version(session: Session, item: models.Item, figure: KnownFigure, walk: Walk) -> models.Version:
    """The line as a capture that is read, and its text."""
    content, now = figure.line.encode(), walk.clock.now()
    arrived = Arrived(item_id=item.id, url=figure.url, final_url=figure.url, content=content, content_type=LINE_TYPE)
    capture = captures.keep(session, arrived, now)
    capture.read_at, capture.rules, capture.good, capture.reasons = now, RULES, True, [REASON]
    version = models.Version(
        item_id=item.id,
        capture_id=capture.id,
        fetched_at=now,
        title=figure.title,
        language=detect_language(figure.line),
        published=figure.published,
        text=figure.line,
        sha256=hashlib.sha256(content).hexdigest(),
        relevant=True,
        reasons=[REASON],
        rules=RULES,
    )
    return versions.add(session, version, [])
