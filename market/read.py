"""Read models: frozen pictures of stored rows that views show. They decide nothing."""

from dataclasses import dataclass, field

from market.absence import Absence
from market.bill import Bill
from market.change import OrderEvent
from market.contract import Order
from market.files import FileRef
from market.gig import Gig
from market.money import Money
from market.paying import AS_USUAL, NO_PURSE, Paying, Purse
from market.policy import Policy
from market.review import Review
from market.states import Role, State


@dataclass(frozen=True, slots=True)
class Rating:
    """A person's public figures as a seller: `average_x10` is 47 for 4.7; 0 without reviews.

    The last three are the means of the buyers' three marks, 0 where nobody was asked yet.
    """

    average_x10: int
    reviews: int
    completed: int
    quality_x10: int = 0
    communication_x10: int = 0
    value_x10: int = 0


@dataclass(frozen=True, slots=True)
class PartyFigures:
    """How a person's orders ended, for operators: as buyer and as seller."""

    bought: int
    sold: int
    cancelled_as_seller: int
    late: int
    disputes: int
    disputes_lost: int


@dataclass(frozen=True, slots=True)
class GigCard:
    """A gig as a buyer sees it.

    `away_until_ms`: its seller is away until then, None when here. `away_soon`: the seller's next
    absence, which may move the delivery.
    """

    gig: Gig
    seller_name: str
    rating: Rating
    away_until_ms: int | None = None
    away_soon: Absence | None = None


@dataclass(frozen=True, slots=True)
class GigLine:
    """A gig as one line of a shelf."""

    gig_id: int
    title: str
    price: Money
    category: str
    seller_name: str
    rating: Rating
    state: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a shelf; `after` is the cursor for the next page, None on the last one."""

    lines: tuple[GigLine, ...]
    after: int | None
    before: int | None


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category with the number of its active gigs."""

    category: str
    gigs: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The buyer's answer to the requirements question."""

    text: str
    files: tuple[FileRef, ...]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery of an order, numbered from 1, with what was asked before it.

    `digest` is its evidence: SHA-256 over text, time and each file's unique id, name and size.
    """

    id: int
    number: int
    text: str
    files: tuple[FileRef, ...]
    at_ms: int
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one side said in a dispute, with its evidence; numbered from 1 in the order."""

    number: int
    role: Role
    text: str
    files: tuple[FileRef, ...]
    at_ms: int


@dataclass(frozen=True, slots=True)
class OrderQuote:
    """What an order on this gig means for its buyer, before it is placed.

    `counts_from_ms`: the delivery time begins then at the earliest, None when at once. `draft` is
    the order as it would be placed now, `purse` what the buyer has here, `paying` his choice.
    """

    card: GigCard
    price: Money
    now_ms: int
    counts_from_ms: int | None = None
    draft: Order | None = None
    purse: Purse = NO_PURSE
    paying: Paying = AS_USUAL


@dataclass(frozen=True, slots=True)
class OrderCard:
    """Everything that one party of an order may see.

    `policy` tells the house's windows and its rough value of a Star. `unread` counts the room's
    new messages; `away_until_ms` is set while the other party is away. `bill` is the link
    that the buyer pays by, as long as it is needed. `claim_id` names, for operators, the last
    claim of money sent by hand.
    """

    order: Order
    viewer: Role
    gig: Gig
    buyer_name: str
    seller_name: str
    answer: Answer | None
    deliveries: tuple[Delivery, ...]
    asked: str
    history: tuple[OrderEvent, ...]
    reviews: tuple[Review, ...]
    mine: Review | None
    may_review: bool
    now_ms: int
    policy: Policy = field(default_factory=Policy)
    has_room: bool = False
    unread: int = 0
    away_until_ms: int | None = None
    bill: Bill | None = None
    claim_id: int | None = None


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One order on the work board. `waits_for_me`: the next step is the reader's."""

    order_id: int
    title: str
    role: Role
    state: State
    price: Money
    until_ms: int | None
    is_late: bool
    waits_for_me: bool
    unread: int = 0
    has_request: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """The reader's unfinished orders, what waits for him first; then a page of finished ones."""

    lines: tuple[BoardLine, ...]
    page: int
    has_more: bool


@dataclass(frozen=True, slots=True)
class Balance:
    """One person's money in one currency, minor units.

    `held_for_me`: escrow of orders where the person sells; `paid_held`: escrow of orders that the
    person bought; `credit`: spend-only money, on its way back as a rule;
    `leaving`: reserved for withdrawals under way.
    """

    currency: str
    held_for_me: int
    paid_held: int
    clearing: int
    available: int
    credit: int
    leaving: int = 0


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One journal as it touched the person's accounts. `code` is the posting (P1, P5, …)."""

    at_ms: int
    code: str
    amount: Money
    account: str
    order_id: int | None


@dataclass(frozen=True, slots=True)
class Wallet:
    """Balances and a page of the statement, newest first."""

    balances: tuple[Balance, ...]
    lines: tuple[StatementLine, ...]
    page: int
    has_more: bool
    next_clear_ms: int | None


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """One message of a support thread."""

    from_operator: bool
    text: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation between a person and the operators. `kind` is 'support' or 'paysupport'."""

    id: int
    person_id: int
    kind: str
    order_id: int | None
    is_open: bool
    lines: tuple[ThreadLine, ...]
    person_name: str


@dataclass(frozen=True, slots=True)
class SweepRun:
    """The last run of one sweep."""

    name: str
    started_ms: int
    succeeded_ms: int | None
    error: str | None


@dataclass(frozen=True, slots=True)
class DeadRow:
    """An update or a notice that was given up."""

    id: int
    kind: str
    error: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """One broken invariant of the ledger; `rule` is I1 … I11 of money.md 3.5."""

    rule: str
    detail: str


@dataclass(frozen=True, slots=True)
class House:
    """What operators see in /admin."""

    sweeps: tuple[SweepRun, ...]
    dead_updates: tuple[DeadRow, ...]
    dead_notices: tuple[DeadRow, ...]
    failed_refunds: tuple[DeadRow, ...]
    findings: tuple[AuditFinding, ...]
    audited_ms: int | None
    is_frozen: bool
    open_threads: tuple[Thread, ...]
