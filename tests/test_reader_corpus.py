"""Own sentences give exactly what they must, in every language; sentences without a statistic give nothing."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from monitor.reader.read import read_statistics
from monitor.reader.sentence.lexicon import concepts, languages
from monitor.reader.statistic import Statistic

CORPUS = Path(__file__).parent / "corpus"
UNITS = {"percent", "per_100k", "percent_change", "PEN", "USD"}
INDICATORS = {str(facts["indicator"]) for facts in concepts().values() if "indicator" in facts} | {"other"}


def entries(kind: str) -> list[Any]:
    """All entries of a kind, of all languages, as parameters named by language and place."""
    found = []
    for path in (CORPUS / f"{language}.toml" for language in languages()):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        found += [
            pytest.param(path.stem, entry, id=f"{path.stem}-{place}") for place, entry in enumerate(data.get(kind, []))
        ]
    return found


def said(text: str, statistic: Statistic) -> str:
    """A statistic in the notation of the corpus."""
    words = [f"{text[statistic.start : statistic.end]} -> {statistic.value:.12g}"]
    words += [statistic.unit] if statistic.unit != "count" else []
    words += [statistic.qualifier] if statistic.qualifier != "=" else []
    words += [statistic.indicator, *filter(None, [statistic.period])]
    words += [value for value in (statistic.sex, statistic.age, statistic.form) if value != "_T"]
    words += [f"from:{statistic.citizenship}"] if statistic.citizenship != "_T" else []
    words += [f"in:{statistic.area}"] if statistic.area != "PE" else []
    words += [f"@{statistic.provider}"] if statistic.provider else []
    return " ".join(words)


@pytest.mark.parametrize(("language", "entry"), entries("sentence"))
def test_a_sentence_gives_its_statistics(language: str, entry: dict[str, Any]) -> None:
    published: dt.date | None = entry.get("published")
    found = read_statistics(entry["text"], language, published, entry.get("title", ""))
    assert [said(entry["text"], statistic) for statistic in found] == entry["gives"]


@pytest.mark.parametrize(("language", "entry"), entries("nothing"))
def test_a_sentence_without_a_statistic_gives_nothing(language: str, entry: dict[str, Any]) -> None:
    assert [said(entry["text"], statistic) for statistic in read_statistics(entry["text"], language, None)] == []


@pytest.mark.parametrize(("language", "entry"), entries("sentence"))
def test_the_corpus_names_known_indicators(language: str, entry: dict[str, Any]) -> None:
    assert language
    for line in entry["gives"]:
        words = re.split(r"\s+", line.partition("-> ")[2])[1:]
        assert INDICATORS & set(words), line
