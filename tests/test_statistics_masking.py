"""Names and exact places are hidden where minors are spoken of: rather too much than too little, never the number."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from monitor.chain.documents import checked, read_documents
from monitor.chain.ingest import ingest
from monitor.chain.walk import Walk
from monitor.cli import cli
from monitor.figures import lookup
from monitor.figures.masking import HIDDEN, mask, masked, of_minors
from monitor.figures.records import changes_json
from monitor.figures.shown import without_names
from store import changes
from store.database import Store
from store.lookups import Question
from tests.statistics_documents import document

HIDES = [
    ("La policía rescató a Yamileth Quispe en un bar.", ["Yamileth", "Quispe"]),
    ("Fue hallada en Mazuko, dijo su madre.", ["Mazuko"]),
    ("La adolescente Yamileth del Carmen Puma Huanca, de 15 años, declaró.", ["Yamileth", "Carmen", "Puma", "Huanca"]),
    ("La menor de iniciales Y. Q. R. fue rescatada.", ["Y.", "Q.", "R."]),
    ("Yamileth volvió a casa.", ["Yamileth"]),
    ("La menor llegó de Santa Rosa de Yavarí a Puno.", ["Santa", "Yavarí"]),
    ("MARÍA FERNANDA QUISPE volvió a Lima.", ["FERNANDA", "QUISPE"]),
    ("The girl, Yamileth O’Higgins-Puma, was found in La Rinconada.", ["Yamileth", "Higgins", "Puma", "Rinconada"]),
    ("Officers rescued Jhon Mamani in Huepetuhe.", ["Jhon", "Mamani", "Huepetuhe"]),
    ("La niña Rosa Puno fue rescatada.", ["Rosa", "Puno"]),
]
KEEPS = [
    ("Según el Ministerio Público, en Madre de Dios hubo 12 víctimas.", ["Ministerio Público", "Madre de Dios", "12"]),
    (
        "La Policía Nacional del Perú informó en Lima Metropolitana.",
        ["Policía Nacional del Perú", "Lima Metropolitana"],
    ),
    ("En marzo de 2024 la PNP y la Fiscalía rescataron a 9 menores.", ["PNP", "Fiscalía", "marzo", "9 menores"]),
    ("Rescatan a 9 menores de edad en Puno.", ["Rescatan", "Puno"]),
    (
        "In March 2024 the National Police rescued 9 Venezuelan girls in Peru.",
        ["March", "National Police", "Peru", "girls"],
    ),
    ("The Public Ministry reported 9 child victims.", ["The Public Ministry"]),
]


@pytest.mark.parametrize(("text", "names"), HIDES)
def test_names_and_exact_places_are_hidden(text: str, names: list[str]) -> None:
    shown, _ = mask(text)
    assert HIDDEN in shown
    assert [name for name in names if name in shown] == []


@pytest.mark.parametrize(("text", "words"), KEEPS)
def test_institutions_regions_and_words_stay(text: str, words: list[str]) -> None:
    assert [word for word in words if word not in mask(text)[0]] == []


def test_the_number_stays_and_is_found_again() -> None:
    text = "En el bar de Yamileth Quispe hallaron a Doce menores."
    start = text.index("Doce")
    shown, moved = mask(text, (start, start + 4))
    assert shown[start + moved : start + moved + 4] == "Doce"


@pytest.mark.parametrize(
    "text",
    ["rescataron a una niña", "tiene 15 años", "a 15-year-old", "nine girls", "menores de edad", "los adolescentes"],
)
def test_words_tell_that_minors_are_spoken_of(text: str) -> None:
    assert of_minors(text)


@pytest.mark.parametrize("text", ["610 víctimas en 2023", "mujeres de 25 años", "nine women", "en los últimos años"])
def test_other_texts_do_not_speak_of_minors(text: str) -> None:
    assert not of_minors(text)


def change(quote: str, age: str = "_T", **more: Any) -> dict[str, Any]:
    start = quote.index("9")
    statistic = {"quote": quote, "quote_offset": start, "start": 100 + start, "end": 101 + start, "age": age}
    return {"title": "Nota de Yamileth", "url": "https://a.example/", "statistic": statistic, "previous": None} | more


def test_a_change_that_does_not_speak_of_minors_is_shown_as_it_is() -> None:
    told = change("Yamileth Quispe habló de 9 casos.")
    assert masked(told) == told


@pytest.mark.parametrize("age", ["Y0T17", "Y13T17", "Y_LT14", "Y_LT18"])
def test_an_age_below_eighteen_masks_all_texts_of_a_change(age: str) -> None:
    told = masked(change("Yamileth Quispe habló de 9 víctimas.", age, detail={"added": ["Llegó a Mazuko."]}))
    said = json.dumps(told, ensure_ascii=False)
    assert "Yamileth" not in said
    assert "Mazuko" not in said
    statistic = told["statistic"]
    assert statistic["quote"][statistic["quote_offset"]] == "9"


@pytest.mark.parametrize("age", ["Y_GE18", "Y18T29", "Y13T25", "_T"])
def test_an_age_of_adults_masks_nothing(age: str) -> None:
    told = change("Yamileth Quispe habló de 9 víctimas.", age)
    assert masked(told) == told


def test_masking_again_changes_nothing() -> None:
    once = masked(change("La niña Yamileth Quispe y 9 víctimas."))
    assert masked(once) == once


def test_the_option_masks_look_ups_and_leaves_the_store_as_it_is(sqlite_url: str, tmp_path: Path) -> None:
    text = "La Policía rescató en Mazuko, Madre de Dios, a 12 menores víctimas de trata de personas en marzo de 2024."
    file = tmp_path / "documents.jsonl"
    file.write_text(json.dumps(document("ninas", "valle", "2024-04-02", text)), encoding="utf-8")
    settings = tmp_path / "tratawatch.toml"
    settings.write_text("[rules]\nmask = true\n", encoding="utf-8")

    def run(*arguments: str) -> str:
        done = CliRunner().invoke(cli, ["--store", sqlite_url, *arguments])
        assert done.exit_code == 0, done.output
        return done.stdout

    run("ingest", str(file))
    for command in (("statistics",), ("statistics", "show", "1"), ("changes",)):
        assert "Mazuko" in run(*command, "--json")
        shown = run("--config", str(settings), *command, "--json")
        assert "Mazuko" not in shown
        assert "Madre de Dios" in shown


def test_the_title_of_an_item_that_is_on_minors_is_masked_wherever_it_is_shown(store: Store) -> None:
    on_minors = "En 2023 la policía rescató a 9 mujeres en Puno, en el Perú. Hallaron también a Yamileth, de 15 años."
    lines = [
        document("nota", "valle", "2024-04-02", f"{on_minors} Fueron víctimas de trata de personas."),
        document(
            "acta", "costa", "2024-04-02", "En 2023 la policía rescató en Tacna a 9 víctimas de trata en el Perú."
        ),
    ]
    for line in lines:
        (one,) = read_documents(
            [json.dumps(line | {"title": "Rescatan a Yamileth Quispe"}).encode()], "d", ("es",), sourced=True
        )
        ingest(store, checked(one), Walk())
    with store.read() as session:
        told = without_names(session, changes_json(session, changes.since(session, None)))
        (listed,) = without_names(session, lookup.listed(session, Question(source="valle"), 9))
        everything = without_names(session, [lookup.all_on(session, listed["id"])])
    titles = {record["url"]: record["title"] for record in (*told, listed)}
    assert titles == {lines[0]["url"]: "Rescatan a […]", lines[1]["url"]: "Rescatan a Yamileth Quispe"}
    assert "Yamileth" not in json.dumps(everything)
    assert [record["title"] for record in told if record["change"] == "new_item"] == [*titles.values()]


def test_an_edit_of_an_item_that_is_on_minors_is_masked() -> None:
    told = {"url": "https://a.example/", "title": "", "detail": {"added": ["Yamileth volvió."], "others": [1]}}
    assert masked(told, {"https://a.example/"})["detail"] == {"added": ["[…] volvió."], "others": [1]}
    assert masked(told, {"https://b.example/"}) == told
