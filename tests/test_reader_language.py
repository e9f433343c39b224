"""The language of a text, from its function words."""

import pytest

from monitor.reader.language import detect_language, fold, languages, read_tables


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("La fiscalía informó que las víctimas fueron halladas en un bar de la ciudad.", "es"),
        ("The prosecutor said that the victims were found in a bar of the city.", "en"),
        ("LA POLICIA RESCATO A DOCE MENORES EN UN OPERATIVO", "es"),
        ("Police freed nine of the women who had been held in Puno", "en"),
        ("", "es"),
        ("1 430", "es"),
        ("Tambopata Puno Cusco", "es"),
    ],
)
def test_language_is_told_by_function_words(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_an_unknown_language_has_no_tables() -> None:
    assert read_tables("../es") == {}
    assert {"en", "es"} <= set(languages())


def test_folding_keeps_letters_and_drops_accents() -> None:
    assert fold("TRATÁ Ñandú’s ﬁn") == "trata nandu's fin"
