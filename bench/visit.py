"""What a visit costs: CPU for each page when all is new and when nothing changed, as a ratio to plain requests.

A replica site with PAGES articles is visited by the product, and fetched by a bare HTTP client in the same run.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiohttp

from monitor.chain.walk import Walk
from monitor.configuration.loading import configuration_of
from monitor.rehearsal.site import Site
from monitor.visits.visit import Visitor
from store import sources
from store.database import Store

PAGES = 200
ROUNDS = 3
ARTICLE = """<!doctype html><html lang="es"><head><title>Nota {n}</title></head><body><nav>{menu}</nav><article>
<h1>Trata de personas en el Perú: nota {n}</h1>{paragraphs}</article><footer>{menu}</footer></body></html>"""
FIGURE = "<p>En {year} la Fiscalía registró {value} denuncias por trata de personas en {region}, según su balance.</p>"
WORDS = (  # noqa: SIM905 - words are read best as a text
    "la institución presentó ante el congreso su plan para atender a las víctimas y pidió más recursos en las regiones "
    "donde operan bares minas y puertos mientras autoridades vecinos maestras y organizaciones reclaman protección "
    "justicia albergues trabajo digno escuelas prevención fronteras seguras jueces fiscales policías inspectores"
).split()
REGIONS = ("Loreto", "Puno", "Cusco", "Tacna", "Piura", "Tumbes", "Ucayali", "Junín", "Arequipa", "Lambayeque")


def paragraphs(number: int) -> str:
    """The text of an article: its own words, and two figures of its own."""
    chance = random.Random(number)
    said = [" ".join(chance.choices(WORDS, k=60)).capitalize() for _ in range(6)]
    figures = [
        FIGURE.format(year=chance.randint(2000, 2025), value=chance.randint(20, 900), region=chance.choice(REGIONS))
        for _ in range(2)
    ]
    return "".join([figures[0], *(f"<p>{text}.</p>" for text in said), figures[1]])


async def lay_out(site: Site) -> list[str]:
    """Put a feed and its articles on the site; gives their addresses."""
    paths = [f"/nota/{n}" for n in range(PAGES)]
    menu = "".join(f'<a href="/seccion/{i}">Sección {i}</a>' for i in range(60))
    for n, path in enumerate(paths):
        site.put(path, ARTICLE.format(n=n, menu=menu, paragraphs=paragraphs(n)), "text/html; charset=utf-8")
    items = "".join(
        f"<item><title>Trata: nota {n}</title><link>{site.address}{p}</link></item>" for n, p in enumerate(paths)
    )
    site.put("/rss", f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>', "application/rss+xml")
    return [site.address + path for path in paths]


async def plain(addresses: list[str]) -> None:
    """Fetch every page, and nothing else."""
    async with aiohttp.ClientSession() as session:
        for address in addresses:
            async with session.get(address) as answer:
                await answer.read()


async def measured(work: Callable[[], Awaitable[object]]) -> float:
    """Milliseconds of CPU for each page."""
    start = time.process_time()
    await work()
    return (time.process_time() - start) * 1000 / PAGES


async def one_round(folder: Path) -> tuple[float, float, float]:
    """CPU for each page: plain requests, a visit where all is new, one where nothing changed."""
    async with Site() as site:
        addresses = await lay_out(site)
        watch = {"kind": "feed", "url": site.address + "/rss"}
        values = {"private_networks": ["127.0.0.0/8"], "sources": {"bench": {"delay": 0.0, "watches": [watch]}}}
        configuration = configuration_of(values, f"sqlite:///{folder / 'bench.db'}", {})
        store = Store(configuration.store)
        with store.write() as session:
            sources.sync(session, configuration.sources.values())
        visitor = Visitor(store, configuration, Walk())
        source = configuration.sources["bench"]
        bare = await measured(lambda: plain(addresses))
        new = await measured(lambda: visitor.visit(source, "bench"))
        same = await measured(lambda: visitor.visit(source, "bench"))
        store.close()
    return bare, new, same


def main() -> None:
    """Print the median of the rounds."""
    rounds = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            rounds.append(asyncio.run(one_round(Path(folder))))
    bare, new, same = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(f"plain requests (client and server)  {bare:6.1f} ms a page")
    print(f"a visit, all new                    {new:6.1f} ms a page   {new / bare:5.1f} times")
    print(f"a visit, nothing changed            {same:6.1f} ms a page   {same / bare:5.1f} times")


if __name__ == "__main__":
    main()
