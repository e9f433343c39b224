"""How the replica sites would stand in a configuration: one definition for each source, and its watches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monitor.rehearsal.replicas import GOBPE_SEARCH, ILO_LISTING, IOM_LISTING, NEWS_FEED, STATE_FEED

if TYPE_CHECKING:
    from collections.abc import Mapping

INTERVAL = 60
"""Minutes between two visits, on the clock of the rehearsal."""


def sources(addresses: Mapping[str, str]) -> list[dict[str, Any]]:
    """The definitions of all sources, as the configuration would have them, for sites at these addresses."""
    watches = _watches(addresses)
    return [
        _source("ilo", "ILO (replica)", "ilo", "en") | {"watches": watches["ilo"]},
        _source("iom", "IOM Peru (replica)", "iom", "es") | {"watches": watches["iom"]},
        _source("state", "US State Department (replica)", "state", "en") | {"watches": watches["state"]},
        _source("news", "Radio Andes (replica)", "news", "es") | {"watches": watches["news"]},
        _source("gobpe", "Ministerio Público (replica)", "news", "es") | {"watches": watches["gobpe"]},
    ]


def _source(name: str, title: str, spider: str, language: str) -> dict[str, Any]:
    return {"id": name, "name": title, "spider": spider, "language": language, "interval": INTERVAL, "delay": 0.0}


def _watches(at: Mapping[str, str]) -> dict[str, list[dict[str, Any]]]:
    search = "?contenido[]=noticias&institucion[]=mpfn&sort_by=recent&sheet={page}"
    edition = "/reports/{year}-trafficking-in-persons-report/peru/"
    return {
        "ilo": [
            {
                "kind": "listing",
                "url": at["ilo"] + ILO_LISTING,
                "links": r"/resource/(news|article)/(?!all-news)[^/?#]+$",
            }
        ],
        "iom": [{"kind": "listing", "url": at["iom"] + IOM_LISTING, "links": r"/es/news/[^?#]+$"}],
        "state": [
            {"kind": "edition", "url": at["state"] + edition},
            {"kind": "feed", "url": at["state"] + STATE_FEED},
        ],
        "news": [{"kind": "feed", "url": at["news"] + NEWS_FEED}],
        "gobpe": [{"kind": "search", "url": at["gobpe"] + GOBPE_SEARCH + search}],
    }
