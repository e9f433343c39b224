"""Addresses: one item has one, however it was linked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from store.addresses import absolute, archived_at, asked, canonical, host_of, identity

PAGE = "https://paper.example/news/trata-en-puno"


@pytest.mark.parametrize(
    "other",
    [
        "https://www.paper.example/news/trata-en-puno",
        "http://paper.example/news/trata-en-puno",
        "https://PAPER.example:443/news/trata-en-puno/",
        "https://m.paper.example/news/trata-en-puno",
        "https://paper.example/news/trata-en-puno#comments",
        "https://paper.example/news/trata-en-puno?ref=home&utm_source=x&utm_medium=rss&fbclid=1",
        "https://paper.example/news/trata-en-puno?outputType=amp",
        "https://paper.example/news/trata-en-puno/amp/",
        "https://paper.example/news/trata-en-puno/amp.html",
        "https://paper.example/news/trata-en-puno?print=1",
        "https://paper.example/news/trata-en-puno/print",
        "https://paper.example/news/trata-en-puno/index.html",
        "https://someone@paper.example/news/trata-en-puno",
        "https://web.archive.org/web/20240301120000/https://paper.example/news/trata-en-puno",
        "http://web.archive.org/web/2024id_/http://www.paper.example:80/news/trata-en-puno/?utm_source=x",
        "https://web.archive.org/web/20240301/https:/paper.example/news/trata-en-puno",
        "https://web.archive.org/web/20240301/paper.example/news/trata-en-puno",
        "https://web.archive.org/web/2024/https://web.archive.org/web/2023/https://paper.example/news/trata-en-puno",
    ],
)
def test_the_same_page_has_one_canonical_address(other: str) -> None:
    assert canonical(other) == PAGE


@pytest.mark.parametrize(
    "other",
    [
        "https://paper.example/news/trata-en-puno-2",
        "https://paper.example/news/trata-en-puno?page=2",
        "https://paper.example/news/trata-en-puno?sCodigo=C-052/17",
        "https://paper.example/es/news/trata-en-puno",
        "https://noticias.paper.example/news/trata-en-puno",
        "https://web.archive.org/web/*/https://paper.example/news/trata-en-puno",
        "https://web.archive.example/web/2024/https://paper.example/news/trata-en-puno",
    ],
)
def test_another_page_has_another(other: str) -> None:
    assert canonical(other) != PAGE


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("20240301123045", datetime(2024, 3, 1, 12, 30, 45, tzinfo=UTC)),
        ("20240301id_", datetime(2024, 3, 1, tzinfo=UTC)),
        ("2024", datetime(2024, 1, 1, tzinfo=UTC)),
        ("20249901", None),
    ],
)
def test_the_address_of_an_archived_copy_tells_when_it_was_fetched(written: str, at: datetime | None) -> None:
    assert archived_at(f"https://web.archive.org/web/{written}/{PAGE}") == at


def test_no_other_address_tells_when_it_was_fetched() -> None:
    assert archived_at("https://paper.example/web/20240301123045/https://paper.example/") is None


def test_accents_are_the_same_escaped_or_not() -> None:
    assert canonical("https://paper.example/víctimas") == canonical("https://paper.example/v%C3%ADctimas")


def test_slashes_in_a_slug_stay() -> None:
    assert canonical("https://a.example/es/news/el-diario-7/03/2018-todos").endswith("/el-diario-7/03/2018-todos")


def test_what_is_asked_for_keeps_host_path_and_order_of_the_query() -> None:
    address = "https://m.paper.example/a/amp/?b=2&utm_source=x&a=1&c%5B%5D=n#top"
    assert asked(address) == "https://m.paper.example/a/amp/?b=2&a=1&c%5B%5D=n"


def test_a_host_of_two_names_keeps_them() -> None:
    assert canonical("https://m.example/a") == "https://m.example/a"


@pytest.mark.parametrize("address", ["mailto:a@b.example", "file:///etc/hosts", "", "https://", "javascript:alert(1)"])
def test_what_is_no_address_of_the_web_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="not an address of the web"):
        asked(address)


@pytest.mark.parametrize("link", ["", "#top", "mailto:a@b.example", "javascript:void(0)", "http://[::1", "a" * 3000])
def test_a_link_that_leads_nowhere_is_none(link: str) -> None:
    assert absolute(link, PAGE) is None


def test_a_relative_link_is_read_against_its_page() -> None:
    assert absolute(" ../noticias/9 ", PAGE) == "https://paper.example/noticias/9"


def test_the_number_of_an_item_is_its_identity() -> None:
    pattern = r"-(\d+)\.aspx"
    assert identity("https://a.example/agencia/noticia-slug-12.aspx", "agency", pattern) == "agency:12"
    assert identity("https://a.example/ingles/noticia-other-12.aspx", "agency", pattern) == "agency:12"
    assert identity("https://a.example/loultimo", "agency", pattern) == ""
    assert identity("https://a.example/noticia-12", "agency", None) == ""


def test_of_addresses_joined_by_mistake_the_last_counts() -> None:
    joined = "https://a.example/noticia-x-558146.aspx/www.other.example/noticia-y-732749.aspx"
    assert identity(joined, "agency", r"-(\d+)\.aspx") == "agency:732749"


def test_a_host_carries_its_port_where_it_is_unusual() -> None:
    assert host_of("https://A.example:443/x") == "a.example"
    assert host_of("http://a.example:8080/x") == "a.example:8080"
