"""Compares what a watch of the replica newsroom found and told with what was true."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from bench.newsroom.server import Newsroom
from bench.newsroom.stories import START, Story
from store.database import Store
from store.models import Alert, Change, Item, Telling, Version, Visit

if TYPE_CHECKING:
    from bench.month import Plan

EDITS = {"corrected": 1, "late": 1, "twice": 2, "typo": 1}


@dataclass(slots=True)
class Findings:
    """What went wrong, by its name, with examples; and what there was to be counted."""

    wrong: dict[str, list[str]] = field(default_factory=dict)
    counts: dict[str, Any] = field(default_factory=dict)

    def lines(self) -> Iterator[str]:
        for name, value in self.counts.items():
            yield f"{name:<42}{value:>10}"
        for name, found in self.wrong.items():
            yield f"WRONG: {name}: {len(found)}"
            yield from (f"    {one}" for one in found[:12])


@dataclass(frozen=True, slots=True)
class Told:
    """A change as it arrived: in an alert, a digest or a summary of a baseline."""

    kind: str
    change: Mapping[str, Any]
    story: Story | None

    @property
    def name(self) -> str:
        return str(self.change["change"])

    @property
    def values(self) -> tuple[Any, Any]:
        return (self.change["previous"] or {}).get("value"), (self.change["statistic"] or {}).get("value")


class _Judge:
    def __init__(self, room: Newsroom, plan: Plan, store: Store, calls: Sequence[Any]) -> None:
        self.room, self.plan, self.store = room, plan, store
        self.stories = {story.number: story for name in room.outlets for story in room.stories_of(name)}
        self.relevant = [story for story in self.stories.values() if story.relevant and self._could_be_seen(story)]
        self.told = list(self._told(calls))
        self.of: dict[int, list[Told]] = defaultdict(list)
        for told in self.told:
            if told.story is not None:
                self.of[told.story.number].append(told)

    def _could_be_seen(self, story: Story) -> bool:
        """Whether it was out while the watch ran, or still listed when it began."""
        outlet = self.room.outlets[story.outlet]
        before = [s for s in self.room.stories_of(story.outlet) if story.published < s.published < START]
        return len(before) < outlet.length * outlet.pages or outlet.shape == "index"

    def _told(self, calls: Sequence[Any]) -> Iterator[Told]:
        with self.store.read() as session:
            raised = select(Change.uid, Alert.kind).join(Telling, Telling.change_id == Change.id)
            rows = session.execute(raised.join(Alert, Alert.id == Telling.alert_id))
            kinds: dict[str, str] = {row[0]: row[1] for row in rows}
        for call in calls:
            for change in call["data"]["changes"]:
                story = self.room.story_at(change["url"]) if change["url"] else None
                yield Told(kinds.get(change["id"], "unknown"), change, story)

    def wrong(self) -> dict[str, list[str]]:
        found = {
            "relevant items missed": self.missed(),
            "articles that are two items": self.twice(),
            "new items not told once": self.new_items(),
            "reprints told at once": self.reprints(),
            "corrections not told once": self.corrections(),
            "changes of figures that were none": self.surplus(),
            "edits not told once": self.edits(),
            "removals not told once": self.removals(),
            "told of items on something else": self.false_alarms(),
            "states of sources": self.states(),
            "changes delivered twice": self.delivered_twice(),
        }
        return {name: lines for name, lines in found.items() if lines}

    def missed(self) -> list[str]:
        with self.store.read() as session:
            urls = session.scalars(select(Item.url).where(Item.relevant.is_(True))).all()
        held = {story.number for url in urls if (story := self.room.story_at(url)) is not None}
        return [_named(story) for story in self.relevant if story.number not in held]

    def twice(self) -> list[str]:
        with self.store.read() as session:
            urls = session.scalars(select(Item.url).where(Item.id.in_(select(Version.item_id)))).all()
        held: dict[int, list[str]] = defaultdict(list)
        for url in urls:
            story = self.room.story_at(url)
            held[story.number if story else 0].append(url)
        return [f"{_named(self.stories[number])}: {urls}" for number, urls in held.items() if number and len(urls) > 1]

    def new_items(self) -> list[str]:
        lines = []
        for story in self.relevant:
            kinds = [told.kind for told in self.of[story.number] if told.name == "new_item"]
            expected = {"old": ["baseline"], "reprint": ["digest"]}.get(story.fate, ["alert"])
            if kinds != expected:
                lines.append(f"{_named(story)}: {kinds}")
        return lines

    def reprints(self) -> list[str]:
        at_once = [told for story in self.relevant if story.reprint_of for told in self.of[story.number]]
        return [f"{_named(told.story)}: {told.name} {told.values}" for told in at_once if told.kind == "alert"]

    def corrections(self) -> list[str]:
        lines = []
        for story in self.relevant:
            revised = [told.values for told in self.of[story.number] if told.name == "revised_statistic"]
            expected = [(float(before), float(after)) for before, after, _ in story.corrections]
            if sorted(revised) != sorted(expected):
                lines.append(f"{_named(story)}: {revised} for {expected}")
        return lines

    def surplus(self) -> list[str]:
        lines = []
        for story in self.relevant:
            values = Counter(float(value) for value in story.figures)
            for told in self.of[story.number]:
                if told.name in {"withdrawn_statistic", "conflicting_statistic", "older_statistic"}:
                    lines.append(f"{_named(story)}: {told.name} {told.values}")
                elif told.name == "new_statistic":
                    values[told.values[1]] -= 1
            lines += [f"{_named(story)}: new_statistic {v} {n:+d}" for v, n in values.items() if n < 0]
        return lines

    def edits(self) -> list[str]:
        lines = []
        for story in self.relevant:
            edits = sum(told.name == "edited_item" for told in self.of[story.number])
            if edits != EDITS.get(story.fate, 0):
                lines.append(f"{_named(story)}: {edits} for {EDITS.get(story.fate, 0)}")
        return lines

    def removals(self) -> list[str]:
        lines = []
        for story in self.relevant:
            ends = sum(told.name == "removed_item" for told in self.of[story.number])
            if ends != (story.removed is not None):
                lines.append(f"{_named(story)}: {ends}")
        return lines

    def false_alarms(self) -> list[str]:
        return [f"{_named(t.story)}: {t.name}" for t in self.told if t.story is not None and not t.story.relevant]

    def states(self) -> list[str]:
        lines = []
        for name, outlet in self.room.outlets.items():
            told = Counter(t.name for t in self.told if t.change["source"] == name and t.name.startswith("source_"))
            here = [
                trouble for trouble in self.plan.troubles if trouble.host == outlet.home and self._passed(trouble.end)
            ]
            whole = sum(trouble.kind not in {"walled", "empty"} for trouble in here)
            walled = sum(trouble.kind == "walled" for trouble in here)
            silent = sum(trouble.kind == "empty" for trouble in here)
            good = (
                whole <= told["source_failing"] <= whole + walled
                and told["source_silent"] == silent
                and told["source_recovered"] == told["source_failing"] + told["source_silent"]
            )
            if not good:
                lines.append(f"{name}: {dict(told)} for {[trouble.kind for trouble in here]}")
        return lines

    def _passed(self, moment: datetime) -> bool:
        return moment < START + timedelta(days=self.plan.days)

    def delivered_twice(self) -> list[str]:
        seen = Counter(str(told.change["id"]) for told in self.told)
        return [f"{one}: {count}" for one, count in seen.items() if count > 1]

    def counts(self) -> dict[str, Any]:
        waits = sorted(self._waits())
        late = sorted(self._late())
        with self.store.read() as session:
            held = session.scalar(select(func.count()).select_from(Item).where(Item.id.in_(select(Version.item_id))))
            items = session.scalar(select(func.count()).select_from(Item))
            visits = session.scalar(select(func.count()).select_from(Visit))
            versions = session.scalar(select(func.count()).select_from(Version))
            alerts = session.execute(select(Alert.kind, func.count()).group_by(Alert.kind)).all()
        return {
            "articles": len(self.stories),
            "relevant": len(self.relevant),
            "corrected figures": sum(len(story.corrections) for story in self.relevant),
            "items filed": items,
            "items fetched": held,
            "versions": versions,
            "visits": visits,
            "alerts": ", ".join(f"{kind} {count}" for kind, count in alerts),
            "new item told after, minutes (median, max)": _spread(waits),
            "correction told after, minutes (med., max)": _spread(late),
        }

    def _waits(self) -> Iterator[float]:
        for story in self.relevant:
            for told in self.of[story.number]:
                if told.name == "new_item" and told.kind == "alert":
                    yield _minutes(told, story.revisions[-1].at if story.fate == "growing" else story.published)

    def _late(self) -> Iterator[float]:
        for story in self.relevant:
            for before, after, at in story.corrections:
                told = [t for t in self.of[story.number] if t.values == (before, after)]
                yield from (_minutes(one, at) for one in told)


def _minutes(told: Told, since: datetime) -> float:
    return (datetime.fromisoformat(told.change["at"]) - since).total_seconds() / 60


def _spread(minutes: Sequence[float]) -> str:
    return f"{median(minutes):.0f}, {max(minutes):.0f}" if minutes else "none"


def _named(story: Story | None) -> str:
    return f"{story.outlet} {story.number} {story.fate or 'other'}" if story else "?"


def judge(room: Newsroom, plan: Plan, store_url: str, calls: Sequence[Any]) -> Findings:
    """What was missed, told twice or told wrongly, and the counts."""
    store = Store(store_url)
    try:
        judging = _Judge(room, plan, store, calls)
        return Findings(judging.wrong(), judging.counts())
    finally:
        store.close()
