"""Sample values for tests of views, services and pictures: one honest small market.

Every builder takes overrides by keyword. The moment of all samples is NOW_MS.
"""

from dataclasses import replace
from typing import Any

from market.contract import Order, Terms
from market.deadlines import DAY_MS
from market.desk import Queues
from market.dispute import Dispute
from market.files import FileRef
from market.gig import Gig, GigState
from market.money import Currency, Money
from market.people import TERMS_VERSION, Person, Standing
from market.policy import Policy
from market.read import GigCard, GigLine, OrderCard, Rating, Statement, Thread, ThreadLine
from market.reports import Report, Subject
from market.requests import Kind, Request
from market.review import Review
from market.room import RoomMessage, Said
from market.states import Role, State

NOW_MS = 1_795_500_000_000  # Tue 24 Nov 2026, 12:00 in Dhaka
BUYER_ID, SELLER_ID, OPERATOR_ID = 1, 2, 3
POLICY = Policy(
    operators=frozenset({1003}), operator_name="GigHaat Team", operator_contact="@gighaat_help"
)

NOTHING_WAITS = Queues(
    disputes=0,
    appeals=0,
    claims=0,
    reports=0,
    strikes=0,
    first_gigs=0,
    reopen=0,
    standing=0,
    threads=0,
    dead_updates=0,
    dead_notices=0,
    failed_refunds=0,
    most=100,
)


def stars(count: int) -> Money:
    """An amount of Telegram Stars."""
    return Money(count, Currency.XTR)


def person(**changes: Any) -> Person:
    """A buyer in Dhaka who has accepted the terms."""
    base = Person(
        id=BUYER_ID,
        telegram_id=1001,
        language="bn",
        zone="Asia/Dhaka",
        standing=Standing.GOOD,
        terms_version=TERMS_VERSION,
        created_ms=NOW_MS - 30 * DAY_MS,
        language_chosen=True,
    )
    return replace(base, **changes)


def file(number: int = 1, **changes: Any) -> FileRef:
    """A photo as Telegram names it."""
    base = FileRef(
        file_id=f"file-{number}", file_unique_id=f"u{number}", kind="photo", name="", size=120_000
    )
    return replace(base, **changes)


def gig(**changes: Any) -> Gig:
    """A logo design for 250 Stars in 3 days with 2 rounds of changes."""
    base = Gig(
        id=16,
        version_id=21,
        version=1,
        package_id=21,
        seller_id=SELLER_ID,
        state=GigState.ACTIVE,
        category="design",
        title="আপনার দোকানের জন্য লোগো ডিজাইন",
        description="২টি ধারণা, PNG ও SVG ফাইল।\nI draw by hand first & send <sketches>.",
        picture=None,
        price=stars(250),
        delivery_days=3,
        revisions=2,
        question="What is your shop called, and which colours do you like?",
        published_ms=NOW_MS - 5 * DAY_MS,
    )
    return replace(base, **changes)


def gig_card(**changes: Any) -> GigCard:
    """The sample gig by Rahim with 12 reviews."""
    return GigCard(gig(**changes), "Rahim Uddin", Rating(47, 12, 15))


def gig_line(**changes: Any) -> GigLine:
    """The sample gig on a shelf."""
    base = GigLine(
        gig_id=16,
        title=gig().title,
        price=stars(250),
        category="design",
        seller_name="Rahim Uddin",
        rating=Rating(47, 12, 15),
        state=GigState.ACTIVE,
    )
    return replace(base, **changes)


def terms(**changes: Any) -> Terms:
    """The frozen terms of the sample order: 10 % fee, 7 days of clearing."""
    base = Terms(
        price=stars(250),
        fee_bp=1_000,
        fee_least_minor=1,
        delivery_days=3,
        revisions=2,
        clearing_ms=7 * DAY_MS,
        charge_hold_ms=21 * DAY_MS,
        asks_requirements=True,
    )
    return replace(base, **changes)


def order(state: State = State.IN_PROGRESS, **changes: Any) -> Order:
    """Order 42 of the sample gig, paid yesterday unless it is not funded."""
    base = Order(
        id=42,
        buyer_id=BUYER_ID,
        seller_id=SELLER_ID,
        gig_id=16,
        gig_version_id=21,
        package_id=21,
        terms=terms(),
        state=state,
        version=3,
        created_ms=NOW_MS - DAY_MS,
        held_minor=250 if state.is_funded else 0,
        rail="stars" if state.is_funded else None,
        charge_id="charge-1" if state.is_funded else None,
        paid_ms=NOW_MS - DAY_MS if state.is_funded else None,
        due_at_ms=NOW_MS + 2 * DAY_MS if state is State.IN_PROGRESS else None,
        clock_at_ms=NOW_MS + 2 * DAY_MS,
    )
    return replace(base, **changes)


def order_card(viewer: Role = Role.BUYER, of: Order | None = None, **changes: Any) -> OrderCard:
    """The sample order as one of its parties sees it."""
    base = OrderCard(
        order=of or order(),
        viewer=viewer,
        gig=gig(),
        buyer_name="Ayesha",
        seller_name="Rahim Uddin",
        answer=None,
        deliveries=(),
        asked="",
        history=(),
        reviews=(),
        mine=None,
        may_review=False,
        now_ms=NOW_MS,
    )
    return replace(base, **changes)


def thread(**changes: Any) -> Thread:
    """An open support thread about order 42 with one answer."""
    base = Thread(
        id=7,
        person_id=BUYER_ID,
        kind="paysupport",
        order_id=42,
        is_open=True,
        lines=(
            ThreadLine(from_operator=False, text="Paid twice? <help>", at_ms=NOW_MS - 7_200_000),
            ThreadLine(from_operator=True, text="One payment came in.", at_ms=NOW_MS - 3_600_000),
        ),
        person_name="Ayesha",
    )
    return replace(base, **changes)


def request(**changes: Any) -> Request:
    """The seller asks for two more days, until tomorrow."""
    base = Request(kind=Kind.TIME, by=Role.SELLER, until_ms=NOW_MS + DAY_MS, days=2)
    return replace(base, **changes)


def dispute(**changes: Any) -> Dispute:
    """The buyer has opened a dispute an hour ago; the seller has not spoken."""
    base = Dispute(
        by=Role.BUYER,
        opened_ms=NOW_MS - 3_600_000,
        evidence_by_ms=NOW_MS + 2 * DAY_MS,
        decide_by_ms=NOW_MS + 3 * DAY_MS,
        buyer_said=True,
        seller_said=False,
    )
    return replace(base, **changes)


def statement(**changes: Any) -> Statement:
    """What the buyer said when she opened the dispute, with a picture."""
    base = Statement(
        number=1,
        role=Role.BUYER,
        text="The logo is a stock picture, here is the original.",
        files=(file(),),
        at_ms=NOW_MS - 3_600_000,
    )
    return replace(base, **changes)


def room_message(**changes: Any) -> RoomMessage:
    """The buyer asks something in the room of order 42."""
    said = Said(words="কখন পাব?", file=None, chat_id=1001, message_id=77)
    base = RoomMessage(
        order_id=42,
        number=1,
        role=Role.BUYER,
        person_id=BUYER_ID,
        said=said,
        at_ms=NOW_MS - 600_000,
        is_flagged=False,
    )
    return replace(base, **changes)


def review(**changes: Any) -> Review:
    """The buyer's review of order 42, which everybody sees."""
    base = Review(
        order_id=42,
        author_id=BUYER_ID,
        subject_id=SELLER_ID,
        role=Role.BUYER,
        stars=5,
        words="দারুণ কাজ",
        written_ms=NOW_MS - DAY_MS,
        visible_from_ms=NOW_MS - DAY_MS,
        quality=5,
        communication=4,
        value=5,
    )
    return replace(base, **changes)


def report(subject: Subject = Subject.GIG, about_id: int = 16, **changes: Any) -> Report:
    """An open report of the house about gig 16."""
    base = Report(
        id=0,
        subject=subject,
        about_id=about_id,
        order_id=None,
        reporter_id=None,
        words="He asked for my number.",
        at_ms=NOW_MS - 600_000,
    )
    return replace(base, **changes)
