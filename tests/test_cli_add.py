"""`add` as a stranger types it: a paper from a mail, a page found by hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from fpdf import FPDF
from sqlalchemy import select

from monitor.configuration.loading import catalogue
from monitor.rehearsal.site import Site
from store.database import Store
from store.models import Item, Visit
from tests.commands import LOOPBACK, Ended, tratawatch
from tests.newspaper import FEED, Newspaper, story

LINES = (
    "Informe sobre la trata de personas en el Perú.",
    "En 2024 la Policía Nacional del Perú rescató a 412 víctimas de trata de personas en Lima.",
    "La trata de personas es un delito que golpea sobre todo a mujeres jóvenes, recordó la institución.",
    "Las organizaciones piden más hogares de acogida para las víctimas de trata de personas del Perú.",
)


def paper(path: Path, lines: tuple[str, ...] = LINES) -> Path:
    """A PDF with these lines."""
    made = FPDF()
    made.add_page()
    made.set_font("helvetica", size=12)
    for line in lines:
        made.multi_cell(0, 8, line, new_x="LMARGIN", new_y="NEXT")
    made.output(str(path))
    return path


@pytest.fixture
def desk(tmp_path: Path, empty_sqlite: Path) -> Path:
    (tmp_path / "tratawatch.db").write_bytes(empty_sqlite.read_bytes())
    return tmp_path


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with Site() as site:
        yield site


def watch(desk: Path, site: Site) -> None:
    off = "".join(f"[sources.{name}]\nactive = false\n" for name in catalogue())
    own = f'[sources.diario]\ndelay = 0\nwatches = [{{ kind = "feed", url = "{site.address}{FEED}" }}]\n'
    (desk / "tratawatch.toml").write_text(LOOPBACK + off + own, encoding="utf-8")


def items(desk: Path) -> list[Item]:
    store = Store(f"sqlite:///{desk}/tratawatch.db")
    with store.read() as session:
        found = list(session.scalars(select(Item).order_by(Item.id)))
        assert not session.scalars(select(Visit)).all()
    store.close()
    return found


async def run(desk: Path, *arguments: str) -> Ended:
    return await asyncio.to_thread(tratawatch, *arguments, folder=desk)


def test_a_paper_is_filed_and_its_figures_are_printed(desk: Path) -> None:
    paper(desk / "Informe anual.pdf")
    ended = tratawatch("add", "Informe anual.pdf", "--source", "pnp_mail", "--published", "2025-02-01", folder=desk)
    assert ended.code == 0, ended.err
    assert [(one["change"], (one["statistic"] or {}).get("value")) for one in ended.lines] == [
        ("new_item", None),
        ("new_statistic", 412),
    ]
    first = ended.lines[0]
    assert first["url"].startswith("file:Informe%20anual.pdf#")
    assert (first["source"], first["published"]) == ("pnp_mail", "2025-02-01")
    (item,) = items(desk)
    assert (item.state, item.baseline, item.check_at) == ("held", False, None)


def test_the_same_paper_again_is_no_news_and_another_of_its_name_is_another(desk: Path) -> None:
    paper(desk / "a.pdf")
    tratawatch("add", "a.pdf", "--source", "pnp", folder=desk)
    again = tratawatch("add", "a.pdf", "--source", "pnp", folder=desk)
    assert (again.code, again.out) == (0, "")
    assert "was here already" in again.err
    paper(desk / "a.pdf", (*LINES, "En 2024 hubo 91 víctimas de trata de personas en Puno, según la Policía Nacional."))
    assert tratawatch("add", "a.pdf", "--source", "pnp", folder=desk).lines
    assert len(items(desk)) == 2


def test_the_title_that_a_person_gives_holds(desk: Path) -> None:
    paper(desk / "a.pdf")
    ended = tratawatch("add", "a.pdf", "--source", "pnp", "--title", "Anuario de la trata", folder=desk)
    assert {one["title"] for one in ended.lines} == {"Anuario de la trata"}


def test_a_page_that_was_saved_and_a_text_are_read_too(desk: Path) -> None:
    page = f"<html><body><article><h1>Trata</h1>{''.join(f'<p>{line}</p>' for line in LINES)}</article></body></html>"
    (desk / "page.html").write_text(page, encoding="utf-8")
    (desk / "text.txt").write_text("\n".join(LINES), encoding="utf-8")
    for name in ("page.html", "text.txt"):
        ended = tratawatch("add", name, "--source", "pnp", folder=desk)
        assert (ended.code, ended.lines[0]["change"]) == (0, "new_item"), ended.err


def test_a_file_without_text_is_kept_and_said(desk: Path) -> None:
    (desk / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    ended = tratawatch("add", "scan.png", "--source", "pnp", folder=desk)
    assert (ended.code, ended.out) == (1, "")
    assert "kept, but not readable" in ended.err
    assert [item.state for item in items(desk)] == ["held"]


def test_what_is_not_relevant_is_kept_with_the_reason(desk: Path) -> None:
    (desk / "a.txt").write_text(
        "El municipio inauguró una plaza nueva en el centro de la ciudad. " * 9, encoding="utf-8"
    )
    ended = tratawatch("add", "a.txt", "--source", "pnp", folder=desk)
    assert (ended.code, ended.out) == (0, "")
    assert "not relevant" in ended.err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("missing.pdf", "--source", "pnp"), 1, "No such file"),
        (("missing.pdf",), 2, "--source"),
        (("missing.pdf", "--source", "A B"), 2, "an id has small letters"),
        (("https://paper.example/a", "--source", "nobody"), 1, "no source 'nobody'"),
    ],
)
def test_what_is_wrong_is_said(desk: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    ended = tratawatch("add", *arguments, folder=desk)
    assert ended.code == code
    assert said in ended.err


async def test_a_page_found_by_hand_is_fetched_politely_and_read(desk: Path, site: Site) -> None:
    Newspaper(site).print(puno=story("1,814", "Puno"))
    watch(desk, site)
    ended = await run(desk, "add", f"{site.address}/puno?utm_source=mail", "--source", "diario")
    assert [one["change"] for one in ended.lines] == ["new_item", "new_statistic"], ended.err
    assert [seen.path for seen in site.requests] == ["/robots.txt", "/puno"]
    again = await run(desk, "add", f"{site.address}/puno", "--source", "diario")
    assert (again.code, again.out) == (0, "")
    assert "was here already" in again.err
    assert len(items(desk)) == 1


async def test_a_page_that_cannot_be_had_is_kept_for_the_next_visit(desk: Path, site: Site) -> None:
    watch(desk, site)
    ended = await run(desk, "add", f"{site.address}/none", "--source", "diario")
    assert ended.code == 1
    assert "could not be fetched" in ended.err
    assert [item.state for item in items(desk)] == ["pending"]


async def test_robots_are_obeyed_by_hand_too(desk: Path, site: Site) -> None:
    watch(desk, site)
    ended = await run(desk, "add", f"{site.address}/admin/puno", "--source", "diario")
    assert "robots.txt asks us not to" in ended.err
