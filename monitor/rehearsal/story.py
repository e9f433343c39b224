"""The script of the rehearsal: what happens on the replica sites in three days, and what must arrive for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from monitor.rehearsal.articles import LIMA, SITES, Article, read_articles, years

CHANNELS = ("mail", "webhook")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that an article states: `written` as it stands there, the slots as a careful reader reads them."""

    article: str
    written: str
    value: float
    indicator: str
    period: str
    provider: str
    area: str = "PE"


@dataclass(frozen=True, slots=True)
class ExpectedChange:
    """A change of the closed list; `url` is a path on the site of the source, `previous` a value."""

    change: str
    source: str
    url: str | None = None
    title: str | None = None
    figure: Figure | None = None
    previous: float | None = None
    copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message that must arrive by a channel, with exactly these changes; a `summary` or `digest` lists none.

    `kind` is `summary` (of a baseline), `digest` (of a day), `alert` (of one item, to readers) or `health` (of a
    source, to operators). The source of a digest is that of its first change.
    """

    channel: str
    kind: str
    source: str
    changes: tuple[ExpectedChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """In this article, `old` becomes `new`; an empty `new` takes it out."""

    article: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A point of the three days: what has happened by then, and what must arrive before the next moment.

    New articles are not listed: each appears with the first moment after its time of publication. `quiet` are changes
    that must be recorded, and must not be told. `breaks` and `mends` name sites, `walls` and `unwalls` articles.
    """

    day: int
    at: datetime
    happens: str
    edits: tuple[Edit, ...] = ()
    walls: tuple[str, ...] = ()
    unwalls: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    mends: tuple[str, ...] = ()
    expected: tuple[Delivery, ...] = ()
    quiet: tuple[ExpectedChange, ...] = ()


class Story:
    """Three days from `start` on (day one). All dates and years in the articles follow from it."""

    def __init__(self, start: date) -> None:
        self.start = start
        self.articles = read_articles(start)
        self.figures = figures(start)
        self.moments = (*_day_one(self), *_day_two(self), *_day_three(self))

    @property
    def expected(self) -> tuple[Delivery, ...]:
        """All that must arrive in the three days, in order, by every channel; nothing else may."""
        return tuple(delivery for moment in self.moments for delivery in moment.expected)

    @property
    def quiet(self) -> tuple[ExpectedChange, ...]:
        """Changes that must be on record after the three days though nobody was told."""
        return tuple(change for moment in self.moments for change in moment.quiet)

    def articles_at(self, moment: Moment) -> list[Article]:
        """The articles that are out at this moment, as they read then."""
        edits = [edit for past in self.moments if past.at <= moment.at for edit in past.edits]
        return [_edited(article, edits) for article in self.articles.values() if article.published <= moment.at]

    def at(self, day: int, hour: int) -> datetime:
        """The full hour, in Lima, of a day of the rehearsal (the first is 1)."""
        return datetime.combine(self.start + timedelta(days=day - 1), time(hour), LIMA)

    def change(self, change: str, article: str, **values: Any) -> ExpectedChange:
        """An expected change of an article, with its title and address."""
        told = self.articles[article]
        return ExpectedChange(change, told.site, url=told.path, title=told.title, **values)


def figures(start: date) -> dict[str, Figure]:
    """Every figure that the articles state, by a name of its own."""
    year = years(start)
    last, before, covered = year["last"], year["before"], year["covered"]
    return {
        "operations": Figure("ilo/peru-joint-plan", "96", 96, "operations", last, "PNP"),
        "offices": Figure("ilo/peru-joint-plan", "11", 11, "offices", last, "MPFN"),
        "assisted": Figure("iom/casas-de-acogida", "386", 386, "victims_assisted", last, "MIMP"),
        "assisted, corrected": Figure("iom/casas-de-acogida", "368", 368, "victims_assisted", last, "MIMP"),
        "complaints": Figure("iom/nadie-viaja", "57", 57, "complaints", before, "PNP", "PE-MDD"),
        "investigations": Figure("state/report", "342", 342, "investigations", covered, "MPFN"),
        "prosecutions": Figure("state/report", "187", 187, "prosecutions", covered, "MPFN"),
        "convictions": Figure("state/report", "63", 63, "convictions", covered, "PJ"),
        "shelters": Figure("state/report", "eight", 8, "shelters", covered, "MIMP"),
        "detentions": Figure("news/detenidos-trata", "148", 148, "detentions", last, "PNP"),
        "victims, before": Figure("gobpe/registro-anterior", "1 102", 1102, "victims", before, "MPFN"),
        "cases": Figure("gobpe/loreto", "74", 74, "cases", last, "MPFN", "PE-LOR"),
        "victims": Figure("gobpe/registro-de-victimas", "1 274", 1274, "victims", last, "MPFN"),
        "victims, reprinted": Figure("news/reproduccion-fiscalia", "1 274", 1274, "victims", last, "MPFN"),
    }


def _day_one(story: Story) -> tuple[Moment, ...]:
    summaries = tuple(delivery for site in SITES for delivery in _told("summary", site))
    return (
        Moment(1, story.at(1, 9), "The first visit of every source: what is there is the baseline", expected=summaries),
    )


def _day_two(story: Story) -> tuple[Moment, ...]:
    return (
        Moment(2, story.at(2, 10), "The public ministry publishes a new figure", expected=_new_figure(story)),
        Moment(2, story.at(2, 13), "A news site reprints it", quiet=_reprint(story)),
        Moment(
            2,
            story.at(2, 16),
            "A figure is corrected in an article that was known",
            edits=(Edit("iom/casas-de-acogida", "386 víctimas", "368 víctimas"),),
            expected=_corrected(story),
        ),
        Moment(2, story.at(2, 19), "A wall against robots stands before an article", walls=("news/detenidos-trata",)),
    )


def _day_three(story: Story) -> tuple[Moment, ...]:
    last = years(story.start)["last"]
    gone = f" In {last}, the National Police of Peru carried out 96 operations against trafficking in persons."
    failing = _told("health", "state", ExpectedChange("source_failing", "state"))
    recovered = _told("health", "state", ExpectedChange("source_recovered", "state"))
    return (
        Moment(
            3,
            story.at(3, 8),
            "The digest of the day; the wall is gone, the article is as before",
            unwalls=("news/detenidos-trata",),
            expected=_told("digest", "news"),
        ),
        Moment(
            3,
            story.at(3, 10),
            "The sentence with a figure is taken out of an article",
            edits=(Edit("ilo/peru-joint-plan", gone, ""),),
            expected=_withdrawn(story),
        ),
        Moment(3, story.at(3, 13), "A source breaks", breaks=("state",), expected=failing),
        Moment(3, story.at(3, 18), "It comes back", mends=("state",), expected=recovered),
    )


def _new_figure(story: Story) -> tuple[Delivery, ...]:
    key = "gobpe/registro-de-victimas"
    item = story.change("new_item", key)
    return _told("alert", "gobpe", item, story.change("new_statistic", key, figure=story.figures["victims"]))


def _reprint(story: Story) -> tuple[ExpectedChange, ...]:
    key, figure = "news/reproduccion-fiscalia", story.figures["victims, reprinted"]
    copied = story.articles["gobpe/registro-de-victimas"].path
    return (
        story.change("new_item", key, copy_of=copied),
        story.change("repeated_statistic", key, figure=figure, previous=story.figures["victims"].value),
    )


def _corrected(story: Story) -> tuple[Delivery, ...]:
    key, figure = "iom/casas-de-acogida", story.figures["assisted, corrected"]
    revised = story.change("revised_statistic", key, figure=figure, previous=story.figures["assisted"].value)
    return _told("alert", "iom", story.change("edited_item", key), revised)


def _withdrawn(story: Story) -> tuple[Delivery, ...]:
    key, figure = "ilo/peru-joint-plan", story.figures["operations"]
    withdrawn = story.change("withdrawn_statistic", key, previous=figure.value)
    return _told("alert", "ilo", story.change("edited_item", key), withdrawn)


def _told(kind: str, source: str, *changes: ExpectedChange) -> tuple[Delivery, ...]:
    return tuple(Delivery(channel, kind, source, changes) for channel in CHANNELS)


def _edited(article: Article, edits: list[Edit]) -> Article:
    for edit in edits:
        if edit.article == article.key:
            paragraphs = tuple(paragraph.replace(edit.old, edit.new) for paragraph in article.paragraphs)
            article = replace(article, paragraphs=paragraphs)
    return article
