"""The same report in another language: the publisher's links to its editions, and the item that is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from monitor.figures.records import claim_of
from monitor.ledger.changes import Change, ChangeClass
from monitor.ledger.claim import Claim, summary
from monitor.ledger.twins import Twin, twin
from monitor.reader.statistic import Statistic
from monitor.text.markup import parse
from store import items, ledger, versions
from store.addresses import absolute, canonical
from store.models import Item, Version

MOST = 20  # links of a page to its editions
DAYS_APART = 5


@dataclass(frozen=True, slots=True)
class Edition:
    """An item that is the same report in another language, with what the two share."""

    item: Item
    twin: Twin


def editions(content: bytes, content_type: str, url: str) -> tuple[str, ...]:
    """The addresses under which a page says that it stands in other languages (`rel="alternate" hreflang`)."""
    markup = parse(content, content_type) if "html" in content_type.lower() else None
    if markup is None:
        return ()
    links = (link for link in markup.tree.iterfind(".//link[@hreflang]") if "alternate" in (link.get("rel") or ""))
    found = (absolute(link.get("href") or "", url) for link in links)
    others = (canonical(address) for address in found if address)
    return tuple(dict.fromkeys(address for address in others if address != canonical(url)))[:MOST]


def edition_of(
    session: Session, item: Item, version: Version, found: Sequence[Statistic], linked: Sequence[str]
) -> Edition | None:
    """The earlier item that is the same report in another language."""
    claims = [Claim(statistic, source=item.source_id, url=item.url) for statistic in found]
    named = {other.id for address in linked if (other := items.by_key(session, address)) is not None}
    values = {claim.value for claim in claims}
    near = versions.in_other_languages(session, item, version.language, days=DAYS_APART, values=values, linked=named)
    for version_id, item_id in near:
        there = [claim_of(row) for row in ledger.of_version(session, version_id)]
        known = twin(claims, there, linked=item_id in named)
        if known is not None:
            return Edition(session.get_one(Item, item_id), known)
    return None


def told(changes: Sequence[Change], edition: Edition) -> list[Change]:
    """The changes of an edition with what is said of its twin: which item it is, and what the two say differently."""
    differing = {(pair[0].statistic.start, pair[0].statistic.end): pair for pair in edition.twin.differing}
    pairs = [_pair(pair) for pair in edition.twin.differing]
    said: dict[str, Any] = {"twin": edition.item.url} | ({"twin_differs": pairs} if pairs else {})
    marked = []
    for change in changes:
        place = (change.statistic.statistic.start, change.statistic.statistic.end) if change.statistic else None
        if change.change == ChangeClass.NEW_ITEM:
            marked.append(replace(change, detail={**change.detail, **said}))
        elif place in differing:
            marked.append(replace(change, detail={**change.detail, "twin_differs": [_pair(differing[place])]}))
        else:
            marked.append(change)
    return marked


def _pair(pair: tuple[Claim, Claim]) -> dict[str, Any]:
    return {"here": summary(pair[0]), "there": summary(pair[1])}
