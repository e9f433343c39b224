"""What a reader of a watch is given, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass

from store.items import Entry

MOST = 1000  # entries of a page
Form = tuple[tuple[str, str], ...]
SHOWN = 60  # characters of an answer that an error quotes


def storable(text: str) -> str:
    """A text without what a database refuses: NUL, and halves of letters that JSON can carry."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


class UnreadableError(Exception):
    """An address did not answer with what it is watched for: the address, what was expected, what came instead."""

    def __init__(self, page: Page, expected: str) -> None:
        came = storable(" ".join(page.content[: 4 * SHOWN].decode("utf-8", "replace").split()))[:SHOWN]
        what = f"{page.content_type or 'no type'}, beginning {came!r}" if came else "an empty answer"
        super().__init__(f"{page.url}: expected {expected}, but {what} came")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The bytes of a watch, the address that they came from, and how the watch reads them.

    `links` is a regular expression that the address of an entry must match; `number` counts the pages of the list.
    """

    url: str
    content: bytes
    content_type: str = ""
    links: str | None = None
    number: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The entries of a page, in its order, and the addresses of the pages that go on with the list.

    With a `form`, the one address in `more` goes on where these fields are sent to it.
    """

    entries: tuple[Entry, ...] = ()
    more: tuple[str, ...] = ()
    form: Form = ()
