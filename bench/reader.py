"""CPU time of reading a 500-word article in each language, beside two libraries in the same run.

trafilatura takes the text out of the page of the same article; quantulum3, where it is installed, finds the quantities
of an English one. Judging relevance is measured apart, since it comes before.

.venv/bin/python bench/reader.py
"""

from __future__ import annotations

import datetime as dt
import importlib
import importlib.util
import statistics
import time
from collections.abc import Callable

import trafilatura

from monitor.reader.read import read_statistics
from monitor.reader.relevance.judge import judge
from monitor.reader.sentence import scene
from monitor.reader.sentence.lexicon import lexicon

ROUNDS = 15
ARTICLES = {
    "en": [
        "In 2021 the specialized prosecutors of Puno opened 143 investigations into trafficking in persons.",
        "Of the 212 victims, 171 (80.7 percent) were women and 41 were men; 96 were between 13 and 17 years of age.",
        "The road to the mining camps is long, and buses leave every evening from the market beside the river.",
        "Families told reporters that recruiters promise work in restaurants, with a room and three meals every day.",
        "According to the National Police, 58 suspects were detained, compared with 44 in the same period of 2020.",
        "Nobody in the village knew the name of the man who had come with the truck, or where the young people went.",
        "The mayor asked for more light in the streets, a new police post and a bus that runs after dark.",
        "Teachers say that pupils vanish before the harvest and that few of them come back to class afterwards.",
        "Lawyers explained that cases drag on because witnesses move away and files are kept in distant courts.",
        "Shelters for girls in Cusco and Loreto could accommodate 130 children, but few take in adults.",
    ],
    "es": [
        "En 2021 las fiscalías especializadas de Puno abrieron 143 investigaciones por el delito de trata de personas.",
        "De las 212 víctimas, 171 (80,7 %) eran mujeres y 41 varones; 96 tenían entre 13 y 17 años de edad.",
        "El camino a los campamentos mineros es largo, y los buses salen cada tarde del mercado que está junto al río.",
        "Las familias contaron que los captadores prometen trabajo en restaurantes, con cuarto y comida.",
        "Según la Policía Nacional, 58 sospechosos fueron detenidos, frente a 44 en el mismo periodo de 2020.",
        "En el pueblo nadie sabía el nombre del hombre que llegó con el camión, ni adónde se habían ido los jóvenes.",
        "El alcalde pidió más luz en las calles, un nuevo puesto policial y un bus que circule de noche.",
        "Los maestros cuentan que los alumnos desaparecen antes de la cosecha y que pocos vuelven después a clase.",
        "Los abogados explicaron que los casos se alargan porque los testigos se mudan y los archivos están en papel.",
        "Los albergues para niñas de Cusco y Loreto pueden acoger a 130 menores, pero faltan servicios para adultos.",
    ],
}


def article(sentences: list[str], words: int = 500) -> str:
    """Paragraphs of these sentences, about so many words long."""
    found: list[str] = []
    while sum(len(paragraph.split()) for paragraph in found) < words:
        found.append(" ".join(sentences[len(found) % 2 :: 2]))
    return "\n\n".join(found)


def page(text: str) -> str:
    """The article as a web page with some furniture around it."""
    furniture = "<nav><ul>" + "<li><a href='/x'>section</a></li>" * 60 + "</ul></nav>"
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
    article = f"<article><h1>Title</h1>{paragraphs}</article>"
    return f"<html><body>{furniture}{article}<footer>{furniture}</footer></body></html>"


def milliseconds(work: Callable[[], object]) -> float:
    """Median CPU time of one run."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return 1000 * statistics.median(times)


def quantities(text: str) -> float | None:
    """What quantulum3 takes for the text, None where it is not installed."""
    if importlib.util.find_spec("quantulum3") is None:
        return None
    parser = importlib.import_module("quantulum3.parser")
    return milliseconds(lambda: parser.parse(text))


def ratios(ours: float, theirs: dict[str, float | None]) -> str:
    """Each library with its time and how many times it ours is."""
    return "; ".join(
        f"{name} {taken:.2f} ms, ratio {ours / taken:.2f}" if taken else f"{name} not installed"
        for name, taken in theirs.items()
    )


def measure(language: str) -> str:
    """The line of one language."""
    start = time.process_time()
    lexicon(language)
    loaded = 1000 * (time.process_time() - start)
    text = article(ARTICLES[language])
    found = len(read_statistics(text, language, None))
    ours = milliseconds(lambda: read_statistics(text, language, dt.date(2022, 3, 1)))
    judged = milliseconds(lambda: judge("", text, language))
    theirs: dict[str, float | None] = {"trafilatura": milliseconds(lambda: trafilatura.extract(page(text)))}
    theirs |= {"quantulum3": quantities(text)} if language == "en" else {}
    words = len(text.split())
    return (
        f"{language}: {words} words, {found} statistics, {ours:.2f} ms ({ours * 500 / words:.2f} per 500 words); "
        f"{ratios(ours, theirs)}; relevance {judged:.2f} ms; words loaded in {loaded:.0f} ms"
    )


def main() -> None:
    """Says which reader runs and prints a line for each language."""
    print("machine code" if not scene.__file__.endswith(".py") else "plain Python")
    for language in ARTICLES:
        print(measure(language))


if __name__ == "__main__":
    main()
