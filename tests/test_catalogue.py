"""The catalogue: every entry loads, says how sure it is, and names no address that is known to be dead."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from monitor.configuration.loading import catalogue, configuration_of
from monitor.errors import ConfigurationError
from store.addresses import canonical, host_of, identity
from store.definitions import SourceDefinition, WatchDefinition

SOURCES = configuration_of({"sources": catalogue()}, "sqlite://", {}).sources
WATCHES = [(source, watch) for source in SOURCES.values() for watch in source.watches]
DEAD = [
    line
    for line in (Path(__file__).parent / "data" / "dead_addresses.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
SURVEYED = "2026-11-22"
THROTTLED = ("elcomercio.pe", "gestion.pe", "www.infobae.com")
GOBPE = ("mpfn", "mininter", "mimp", "pnp", "inei")
NAMED = {
    *("ilo", "iom", "state", "andina", "elcomercio", "larepublica", "rpp", "infobae", "gestion", "peru21", *GOBPE),
    *("defensoria", "chs", "dialogo", "living_in_peru", "insightcrime", "mongabay", "ojopublico", "unodc", "oas"),
    "google_news",
}


def watches_of(name: str, kind: str | None = None) -> list[WatchDefinition]:
    return [watch for watch in SOURCES[name].watches if kind in (None, watch.kind)]


def is_dead(address: str) -> bool:
    """Whether an address is one of the dead, or lies below one that ends in a slash."""
    bare = address.partition("?")[0].rstrip("/")
    return any(bare == dead.rstrip("/") or (dead.endswith("/") and address.startswith(dead)) for dead in DEAD)


def listed(name: str, address: str) -> bool:
    """Whether a watch of the source takes an address for that of an item."""
    return any(watch.links and re.search(watch.links, address) for watch in watches_of(name))


def test_every_source_that_was_asked_for_is_there() -> None:
    assert set(SOURCES) >= NAMED
    assert all(source.active for source in SOURCES.values())


@pytest.mark.parametrize(("source", "watch"), WATCHES, ids=[f"{s.id}-{w.url}" for s, w in WATCHES])
def test_every_watch_says_how_sure_it_is_and_since_when(source: SourceDefinition, watch: WatchDefinition) -> None:
    assert watch.confidence in {"high", "medium", "low"}
    assert watch.since is not None
    assert "2025-01" <= watch.since <= SURVEYED
    date.fromisoformat(watch.since if len(watch.since) == 10 else f"{watch.since}-01")
    assert source.name
    assert source.language in {"es", "en"}
    assert canonical(watch.url.replace("{year}", "2026").replace("{month}", "11"))


def test_no_address_is_watched_twice() -> None:
    addresses = Counter(canonical(watch.url) for _, watch in WATCHES)
    addresses.update(other for _, watch in WATCHES for other in watch.alternates)
    assert [address for address, count in addresses.items() if count > 1] == []


def test_no_address_is_known_to_be_dead() -> None:
    assert [watch.url for _, watch in WATCHES if is_dead(watch.url)] == []
    assert is_dead("https://elcomercio.pe/arc/outboundfeeds/rss/tags/trata-de-personas/")


def test_expressions_find_their_way_through_any_address_in_no_time() -> None:
    hostile = "https://" + "a-/noticia-" * 180
    for source, watch in WATCHES:
        assert len(re.findall(watch.links or "", hostile)) >= 0
        assert identity(hostile, source.id, source.identity) is not None


def test_short_feeds_are_visited_often_and_throttled_hosts_seldom() -> None:
    assert SOURCES["rpp"].interval <= 20
    for source, watch in WATCHES:
        assert source.delay >= (3 if source.id == "oas" else 5)
        if watch.kind == "feed" and watch.follow:
            assert (watch.interval or source.interval) <= 720
        if host_of(watch.url) in THROTTLED:
            assert (watch.interval or source.interval) >= 15


def test_the_report_of_each_year_is_one_item_wherever_it_stands() -> None:
    source = SOURCES["state"]
    addresses = [a for w in watches_of("state") if w.kind in {"document", "edition"} for a in (w.url, *w.alternates)]
    keys = {identity(a.replace("{year}", "2025"), source.id, source.identity) for a in addresses}
    assert keys == {f"state:{year}" for year in range(2017, 2026)}
    assert "https://www.state.gov/reports/2019-trafficking-in-persons-report-2/peru/" in addresses
    assert (
        identity("https://www.state.gov/reports/2024-trafficking-in-persons-report/chile/", "state", source.identity)
        == ""
    )


def test_a_number_is_one_item_under_every_prefix_and_slug() -> None:
    def key(name: str, address: str) -> str:
        return identity(address, name, SOURCES[name].identity)

    spanish = "https://andina.pe/agencia/noticia-cae-red-trata-732749.aspx"
    joined = "https://andina.pe/agencia/noticia-otra-558146.aspx/www.paper.example/noticia-cae-red-trata-732749.aspx"
    assert key("andina", spanish) == key("andina", joined) == key("andina", spanish.replace("agencia", "ingles"))
    note = "https://www.gob.pe/institucion/mpfn/noticias/1234-titulo"
    assert key("mpfn", note) == key("mpfn", "https://www.gob.pe/institucion/mpfn/noticias/1234-otro-titulo")
    assert key("mpfn", note) != key("mpfn", note.replace("noticias", "informes-publicaciones"))
    assert key("rpp", "https://rpp.pe/peru/x-noticia-1500100") == key(
        "rpp", "https://rpp.pe/lima/y-noticia-1500100?ref=x"
    )
    assert key("ilo", "http://www.ilo.org/lima/WCMS_535482/lang--en/index.htm") == "ilo:535482"
    assert key("oas", "https://www.oas.org/es/c.asp?sCodigo=C-052/17") == key(
        "oas", "https://www.oas.org/es/c.asp?sCodigo=C-052%2F17"
    )


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("iom", "https://peru.iom.int/es/news/el-comercio-7/03/2018-todos-deben-saber"),
        ("ilo", "https://www.ilo.org/resource/news/new-data-forced-labour"),
        ("ilo", "https://www.ilo.org/es/resource/otros/nuevos-datos"),
        ("ojopublico", "https://ojo-publico.com/4821/las-rutas-la-trata"),
        ("peru21", "https://peru21.pe/politica/congreso-aprueba-ley-contra-la-trata/"),
        ("insightcrime", "https://insightcrime.org/es/noticias/trata-de-personas-peru/"),
        ("larepublica", "https://larepublica.pe/sociedad/2026/07/19/rescatan-a-victimas"),
        ("infobae", "https://www.infobae.com/peru/2026/08/01/rescatan-a-victimas/"),
        ("chs", "https://chsalternativo.org/?p=11671"),
        ("chs", "https://chsalternativo.org/reportealternativo/2024/01/31/a-report/"),
        ("unodc", "https://www.unodc.org/rocol/es/noticias/peru/la-cooperacin-entre-per-y-ecuador.html"),
        ("oas", "https://www.oas.org/es/centro_noticias/comunicado_prensa.asp?sCodigo=C-052/17"),
        ("defensoria", "https://www.defensoria.gob.pe/defensoria-pide-medidas-contra-la-trata/"),
        ("andina", "https://andina.pe/ingles/noticia-peru-rescues-victims-732750.aspx"),
    ],
)
def test_patterns_take_articles_as_the_sites_write_them(name: str, address: str) -> None:
    assert listed(name, address)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("ilo", "https://www.ilo.org/resource/news/all-news-recent"),
        ("iom", "https://peru.iom.int/es/news"),
        ("elcomercio", "https://elcomercio.pe/ecdata/datos-noticia/"),
        ("ojopublico", "https://ojo-publico.com/sala-del-poder/crimen-organizado"),
        ("insightcrime", "https://insightcrime.org/es/noticias/"),
        ("defensoria", "https://www.defensoria.gob.pe/noticias/"),
        ("andina", "https://andina.pe/agencia/seccion-politica-17.aspx"),
    ],
)
def test_patterns_leave_out_what_is_no_article(name: str, address: str) -> None:
    assert not listed(name, address)


def test_what_is_for_discovery_only_is_never_fetched() -> None:
    assert all(not watch.follow for watch in watches_of("google_news"))
    assert all(watch.follow for source, watch in WATCHES if source.id != "google_news")


@pytest.mark.parametrize(
    ("watch", "said"),
    [
        ({"links": "("}, "not a regular expression"),
        ({"since": "last May"}, "since"),
        ({"interval": 60}, "at least one watch must have no interval"),
        ({"confidence": "sure"}, "confidence"),
    ],
)
def test_a_wrong_key_of_a_watch_is_named(watch: dict[str, object], said: str) -> None:
    watches = [{"kind": "feed", "url": "https://paper.example/rss"} | watch]
    with pytest.raises(ConfigurationError, match=said):
        configuration_of({"sources": {"paper": {"watches": watches}}}, "sqlite://", {})
