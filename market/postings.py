"""Money of the transition table: which journals an event posts (money.md 3.3, P1 to P15)."""

from market import ledger
from market.change import Refund
from market.contract import Act, Order
from market.ledger import Journal, Transfer
from market.money import Money
from market.split import Split, split

Posted = tuple[tuple[Journal, ...], tuple[Refund, ...]]


def nothing(_order: Order, _act: Act) -> Posted:
    """No money moves."""
    return (), ()


def hold(order: Order, act: Act) -> Posted:
    """P1 and P2: the charge lands with the buyer and is held for the order at once."""
    paid = act.payment
    assert paid is not None, "a payment event carries its fact"
    cur = order.terms.price.currency
    row = Transfer(
        "P2", ledger.credit(order.buyer_id, cur), ledger.escrow(order.id, cur), order.terms.price
    )
    held = Journal(f"order:{order.id}:hold", "hold", (row,), order.id)
    landed = ledger.money_in(paid.rail, paid.charge_id, paid.payer_id, paid.amount)
    return (landed, held), ()


def release(order: Order, act: Act) -> Posted:
    """P5 and P6: escrow to the seller's clearing balance, less the fee."""
    cur, shares = order.terms.price.currency, released(order)
    out = ledger.escrow(order.id, cur)
    rows = (
        _row("P5", out, ledger.clearing(order.seller_id, cur), shares.seller_minor),
        _row("P6", out, ledger.fee_pending(cur), shares.fee_minor),
    )
    return (_journal(order, act, "release", rows),), ()


def clear(order: Order, act: Act) -> Posted:
    """P7 and P8: the seller may withdraw, the fee is earned."""
    cur, shares = order.terms.price.currency, released(order)
    seller = order.seller_id
    rows = (
        _row("P7", ledger.clearing(seller, cur), ledger.earned(seller, cur), shares.seller_minor),
        _row("P8", ledger.fee_pending(cur), ledger.fee_income(cur), shares.fee_minor),
    )
    return (_journal(order, act, "clear", rows),), ()


def refund(order: Order, act: Act) -> Posted:
    """P10 and P14: all of it back to the buyer and on to the provider, as one whole charge."""
    assert order.rail is not None, "a funded order knows its charge"
    assert order.charge_id is not None, "a funded order knows its charge"
    price, buyer = order.terms.price, order.buyer_id
    back = _row(
        "P10",
        ledger.escrow(order.id, price.currency),
        ledger.credit(buyer, price.currency),
        price.minor,
    )
    request = ledger.refund_request(order.rail, order.charge_id, buyer, price)
    due = Refund(order.rail, order.charge_id, buyer, price, order.id)
    return (_journal(order, act, "refund", (back,)), request), (due,)


def released(order: Order) -> Split:
    """The shares when everything is released."""
    terms = order.terms
    return split(
        terms.price.minor,
        terms.price.minor,
        fee_bp=terms.fee_bp,
        fee_least_minor=terms.fee_least_minor,
    )


def _row(code: str, debit: ledger.Account, credit: ledger.Account, minor: int) -> Transfer:
    return Transfer(code, debit, credit, Money(minor, debit.currency))


def _journal(order: Order, act: Act, code: str, rows: tuple[Transfer, ...]) -> Journal:
    moving = tuple(row for row in rows if row.amount.minor)
    return Journal(f"order:{order.id}:v{order.version + 1}:{act.event}", code, moving, order.id)
