"""Money of withdrawals: the journals of money.md 3.3, P17 to P21, and P4 of a payout."""

from market import ledger
from market.house_postings import fee_taken
from market.ledger import Journal, Transfer
from market.money import Money
from market.withdrawal import Withdrawal


def requested(withdrawal: Withdrawal) -> tuple[Journal, ...]:
    """P21 where the money is another one, then P17: earned money is reserved for the payout."""
    cur, person = withdrawal.amount.currency, withdrawal.person_id
    row = Transfer(
        "P17", ledger.earned(person, cur), ledger.reserved(person, cur), withdrawal.amount
    )
    asked = Journal(f"wd:{withdrawal.id}:req", "withdrawal_requested", (row,))
    return (*_exchange(withdrawal), asked)


def paid(withdrawal: Withdrawal, charge_minor: int) -> tuple[Journal, ...]:
    """P18: what was reserved has left, its fee (P18f) is earned; P4 is what the provider took."""
    cur, gone = (
        withdrawal.amount.currency,
        ledger.reserved(withdrawal.person_id, withdrawal.amount.currency),
    )
    rows = (
        Transfer("P18", gone, ledger.provider(withdrawal.way.rail, cur), withdrawal.net),
        Transfer("P18f", gone, ledger.payout_fee(cur), withdrawal.fee),
    )
    sent = Journal(f"wd:{withdrawal.id}:paid", "withdrawal_paid", _moving(rows))
    return (sent, *_charged(withdrawal, charge_minor))


def not_paid(withdrawal: Withdrawal) -> tuple[Journal, ...]:
    """P19, and the exchange back: failed and cancelled end under one key, so only once."""
    cur, person = withdrawal.amount.currency, withdrawal.person_id
    row = Transfer(
        "P19", ledger.reserved(person, cur), ledger.earned(person, cur), withdrawal.amount
    )
    back = Journal(f"wd:{withdrawal.id}:failed", "withdrawal_failed", (row,))
    return (back, *_exchange_back(withdrawal))


def returned(withdrawal: Withdrawal) -> tuple[Journal, ...]:
    """P20: it came back after it was paid; the fee stays spent, and so does the exchange."""
    cur = withdrawal.amount.currency
    row = Transfer(
        "P20",
        ledger.provider(withdrawal.way.rail, cur),
        ledger.earned(withdrawal.person_id, cur),
        withdrawal.net,
    )
    return (Journal(f"wd:{withdrawal.id}:returned", "withdrawal_returned", (row,)),)


def _exchange(withdrawal: Withdrawal) -> tuple[Journal, ...]:
    """P21: the house buys the earnings at the rate that is frozen in the request."""
    source, amount, person = withdrawal.source, withdrawal.amount, withdrawal.person_id
    if source.currency is amount.currency:
        return ()
    rows = (
        Transfer(
            "P21", ledger.earned(person, source.currency), ledger.exchange(source.currency), source
        ),
        Transfer(
            "P21", ledger.exchange(amount.currency), ledger.earned(person, amount.currency), amount
        ),
    )
    return (Journal(f"fx:{withdrawal.id}", "exchange", rows),)


def _exchange_back(withdrawal: Withdrawal) -> tuple[Journal, ...]:
    """The mirror of P21: who was not paid has again what was taken, at no other rate."""
    return tuple(
        Journal(
            f"fx:{withdrawal.id}:back",
            "exchange_back",
            tuple(
                Transfer("P21", row.credit, row.debit, row.amount)
                for row in reversed(journal.transfers)
            ),
        )
        for journal in _exchange(withdrawal)
    )


def _charged(withdrawal: Withdrawal, charge_minor: int) -> tuple[Journal, ...]:
    if not charge_minor:
        return ()
    charge = Money(charge_minor, withdrawal.amount.currency)
    return (fee_taken(withdrawal.way.rail, withdrawal.spend_id, charge),)


def _moving(rows: tuple[Transfer, ...]) -> tuple[Transfer, ...]:
    return tuple(row for row in rows if row.amount.minor)
