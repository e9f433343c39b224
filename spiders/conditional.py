"""Conditional requests: the validators of an answer, sent back exactly as they were received."""

from __future__ import annotations

from scrapy.http import Response


def headers(etag: str | None, last_modified: str | None) -> dict[str, str | bytes]:
    """The headers that ask for an answer only if it has changed, byte by byte as they were received.

    The time of our own clock is no validator.
    """
    asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value.encode("latin-1", "ignore") for name, value in asked.items() if value}


def validators(response: Response | None) -> tuple[str | None, str | None]:
    """ETag and Last-Modified as received."""
    if response is None:
        return None, None
    return _text(response, "ETag"), _text(response, "Last-Modified")


def _text(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
