"""Questions that cannot be meant: each is wrong use, with the option and what is allowed, and answers nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from store import alerts, sources
from store.database import Store
from store.models import Channel
from tests.commands import tratawatch

WRONG = [
    ("statistics", "--as-known", ""),
    ("statistics", "--as-known", "ayer"),
    ("statistics", "--as-known", "9999-12-31"),
    ("statistics", "--as-read", ""),
    ("statistics", "--as-read", "9999-12-31"),
    ("statistics", "--as-read", "0001-01-01T00:00+14:00"),
    ("statistics", "--period", "2023/2020"),
    ("statistics", "--area", "Lima"),
    ("statistics", "--indicator", "victimas"),
    ("statistics", "--provider", "policia"),
    ("statistics", "--source", "nadie"),
    ("statistics", "--words", ""),
    ("statistics", "--words", "¿?"),
    ("statistics", "--words", '"'),
    ("changes", "--since", ""),
    ("changes", "--since", "0001-01-01"),
    ("changes", "--since", "9999-12-31T23:59:59-12:00"),
    ("changes", "--since", "28/11/2026"),
    ("changes", "--change", "changed"),
    ("changes", "--source", "nadie"),
    ("changes", "--area", "Lima"),
    ("changes", "--indicator", "victimas"),
    ("reread", "--since", "0001-01-01"),
    ("reread", "--source", "nadie"),
]


@pytest.mark.parametrize(("command", "option", "value"), WRONG)
def test_a_wrong_value_is_wrong_use_and_names_the_option(
    sqlite_url: str, tmp_path: Path, command: str, option: str, value: str
) -> None:
    done = tratawatch(command, "--store", sqlite_url, option, value, folder=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert f"Invalid value for '{option}'" in done.err


def test_days_and_times_are_read_in_the_configured_zone(sqlite_url: str, tmp_path: Path) -> None:
    for since in ("2024", "2024-01-31", "2024-01-31T12", "2024-01-31T12:00:00Z"):
        assert tratawatch("changes", "--store", sqlite_url, "--since", since, folder=tmp_path).code == 0


def test_a_source_of_which_something_is_stored_may_be_asked_for(sqlite_url: str, tmp_path: Path) -> None:
    store = Store(sqlite_url)
    with store.write() as session:
        sources.ensure(session, "boletin")
    store.close()
    for command in ("statistics", "changes", "reread"):
        assert tratawatch(command, "--store", sqlite_url, "--source", "boletin", folder=tmp_path).code == 0


def test_csv_and_json_at_once_are_wrong_use(sqlite_url: str, tmp_path: Path) -> None:
    done = tratawatch("statistics", "--store", sqlite_url, "--json", "--csv", folder=tmp_path)
    assert (done.code, done.out) == (2, "")


@pytest.mark.parametrize(
    ("command", "option"),
    [
        (("statistics", "dismiss", "1"), "--reason"),
        (("statistics", "confirm", "1", "--reason", "x"), "--by"),
        (("forget", "1"), "--reason"),
        (("forget", "1", "--reason", "x"), "--by"),
        (("alerts",), "--retry"),
        (("alerts",), "--enable"),
    ],
)
@pytest.mark.parametrize("given", ["", "  ", "caf\udce9"])
def test_words_that_cannot_be_kept_are_wrong_use(
    sqlite_url: str, tmp_path: Path, command: tuple[str, ...], option: str, given: str
) -> None:
    done = tratawatch(*command, option, given, "--store", sqlite_url, folder=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert f"Invalid value for '{option}'" in done.err


def test_an_item_whose_name_is_not_utf_8_is_wrong_use(sqlite_url: str, tmp_path: Path) -> None:
    done = tratawatch("forget", "caf\udce9", "--reason", "x", "--store", sqlite_url, folder=tmp_path)
    assert (done.code, "Invalid value for 'ITEM'" in done.err) == (2, True)


def test_who_is_nobody_must_say_who_decides(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid not found: 4711")

    monkeypatch.setattr("getpass.getuser", nobody)
    done = tratawatch("forget", "1", "--reason", "x", "--store", sqlite_url, folder=tmp_path)
    assert (done.code, "Invalid value for '--by'" in done.err) == (2, True)


@pytest.mark.parametrize("option", ["--retry", "--enable"])
def test_an_alert_that_is_not_dead_and_a_channel_that_is_on_are_errors(
    sqlite_url: str, tmp_path: Path, option: str
) -> None:
    done = tratawatch("alerts", "--store", sqlite_url, option, "nothing", folder=tmp_path)
    assert (done.code, done.out) == (1, "")
    assert "nothing" in done.err


def test_a_channel_that_was_switched_off_is_switched_on_once(store: Store) -> None:
    with store.write() as session:
        session.add(Channel(name="desk", reason="410", disabled_at=datetime(2024, 3, 1, tzinfo=UTC)))
    with store.write() as session:
        assert alerts.enable(session, "desk")
        assert not alerts.enable(session, "desk")
