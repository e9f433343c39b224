"""What a replica newsroom publishes: items with their edits, reprints and ends, all from a seed."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bench.newsroom.outlets import Outlet, Trouble

START = datetime(2026, 3, 2, 5, tzinfo=UTC)  # midnight in Lima
WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
# What becomes of the relevant items, in turn. `old` is out before the watch begins; `late` is corrected when it is no
# longer young, `twice` two times; `growing` is a few lines on something else at first.
FATES = (
    *("corrected", "old", "typo", "reprint", "moved", "corrected", "late", "removed", "plain", "twice", "reprint"),
    "growing",
)
EDITED_AFTER = {
    "corrected": 5.0,
    "typo": 3.0,
    "moved": 9.0,
    "removed": 20.0,
    "growing": 1.5,
    "twice": 8.0,
}  # hours, at least
SEEN = 2.5  # intervals after which a watch has seen what there was
BEFORE = timedelta(days=4)  # what lists hold when the watch begins


@dataclass(frozen=True, slots=True)
class Revision:
    """How an item reads from a moment on."""

    at: datetime
    title: str
    summary: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One true article, under whatever addresses; `corrections` are (value before, value after, when)."""

    number: int
    outlet: str
    language: str
    section: str
    revisions: tuple[Revision, ...]
    fate: str = ""
    figures: tuple[int, ...] = ()
    corrections: tuple[tuple[int, int, datetime], ...] = ()
    reprint_of: int | None = None
    moved: datetime | None = None
    removed: datetime | None = None

    @property
    def relevant(self) -> bool:
        return bool(self.fate)

    @property
    def published(self) -> datetime:
        return self.revisions[0].at

    def reads_at(self, now: datetime) -> int:
        """The number of the revision that stands now."""
        return max(0, sum(revision.at <= now for revision in self.revisions) - 1)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text on trafficking is about: two figures (a table of `figures` and its value each) of one region."""

    seed: str
    language: str
    region: str
    year: int
    kinds: tuple[int, int]
    values: tuple[int, int]


def slug(title: str) -> str:
    """A title as it stands in an address."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80]


def stories(seed: int, days: float, outlets: Sequence[Outlet], troubles: Sequence[Trouble]) -> list[Story]:
    """All items of these days and of the four before, in order of their numbers."""
    chance = Random(f"items {seed}")
    relevant = _relevant(chance, days, outlets, troubles)
    others = [
        _other(chance, outlet, days)
        for outlet in outlets
        for _ in range(outlet.share - sum(story.outlet == outlet.id for story in relevant))
    ]
    made = sorted([*relevant, *others], key=lambda story: (story.published, story.number, story.outlet))
    places = {story.number: 700_000 + place * 7 for place, story in enumerate(made) if story.relevant}
    return [
        replace(story, number=700_000 + place * 7, reprint_of=places.get(story.reprint_of or 0))
        for place, story in enumerate(made)
    ]


def _relevant(chance: Random, days: float, outlets: Sequence[Outlet], troubles: Sequence[Trouble]) -> list[Story]:
    slots = [outlet for outlet in outlets for _ in range(outlet.relevant)]
    chance.shuffle(slots)
    facts = {language: _all_facts(chance, language) for language in ("es", "en")}
    made: list[Story] = []
    waiting: list[tuple[int, Outlet]] = []
    for number, outlet in enumerate(slots, 1):
        fate = FATES[(number - 1) % len(FATES)]
        if fate == "reprint" and outlet.language == "es":  # there is hardly another outlet in English
            waiting.append((number, outlet))
        else:
            fate = "plain" if fate == "reprint" else fate
            at = _moment(chance, outlet, fate, days, troubles)
            made.append(_on_topic(number, outlet, next(facts[outlet.language]), at, (fate, days)))
    seen = {outlet.id: timedelta(minutes=outlet.interval * SEEN) for outlet in outlets}
    homes = {outlet.id: outlet.home for outlet in outlets}
    quiet = [s for s in made if not _meets(troubles, homes[s.outlet], s.published, s.published + seen[s.outlet])]
    settled = [(max(s.published + seen[s.outlet], s.moved or s.revisions[-1].at), s) for s in quiet]
    return made + _reprints(chance, waiting, settled, START + timedelta(hours=days * 24 - 20))


def _meets(troubles: Sequence[Trouble], host: str, begin: datetime, end: datetime) -> bool:
    """Whether a host is in trouble between two moments."""
    return any(trouble.host == host and trouble.begin < end and begin < trouble.end for trouble in troubles)


def _all_facts(chance: Random, language: str) -> Iterator[Facts]:
    """Figures of which no two are of the same thing, place and year."""
    words = WORDS[language]
    places = [(region, year) for region in words["regions"] for year in range(2017, 2026)]
    if language == "en":
        places = [(region, year - 9) for region, year in places]  # else the two languages would speak of the same
    chance.shuffle(places)
    for number, (region, year) in enumerate(places):
        kinds = chance.sample(range(len(words["figures"])), 2)
        values = [chance.randint(words["figures"][k]["low"], words["figures"][k]["high"]) for k in kinds]
        yield Facts(f"{language} {number}", language, region, year, (kinds[0], kinds[1]), (values[0], values[1]))


def _moment(chance: Random, outlet: Outlet, fate: str, days: float, troubles: Sequence[Trouble]) -> datetime:
    """When an item comes out: one that is edited has been seen before, so not while its host is in trouble."""
    if fate == "old":
        return START - timedelta(hours=chance.uniform(10, 60))
    latest = days * 24 - (260 if fate == "late" and days > 15 else 60 if days > 15 else 40)
    while True:
        at = START + timedelta(hours=chance.uniform(7, latest))
        seen = at + timedelta(minutes=outlet.interval * SEEN)
        if fate in {"plain", "removed"} or not _meets(troubles, outlet.home, at, seen):
            return at


def _on_topic(number: int, outlet: Outlet, facts: Facts, at: datetime, told: tuple[str, float]) -> Story:
    """A story on the topic; `told` is its fate, and the days that there are."""
    fate, days = told
    story = Story(
        number=number,
        outlet=outlet.id,
        language=outlet.language,
        section="peru",
        revisions=(_revision(at, facts),),
        fate=fate,
        figures=facts.values,
    )
    return _followed(story, facts, outlet.interval / 60, days)


def _followed(story: Story, facts: Facts, interval: float, days: float) -> Story:
    """A story with what becomes of it; `interval` is in hours."""
    late = 200 if days > 15 else 30
    at = story.published + timedelta(hours=max(EDITED_AFTER.get(story.fate, 0.0), SEEN * interval))
    first, revised = story.revisions[0], {"corrected": [at], "twice": [at, at + timedelta(hours=late / 4)]}
    match story.fate:
        case "corrected" | "twice":
            story = _corrected(story, facts, revised[story.fate])
        case "late":
            story = _corrected(story, facts, [story.published + timedelta(hours=late)])
        case "typo":
            misspelt = (_misspelt(first.paragraphs[0]), *first.paragraphs[1:])
            story = replace(story, revisions=(replace(first, paragraphs=misspelt), replace(first, at=at)))
        case "moved":
            story = replace(story, moved=at)
        case "removed":
            story = replace(story, removed=at)
        case "growing":
            story = replace(story, revisions=(_stub(story.published, facts), replace(first, at=at)))
    return story


def _misspelt(line: str) -> str:
    """A line whose longest word lacks a letter."""
    word = max(re.findall(r"[^\W\d_]+", line), key=len)
    return line.replace(word, word[:3] + word[4:], 1)


def _corrected(story: Story, facts: Facts, moments: Sequence[datetime]) -> Story:
    revisions, corrections = list(story.revisions), []
    for number, at in enumerate(moments, 1):
        before = facts.values[0]
        after = before + before // 9 + 4 * number
        facts = replace(facts, values=(after, facts.values[1]))
        revisions.append(_revision(at, facts))
        corrections.append((before, after, at))
    return replace(story, revisions=tuple(revisions), corrections=tuple(corrections))


def _reprints(
    chance: Random, waiting: Sequence[tuple[int, Outlet]], settled: Sequence[tuple[datetime, Story]], end: datetime
) -> list[Story]:
    """Stories of other outlets, with a word on where they come from, once a watch has seen the original."""
    found: list[Story] = []
    for number, outlet in waiting:
        taken = {story.reprint_of for story in found}
        since, original = chance.choice(
            [
                (since, story)
                for since, story in settled
                if (story.language, story.number in taken) == (outlet.language, False)
                and story.outlet != outlet.id
                and story.fate in {"plain", "moved", "typo"}
                and since + timedelta(hours=5) < end
            ]
        )
        revision = _reprinted(original, since + timedelta(hours=chance.uniform(0, 5)), outlet.language)
        copied = replace(original, number=number, outlet=outlet.id, revisions=(revision,), fate="reprint")
        found.append(replace(copied, reprint_of=original.number, moved=None, removed=None, corrections=()))
    return found


def _reprinted(original: Story, at: datetime, language: str) -> Revision:
    last = original.revisions[-1]
    source = "Con información de {}." if language == "es" else "With material from {}."
    return replace(last, at=at, paragraphs=(*last.paragraphs, source.format(original.outlet.capitalize())))


def _revision(at: datetime, facts: Facts) -> Revision:
    """A text on these facts; the same seed gives the same words around other values."""
    chance, words = Random(facts.seed), WORDS[facts.language]
    kinds = [words["figures"][kind] for kind in facts.kinds]
    values = [_written(chance, value, facts.language) for value in facts.values]
    slots = {"region": facts.region, "year": str(facts.year)}
    short = kinds[0]["short"].format(value=values[0])
    title = _filled(chance, words, chance.choice(words["headlines"]), slots | {"value": short})
    lead = _filled(chance, words, chance.choice(words["leads"]), slots)
    told = [
        _filled(chance, words, chance.choice(kind["said"]), slots | {"value": value})
        for kind, value in zip(kinds, values, strict=True)
    ]
    around = [_filled(chance, words, line, slots) for line in chance.sample(words["context"], 6)]
    paragraphs = (lead, f"{told[0]} {around[0]}", *around[1:4], f"{around[4]} {told[1]}", around[5])
    return Revision(at, title, lead, paragraphs)


def _written(chance: Random, value: int, language: str) -> str:
    separator = "," if language == "en" else chance.choice([",", "\u00a0", ""])
    return f"{value:,}".replace(",", separator)


def _filled(chance: Random, words: dict[str, Any], line: str, slots: dict[str, str]) -> str:
    def fill(found: re.Match[str]) -> str:
        name = found[1]
        if name in slots:
            return slots[name]
        said: str = chance.choice(words[name.lower()])
        return said[0].upper() + said[1:] if name[0].isupper() else said

    return re.sub(r"\{(\w+)\}", fill, line)


def _stub(at: datetime, facts: Facts) -> Revision:
    """The first lines of a story of which nobody knows yet what it is about."""
    if facts.language == "es":
        title = f"{facts.region}: policía y fiscalía intervienen un local nocturno"
        text = f"Agentes intervinieron esta madrugada un local nocturno en {facts.region}. Noticia en desarrollo."
    else:
        title = f"Police and prosecutors raid a night venue in {facts.region}"
        text = f"Officers entered a night venue in {facts.region} this morning. More to follow."
    return Revision(at, title, text, (text,))


def _other(chance: Random, outlet: Outlet, days: float) -> Story:
    """An item on something else, at an hour at which news is made."""
    words = WORDS["plain"][outlet.language]
    section = chance.choice(sorted(words["sections"]))
    day = chance.randrange(-BEFORE.days, int(days))
    at = START + timedelta(days=day, hours=min(23.9, max(0.1, chance.gauss(13, 4.5))))
    subject, verb = chance.choice(words["subject"]), chance.choice(words["verb"])
    title = f"{subject} {verb} {chance.choice(words['sections'][section])}"
    summary = f"{title} {chance.choice(words['tail'])}."
    lines = [
        f"{chance.choice(words['subject'])} {chance.choice(words['verb'])} "
        f"{chance.choice(words['sections'][section])} {chance.choice(words['tail'])}. {chance.choice(words['closing'])}"
        for _ in range(chance.randint(3, 6))
    ]
    revision = Revision(at, title, summary, (summary, *lines))
    return Story(number=0, outlet=outlet.id, language=outlet.language, section=section, revisions=(revision,))
