"""What readers get: subjects that tell, the number marked in its quote, old and new value, in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import html

from monitor.alerts.message import SUBJECT_LIMIT, compose
from tests.alerts_samples import HOSTILE, change, figure, held, message, options, revised

CLIPPED_FROM = 102_000  # bytes of HTML, in the mail client that clips soonest


def page_of(source: str) -> Any:
    return html.document_fromstring(source)


@pytest.mark.parametrize(
    ("told", "spanish", "english"),
    [
        (
            revised(),
            "Revisada: víctimas de trata, 2023, Perú: 1,287 (antes 1,200) | PNP",
            "Revised: trafficking victims, 2023, Peru: 1,287 (was 1,200) | PNP",
        ),
        (
            change("new_statistic", statistic=figure(provider=None, area="PE-MDD", sex="F", age="Y0T17")),
            "Nueva: víctimas de trata, niñas y adolescentes mujeres, 2023, Madre de Dios: 1,287 | El Diario",
            "New: trafficking victims, girls, 2023, Madre de Dios: 1,287 | El Diario",
        ),
        (
            change("withdrawn_statistic", previous=held()),
            "Retirada: víctimas de trata, 2023, Perú: 1,200 | PNP",
            "Withdrawn: trafficking victims, 2023, Peru: 1,200 | PNP",
        ),
        (
            change("conflicting_statistic", statistic=figure(provider="MPFN"), previous=held()),
            "Contradice: víctimas de trata, 2023, Perú: 1,287 (ya se tenía 1,200) | Ministerio Público",
            "Contradicts: trafficking victims, 2023, Peru: 1,287 (held: 1,200) | Public Ministry",
        ),
        (
            change("new_item"),
            "Nueva publicación: La Policía corrige su cifra de víctimas | El Diario",
            "New publication: La Policía corrige su cifra de víctimas | El Diario",
        ),
        (
            change("source_failing", source="organismo", url=None, title=None),
            "Fuente con fallas: El Organismo | 12 de marzo de 2024",
            "Source failing: El Organismo | 12 March 2024",
        ),
    ],
)
def test_subjects_tell_the_change(told: dict[str, Any], spanish: str, english: str) -> None:
    assert message(told).subject == spanish
    assert message(told, language="en").subject == english


def test_the_subject_names_the_weightiest_change_and_counts_the_others() -> None:
    repeated = change("repeated_statistic", statistic=figure(value=5), previous=held(value=5))
    subject = message(change("new_item"), repeated, revised()).subject
    assert subject == "Revisada: víctimas de trata, 2023, Perú: 1,287 (antes 1,200) | PNP (y 1 cambio más)"


def test_a_subject_is_one_line_of_bounded_length() -> None:
    told = change("new_item", title=HOSTILE * 200, source="x\r\ny" * 90)
    subject = message(told, change("edited_item", title=HOSTILE * 200, source="x\r\ny" * 90)).subject
    assert len(subject) <= SUBJECT_LIMIT
    assert "\n" not in subject
    assert "\r" not in subject
    assert subject.endswith("(y 1 cambio más)") or subject.startswith("Editada")


def test_the_text_has_the_proof_and_both_values() -> None:
    text = message(revised()).text
    for wanted in (
        "[CIFRA REVISADA] Víctimas de trata",
        "1,287 (antes 1,200; diferencia: +87 (+7.3 %))",
        "registró »1,287« víctimas",
        "contó »1,200« víctimas",
        "Antes se tenía 1,200, según PNP (en Radio Uno), 20 de febrero de 2024.",
        "Quién contó: Policía Nacional del Perú (PNP)",
        "Publicado por: El Diario, 8 de marzo de 2024",
        "https://diario.example/noticia/1?a=1&b=2",
        "https://radio.example/nota/9",
        "12 de marzo de 2024, 10:00 (Lima)",
    ):
        assert wanted in text


def test_the_html_marks_the_number_in_its_quote() -> None:
    page = page_of(message(revised()).html)
    assert page.xpath("//mark/text()") == ["1,287", "1,200"]
    assert page.xpath("string(//blockquote[1])") == figure()["quote"]
    assert page.xpath("//a/@href")[0] == "https://diario.example/noticia/1?a=1&b=2"
    assert page.get("lang") == "es"


def test_a_repeated_figure_says_who_was_first() -> None:
    first = {"value": 1287, "voice": "PNP", "source": "radio", "date": "2024-01-15", "url": "https://radio.example/1"}
    told = change("repeated_statistic", statistic=figure(), previous=held(value=1287), detail={"first": first})
    text = message(told, language="en").text
    assert "Not new. Seen before: PNP (in Radio Uno), 20 February 2024." in text
    assert "First seen: PNP (in Radio Uno), 15 January 2024." in text


def test_a_conflict_lists_the_other_voices() -> None:
    other = {"value": 1150, "qualifier": "~", "voice": "radio", "source": "radio", "date": None}
    told = change("conflicting_statistic", statistic=figure(), previous=held(), detail={"others": [other]})
    text = message(told).text
    assert "No coincide con 1,200, según PNP (en Radio Uno), 20 de febrero de 2024." in text
    assert "- cerca de 1,150: Radio Uno, fecha desconocida" in text


@pytest.mark.parametrize(
    ("detail", "sentence"),
    [
        ({"undated": True}, "The text does not say which period it covers"),
        ({"returned": {"value": 3, "source": "radio"}}, "It had been withdrawn and appears again."),
        ({"returned": True}, "It had been withdrawn and appears again."),
        ({}, "No figure of this series and period was held."),
    ],
)
def test_a_new_figure_says_what_is_special_about_it(detail: dict[str, Any], sentence: str) -> None:
    text = message(change("new_statistic", statistic=figure(), detail=detail), language="en").text
    assert sentence in text
    assert ("No figure of this series" in text) == (detail == {})


def test_a_new_figure_beside_another_measure_names_it() -> None:
    told = change("new_statistic", statistic=figure(), previous=held(), detail={"another_measure": True})
    text = " ".join(message(told, language="en").text.split())
    assert "Related figure already held: 1,200 (2023), by PNP (in Radio Uno), 20 February 2024." in text
    assert "the two figures stand side by side" in text


def test_a_withdrawn_figure_is_struck_through_with_its_last_quote() -> None:
    page = page_of(message(change("withdrawn_statistic", previous=held())).html)
    assert page.xpath("//s/text()") == ["1,200"]
    assert page.xpath("//mark/text()") == ["1,200"]
    assert "Antes decía" in page.text_content()


def test_an_edited_item_shows_the_sentences_that_came_and_went() -> None:
    told = change("edited_item", detail={"added": ["Se corrigió el dato."], "removed": ["Un dato."] * 9})
    text = message(told).text
    assert "  + Se corrigió el dato." in text
    assert text.count("  - Un dato.") == 5


def test_a_notice_to_operators_says_since_when_and_what_is_unknown() -> None:
    detail = {
        "since": "2024-03-10T02:00:00Z",
        "last_good": "2024-03-09T02:00:00Z",
        "verdict": "blocked",
        "error": "HTTP 503 <b>\x1b[31m",
    }
    told = change("source_failing", source="organismo", url=None, title=None, detail=detail)
    text = message(told).text
    assert "El Organismo falla desde el 9 de marzo de 2024, 21:00 (Lima)." in text
    assert "No se sabe qué publicó El Organismo después del 8 de marzo de 2024, 21:00 (Lima)." in text
    assert "bloqueada" in text
    assert "HTTP 503 <b>" in text
    assert "HTTP 503 &lt;b&gt;" in message(told).html


def test_a_recovery_says_how_long_it_lasted() -> None:
    told = change("source_recovered", source="organismo", url=None, detail={"since": "2024-03-10"})
    text = message(told, language="en").text
    assert "El Organismo works again; it had failed since 10 March 2024." in text
    assert "Last good visit" not in text
    assert "notices on the state of the sources" in text


def test_changes_of_several_items_make_a_digest() -> None:
    copy = change("new_item", url="https://radio.example/2", source="radio", copy_of="https://diario.example/noticia/1")
    digest = message(revised(), copy)
    assert digest.subject == "Resumen del 12 de marzo de 2024: 2 cambios en 2 publicaciones"
    assert "- Cifra revisada: víctimas de trata, 2023, Perú: 1,287 (antes 1,200) | PNP" in digest.text
    assert "Su texto es casi el de otra publicación: https://diario.example/noticia/1" in digest.text
    assert digest.thread is None


def test_a_baseline_is_one_summary_however_much_there_was() -> None:
    changes = [
        change(kind, id=f"{kind}-{n}", url=f"https://diario.example/{n}", statistic=statistic)
        for n in range(100)
        for kind, statistic in (("new_item", None), ("new_statistic", figure(value=n)))
    ]
    baseline = compose(changes, options(kind="baseline"))
    assert baseline.subject == "Punto de partida: 200 cambios en 100 publicaciones | El Diario"
    assert "Otras 60 publicaciones no se muestran aquí" in baseline.text
    assert len(baseline.data["changes"]) == 200


def test_many_figures_of_one_item_are_all_told_the_later_ones_briefly() -> None:
    changes = [change("new_statistic", id=f"n{n}", statistic=figure(value=7000 + n)) for n in range(100)]
    told = message(*changes)
    assert all(f"{7000 + n:,}" in told.text for n in range(100))
    assert len(page_of(told.html).xpath("//blockquote")) == 12


def test_no_mail_is_so_long_that_it_is_clipped() -> None:
    figures = [change("new_statistic", id=f"n{n}", statistic=figure(value=7000 + n)) for n in range(1000)]
    spread = [told | {"url": f"https://diario.example/{n % 100}"} for n, told in enumerate(figures)]
    for told in (message(*figures), message(*spread, kind="baseline")):
        assert len(told.html.encode()) < CLIPPED_FROM


def test_hostile_text_neither_acts_nor_hides() -> None:
    quote = f"{HOSTILE} 1,287 {HOSTILE}"
    told = revised(
        title=HOSTILE,
        url="javascript:alert(1)",
        source=HOSTILE,
        statistic=figure(quote=quote, quote_offset=None, provider=HOSTILE, area=HOSTILE, register=HOSTILE),
        previous=held(url="data:text/html,x", source=HOSTILE, published=HOSTILE),
        detail={"others": [{"value": HOSTILE, "source": HOSTILE}, HOSTILE], "first": HOSTILE},
    )
    for language in ("es", "en"):
        made = message(told, language=language)
        page = page_of(made.html)
        assert not page.xpath("//script | //b | //a")
        assert page.xpath("//mark/text()")[0] == "1,287"
        assert "{{ 7*7 }}" in made.text
        for part in (made.subject, made.text, made.html):
            assert not {"\x1b", "\u202e", "\u202c", "\r"} & set(part)


def test_values_of_a_wrong_type_do_not_stop_an_alert() -> None:
    odd: dict[str, Any] = dict.fromkeys(figure(), 5) | {"value": None, "area": ["x"], "period": {"a": 1}, "interval": 7}
    assert message(change("new_statistic", statistic=odd, title=7, url=9, published=3)).text


def test_data_are_the_changes_as_they_were() -> None:
    told = revised(title=HOSTILE)
    assert message(told).data == {"changes": [told]}


def test_alerts_of_one_item_share_a_thread() -> None:
    assert (
        message(revised()).thread == message(change("edited_item")).thread == "https://diario.example/noticia/1?a=1&b=2"
    )
    assert message(change("source_silent", source="radio", url=None)).thread == "source:radio"


def test_the_reader_learns_why() -> None:
    assert "Por qué lo recibe: Pidió Madre de Dios." in message(reason="Pidió\nMadre de Dios.").text


def test_without_changes_there_is_no_message() -> None:
    with pytest.raises(ValueError, match="at least one change"):
        compose([], options())


@pytest.mark.parametrize("kind", [f"{name}_statistic" for name in ("repeated", "older", "conflicting", "revised")])
@pytest.mark.parametrize("language", ["es", "en"])
def test_no_gap_stays_open_in_any_class(kind: str, language: Any) -> None:
    detail = {
        "exact": True,
        "known_pair": True,
        "undated": True,
        "still_held_by": ["https://x.example"],
        "also": [{"change": kind, "statistic": {"value": 9, "source": "radio"}}],
        **{key: {"value": 4, "source": "radio"} for key in ("first", "instead_of", "known_before", "current")},
    }
    told = message(change(kind, statistic=figure(), previous=held(), detail=detail), language=language)
    assert "{" not in told.text
    assert "Radio Uno" in told.text
