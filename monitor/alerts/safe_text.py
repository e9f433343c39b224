"""Text from pages made harmless for mails, headers and terminals: every alert's words pass through here."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit

TEXT_LIMIT = 2000
LINK_LIMIT = 2000
MARKS_IN_A_ROW = 4

_TERMINAL_SEQUENCE = re.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]")
_MARK = r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_PILED_MARKS = re.compile(f"({_MARK}{{{MARKS_IN_A_ROW}}}){_MARK}+")
_SPACES = re.compile(r"\s+")
_LINE_ENDS = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029")
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and symbols that show nothing
_KEPT_IN_LINKS = "%/:=&?~#+!$,;'@()*[]"


def harmless(text: str) -> str:
    """One line without control, bidi, invisible, unassigned or lone surrogate characters; spaces at the ends stay."""
    plain = _TERMINAL_SEQUENCE.sub("", text)
    kept = "".join(" " if mark in _LINE_ENDS else mark for mark in plain if mark in _LINE_ENDS or _is_shown(mark))
    return _SPACES.sub(" ", _PILED_MARKS.sub(r"\1", kept))


def clean(text: object, limit: int = TEXT_LIMIT) -> str:
    """`text` as one harmless line of at most `limit` code points, cut with an ellipsis; None gives an empty line."""
    line = harmless("" if text is None else str(text)[: limit * 8]).strip()
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def safe_link(url: object) -> str | None:
    """`url` in ASCII where it is http or https to a named host without user and password, else None."""
    if not isinstance(url, str) or len(url) > LINK_LIMIT or "\\" in url or harmless(url) != url or " " in url:
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
        ascii_host = _in_ascii(host or "")
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not ascii_host or "@" in parts.netloc:
        return None
    shown_host = f"[{ascii_host}]" if ":" in ascii_host else quote(ascii_host)
    netloc = shown_host if port is None else f"{shown_host}:{port}"
    return quote(parts._replace(scheme=parts.scheme.lower(), netloc=netloc).geturl(), safe=_KEPT_IN_LINKS)


def _in_ascii(host: str) -> str:
    return host if ":" in host else host.encode("idna").decode("ascii")


def _is_shown(mark: str) -> bool:
    return not unicodedata.category(mark).startswith("C") and mark not in _BLANK_LETTERS
