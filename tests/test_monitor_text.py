"""A page as read: the words of its article, and what it says of itself."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.text import Page, read_page

PAGES = Path(__file__).with_name("data") / "pages"
FETCHED = datetime(2026, 11, 1, 12, tzinfo=UTC)
ARTICLE = (
    "<p>La policía de Loreto rescató a 31 personas de la trata en 2025, informó la fiscalía de la región.</p>"
    "<p>Las víctimas, 19 de ellas mujeres, fueron llevadas a un albergue de Iquitos que tiene 24 plazas.</p>"
    "<p>En 2024 fueron 27 las personas rescatadas, según el mismo registro de denuncias de la policía.</p>"
)
TEXT = (
    "La policía de Loreto rescató a 31 personas de la trata en 2025, informó la fiscalía de la región.\n"
    "Las víctimas, 19 de ellas mujeres, fueron llevadas a un albergue de Iquitos que tiene 24 plazas.\n"
    "En 2024 fueron 27 las personas rescatadas, según el mismo registro de denuncias de la policía."
)

SITE = "<meta property='og:site_name' content='El Río'>"
DESCRIBED = '{"@type": ["NewsArticle"], "datePublished": "2026-02-14T23:00:00-05:00"}'
JSON = f"<script type='application/ld+json'>{DESCRIBED}</script>"
UPDATED = "<div class='dateModified'>Actualizado: 20 Feb 2026</div><div class='date'>February 14, 2026</div>"
LINE = "Lima, 14 de febrero de 2026.- La fiscalía informó que en enero hubo 12 denuncias por trata."


def read(body: str, head: str = "", lang: str = "es", **given: Any) -> Page:
    markup = f"<!DOCTYPE html><html lang='{lang}'><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"
    return read_page(markup.encode(), "text/html; charset=utf-8", given, FETCHED)


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.html")), ids=lambda path: path.stem)
def test_the_text_of_a_page_is_what_a_reader_would_take_from_it(path: Path) -> None:
    page = read_page(path.read_bytes(), "text/html", {}, FETCHED)
    assert page.text == path.with_suffix(".txt").read_text(encoding="utf-8").strip()
    assert page.unreadable is None


SAID = {
    "drupal": (
        *("Las rutas del río: 63 adolescentes rescatadas en dos años", "El Faro del Río", "es"),
        *("2026-06-21", "metadata"),
    ),
    "wordpress": (
        *("Shelters for survivors: what changed in 2025", "Andean Watch", "en"),
        *("2026-02-11", "metadata"),
    ),
    "arc": (
        *("Tumbes: rescatan a 17 ciudadanas extranjeras en bares de Zarumilla", "La Gaceta Norte", "es"),
        *("2026-03-05", "metadata"),
    ),
    "aspnet": (
        *("Mininter: 1,204 personas fueron rescatadas de la trata en 2025", None, "es"),
        *("2026-01-20", "metadata"),
    ),
    "gobpe": (
        *("Fiscalía de Cusco logra 15 años de prisión para tratante", None, "es"),
        *("2025-12-02", "text"),
    ),
    "nextjs": ("Puno: 22 rescatados en La Rinconada", "El Sur", "es", "2026-04-07", "metadata"),
}


@pytest.mark.parametrize("name", SAID)
def test_a_page_says_what_it_is(name: str) -> None:
    page = read_page((PAGES / f"{name}.html").read_bytes(), "text/html", {}, FETCHED)
    published = page.published.isoformat() if page.published else None
    assert (page.title, page.publisher, page.language, published, page.published_reason) == SAID[name]


@pytest.mark.parametrize(
    "extra",
    [
        "<p><strong>LEE TAMBIÉN: <a href='/x'>Las 40 rutas de la costa</a></strong></p>",
        "<p>Lea también | <a href='/x'>Las 40 rutas de la costa</a></p>",
        "<h3>Notas relacionadas</h3><ul><li><a href='/x'>Las 40 rutas</a></li><li><a href='/y'>Otras 12</a></li></ul>",
        "<p>Read more: <a href='/x'>Forty roads to the coast</a></p>",
        "<figure><img src='a.jpg'><figcaption>Los 12 agentes del puesto.</figcaption></figure>",
        "<p>Foto: Ministerio del Interior / 2025</p>",
        "<p>Por Rosa Quispe Mamani</p>",
        "<div class='share-buttons'><span>Compartido 341 veces</span></div>",
        "<div class='cookie-notice'><p>Este sitio usa 14 cookies propias y de terceros.</p></div>",
        "<div class='Newsletter_box__x1'><p>Únete a los 9,000 lectores de nuestra carta semanal.</p></div>",
        "<section class='mas-leidas'><h2>Lo más leído</h2><ol><li><a href='/1'>El dólar a 3.41</a></li></ol></section>",
        "<p>Publicado: 14/03/2026 - 08:15 h</p>",
        "<p>Síguenos en nuestro canal de <a href='/wa'>WhatsApp con 5,000 seguidores</a></p>",
        "<p hidden>Texto para los 3 robots.</p>",
        "<div style='display: none'>Otro texto para los 3 robots.</div>",
    ],
)
def test_what_stands_around_an_article_does_not_reach_its_text(extra: str) -> None:
    first, rest = ARTICLE.split("</p>", 1)
    page = read(f"<main><article><h1>Rescates en Loreto</h1>{first}</p>{extra}{rest}</article></main>")
    assert page.text == TEXT


@pytest.mark.parametrize(
    "sentence",
    [
        "Por región, Loreto tuvo 31 casos.",
        "Por departamento",
        "Mira que hay 40 casos más, dijo la fiscal.",
        "Related cases rose to 31 in 2025.",
        "Fotos de 12 menores fueron halladas en el local.",
        "El 14 de marzo de 2026 fueron detenidas 3 personas.",
        "Temas como la trata ocuparon 9 de las 12 sesiones.",
    ],
)
def test_sentences_that_begin_like_clutter_stay(sentence: str) -> None:
    page = read(f"<main><article><h1>Rescates en Loreto</h1>{ARTICLE}<p>{sentence}</p>{ARTICLE}</article></main>")
    assert sentence in page.text


def test_what_holds_the_article_stays_whatever_it_is_called() -> None:
    page = read(f"<div class='with-sidebar newsletter'><h1>Rescates en Loreto</h1>{ARTICLE}</div>")
    assert page.text == TEXT


def test_a_row_of_a_table_is_read_with_its_headings() -> None:
    table = (
        "<table><tr><th rowspan=2>Región</th><th colspan=2>Víctimas</th></tr><tr><th>2024</th><th>2025</th></tr>"
        "<tr><td>Lima</td><td>388</td><td>402</td></tr><tr><td>Cusco</td><td>-</td><td>96</td></tr></table>"
    )
    assert (
        "Región: Lima; Víctimas 2024: 388; Víctimas 2025: 402.\nRegión: Cusco; Víctimas 2025: 96."
        in read(f"<article><h1>Cifras</h1>{ARTICLE}{table}</article>").text
    )


def test_where_headings_are_years_the_caption_says_what_is_counted() -> None:
    table = (
        "<table><caption>Denuncias por trata</caption><tr><th></th><th>2024</th><th>2025</th></tr>"
        "<tr><td>Lima</td><td>88</td><td>102</td></tr></table>"
    )
    page = read(f"<article><h1>Cifras</h1>{ARTICLE}{table}</article>")
    assert "Denuncias por trata\nDenuncias por trata; Lima; 2024: 88; 2025: 102." in page.text


def test_a_table_that_only_lays_out_a_page_is_undone() -> None:
    page = read(f"<table><tr><td>Portada</td><td><h1>Rescates</h1>{ARTICLE}</td></tr></table>")
    assert page.text == TEXT


def test_text_that_lies_loose_between_line_breaks_is_paragraphs() -> None:
    loose = ARTICLE.replace("<p>", "").replace("</p>", "<br><br>")
    assert read(f"<div><h1>Rescates en Loreto</h1><div class='nota'>{loose}</div></div>").text == TEXT


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Rescates en Loreto: el balance | Diario Ejemplo</title>", "Rescates en Loreto: el balance"),
        (f"{SITE}<meta property='og:title' content='Rescates en Loreto - El Río'>", "Rescates en Loreto"),
        ("<title>Rescates - un balance</title>", "Rescates - un balance"),
        ("", "del listado"),
    ],
)
def test_a_title_is_without_the_name_of_the_site(head: str, title: str) -> None:
    assert read(f"<article>{ARTICLE}</article>", head, title="del listado").title == title


def test_the_language_is_that_of_the_words_whatever_the_page_declares() -> None:
    assert read(f"<article>{ARTICLE}</article>", lang="en").language == "es"
    assert read(f"<article>{ARTICLE}</article>", lang="qu").language == "qu"
    assert read(f"<article>{ARTICLE}</article>", lang="en").language == "es"


def test_all_dates_are_kept_and_the_reason_tells_of_a_conflict() -> None:
    head = (
        "<meta property='article:published_time' content='2026-03-06T03:00:00Z'>"
        "<link rel='canonical' href='https://diario.example/2026/03/04/rescates'>"
    )
    page = read(f"<article><h1>Rescates</h1><p class='fecha'>4 de marzo de 2026</p>{ARTICLE}</article>", head)
    assert [(dated.origin, dated.day.isoformat()) for dated in page.dates] == [
        ("metadata", "2026-03-05"),
        ("address", "2026-03-04"),
        ("text", "2026-03-04"),
    ]
    assert page.published == date(2026, 3, 5)
    assert page.published_reason == "metadata; address says 2026-03-04; text says 2026-03-04"


@pytest.mark.parametrize(
    ("head", "body", "given", "day", "reason"),
    [
        ("", "", {"published": "2026-02-01"}, "2026-02-01", "given"),
        ("", "", {"published": "2027-02-01"}, None, None),
        ("", "", {"published_text": "5 de marzo de 2026 - 6:29 p. m."}, "2026-03-05", "given"),
        ("<meta name='date' content='14/02/2026'>", "", {"published": "2027-02-01"}, "2026-02-14", "metadata"),
        ("<meta name='dcterms.issued' content='2026-02-14'>", "", {}, "2026-02-14", "metadata"),
        (
            JSON,
            "",
            {},
            "2026-02-14",
            "metadata",
        ),
        ("", "<p><time datetime='2026-02-14T10:00:00-05:00'>hace 3 horas</time></p>", {}, "2026-02-14", "text"),
        ("", UPDATED, {}, "2026-02-14", "text"),
        ("", f"<p>{LINE}</p>", {}, "2026-02-14", "text"),
        ("", "<p>El 14 de febrero de 2019 hubo un operativo que duró 3 días.</p>", {}, None, None),
        ("", "", {"url": "https://x.example/sociedad/2026/2/14/rescates"}, "2026-02-14", "address"),
        ("", "", {"url": "https://x.example/boletin_20260214.aspx"}, "2026-02-14", "address"),
        ("", "", {"url": "https://x.example/nota-20269914-3"}, None, None),
    ],
)
def test_a_date_of_publication_is_found(
    head: str, body: str, given: dict[str, str], day: str | None, reason: str | None
) -> None:
    page = read(f"<article><h1>Rescates</h1>{body}{ARTICLE}</article>", head, **given)
    assert (page.published, page.published_reason) == (date.fromisoformat(day) if day else None, reason)


def test_the_address_of_a_capture_dates_it() -> None:
    page = read_page(ARTICLE.encode(), "text/html", {}, FETCHED, url="https://x.example/2026/02/14/a")
    assert page.published == date(2026, 2, 14)


def test_a_plain_text_stays_as_it_is() -> None:
    text = "Uno\r\n\tdos  tres\n\n"
    page = read_page(text.encode(), "text/plain; charset=utf-8", {"lang": "es", "published": "2026-02-01"}, FETCHED)
    assert (page.text, page.language, page.published) == (text, "es", date(2026, 2, 1))


@pytest.mark.parametrize(
    ("encoding", "content_type", "meta"),
    [
        ("utf-8", "text/html", ""),
        ("utf-8", "text/html; charset=iso-8859-1", "<meta charset='iso-8859-1'>"),
        ("cp1252", "text/html; charset=ISO-8859-1", ""),
        ("cp1252", "text/html", "<meta http-equiv='Content-Type' content='text/html; charset=windows-1252'>"),
        ("cp1252", "text/html; charset=utf-8", "<meta charset=utf-8>"),
        ("cp1252", "text/html; charset=no-such-thing", ""),
        ("utf-16", "text/html", ""),
        ("utf-16-le", "text/html", ""),
        ("utf-8-sig", "text/html; charset=base64", ""),
    ],
)
def test_accents_survive_whatever_a_page_says_of_its_encoding(encoding: str, content_type: str, meta: str) -> None:
    markup = f"<html lang=es><head>{meta}</head><body><article>{ARTICLE}</article></body></html>"
    assert read_page(markup.encode(encoding), content_type, {}, FETCHED).text == TEXT


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n",
        b"\x00" * 3000,
        b"\xff\xfe\x00",
        b"<html>",
        b"<html><body></body></html>",
        b"<!-- <p>texto</p>",
        b"<html><body><script>var a = 'texto largo de un programa';</script></body></html>",
        "<html><body>{}</body></html>".format("<a href='/x'>Un enlace</a> " * 50).encode(),
        b"<html><head><script type='application/ld+json'>" + b"[" * 100_000 + b"</script></head></html>",
        bytes(range(256)) * 40,
    ],
)
def test_a_page_without_a_text_is_unreadable_and_no_error(content: bytes) -> None:
    page = read_page(content, "text/html", {"title": "del listado", "published": "2026-02-01"}, FETCHED)
    assert page.unreadable or not page.text.isalpha()
    assert page.published == date(2026, 2, 1)


HOSTILE = {
    "deep divisions": "<div>" * 100_000 + ARTICLE,
    "deep bold": "<p>" + "<b>" * 100_000 + ARTICLE,
    "deep tables": "<table><tr><td>" * 20_000 + ARTICLE,
    "many paragraphs": "<article>" + "<p>Hubo 12 casos en esa ciudad durante el mes, dijo.</p>" * 60_000,
    "many lines": "<div>" + "Hubo 12 casos en esa ciudad durante el mes, dijo.<br>" * 60_000,
    "many links": "<div>" + "<a href=/x>Lee también</a>" * 60_000,
    "a huge table": "<table>"
    "<tr>" + "<td>1</td>" * 200 + "</tr>" + "<tr><td>x<td>12</tr>" * 30_000 + "</table>" + ARTICLE,
    "huge spans": "<table>" + "<tr><td colspan=999999999 rowspan=999999999>1<td>2</tr>" * 5_000 + "</table>" + ARTICLE,
    "one long line": "<p>" + "Hubo 12 casos. " * 300_000,
    "long attributes": "<p class='" + "share " * 300_000 + "'>" + ARTICLE,
    "open tags": "<a <b <c <d " * 200_000,
    "spaces": "<p>" + " \n\t" * 1_000_000 + ARTICLE,
    "a date everywhere": "<div class=date>5 de marzo de 2026</div>" * 30_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_takes_bounded_time_and_raises_nothing(name: str) -> None:
    begun = time.process_time()
    read_page(f"<html><body><h1>Rescates</h1>{HOSTILE[name]}".encode(), "text/html", {}, FETCHED)
    assert time.process_time() - begun < 10


@pytest.mark.parametrize("name", ["deep divisions", "deep bold"])
def test_a_page_that_never_closes_its_tags_is_still_read(name: str) -> None:
    markup = f"<html><body><h1>Rescates</h1>{HOSTILE[name]}".encode()
    assert "rescató a 31 personas" in read_page(markup, "text/html", {}, FETCHED).text


@pytest.mark.parametrize("content_type", ["image/png", "application/zip", "video/mp4", ""])
def test_what_is_no_page_says_so(content_type: str) -> None:
    page = read_page(b"\x89PNG\r\n\x1a\n", content_type, {"title": "del listado"}, FETCHED)
    assert (page.title, page.text) == ("del listado", "")
    assert page.unreadable
    assert page.unreadable.startswith("not a page")
