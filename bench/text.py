"""What taking the text of a page costs, and whether trafilatura's fast path gives the same words.

    .venv/bin/python bench/text.py

Papers: those that the tests make, in ms of CPU a page, and how many of their paragraphs come out in one piece.
Pages: all articles of the replica sites, whose paragraphs are known, and the pages of tests/data/pages with the texts
that a reader would take from them.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import trafilatura

from monitor.papers.apart import read_apart
from monitor.papers.pdf import read_pdf
from monitor.rehearsal.articles import read_articles
from monitor.rehearsal.replicas import LAYOUTS
from monitor.rehearsal.site import Asked
from monitor.text import read_page
from monitor.text.article import article_text, extract
from monitor.text.head import Head
from monitor.text.markup import parse
from tests import papers_made as made

PAGES = Path(__file__).parents[1] / "tests" / "data" / "pages"
FETCHED = datetime(2026, 11, 1, tzinfo=UTC)
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Known:
    """A page with its text as a careful reader takes it."""

    name: str
    content: bytes
    text: str


def known_pages() -> Iterator[Known]:
    """The pages of the replicas, then those of the tests."""
    articles = read_articles(date(2025, 5, 4))
    for site, layout in LAYOUTS.items():
        pages = layout([article for article in articles.values() if article.site == site], "http://127.0.0.1:8000")
        for article in articles.values():
            if article.site == site:
                body = pages[article.path].body
                markup = body(Asked({}, 0)) if callable(body) else body
                content = markup if isinstance(markup, bytes) else markup.encode()
                yield Known(article.key, content, "\n".join(article.paragraphs))
    for path in sorted(PAGES.glob("*.html")):
        yield Known(path.name, path.read_bytes(), path.with_suffix(".txt").read_text(encoding="utf-8"))


def plain(*, fast: bool = False, with_metadata: bool = False) -> Callable[[bytes], str]:
    """Trafilatura alone on the bytes."""

    def read(content: bytes) -> str:
        found = trafilatura.bare_extraction(
            content, fast=fast, with_metadata=with_metadata, include_comments=False, favor_precision=True
        )
        return "" if found is None or isinstance(found, dict) else found.text or ""

    return read


def whole(content: bytes) -> str:
    """All that is done with a page: text, title, publisher, language, dates."""
    return read_page(content, "text/html", {}, FETCHED).text


def prepared(content: bytes) -> str:
    """The text alone, by the way that the product takes."""
    markup = parse(content)
    return article_text(markup.tree, Head(markup.tree)) if markup is not None else ""


def prepared_slow(content: bytes) -> str:
    """As `prepared`, with trafilatura's comparison of extractors."""
    markup = parse(content)
    if markup is None:
        return ""
    article_text(markup.tree, Head(markup.tree))
    return extract(markup.tree, fast=False)


PAPERS: tuple[tuple[Callable[[], bytes], Sequence[str], int], ...] = (
    (lambda: made.typeset(2), made.TEXTS, 2),
    (lambda: made.typeset(3, 8), made.TEXTS, 2),
    (made.framed, made.TEXTS, 3),
    (made.row_by_row, made.TEXTS[:4], 1),
    (made.numbered, made.TEXTS, 4),
    (made.ruled, made.TEXTS[:2], 1),
    (made.bound, made.TEXTS, 1),
)

WAYS: dict[str, Callable[[bytes], str]] = {
    "trafilatura, with metadata": plain(with_metadata=True),
    "trafilatura": plain(),
    "trafilatura, fast": plain(fast=True),
    "ours, text alone": prepared,
    "ours, whole page": whole,
}


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def measure(read: Callable[[bytes], str], pages: Sequence[Known]) -> tuple[float, int, int]:
    """Milliseconds of CPU a page (the best round), words that are missing and words that are too many."""
    texts = [read(page.content) for page in pages]
    missing = sum((words(page.text) - words(text)).total() for page, text in zip(pages, texts, strict=True))
    extra = sum((words(text) - words(page.text)).total() for page, text in zip(pages, texts, strict=True))
    rounds = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for page in pages:
            read(page.content)
        rounds.append((time.process_time() - begun) * 1000 / len(pages))
    return min(rounds), missing, extra


def papers() -> None:
    """Print what reading a page of a paper costs, and what a process of its own adds to that."""
    took, pages, whole, wanted = 0.0, 0, 0, 0
    for make, parts, times in PAPERS:
        content = make()
        begun = time.process_time()
        paper = read_pdf(content)
        took += time.process_time() - begun
        pages += len(paper.pages)
        whole += sum(min(times, paper.text.count(part)) for part in parts)
        wanted += times * len(parts)
    print(f"\npapers: {pages} pages, {1000 * took / pages:.1f} ms a page, {whole} of {wanted} paragraphs whole")
    begun = time.perf_counter()
    read_apart("pdf", made.by_hand())
    print(f"a paper of one page in a process of its own: {1000 * (time.perf_counter() - begun):.0f} ms")


def main() -> None:
    """Print a table for both sets of pages, where the two paths differ, and what papers cost."""
    pages = list(known_pages())
    sets = {
        "replicas": [p for p in pages if "/" in p.name],
        "pages of the tests": [p for p in pages if "/" not in p.name],
    }
    for name, chosen in sets.items():
        total = sum(words(page.text).total() for page in chosen)
        print(f"\n{name}: {len(chosen)} pages, {total} words\n{'':32}{'ms a page':>10}{'missing':>10}{'too many':>10}")
        for way, read in WAYS.items():
            took, missing, extra = measure(read, chosen)
            print(f"{way:32}{took:10.1f}{missing:10}{extra:10}")
    differing = [p.name for p in pages if words(prepared(p.content)) != words(prepared_slow(p.content))]
    print(f"\nfast and slow path give other words on {len(differing)} of {len(pages)} prepared pages: {differing}")
    papers()


if __name__ == "__main__":
    main()
