"""The order as a value: its parties, frozen terms, state and clocks. Its moves are in `order`."""

from dataclasses import dataclass

from market.deadlines import Windows
from market.dispute import Dispute
from market.ledger import FIRST_HOLD
from market.money import Money
from market.requests import Request
from market.split import Pricing
from market.states import Event, Outcome, Role, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What was agreed when the order was submitted; never changes afterwards.

    `price` is what the seller sells for: his own coupon is off it already (`seller_coupon_minor`,
    to be shown). `coupon_minor` is the part of it that the house pays, `buyer_fee_minor` what the
    buyer pays on top. `clearing_ms` and `charge_hold_ms` are the clearing period of this seller
    at that moment.
    """

    price: Money
    fee_bp: int
    fee_least_minor: int
    delivery_days: int
    revisions: int
    clearing_ms: int
    charge_hold_ms: int
    asks_requirements: bool
    coupon_minor: int = 0
    seller_coupon_minor: int = 0
    buyer_fee_minor: int = 0
    coupon_id: int | None = None

    @property
    def due(self) -> Money:
        """What the buyer pays: the price less the house's coupon, with the buyer's fee."""
        minor = self.price.minor - self.coupon_minor + self.buyer_fee_minor
        return Money(minor, self.price.currency)

    @property
    def escrow_minor(self) -> int:
        """What the order holds once it is paid."""
        return self.price.minor + self.buyer_fee_minor

    @property
    def pricing(self) -> Pricing:
        """What the shares depend on."""
        return Pricing(
            price_minor=self.price.minor,
            fee_bp=self.fee_bp,
            fee_least_minor=self.fee_least_minor,
            coupon_minor=self.coupon_minor,
            buyer_fee_minor=self.buyer_fee_minor,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order. Times are epoch milliseconds.

    `clock_at_ms`: when the clock acts in the present state (pay by, answer by, accept by, clear
    at …). `due_at_ms`: the seller's deadline. `nudge_at_ms`: the next reminder. `reminded_ms`:
    when a reminder first reached its reader in this state. `lease_until_ms`: an approved checkout
    may still become a payment until then. `entered_ms`: when the present state began.

    `request` is what one party asks of the other; meanwhile `clock_at_ms` is the end of that wait
    and `paused_ms` the moment the state's own clock would act. `was_refused`: a request was
    refused or left unanswered in this order. `released_minor`: the part of the price that was
    released at completion, fee included. `taken_minor`: what a chargeback took of that and left
    the rest. `from_credit_minor` and `from_earned_minor`: what the buyer pays from the balances
    here; the rest is the charge. `absent_ms`: how long declared absences stopped clocks
    of this order, counted until `absent_until_ms` in the present state.
    """

    id: int
    buyer_id: int
    seller_id: int
    gig_id: int
    gig_version_id: int
    package_id: int
    terms: Terms
    state: State
    version: int
    created_ms: int
    revisions_used: int = 0
    held_minor: int = 0
    outcome: Outcome | None = None
    rail: str | None = None
    charge_id: str | None = None
    paid_ms: int | None = None
    completed_ms: int | None = None
    due_at_ms: int | None = None
    clock_at_ms: int | None = None
    nudge_at_ms: int | None = None
    nudges: int = 0
    reminded_ms: int | None = None
    lease_until_ms: int | None = None
    entered_ms: int = 0
    request: Request | None = None
    paused_ms: int | None = None
    was_refused: bool = False
    longer_looks: int = 0
    dispute: Dispute | None = None
    was_reopened: bool = False
    was_charged_back: bool = False
    released_minor: int | None = None
    absent_ms: int = 0
    absent_until_ms: int | None = None
    from_credit_minor: int = 0
    from_earned_minor: int = 0
    taken_minor: int = 0

    @property
    def charge(self) -> Money:
        """What is left to be paid from outside; nothing when the balances suffice."""
        due = self.terms.due
        return Money(due.minor - self.from_credit_minor - self.from_earned_minor, due.currency)

    def role_of(self, person_id: int | None) -> Role:
        """Which side the person is on; anyone else is a stranger."""
        if person_id == self.buyer_id:
            return Role.BUYER
        return Role.SELLER if person_id == self.seller_id else Role.STRANGER

    def party(self, role: Role) -> int:
        """The person behind a role of this order (buyer or seller)."""
        return self.buyer_id if role is Role.BUYER else self.seller_id

    def is_late(self, now_ms: int) -> bool:
        """The seller is at work and his deadline has passed.

        Not while changes wait for him to resume: that first delivery may have come in time.
        """
        due_at_ms = self.due_at_ms if self.state is State.IN_PROGRESS else None
        return due_at_ms is not None and now_ms > due_at_ms


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """A provider's fact: this charge was paid by this person for this hold of this order."""

    rail: str
    charge_id: str
    payer_id: int
    amount: Money
    hold: int = FIRST_HOLD


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Somebody does something to an order at a moment.

    `version_seen` is the version a button was drawn for, None where no button was involved.
    `minor` is the seller's gross part that a request or a verdict names; `days` how many days
    more somebody asks for or takes. `verdict_of` is the operator whose verdict another confirms.
    """

    event: Event
    role: Role
    now_ms: int
    windows: Windows
    person_id: int | None = None
    version_seen: int | None = None
    payment: Payment | None = None
    note: str = ""
    minor: int = 0
    days: int = 0
    verdict_of: int | None = None
