"""Orders as rows and back; the columns mirror market.contract.Order.

A request and a dispute are flat columns with their name before them; `request_kind` and
`dispute_by` tell whether there is one.
"""

from dataclasses import fields
from typing import Any

from market.change import OrderEvent
from market.contract import Order, Terms
from market.dispute import Dispute
from market.money import Currency, Money
from market.requests import Kind, Request
from market.states import Event, Outcome, Role, State
from storage.queries import Row

_CLOCKS = (
    "due_at_ms",
    "clock_at_ms",
    "nudge_at_ms",
    "nudges",
    "reminded_ms",
    "lease_until_ms",
    "paused_ms",
    "absent_ms",
    "absent_until_ms",
)
_PROGRESS = (
    "revisions_used",
    "held_minor",
    "rail",
    "charge_id",
    "paid_ms",
    "completed_ms",
    "entered_ms",
    "longer_looks",
    "released_minor",
    "taken_minor",
)
_FLAGS = ("was_refused", "was_reopened", "was_charged_back")
_PARTIES = ("buyer_id", "seller_id", "gig_id", "gig_version_id", "package_id", "created_ms")
_PAYING = ("from_credit_minor", "from_earned_minor")
_TERMS = (
    "fee_bp",
    "fee_least_minor",
    "delivery_days",
    "revisions",
    "clearing_ms",
    "charge_hold_ms",
    "seller_coupon_minor",
    "coupon_minor",
    "buyer_fee_minor",
    "coupon_id",
)
_REQUEST = ("kind", "by", "minor", "days")
_DISPUTE_CLOCKS = ("evidence_by_ms", "decide_by_ms")
_DISPUTE = tuple(f.name for f in fields(Dispute) if f.name not in _DISPUTE_CLOCKS)


def order_of(row: Row) -> Order:
    outcome = row["outcome"]
    return Order(
        id=row["id"],
        terms=_terms(row),
        state=State(row["state"]),
        version=row["version"],
        outcome=None if outcome is None else Outcome(outcome),
        request=_request(row),
        dispute=_dispute(row),
        **_plain(row),
    )


def _plain(row: Row) -> dict[str, Any]:
    values = {name: row[name] for name in (*_PARTIES, *_PAYING, *_CLOCKS, *_PROGRESS)}
    return values | {name: bool(row[name]) for name in _FLAGS}


def _terms(row: Row) -> Terms:
    return Terms(
        price=Money(row["price_minor"], Currency(row["currency"])),
        asks_requirements=bool(row["asks_requirements"]),
        **{name: row[name] for name in _TERMS},
    )


def _request(row: Row) -> Request | None:
    if row["request_kind"] is None:
        return None
    return Request(
        kind=Kind(row["request_kind"]),
        by=Role(row["request_by"]),
        until_ms=row["request_until_ms"],
        minor=row["request_minor"],
        days=row["request_days"],
    )


def _dispute(row: Row) -> Dispute | None:
    if row["dispute_by"] is None:
        return None
    appealed_by = row["dispute_appealed_by"]
    return Dispute(
        by=Role(row["dispute_by"]),
        opened_ms=row["dispute_opened_ms"],
        evidence_by_ms=row["dispute_evidence_by_ms"],
        decide_by_ms=row["dispute_decide_by_ms"],
        buyer_said=bool(row["dispute_buyer_said"]),
        seller_said=bool(row["dispute_seller_said"]),
        verdict_minor=row["dispute_verdict_minor"],
        verdict_by=row["dispute_verdict_by"],
        appealed_by=None if appealed_by is None else Role(appealed_by),
    )


def draft_columns(order: Order) -> dict[str, Any]:
    """What a new order stores: parties, terms, and what the balances pay."""
    terms = order.terms
    return {
        "currency": terms.price.currency,
        "price_minor": terms.price.minor,
        "asks_requirements": int(terms.asks_requirements),
        **{name: getattr(order, name) for name in (*_PARTIES, *_PAYING)},
        **{name: getattr(terms, name) for name in _TERMS},
    }


def clock_columns(order: Order) -> dict[str, Any]:
    """What may change without an event."""
    until_ms = None if order.request is None else order.request.until_ms
    return {
        "request_until_ms": until_ms,
        **_flat("dispute", order.dispute, _DISPUTE_CLOCKS),
        **{name: getattr(order, name) for name in _CLOCKS},
    }


def progress_columns(order: Order) -> dict[str, Any]:
    """What changes by an event only."""
    return {
        "outcome": order.outcome,
        **{name: getattr(order, name) for name in _PROGRESS},
        **{name: int(getattr(order, name)) for name in _FLAGS},
        **_flat("request", order.request, _REQUEST),
        **_flat("dispute", order.dispute, _DISPUTE),
    }


def _flat(prefix: str, value: Request | Dispute | None, names: tuple[str, ...]) -> dict[str, Any]:
    """The value's fields as columns, all null without a value."""
    columns = {name: None if value is None else getattr(value, name) for name in names}
    return {
        f"{prefix}_{name}": int(column) if isinstance(column, bool) else column
        for name, column in columns.items()
    }


def event_columns(event: OrderEvent) -> dict[str, Any]:
    return {name: getattr(event, name) for name in OrderEvent.__slots__}


def event_of(row: Row) -> OrderEvent:
    return OrderEvent(
        order_id=row["order_id"],
        version=row["version"],
        event=Event(row["event"]),
        src=State(row["src"]),
        dst=State(row["dst"]),
        role=Role(row["role"]),
        person_id=row["person_id"],
        at_ms=row["at_ms"],
        note=row["note"],
        minor=row["minor"],
        days=row["days"],
    )
