"""Money of the transition table: which journals an event posts (money.md 3.3, P1 to P24)."""

from dataclasses import replace

from market import ledger
from market.change import Refund
from market.contract import Act, Order
from market.dispute_clocks import gross
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
    return (_journal(order, act, "release", _shared_out(order, order.terms.price.minor)),), ()


def agreed_split(order: Order, act: Act) -> Posted:
    """P12: what both agreed on; the buyer's part stays as credit, for charges go back whole."""
    assert order.request is not None, "a split was proposed"
    return (_journal(order, act, "split", _shared_out(order, order.request.minor)),), ()


def verdict_split(order: Order, act: Act) -> Posted:
    """P12: what an operator decided; the buyer's part stays as credit."""
    return (_journal(order, act, "split", _shared_out(order, gross(order, act))),), ()


def reopen(order: Order, act: Act) -> Posted:
    """P13: exactly P5 and P6 back into escrow."""
    cur, shares = order.terms.price.currency, released(order)
    held = ledger.escrow(order.id, cur)
    rows = (
        _row("P13", ledger.clearing(order.seller_id, cur), held, shares.seller_minor),
        _row("P13", ledger.fee_pending(cur), held, shares.fee_minor),
    )
    return (_journal(order, act, "reopen", rows),), ()


def chargeback(order: Order, act: Act) -> Posted:
    """P24: the provider took the whole charge; what the order holds goes first, then a debt."""
    assert order.rail is not None, "a funded order knows its charge"
    cur, price = order.terms.price.currency, order.terms.price.minor
    gone, shares = ledger.provider(order.rail, cur), released(order)
    of_seller, of_house = (0, 0) if order.held_minor else (shares.seller_minor, shares.fee_minor)
    owed = price - order.held_minor - of_seller - of_house
    rows = (
        _row("P24", ledger.escrow(order.id, cur), gone, order.held_minor),
        _row("P24", ledger.clearing(order.seller_id, cur), gone, of_seller),
        _row("P24", ledger.fee_pending(cur), gone, of_house),
        _row("P24", ledger.receivable(order.buyer_id, cur), gone, owed),
    )
    key = f"{order.rail}:{order.charge_id}:cb"
    return (replace(_journal(order, act, "chargeback", rows), key=key),), ()


def clear(order: Order, act: Act) -> Posted:
    """P7 and P8: the seller may withdraw, the fee is earned."""
    cur, shares = order.terms.price.currency, released(order)
    seller = order.seller_id
    rows = (
        _row("P7", ledger.clearing(seller, cur), ledger.earned(seller, cur), shares.seller_minor),
        _row("P8", ledger.fee_pending(cur), ledger.fee_income(cur), shares.fee_minor),
    )
    journal = _journal(order, act, "clear", rows)
    return ((journal,) if journal.transfers else ()), ()


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
    """The shares of what was released, or would be when everything is."""
    whole = order.terms.price.minor
    return shares_of(order, whole if order.released_minor is None else order.released_minor)


def shares_of(order: Order, gross_minor: int) -> Split:
    """The three shares when the seller's gross part is `gross_minor`."""
    terms = order.terms
    return split(
        terms.price.minor, gross_minor, fee_bp=terms.fee_bp, fee_least_minor=terms.fee_least_minor
    )


def _shared_out(order: Order, gross_minor: int) -> tuple[Transfer, ...]:
    cur, shares = order.terms.price.currency, shares_of(order, gross_minor)
    out = ledger.escrow(order.id, cur)
    return (
        _row("P5", out, ledger.clearing(order.seller_id, cur), shares.seller_minor),
        _row("P6", out, ledger.fee_pending(cur), shares.fee_minor),
        _row("P10", out, ledger.credit(order.buyer_id, cur), shares.buyer_minor),
    )


def _row(code: str, debit: ledger.Account, credit: ledger.Account, minor: int) -> Transfer:
    return Transfer(code, debit, credit, Money(minor, debit.currency))


def _journal(order: Order, act: Act, code: str, rows: tuple[Transfer, ...]) -> Journal:
    moving = tuple(row for row in rows if row.amount.minor)
    return Journal(f"order:{order.id}:v{order.version + 1}:{act.event}", code, moving, order.id)
