"""For whom and when a message is composed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from monitor.alerts.safe_text import clean
from monitor.alerts.wording import Language, Words, words_of

MessageKind = Literal["alert", "digest", "baseline"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageOptions:
    """`at` is when the alert was made (it stays so in repetitions); `reason` says why this reader gets it.

    `source_names` gives the publishers' names by source id; an id without one is shown itself.
    """

    language: Language
    zone: ZoneInfo
    at: datetime
    reason: str | None = None
    kind: MessageKind = "alert"
    source_names: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> Words:
        return words_of(self.language)

    def source(self, source_id: object) -> str:
        """The publisher's name."""
        return clean(self.source_names.get(str(source_id), source_id), 80)
