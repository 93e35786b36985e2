"""Which way through the table a life should rather take: one passed rarely, or leading to such.

Only a preference: how orders really move stands in the table, and every way stays possible.
"""

from collections import Counter

from market.states import Event, Role, State
from market.table import TRANSITIONS
from tests.support.truths import Passed

AHEAD, FADING, GREED = 12, 0.6, 4
_ANY = frozenset(Event)
_ASKED = frozenset({Event.ASK_CANCEL, Event.ASK_TIME})
_AFTER = {
    Event.AGREE_CANCEL: frozenset({Event.ASK_CANCEL}),
    Event.EXTEND: frozenset({Event.ASK_TIME}),
    Event.REFUSE: _ASKED,
    Event.TAKE_BACK: _ASKED,
    Event.LAPSE: _ASKED,
    Event.APPEAL: frozenset({Event.DECIDE}),
}
_VERDICTS = frozenset({Event.RESOLVE_REFUND, Event.RESOLVE_RELEASE, Event.RESOLVE_SPLIT})
_VERDICTS_AFTER = {
    Role.CLOCK: frozenset({Event.DECIDE}),
    Role.OPERATOR: frozenset({Event.APPEAL}),
}
WAYS: tuple[Passed, ...] = tuple(
    (row.event, row.src, row.dst, role)
    for row in TRANSITIONS
    for role in sorted(row.roles)
    # an order is submitted when it is placed, and then paid, if its buyer's credit is enough
    if row.src is not State.DRAFT and (row.event, role) != (Event.PAID, Role.BUYER)
)


def _follows(after: Passed, way: Passed) -> bool:
    """May come right after `way`; after an end, another order begins."""
    event, src, _, role = after
    is_next = src is (State.AWAITING_PAYMENT if way[2].is_final else way[2])
    before = _VERDICTS_AFTER[role] if event in _VERDICTS else _AFTER.get(event, _ANY)
    return is_next and way[0] in before and after != way


_NEXT = {way: tuple(after for after in WAYS if _follows(after, way)) for way in WAYS}


def wishes(passed: Counter[Passed]) -> dict[Passed, float]:
    """How much each way is wanted, from 0 to 1, when they were passed so often."""
    rare = {way: (1 + passed[way]) ** -2 for way in WAYS}
    wish: dict[Passed, float] = rare
    for _ in range(AHEAD):
        ahead = {way: max((wish[after] for after in _NEXT[way]), default=0.0) for way in WAYS}
        wish = {way: rare[way] + FADING * ahead[way] for way in WAYS}
    most = max(wish.values())
    return {way: (one / most) ** GREED for way, one in wish.items()}
