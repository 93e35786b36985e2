"""May this be begun? The table asked without moving, before anyone is asked for words or files."""

from market.contract import Order
from market.errors import NotYours, Stale, WrongState
from market.order import allowed
from market.states import Event, Role


def may_begin(order: Order, role: Role, events: tuple[Event, ...], *, version_seen: int) -> Event:
    """The first of the events that this role could cause in the present state, guards aside.

    Raises Stale, NotYours or WrongState, as the move itself would; which asks again.
    """
    if version_seen != order.version:
        raise Stale(version_seen, order.version)
    mine = [event for event in allowed(order, role) if event in events]
    if mine:
        return mine[0]
    anybodys = {*allowed(order, Role.BUYER), *allowed(order, Role.SELLER)}
    if anybodys.intersection(events):
        raise NotYours(events[0])
    raise WrongState(events[0], order.state)
