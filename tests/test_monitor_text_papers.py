"""PDF files and workbooks of many tools give text that reads as it was printed, or a verdict that says what to do."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from datetime import UTC, date, datetime

import pytest

from monitor.papers.apart import read_apart
from monitor.papers.grid import read_csv
from monitor.papers.pdf import read_pdf
from monitor.papers.rows import table_lines
from monitor.papers.sheets import read_workbook
from monitor.text import read_page
from tests import papers_made as made

FETCHED = datetime(2026, 11, 25, 12, tzinfo=UTC)
REGIONS = [
    "Región: Piura; 2024: 61; 2025: 74.",
    "Región: Madre de Dios; 2024: 118; 2025: 140.",
    "Región: San Martín; 2024: 9; 2025: 12.",
]


@pytest.mark.parametrize("columns", [2, 3])
def test_columns_are_read_one_after_the_other_and_cut_words_are_whole(columns: int) -> None:
    paper = read_pdf(made.typeset(columns, 11 if columns == 2 else 8))
    places = [paper.text.find(text) for text in made.TEXTS]
    assert -1 not in places
    assert places == sorted(places)
    assert all(paper.text.count(text) == 2 for text in made.TEXTS)


def test_columns_whose_lines_do_not_stand_level_are_read_one_after_the_other() -> None:
    text = read_pdf(made.framed()).text
    assert all(text.count(part) == 3 for part in made.TEXTS)


def test_columns_that_were_drawn_line_by_line_across_are_read_one_after_the_other() -> None:
    text = read_pdf(made.row_by_row()).text
    assert f"{made.RESCUES} {made.GIRLS}" in text
    assert f"{made.COURTS} {made.SHELTERS}" in text


def test_running_heads_and_page_numbers_are_left_out_and_pages_kept() -> None:
    paper = read_pdf(made.typeset(2))
    assert "Número 12" not in paper.text
    assert len(paper.pages) == 2
    assert not [line for line in paper.text.split("\n") if line.isdigit()]
    numbered = read_pdf(made.numbered())
    assert "Página" not in numbered.text
    assert numbered.text.count("Informe anual") == 1
    assert all(numbered.text.count(part) == 4 for part in made.TEXTS)


def test_contents_and_heads_that_change_with_the_chapter_are_left_out() -> None:
    assert read_pdf(made.bound()).text.split("\n") == [
        "Casos en Lima 402",
        *(f"{text} En la página hay {page * 11} casos." for page, text in enumerate(made.TEXTS, 2)),
    ]


def test_a_quote_can_be_given_its_page() -> None:
    page = read_page(made.half_scanned(), "application/pdf", {}, FETCHED)
    assert page.page_at(page.text.index(made.RESCUES)) == 1
    assert page.page_at(page.text.index(made.COURTS)) == 3
    assert read_page(b"texto", "text/plain", {}, FETCHED).page_at(2) is None


def test_the_rows_of_a_table_have_the_headings_of_their_columns() -> None:
    text = read_pdf(made.typeset(2)).text
    assert [f"Víctimas por región; {row}" for row in REGIONS] == text.split("\n")[-4:-1]
    assert "\n".join(REGIONS) in read_pdf(made.row_by_row()).text


def test_a_heading_over_several_columns_stands_in_each() -> None:
    assert read_pdf(made.ruled()).text.split("\n")[2:-1] == [
        "Departamento: Loreto; Víctimas Mujeres: 24; Víctimas Hombres: 7; Detenidos: 5.",
        "Departamento: Ucayali; Víctimas Mujeres: 51; Víctimas Hombres: 12; Detenidos: 9.",
        "Departamento: Puno; Víctimas Mujeres: 15; Víctimas Hombres: 7.",
    ]


def test_a_table_that_a_page_cuts_keeps_its_headings() -> None:
    paper = read_pdf(made.long_table())
    lines = paper.text.split("\n")
    assert len(paper.pages) > 1
    assert len(lines) == 90
    assert all(line.startswith("Distrito fiscal: Distrito ") and "; Denuncias: " in line for line in lines)
    assert lines[-1] == "Distrito fiscal: Distrito Dl; Denuncias: 92; Víctimas: 623."


def test_a_printed_web_page_is_read_as_it_was_written() -> None:
    paper = read_pdf(made.printed())
    assert all(paper.text.count(part) == 4 for part in made.TEXTS)
    assert "\nRegión: Madre de Dios; Mujeres: 118; Hombres: 140.\n" in paper.text
    assert paper.text.count("Informe alternativo") == 1
    assert len(paper.pages) > 2


@pytest.mark.parametrize("name", made.MADE)
def test_each_paper_gives_readable_text_or_a_verdict(name: str) -> None:
    page = read_page(made.MADE[name](), "application/pdf", {}, FETCHED)
    assert bool(page.text) != bool(page.unreadable)
    assert not re.search(r"[^\S\n ]|\u00ad|\ufffd|  |\n\n", page.text)
    assert all(line == line.strip() and not line.isdigit() for line in page.text.split("\n"))


def test_there_are_ten_papers_and_more_by_five_makers() -> None:
    assert len(made.MADE) > 10
    assert len({name.split(":")[0] for name in made.MADE}) == 5


@pytest.mark.parametrize("wide", range(100, 150, 5))
def test_the_spaces_of_justified_lines_are_no_columns(wide: int) -> None:
    text = read_pdf(made.printed(f"{wide}mm 180mm")).text
    assert [text.count(part) for part in made.TEXTS] == [4] * len(made.TEXTS)


def test_a_row_that_a_page_cuts_off_its_table_keeps_the_headings() -> None:
    assert "\nRegión: San Martín; Mujeres: 9; Hombres: 12.\n" in read_pdf(made.printed()).text


def test_dashes_stay_where_they_belong() -> None:
    text = read_pdf(made.by_hand()).text
    assert "muestra que 214 personas fueron rescatadas en los puertos." in text
    assert "El estudio socio-económico fue hecho por la Universidad Cayetano-Heredia en 2025." in text


@pytest.mark.parametrize(
    ("paper", "title", "published", "reason"),
    [
        (made.typeset(2), "Boletín de la trata en el norte", "2026-02-03", "text"),
        (made.numbered(), "Informe anual del observatorio del norte", "2026-01-14", "text"),
    ],
)
def test_title_and_date_are_those_of_the_paper(paper: bytes, title: str, published: str, reason: str) -> None:
    page = read_page(paper, "application/pdf", {}, FETCHED)
    assert (page.title, page.published, page.language) == (title, date.fromisoformat(published), "es")
    assert page.published_reason
    assert page.published_reason.split(";")[0] == reason


def test_a_title_that_a_program_gave_is_none() -> None:
    assert read_pdf(made.framed()).title == ""
    assert read_pdf(made.framed()).headline == "Informe del observatorio de 2025"


def test_the_date_of_a_listing_comes_first_and_a_conflict_is_told() -> None:
    page = read_page(made.typeset(2), "application/pdf", {"published": "2026-02-10"}, FETCHED)
    assert page.published == date(2026, 2, 10)
    assert page.published_reason == "given; text says 2026-02-03; metadata says 2026-02-03"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (made.scanned(), ["scan", "OCR", "tratawatch add"]),
        (made.locked(), ["password", "open copy"]),
        (made.typeset(2)[:4000], ["damaged"]),
        (b"%PDF-1.7\n" + b"\x00\xff" * 5000, ["damaged"]),
        (b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 99999999>>\nendobj\n", ["damaged"]),
    ],
    ids=["scanned", "locked", "cut", "noise", "circular"],
)
def test_what_cannot_be_read_says_what_it_is_and_what_to_do(content: bytes, words: list[str]) -> None:
    page = read_page(content, "application/pdf", {"title": "Boletín", "published": "2026-02-10"}, FETCHED)
    assert (page.title, page.text, page.published) == ("Boletín", "", date(2026, 2, 10))
    assert page.unreadable
    assert all(word in page.unreadable for word in words)


def test_pages_that_are_pictures_are_told_of() -> None:
    assert read_page(made.half_scanned(), "application/pdf", {}, FETCHED).remark == (
        "without text, as they are pictures: pages 2"
    )


def test_a_pdf_is_known_by_its_bytes_and_a_wall_in_its_place_is_read_as_a_page() -> None:
    assert "214 personas" in read_page(made.by_hand(), "application/octet-stream", {}, FETCHED).text
    wall = b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><p>Checking</p></body></html>"
    assert read_page(wall, "application/pdf", {}, FETCHED).title == "Just a moment..."


def test_a_paper_that_takes_too_long_is_left() -> None:
    begun = time.monotonic()
    paper = read_apart("pdf", made.by_hand(), seconds=0.001)
    assert paper.unreadable
    assert "took longer" in paper.unreadable
    assert time.monotonic() - begun < 5


def test_a_paper_that_its_reader_does_not_survive_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    paper = read_apart("pdf", made.by_hand())
    assert paper.unreadable
    assert "memory and time" in paper.unreadable


def test_a_page_full_of_words_is_read_in_bounded_time() -> None:
    canvas_text = " ".join(f"{place % 97}" for place in range(30_000))
    content = made.crowded(canvas_text)
    begun = time.process_time()
    read_pdf(content)
    assert time.process_time() - begun < 10


def test_a_workbook_is_read_sheet_by_sheet_as_rows_with_headings() -> None:
    page = read_page(made.workbook(), "application/vnd.ms-excel", {}, FETCHED)
    assert page.text.split("\n") == [
        "Regiones",
        "Víctimas de trata por región",
        *(f"Víctimas de trata por región; {row}" for row in REGIONS),
        "Fuente: observatorio del norte",
    ]
    assert page.pages == (0,)


def test_a_file_that_swells_beyond_its_bounds_harms_nobody() -> None:
    paper = read_apart("pdf", made.swollen(2 << 30))
    assert paper.unreadable or len(paper.text) < 100_000


@pytest.mark.parametrize("content", [b"PK\x03\x04 xl/ broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 900])
def test_a_damaged_workbook_says_so(content: bytes) -> None:
    paper = read_workbook(content)
    assert paper.unreadable
    assert "damaged" in paper.unreadable


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separated_values_are_rows_with_headings(separator: str) -> None:
    text = "\r\n".join(separator.join(row) for row in made.REGIONS)
    page = read_page(text.encode("cp1252"), "text/csv", {}, FETCHED)
    assert page.text.split("\n") == REGIONS
    assert read_csv("").unreadable


@pytest.mark.parametrize(
    ("grid", "caption", "lines"),
    [
        ([["Año", "Casos"], ["2024", "12"]], "", ["Año: 2024; Casos: 12."]),
        ([["", "Casos"], ["Lima", "12"]], "", ["Lima; Casos: 12."]),
        ([["Lima", "12"], ["Cusco", "9"]], "", ["Lima; 12.", "Cusco; 9."]),
        ([["Casos", "2023", "2024"], ["Lima", "1", "2"]], "", ["Casos: Lima; 2023: 1; 2024: 2."]),
        ([["Sí", "No"], ["acepta", "niega"]], "", ["Sí: acepta; No: niega."]),
        ([["Año", "Casos"], ["2024", "..."]], "Tabla 3: Casos", ["Tabla 3: Casos", "Año: 2024."]),
        ([["", "2024"], ["Lima", "12"]], "Tabla 3: Casos", ["Tabla 3: Casos", "Casos; Lima; 2024: 12."]),
        ([], "Tabla 3", []),
        ([["solo"]], "", ["solo."]),
    ],
)
def test_a_row_reads_alone(grid: list[list[str]], caption: str, lines: list[str]) -> None:
    assert table_lines(grid, caption) == lines


@pytest.mark.parametrize("module", ["monitor.cli", "monitor.papers.__main__"])
def test_what_is_heavy_is_loaded_only_where_it_is_needed(module: str) -> None:
    heavy = {"trafilatura"} if module.startswith("monitor.papers") else {"trafilatura", "pypdfium2", "python_calamine"}
    command = f"import sys, {module}; sys.exit(' '.join({heavy!r} & sys.modules.keys()) or 0)"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
