"""Edits by sentences, and copies by words: own short articles in both languages."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.ledger.sentences import fold, numbers, page_words, sentences, substance
from monitor.ledger.texts import BANDS, edited, fingerprint, nearly_same

ARTICLE = """Puno: rescatan a víctimas de trata en La Rinconada
La Policía rescató el martes a catorce mujeres que eran explotadas en bares de La Rinconada, en Puno.
Según el coronel a cargo, tres personas fueron detenidas. «Las víctimas reciben atención», dijo.

En 2023 la Policía registró 612 víctimas de trata de personas en todo el país.
La fiscalía especializada abrió una investigación por el delito de trata de personas."""

ENGLISH = """Police free fourteen women in Puno
Police on Tuesday freed fourteen women who were exploited in bars in La Rinconada, in Puno.
Three people were arrested, the colonel in charge said. "The victims are being looked after," he added.
In 2023 the police registered 612 victims of trafficking in persons across the country."""

SAME = [
    ("white space", lambda t: t.replace(" ", "  ").replace("\n", "\n\n")),
    ("no-break spaces", lambda t: t.replace("En 2023", "En\u00a02023")),
    ("typographic quotes", lambda t: t.replace("«", "“").replace("»", "”")),
    ("straight quotes", lambda t: t.replace("«", '"').replace("»", '"')),
    ("capital letters", lambda t: t.replace("Puno:", "PUNO:")),
    ("an accent put right", lambda t: t.replace("Policía", "Policia")),
    ("blocks in another order", lambda t: "\n".join(reversed(t.split("\n")))),
    ("a counter of views", lambda t: t + "\n1 254 vistas"),
    ("a counter of shares above", lambda t: "Compartido 37 veces\n" + t),
    ("a counter in a sentence", lambda t: t + "\nEsta nota ha sido leída 1,254 veces."),
    ("a bare counter", lambda t: t + "\n345"),
    ("a date of update", lambda t: t + "\nActualizado el 14 de mayo de 2024, 10:35 a. m."),
    ("a date in digits", lambda t: "14/05/2024 10:35\n" + t),
    ("an English date of update", lambda t: t + "\nLast updated: May 14, 2024 at 10:35 PM"),
    ("how long ago", lambda t: "Hace 3 horas\n" + t),
    ("minutes to read", lambda t: "3 min de lectura\n" + t),
    ("a related link", lambda t: t + "\nLea también: Detienen a dos sospechosos en Cusco"),
    (
        "a list of related links",
        lambda t: t + "\nNoticias relacionadas\nDetienen a dos en Cusco\nMás denuncias en Tacna",
    ),
    ("English related links", lambda t: t + "\nRelated stories:\nTwo arrested in Cusco\nMore complaints in Tacna"),
    ("a link in the middle of a line", lambda t: t.replace(" Según", " Lea también: Cae banda en Tacna. Según")),
    ("a counter in the middle of a line", lambda t: t.replace(" dijo.", " dijo. Vistas: 1,203.")),
    ("how many have seen it", lambda t: t + "\nEsta nota tiene 45 visitas hoy."),
    ("a dateline", lambda t: "Juliaca, 6 de marzo de 2024.\n" + t),
    ("an English dateline", lambda t: "San Juan del Oro, March 6, 2024\n" + t),
    ("separators of thousands", lambda t: t.replace("612", "612")),
    ("lines broken elsewhere", lambda t: t.replace("en todo el país", "en\ntodo el país")),
]


@pytest.mark.parametrize(("what", "change"), SAME, ids=[name for name, _ in SAME])
def test_this_is_no_edit(what: str, change) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    edit = edited(ARTICLE, change(ARTICLE))
    assert not edit.substantial, edit


SUBSTANCE = [
    ("a figure", ("612 víctimas", "621 víctimas"), (0, 0, 1)),
    ("a year", ("En 2023", "En 2022"), (0, 0, 1)),
    ("one word", ("tres personas", "cuatro personas"), (0, 0, 1)),
    ("a denial", ("fueron detenidas", "no fueron detenidas"), (0, 0, 1)),
    (
        "a sentence goes",
        ("\nLa fiscalía especializada abrió una investigación por el delito de trata de personas.", ""),
        (0, 1, 0),
    ),
    ("a sentence comes", ("en todo el país.", "en todo el país. El ministro no respondió a las preguntas."), (1, 0, 0)),
    (
        "another sentence in its place",
        ("Según el coronel a cargo, tres personas fueron detenidas.", "Vecinos habían pedido ayuda desde enero."),
        (1, 1, 0),
    ),
    ("the headline", ("Puno: rescatan a víctimas", "Puno: liberan a víctimas"), (0, 0, 1)),
]


@pytest.mark.parametrize(("what", "swap", "counts"), SUBSTANCE, ids=[name for name, _, _ in SUBSTANCE])
def test_this_is_an_edit(what: str, swap: tuple[str, str], counts: tuple[int, int, int]) -> None:
    edit = edited(ARTICLE, ARTICLE.replace(*swap))
    assert edit.substantial
    assert (len(edit.added), len(edit.removed), len(edit.reworded)) == counts


def test_a_rewording_shows_both_wordings() -> None:
    ((before, after),) = edited(ENGLISH, ENGLISH.replace("612", "621")).reworded
    assert "612" in before
    assert "621" in after


def test_a_moved_sentence_is_told_as_moved_and_is_no_substance() -> None:
    first, *rest = ENGLISH.split("\n")
    edit = edited(ENGLISH, "\n".join([*rest, first]))
    assert edit.moved == (first,)
    assert not edit.substantial


def test_a_sentence_that_stood_twice_and_stands_once_was_removed() -> None:
    assert edited("Ella volvió. Ella volvió.", "Ella volvió.").removed == ("Ella volvió.",)


def test_long_documents_are_compared_in_bounded_time() -> None:
    before = "\n".join(f"Sentence {n} speaks of a region and its {n} cases." for n in range(3000))
    after = "\n".join(f"Paragraph {n} told of other regions with {n} complaints." for n in range(3000))
    edit = edited(before, after)
    assert (len(edit.added), len(edit.removed), edit.reworded) == (3000, 3000, ())


@given(st.text(alphabet="ab .\n12«¡é", max_size=200))
def test_no_text_differs_from_itself(text: str) -> None:
    assert not edited(text, text).substantial


@given(st.text(alphabet="aB .\n1", max_size=80), st.text(alphabet="aB .\n1", max_size=80))
def test_an_edit_backwards_is_the_edit_mirrored(before: str, after: str) -> None:
    there, back = edited(before, after), edited(after, before)
    assert there.substantial == back.substantial


def test_numbers_are_compared_without_separators() -> None:
    assert fold("Hubo 1,814 casos") == fold("hubo 1.814 CASOS") == fold("Hubo 1814 casos.")
    assert fold("el 72.5 %") == fold("el 72,5%")
    assert numbers("En 2023, 1.814 casos y 72,5 %") == {"2023", "1814", "72.5"}


def test_sentences_end_at_points_and_lines() -> None:
    assert sentences("Uno. Dos! ¿Tres?\nCuatro (cinco.) Seis") == ["Uno.", "Dos!", "¿Tres?", "Cuatro (cinco.)", "Seis"]
    assert sentences("A las 10 a. m. del día 3.5 % subió") == ["A las 10 a. m. del día 3.5 % subió"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Relacionado con este caso, dos policías fueron detenidos en mayo.",
        "Related crimes rose in 2023, the ministry said.",
        "Lo último que se supo de las víctimas fue en marzo.",
        "1,430 víctimas en 2022",
        "Publicaron 402 avisos falsos en mayo.",
        "Lima | 402 | 380",
        "In May 2023 two people were convicted.",
        "En mayo de 2023, 402 denuncias.",
        "Detenidos, 30 en mayo, según la fiscalía.",
        "Detenidos, 30 en mayo.",
    ],
)
def test_this_is_part_of_the_article(sentence: str) -> None:
    assert substance(sentence) == [sentence]


def test_the_words_around_articles_are_without_accents_and_in_one_list_each() -> None:
    kinds = ["counted", "dated", "filler", "links", "headings"]
    for kind in kinds:
        assert all(fold(word) == word for word in page_words(kind))
    assert not page_words("counted") & page_words("dated")
    assert not page_words("filler") & (page_words("counted") | page_words("dated"))


BODY = """El operativo se realizó en cuatro locales nocturnos del asentamiento minero, donde las víctimas eran obligadas
a acompañar a clientes. La mayoría había llegado desde otras regiones con ofertas falsas de empleo en restaurantes.
Tres personas fueron detenidas y quedaron a disposición de la fiscalía especializada en trata de personas.
Las mujeres fueron llevadas a un hogar de acogida, donde reciben atención médica y psicológica.
El coronel a cargo pidió a la población denunciar estos hechos en la línea gratuita."""
LEAD_ONE = """Catorce mujeres rescatadas en Puno
Catorce mujeres fueron rescatadas anoche en La Rinconada por agentes de la Policía.
"""
LEAD_TWO = """Golpe a la trata en la sierra sur
Una intervención policial permitió liberar a catorce víctimas en un centro poblado de Puno.
"""
OTHER = """Cusco tendrá un nuevo hogar para víctimas de trata
El gobierno regional anunció la apertura de un hogar de acogida para mujeres víctimas de trata de personas en Cusco.
El local tendrá veinte plazas y contará con atención médica y psicológica, dijo la directora de la oficina regional.
La fiscalía especializada en trata de personas derivó este año a treinta mujeres a hogares de otras regiones.
La línea gratuita sigue abierta para denunciar estos hechos."""
BULLETIN = """Boletín del observatorio: denuncias de {month}
En {month} de 2024 el Ministerio Público recibió {total} denuncias por trata de personas en el país.
De ellas, {women} tuvieron como víctimas a mujeres y {minors} a menores de edad.
Las regiones con más denuncias fueron Lima, con {lima}, y Madre de Dios, con {mdd}.
El observatorio recuerda que estas cifras pueden variar por la actualización de los registros."""


def bulletin(month: str, *figures: int) -> str:
    return BULLETIN.format(month=month, **dict(zip(("total", "women", "minors", "lima", "mdd"), figures, strict=True)))


COPIES = [
    ("the same", LEAD_ONE + BODY, LEAD_ONE + BODY),
    ("another headline and lead", LEAD_ONE + BODY, LEAD_TWO + BODY),
    ("cut at the end", LEAD_ONE + BODY, LEAD_ONE + "\n".join(BODY.split("\n")[:3])),
    (
        "a credit line and quotes",
        LEAD_ONE + BODY,
        LEAD_ONE + BODY.replace("hogar de acogida", "“hogar de acogida”") + "\n(Agencia)",
    ),
    ("related links around", LEAD_ONE + BODY, LEAD_ONE + BODY + "\nNoticias relacionadas\nOtro caso en Tacna\n"),
    (
        "a short notice with another headline",
        ENGLISH,
        ENGLISH.replace("Police free fourteen women in Puno", "Raid in the south"),
    ),
    (
        "a dateline and a dated lead before it",
        ARTICLE,
        "Juliaca, 6 mar. " + ARTICLE.replace("el martes", "el martes 5 de marzo"),
    ),
    (
        "one figure of several corrected",
        bulletin("enero", 402, 310, 120, 150, 44) + "\nEn 2023 fueron 4,810.\nLa línea recibió 2,300 llamadas.",
        bulletin("enero", 402, 310, 120, 151, 44) + "\nEn 2023 fueron 4,810.\nLa línea recibió 2,300 llamadas.",
    ),
    (
        "a bulletin reprinted",
        bulletin("enero", 402, 310, 120, 150, 44),
        "Reproducimos:\n" + bulletin("enero", 402, 310, 120, 150, 44),
    ),
]
NO_COPIES = [
    ("another article on the subject", LEAD_ONE + BODY, OTHER),
    ("another language", ARTICLE, ENGLISH),
    ("next month's bulletin", bulletin("enero", 402, 310, 120, 150, 44), bulletin("febrero", 380, 290, 101, 139, 52)),
    ("a follow-up that quotes a sentence", LEAD_ONE + BODY, OTHER + "\n" + BODY.split("\n")[2]),
    ("nothing and something", "", BODY),
    ("nothing and nothing", "", ""),
]


@pytest.mark.parametrize(("what", "a", "b"), COPIES, ids=[name for name, _, _ in COPIES])
def test_this_is_a_copy_and_is_found_by_its_fingerprint(what: str, a: str, b: str) -> None:
    assert nearly_same(a, b)
    assert nearly_same(b, a)
    assert set(fingerprint(a)) & set(fingerprint(b))


@pytest.mark.parametrize(("what", "a", "b"), NO_COPIES, ids=[name for name, _, _ in NO_COPIES])
def test_this_is_no_copy(what: str, a: str, b: str) -> None:
    assert not nearly_same(a, b)
    assert not nearly_same(b, a)


def test_a_fingerprint_is_a_few_signed_integers_of_64_bits() -> None:
    marks = fingerprint(LEAD_ONE + BODY)
    assert len(marks) == len(set(marks)) == BANDS
    assert all(-(2**63) <= mark < 2**63 for mark in marks)
    assert fingerprint("") == fingerprint("Dos palabras") == []


def test_a_fingerprint_is_the_same_in_another_process() -> None:
    script = (
        "import json,sys; from monitor.ledger.texts import fingerprint; print(json.dumps(fingerprint(sys.argv[1])))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, ENGLISH],
        cwd=Path(__file__).parents[1],
        env={"PYTHONHASHSEED": "7"},
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout) == fingerprint(ENGLISH)


def test_different_articles_rarely_share_a_mark() -> None:
    texts = [LEAD_ONE + BODY, OTHER, ARTICLE, ENGLISH]
    marks = [set(fingerprint(text)) for text in texts]
    assert not any(a & b for n, a in enumerate(marks) for b in marks[:n])
