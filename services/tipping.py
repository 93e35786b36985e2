"""What becomes of money that was paid as a tip. Offering tips is `services.tips`'."""

from dataclasses import replace

from market import ledger, tip
from market.change import Change
from market.contract import Payment
from market.errors import NotFound, PaymentMismatch
from market.notices import Message, Notice
from market.policy import Policy
from market.tip import Tip, TipState
from services.alarms import Alarm, raise_alarm
from services.ports import UnitOfWork
from services.returning import returned
from services.rows import Intent, ProviderFact


async def may_be_paid(uow: UnitOfWork, intent: Intent) -> None:
    """Each tip is paid once; raises NotFound or PaymentMismatch."""
    offered = await uow.tips.of_intent(intent.id)
    if offered is None:
        raise NotFound("tip")
    if offered.state is not TipState.OFFERED:
        raise PaymentMismatch("tip")


async def land(
    uow: UnitOfWork, policy: Policy, payment: Payment, intent: Intent, *, now_ms: int
) -> bool:
    """The money lands and goes on to the seller, or back to its payer; True when it went on."""
    offered = await uow.tips.of_intent(intent.id)
    why = "unknown" if offered is None else tip.unfit(offered, payment)
    if offered is None or why is not None:
        change = returned(payment, order_id=intent.order_id, why=why or "unknown")
        await uow.record(change, now_ms=now_ms)
        return False
    given = replace(
        offered,
        state=TipState.PAID,
        rail=payment.rail,
        charge_id=payment.charge_id,
        paid_ms=now_ms,
        clear_at_ms=now_ms + policy.windows.charge_hold_ms,
    )
    await uow.tips.move(offered, given)
    await uow.record(_landed(given, payment), now_ms=now_ms)
    return True


def _landed(given: Tip, payment: Payment) -> Change:
    landed = ledger.money_in(payment.rail, payment.charge_id, payment.payer_id, payment.amount)
    told = ((Notice.TIP_GIVEN, given.buyer_id), (Notice.TIP_RECEIVED, given.seller_id))
    return Change(
        journals=(landed, tip.paid(given)),
        messages=tuple(_told(given, notice, person_id) for notice, person_id in told),
    )


def _told(given: Tip, notice: Notice, person_id: int) -> Message:
    return Message(
        notice=notice,
        key=f"tip:{given.id}:{notice}",
        person_id=person_id,
        order_id=given.order_id,
        facts={
            "amount_minor": given.amount.minor,
            "currency": given.amount.currency.value,
            "clear_at_ms": given.clear_at_ms,
        },
    )


async def taken_back(uow: UnitOfWork, policy: Policy, paid: ProviderFact, *, now_ms: int) -> bool:
    """The charge of a tip is gone; False when the charge was no tip's."""
    given = await uow.tips.of_charge(paid.rail, paid.external_id)
    if given is None:
        return False
    await uow.tips.move(given, replace(given, state=TipState.TAKEN_BACK))
    await uow.record(Change(journals=(tip.taken_back(given),)), now_ms=now_ms)
    charge = paid.external_id
    alarm = Alarm(what="chargeback", about=str(given.order_id), detail=charge, once=charge)
    await raise_alarm(uow, policy, alarm, now_ms=now_ms)
    return True
