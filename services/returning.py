"""Payments that the house cannot use: they land and are promised back at once (P1, P14)."""

from market import ledger
from market.change import Change, Refund
from market.contract import Payment
from market.notices import Message, Notice


def returned(paid: Payment, *, order_id: int | None, why: str) -> Change:
    """A payment that the house cannot use: it lands and is promised back at once."""
    key = (paid.rail, paid.charge_id, paid.payer_id, paid.amount)
    message = Message(
        notice=Notice.PAYMENT_RETURNED,
        key=f"{paid.rail}:{paid.charge_id}:returned",
        person_id=paid.payer_id,
        facts=_facts(paid) | {"order": order_id, "why": why},
    )
    return Change(
        journals=(ledger.money_in(*key), ledger.refund_request(*key)),
        messages=(message,),
        refunds=(Refund(*key, order_id),),
    )


def _facts(paid: Payment) -> dict[str, object]:
    return {
        "amount_minor": paid.amount.minor,
        "currency": paid.amount.currency.value,
        "charge": paid.charge_id,
        "rail": paid.rail,
    }
