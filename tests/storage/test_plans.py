"""What people and sweeps ask is found by an index, however large the house gets.

Every query of the house is looked at; those that may read a table from end to end are named here
with their reason.
"""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.queries import load

# Whole by their nature, and on nobody's way: the audit, figures of the whole house (members see
# those kept in memory by services.trust), the start, a restore, the end of an outage, once a day.
WHOLE = {
    "coffers",
    "house_money",
    "orders_newest",
    "orders_parties_at_work",
    "orders_tally",
    "positions",
    "shift_clocks",
    "transitions",
}
# Tables that owners and operators fill by hand: as many rows as wallets, chats, decisions, sweeps.
# Alarms wait only as long as nobody who runs the house is within reach.
SMALL = {
    "alarms_drop",
    "alarms_kept",
    "category_policies",
    "places_all",
    "places_of_category",
    "sweeps",
    "wallets",
}
# They end at the first row of a key.
FIRST = {"inbox_newest"}
# Rows that an inner query of a statement has found by an index.
FOUND = {"moved", "held", "sides", "transfers", "balanced", "parts", "shelf", "beyond"}


def _queries() -> dict[str, str]:
    """Every query that is one statement over tables, by its name."""
    loaded = load("sqlite")
    found = {name: getattr(getattr(loaded, name), "sql", "") for name in dir(loaded)}
    return {
        name: sql
        for name, sql in found.items()
        if sql and not name.endswith("_cursor") and not name.startswith("audit_")
    }


QUERIES = _queries()


def _waiting(conn: sqlite3.Connection) -> set[str]:
    """Partial indexes: they hold only what waits, or the few rows that a page is about."""
    made = conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index'")
    return {name for name, sql in made if sql and " WHERE " in " ".join(sql.split())}


def _scans(conn: sqlite3.Connection, sql: str) -> list[str]:
    """Steps that read a table, or an index of all its rows, from one end to the other."""
    values = dict.fromkeys(re.findall(r"(?<!:):(\w+)", sql), 1)
    steps = [row[3] for row in conn.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    scans = [step.split() for step in steps if step.startswith("SCAN ")]
    return [
        " ".join(words)
        for words in scans
        if words[1] not in FOUND
        and words[1] not in {"CONSTANT", "(subquery"}
        and not words[1].startswith("(subquery")
        and not ("INDEX" in words and words[words.index("INDEX") + 1] in _waiting(conn))
    ]


@pytest.mark.parametrize("name", sorted(QUERIES.keys() - WHOLE - SMALL - FIRST))
def test_a_query_reads_no_table_from_end_to_end(name: str, sqlite_file: Path) -> None:
    """Its plan searches, or walks along a partial index that holds only what waits."""
    with closing(sqlite3.connect(f"file:{sqlite_file}?mode=ro", uri=True)) as conn:
        assert _scans(conn, QUERIES[name]) == []


@pytest.mark.parametrize("name", sorted(WHOLE | SMALL | FIRST))
def test_what_is_excused_needs_the_excuse(name: str, sqlite_file: Path) -> None:
    """A query that searches by now is taken off the list."""
    with closing(sqlite3.connect(f"file:{sqlite_file}?mode=ro", uri=True)) as conn:
        assert _scans(conn, QUERIES[name]) != []


def test_a_walk_along_the_key_of_a_table_is_no_search(sqlite_file: Path) -> None:
    """The index of a primary key holds every row."""
    sql = "SELECT id FROM account WHERE id LIKE 'A:prov:%' ORDER BY id"
    with closing(sqlite3.connect(f"file:{sqlite_file}?mode=ro", uri=True)) as conn:
        assert len(_scans(conn, sql)) == 1
