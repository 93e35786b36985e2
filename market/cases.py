"""Read models of disputes: both sides, what happened, and what a verdict would mean in money."""

from dataclasses import dataclass

from market.change import OrderEvent
from market.contract import Order
from market.dispute import Proposal
from market.gig import Gig
from market.policy import Policy
from market.postings import shares_of
from market.read import Delivery, Statement, StatementLine
from market.room import RoomMessage
from market.split import Split
from market.states import Role

Happened = OrderEvent | Delivery | Statement | RoomMessage | StatementLine


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened in the order."""

    at_ms: int
    what: Happened


@dataclass(frozen=True, slots=True)
class OrderStory:
    """Everything that happened in an order, oldest first, as operators see it."""

    order: Order
    viewer: Role
    gig: Gig
    buyer_name: str
    seller_name: str
    timeline: tuple[Moment, ...]
    now_ms: int
    policy: Policy


@dataclass(frozen=True, slots=True)
class DisputeCard:
    """A dispute as a party or an operator sees it; `timeline` is oldest first.

    `needs_second`: a verdict on it is proposed by one operator and confirmed by another.
    `may_speak`: the viewer had no part in what was appealed, or nobody else is left.
    """

    order: Order
    viewer: Role
    viewer_id: int
    gig: Gig
    buyer_name: str
    seller_name: str
    statements: tuple[Statement, ...]
    timeline: tuple[Moment, ...]
    proposal: Proposal | None
    needs_second: bool
    now_ms: int
    policy: Policy
    may_speak: bool = True

    def shares(self, minor: int) -> Split:
        """The three parts of the price when the seller's part before the fee is `minor`."""
        return shares_of(self.order, minor)
