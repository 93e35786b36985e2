"""How each event of the table is brought about through the services, and which are possible now."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from market.contract import Act, Order, Payment
from market.deadlines import Windows
from market.errors import CheckoutLive, MarketError, NotHeard, NotLate, TooEarly
from market.order import clock_event
from market.rails import is_by_hand, rail_of
from market.read import Answer
from market.states import Event, Role, State
from market.table import TRANSITIONS, Row
from services.registry import Services
from services.rows import Command
from tests.support.statement import said, sought

Doing = Callable[[Services, Command], Awaitable[object]]
LONG = "This is not what we agreed on."
VERDICTS = frozenset(
    {Event.DECIDE, Event.RESOLVE_REFUND, Event.RESOLVE_RELEASE, Event.RESOLVE_SPLIT}
)
UNSEEN = frozenset({Event.TESTIFY, Event.CHARGEBACK, Event.REOPEN, Event.CLAIM_REJECT})
_ROWS = {state: tuple(row for row in TRANSITIONS if row.src is state) for state in State}
_SURE_REMINDERS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody is about to do to an order, as the buttons and numbers in front of him say."""

    event: Event
    order_id: int
    version: int
    minor: int = 0
    days: int = 1


def doing(wanted: Wanted) -> Doing:
    """The call that the bot would make; what no person can do is refused as a forged button."""
    if wanted.event in _OF_ORDERS:
        return _OF_ORDERS[wanted.event](wanted)
    if wanted.event in _OF_DISPUTES or wanted.event in VERDICTS:
        return _OF_DISPUTES.get(wanted.event, _verdict)(wanted)
    return lambda s, c: s.orders.act(
        c, wanted.order_id, event=wanted.event, version=wanted.version, note="So"
    )


def _answer(w: Wanted) -> Doing:
    answer = Answer("Haat Bazaar", ())
    return lambda s, c: s.orders.answer(c, w.order_id, version=w.version, answer=answer)


def _deliver(w: Wanted) -> Doing:
    return lambda s, c: s.orders.deliver(c, w.order_id, version=w.version, text="Done", files=())


def _ask_time(w: Wanted) -> Doing:
    return lambda s, c: s.orders.ask_time(
        c, w.order_id, version=w.version, days=w.days, note="Please"
    )


def _ask_cancel(w: Wanted) -> Doing:
    return lambda s, c: s.orders.ask_cancel(
        c, w.order_id, version=w.version, minor=w.minor, note="Please"
    )


def _look_longer(w: Wanted) -> Doing:
    return lambda s, c: s.orders.look_longer(c, w.order_id, version=w.version, days=w.days)


def _claim(w: Wanted) -> Doing:
    words = said(w.order_id, w.version)
    return lambda s, c: s.claims.claim(c, w.order_id, version=w.version, said=words)


def _claim_reject(w: Wanted) -> Doing:
    found: list[int] = []

    async def reject(services: Services, command: Command) -> object:
        if not found:  # the same tap names the same claim, decided or not
            found.append(await sought(services, command.person_id, w.order_id))
        return await services.claim_desk.reject(command, found[0], reason="None came")

    return reject


def _dispute(w: Wanted) -> Doing:
    return lambda s, c: s.disputes.open(
        c, w.order_id, version=w.version, reason="quality", text=LONG, files=()
    )


def _testify(w: Wanted) -> Doing:
    return lambda s, c: s.disputes.testify(c, w.order_id, text=LONG, files=())


def _appeal(w: Wanted) -> Doing:
    return lambda s, c: s.disputes.appeal(c, w.order_id, version=w.version, text=LONG)


def _ask_reopen(w: Wanted) -> Doing:
    return lambda s, c: s.disputes.ask_reopen(c, w.order_id, text=LONG)


def _charge_back(w: Wanted) -> Doing:
    return lambda s, c: s.disputes.charge_back(c, w.order_id)


def _verdict(w: Wanted) -> Doing:
    return lambda s, c: s.disputes.propose_or_decide(
        c, w.order_id, version=w.version, minor=w.minor, reason="Because"
    )


_OF_ORDERS: dict[Event, Callable[[Wanted], Doing]] = {
    Event.REQUIREMENTS: _answer,
    Event.DELIVER: _deliver,
    Event.ASK_TIME: _ask_time,
    Event.ASK_CANCEL: _ask_cancel,
    Event.LOOK_LONGER: _look_longer,
    Event.CLAIM: _claim,
    Event.CLAIM_REJECT: _claim_reject,
}
_OF_DISPUTES: dict[Event, Callable[[Wanted], Doing]] = {
    Event.DISPUTE: _dispute,
    Event.TESTIFY: _testify,
    Event.APPEAL: _appeal,
    Event.REOPEN: _ask_reopen,
    Event.CHARGEBACK: _charge_back,
}


def confirm(wanted: Wanted) -> Doing:
    """Another operator agrees to the verdict."""
    return lambda s, c: s.disputes.confirm(
        c, wanted.order_id, version=wanted.version, minor=wanted.minor
    )


@dataclass(frozen=True, slots=True)
class Way:
    """A row that can be taken now or, if it is only a matter of time, soon; and by whom."""

    row: Row
    role: Role


def ways(order: Order, *, now_ms: int, windows: Windows) -> list[Way]:
    """What may happen to this order next."""
    return [
        Way(row, role)
        for row in _ROWS[order.state]
        for role in sorted(row.roles)
        if _has_rail(order, row, role)
        and _is_open(order, row, _act(order, row, role, now_ms=now_ms, windows=windows))
    ]


def _has_rail(order: Order, row: Row, role: Role) -> bool:
    """By hand, money is claimed before it is seen; what balances pay is paid when it is placed."""
    by_hand = is_by_hand(rail_of(order.terms.price.currency))
    match row.event:
        case Event.PAID:
            return role is Role.PROVIDER and by_hand == (row.src is State.PAYMENT_REVIEW)
        case Event.CLAIM:
            return by_hand
        case _:
            return True


def _act(order: Order, row: Row, role: Role, *, now_ms: int, windows: Windows) -> Act:
    price = order.terms.price
    minor = {Event.RESOLVE_RELEASE: price.minor, Event.RESOLVE_SPLIT: 1}.get(row.event, 0)
    moment_ms = max(now_ms, order.clock_at_ms or 0) if role is Role.CLOCK else now_ms
    paid = Payment(rail="", charge_id="", payer_id=order.buyer_id, amount=order.charge)
    return Act(
        event=row.event,
        role=role,
        now_ms=moment_ms,
        windows=windows,
        payment=paid,
        minor=minor,
        days=1,
    )


def _is_open(order: Order, row: Row, act: Act) -> bool:
    if act.role is Role.CLOCK:
        if clock_event(order) is not row.event:
            return False
        order = replace(order, nudges=_SURE_REMINDERS, reminded_ms=0)
    rows = [one for one in _ROWS[order.state] if one.event is row.event and act.role in one.roles]
    if next((one for one in rows if one.fits(order, act)), None) is not row:
        return False
    try:
        row.guard(order, act)
    except MarketError as refusal:
        return from_ms(refusal) is not None
    return True


def from_ms(refusal: MarketError) -> int | None:
    """From when on the refused act is possible; None where time changes nothing."""
    match refusal:
        case TooEarly(moment_ms) | NotHeard(moment_ms) | CheckoutLive(moment_ms):
            return moment_ms
        case NotLate(due_at_ms):
            return due_at_ms + 1
        case _:
            return None
