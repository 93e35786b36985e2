"""Which event tells whom: the kinds of notices and the table from event to readers.

The words are in `bot.views.notices`; a row here without words there fails a test.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from market.states import Event, Role


class Notice(StrEnum):
    """A message about an event, for one reader."""

    INVOICE = "invoice"
    ORDER_PAID_BUYER = "order_paid_buyer"
    ORDER_PAID_SELLER = "order_paid_seller"
    ORDER_EXPIRED = "order_expired"
    ORDER_CANCELLED = "order_cancelled"
    REQUIREMENTS_READY = "requirements_ready"
    DELIVERY = "delivery"
    CHANGES_ASKED = "changes_asked"
    WORK_RESUMED = "work_resumed"
    ORDER_ACCEPTED = "order_accepted"
    ORDER_AUTO_BUYER = "order_auto_buyer"
    ORDER_AUTO_SELLER = "order_auto_seller"
    REVIEW_REQUEST = "review_request"
    REVIEW_SHOWN = "review_shown"
    FUNDS_CLEARED = "funds_cleared"
    NUDGE_REQUIREMENTS = "nudge_requirements"
    NUDGE_ACCEPT = "nudge_accept"
    NUDGE_LATE = "nudge_late"
    REFUND_SENT = "refund_sent"
    PAYMENT_RETURNED = "payment_returned"
    DELIVERY_FILES = "delivery_files"
    REQUIREMENT_FILES = "requirement_files"
    SUPPORT_ASKED = "support_asked"
    SUPPORT_ANSWERED = "support_answered"
    UNREACHABLE = "unreachable"
    ALARM = "alarm"
    GIG_ANNOUNCEMENT = "gig_announcement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One outbox row to be: facts only; it is rendered in the reader's language when sent.

    `person_id` is the reader, or None for a group, topic or channel given by `chat_id` and
    `topic_id`. `key` makes it unique: the same key is never queued twice. `facts` holds plain JSON
    values. `silent` asks for no sound.
    """

    notice: Notice
    key: str
    person_id: int | None = None
    chat_id: int | None = None
    topic_id: int | None = None
    order_id: int | None = None
    gig_id: int | None = None
    facts: dict[str, object] = field(default_factory=dict)
    silent: bool = False


# Whoever caused these events has the new screen before his eyes; only the other side hears of them.
NEWS: frozenset[Notice] = frozenset({Notice.ORDER_CANCELLED})

TOLD: dict[Event, tuple[tuple[Notice, Role], ...]] = {
    Event.CREATE: (),
    Event.SUBMIT: ((Notice.INVOICE, Role.BUYER),),
    Event.PAID: (
        (Notice.ORDER_PAID_BUYER, Role.BUYER),
        (Notice.ORDER_PAID_SELLER, Role.SELLER),
    ),
    Event.EXPIRE: ((Notice.ORDER_EXPIRED, Role.BUYER),),
    Event.CANCEL_UNPAID: (
        (Notice.ORDER_CANCELLED, Role.BUYER),
        (Notice.ORDER_CANCELLED, Role.SELLER),
    ),
    Event.REQUIREMENTS: (
        (Notice.REQUIREMENT_FILES, Role.SELLER),
        (Notice.REQUIREMENTS_READY, Role.SELLER),
    ),
    Event.REQ_TIMEOUT: (
        (Notice.ORDER_CANCELLED, Role.BUYER),
        (Notice.ORDER_CANCELLED, Role.SELLER),
    ),
    Event.BUYER_CANCEL_EARLY: (
        (Notice.ORDER_CANCELLED, Role.BUYER),
        (Notice.ORDER_CANCELLED, Role.SELLER),
    ),
    Event.SELLER_CANCEL: (
        (Notice.ORDER_CANCELLED, Role.BUYER),
        (Notice.ORDER_CANCELLED, Role.SELLER),
    ),
    Event.DELIVER: ((Notice.DELIVERY_FILES, Role.BUYER), (Notice.DELIVERY, Role.BUYER)),
    Event.REVISE: ((Notice.CHANGES_ASKED, Role.SELLER),),
    Event.RESUME: ((Notice.WORK_RESUMED, Role.BUYER),),
    Event.ACCEPT: (
        (Notice.ORDER_ACCEPTED, Role.SELLER),
        (Notice.REVIEW_REQUEST, Role.BUYER),
        (Notice.REVIEW_REQUEST, Role.SELLER),
    ),
    Event.AUTO_COMPLETE: (
        (Notice.ORDER_AUTO_BUYER, Role.BUYER),
        (Notice.ORDER_AUTO_SELLER, Role.SELLER),
        (Notice.REVIEW_REQUEST, Role.BUYER),
        (Notice.REVIEW_REQUEST, Role.SELLER),
    ),
    Event.LATE_CANCEL: (
        (Notice.ORDER_CANCELLED, Role.BUYER),
        (Notice.ORDER_CANCELLED, Role.SELLER),
    ),
    Event.ABANDON: (
        (Notice.ORDER_CANCELLED, Role.BUYER),
        (Notice.ORDER_CANCELLED, Role.SELLER),
    ),
    Event.CLEAR: ((Notice.FUNDS_CLEARED, Role.SELLER),),
}
