"""The bot's Stars: charges, refunds and the list of transactions, oldest first."""

import random
from collections import deque
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from sandbox.rules import refuse

if TYPE_CHECKING:
    from sandbox.chats import Chat
    from sandbox.messages import InvoiceTerms
    from sandbox.people import User

CURRENCY = "XTR"
TRANSACTIONS_KEPT = 20_000


@dataclass(slots=True, eq=False)
class Charge:
    id: str
    person: "User"
    terms: "InvoiceTerms"
    chat: "Chat"
    date: int
    is_refunded: bool = False

    def to_api(self) -> dict[str, Any]:
        """The fields that a payment and its refund have in common."""
        return {
            "currency": self.terms.currency,
            "total_amount": self.terms.amount,
            "invoice_payload": self.terms.payload,
            "telegram_payment_charge_id": self.id,
            "provider_payment_charge_id": f"{self.person.id}_{self.id[-6:]}",
        }

    def to_receipt(self) -> dict[str, Any]:
        """Of a payment; that of a subscription says until when it is paid."""
        if not self.terms.period:
            return self.to_api()
        paid_until = {"subscription_expiration_date": self.date + self.terms.period}
        return {**self.to_api(), **paid_until, "is_recurring": True, "is_first_recurring": True}


class Ledger:
    def __init__(self) -> None:
        self._charges: dict[str, Charge] = {}
        self._rows: deque[dict[str, Any]] = deque(maxlen=TRANSACTIONS_KEPT)
        self.balance = 0

    def charge(self, person: "User", *, terms: "InvoiceTerms", chat: "Chat", date: int) -> Charge:
        charge = Charge(f"stx{random.getrandbits(160):040x}", person, terms, chat, date)
        self._charges[charge.id] = charge
        if len(self._charges) > TRANSACTIONS_KEPT:
            del self._charges[next(iter(self._charges))]
        person.stars -= terms.amount
        self.balance += terms.amount
        self._rows.append(_row(charge, date=date, side="source"))
        return charge

    def refund(self, charge_id: str, *, person: "User", date: int) -> Charge:
        charge = self._charges.get(charge_id)
        if charge is None or charge.person is not person:
            raise refuse("charge_missing")
        if charge.is_refunded:
            raise refuse("charge_refunded")
        if self.balance < charge.terms.amount:
            raise refuse("refund_poor")
        charge.is_refunded = True
        person.stars += charge.terms.amount
        self.balance -= charge.terms.amount
        self._rows.append(_row(charge, date=date, side="receiver"))
        return charge

    def rows(self, *, offset: int, limit: int) -> list[dict[str, Any]]:
        start = min(offset, len(self._rows))
        return list(islice(self._rows, start, start + limit))


def _row(charge: Charge, *, date: int, side: str) -> dict[str, Any]:
    partner: dict[str, Any] = {
        "type": "user",
        "transaction_type": "invoice_payment",
        "user": charge.person.to_api(),
        "invoice_payload": charge.terms.payload,
    }
    if charge.terms.period:
        partner["subscription_period"] = charge.terms.period
    return {"id": charge.id, "amount": charge.terms.amount, "date": date, side: partner}
