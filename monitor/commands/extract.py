"""`extract`: documents in, statistics out, no store."""

from __future__ import annotations

import logging
import sys
from typing import Any, BinaryIO

import click
from rich.console import Console

from monitor.chain.documents import Document, page_of, read_documents
from monitor.chain.reading import Reading, read_page_text
from monitor.commands.lines import FILE, complain, counted
from monitor.errors import InputError
from monitor.figures.statistics_json import statistic_json
from monitor.logs import log_to, write_lines
from monitor.reader.language import languages

FAILED = "our rules failed on it"

log = logging.getLogger(__name__)


@click.command()
@FILE
def extract(file: BinaryIO) -> None:
    """Read the documents of FILE (JSON Lines, - for standard input) and print the statistics in each. No store."""
    err = Console(stderr=True)
    log_to(err, verbose=False)
    failed = False
    with counted(err, file) as lines:
        for document in read_documents(lines, file.name, languages(), sourced=False):
            if isinstance(document, InputError):
                failed = complain(document)
                continue
            reading = _read(document)
            failed = failed or reading is None
            write_lines([_line(document.doc_id, reading)])
    sys.exit(1 if failed else 0)


def _read(document: Document) -> Reading | None:
    """What a document says; None where our rules fail on it, so that the others are still read."""
    try:
        return read_page_text(page_of(document))
    except Exception:
        log.exception("error: %s: %s", document.place, FAILED)
        return None


def _line(doc_id: str | None, reading: Reading | None) -> dict[str, Any]:
    if reading is None:
        return {"doc_id": doc_id, "relevant": False, "reasons": [FAILED], "statistics": []}
    return {
        "doc_id": doc_id,
        "relevant": reading.relevance.relevant,
        "reasons": list(reading.relevance.reasons),
        "statistics": [statistic_json(statistic) for statistic in reading.statistics],
    }
