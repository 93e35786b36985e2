"""How operators are alarmed, and what becomes of an alarm that nobody can read."""

from dataclasses import dataclass

from market.notices import Message, Notice
from market.people import Person
from market.policy import Policy
from services.operators import operators, owners
from services.ports import UnitOfWork
from services.rows import KeptAlarm

OF_OWNERS = frozenset({"audit", "balance", "short", "sweep", "clock", "clock_right"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Something that operators must look at.

    `what` is dead_update, stuck_payment, dead_notice, dead_refund, place_gone, odd_refund or
    audit; claim, dispute, appeal, fallback, chargeback, claim_waits, dispute_waits or verdict_waits
    (about an order); claim_second, claim_differs, refund_second or refund_may_go (about a claim);
    draw_ or goodwill_ with waits, confirmed or dropped (about a proposal); report_ with a report's
    subject (about a report); payout, payout_waits (about a withdrawal); hand_refund or
    hand_refund_waits (about a claim); sweep (about a sweep by name); clock, clock_right, balance,
    short and others of the house's money. `about` says which one, `once` keeps two alarms about
    the same thing apart.
    """

    what: str
    about: str
    detail: str = ""
    once: str = ""


async def raise_alarm(
    uow: UnitOfWork, policy: Policy, alarm: Alarm, *, now_ms: int, are_owners_told: bool = False
) -> None:
    """Tell every operator, once; owners where it is theirs or there is nobody else.

    What finds nobody at all is kept.
    """
    key = f"alarm:{alarm.what}:{alarm.about}:{alarm.once}"
    facts: dict[str, object]
    facts = {"what": alarm.what, "about": alarm.about, "detail": alarm.detail}
    told = await _readers(uow, policy, is_owners=are_owners_told or alarm.what in OF_OWNERS)
    for person in told:
        await uow.outbox.add(_message(f"{key}:{person.id}", person, facts), now_ms=now_ms)
    if not told:
        await uow.upkeep.keep_alarm(key, facts, now_ms=now_ms)


def _message(key: str, person: Person, facts: dict[str, object]) -> Message:
    return Message(notice=Notice.ALARM, key=key, person_id=person.id, facts=facts)


async def _readers(uow: UnitOfWork, policy: Policy, *, is_owners: bool) -> tuple[Person, ...]:
    """Whoever of them has talked to the bot."""
    told = await operators(uow, policy)
    if told and not is_owners:
        return told
    return tuple(dict.fromkeys((*told, *await owners(uow, policy))))


async def nobody_read(uow: UnitOfWork, policy: Policy, message: Message, *, now_ms: int) -> None:
    """Its reader is gone: an alarm is kept when no other one is left."""
    is_owners = str(message.facts.get("what")) in OF_OWNERS
    if not _within_reach(await _readers(uow, policy, is_owners=is_owners)):
        facts = {**message.facts, "kept_ms": message.facts.get("kept_ms", now_ms)}
        await uow.upkeep.keep_alarm(message.key, facts, now_ms=now_ms)


def _within_reach(people: tuple[Person, ...]) -> tuple[Person, ...]:
    return tuple(person for person in people if person.unreachable_ms is None)


async def tell_kept(uow: UnitOfWork, policy: Policy, alarm: KeptAlarm, *, now_ms: int) -> bool:
    """Send what was kept to those who are within reach now; False when nobody is, or it is gone."""
    readers = _within_reach(await _readers(uow, policy, is_owners=True))
    if not readers or not await uow.upkeep.drop_alarm(alarm.id):
        return False
    facts = {"kept_ms": alarm.at_ms, **alarm.facts}
    for person in readers:
        message = _message(f"kept:{alarm.key}:{person.id}", person, facts)
        await uow.outbox.add(message, now_ms=now_ms)
    return True
