"""What operators' screens are drawn from: people, cases, reports, a busy order's story."""

from dataclasses import replace
from typing import Any

from market.absence import Absence
from market.cases import Happened, Moment, OrderStory
from market.deadlines import DAY_MS, HOUR_MS
from market.desk import Case, OrderLine, PersonCard, ReportCard, ReportLine
from market.dispute import Proposal
from market.gig import Gig, GigState
from market.money import Currency, Money
from market.people import Contact, Standing
from market.read import BoardLine, PartyFigures, Rating, StatementLine
from market.reports import ON_GIGS, Act, Report, StandingChange, Subject
from market.room import Said
from market.states import Event, Role, State
from tests.support.samples import (
    BUYER_ID,
    NOTHING_WAITS,
    NOW_MS,
    OPERATOR_ID,
    POLICY,
    SELLER_ID,
    file,
    gig,
    order,
    person,
    report,
    review,
    room_message,
    stars,
    statement,
)
from tests.views.dispute_cards import HEARD, dispute_card
from tests.views.order_cards import SECOND, event

NAMES = {OPERATOR_ID: "Olivia", 4: "Tanvir"}
BUSY = replace(
    NOTHING_WAITS,
    disputes=2,
    appeals=1,
    claims=1,
    reports=100,
    strikes=1,
    first_gigs=3,
    reopen=1,
    standing=1,
    threads=4,
    dead_updates=1,
    dead_notices=2,
    failed_refunds=1,
)
PAUSED = StandingChange(
    person_id=SELLER_ID,
    standing=Standing.PAUSED,
    reason="Asked buyers for their numbers, <again>",
    until_ms=NOW_MS + 7 * DAY_MS,
    operator_id=OPERATOR_ID,
    at_ms=NOW_MS - DAY_MS,
)
FREED = replace(
    PAUSED,
    standing=Standing.GOOD,
    reason="",
    until_ms=None,
    operator_id=0,
    at_ms=NOW_MS - 9 * DAY_MS,
)
BANNED = replace(PAUSED, standing=Standing.BANNED, until_ms=None, operator_id=9)
_AWAY = Absence(
    id=1,
    person_id=SELLER_ID,
    from_ms=NOW_MS,
    until_ms=NOW_MS + 3 * DAY_MS,
    declared_ms=NOW_MS,
)
ACTS = (
    Act(
        operator_id=OPERATOR_ID,
        act="verdict",
        detail="order 42: 125 Both <are> right",
        at_ms=NOW_MS,
    ),
    Act(operator_id=4, act="confirm", detail="order 42: 125", at_ms=NOW_MS - HOUR_MS),
    Act(operator_id=9, act="stand_paused", detail="person 2: Numbers", at_ms=NOW_MS - HOUR_MS),
    Act(operator_id=4, act="gig_taken_down", detail="gig 16: Copied", at_ms=NOW_MS - DAY_MS),
    Act(operator_id=4, act="settle", detail="report 7: Looked at", at_ms=NOW_MS - DAY_MS),
    Act(operator_id=4, act="remove_review", detail="order 42 by 1: Insult", at_ms=NOW_MS - DAY_MS),
    Act(operator_id=4, act="retry", detail="row 9", at_ms=NOW_MS - DAY_MS),
    Act(operator_id=4, act="unlink", detail="-100 5", at_ms=NOW_MS - DAY_MS),
    Act(operator_id=4, act="something_new", detail="", at_ms=NOW_MS - DAY_MS),
)


def person_card(**changes: Any) -> PersonCard:
    """The seller: paused, with a history, a report, two orders and two gigs."""
    line = BoardLine(
        order_id=42,
        title="A logo & more",
        role=Role.SELLER,
        state=State.IN_PROGRESS,
        price=stars(250),
        until_ms=NOW_MS + DAY_MS,
        is_late=False,
        waits_for_me=True,
    )
    base = PersonCard(
        person=person(
            id=SELLER_ID,
            telegram_id=1002,
            standing=Standing.PAUSED,
            unreachable_ms=NOW_MS - HOUR_MS,
        ),
        contact=Contact("Rahim & Uddin", "rahim_draws"),
        figures=PartyFigures(2, 15, 1, 2, 3, 1),
        rating=Rating(47, 12, 15),
        standings=(PAUSED, FREED),
        reports=(report_of(Subject.PERSON, SELLER_ID), _closed(Subject.GIG)),
        strikes=3,
        absences=(_AWAY,),
        gigs=(gig(), gig(id=17, state=GigState.TAKEN_DOWN)),
        orders=(line, replace(line, order_id=41, state=State.CLEARED)),
        now_ms=NOW_MS,
    )
    return replace(base, **changes)


def newcomer(**changes: Any) -> PersonCard:
    """The buyer: nothing has happened yet."""
    base = PersonCard(
        person=person(),
        contact=Contact("Ayesha", None),
        figures=PartyFigures(0, 0, 0, 0, 0, 0),
        rating=Rating(0, 0, 0),
        standings=(),
        reports=(),
        strikes=0,
        absences=(),
        gigs=(),
        orders=(),
        now_ms=NOW_MS,
    )
    return replace(base, **changes)


def report_of(subject: Subject, about_id: int, **changes: Any) -> Report:
    """A report by the buyer that waits."""
    words = "outside\nHe asked for my <number>."
    facts = {"id": 7, "reporter_id": BUYER_ID, "words": words} | changes
    return report(subject, about_id, **facts)


def _closed(subject: Subject) -> Report:
    answer = "The gig is gone & its seller paused."
    return report_of(subject, 16, id=6, closed_ms=NOW_MS - HOUR_MS, closed_by=3, answer=answer)


def report_card(subject: Subject, **changes: Any) -> ReportCard:
    """The report as operators open it."""
    gigs = subject in ON_GIGS
    orders = subject in {Subject.REVIEW, Subject.ROOM, Subject.REOPEN}
    about = {Subject.ROOM: 42, Subject.REOPEN: 42}.get(subject, 16 if gigs else SELLER_ID)
    by_house = subject in {Subject.FIRST_GIG, Subject.STRIKES}
    words = {Subject.STRIKES: "6", Subject.STANDING: "It was not me."}
    words |= {Subject.FIRST_GIG: "", Subject.GIG_AGAIN: ""}
    facts: dict[str, Any] = {"words": words[subject]} if subject in words else {}
    base = ReportCard(
        report=report_of(
            subject,
            about,
            reporter_id=None
            if by_house
            else SELLER_ID
            if subject in {Subject.STANDING, Subject.GIG_AGAIN}
            else BUYER_ID,
            order_id=42 if orders else None,
            **facts,
        ),
        reporter_name="" if by_house else _reporter(subject),
        name="" if subject in {Subject.ROOM, Subject.REOPEN} else "Rahim Uddin",
        order=order(State.COMPLETED) if orders else None,
        gig=_judged(subject) if gigs else None,
        review=review(words="Late & rude <again>") if subject is Subject.REVIEW else None,
    )
    return replace(base, **changes)


def _judged(subject: Subject) -> Gig:
    return gig(state=GigState.TAKEN_DOWN if subject is Subject.GIG_AGAIN else GigState.ACTIVE)


def _reporter(subject: Subject) -> str:
    return "Rahim Uddin" if subject is Subject.GIG_AGAIN else "Ayesha"


def report_line(subject: Subject) -> ReportLine:
    """The same report in a queue."""
    card = report_card(subject)
    return ReportLine(card.report, card.name, "" if card.gig is None else card.gig.title)


def closed_card() -> ReportCard:
    """A report that another operator has settled."""
    return replace(report_card(Subject.GIG), report=_closed(Subject.GIG))


def case(now: Any = HEARD, *, viewer_id: int = 3, **changes: Any) -> Case:
    """The sample dispute on an operator's desk."""
    card = dispute_card(Role.OPERATOR, now, viewer_id=viewer_id, **changes)
    return Case(card, newcomer(), person_card(standings=(), orders=(), gigs=()), NAMES)


def proposal(operator_id: int) -> Proposal:
    """Half for each."""
    return Proposal(42, 125, "Both <are> right.", operator_id, NOW_MS - HOUR_MS)


def order_line(now: Any, **changes: Any) -> OrderLine:
    """A disputed order in a queue."""
    held = replace(order(State.DISPUTED), dispute=now)
    return replace(OrderLine(held, "A logo & more"), **changes)


def story(count: int = 0) -> OrderStory:
    """One of everything, and `count` messages before it."""
    xtr = Currency.XTR
    picture = file(9, name="a very long name of a picture.png", sha256="ab" * 32)
    ask = event(Event.ASK_CANCEL, State.IN_PROGRESS, State.IN_PROGRESS, note="I am <ill>")
    things: list[Happened] = [
        *(room_message(number=n + 1, at_ms=NOW_MS - DAY_MS) for n in range(count)),
        event(Event.SELLER_CANCEL, State.IN_PROGRESS, State.CANCELLED, note="no_time\nSorry & bye"),
        replace(ask, role=Role.BUYER, minor=100),
        replace(ask, event=Event.ASK_TIME, role=Role.SELLER, days=2, note=""),
        StatementLine(NOW_MS, "P2", Money(250, xtr), "L:escrow:42:1:XTR", 42),
        StatementLine(NOW_MS, "P5", Money(225, xtr), "L:user:2:clearing:XTR", 42),
        StatementLine(NOW_MS, "PX", Money(1, xtr), "Q:promo:XTR", 42),
        replace(SECOND, digest="0123456789abcdef", files=tuple(file(n) for n in range(5))),
        statement(),
        room_message(is_flagged=True, said=Said(words="", file=picture, chat_id=1, message_id=1)),
        event(Event.DECIDE, State.DISPUTED, State.DISPUTED, note="Both are right."),
    ]
    made = order(State.DISPUTED, dispute=HEARD)
    return OrderStory(
        order=made,
        viewer=Role.OPERATOR,
        gig=gig(),
        buyer_name="Ayesha",
        seller_name="Rahim Uddin",
        timeline=tuple(Moment(one.at_ms, one) for one in things),
        now_ms=NOW_MS,
        policy=POLICY,
    )
