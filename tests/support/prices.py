"""Money for tests of prices: purses, budgets, coupons, and orders with all of them."""

from dataclasses import replace
from itertools import count
from typing import Any

from market import ledger
from market.change import Change
from market.contract import Order
from market.coupon import NewCoupon
from market.deadlines import DAY_MS
from market.ledger import Account, Journal, Transfer
from market.money import Currency, Money
from services.ports import Storage
from tests.support import orders as samples

XTR = Currency.XTR
_KEYS = count(1)


async def give(storage: Storage, account: Account, minor: int) -> None:
    """The provider holds so much more, and it is in that account."""
    row = Transfer(
        "P25", ledger.provider("stars", account.currency), account, Money(minor, account.currency)
    )
    journal = Journal(f"test:{next(_KEYS)}", "capital", (row,))
    async with storage.begin() as uow:
        await uow.record(Change(journals=(journal,)), now_ms=1)


async def give_credit(storage: Storage, person_id: int, minor: int) -> None:
    """Spend-only money of a person."""
    await give(storage, ledger.credit(person_id, XTR), minor)


async def give_earned(storage: Storage, person_id: int, minor: int) -> None:
    """Withdrawable money of a person."""
    await give(storage, ledger.earned(person_id, XTR), minor)


async def give_budget(storage: Storage, minor: int) -> None:
    """Money that the house's coupons may give away."""
    await give(storage, ledger.promo(XTR), minor)


async def holds(storage: Storage, account: Account) -> int:
    """What is in an account."""
    async with storage.read() as uow:
        return await uow.ledger.holds(account)


def new_coupon(now_ms: int, **changes: Any) -> NewCoupon:
    """20 % off, for a month."""
    base = NewCoupon(
        code="EID20",
        percent_bp=2_000,
        currency=XTR,
        from_ms=now_ms,
        until_ms=now_ms + 30 * DAY_MS,
    )
    return replace(base, **changes)


def priced(order: Order | None = None, **changes: Any) -> Order:
    """A draft of 250 Stars: 50 from a coupon of the house, 13 buyer's fee, 40 + 30 from balances.

    So 213 are due and 143 are charged.
    """
    base = order or samples.draft()
    terms = replace(base.terms, coupon_minor=50, buyer_fee_minor=13, coupon_id=1)
    return replace(base, terms=terms, from_credit_minor=40, from_earned_minor=30, **changes)
