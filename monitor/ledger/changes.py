"""The closed list of changes, and which of them alert at once where nothing else is configured."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from monitor.ledger.claim import Claim


class ChangeClass(StrEnum):
    """Every event that the ledger knows; there are no others."""

    NEW_ITEM = "new_item"
    EDITED_ITEM = "edited_item"
    REMOVED_ITEM = "removed_item"
    NEW_STATISTIC = "new_statistic"
    REPEATED_STATISTIC = "repeated_statistic"
    REVISED_STATISTIC = "revised_statistic"
    OLDER_STATISTIC = "older_statistic"
    CONFLICTING_STATISTIC = "conflicting_statistic"
    WITHDRAWN_STATISTIC = "withdrawn_statistic"
    SOURCE_FAILING = "source_failing"
    SOURCE_SILENT = "source_silent"
    SOURCE_RECOVERED = "source_recovered"


AT_ONCE = frozenset(ChangeClass) - {ChangeClass.REPEATED_STATISTIC, ChangeClass.OLDER_STATISTIC}


@dataclass(frozen=True)
class Change:
    """One event: of a statistic (`statistic`, and `previous` that it is compared with), of an item or of a source.

    A withdrawal has no `statistic`; its `previous` is the one that is gone. `detail` is plain JSON.
    """

    change: str
    statistic: Claim | None = None
    previous: Claim | None = None
    copy_of: str | None = None
    detail: dict[str, Any] = field(default_factory=dict)


def alerts_at_once(change: Change) -> bool:
    """The default policy. Source changes go to operators; what is old news is for the caller to hold back."""
    if change.detail.get("dismissed"):
        return False
    if change.change == ChangeClass.REPEATED_STATISTIC:
        return bool(change.detail.get("exact"))
    if change.change == ChangeClass.CONFLICTING_STATISTIC:
        return not change.detail.get("known_pair")
    if change.change == ChangeClass.NEW_ITEM:
        return change.copy_of is None
    return change.change in AT_ONCE
