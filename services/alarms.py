"""How operators are alarmed."""

from dataclasses import dataclass

from market.notices import Message, Notice
from market.policy import Policy
from services.operators import operators, owners
from services.ports import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Something that operators must look at.

    `what` is dead_update, stuck_payment, dead_notice, dead_refund, place_gone, odd_refund or
    audit; claim, dispute, appeal, fallback, chargeback, claim_waits, dispute_waits or verdict_waits
    (about an order); claim_second, claim_differs, refund_second or refund_may_go (about a claim);
    draw_waits, draw_confirmed or draw_dropped (about a draw); report_ with a report's subject
    (about a report). `about` says which one,
    `once` keeps two alarms about the same thing apart.
    """

    what: str
    about: str
    detail: str = ""
    once: str = ""


async def raise_alarm(
    uow: UnitOfWork, policy: Policy, alarm: Alarm, *, now_ms: int, are_owners_told: bool = False
) -> None:
    """Tell every operator, once; owners where it is theirs."""
    told = await operators(uow, policy)
    if are_owners_told:
        told = tuple(dict.fromkeys((*told, *await owners(uow, policy))))
    for person in told:
        message = Message(
            notice=Notice.ALARM,
            key=f"alarm:{alarm.what}:{alarm.about}:{alarm.once}:{person.id}",
            person_id=person.id,
            facts={"what": alarm.what, "about": alarm.about, "detail": alarm.detail},
        )
        await uow.outbox.add(message, now_ms=now_ms)
