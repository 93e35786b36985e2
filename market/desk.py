"""Read models of the operators' desk: what waits for them, and what they may know of a person."""

from dataclasses import dataclass

from market.absence import Absence
from market.cases import DisputeCard
from market.contract import Order
from market.dispute import Proposal
from market.gig import Gig
from market.people import Contact, Person
from market.read import BoardLine, PartyFigures, Rating
from market.reports import Report, StandingChange
from market.review import Review


@dataclass(frozen=True, slots=True, kw_only=True)
class Queues:
    """How much waits for operators, by kind; counts end at `most`."""

    disputes: int
    appeals: int
    claims: int
    reports: int
    strikes: int
    first_gigs: int
    reopen: int
    standing: int
    threads: int
    dead_updates: int
    dead_notices: int
    failed_refunds: int
    most: int
    hand_refunds: int = 0
    payouts: int = 0
    draws: int = 0


@dataclass(frozen=True, slots=True)
class OrderLine:
    """An order that waits for an operator; `proposal` for a second one."""

    order: Order
    title: str
    proposal: Proposal | None = None


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report in a queue; `name` and `title` are of the person and the gig, where there is one."""

    report: Report
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class ReportCard:
    """A report with what it is about; `name` is the person whom it concerns, where it is known."""

    report: Report
    reporter_name: str
    name: str
    order: Order | None
    gig: Gig | None
    review: Review | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCard:
    """A person as operators see him; histories are newest first."""

    person: Person
    contact: Contact
    figures: PartyFigures
    rating: Rating
    standings: tuple[StandingChange, ...]
    reports: tuple[Report, ...]
    strikes: int
    absences: tuple[Absence, ...]
    gigs: tuple[Gig, ...]
    orders: tuple[BoardLine, ...]
    now_ms: int


@dataclass(frozen=True, slots=True)
class Case:
    """A dispute with both people; `names` are the operators' by person id."""

    card: DisputeCard
    buyer: PersonCard
    seller: PersonCard
    names: dict[int, str]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person found by an operator."""

    person: Person
    name: str


@dataclass(frozen=True, slots=True)
class OrderTally:
    """Orders of a span, for owners; `ended` without completion, `under_way` now."""

    placed: int
    paid: int
    completed: int
    ended: int
    under_way: int


@dataclass(frozen=True, slots=True)
class HouseMoney:
    """What the house keeps of one currency, in minor units, and for whom.

    `held` for orders under way, `clearing` and `owed` for sellers, `credit` for buyers,
    `going_back` on its way to them, `fees` of the house.
    """

    currency: str
    held: int
    clearing: int
    owed: int
    credit: int
    going_back: int
    fees: int
