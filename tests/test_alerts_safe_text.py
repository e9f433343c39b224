"""Text from pages is made harmless, and stays readable."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts.safe_text import LINK_LIMIT, clean, harmless, safe_link
from tests.alerts_samples import HOSTILE


def test_ordinary_text_in_spanish_is_left_as_it_is() -> None:
    text = "Áncash: «niñas» — 1,814 denuncias (66.7 %) ¿sí? ¡Sí! 👮 Quechua: ñuqanchik"
    assert clean(text) == text


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("a\r\nBcc: b@malo.example", "a Bcc: b@malo.example"),
        ("uno\x1b[31m dos\x1b[0m", "uno dos"),
        ("uno\x9b2J dos", "uno dos"),
        ("\x1b]0;title\x07", "]0;title"),
        ("1\u202e000\u202c víctimas", "1000 víctimas"),
        ("1\u2066\u2069\u200f\u061c2", "12"),
        ("in\u200bvi\u2060si\ufeffble\u00ad", "invisible"),
        ("línea\u2028línea\u2029x\x85y", "línea línea x y"),
        ("nul\x00 bel\x07 del\x7f", "nul bel del"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("tag\U000e0041\U000e0042", "tag"),
        ("  wide\u00a0\u3000spaces\t\t", "wide spaces"),
        (None, ""),
        (1814, "1814"),
    ],
)
def test_what_could_act_is_taken_out(hostile: object, shown: str) -> None:
    assert clean(hostile) == shown


def test_marks_piled_on_a_letter_are_thinned_out() -> None:
    assert len(clean("a" + "\u0301" * 500)) == 5


def test_long_text_is_cut_with_an_ellipsis() -> None:
    assert clean("palabra " * 1000, 20) == "palabra palabra pal…"


@given(st.text(st.characters()))
def test_nothing_that_acts_is_ever_left(text: str) -> None:
    line = clean(text)
    assert not [mark for mark in line if unicodedata.category(mark) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
    assert line == line.strip()
    line.encode("utf-8")
    assert harmless(line) == line


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://diario.example/a?b=1&c=2#d", "https://diario.example/a?b=1&c=2#d"),
        ("HTTP://Diario.Example:8080/x", "http://diario.example:8080/x"),
        ("https://diario.example/niñas/1", "https://diario.example/ni%C3%B1as/1"),
        ("https://ñandú.example/", "https://xn--and-6ma2c.example/"),
        ('https://diario.example/"onmouseover=1<x>', "https://diario.example/%22onmouseover=1%3Cx%3E"),
        ("http://[::1]:8000/x", "http://[::1]:8000/x"),
        ("https://diario.example/%20a", "https://diario.example/%20a"),
    ],
)
def test_web_addresses_become_ascii_links(url: str, link: str) -> None:
    assert safe_link(url) == link


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//https://",
        "data:text/html,x",
        "file:///etc/passwd",
        "//diario.example/x",
        "/x",
        "",
        None,
        42,
        "https://",
        "https:///x",
        "https://diario.example@malo.example/",
        "https://user:secret@malo.example/",
        "https://diario.example\\@malo.example/",
        "https://diario.example/a b",
        "https://diario.example/\u202eexe",
        "https://diario.example/\r\nX-Header: 1",
        "https://diario.example:port/",
        "https://[::1/",
        "https://a..example/",
        "https://diario.example/" + "a" * LINK_LIMIT,
        HOSTILE,
    ],
)
def test_other_addresses_are_no_links(url: object) -> None:
    assert safe_link(url) is None
