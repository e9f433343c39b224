"""How the replica sites stand in a configuration: one definition for each source, with its watches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monitor.rehearsal.replicas import GOBPE_SEARCH, ILO_LISTING, IOM_LISTING, NEWS_FEED, STATE_FEED

if TYPE_CHECKING:
    from collections.abc import Mapping

INTERVAL = 60
"""Minutes between two visits, on the clock of the rehearsal."""

ILO_LINKS = r"/resource/(?:news|article)/(?!all-news)[^/?#]+$"
IOM_LINKS = r"/es/news/[^?#]+$"
EDITION = "/reports/{year}-trafficking-in-persons-report/peru/"
QUERY = "?contenido[]=noticias&institucion[]=mpfn&sort_by=recent&sheet=1"


def sources(addresses: Mapping[str, str]) -> list[dict[str, Any]]:
    """The definitions of all sources, for sites at these addresses; each with its `id`, else as the TOML has them."""
    watches = _watches(addresses)
    kept = {"interval": INTERVAL, "delay": 0.0}
    return [
        {"id": "ilo", "name": "ILO (replica)", "spider": "ilo", "language": "en"} | kept | watches["ilo"],
        {"id": "iom", "name": "IOM Peru (replica)", "spider": "iom", "language": "es"} | kept | watches["iom"],
        {"id": "state", "name": "State (replica)", "spider": "state", "language": "en"} | kept | watches["state"],
        {"id": "news", "name": "Radio Andes (replica)", "spider": "news", "language": "es"} | kept | watches["news"],
        {"id": "gobpe", "name": "gob.pe (replica)", "spider": "news", "language": "es"} | kept | watches["gobpe"],
    ]


def _watches(at: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    edition = {"kind": "edition", "url": at["state"] + EDITION}
    releases = {"kind": "feed", "url": at["state"] + STATE_FEED}
    return {
        "ilo": {"watches": [{"kind": "listing", "url": at["ilo"] + ILO_LISTING, "links": ILO_LINKS, "pages": 2}]},
        "iom": {"watches": [{"kind": "listing", "url": at["iom"] + IOM_LISTING, "links": IOM_LINKS, "pages": 2}]},
        "state": {"watches": [edition, releases]},
        "news": {
            "identity": r"-noticia-(\d+)$",
            "watches": [{"kind": "feed", "url": at["news"] + NEWS_FEED}],
        },
        "gobpe": {
            "identity": r"/noticias/(\d+)-",
            "watches": [{"kind": "search", "url": at["gobpe"] + GOBPE_SEARCH + QUERY, "pages": 2}],
        },
    }
