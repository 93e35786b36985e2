"""Postings of the house's own money and of what providers do by themselves (money.md 3.3).

P4, P16, P22 to P26. Those of orders are `postings`, of withdrawals `payout_postings`.
"""

from typing import Literal

from market import ledger
from market.ledger import Account, Journal, Transfer
from market.money import Money

Budget = Literal["promo", "goodwill"]
Parts = tuple[tuple[Account, Money], ...]  # accounts that a sum comes out of, and how much of each
# Journals that a correction may mirror: nobody's order and nobody's withdrawal hangs on them.
CORRECTABLE = frozenset(
    {
        "provider_fee",
        "exchanged_out",
        "exchanged_in",
        "unattributed",
        "attributed",
        "unexplained",
        "budget",
        "capital",
        "draw",
        "goodwill",
        "write_off",
    }
)
_BUDGETS = {"promo": ledger.promo, "goodwill": ledger.goodwill}


def fee_taken(rail: str, external_id: str, amount: Money) -> Journal:
    """P4: the provider took something for itself."""
    cur = amount.currency
    row = Transfer("P4", ledger.provider_fee(rail, cur), ledger.provider(rail, cur), amount)
    return Journal(f"{rail}:{external_id}:fee", "provider_fee", (row,))


def refund_given_up(rail: str, charge_id: str, payer_id: int, amount: Money) -> Journal:
    """P16: the charge cannot go back; the payer keeps it here as credit."""
    cur = amount.currency
    row = Transfer("P16", ledger.refunding(rail, cur), ledger.credit(payer_id, cur), amount)
    return Journal(f"{rail}:{charge_id}:refund-void", "refund_given_up", (row,))


def exchanged_out(rail: str, external_id: str, amount: Money) -> Journal:
    """P22: the owner took it from the provider, to make another currency of it."""
    cur = amount.currency
    row = Transfer("P22", ledger.exchange(cur), ledger.provider(rail, cur), amount)
    return Journal(f"{rail}:{external_id}:out", "exchanged_out", (row,))


def exchange_undone(rail: str, external_id: str, amount: Money) -> Journal:
    """P22 backwards: what the owner took out came back, for it could not be exchanged."""
    cur = amount.currency
    row = Transfer("P22", ledger.provider(rail, cur), ledger.exchange(cur), amount)
    return Journal(f"{rail}:{external_id}:out-undone", "exchange_undone", (row,))


def exchanged_in(key: str, rail: str, amount: Money) -> Journal:
    """P22: what became of exchanged money has arrived at a rail."""
    cur = amount.currency
    row = Transfer("P22", ledger.provider(rail, cur), ledger.exchange(cur), amount)
    return Journal(f"adm:{key}", "exchanged_in", (row,))


def unattributed(rail: str, external_id: str, amount: Money) -> Journal:
    """P23: money came, and nobody knows whose it is."""
    cur = amount.currency
    row = Transfer("P23", ledger.provider(rail, cur), ledger.suspense(rail, cur), amount)
    return Journal(f"{rail}:{external_id}:in", "unattributed", (row,))


def attributed(key: str, rail: str, person_id: int, amount: Money) -> Journal:
    """P23: by now it is known whose it is; it becomes that person's credit."""
    cur = amount.currency
    row = Transfer("P23", ledger.suspense(rail, cur), ledger.credit(person_id, cur), amount)
    return Journal(f"adm:{key}", "attributed", (row,))


def suspense_returned(rail: str, charge_id: str, amount: Money) -> Journal:
    """P23: it goes back to who sent it; promised like any refund, and under its key."""
    cur = amount.currency
    row = Transfer("P23", ledger.suspense(rail, cur), ledger.refunding(rail, cur), amount)
    return Journal(f"{rail}:{charge_id}:refund-req", "suspense_returned", (row,))


def unexplained(rail: str, external_id: str, amount: Money) -> Journal:
    """P23, the other way: money left, and nobody knows why. A cost until it is explained."""
    cur = amount.currency
    row = Transfer("P23", ledger.loss(cur), ledger.provider(rail, cur), amount)
    return Journal(f"{rail}:{external_id}:lost", "unexplained", (row,))


def taken_back(
    rail: str, charge_id: str, payer_id: int, amount: Money, *, from_credit: int
) -> Journal:
    """P24 beside orders: the payer's credit first, as far as it goes; the rest is a debt."""
    cur = amount.currency
    gone = ledger.provider(rail, cur)
    parts = (
        (ledger.credit(payer_id, cur), from_credit),
        (ledger.receivable(payer_id, cur), amount.minor - from_credit),
    )
    rows = tuple(Transfer("P24", purse, gone, Money(minor, cur)) for purse, minor in parts if minor)
    return Journal(f"{rail}:{charge_id}:cb", "taken_back", rows)


def write_off(key: str, person_id: int, amount: Money) -> Journal:
    """P24, the end of it: a debt that will not be paid becomes the house's loss."""
    cur = amount.currency
    row = Transfer("P24", ledger.loss(cur), ledger.receivable(person_id, cur), amount)
    return Journal(f"adm:{key}", "write_off", (row,))


def budgeted(key: str, budget: Budget, parts: Parts) -> Journal:
    """P25: part of the fees, or of the owner's money, may now be given away."""
    rows = [
        Transfer("P25", source, _BUDGETS[budget](money.currency), money) for source, money in parts
    ]
    return Journal(f"adm:{key}", "budget", tuple(rows))


def capital_in(key: str, rail: str, amount: Money) -> Journal:
    """P25: the owner put own money in."""
    cur = amount.currency
    row = Transfer("P25", ledger.provider(rail, cur), ledger.capital(cur), amount)
    return Journal(f"adm:{key}", "capital", (row,))


def drawn(key: str, rail: str, parts: Parts, stars: Money | None = None) -> Journal:
    """P25: the owner takes fees (or own money) out.

    What Stars have become is taken out of the exchange, and the fees that it was, `stars`, fill it.
    """
    rows = [
        Transfer("P25", source, ledger.provider(rail, money.currency), money)
        for source, money in parts
    ]
    if stars is None:
        return Journal(f"adm:{key}", "draw", tuple(rows))
    cur = stars.currency
    filled = Transfer("P25", ledger.fee_income(cur), ledger.exchange(cur), stars)
    return Journal(f"adm:{key}", "draw_exchanged", (*rows, filled))


def given(key: str, person_id: int, amount: Money) -> Journal:
    """P25: goodwill becomes somebody's spend-only credit."""
    cur = amount.currency
    row = Transfer("P25", ledger.goodwill(cur), ledger.credit(person_id, cur), amount)
    return Journal(f"adm:{key}", "goodwill", (row,))


def correction(transfer_id: int, wrong: Transfer) -> Journal:
    """P26: the mirror of a wrong transfer, which its key refers to; so it is mirrored once."""
    row = Transfer("P26", wrong.credit, wrong.debit, wrong.amount)
    return Journal(f"fix:{transfer_id}", "correction", (row,))
