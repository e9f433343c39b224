"""The script of three days agrees with itself: what is expected is really written on the pages of the moment."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from monitor.rehearsal.articles import SITES, Article, read_articles
from monitor.rehearsal.story import CHANNELS, Delivery, ExpectedChange, Moment, Story

STARTS = [date(2026, 11, 20), date(2032, 1, 1), date(2032, 2, 28)]


@pytest.fixture(params=STARTS, ids=str)
def story(request: pytest.FixtureRequest) -> Story:
    return Story(request.param)


def reads(story: Story, moment: Moment, key: str) -> str:
    return " ".join(next(article for article in story.articles_at(moment) if article.key == key).paragraphs)


def changes(moment: Moment) -> list[ExpectedChange]:
    return [change for delivery in moment.expected for change in delivery.changes] + list(moment.quiet)


def moment_with(story: Story, change: str) -> tuple[Moment, Moment]:
    """The moment before and the moment of the first change of this kind."""
    index = next(i for i, moment in enumerate(story.moments) if change in {c.change for c in changes(moment)})
    return story.moments[index - 1], story.moments[index]


def test_the_moments_follow_each_other_within_three_days(story: Story) -> None:
    times = [moment.at for moment in story.moments]
    assert times == sorted(set(times))
    assert {moment.day for moment in story.moments} == {1, 2, 3}
    assert all(moment.at.date() == story.start + timedelta(days=moment.day - 1) for moment in story.moments)


def test_no_article_is_dated_after_the_moment_it_appears_or_long_before(story: Story) -> None:
    before: set[str] = set()
    for moment in story.moments:
        out = {article.key: article for article in story.articles_at(moment)}
        fresh = [article for key, article in out.items() if key not in before]
        assert all(article.published <= moment.at for article in fresh)
        if moment.day > 1:
            assert all(article.published.date() == moment.at.date() for article in fresh)
        before = set(out)


def test_every_figure_stands_in_its_article_in_a_sentence_with_its_year(story: Story) -> None:
    for figure in story.figures.values():
        states = [
            reads(story, moment, figure.article) for moment in story.moments if out(story, moment, figure.article)
        ]
        sentences = [sentence for text in states for sentence in text.split(". ") if figure.written in sentence]
        assert sentences, figure
        assert all(figure.period in sentence for sentence in sentences), figure


def out(story: Story, moment: Moment, key: str) -> bool:
    return key in {article.key for article in story.articles_at(moment)}


def test_no_two_articles_state_the_same_figure_but_the_reprint(story: Story) -> None:
    seen: dict[tuple[str, str, str], str] = {}
    for name, figure in story.figures.items():
        if name in {"assisted, corrected", "victims, reprinted"}:
            continue
        assert seen.setdefault((figure.indicator, figure.period, figure.area), name) == name


def test_expected_new_figures_appear_with_their_moment(story: Story) -> None:
    before, moment = moment_with(story, "new_statistic")
    change = next(change for change in changes(moment) if change.change == "new_statistic")
    assert change.figure is not None
    assert not out(story, before, change.figure.article)
    assert change.figure.written in reads(story, moment, change.figure.article)
    assert moment.at - story.articles[change.figure.article].published < timedelta(days=1)


def test_the_reprint_repeats_the_text_under_another_title_and_is_told_to_nobody(story: Story) -> None:
    _, moment = moment_with(story, "repeated_statistic")
    assert moment.expected == ()
    original, copy = (story.articles[key] for key in ("gobpe/registro-de-victimas", "news/reproduccion-fiscalia"))
    assert copy.paragraphs[:-1] == original.paragraphs
    assert copy.title != original.title
    assert copy.published > original.published


def test_the_correction_changes_one_figure_of_a_known_article(story: Story) -> None:
    before, moment = moment_with(story, "revised_statistic")
    change = next(change for change in changes(moment) if change.change == "revised_statistic")
    assert change.figure is not None
    key = change.figure.article
    old, new = reads(story, before, key), reads(story, moment, key)
    assert change.previous is not None
    assert f"{change.previous:.0f}" in old
    assert f"{change.previous:.0f}" not in new
    assert change.figure.written in new
    assert len(old) == len(new)


def test_the_withdrawal_takes_out_one_sentence_and_leaves_most_of_the_text(story: Story) -> None:
    before, moment = moment_with(story, "withdrawn_statistic")
    figure = story.figures["operations"]
    old, new = reads(story, before, figure.article), reads(story, moment, figure.article)
    assert figure.written in old
    assert figure.written not in new
    assert len(new) > 0.9 * len(old)
    assert "$" not in new
    assert "  " not in new


def test_what_changes_was_published_within_three_days_so_that_every_visit_looks_at_it_again(story: Story) -> None:
    for moment in story.moments:
        for key in (*moment.walls, *moment.unwalls, *(edit.article for edit in moment.edits)):
            published = story.articles[key].published
            assert published < story.moments[0].at, "a part of the baseline"
            assert moment.at - published < timedelta(days=2, hours=12)


def test_the_wall_and_its_end_bring_nothing(story: Story) -> None:
    walls = [moment for moment in story.moments if moment.walls or moment.unwalls]
    assert len(walls) == 2
    assert all(not changes(moment) for moment in walls)
    assert walls[0].walls == walls[1].unwalls


def test_a_source_that_breaks_is_told_once_and_once_more_when_it_is_back(story: Story) -> None:
    told = [(change.change, delivery.channel) for delivery in story.expected for change in delivery.changes]
    assert [change for change, channel in told if channel == "mail" and change.startswith("source_")] == [
        "source_failing",
        "source_recovered",
    ]
    assert [moment.breaks for moment in story.moments if moment.breaks] == [("state",)]


def test_every_message_is_expected_by_every_channel(story: Story) -> None:
    by_channel = {
        channel: [(d.kind, d.source, d.changes) for d in story.expected if d.channel == channel] for channel in CHANNELS
    }
    assert by_channel["mail"] == by_channel["webhook"]
    assert len(by_channel["mail"]) == len(SITES) + 6  # summaries; three items, a digest, two notices of a source


def test_the_baseline_is_one_summary_for_each_source(story: Story) -> None:
    summaries = [delivery for delivery in story.moments[0].expected if delivery.channel == "mail"]
    assert summaries == [Delivery("mail", "summary", site) for site in SITES]


def test_changes_name_the_article_they_are_of(story: Story) -> None:
    paths: dict[str, Article] = {article.path: article for article in story.articles.values()}
    for moment in story.moments:
        for change in changes(moment):
            if not change.change.startswith("source_"):
                assert change.url is not None
                assert paths[change.url].title == change.title
                assert paths[change.url].site == change.source


def test_nothing_is_left_open_in_the_texts() -> None:
    for article in read_articles(STARTS[0]).values():
        assert not any("$" in part for part in (article.title, article.path, *article.paragraphs)), article.key
