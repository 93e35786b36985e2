"""Rows 17, 20 to 22, 33 and 35: what one party asks of the other, answers and silence."""

from market import clocks, postings
from market import request_clocks as waits
from market import request_guards as guards
from market.row import BUYER, CLOCK, PARTIES, SELLER, WORK, Row
from market.states import Event, State

_EV, _ST = Event, State
_PROGRESS = (_ST.IN_PROGRESS, _ST.IN_PROGRESS)

TIME = (
    Row(17, _EV.EXTEND, *_PROGRESS, BUYER, guards.answers_time, clock=waits.extended),
    Row(33, _EV.ASK_TIME, *_PROGRESS, SELLER, guards.asks_time, clock=waits.asked),
)


def _agreed(src: State) -> tuple[Row, Row]:
    """Row 21: with nothing for the seller the order is cancelled, else it is shared out."""
    back, shared = postings.refund, postings.agreed_split
    return (
        Row(
            21,
            _EV.AGREE_CANCEL,
            src,
            _ST.CANCELLED,
            PARTIES,
            guards.answers_cancel,
            back,
            clocks.empty,
            guards.all_goes_back,
        ),
        Row(
            21,
            _EV.AGREE_CANCEL,
            src,
            _ST.COMPLETED,
            PARTIES,
            guards.answers_cancel,
            shared,
            waits.agreed_split,
        ),
    )


def _asking(src: State) -> tuple[Row, ...]:
    """Rows 20 to 22 and 35 from one state of the work, to which all but an end lead back."""
    return (
        Row(20, _EV.ASK_CANCEL, src, src, PARTIES, guards.asks_cancel, clock=waits.asked),
        *_agreed(src),
        Row(22, _EV.REFUSE, src, src, PARTIES, guards.answers, clock=waits.refused),
        *(_LATE if src is _ST.IN_PROGRESS else ()),
        Row(22, _EV.LAPSE, src, src, CLOCK, guards.lapsed, clock=waits.refused),
        Row(35, _EV.TAKE_BACK, src, src, PARTIES, guards.takes_back, clock=waits.resumed),
    )


_LATE = (
    Row(
        22,
        _EV.LAPSE,
        _ST.IN_PROGRESS,
        _ST.CANCELLED,
        CLOCK,
        guards.lapsed,
        postings.refund,
        clocks.empty,
        guards.ends_late_order,
    ),
)

ASKING: tuple[Row, ...] = tuple(row for src in WORK for row in _asking(src))
