"""Whole lives of orders on a real storage: each road is a list of steps from a draft to an end.

Together the roads pass every row of the transition table.
"""

from dataclasses import dataclass, replace
from typing import Any

from market import order as orders
from market.change import Change
from market.contract import Act, Order, Payment
from market.deadlines import DAY_MS, DEFAULT, HOUR_MS
from market.people import Person
from market.states import Event, Role
from services.ports import Storage
from tests.support.walk import START_MS, Market, draft, settle

_E, _R = Event, Role
_BUYER, _SELLER, _CLOCK, _OPERATOR = _R.BUYER, _R.SELLER, _R.CLOCK, _R.OPERATOR
OPERATOR_TELEGRAM_IDS = (1003, 1004)


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """The market and two operators."""

    market: Market
    operators: tuple[Person, Person]


@dataclass(frozen=True, slots=True)
class Step:
    """One event. The clock acts at its moment, everybody else `after_ms` after the start."""

    event: Event
    role: Role
    after_ms: int = 0
    minor: int = 0
    days: int = 0
    operator: int = 0


async def found(storage: Storage) -> Town:
    """A buyer, a seller with a gig, and two operators, stored."""
    market = await settle(storage)
    async with storage.begin() as unit:
        one, two = [
            await unit.people.add(tid, language="en", zone="Asia/Dhaka", now_ms=START_MS)
            for tid in OPERATOR_TELEGRAM_IDS
        ]
    return Town(market=market, operators=(one, two))


SUBMIT = Step(_E.SUBMIT, _BUYER)
PAID = Step(_E.PAID, _R.PROVIDER)
WORK = (SUBMIT, PAID, Step(_E.REQUIREMENTS, _BUYER))
DELIVERED = (*WORK, Step(_E.DELIVER, _SELLER))
DISPUTED = (*DELIVERED, Step(_E.DISPUTE, _BUYER, 2 * HOUR_MS))
HEARD = (*DISPUTED, Step(_E.TESTIFY, _SELLER, 3 * HOUR_MS))
CLEAR = Step(_E.CLEAR, _CLOCK)
_CHANGES = (*DELIVERED, Step(_E.REVISE, _BUYER))
_LATE_MS = 5 * DAY_MS


def _decide(minor: int) -> Step:
    return Step(_E.DECIDE, _OPERATOR, 4 * HOUR_MS, minor)


ROADS: dict[str, tuple[Step, ...]] = {
    "never paid": (SUBMIT, Step(_E.EXPIRE, _CLOCK)),
    "left unpaid": (SUBMIT, Step(_E.CANCEL_UNPAID, _SELLER)),
    "claimed, then paid": (
        SUBMIT,
        Step(_E.CLAIM, _BUYER),
        Step(_E.CLAIM_REJECT, _OPERATOR),
        Step(_E.CLAIM, _BUYER),
        Step(_E.CLAIM_REJECT, _CLOCK),
        Step(_E.CLAIM, _BUYER),
        PAID,
        Step(_E.BUYER_CANCEL_EARLY, _BUYER),
    ),
    "no answer": (SUBMIT, PAID, Step(_E.REQ_TIMEOUT, _CLOCK)),
    "seller gives up": (*WORK, Step(_E.SELLER_CANCEL, _SELLER)),
    "plain": (*DELIVERED, Step(_E.ACCEPT, _BUYER), CLEAR),
    "silence": (*DELIVERED, Step(_E.LOOK_LONGER, _BUYER, days=2), Step(_E.AUTO_COMPLETE, _CLOCK)),
    "changes": (*_CHANGES, Step(_E.RESUME, _SELLER), Step(_E.DELIVER, _SELLER)),
    "changes taken up by the clock": (*_CHANGES, Step(_E.RESUME, _CLOCK)),
    "late": (*WORK, Step(_E.LATE_CANCEL, _BUYER, _LATE_MS)),
    "abandoned": (*WORK, Step(_E.ABANDON, _CLOCK)),
    "more time": (*WORK, Step(_E.ASK_TIME, _SELLER, days=2), Step(_E.EXTEND, _BUYER)),
    "no more time": (
        *WORK,
        Step(_E.ASK_TIME, _SELLER, days=2),
        Step(_E.TAKE_BACK, _SELLER),
        Step(_E.ASK_TIME, _SELLER, days=3),
        Step(_E.REFUSE, _BUYER),
        Step(_E.DISPUTE, _SELLER),
        Step(_E.CONCEDE_SELLER, _SELLER),
    ),
    "split by agreement": (
        *DELIVERED,
        Step(_E.ASK_CANCEL, _BUYER, minor=100),
        Step(_E.AGREE_CANCEL, _SELLER),
        CLEAR,
    ),
    "end by agreement": (*WORK, Step(_E.ASK_CANCEL, _SELLER), Step(_E.AGREE_CANCEL, _BUYER)),
    "asked, no answer": (*DELIVERED, Step(_E.ASK_CANCEL, _BUYER), Step(_E.LAPSE, _CLOCK)),
    "asked when late, no answer": (
        *WORK,
        Step(_E.ASK_CANCEL, _BUYER, 2 * DAY_MS),
        Step(_E.LAPSE, _CLOCK),
    ),
    "asked over a delivery": (
        *WORK,
        Step(_E.ASK_CANCEL, _BUYER, minor=50),
        Step(_E.DELIVER, _SELLER),
        Step(_E.REFUSE, _SELLER),
    ),
    "verdict: a part": (*HEARD, _decide(100), Step(_E.RESOLVE_SPLIT, _CLOCK), CLEAR),
    "verdict: refund": (*HEARD, _decide(0), Step(_E.RESOLVE_REFUND, _CLOCK)),
    "verdict: release": (*HEARD, _decide(250), Step(_E.RESOLVE_RELEASE, _CLOCK), CLEAR),
    "appeal": (
        *HEARD,
        _decide(0),
        Step(_E.APPEAL, _SELLER, 5 * HOUR_MS),
        Step(_E.RESOLVE_SPLIT, _OPERATOR, 6 * HOUR_MS, 60, operator=1),
        Step(_E.CHARGEBACK, _R.PROVIDER, 7 * HOUR_MS),
        CLEAR,
    ),
    "no verdict": (*DISPUTED, Step(_E.FALLBACK, _CLOCK)),
    "buyer gives in": (*DISPUTED, Step(_E.CONCEDE_BUYER, _BUYER), CLEAR),
    "opened again": (
        *DELIVERED,
        Step(_E.ACCEPT, _BUYER),
        Step(_E.REOPEN, _OPERATOR, HOUR_MS),
        Step(_E.CONCEDE_BUYER, _BUYER, 2 * HOUR_MS),
        CLEAR,
    ),
    "taken back in a dispute": (*DISPUTED, Step(_E.CHARGEBACK, _R.PROVIDER)),
}


def act_of(order: Order, step: Step, town: Town) -> Act:
    """The step as the services would make it."""
    who: dict[Role, Any] = {
        _BUYER: order.buyer_id,
        _SELLER: order.seller_id,
        _OPERATOR: town.operators[step.operator].id,
    }
    moment = order.clock_at_ms if step.role is _CLOCK else START_MS + step.after_ms
    assert moment is not None, "the clock has a moment"
    paid = Payment(
        rail="stars", charge_id=f"ch{order.id}", payer_id=order.buyer_id, amount=order.terms.price
    )
    return Act(
        event=step.event,
        role=step.role,
        now_ms=moment,
        windows=DEFAULT,
        person_id=who.get(step.role),
        payment=paid if step.event is _E.PAID else None,
        note="because",
        minor=step.minor,
        days=step.days,
    )


def change_of(order: Order, step: Step, town: Town) -> Change:
    """What the market makes of the step; reminders count as sent and long ago."""
    ready = order
    if step.role is _CLOCK:
        ready = replace(order, nudges=2, reminded_ms=START_MS)
    made = orders.apply(ready, act_of(ready, step, town))
    return replace(made, before=order)


async def take(storage: Storage, order_id: int, step: Step, town: Town) -> Order:
    """One step in one unit of work; answers the order after it."""
    async with storage.begin() as unit:
        made = change_of(await unit.orders.get(order_id), step, town)
        await unit.record(made, now_ms=START_MS)
    assert made.order is not None, "an event moves its order"
    return made.order


async def lived(storage: Storage, town: Town, steps: tuple[Step, ...]) -> Order:
    """A new order after these steps."""
    async with storage.begin() as unit:
        order = await unit.orders.add(draft(town.market))
    for step in steps:
        order = await take(storage, order.id, step, town)
    return order
