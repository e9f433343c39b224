"""Documents of invented agencies for tests that look the ledger up: a figure, who repeats it, who contradicts it."""

from __future__ import annotations

from typing import Any


def document(doc_id: str, source: str, day: str, text: str, **more: Any) -> dict[str, Any]:
    """A document of `source`, published and fetched on that day."""
    return {
        "doc_id": doc_id,
        "source": source,
        "url": f"https://{source}.example/{doc_id.rstrip('0123456789')}",
        "title": f"Trata de personas en el Perú: informe {doc_id}",
        "published": day,
        "fetched": f"{day}T12:00:00Z",
        "text": text,
    } | more


FIRST = document(
    "primera",
    "valle",
    "2024-02-01",
    "La Policía Nacional registró 610 víctimas de trata de personas en el Perú en 2023. El informe no dice más.",
)
REPEATED = document(
    "eco",
    "litoral",
    "2024-03-01",
    "Según la Policía, en 2023 se registraron 610 víctimas de trata de personas en el Perú, recordó el aviso.",
)
OTHER_VOICE = document(
    "fiscal",
    "sierra",
    "2024-04-01",
    "La Fiscalía registró 882 víctimas de trata de personas en el Perú en 2023, informó su oficina central.",
)
REVISED = document(
    "corregida",
    "valle",
    "2024-05-01",
    "La Policía Nacional registró 655 víctimas de trata de personas en el Perú en 2023, tras revisar sus casos.",
)
REGION = document(
    "region",
    "selva",
    "2024-05-02",
    "En Madre de Dios se presentaron 47 denuncias por trata de personas en 2022, según el Ministerio Público.",
)
CITY = document(
    "ciudad",
    "selva",
    "2024-05-03",
    "En Lima Metropolitana se presentaron 93 denuncias por trata de personas en 2021, según el Ministerio Público.",
)
ALL = (FIRST, REPEATED, OTHER_VOICE, REVISED, REGION, CITY)
