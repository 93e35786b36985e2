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
    """P1, P2 and P3: what was charged lands with the buyer; the order takes what it needs."""
    fills = ledger.FIRST_HOLD if act.payment is None else act.payment.hold
    rows = _held(order, fills)
    return (*_landed(act), _journal_as(f"order:{order.id}:hold", "hold", order, rows)), ()


def _landed(act: Act) -> tuple[Journal, ...]:
    """Nothing, where the buyer's balances pay for all of it."""
    paid = act.payment
    if paid is None:
        return ()
    return (ledger.money_in(paid.rail, paid.charge_id, paid.payer_id, paid.amount),)


def _held(order: Order, hold: int) -> tuple[Transfer, ...]:
    terms, cur, buyer = order.terms, order.terms.price.currency, order.buyer_id
    held, earned = ledger.escrow(order.id, cur, hold), order.from_earned_minor
    return (
        _row("P2", ledger.credit(buyer, cur), held, terms.due.minor - earned),
        _row("P2", ledger.earned(buyer, cur), held, earned),
        _row("P3", ledger.promo(cur), held, terms.coupon_minor),
    )


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
        _row("P13", ledger.fee_pending(cur), held, shares.house_minor),
    )
    return (_journal(order, act, "reopen", rows),), ()


def chargeback(order: Order, act: Act) -> Posted:
    """P24: the provider took the charge; what the order holds goes first, then a debt."""
    assert order.rail is not None, "what is taken back was charged"
    rows = _from_escrow(order) if order.held_minor else _from_released(order)
    key = f"{order.rail}:{order.charge_id}:cb"
    return (replace(_journal(order, act, "chargeback", rows), key=key),), ()


def _from_escrow(order: Order) -> tuple[Transfer, ...]:
    """What was not charged goes back to where it came from."""
    cur, minor = order.terms.price.currency, order.charge.minor
    row = _row("P24", ledger.escrow(order.id, cur), _gone(order), minor)
    return (row, *_back(order, shares_of(order, 0), charged_minor=minor))


def _from_released(order: Order) -> tuple[Transfer, ...]:
    """First the house's fees, then the seller's part; the rest is the buyer's debt."""
    cur, minor, shares = order.terms.price.currency, order.charge.minor, released(order)
    of_house = min(minor, shares.house_minor)
    of_seller = min(minor - of_house, shares.seller_minor)
    owed = minor - of_house - of_seller
    return (
        _row("P24", ledger.clearing(order.seller_id, cur), _gone(order), of_seller),
        _row("P24", ledger.fee_pending(cur), _gone(order), of_house),
        _row("P24", ledger.receivable(order.buyer_id, cur), _gone(order), owed),
    )


def _gone(order: Order) -> ledger.Account:
    assert order.rail is not None, "what is taken back was charged"
    return ledger.provider(order.rail, order.terms.price.currency)


def clear(order: Order, act: Act) -> Posted:
    """P7 and P8: the seller may withdraw, the fee is earned."""
    cur, shares = order.terms.price.currency, released(order)
    seller = order.seller_id
    rows = (
        _row("P7", ledger.clearing(seller, cur), ledger.earned(seller, cur), shares.seller_minor),
        _row("P8", ledger.fee_pending(cur), ledger.fee_income(cur), shares.house_minor),
    )
    journal = _journal(order, act, "clear", rows)
    return ((journal,) if journal.transfers else ()), ()


def refund(order: Order, act: Act) -> Posted:
    """P10, P11 and P14: all of it back to its sources, the charge on to the provider, whole."""
    back = _journal(order, act, "refund", _back(order, shares_of(order, 0)))
    if order.rail is None or order.charge_id is None:
        return (back,), ()
    charge = (order.rail, order.charge_id, order.buyer_id, order.charge)
    return (back, ledger.refund_request(*charge)), (Refund(*charge, order.id),)


def released(order: Order) -> Split:
    """The shares of what was released, or would be when everything is; a chargeback is off."""
    whole = order.terms.price.minor
    shares = shares_of(order, whole if order.released_minor is None else order.released_minor)
    return less(shares, order.taken_minor)


def less(shares: Split, taken_minor: int) -> Split:
    """What a chargeback leaves of what was released: it takes the house's fees first."""
    of_kept = min(taken_minor, shares.kept_minor)
    of_fee = min(taken_minor - of_kept, shares.fee_minor)
    return replace(
        shares,
        kept_minor=shares.kept_minor - of_kept,
        fee_minor=shares.fee_minor - of_fee,
        seller_minor=shares.seller_minor - (taken_minor - of_kept - of_fee),
    )


def shares_of(order: Order, gross_minor: int) -> Split:
    """The shares when the seller's gross part is `gross_minor`."""
    return split(order.terms.pricing, gross_minor)


def back_to_earned(order: Order, back_minor: int) -> int:
    """How much of what goes back was paid from the earned balance, in proportion, floored."""
    due = order.terms.due.minor
    return back_minor * order.from_earned_minor // due if due else 0


def _shared_out(order: Order, gross_minor: int) -> tuple[Transfer, ...]:
    cur, shares = order.terms.price.currency, shares_of(order, gross_minor)
    out = ledger.escrow(order.id, cur)
    return (
        _row("P5", out, ledger.clearing(order.seller_id, cur), shares.seller_minor),
        _row("P6", out, ledger.fee_pending(cur), shares.house_minor),
        *_back(order, shares),
    )


def _back(order: Order, shares: Split, *, charged_minor: int = 0) -> tuple[Transfer, ...]:
    """P10 and P11; `charged_minor` of the buyer's part has gone another way."""
    cur, buyer = order.terms.price.currency, order.buyer_id
    out, earned = ledger.escrow(order.id, cur), back_to_earned(order, shares.buyer_minor)
    to_credit = shares.buyer_minor - earned - charged_minor
    return (
        _row("P10", out, ledger.credit(buyer, cur), to_credit),
        _row("P10", out, ledger.earned(buyer, cur), earned),
        _row("P11", out, ledger.promo(cur), shares.coupon_minor),
    )


def _row(code: str, debit: ledger.Account, credit: ledger.Account, minor: int) -> Transfer:
    return Transfer(code, debit, credit, Money(minor, debit.currency))


def _journal(order: Order, act: Act, code: str, rows: tuple[Transfer, ...]) -> Journal:
    return _journal_as(f"order:{order.id}:v{order.version + 1}:{act.event}", code, order, rows)


def _journal_as(key: str, code: str, order: Order, rows: tuple[Transfer, ...]) -> Journal:
    return Journal(key, code, tuple(row for row in rows if row.amount.minor), order.id)
