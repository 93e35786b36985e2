"""The ledger's vocabulary: accounts, transfers, journals, and the postings of money.md 3.3.

A transfer debits one account and credits one by a positive integer. Journals are written only
inside a `Change` (market.change) by the unit of work.
"""

from dataclasses import dataclass
from typing import Literal

from market.money import Currency, Money

Kind = Literal["asset", "liability", "equity", "income", "expense"]
Rule = Literal["credit", "debit", "free"]
FIRST_HOLD = 1


@dataclass(frozen=True, slots=True)
class Account:
    """One account in one currency. Rule 'credit' means: debits may never exceed credits."""

    id: str
    currency: Currency
    kind: Kind
    rule: Rule
    person_id: int | None = None
    order_id: int | None = None


@dataclass(frozen=True, slots=True)
class Transfer:
    """One row: `amount` leaves `debit` and reaches `credit`. `code` is the posting, as P5."""

    code: str
    debit: Account
    credit: Account
    amount: Money


@dataclass(frozen=True, slots=True)
class Journal:
    """Transfers that stand or fall together, posted once under `key`."""

    key: str
    code: str
    transfers: tuple[Transfer, ...]
    order_id: int | None = None


def provider(rail: str, currency: Currency) -> Account:
    """What the provider holds for the house (a fact, so it may go anywhere)."""
    return Account(f"A:prov:{rail}:{currency}", currency, "asset", "free")


def receivable(person_id: int, currency: Currency) -> Account:
    """What a person owes the house after a payment was taken back."""
    return Account(f"A:recv:{person_id}:{currency}", currency, "asset", "free", person_id)


def credit(person_id: int, currency: Currency) -> Account:
    """Money in, spend-only: payments not yet applied, refunds not yet sent back."""
    return _personal(person_id, "credit", currency)


def clearing(person_id: int, currency: Currency) -> Account:
    """A seller's money inside the clearing period."""
    return _personal(person_id, "clearing", currency)


def earned(person_id: int, currency: Currency) -> Account:
    """A seller's withdrawable money."""
    return _personal(person_id, "earned", currency)


def escrow(order_id: int, currency: Currency, hold: int = FIRST_HOLD) -> Account:
    """What one hold of an order keeps; the first is the only one until milestones come."""
    name = f"L:escrow:{order_id}:{hold}:{currency}"
    return Account(name, currency, "liability", "credit", order_id=order_id)


def refunding(rail: str, currency: Currency) -> Account:
    """Refunds promised and not yet confirmed by the provider."""
    return Account(f"L:refunding:{rail}:{currency}", currency, "liability", "credit")


def fee_pending(currency: Currency) -> Account:
    """Fees of orders that have not cleared."""
    return Account(f"L:fee_pending:{currency}", currency, "liability", "credit")


def fee_income(currency: Currency) -> Account:
    """Fees that the house has earned."""
    return Account(f"I:fee:{currency}", currency, "income", "credit")


def reserved(person_id: int, currency: Currency) -> Account:
    """A seller's money inside a withdrawal: asked for, neither paid nor given back."""
    return _personal(person_id, "wd", currency)


def suspense(rail: str, currency: Currency) -> Account:
    """Money that came and belongs to nobody that the house knows."""
    return Account(f"L:suspense:{rail}:{currency}", currency, "liability", "credit")


def payout_fee(currency: Currency) -> Account:
    """What the house has earned by paying sellers out."""
    return Account(f"I:payout_fee:{currency}", currency, "income", "credit")


def promo(currency: Currency) -> Account:
    """The budget of the house's coupons; it never falls below zero."""
    return Account(f"Q:promo:{currency}", currency, "equity", "credit")


def goodwill(currency: Currency) -> Account:
    """The budget of what operators give away; it never falls below zero."""
    return Account(f"Q:goodwill:{currency}", currency, "equity", "credit")


def capital(currency: Currency) -> Account:
    """What the owner has put in."""
    return Account(f"Q:owner:{currency}", currency, "equity", "credit")


def provider_fee(rail: str, currency: Currency) -> Account:
    """What the provider charged the house: an involuntary cost, so it may always be written."""
    return Account(f"E:prov_fee:{rail}:{currency}", currency, "expense", "free")


def loss(currency: Currency) -> Account:
    """Debts that the house gave up."""
    return Account(f"E:loss:{currency}", currency, "expense", "free")


def exchange(currency: Currency) -> Account:
    """The house's position between two currencies."""
    return Account(f"X:fx:{currency}", currency, "equity", "free")


def _personal(person_id: int, purse: str, currency: Currency) -> Account:
    return Account(
        f"L:user:{person_id}:{purse}:{currency}", currency, "liability", "credit", person_id
    )


def money_in(rail: str, charge_id: str, payer_id: int, amount: Money) -> Journal:
    """P1: a provider's payment lands in the payer's credit, whatever happens next."""
    cur = amount.currency
    row = Transfer("P1", provider(rail, cur), credit(payer_id, cur), amount)
    return Journal(f"{rail}:{charge_id}:in", "money_in", (row,))


def refund_request(rail: str, charge_id: str, payer_id: int, amount: Money) -> Journal:
    """P14: the whole charge is promised back to the payer."""
    cur = amount.currency
    row = Transfer("P14", credit(payer_id, cur), refunding(rail, cur), amount)
    return Journal(f"{rail}:{charge_id}:refund-req", "refund_request", (row,))


def refund_confirmed(rail: str, charge_id: str, amount: Money) -> Journal:
    """P15: the provider has sent the charge back (or says that it did so before)."""
    cur = amount.currency
    row = Transfer("P15", refunding(rail, cur), provider(rail, cur), amount)
    return Journal(f"{rail}:{charge_id}:refunded", "refund_confirmed", (row,))
