"""CPU to file a version in a small and in a large store, on SQLite and PostgreSQL: at most twice as much is the mark.

.venv/bin/python bench/ledger.py [--items 1000,100000] [--on sqlite,postgresql] [--folder DIR] [--look-up]

A store is filled in bulk by its database: five statistics an item, of some eight thousand observations, so that a store
of a million items holds about six hundred claims of each. Then documents are filed there as the chain does it. What the
server of PostgreSQL spends on them is counted, too (Linux).
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, insert, text
from sqlalchemy.schema import CreateIndex, DropIndex

from monitor.chain.walk import Walk, file_reading, reading_of
from monitor.figures.records import observation_of
from monitor.reader.statistic import Statistic as Figure
from store import captures, items, models, sources
from store.captures import Arrived
from store.columns import Base
from store.database import Store
from store.items import Entry, Found

sys.path.append(str(Path(__file__).parents[1]))
from bench.look_up import look_ups
from tests.servers import NoServerError, postgres_server

DOCUMENTS = 61
ITEM_STATISTICS = 5
SOURCES = 40
FETCHED = "2025-01-01 00:00:00.000000"
NINE_YEARS = 9 * 365 * 86400  # over which the items were fetched, in seconds
VOCABULARY = 20_000
AREAS = (  # noqa: SIM905 - codes are read best as a text
    "AMA ANC APU ARE AYA CAJ CUS CAL HUV HUC ICA JUN LAL LAM LIM LOR MDD MOQ PAS PIU PUN SAM TAC TUM UCA"
).split()
PLACES = {"CUS": "Cusco", "LOR": "Loreto", "MDD": "Madre de Dios", "PIU": "Piura", "PUN": "Puno", "TAC": "Tacna"}
INDICATORS = ("complaints", "victims", "cases", "investigations", "detentions", "convictions")
SAID = {
    "complaints": "denuncias por trata de personas",
    "victims": "víctimas de trata de personas",
    "cases": "casos de trata de personas",
    "investigations": "investigaciones por trata de personas",
    "detentions": "detenidos por trata de personas",
    "convictions": "sentencias condenatorias por trata de personas",
}
VOICES = {"MPFN": "la Fiscalía registró", "PNP": "la Policía Nacional registró", "": "se registraron"}
HASH = "({i} * 2654435761 % 4294967291 / {by})"
YEAR = {"sqlite": "CAST(substr(o.first_day, 1, 4) AS INTEGER)", "postgresql": "EXTRACT(YEAR FROM o.first_day)"}
UID = {"sqlite": "printf('%036d', id)", "postgresql": "lpad(CAST(id AS TEXT), 36, '0')"}
DAY = {
    "sqlite": "date('2000-01-01', '+' || ({n}) || ' days')",
    "postgresql": "DATE '2000-01-01' + CAST({n} AS INTEGER)",
}
MOMENT = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%S.000000', '2016-01-01', '+' || CAST({n} AS INTEGER) || ' seconds')",
    "postgresql": "TIMESTAMP '2016-01-01' + ({n}) * INTERVAL '1 second'",
}
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < {count})"

FILL_ITEM = """INSERT INTO item (id, source_id, key, url, title, published, first_seen_at, entry, state, relevant,
  reasons, baseline, gone_visits, failures) {numbers} SELECT i, 's' || (i % {sources}), 'https://bench.example/' || i,
  'https://bench.example/' || i, 'Trata de personas: nota ' || i, {day}, {moment}, '{{}}', 'held', TRUE, '[]', FALSE,
  0, 0 FROM n"""
FILL_CAPTURE = """INSERT INTO capture (id, item_id, url, final_url, fetched_at, headers, content_type, sha256, size,
  given,  read_at, rules, good, reasons) SELECT id, id, url, url, first_seen_at, '{{}}', 'text/html', 'none', 0, '{{}}',
  '{fetched}', 'bench', TRUE, '[]' FROM item"""
FILL_VERSION = """INSERT INTO version (id, item_id, capture_id, fetched_at, title, language, text, sha256, relevant,
  reasons, rules, dates, pages) SELECT id, id, id, first_seen_at, title, 'es', title, 'none', TRUE, '[]', 'bench', '[]',
  '[]' FROM item"""
FILL_BAND = """INSERT INTO band (version_id, number, hash) {numbers}
  SELECT (i - 1) / 24 + 1, (i - 1) % 24, {hash} - 2147483648 FROM n"""
FILL_SHELF = """INSERT INTO shelf (id, source_id, provider, indicator, area, first_year, last_year, last_id,
  last_change_id) {numbers} SELECT 1 + (i - 1) * {series} + (o.id - 1) / 2, 's' || ((i - 1) / 3),
  CASE (i - 1) % 3 WHEN 0 THEN 'MPFN' WHEN 1 THEN 'PNP' ELSE '' END, o.indicator, o.area, COALESCE({year}, 0),
  COALESCE({year}, 0), 0, 0 FROM n CROSS JOIN observation o WHERE o.id % 2 = 1"""
FILL_STATISTIC = """INSERT INTO statistic (id, version_id, item_id, source_id, observation_id, shelf_id, indicator,
  area, first_day, last_day, start, "end", quote, quote_offset, value, qualifier, period, provider, rule, rules, voice,
  date, fetched_at, checks)
  SELECT c.id, c.item, c.item, c.source, c.observation, 1 + (3 * (c.item % {sources}) + CASE WHEN c.voice < 2 THEN
  c.voice ELSE 2 END) * {series} + (c.observation - 1) / 2, o.indicator, o.area, o.first_day, o.last_day,
  10 * (c.id % 5), 10 * (c.id % 5) + 3,
  'Se registraron ' || c.value || ' en ' || o.area || ' por ' || o.indicator || ' según la nota w' || c.word,
  15, c.value, '=',
  substr(o.period, 1, 4), CASE c.voice WHEN 0 THEN 'MPFN' WHEN 1 THEN 'PNP' END, 'bench', 'bench',
  CASE c.voice WHEN 0 THEN 'MPFN' WHEN 1 THEN 'PNP' ELSE c.source END, {day}, {moment}, '[]'
  FROM (SELECT d.*, 20 + d.observation % 300 + 7 * (d.chance % 4) AS value FROM (SELECT e.i AS id, e.item, e.chance,
  's' || (e.item % {sources}) AS source, e.chance / 4 % 4 AS voice, e.chance / 5 % {vocabulary} AS word,
  1 + (e.chance / 16 % {observations}) * (1 + e.chance / 7 % 16) / 16 AS observation
  FROM ({numbers} SELECT i, (i - 1) / {each} + 1 AS item, {hash} AS chance FROM n) e) d) c
  JOIN observation o ON o.id = c.observation"""
FILL_CHANGE = """INSERT INTO change (id, uid, change, at, source_id, item_id, shelf_id, version_id, statistic_id,
  detail)
  SELECT id, {uid}, CASE id % 7 WHEN 0 THEN 'new_statistic' WHEN 1 THEN 'conflicting_statistic' ELSE
  'repeated_statistic' END, fetched_at, source_id, item_id, shelf_id, version_id, id, '{{}}' FROM statistic"""
NOTE_SHELVES = (
    """UPDATE shelf SET last_id = own.last_id, last_change_id = own.last_id, first_date = own.day,
  first_fetched = own.time FROM (
  SELECT shelf_id, max(id) AS last_id, min(date) AS day, min(fetched_at) AS time FROM statistic GROUP BY shelf_id)
  AS own WHERE own.shelf_id = shelf.id""",
    "DELETE FROM shelf WHERE last_id = 0",
)


def observations() -> list[dict[str, Any]]:
    """The observations of which statistics are claimed, as rows."""
    years = [str(year) for year in range(2000, 2025)]
    slots = product([None, *years], ["PE", *(f"PE-{area}" for area in AREAS)], INDICATORS, ["_T", "F"])
    rows = []
    for number, (period, area, indicator, sex) in enumerate(slots, start=1):
        figure = Figure(
            start=0, end=1, quote="", value=1, rule="", period=period, area=area, indicator=indicator, sex=sex
        )
        key = observation_of(figure)
        days = {"first_day": key.first_day, "last_day": key.last_day}
        rows.append({"id": number, "series": key.series, "period": key.period, **days, **key.slots})
    return rows


def fill(url: str, count: int) -> None:
    """Fill an empty store with so many items; indexes are made afterwards, as a database is restored."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if not sqlite:
            connection.execute(text("SET LOCAL session_replication_role = replica"))  # as restores do
        kept = [index for table in Base.metadata.sorted_tables for index in table.indexes]
        for index in kept:
            connection.execute(DropIndex(index))
        rows = [{"id": f"s{n}", "name": f"s{n}"} for n in range(SOURCES)]
        connection.execute(insert(models.Source), rows)
        connection.execute(insert(models.Body), [{"sha256": "none", "content": b""}])
        connection.execute(insert(models.Observation), observations())
        _fill_tables(connection, count)
        for index in kept:
            connection.execute(CreateIndex(index))
        key, vector = ("rowid", "quote") if sqlite else ("statistic_id", "to_tsvector('simple', quote)")
        connection.execute(text(f"INSERT INTO statistic_words ({key}, words) SELECT id, {vector} FROM statistic"))
        if not sqlite:
            _set_counters(connection)
    if not sqlite:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))  # as the server does by itself, in time
    engine.dispose()


def _fill_tables(connection: Connection, count: int) -> None:
    day = DAY[connection.dialect.name]
    moment, uid = MOMENT[connection.dialect.name], UID[connection.dialect.name]
    known = {"sources": SOURCES, "fetched": FETCHED, "each": ITEM_STATISTICS, "observations": len(observations())}
    known |= {"uid": uid, "vocabulary": VOCABULARY, "series": len(observations()) // 2}
    known["year"] = YEAR[connection.dialect.name]
    rows = {FILL_SHELF: 3 * SOURCES, FILL_ITEM: count, FILL_CAPTURE: 0, FILL_VERSION: 0, FILL_BAND: 24 * count}
    rows |= {FILL_STATISTIC: ITEM_STATISTICS * count, FILL_CHANGE: 0}
    for statement, number in rows.items():
        what = "i" if statement is FILL_ITEM else "c.item"
        chance = HASH.format(i="i", by=1)
        filled = {"numbers": NUMBERS.format(count=number), "day": day.format(n=f"{what} % 9000"), "hash": chance}
        filled |= {"moment": moment.format(n=f"{what} * {NINE_YEARS / count:.6f}")}
        connection.execute(text(statement.format(**known, **filled)))
    for statement in NOTE_SHELVES:
        connection.execute(text(statement))


def _set_counters(connection: Connection) -> None:
    for table in ("item", "capture", "version", "statistic", "observation", "shelf", "change"):
        connection.execute(
            text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
        )


def documents() -> Iterator[tuple[Entry, str]]:
    """Articles with some five figures each: in years and regions that are held, and without a year."""
    for number in range(DOCUMENTS):
        chance = random.Random(number)
        said = []
        for _ in range(ITEM_STATISTICS):
            voice, indicator, place = (
                chance.choice([*VOICES.values()]),
                chance.choice(INDICATORS),
                chance.choice([*PLACES]),
            )
            when = f"En {chance.randint(2000, 2024)} " if chance.random() < 0.8 else "En la región "
            value = chance.randint(20, 340)
            said.append(f"{when}{voice} {value} {SAID[indicator]} en {PLACES[place]}.")
        filler = " ".join(chance.choices(FILLER, k=200))
        url = f"https://diario.example/{number}"
        yield Entry(url=url, title=f"Trata de personas: informe {number}"), " ".join(said) + f"\n\n{filler}."


FILLER = (  # noqa: SIM905 - words are read best as a text
    "la institución presentó su plan ante el congreso y pidió recursos para atender puertos minas y escuelas"
).split()


def filed(store: Store, server: Path | None) -> tuple[float, float]:
    """Median CPU in milliseconds to file a version, and of that what the database server spent."""
    mine, theirs = [], []
    for entry, content in documents():
        capture_id = _captured(store, entry, content)
        with store.read() as session:
            capture = session.get_one(models.Capture, capture_id)
            reading = reading_of(capture, captures.body(session, capture))
        before, start = _spent(server), time.process_time()
        with store.write() as session:
            file_reading(session, capture_id, reading, Walk())
        mine.append(1000 * (time.process_time() - start))
        theirs.append(_spent(server) - before)
    return statistics.median(a + b for a, b in zip(mine, theirs, strict=True)), statistics.median(theirs)


def _captured(store: Store, entry: Entry, content: str) -> int:
    with store.write() as session:
        source = sources.ensure(session, "diario")
        now = datetime(2025, 6, 1, tzinfo=UTC)
        (item,) = items.discover(session, Found(watch_id=None, source_id=source.id, url="", entries=[entry]), now)
        arrived = Arrived(
            item_id=item.id,
            url=entry.url,
            final_url=entry.url,
            content=content.encode(),
            content_type="text/plain; charset=utf-8; document",
            given={"title": entry.title, "lang": "es", "published": date(2025, 5, 30).isoformat()},
        )
        return captures.keep(session, arrived, now).id


def _spent(server: Path | None) -> float:
    """Milliseconds of CPU that a server process has spent."""
    return int(server.read_text().split()[0]) / 1e6 if server else 0.0


def _backend(store: Store) -> Path | None:
    """Where Linux counts what the server spends on this store's connection."""
    with store.read() as session:
        if session.get_bind().dialect.name == "sqlite":
            return None
        path = Path(f"/proc/{session.scalar(text('SELECT pg_backend_pid()'))}/schedstat")
    return path if path.exists() else None


@contextmanager
def stores(on: str, folder: Path) -> Iterator[Any]:
    """Gives a function that gives the address of a new store."""
    with ExitStack() as stack:
        server = stack.enter_context(postgres_server()) if on == "postgresql" else None
        yield lambda count: server.new_database() if server else f"sqlite:///{folder / f'bench-{count}.db'}"


def measure(url: str, count: int, *, look_up: bool) -> tuple[float, float, float]:
    """Fill a store and file there: seconds to fill, CPU for a version, the server's part of it. Prints look-ups."""
    start = time.monotonic()
    Store(url).close()
    fill(url, count)
    filling = time.monotonic() - start
    store = Store(url)
    try:
        times = filed(store, _backend(store))
        for line in look_ups(store) if look_up else ():
            print(line, flush=True)
        return filling, *times
    finally:
        store.close()


def main() -> None:
    """Print a line for each database and size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", default="1000,100000", help="sizes; 1000,1000000 is the whole measure")
    parser.add_argument("--on", default="sqlite,postgresql")
    parser.add_argument("--folder", type=Path, help="where SQLite's files go (a temporary folder)")
    parser.add_argument("--look-up", action="store_true", help="measure look-ups in each store, too")
    asked = parser.parse_args()
    for on in asked.on.split(","):
        first = 0.0
        with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
            try:
                with stores(on, Path(folder)) as new:
                    for count in map(int, asked.items.split(",")):
                        filling, cpu, server = measure(new(count), count, look_up=asked.look_up)
                        first = first or cpu
                        times = f"{cpu / first:4.2f} times the first"
                        print(
                            f"{on:10} {count:9,} items  {cpu:6.1f} ms a version ({server:.1f} the server's)  {times}"
                            f"  (filled in {filling:.0f} s)",
                            flush=True,
                        )
            except NoServerError as error:
                print(f"{on}: {error}")


if __name__ == "__main__":
    main()
