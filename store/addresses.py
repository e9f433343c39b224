"""Addresses: as they are asked for, and the canonical form that tells items apart however they were linked."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

LONGEST = 2000
TRACKING = frozenset(
    [
        "ref",
        "ref_src",
        "ref_url",
        "referer",
        "referrer",
        "fbclid",
        "gclid",
        "dclid",
        "gbraid",
        "wbraid",
        "msclkid",
        "twclid",
        "yclid",
        "igshid",
        "igsh",
        "mc_cid",
        "mc_eid",
        "_ga",
        "_gl",
        "mkt_tok",
        "ncid",
        "cmpid",
        "ito",
        "smid",
        "spm",
        "sharedfrom",
        "fb_action_ids",
        "amp",
        "amp_js_v",
        "usqp",
    ]
)
TRACKING_PREFIXES = ("utm_", "pk_", "mtm_", "hsa_", "__twitter", "amp_")
VIEWS = frozenset({"amp", "print", "printable", "imprimir", "rss", "feed", "share"})  # of a page, not another page
VIEW_NAMES = frozenset({"outputtype", "view", "view_mode", "format", "output", "print", "printable", "imprimir"})
SAME_HOSTS = ("www.", "m.", "mobile.", "movil.", "amp.")
PORTS = {"http": ":80", "https": ":443"}
_ARCHIVED = re.compile(
    r"https?://web\.archive\.org(?::\d+)?/web/(?P<at>\d{4,14})(?:[a-z]{2}_)?/(?:(?P<scheme>https?):/+)?(?P<rest>[^/*].*)",
    re.IGNORECASE | re.DOTALL,
)
_FIRST_MOMENT = "00000101000000"  # of a year, where only that is written
_VIEW_END = re.compile(r"/(?:amp|print|imprimir|amp\.html|index\.(?:html?|php|aspx?))$|\.amp$", re.IGNORECASE)


def absolute(link: str, base: str) -> str | None:
    """A link of a page as an address of the web, or None where it is none (mail, script, a fragment alone)."""
    link = link.strip()
    if not link or link.startswith("#") or len(link) > LONGEST:
        return None
    try:
        address = urljoin(base, link)
        parts = urlsplit(address)
        _ = parts.port  # raises where it is no number
    except ValueError:
        return None
    return address if parts.scheme in {"http", "https"} and parts.hostname else None


def asked(address: str) -> str:
    """The address to ask for: as it was given, without fragment and tracking parameters.

    Host and path stay: a mobile host or a view may be the only one that answers. Raises ValueError where it is no
    address of the web.
    """
    parts = urlsplit(safe_url_string(address.strip()))
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        message = f"not an address of the web: {address[:200]!r}"
        raise ValueError(message)
    host = parts.netloc.rpartition("@")[2].lower().removesuffix(PORTS[parts.scheme])
    return urlunsplit((parts.scheme, host, parts.path or "/", _without_tracking(parts.query), ""))


def canonical(address: str) -> str:
    """What tells one item from another: one form for all hosts, schemes, views and endings of the same page.

    A copy in the web archive has that of the page which it is a copy of.
    """
    address = address.strip()
    while archived := _ARCHIVED.fullmatch(address):
        address = f"{archived['scheme'] or 'http'}://{archived['rest']}"
    parts = urlsplit(asked(address))
    host = parts.netloc
    for prefix in SAME_HOSTS:
        if host.startswith(prefix) and host.count(".") > 1:
            host = host.removeprefix(prefix)
            break
    path = safe_url_string(unquote(parts.path)) if "%2f" not in parts.path.lower() else parts.path
    path = _VIEW_END.sub("", path.rstrip("/")).rstrip("/")
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _view(name, value)]
    return urlunsplit(("https", host, path or "/", urlencode(query), ""))


def archived_at(address: str) -> datetime | None:
    """When the web archive fetched the copy at this address; None for any other address."""
    archived = _ARCHIVED.fullmatch(address.strip())
    if archived is None:
        return None
    written = archived["at"] + _FIRST_MOMENT[len(archived["at"]) :]
    try:
        return datetime.strptime(written, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def identity(address: str, source_id: str, pattern: str | None) -> str:
    """What tells one item of a source from another: the last number that the source's expression finds, or nothing.

    The last one, since addresses that were joined by mistake end in the true one.
    """
    if not pattern:
        return ""
    numbers = [found[1] if found.re.groups else found[0] for found in re.finditer(pattern, unquote(address[:LONGEST]))]
    return f"{source_id}:{numbers[-1]}" if numbers else ""


def host_of(address: str) -> str:
    """The host of an address, with its port where that is not the usual one."""
    parts = urlsplit(address)
    return parts.netloc.rpartition("@")[2].lower().removesuffix(PORTS.get(parts.scheme, ""))


def _without_tracking(query: str) -> str:
    if not query:
        return ""
    pairs = [pair for pair in query.split("&") if not _tracks(pair.partition("=")[0].lower())]
    return "&".join(pairs)


def _tracks(name: str) -> bool:
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)


def _view(name: str, value: str) -> bool:
    return name.lower() in VIEW_NAMES and value.lower() in VIEWS | {"1", "true", ""}
