"""`statistics`: looks the ledger up, shows all on a figure, takes what people decide on it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

import click
from rich.console import Console

from monitor.chain.known_past import RULE
from monitor.commands.figures import print_definitions, print_figure
from monitor.commands.options import Setting, with_setting
from monitor.commands.parameters import ID, code, day, days, decider, end_of, known_source, moment, number, worded
from monitor.figures.definitions import areas_in
from monitor.figures.known import as_of
from monitor.figures.lookup import all_on, listed, statistic_row
from monitor.figures.ruling import CORRECTABLE, Decision, decide
from monitor.figures.spreadsheet import write_csv
from monitor.figures.tables import print_whole, table
from monitor.logs import write_lines
from store import ledger
from store.clock import Clock
from store.lookups import Question
from store.rulings import CONFIRMED, CORRECTED, DISMISSED
from store.words import terms

JSON = click.option("--json", "as_json", is_flag=True, help="JSON Lines in place of a table.")
INDICATOR = click.option(
    "--indicator", type=code("indicator"), metavar="CODE", help="What is counted, such as victims or complaints."
)
AREA = click.option(
    "--area", type=code("area"), metavar="CODE", help="A place with all inside it: PE, or a region such as PE-MDD."
)
HEADINGS = ("id", "value", "unit", "indicator", "period", "area", "who", "source", "published", "quote")
SHOWN = ("id", "shown", "unit", "indicator", "period", "area", "provider", "source", "published", "quote")
COLUMNS = (
    *("id", "value", "unit", "qualifier", "indicator", "period", "area", "sex", "age", "form", "citizenship"),
    *("provider", "voice", "measure", "register", "source", "url", "title", "published", "date", "fetched"),
    *("withdrawn", "ruling", "since", "last_said", "said_by", "quote"),
)


@click.group(invoke_without_command=True)
@INDICATOR
@AREA
@click.option(
    "--period",
    type=days,
    metavar="PERIOD",
    help="Only periods that touch this one: 2023, 2020/2023, 2023-01/2023-06.",
)
@click.option("--provider", type=code("provider"), metavar="CODE", help="Who counted, such as MPFN or PNP.")
@click.option("--source", metavar="ID", help="Who published it.")
@click.option("--words", metavar="WORDS", help='Words of quote and title: all of them; "a phrase"; a beginning*.')
@click.option("--as-known", type=day, metavar="DATE", help="What was current by what had been published by that day.")
@click.option(
    "--as-read", type=moment, metavar="DATE", help="What was current by what we had read by that day or time."
)
@click.option("--limit", type=click.IntRange(1, 100_000), default=100, show_default=True)
@click.option("--csv", "as_csv", is_flag=True, help="CSV in place of a table; no cell of it acts as a formula.")
@JSON
@with_setting
def statistics(setting: Setting, **wanted: Any) -> None:
    """The ledger: the statistics claimed, newest first; or what was current on a day."""
    if click.get_current_context().invoked_subcommand is not None:
        return
    if wanted["as_json"] and wanted["as_csv"]:
        raise click.UsageError("--json or --csv, not both")
    question, end = _question(setting, wanted)
    with setting.store() as store, store.read() as session:
        known_source(session, setting.configuration, question.source)
        limit = wanted["limit"]
        rows = listed(session, question, limit) if end is None else as_of(session, question, end, limit)
        rows = setting.shown(rows, session)
    _print(rows, wanted)


def _print(rows: list[dict[str, Any]], wanted: dict[str, Any]) -> None:
    if wanted["as_json"]:
        write_lines(rows)
    elif wanted["as_csv"]:
        ruled = ({**row, "ruling": (row["ruling"] or {}).get("ruling")} for row in rows)
        write_csv(sys.stdout, COLUMNS, ruled)
    else:
        told = ({**row, "shown": _shown(row)} for row in rows)
        rows_shown = (tuple(row[name] for name in SHOWN) for row in told)
        print_whole(Console(), table(HEADINGS, rows_shown, firm=HEADINGS[:-1]))


def _shown(row: dict[str, Any]) -> str:
    """The value with what stands before it in doubt, and what a person or the item made of it."""
    qualifier = "" if row["qualifier"] == "=" else row["qualifier"]
    notes = [row["ruling"]["ruling"]] if row["ruling"] else []
    notes += ["known past"] if row["rule"] == RULE else []
    notes += ["withdrawn"] if row["withdrawn"] else []
    return f"{qualifier}{row['value']}" + (f" ({', '.join(notes)})" if notes else "")


def _question(setting: Setting, wanted: dict[str, Any]) -> tuple[Question, datetime | None]:
    """What is asked, and when its days end where it asks for a day."""
    zone = setting.configuration.zone
    ends = {name: end_of(wanted[name], zone) for name in ("as_known", "as_read") if wanted[name] is not None}
    if wanted["words"] is not None and not terms(wanted["words"]):
        raise click.BadParameter(f"{wanted['words'][:40]!r} has no word to look for", param_hint="'--words'")
    question = Question(
        indicator=wanted["indicator"],
        areas=areas_in(wanted["area"]) if wanted["area"] else (),
        days=wanted["period"],
        provider=wanted["provider"],
        source=wanted["source"],
        words=wanted["words"] or "",
        known_by=wanted["as_known"],
        read_by=ends.get("as_read"),
    )
    return question, min(ends.values(), default=None)


@statistics.command()
@click.argument("statistic_id", metavar="ID", type=ID)
@JSON
@with_setting
def show(setting: Setting, *, statistic_id: int, as_json: bool) -> None:
    """All on one figure: its vintages by voice, who said it first and who repeats it, proofs, what people decided."""
    with setting.store() as store, store.read() as session:
        (told,) = setting.shown([all_on(session, statistic_id)], session)
    if as_json:
        write_lines([told])
    else:
        print_figure(Console(), told, setting.configuration)


@statistics.command()
@JSON
@with_setting
def definitions(setting: Setting, *, as_json: bool) -> None:
    """What the codes mean: indicators, units, qualifiers, providers and places, in Spanish and English."""
    print_definitions(Console(), setting.configuration.file.language, as_json=as_json)


REASON = click.option("--reason", type=worded, required=True, metavar="TEXT", help="Why; it is kept and shown.")
BY = click.option("--by", type=worded, metavar="NAME", help="Who decides; by default who is logged in.")


@statistics.command()
@click.argument("statistic_id", metavar="ID", type=ID)
@REASON
@BY
@with_setting
def dismiss(setting: Setting, **wanted: Any) -> None:
    """It is no such statistic: it counts no more, and is not told again when repeated."""
    _decide(setting, DISMISSED, wanted, {})


@statistics.command()
@click.argument("statistic_id", metavar="ID", type=ID)
@REASON
@BY
@with_setting
def confirm(setting: Setting, **wanted: Any) -> None:
    """It is right as it was read; an earlier dismissal or correction is lifted."""
    _decide(setting, CONFIRMED, wanted, {})


def _slot_options(command: Any) -> Any:
    for name in reversed(CORRECTABLE):
        told = "The value." if name == "value" else f"The {name}" + (" (- for none)." if name in _MAY_LACK else ".")
        command = click.option(f"--{name}", type=_checked(name), help=told)(command)
    return command


_MAY_LACK = ("period", "provider")


def _checked(name: str) -> Callable[[str], Any]:
    """What checks the value of a slot; a dash is none where a slot may lack one."""
    if name == "value":
        return number
    return lambda said: said if said == "-" and name in _MAY_LACK else code(name)(said)


@statistics.command()
@click.argument("statistic_id", metavar="ID", type=ID)
@REASON
@BY
@_slot_options
@with_setting
def correct(setting: Setting, **wanted: Any) -> None:
    """It was read wrongly: it stands with the value and slots given; what was read is kept beside them."""
    slots = {name: wanted.pop(name) for name in CORRECTABLE if wanted[name] is not None}
    if not slots:
        raise click.UsageError(f"say what is right, with one of {', '.join(f'--{name}' for name in CORRECTABLE)}")
    _decide(setting, CORRECTED, wanted, {name: None if value == "-" else value for name, value in slots.items()})


def _decide(setting: Setting, ruling: str, wanted: dict[str, Any], slots: dict[str, Any]) -> None:
    by, reason = decider(wanted["by"]), wanted["reason"]
    with setting.store() as store, store.write() as session:
        decide(
            session,
            wanted["statistic_id"],
            Decision(ruling=ruling, by=by, reason=reason, at=Clock().now(), slots=slots),
        )
        row = ledger.by_ids(session, [wanted["statistic_id"]])[wanted["statistic_id"]]
        told = setting.shown([statistic_row(row)], session)
    write_lines(told)
