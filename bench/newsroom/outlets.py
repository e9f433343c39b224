"""The outlets of a replica newsroom: how each lists its items, how often, and with which habits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

NOTICIA, ASPX, GOB = r"-noticia-(\d+)", r"-(\d+)\.aspx", r"/noticias/(\d+)-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """`share` items a month, `relevant` of them on the topic; `length` entries on a page of `shape`, `pages` of them.

    `shape` is feed, news (a news sitemap), index (of sitemaps), listing, search or posts (of WordPress). `habits`:
    amp, utm, ref (decorated addresses in its list), mobile (a path that redirects), front (a listing beside the feed),
    counters (pages that differ at each request), full (a feed with the whole articles), bare (no validators), dated
    (only Last-Modified), weak (only a weak ETag), retitled (the address follows the title).
    """

    id: str
    shape: str
    share: int
    relevant: int
    interval: float
    host: str = ""
    length: int = 20
    pages: int = 1
    language: str = "es"
    address: str = "/{section}/{slug}-{n}"
    identity: str | None = None
    habits: frozenset[str] = frozenset()

    @property
    def home(self) -> str:
        """The host on which it lives."""
        return self.host or self.id


@dataclass(frozen=True, slots=True)
class Trouble:
    """A host that fails for some hours; `walled` articles stand behind a check for robots, the lists do not."""

    host: str
    kind: Literal["wall", "walled", "broken", "cut", "empty", "busy"]
    begin: datetime
    end: datetime


def _habits(*names: str) -> frozenset[str]:
    return frozenset(names)


def _office(name: str, share: int, relevant: int) -> Outlet:
    """An institution on the portal of the state, which holds them all on one host."""
    return Outlet(
        id=name,
        host="portal",
        shape="search",
        share=share,
        relevant=relevant,
        interval=240,
        length=10,
        pages=2,
        address="/institucion/" + name + "/noticias/{n}-{slug}",
        identity=GOB,
        habits=_habits("weak"),
    )


STATION = Outlet(
    id="emisora",
    shape="feed",
    share=700,
    relevant=5,
    interval=30,
    length=15,
    address="/{section}/{slug}-noticia-{n}",
    identity=NOTICIA,
    habits=_habits("utm"),
)
CHRONICLE = Outlet(
    id="cronica",
    shape="feed",
    share=240,
    relevant=5,
    interval=90,
    length=40,
    habits=_habits("utm", "mobile", "front"),
)
GAZETTE = Outlet(id="gaceta", shape="news", share=180, relevant=4, interval=90, length=100)
MIGRATION = Outlet(
    id="migracion", shape="listing", share=40, relevant=3, interval=360, length=10, pages=3, address="/news/{slug}-{n}"
)
MONTH = (
    STATION,
    Outlet(
        id="matutino", shape="feed", share=420, relevant=6, interval=60, length=100, habits=_habits("amp", "counters")
    ),
    Outlet(id="infolima", shape="feed", share=380, relevant=6, interval=60, length=100, habits=_habits("ref", "full")),
    Outlet(
        id="agencia",
        shape="feed",
        share=300,
        relevant=6,
        interval=60,
        length=50,
        address="/noticia-{slug}-{n}.aspx",
        identity=ASPX,
        habits=_habits("bare", "retitled"),
    ),
    GAZETTE,
    Outlet(id="heraldo", shape="index", share=160, relevant=3, interval=240, pages=3, habits=_habits("dated")),
    CHRONICLE,
    Outlet(
        id="trabajo",
        shape="listing",
        share=30,
        relevant=2,
        interval=360,
        length=10,
        pages=3,
        language="en",
        address="/resource/news/{slug}-{n}",
    ),
    MIGRATION,
    Outlet(id="capital", shape="posts", share=60, relevant=3, interval=360, pages=2, habits=_habits("dated")),
    Outlet(
        id="crimen", shape="posts", share=60, relevant=2, interval=360, pages=2, language="en", habits=_habits("bare")
    ),
    Outlet(id="selva", shape="feed", share=90, relevant=2, interval=240, length=30, habits=_habits("ref")),
    Outlet(id="lupa", shape="listing", share=40, relevant=2, interval=360, length=12, address="/notas/{slug}-{n}"),
    Outlet(id="defensor", shape="feed", share=80, relevant=3, interval=240, habits=_habits("mobile")),
    Outlet(
        id="drogas",
        shape="listing",
        share=20,
        relevant=1,
        interval=360,
        length=10,
        pages=2,
        language="en",
        address="/press/{slug}-{n}",
    ),
    _office("fiscalia", 50, 3),
    _office("interior", 60, 1),
    _office("mujer", 40, 1),
    _office("policia", 40, 1),
    _office("estadistica", 10, 1),
)
# Three days of six of them, visited less often, since they must pass in some seconds.
DAYS = (
    replace(STATION, share=120, relevant=3, interval=90),
    replace(CHRONICLE, share=60, relevant=3, interval=360),
    replace(GAZETTE, share=50, relevant=2, interval=360),
    replace(MIGRATION, share=20, relevant=1, interval=360),
    replace(_office("fiscalia", 30, 2), interval=240),
    replace(_office("interior", 20, 1), interval=240),
)
