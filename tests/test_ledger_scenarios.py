"""Sequences of readings through the rules, filed in memory: each scenario says what each reading must change."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.ledger.changes import Change, ChangeClass
from monitor.ledger.claim import Claim, claim_date, first_day, observation_key, series_key, voice
from monitor.ledger.held import Conflict, Held, Pair, differing, wanted
from monitor.ledger.judge import NewVersion, judge
from monitor.ledger.versions import align
from monitor.ledger.vintages import vintages
from monitor.reader.statistic import Statistic

SCENARIOS = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "scenarios_claims.jsonl").read_text(encoding="utf-8").splitlines()
]


class MemoryLedger:
    """What a store does for the rules: loads what they ask for and nothing else, files what they decide."""

    def __init__(self) -> None:
        self.filed: dict[int, Claim] = {}
        self.items: dict[str, int] = {}
        self.standing: dict[str, tuple[Claim, ...]] = {}
        self.conflicts: set[Conflict] = set()
        self.pairs: set[Pair] = set()

    def read(self, reading: dict[str, Any]) -> list[Change]:
        item = reading.get("item", reading["doc"])
        previous = self.standing.get(item)
        claims = tuple(self._claims(reading, item, first=previous is None))
        before = None if previous is None else tuple(self.filed[c.id] for c in previous if c.id is not None)
        changes = judge(
            NewVersion(claims, before, reading.get("copy_of")),
            self._held((*claims, *(before or ())), reading.get("copy_of")),
        )
        self._file(item, claims, before or ())
        self._remember(claims, changes)
        return changes

    def dismiss(self, value: float) -> None:
        self.filed = {i: replace(c, dismissed=c.dismissed or c.value == value) for i, c in self.filed.items()}

    def _claims(self, reading: dict[str, Any], item: str, *, first: bool) -> list[Claim]:
        published = date.fromisoformat(reading["published"]) if reading["published"] else None
        fetched = datetime.fromisoformat(reading["fetched"]) if "fetched" in reading else None
        return [
            Claim(
                statistic=statistic(slots, place),
                item=self.items.setdefault(item, len(self.items) + 1),
                source=reading["source"],
                url=f"https://{reading['source']}.example/{item}",
                published=published,
                date=claim_date(published, fetched, later_version=not first),
                fetched=fetched,
            )
            for place, slots in enumerate(reading["claims"])
        ]

    def _held(self, claims: tuple[Claim, ...], copy_of: str | None) -> Held:
        copied = next((claim.source for claim in self.filed.values() if claim.url == copy_of), None)
        keys = wanted(claims, copied)
        loaded = (
            claim
            for claim in self.filed.values()
            if (series_key(claim.statistic), first_day(claim.statistic)) in keys.starts or figure(claim) in keys.figures
        )
        return Held(
            tuple(loaded),
            frozenset(c for c in self.conflicts if c.observation.partition("@")[0] in keys.series),
            frozenset(p for p in self.pairs if p.series in keys.series),
        )

    def _file(self, item: str, claims: tuple[Claim, ...], before: tuple[Claim, ...]) -> None:
        alignment = align(before, claims)
        known = {id(now): old for old, now in alignment.carried}
        for old in alignment.gone:
            assert old.id is not None
            self.filed[old.id] = replace(old, withdrawn=True)
        standing = []
        for claim in claims:
            number = len(self.filed) + 1
            kept = known[id(claim)] if id(claim) in known else replace(claim, id=number)
            assert kept.id is not None
            self.filed.setdefault(kept.id, kept)
            standing.append(kept)
        self.standing[item] = tuple(standing)

    def _remember(self, claims: tuple[Claim, ...], changes: list[Change]) -> None:
        self.pairs |= differing(claims)
        for change in changes:
            if change.change == ChangeClass.CONFLICTING_STATISTIC and change.statistic and change.previous:
                self.conflicts.add(Conflict.of(change.statistic, change.previous))
                self.pairs.add(Pair.of(change.statistic, change.previous))


def figure(claim: Claim) -> tuple[str, str, str, float, str]:
    s = claim.statistic
    return s.indicator, s.unit, s.area, s.value, voice(claim)


def statistic(slots: dict[str, Any], place: int) -> Statistic:
    """A statistic of victims, unless the slots say otherwise."""
    interval = slots.get("interval")
    known = {"indicator": "victims", **slots, "interval": tuple(interval) if interval else None}
    return Statistic(start=10 * place, end=10 * place + 3, quote="", rule="given", **known)


def replay(scenario: dict[str, Any]) -> list[tuple[str, Change]]:
    ledger = MemoryLedger()
    told: list[tuple[str, Change]] = []
    for reading in scenario["readings"]:
        if "dismiss" in reading:
            ledger.dismiss(reading["dismiss"])
        else:
            told += [(reading["doc"], change) for change in ledger.read(reading)]
    return told


def value(claim: Claim | None) -> float | None:
    return claim.value if claim else None


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[scenario["name"] for scenario in SCENARIOS])
def test_each_reading_changes_what_the_scenario_says(scenario: dict[str, Any]) -> None:
    told = replay(scenario)
    got = Counter((doc, str(c.change), value(c.statistic), value(c.previous)) for doc, c in told)
    assert got == Counter(tuple(row) for row in scenario["expect"])
    for doc, details in scenario.get("details", {}).items():
        for change_class, marks in details.items():
            details_told = [c.detail for d, c in told if (d, c.change) == (doc, change_class)]
            assert details_told
            for mark in marks:
                assert any((mark.lstrip("!") in detail) != mark.startswith("!") for detail in details_told), mark


def test_every_detail_is_plain_json() -> None:
    for scenario in SCENARIOS:
        for _, change in replay(scenario):
            json.dumps(change.detail, allow_nan=False)


def test_the_scenarios_cover_each_rule_and_name_each_once() -> None:
    names = [scenario["name"] for scenario in SCENARIOS]
    assert len(set(names)) == len(names) >= 50
    classes = {row[1] for scenario in SCENARIOS for row in scenario["expect"]}
    assert classes == {name for name in ChangeClass if name.endswith("_statistic")}


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[scenario["name"] for scenario in SCENARIOS])
def test_what_is_loaded_is_enough(scenario: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    told = [(doc, change.change, change.detail) for doc, change in replay(scenario)]

    def all_of_it(ledger: MemoryLedger, _: tuple[Claim, ...], __: str | None) -> Held:
        return Held(tuple(ledger.filed.values()), frozenset(ledger.conflicts), frozenset(ledger.pairs))

    monkeypatch.setattr(MemoryLedger, "_held", all_of_it)
    assert [(doc, change.change, change.detail) for doc, change in replay(scenario)] == told


FIRST_VERSIONS = [
    s for s in SCENARIOS if all("item" not in r and "fetched" not in r and "dismiss" not in r for r in s["readings"])
]


@pytest.mark.parametrize("scenario", FIRST_VERSIONS, ids=[scenario["name"] for scenario in FIRST_VERSIONS])
def test_the_ledger_does_not_depend_on_the_order_of_reading(scenario: dict[str, Any]) -> None:
    orders = [scenario["readings"], scenario["readings"][::-1], sorted(scenario["readings"], key=json.dumps)]
    ledgers = []
    for readings in orders:
        ledger = MemoryLedger()
        for reading in readings:
            ledger.read(reading)
        ledgers.append(standing_values(ledger))
    assert ledgers[0] == ledgers[1] == ledgers[2]


def standing_values(ledger: MemoryLedger) -> dict[str, dict[str, list[list[tuple[float, str]]]]]:
    """Of each observation, by voice, the vintages: their values with the address of the first that said so."""
    observations: dict[str, list[Claim]] = {}
    for claim in ledger.filed.values():
        observations.setdefault(observation_key(claim.statistic), []).append(claim)
    return {
        key: {
            name: [[(lead.value, lead.url) for lead in vintage.values] for vintage in told]
            for name, told in vintages(claims).items()
        }
        for key, claims in observations.items()
    }
