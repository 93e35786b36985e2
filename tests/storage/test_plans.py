"""What people and sweeps ask every day is found by an index, however large the house gets."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.queries import load

FREQUENT = [
    "orders_due",
    "orders_to_nudge",
    "orders_disputed",
    "orders_live",
    "board_open",
    "board_finished",
    "party_figures",
    "people_to_digest",
    "placed_since",
    "orders_to_erase",
    "people_found",
    "pauses_over",
    "room_add",
    "room_messages",
    "room_keep_read",
    "room_unread",
    "room_strikes",
    "quick_replies",
    "reports_open",
    "reports_about",
    "report_close",
    "standings",
    "acts",
    "absences_of",
    "statements",
    "deliveries",
    "order_history",
    "statement_of_order",
    "statement_moves",
    "statement_sums",
    "statement_rows",
    "reviews_about",
    "rating",
    "outbox_claim",
    "outbox_next_ms",
    "outbox_fold",
    "feed_rows_booked",
    "feed_rows_open",
    "charges_unlisted",
    "balance_checks",
    "house_lines",
    "stuck",
    "held_by_rail",
    "debts",
    "outgoing",
    "withdrawals_of",
    "withdrawals_since",
    "withdrawal_arrived",
    "withdrawals_open",
    "withdrawals_to_send",
    "withdrawals_to_tell",
    "payout_promised",
    "payout_own",
    "earned_of",
    "payout_rate_newest",
    "payout_detail_live",
    "money_proposal_of",
    "draws_waiting",
    "pin_get",
    "pins_to_reset",
]
# Rows that an inner query of a statement has found by an index.
FOUND = {"moved", "held", "sides", "transfers", "balanced"}


@pytest.mark.parametrize("name", FREQUENT)
def test_a_frequent_query_reads_no_table_from_end_to_end(name: str, sqlite_file: Path) -> None:
    """Its plan searches, or walks along a partial index that holds only what waits."""
    sql = getattr(load("sqlite"), name).sql
    values = dict.fromkeys(re.findall(r":(\w+)", sql), 1)
    with closing(sqlite3.connect(f"file:{sqlite_file}?mode=ro", uri=True)) as conn:
        steps = [row[3] for row in conn.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    scans = [step for step in steps if step.startswith("SCAN") and "INDEX" not in step]
    tables = [step for step in scans if not step.startswith("SCAN (subquery")]
    assert [step for step in tables if step.removeprefix("SCAN ") not in FOUND] == []
