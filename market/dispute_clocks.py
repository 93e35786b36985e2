"""Deadlines of disputes: to speak, to decide, to appeal, and the last exit by the clock."""

from dataclasses import replace

from market import clocks
from market.clocks import Columns
from market.contract import Act, Order
from market.dispute import Dispute
from market.dispute_guards import of
from market.states import Outcome, Role


def opened(_order: Order, act: Act) -> Columns:
    """Both are heard, operators decide; undecided for very long, the buyer gets the money."""
    return _opened(act, by=act.role)


def reopened(order: Order, act: Act) -> Columns:
    """The buyer's case is heard once more; the price is held again."""
    return {
        **_opened(act, by=Role.BUYER),
        "was_reopened": True,
        "held_minor": order.terms.escrow_minor,
        "completed_ms": None,
        "outcome": None,
        "released_minor": None,
    }


def testified(order: Order, act: Act) -> Columns:
    """One more statement; the first of each side counts as having been heard."""
    dispute = of(order)
    buyer_said = dispute.buyer_said or act.role is Role.BUYER
    seller_said = dispute.seller_said or act.role is Role.SELLER
    return {"dispute": replace(dispute, buyer_said=buyer_said, seller_said=seller_said)}


def decided(order: Order, act: Act) -> Columns:
    """The verdict takes effect when the time to appeal is over."""
    verdict = replace(
        of(order), verdict_minor=act.minor, verdict_by=act.verdict_of or act.person_id
    )
    return {
        "dispute": verdict,
        "clock_at_ms": act.now_ms + act.windows.appeal_ms,
        "nudge_at_ms": None,
    }


def appealed(order: Order, act: Act) -> Columns:
    """Another operator looks; until then everything waits as before the verdict."""
    windows = act.windows
    dispute = replace(of(order), appealed_by=act.role, decide_by_ms=act.now_ms + windows.decide_ms)
    return {
        "dispute": dispute,
        "clock_at_ms": act.now_ms + windows.fallback_ms,
        "nudge_at_ms": act.now_ms + windows.dispute_alarms_ms[0],
        "nudges": 0,
    }


def refunded(order: Order, act: Act) -> Columns:
    """All goes back."""
    return _with_verdict(order, act, 0) | {"held_minor": 0}


def released(order: Order, act: Act) -> Columns:
    """The seller gets the price; there is time to clear."""
    return _completed(order, act, Outcome.RELEASED, order.terms.price.minor)


def split(order: Order, act: Act) -> Columns:
    """The seller gets a part, the rest goes back."""
    return _completed(order, act, Outcome.SPLIT, gross(order, act))


def gross(order: Order, act: Act) -> int:
    """The seller's part: the verdict that the clock carries out, or what an operator says."""
    if act.role is not Role.CLOCK:
        return act.minor
    verdict = of(order).verdict_minor
    assert verdict is not None, "the clock carries out a verdict"
    return verdict


def _opened(act: Act, *, by: Role) -> dict[str, object]:
    windows = act.windows
    dispute = Dispute(
        by=by,
        opened_ms=act.now_ms,
        evidence_by_ms=act.now_ms + windows.evidence_ms,
        decide_by_ms=act.now_ms + windows.decide_ms,
        buyer_said=by is Role.BUYER,
        seller_said=by is Role.SELLER,
    )
    return {
        "dispute": dispute,
        "clock_at_ms": act.now_ms + windows.fallback_ms,
        "nudge_at_ms": act.now_ms + windows.dispute_alarms_ms[0],
    }


def _completed(order: Order, act: Act, outcome: Outcome, minor: int) -> Columns:
    columns = dict(clocks.completed(order, act, outcome, released_minor=minor))
    least_ms = act.now_ms + act.windows.verdict_clearing_ms
    columns["clock_at_ms"] = max(clear_at_ms(columns), least_ms)
    return columns | _with_verdict(order, act, minor)


def clear_at_ms(columns: Columns) -> int:
    """When the money would clear by the ordinary rule."""
    moment_ms = columns["clock_at_ms"]
    assert isinstance(moment_ms, int), "a completed order clears at a moment"
    return moment_ms


def _with_verdict(order: Order, act: Act, minor: int) -> dict[str, object]:
    """What an operator said at the end of an appeal replaces the first verdict."""
    if act.role is not Role.OPERATOR:
        return {}
    return {
        "dispute": replace(
            of(order), verdict_minor=minor, verdict_by=act.verdict_of or act.person_id
        )
    }
