"""The time that records carry. A rehearsal runs on a clock that starts elsewhere and goes faster."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Clock:
    """Maps real time to the time of the product: `told` at `real`, and `speed` seconds for each real one since."""

    real: datetime | None = None
    told: datetime | None = None
    speed: float = 1.0

    def now(self) -> datetime:
        """The time, in UTC."""
        real = datetime.now(UTC)
        if self.real is None or self.told is None:
            return real
        return self.told + (real - self.real) * self.speed

    def real_seconds(self, span: timedelta) -> float:
        """How long a span of the product's time takes, in real seconds."""
        return span.total_seconds() / self.speed
