"""Writing a change of an order together with what follows from it at once."""

from market.absence import stopped
from market.change import Change
from market.contract import Order
from market.notices import ALARMED
from market.policy import Policy
from services.alarms import Alarm, raise_alarm
from services.ports import UnitOfWork


async def record(uow: UnitOfWork, policy: Policy, change: Change, *, now_ms: int) -> Order:
    """Write it; absences stop the new clocks, operators hear of what is theirs to see to."""
    assert change.order is not None, "an order's change has an order"
    await uow.record(change, now_ms=now_ms)
    if change.event is None:
        return change.order
    what = ALARMED.get(change.event.event)
    if what is not None:
        order = change.order
        alarm = Alarm(what=what, about=str(order.id), once=f"v{order.version}")
        await raise_alarm(uow, policy, alarm, now_ms=now_ms)
    return await _with_absences(uow, policy, change.order, now_ms=now_ms)


async def _with_absences(uow: UnitOfWork, policy: Policy, order: Order, *, now_ms: int) -> Order:
    if order.state.is_final:
        return order
    for party_id in (order.buyer_id, order.seller_id):
        for absence in await uow.absences.of(party_id, after_ms=now_ms):
            change = stopped(order, absence, now_ms=now_ms, windows=policy.windows)
            if change is not None and change.order is not None:
                await uow.record(change, now_ms=now_ms)
                order = change.order
    return order
