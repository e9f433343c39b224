"""Reads the stored captures of an item with today's rules: what they find, lose and change. Nothing is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from monitor.chain.reading import Reading
from monitor.chain.walk import reading_of, verdict_on
from monitor.figures.ruling import figure_of, read_of
from monitor.ledger.quality import Verdict
from monitor.reader.statistic import Statistic
from store import captures, ledger, models, rulings, versions

SLOTS = (
    *("value", "unit", "qualifier", "indicator", "period", "area", "sex", "age", "form", "citizenship", "provider"),
    *("measure", "register", "interval"),
)


@dataclass(frozen=True, slots=True)
class Pairs:
    """What became of statistics: the same, read differently, found, lost. Rows before, statistics now."""

    same: list[tuple[models.Statistic, Statistic]] = field(default_factory=list)
    changed: list[tuple[models.Statistic, Statistic]] = field(default_factory=list)
    found: list[Statistic] = field(default_factory=list)
    lost: list[models.Statistic] = field(default_factory=list)
    upheld: list[models.Statistic] = field(default_factory=list)

    @property
    def differ(self) -> bool:
        return bool(self.changed or self.found or self.lost)


@dataclass(frozen=True, slots=True)
class Step:
    """One capture: its verdict and reading now, the version that it was, and what became of the statistics.

    `reading` is None where the capture gives no version now, `version` where it gave none before.
    """

    capture: models.Capture
    verdict: Verdict
    reading: Reading | None
    version: models.Version | None
    pairs: Pairs

    @property
    def other_text(self) -> bool:
        """Whether it gives another version than before, or one where there was none, or none where there was one."""
        now = self.reading.page.text if self.reading else None
        return now != (self.version.text if self.version else None)


@dataclass(frozen=True, slots=True)
class Rereading:
    """An item as today's rules read it."""

    item: models.Item
    steps: tuple[Step, ...]
    relevant: bool
    published: date | None

    @property
    def differs(self) -> bool:
        other = self.relevant != bool(self.item.relevant) or self.published != self.item.published
        return other or any(step.pairs.differ or step.other_text for step in self.steps)


@dataclass
class _Course:
    """What is known of an item while its captures are walked."""

    before: models.Version | None = None
    relevant: bool = False
    published: date | None = None


def reread(session: Session, item: models.Item) -> Rereading:
    """Read all captures of an item again, in the order in which they were fetched."""
    stored = {version.capture_id: version for version in versions.of_item(session, item.id)}
    known = rulings.in_force(session, item.id)
    held = {key for key, ruling in known.items() if ruling.ruling != rulings.DISMISSED}
    course = _Course()
    steps = [
        _step(session, capture, stored.get(capture.id), course, upheld=held)
        for capture in captures.read_of(session, item.id)
    ]
    return Rereading(item, tuple(steps), course.relevant, course.published or item.published)


def _step(
    session: Session,
    capture: models.Capture,
    version: models.Version | None,
    course: _Course,
    *,
    upheld: set[rulings.Figure],
) -> Step:
    read = reading_of(capture, captures.body(session, capture))
    verdict = verdict_on(capture, read, course.before)
    repeats = course.before is not None and course.before.text == read.page.text
    reading = read if verdict.good and not repeats else None
    found: Sequence[Statistic] = ()
    if reading is not None:
        course.relevant = course.relevant or reading.relevance.relevant
        course.published = course.published or reading.page.published
        course.before = models.Version(text=reading.page.text, language=reading.language)
        found = reading.statistics if course.relevant else ()
    rows = ledger.of_version(session, version.id) if version is not None else ()
    same_text = reading is not None and version is not None and reading.page.text == version.text
    return Step(capture, verdict, reading, version, pair(rows, found, upheld if same_text else set()))


def pair(rows: Sequence[models.Statistic], found: Sequence[Statistic], upheld: set[rulings.Figure]) -> Pairs:
    """Pair what was read with what is read now: by all slots, then by the number, then by the place.

    What a person has confirmed or corrected (`upheld`) is not lost, although the rules do not find it.
    """
    pairs = Pairs()
    read = {row.id: read_of(row) for row in rows}
    left, new = list(rows), list(found)
    for likeness in (_slots_and_place, _slots, _number_and_place, _number, _place):
        matched, left, new = _match(left, new, read, likeness)
        (pairs.same if likeness in {_slots_and_place, _slots} else pairs.changed).extend(matched)
    pairs.found.extend(new)
    for row in left:
        (pairs.upheld if figure_of(read[row.id]) in upheld else pairs.lost).append(row)
    return pairs


_Rows = list[models.Statistic]


def _match(
    rows: _Rows, found: list[Statistic], read: dict[int, Statistic], likeness: Callable[[Statistic], Hashable]
) -> tuple[list[tuple[models.Statistic, Statistic]], _Rows, list[Statistic]]:
    waiting: dict[Hashable, list[Statistic]] = defaultdict(list)
    for statistic in found:
        waiting[likeness(statistic)].append(statistic)
    matched, left = [], []
    for row in rows:
        alike = waiting[likeness(read[row.id])]
        if alike:
            matched.append((row, alike.pop(0)))
        else:
            left.append(row)
    rest = {id(statistic) for alike in waiting.values() for statistic in alike}
    return matched, left, [statistic for statistic in found if id(statistic) in rest]


def _slots(statistic: Statistic) -> Hashable:
    return tuple(getattr(statistic, name) for name in SLOTS)


def _place(statistic: Statistic) -> Hashable:
    return statistic.start, statistic.end


def _number(statistic: Statistic) -> Hashable:
    return statistic.indicator, statistic.unit, statistic.value


def _slots_and_place(statistic: Statistic) -> Hashable:
    return _slots(statistic), _place(statistic)


def _number_and_place(statistic: Statistic) -> Hashable:
    return _number(statistic), _place(statistic)


def once(statistics: Iterable[Statistic]) -> list[Statistic]:
    """Each figure once, however many versions hold it."""
    return list({_slots(statistic): statistic for statistic in statistics}.values())
