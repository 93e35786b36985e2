"""Bugs planted on purpose: each must be caught, else the tests prove less than they seem to.

The lives of `test_life` catch what breaks money, states or repetition; what only moves a deadline
is caught by a test of that rule.
"""

import asyncio
import inspect
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase

from market import order as orders
from market import postings
from market.absence import Absence
from market.change import Change
from market.contract import Act, Order
from market.dispute import Dispute
from market.split import Split, split
from market.states import Event, Outcome, State
from market.table import TRANSITIONS
from services.moves import Moves
from services.rows import Refused, SendOutcome
from storage.payments import Payments
from storage.unit import Unit
from tests.market import test_absence, test_requests
from tests.services import test_disputes, test_life
from tests.support.databases import open_sqlite_copy
from tests.support.town import Town
from tests.support.world import Origin, Till, origin

Patch = pytest.MonkeyPatch
CATCHING = 120


def _rows(patch: Patch, event: Event, **changes: Any) -> None:
    """The table with other columns for one event."""
    rows = tuple(replace(row, **changes) if row.event is event else row for row in TRANSITIONS)
    patch.setattr(orders, "TRANSITIONS", rows)


def _split_and_refund(order: Order, act: Act) -> postings.Posted:
    journals, _ = postings.agreed_split(order, act)
    _, refunds = postings.refund(order, act)
    return journals, refunds


def _rounds_up(price_minor: int, gross_minor: int, **fees: int) -> Split:
    shares = split(price_minor, gross_minor, **fees)
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


_REAL_FACT, _REAL_REFUND, _REAL_ASKED = Payments.add_fact, Till.refund, Moves.asked


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
        test_life.live(start, tmp_path, runs=CATCHING, phases=(Phase.generate,))
