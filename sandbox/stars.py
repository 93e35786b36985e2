"""The bot's Stars: charges, refunds and the list of transactions, oldest first."""

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.rules import refuse

if TYPE_CHECKING:
    from sandbox.chats import Chat
    from sandbox.messages import InvoiceTerms
    from sandbox.people import User

CURRENCY = "XTR"


@dataclass(slots=True, eq=False)
class Charge:
    id: str
    person: "User"
    terms: "InvoiceTerms"
    chat: "Chat"
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


class Ledger:
    def __init__(self) -> None:
        self._charges: dict[str, Charge] = {}
        self._rows: list[dict[str, Any]] = []
        self.balance = 0

    def charge(self, person: "User", *, terms: "InvoiceTerms", chat: "Chat", date: int) -> Charge:
        charge = Charge(f"stx{random.getrandbits(160):040x}", person, terms, chat)
        self._charges[charge.id] = charge
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
        return self._rows[offset : offset + limit]


def _row(charge: Charge, *, date: int, side: str) -> dict[str, Any]:
    partner = {
        "type": "user",
        "transaction_type": "invoice_payment",
        "user": charge.person.to_api(),
        "invoice_payload": charge.terms.payload,
    }
    return {"id": charge.id, "amount": charge.terms.amount, "date": date, side: partner}
