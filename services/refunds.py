"""Money that has gone back to where it came from (P15). What is promised is `returning`'s."""

from dataclasses import replace

from market import ledger
from market.change import Change
from market.notices import Message, Notice
from market.policy import Policy
from services.alarms import Alarm, raise_alarm
from services.ports import UnitOfWork
from services.rows import ProviderFact
from services.taking_back import taken_back

PROMISED = frozenset({"pending", "failed", "sent"})


async def confirm(
    uow: UnitOfWork, policy: Policy, *, rail: str, charge_id: str, now_ms: int
) -> None:
    """The provider has sent the charge back; a second confirmation has no effect.

    A charge that the house never promised, or gave up, was taken back: it is booked as that. Of
    one that never came in nothing can be said: operators are alarmed.
    """
    paid = await uow.payments.fact(rail, charge_id, "in")
    if paid is None:
        odd = Alarm(what="odd_refund", about=f"{rail}:{charge_id}")
        await raise_alarm(uow, policy, odd, now_ms=now_ms)
        return
    if paid.order_id is not None:
        await uow.orders.get(paid.order_id)  # from here on nobody else moves the order
    if await uow.books.refund_state(rail, charge_id) in PROMISED:
        if await uow.payments.add_fact(replace(paid, kind="refund", at_ms=now_ms)):
            await uow.record(_confirmed(paid), now_ms=now_ms)
    else:
        await taken_back(uow, policy, paid, now_ms=now_ms)


def _confirmed(paid: ProviderFact) -> Change:
    rail, charge_id = paid.rail, paid.external_id
    message = Message(
        notice=Notice.REFUND_SENT,
        key=f"{rail}:{charge_id}:refund-sent",
        person_id=paid.person_id,
        facts={
            "amount_minor": paid.amount.minor,
            "currency": paid.amount.currency.value,
            "charge": charge_id,
            "order": paid.order_id,
            "rail": rail,
        },
    )
    journal = ledger.refund_confirmed(rail, charge_id, paid.amount)
    return Change(journals=(journal,), messages=(message,))
