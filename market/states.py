"""The words of an order's life: states, events, roles, outcomes. What may follow what: `order`."""

from enum import StrEnum


class State(StrEnum):
    """Where an order stands (money.md 4)."""

    DRAFT = "draft"
    AWAITING_PAYMENT = "awaiting_payment"
    AWAITING_REQUIREMENTS = "awaiting_requirements"
    IN_PROGRESS = "in_progress"
    DELIVERED = "delivered"
    REVISION_REQUESTED = "revision_requested"
    COMPLETED = "completed"
    CLEARED = "cleared"
    CANCELLED = "cancelled"
    EXPIRED = "expired"

    @property
    def is_final(self) -> bool:
        """Nothing follows."""
        return self in {State.CLEARED, State.CANCELLED, State.EXPIRED}

    @property
    def is_funded(self) -> bool:
        """The escrow holds the order's price."""
        return self in FUNDED


FUNDED = frozenset(
    {
        State.AWAITING_REQUIREMENTS,
        State.IN_PROGRESS,
        State.DELIVERED,
        State.REVISION_REQUESTED,
    }
)


class Event(StrEnum):
    """What can happen to an order; the names are those of the table in money.md 4.1."""

    CREATE = "create"
    SUBMIT = "submit"
    PAID = "paid"
    EXPIRE = "expire"
    CANCEL_UNPAID = "cancel_unpaid"
    REQUIREMENTS = "requirements"
    REQ_TIMEOUT = "req_timeout"
    BUYER_CANCEL_EARLY = "buyer_cancel_early"
    SELLER_CANCEL = "seller_cancel"
    DELIVER = "deliver"
    REVISE = "revise"
    RESUME = "resume"
    ACCEPT = "accept"
    AUTO_COMPLETE = "auto_complete"
    LATE_CANCEL = "late_cancel"
    ABANDON = "abandon"
    CLEAR = "clear"


class Role(StrEnum):
    """Who acts on an order."""

    BUYER = "buyer"
    SELLER = "seller"
    OPERATOR = "operator"
    CLOCK = "clock"
    PROVIDER = "provider"
    STRANGER = "stranger"


class Outcome(StrEnum):
    """How an order was completed."""

    ACCEPTED = "accepted"
    AUTO = "auto"
