"""Payments that a provider took back: row 32 for orders under way, a debt for what is over."""

from dataclasses import replace

from market import house_postings, ledger
from market.change import Change
from market.contract import Act, Order
from market.errors import WrongState
from market.order import apply
from market.policy import Policy
from market.states import Event, Role
from services import tipping
from services.alarms import Alarm, raise_alarm
from services.ports import UnitOfWork
from services.recording import record
from services.rows import ProviderFact


async def taken_back(uow: UnitOfWork, policy: Policy, paid: ProviderFact, *, now_ms: int) -> bool:
    """The charge is gone, whatever the house thinks of it; False when that was written before."""
    if not await uow.payments.add_fact(replace(paid, kind="chargeback", at_ms=now_ms)):
        return False
    order = None if paid.order_id is None else await uow.orders.get(paid.order_id)
    if await tipping.taken_back(uow, policy, paid, now_ms=now_ms):
        return True
    if order is None or order.charge_id != paid.external_id:
        await _from_payer(uow, policy, paid, now_ms=now_ms)
    elif not order.was_charged_back:
        await _of_order(uow, policy, order, paid, now_ms=now_ms)
    return True


async def _of_order(
    uow: UnitOfWork, policy: Policy, order: Order, paid: ProviderFact, *, now_ms: int
) -> None:
    act = Act(event=Event.CHARGEBACK, role=Role.PROVIDER, now_ms=now_ms, windows=policy.windows)
    try:
        change = apply(order, act)
    except WrongState:  # cleared, or ended without work: no row of the table is about it
        await _from_payer(uow, policy, paid, now_ms=now_ms)
    else:
        await record(uow, policy, change, now_ms=now_ms)


async def _from_payer(uow: UnitOfWork, policy: Policy, paid: ProviderFact, *, now_ms: int) -> None:
    """A charge whose refund was given up is the payer's credit here; any other he owes."""
    assert paid.person_id is not None, "a charge has a payer"
    payer_id, amount = paid.person_id, paid.amount
    purse = ledger.credit(payer_id, amount.currency)
    was_used = await uow.books.refund_state(paid.rail, paid.external_id) is None
    has = 0 if was_used else await uow.books.balance(purse.id)
    journal = house_postings.taken_back(
        paid.rail, paid.external_id, payer_id, amount, from_credit=min(has, amount.minor)
    )
    await uow.record(Change(journals=(journal,)), now_ms=now_ms)
    about = "" if paid.order_id is None else str(paid.order_id)
    alarm = Alarm(what="chargeback", about=about, detail=paid.external_id, once=paid.external_id)
    await raise_alarm(uow, policy, alarm, now_ms=now_ms)
