"""The words of an order's life: states, events, roles, outcomes. What may follow what: `table`."""

from enum import StrEnum


class State(StrEnum):
    """Where an order stands (money.md 4)."""

    DRAFT = "draft"
    AWAITING_PAYMENT = "awaiting_payment"
    PAYMENT_REVIEW = "payment_review"
    AWAITING_REQUIREMENTS = "awaiting_requirements"
    IN_PROGRESS = "in_progress"
    DELIVERED = "delivered"
    REVISION_REQUESTED = "revision_requested"
    DISPUTED = "disputed"
    COMPLETED = "completed"
    CLEARED = "cleared"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"
    EXPIRED = "expired"

    @property
    def is_final(self) -> bool:
        """Nothing follows."""
        return self in FINAL

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
        State.DISPUTED,
    }
)
FINAL = frozenset({State.CLEARED, State.CANCELLED, State.REFUNDED, State.EXPIRED})


class Event(StrEnum):
    """What can happen to an order; the names are those of the table in money.md 4.1.

    The last five are ours: a request taken back, a longer look at a delivery, a statement in a
    dispute, an operator's verdict, an appeal against it (docs/decisions/0008).
    """

    CREATE = "create"
    SUBMIT = "submit"
    CLAIM = "claim"
    CLAIM_REJECT = "claim_reject"
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
    ASK_TIME = "ask_time"
    EXTEND = "extend"
    LATE_CANCEL = "late_cancel"
    ABANDON = "abandon"
    ASK_CANCEL = "ask_cancel"
    AGREE_CANCEL = "agree_cancel"
    REFUSE = "refuse"
    LAPSE = "lapse"
    DISPUTE = "dispute"
    REOPEN = "reopen"
    CONCEDE_SELLER = "concede_seller"
    CONCEDE_BUYER = "concede_buyer"
    RESOLVE_REFUND = "resolve_refund"
    RESOLVE_RELEASE = "resolve_release"
    RESOLVE_SPLIT = "resolve_split"
    FALLBACK = "fallback"
    CLEAR = "clear"
    CHARGEBACK = "chargeback"
    TAKE_BACK = "take_back"
    LOOK_LONGER = "look_longer"
    TESTIFY = "testify"
    DECIDE = "decide"
    APPEAL = "appeal"


class Role(StrEnum):
    """Who acts on an order."""

    BUYER = "buyer"
    SELLER = "seller"
    OPERATOR = "operator"
    CLOCK = "clock"
    PROVIDER = "provider"
    STRANGER = "stranger"

    @property
    def other(self) -> "Role":
        """The party across the table."""
        assert self in {Role.BUYER, Role.SELLER}, "only parties face each other"
        return Role.SELLER if self is Role.BUYER else Role.BUYER


class Outcome(StrEnum):
    """How an order was completed."""

    ACCEPTED = "accepted"
    AUTO = "auto"
    RELEASED = "released"
    SPLIT = "split"
