"""Rows 23 to 30 and 36 to 38: how a dispute opens, goes on and ends."""

from market import dispute_clocks as clocks
from market import dispute_guards as guards
from market import postings
from market.guards import free
from market.row import BUYER, CLOCK, OPERATOR, PARTIES, SELLER, WORK, Guard, Row
from market.states import Event, Role, State

_EV, _ST = Event, State
_DISPUTED = (_ST.DISPUTED, _ST.DISPUTED)


def _refunds(number: int, event: Event, roles: frozenset[Role], guard: Guard) -> Row:
    ends = (_ST.DISPUTED, _ST.REFUNDED)
    return Row(number, event, *ends, roles, guard, postings.refund, clocks.refunded)


def _releases(number: int, event: Event, roles: frozenset[Role], guard: Guard) -> Row:
    ends = (_ST.DISPUTED, _ST.COMPLETED)
    return Row(number, event, *ends, roles, guard, postings.release, clocks.released)


_OPENED = tuple(
    Row(23, _EV.DISPUTE, src, _ST.DISPUTED, PARTIES, guards.disputable, clock=clocks.opened)
    for src in WORK
)
_REOPENED = Row(
    24,
    _EV.REOPEN,
    _ST.COMPLETED,
    _ST.DISPUTED,
    OPERATOR,
    guards.reopenable,
    postings.reopen,
    clocks.reopened,
)
_SPLIT = Row(
    29,
    _EV.RESOLVE_SPLIT,
    _ST.DISPUTED,
    _ST.COMPLETED,
    OPERATOR | CLOCK,
    guards.may_resolve,
    postings.verdict_split,
    clocks.split,
)

DISPUTES: tuple[Row, ...] = (
    *_OPENED,
    _REOPENED,
    _refunds(25, _EV.CONCEDE_SELLER, SELLER, free),
    _releases(26, _EV.CONCEDE_BUYER, BUYER, free),
    _refunds(27, _EV.RESOLVE_REFUND, OPERATOR | CLOCK, guards.may_resolve),
    _releases(28, _EV.RESOLVE_RELEASE, OPERATOR | CLOCK, guards.may_resolve),
    _SPLIT,
    _refunds(30, _EV.FALLBACK, CLOCK, guards.falls_back),
    Row(36, _EV.TESTIFY, *_DISPUTED, PARTIES, guards.undecided, clock=clocks.testified),
    Row(37, _EV.DECIDE, *_DISPUTED, OPERATOR, guards.may_decide, clock=clocks.decided),
    Row(38, _EV.APPEAL, *_DISPUTED, PARTIES, guards.may_appeal, clock=clocks.appealed),
)
