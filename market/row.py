"""One row of the order's transition table; the rows themselves are in `table`."""

from collections.abc import Callable
from dataclasses import dataclass

from market import clocks, guards, postings
from market.contract import Act, Order
from market.states import Event, Role, State

Guard = Callable[[Order, Act], None]
Fits = Callable[[Order, Act], bool]
Money = Callable[[Order, Act], postings.Posted]
Clock = Callable[[Order, Act], clocks.Columns]

BUYER, SELLER = frozenset({Role.BUYER}), frozenset({Role.SELLER})
PARTIES, CLOCK = BUYER | SELLER, frozenset({Role.CLOCK})
OPERATOR, PROVIDER = frozenset({Role.OPERATOR}), frozenset({Role.PROVIDER})
WORK = (State.IN_PROGRESS, State.DELIVERED, State.REVISION_REQUESTED)


def always(_order: Order, _act: Act) -> bool:
    """No other row of this event and state is left."""
    return True


@dataclass(frozen=True, slots=True)
class Row:
    """One legal move. Of several for one event and state, the first that `fits` is taken."""

    number: int
    event: Event
    src: State
    dst: State
    roles: frozenset[Role]
    guard: Guard = guards.free
    money: Money = postings.nothing
    clock: Clock = clocks.none
    fits: Fits = always
