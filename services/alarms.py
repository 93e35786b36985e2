"""How operators are alarmed."""

from dataclasses import dataclass

from market.notices import Message, Notice
from market.policy import Policy
from services.operators import operators
from services.ports import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Something that operators must look at.

    `what` is dead_update, stuck_payment, dead_notice, dead_refund, place_gone, odd_refund or
    audit; claim, dispute, appeal, fallback, chargeback, claim_waits, dispute_waits or verdict_waits
    (about an order); claim_second or claim_differs (about a claim); report_ with a report's
    subject (about a report). `about` says which one,
    `once` keeps two alarms about the same thing apart.
    """

    what: str
    about: str
    detail: str = ""
    once: str = ""


async def raise_alarm(uow: UnitOfWork, policy: Policy, alarm: Alarm, *, now_ms: int) -> None:
    """Tell every operator, once."""
    for person in await operators(uow, policy):
        message = Message(
            notice=Notice.ALARM,
            key=f"alarm:{alarm.what}:{alarm.about}:{alarm.once}:{person.id}",
            person_id=person.id,
            facts={"what": alarm.what, "about": alarm.about, "detail": alarm.detail},
        )
        await uow.outbox.add(message, now_ms=now_ms)
