"""Orders as rows and back; the columns mirror market.contract.Order."""

from typing import Any

from market.change import OrderEvent
from market.contract import Order, Terms
from market.money import Currency, Money
from market.states import Event, Outcome, Role, State
from storage.queries import Row

_CLOCKS = (
    "due_at_ms",
    "clock_at_ms",
    "nudge_at_ms",
    "nudges",
    "reminded_ms",
    "lease_until_ms",
)
_PROGRESS = (
    "revisions_used",
    "held_minor",
    "outcome",
    "rail",
    "charge_id",
    "paid_ms",
    "completed_ms",
)
_PARTIES = ("buyer_id", "seller_id", "gig_id", "gig_version_id", "package_id", "created_ms")
_TERMS = (
    "fee_bp",
    "fee_least_minor",
    "delivery_days",
    "revisions",
    "clearing_ms",
    "charge_hold_ms",
)


def order_of(row: Row) -> Order:
    outcome = row["outcome"]
    return Order(
        id=row["id"],
        terms=_terms(row),
        state=State(row["state"]),
        version=row["version"],
        outcome=None if outcome is None else Outcome(outcome),
        **{name: row[name] for name in (*_PARTIES, *_CLOCKS, *_PROGRESS) if name != "outcome"},
    )


def _terms(row: Row) -> Terms:
    return Terms(
        price=Money(row["price_minor"], Currency(row["currency"])),
        asks_requirements=bool(row["asks_requirements"]),
        **{name: row[name] for name in _TERMS},
    )


def draft_columns(order: Order) -> dict[str, Any]:
    """What a new order stores: parties and terms."""
    terms = order.terms
    return {
        "currency": terms.price.currency,
        "price_minor": terms.price.minor,
        "asks_requirements": int(terms.asks_requirements),
        **{name: getattr(order, name) for name in _PARTIES},
        **{name: getattr(terms, name) for name in _TERMS},
    }


def clock_columns(order: Order) -> dict[str, Any]:
    return {name: getattr(order, name) for name in _CLOCKS}


def progress_columns(order: Order) -> dict[str, Any]:
    return {name: getattr(order, name) for name in _PROGRESS}


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
    )
