"""The stage of a rehearsal: all replica sites, the mailbox and the webhook receiver, moved through the story."""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any, Self

from monitor.rehearsal.articles import SITES
from monitor.rehearsal.clock import Clock
from monitor.rehearsal.mailbox import Mailbox
from monitor.rehearsal.receiver import Receiver
from monitor.rehearsal.replicas import LAYOUTS
from monitor.rehearsal.site import Site
from monitor.rehearsal.sources import sources
from monitor.rehearsal.story import Story

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import date

    from monitor.rehearsal.articles import Article
    from monitor.rehearsal.story import Moment

FAULT = 500


class Rehearsal:
    """Everything a watcher meets in the three days, on loopback. Make one with `Rehearsal.start`."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.clock = Clock(story.moments[0].at)
        self.sites = {name: Site(self.clock) for name in SITES}
        self.mailbox = Mailbox(self.clock)
        self.receiver = Receiver()
        self._laid: dict[str, frozenset[str]] = {}
        self._passed = 0

    @classmethod
    @asynccontextmanager
    async def start(cls, start: date) -> AsyncIterator[Self]:
        """Open every server and set the first moment; `start` is day one. All is closed at the end."""
        stage = cls(Story(start))
        async with AsyncExitStack() as stack:
            for site in stage.sites.values():
                await stack.enter_async_context(site)
            await stack.enter_async_context(stage.mailbox)
            await stack.enter_async_context(stage.receiver)
            stage.advance_to(stage.story.moments[0])
            yield stage

    @property
    def addresses(self) -> dict[str, str]:
        """The address of each site, by name."""
        return {name: site.address for name, site in self.sites.items()}

    @property
    def sources(self) -> list[dict[str, Any]]:
        """The definitions of the sources for the configuration."""
        return sources(self.addresses)

    def advance_to(self, moment: Moment) -> None:
        """Let everything happen up to and with this moment; the clock then stands at it. There is no way back."""
        while self._passed < len(self.story.moments) and self.story.moments[self._passed].at <= moment.at:
            self._pass(self.story.moments[self._passed])
            self._passed += 1

    def _pass(self, moment: Moment) -> None:
        self.clock.set_to(moment.at)
        articles = self.story.articles_at(moment)
        for name in SITES:
            self._lay_out(name, [article for article in articles if article.site == name])
        for key in moment.walls:
            self._site_of(key).wall(self.story.articles[key].path)
        for key in moment.unwalls:
            self._site_of(key).unwall(self.story.articles[key].path)
        for name in moment.breaks:
            self.sites[name].break_with(FAULT)
        for name in moment.mends:
            self.sites[name].mend()

    def _lay_out(self, name: str, articles: list[Article]) -> None:
        site = self.sites[name]
        pages = LAYOUTS[name](articles, site.address)
        for path, page in pages.items():
            site.put(path, page.body, page.content_type)
        for path in self._laid.get(name, frozenset()) - pages.keys():
            site.remove(path)
        self._laid[name] = frozenset(pages)

    def _site_of(self, key: str) -> Site:
        return self.sites[self.story.articles[key].site]
