"""Tips: what a buyer gives on top once the work is done. They are paid in Stars, without a fee.

A tip has its own invoice; it lands with the buyer and goes on to the seller at once, where it
clears as long as its charge can be taken back.
"""

from dataclasses import dataclass
from enum import StrEnum

from market import ledger
from market.contract import Order, Payment
from market.errors import AmountOutOfRange, TipUnfit, WrongState
from market.ledger import Journal, Transfer
from market.money import Currency, Money
from market.states import Event, State

TIPPED = frozenset({State.COMPLETED, State.CLEARED})
LEAST, MOST = 1, 5_000
TIPS_MOST = 10


class TipState(StrEnum):
    """Where a tip stands."""

    OFFERED = "offered"
    PAID = "paid"
    CLEARED = "cleared"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tip:
    """One tip; rail, charge and clocks are known once it is paid."""

    id: int
    order_id: int
    buyer_id: int
    seller_id: int
    amount: Money
    intent_id: str
    state: TipState
    offered_ms: int
    rail: str | None = None
    charge_id: str | None = None
    paid_ms: int | None = None
    clear_at_ms: int | None = None


def may_tip(order: Order, *, now_ms: int, window_ms: int) -> None:
    """Completed work is tipped, for a while; raises WrongState or TipUnfit."""
    if order.state not in TIPPED:
        raise WrongState(Event.ACCEPT, order.state)
    assert order.completed_ms is not None, "completed work was completed at a moment"
    if order.was_charged_back or now_ms >= order.completed_ms + window_ms:
        raise TipUnfit


def fit(minor: int) -> Money:
    """So many Stars; raises AmountOutOfRange."""
    if not LEAST <= minor <= MOST:
        raise AmountOutOfRange(LEAST, MOST, Currency.XTR)
    return Money(minor, Currency.XTR)


def unfit(tip: Tip, paid: Payment) -> str | None:
    """Why a charge does not pay this tip; None when it does."""
    if tip.state is not TipState.OFFERED:
        return "tip"
    if paid.payer_id != tip.buyer_id:
        return "payer"
    return None if paid.amount == tip.amount else "amount"


def paid(tip: Tip) -> Journal:
    """P9: from the buyer, where it has just landed, to the seller."""
    cur = tip.amount.currency
    row = _row("P9", ledger.credit(tip.buyer_id, cur), ledger.clearing(tip.seller_id, cur), tip)
    return Journal(f"tip:{tip.id}", "tip", (row,), tip.order_id)


def cleared(tip: Tip) -> Journal:
    """P7: the seller may withdraw it."""
    cur = tip.amount.currency
    row = _row("P7", ledger.clearing(tip.seller_id, cur), ledger.earned(tip.seller_id, cur), tip)
    return Journal(f"tip:{tip.id}:clear", "tip_cleared", (row,), tip.order_id)


def taken_back(tip: Tip) -> Journal:
    """P24: from the seller while it clears, afterwards the buyer owes it."""
    assert tip.rail is not None, "what is taken back was charged"
    cur = tip.amount.currency
    is_clearing = tip.state is TipState.PAID
    loser = (
        ledger.clearing(tip.seller_id, cur) if is_clearing else ledger.receivable(tip.buyer_id, cur)
    )
    row = _row("P24", loser, ledger.provider(tip.rail, cur), tip)
    return Journal(f"{tip.rail}:{tip.charge_id}:cb", "tip_taken_back", (row,), tip.order_id)


def _row(code: str, debit: ledger.Account, credit: ledger.Account, tip: Tip) -> Transfer:
    return Transfer(code, debit, credit, tip.amount)
