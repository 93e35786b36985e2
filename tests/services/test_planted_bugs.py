"""Bugs planted on purpose: each must be caught, else the tests prove less than they seem to.

The lives of `test_life` catch what breaks money, states or repetition; what only moves a deadline
is caught by a test of that rule.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase

from market import clocks, postings
from market import order as orders
from market.absence import Absence, stopped
from market.change import Change
from market.contract import Act, Order
from market.dispute import Dispute
from market.errors import Conflict
from market.split import Pricing, Split, split
from market.states import Event
from market.table import TRANSITIONS
from services.moves import Moves
from services.rows import Refused, SendOutcome
from storage import OpenStorage, recording
from storage.payments import Payments
from storage.queries import Sql
from storage.unit import Unit
from tests.market import test_absence, test_requests
from tests.services.test_life import Round
from tests.storage import test_orders
from tests.support.truths import Passed
from tests.support.walk import settle
from tests.support.world import Origin, Till, origin

Patch = pytest.MonkeyPatch
CATCHING = 10


def _rows(patch: Patch, event: Event, **changes: Any) -> None:
    """The table with other columns for one event."""
    rows = tuple(replace(row, **changes) if row.event is event else row for row in TRANSITIONS)
    patch.setattr(orders, "TRANSITIONS", rows)


def _split_and_refund(order: Order, act: Act) -> postings.Posted:
    journals, _ = postings.agreed_split(order, act)
    _, refunds = postings.refund(order, act)
    return journals, refunds


def _rounds_up(pricing: Pricing, gross_minor: int) -> Split:
    shares = split(pricing, gross_minor)
    return replace(shares, seller_minor=-(-gross_minor * 9 // 10))


async def _no_key(_self: Unit, _command: object, **_facts: object) -> None:
    return None


async def _always_new(self: Payments, fact: Any) -> bool:
    await _REAL_FACT(self, replace(fact))
    return True


async def _already(self: Till, telegram_id: int, charge_id: str) -> SendOutcome:
    if charge_id in self.sent_back:
        return Refused("CHARGE_ALREADY_REFUNDED")
    return await _REAL_REFUND(self, telegram_id, charge_id)


def _any_version(self: Moves, *facts: Any, version: int | None = None, **more: Any) -> Act:
    return replace(_REAL_ASKED(self, *facts, **more), version_seen=None)


def _has_verdict(dispute: Dispute) -> bool:
    return dispute.verdict_minor is not None


def _keeps_request(clock: Callable[[Order, Act], Any]) -> Callable[[Order, Act], Any]:
    def columns(order: Order, act: Act) -> dict[str, object]:
        kept = {"request": order.request, "paused_ms": order.paused_ms}
        return {**clock(order, act), **(kept if order.request is not None else {})}

    return columns


async def _unlocked(_sql: Sql, _before: Order) -> None:
    return None


async def _blind_move(sql: Sql, change: Change) -> None:
    with suppress(Conflict):
        await _REAL_MOVE(sql, change)


def _counts_twice(order: Order, absence: Absence, **now: Any) -> Change | None:
    return _REAL_STOPPED(replace(order, absent_until_ms=None), absence, **now)


_REAL_FACT, _REAL_REFUND, _REAL_ASKED = Payments.add_fact, Till.refund, Moves.asked
_REAL_STOPPED, _REAL_MOVE = stopped, recording._move


def _lapse_pays(patch: Patch) -> None:
    _rows(patch, Event.LAPSE, money=postings.refund)


def _free_reopening(patch: Patch) -> None:
    _rows(patch, Event.REOPEN, money=postings.nothing)


def _refunded_split(patch: Patch) -> None:
    rows = tuple(
        replace(row, money=_split_and_refund) if row.money is postings.agreed_split else row
        for row in TRANSITIONS
    )
    patch.setattr(orders, "TRANSITIONS", rows)


def _own_rounding(patch: Patch) -> None:
    patch.setattr(postings, "split", _rounds_up)


def _no_keys(patch: Patch) -> None:
    patch.setattr(Unit, "command", _no_key)


def _doubled_facts(patch: Patch) -> None:
    patch.setattr(Payments, "add_fact", _always_new)


def _error_when_refunded(patch: Patch) -> None:
    patch.setattr(Till, "refund", _already)


def _no_versions(patch: Patch) -> None:
    patch.setattr(Moves, "asked", _any_version)


def _ignored_appeals(patch: Patch) -> None:
    patch.setattr(Dispute, "has_verdict", property(_has_verdict))


def _no_clearing(patch: Patch) -> None:
    _rows(patch, Event.CLEAR, money=postings.nothing)


def _chargeback_of_nobody(patch: Patch) -> None:
    _rows(patch, Event.CHARGEBACK, money=postings.nothing)


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Origin:
    """Where all lives begin."""
    return asyncio.run(origin(tmp_path_factory.mktemp("planted")))


@pytest.mark.parametrize(
    "plant",
    [
        _lapse_pays,
        _free_reopening,
        _refunded_split,
        _own_rounding,
        _no_keys,
        _doubled_facts,
        _error_when_refunded,
        _no_versions,
        _ignored_appeals,
        _no_clearing,
        _chargeback_of_nobody,
    ],
)
def test_the_lives_catch_it(
    plant: Callable[[Patch], None], start: Origin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the bug in the house, a life ends with something that is not right."""
    plant(monkeypatch)
    with pytest.raises(Exception):  # noqa: B017, PT011 - whatever is noticed first
        _live(start, tmp_path)


def _live(start: Origin, folder: Path) -> None:
    """A hundred lives at most."""
    passed: Counter[Passed] = Counter()
    for number in range(CATCHING):
        lives = Round(origin=start, folder=folder, seed=number, phases=(Phase.generate,))
        passed += lives.live(passed)


def test_a_surviving_request_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """A seller's wish that outlives his delivery fails the test of voided requests."""
    _rows(monkeypatch, Event.DELIVER, clock=_keeps_request(clocks.accept_by))
    with pytest.raises(AssertionError):
        test_requests.test_a_delivery_voids_what_the_seller_asked()


def test_days_that_count_twice_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """An absence that moves a clock again at the next event fails the test of absences."""
    monkeypatch.setattr(test_absence, "stopped", _counts_twice)
    with pytest.raises(AssertionError):
        test_absence.test_the_same_days_never_count_twice()


async def test_writing_without_comparing_is_caught(
    sqlite_storage: OpenStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When nobody looks whether the order moved meanwhile, the test of the slower one fails."""
    monkeypatch.setattr(recording, "_lock", _unlocked)
    monkeypatch.setattr(recording, "_move", _blind_move)
    with pytest.raises(BaseException, match=r"DID NOT RAISE|constraint|differs"):
        await test_orders.test_the_slower_of_two_commands_conflicts(
            sqlite_storage, await settle(sqlite_storage)
        )
