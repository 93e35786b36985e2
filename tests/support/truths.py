"""What must be true of the stored house after every step, read from the file with plain SQL."""

import sqlite3
from collections import Counter
from collections.abc import Callable
from typing import Any

from market.states import Event, Role, State
from market.table import TRANSITIONS

Passed = tuple[Event, State, State, Role]

_LEGAL = {
    (row.event, row.src, row.dst, role): row.number for row in TRANSITIONS for role in row.roles
}
_WRITTEN = "SELECT " + ", ".join(
    f"(SELECT count(*) FROM {table})"
    for table in ("order_event", "transfer", "outbox", "command", "operator_act", "report")
)
_ORDERS = """
SELECT id, state, version, held_minor, price_minor + buyer_fee_minor AS worth_minor,
    clock_at_ms, nudge_at_ms, paused_ms, request_until_ms, dispute_by,
    (SELECT count(*) FROM order_event e WHERE e.order_id = o.id AND e.event <> 'create') AS events,
    (SELECT coalesce(sum(credits - debits), 0) FROM account a WHERE a.order_id = o.id) AS escrow
FROM orders o
"""
_SAID = """
SELECT event FROM order_event
WHERE order_id = ? AND version < ? AND event IN ('dispute', 'reopen', 'decide', 'appeal')
ORDER BY version DESC LIMIT 1
"""
_OPENED = {"dispute", "reopen"}


def _before_the_end(role: Role) -> set[str]:
    """The clock carries out a verdict, an operator ends an appeal."""
    return {"decide"} if role is Role.CLOCK else {"appeal"}


_AFTER: dict[Event, Callable[[Role], set[str]]] = {
    Event.DECIDE: lambda _: _OPENED,
    Event.APPEAL: lambda _: {"decide"},
    Event.FALLBACK: lambda _: _OPENED | {"appeal"},
    Event.RESOLVE_REFUND: _before_the_end,
    Event.RESOLVE_RELEASE: _before_the_end,
    Event.RESOLVE_SPLIT: _before_the_end,
}
_SENT_BACK = """
SELECT state, outcome, was_charged_back FROM orders WHERE rail = ? AND charge_id = ?
"""
_AT_PROVIDER = "SELECT debits - credits FROM account WHERE id = ?"


class Truths:
    """Over one connection that reads the file; `check` raises AssertionError."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._seen = 0
        self.passed: Counter[Passed] = Counter()

    def mark(self) -> tuple[int, ...]:
        """How much was written so far."""
        return tuple(self._rows(_WRITTEN)[0])

    def newest(self, order_id: int) -> tuple[int, Event]:
        """The order's version and the event that made it."""
        (row,) = self._rows("SELECT version, last_event FROM orders WHERE id = ?", order_id)
        return row["version"], Event(row["last_event"])

    def event(self, order_id: int, version: int) -> tuple[int, Event]:
        """What made that version of the order."""
        (row,) = self._rows(
            "SELECT event FROM order_event WHERE order_id = ? AND version = ?", order_id, version
        )
        return version, Event(row["event"])

    def orders(self) -> list[int]:
        """All there are."""
        return [row["id"] for row in self._rows("SELECT id FROM orders ORDER BY id")]

    def under_way(self) -> dict[State, list[int]]:
        """The orders that are not over, by their states."""
        found: dict[State, list[int]] = {}
        for row in self._rows("SELECT id, state FROM orders ORDER BY id"):
            state = State(row["state"])
            if not state.is_final:
                found.setdefault(state, []).append(row["id"])
        return found

    def given_up(self) -> list[int]:
        """Refunds that were tried too often."""
        rows = self._rows("SELECT id FROM outbox WHERE state = 'dead' AND kind = 'refund'")
        return [row["id"] for row in rows]

    def check(self) -> None:
        """Every order is whole, and every new event stands in the table."""
        for order in self._rows(_ORDERS):
            _is_whole(order)
        for event in self._rows("SELECT * FROM order_event WHERE rowid > ?", self._seen):
            self._count(event)
        ((self._seen,),) = self._rows("SELECT max(rowid) FROM order_event")

    def _count(self, event: Any) -> None:
        if event["event"] == Event.CREATE:
            return
        passed = (
            Event(event["event"]),
            State(event["src"]),
            State(event["dst"]),
            Role(event["role"]),
        )
        assert passed in _LEGAL, f"{passed} is not in the table"
        after = _AFTER.get(passed[0])
        if after is not None:
            (said,) = self._rows(_SAID, event["order_id"], event["version"])
            assert said["event"] in after(passed[3]), dict(event)
        self.passed[passed] += 1

    def check_provider(self, rail: str, balance: int, sent_back: set[str]) -> None:
        """The ledger knows what the provider holds; only orders that ended so were paid back."""
        found = self._rows(_AT_PROVIDER, f"A:prov:{rail}")
        assert balance == (found[0][0] if found else 0)
        for charge_id in sorted(sent_back):
            for order in self._rows(_SENT_BACK, rail.rpartition(":")[0], charge_id):
                assert order["state"] in {State.CANCELLED, State.REFUNDED}
                assert (order["outcome"], order["was_charged_back"]) == (None, 0)
        (unsent,) = self._rows("SELECT count(*) FROM refund WHERE state NOT IN ('sent', 'void')")
        assert unsent[0] == 0

    def _rows(self, sql: str, *values: object) -> list[Any]:
        return self.connection.execute(sql, values).fetchall()


def _is_whole(order: Any) -> None:
    state, who = State(order["state"]), dict(order)
    assert state is not State.DRAFT, who
    assert order["version"] == order["events"], who
    assert (order["worth_minor"] if state.is_funded else 0) == order["held_minor"], who
    assert order["escrow"] == order["held_minor"], who
    assert (order["clock_at_ms"] is None) == state.is_final, who
    if state.is_final:
        assert (order["nudge_at_ms"], order["paused_ms"]) == (None, None), who
    assert (order["paused_ms"] is None) == (order["request_until_ms"] is None), who
    if order["request_until_ms"] is not None:
        assert order["clock_at_ms"] == order["request_until_ms"], who
