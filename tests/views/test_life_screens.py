"""Board, week, summary, absences, reviews, reports and settings in both languages."""

from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.i18n import Translator, translator
from bot.ui.screen import Album, Invoice, Picture, Relay, Screen
from bot.views import absence, digest, reports, review_words, reviews, settings
from bot.views.board import FILTERS, board_screen
from bot.views.calendar import week_picture, week_screen
from bot.views.gigs import Shown, gig_screen
from bot.views.notices import render
from bot.views.orders import order_screen
from bot.views.quotes import quote_screen
from bot.views.reasons import OF_REPORTS
from market.absence import Absence
from market.board import BoardFilter
from market.calendar import week_of
from market.deadlines import DAY_MS, HOUR_MS
from market.notices import Message, Notice
from market.read import Board, BoardLine, GigCard, OrderCard, OrderQuote, Rating
from market.reports import Subject
from market.review import Review
from market.states import Event, Role, State
from tests.support.samples import NOW_MS, POLICY, gig, gig_card, person, stars
from tests.support.samples import review as full_review
from tests.views.approved import approved
from tests.views.order_cards import card_in, event, review
from tests.views.test_notices import reading

TITLE = "I will draw a logo & more for your shop"
FIRST, LAST = date(2026, 11, 28), date(2026, 12, 3)


def line(order_id: int, **changes: Any) -> BoardLine:
    """A line of the board: the reader sells, it is his turn, two days are left."""
    base = BoardLine(
        order_id=order_id,
        title=TITLE,
        role=Role.SELLER,
        state=State.IN_PROGRESS,
        price=stars(250),
        until_ms=NOW_MS + 2 * DAY_MS,
        is_late=False,
        waits_for_me=True,
    )
    return replace(base, **changes)


LINES = (
    line(42, unread=3, has_request=True),
    line(43, until_ms=NOW_MS - DAY_MS, is_late=True),
    line(44, role=Role.BUYER, waits_for_me=False, has_request=True, state=State.DELIVERED),
    line(45, role=Role.BUYER, waits_for_me=False, unread=1, until_ms=NOW_MS + 3 * HOUR_MS),
    line(46, state=State.DISPUTED, waits_for_me=False, until_ms=None),
)


def test_a_board_with_everything() -> None:
    """Requests, new messages, late orders and disputes; moments that Telegram knows as such."""
    board = Board(LINES, 1, has_more=True)
    approved("life/board", lambda tr: board_screen(board, tr, now_ms=NOW_MS))
    assert 'tg-time unix="' in board_screen(board, translator("en"), now_ms=NOW_MS).text


@pytest.mark.parametrize("which", FILTERS)
def test_filters_that_leave_nothing(which: BoardFilter) -> None:
    """Each says so in its own words, and the way back to the others stays."""
    empty = Board((), 0, has_more=False)
    approved(
        f"life/board_empty_{which}", lambda tr: board_screen(empty, tr, now_ms=NOW_MS, which=which)
    )


def test_a_filtered_board() -> None:
    """The filter stands in the title and its button is marked; pages keep it."""
    board = Board(LINES[:2], 0, has_more=True)
    chosen = BoardFilter.SELLING
    approved("life/board_selling", lambda tr: board_screen(board, tr, now_ms=NOW_MS, which=chosen))


def test_the_week() -> None:
    """The picture's words, the nearest deadlines, the weeks before and after."""
    zone = ZoneInfo("Asia/Dhaka")
    dated = [one for one in LINES if one.until_ms is not None]
    more = [line(50 + number, until_ms=NOW_MS + DAY_MS) for number in range(6)]
    week = week_of([*dated, *more], now_ms=NOW_MS, zone=zone)
    empty = week_of([], now_ms=NOW_MS, zone=zone, weeks_on=1)
    drawn = Picture("w", b"")
    approved(
        "life/week",
        lambda tr: week_screen(week, tr, weeks_on=0, now_ms=NOW_MS, picture=drawn),
    )
    approved(
        "life/week_empty",
        lambda tr: week_screen(empty, tr, weeks_on=1, now_ms=NOW_MS, picture=None),
    )


def test_what_stands_on_the_weeks_picture() -> None:
    """Four entries a day, the rest counted; Friday and Saturday are off; today is marked."""
    lines = [line(50 + number, until_ms=NOW_MS + HOUR_MS) for number in range(6)]
    lines.append(line(60, role=Role.BUYER, until_ms=NOW_MS + DAY_MS, is_late=True))
    week = week_of(lines, now_ms=NOW_MS, zone=ZoneInfo("Asia/Dhaka"))
    made = week_picture(week, translator("bn"))
    today, tomorrow = made.days[2:4]
    assert (today.name, len(today.entries), today.more) == ("মঙ্গলবার ২৪", 4, "আরও ২টি")
    assert (today.is_today, today.is_over, made.days[0].is_over) == (True, False, True)
    assert [day.is_work_day for day in made.days] == [True] * 5 + [False] * 2
    assert [one.kind for one in tomorrow.entries] == ["late"]


@pytest.mark.parametrize("hour", [None, 9])
def test_the_summarys_hours(hour: int | None) -> None:
    """The hours to choose from, the present one marked."""
    who = person(digest_hour=hour)
    approved(f"life/digest_hours_{hour}", lambda tr: digest.hours_screen(who, tr))
    approved(f"life/digest_toast_{hour}", lambda tr: digest.hour_toast(who, tr))


def drawn(notice: Notice, card: OrderCard | None, facts: dict[str, Any]) -> Any:
    """A notice as it is drawn."""
    sent = Message(notice=notice, key="k", person_id=1, order_id=42, facts=facts)

    def draw(tr: Translator) -> Screen | Album | Relay | Invoice:
        shown = render(sent, reading(card), tr)
        assert shown is not None, "there is something to say"
        return shown

    return draw


NEAREST = {
    "order": 42,
    "title": TITLE,
    "role": "seller",
    "state": "in_progress",
    "until_ms": NOW_MS + 5 * HOUR_MS,
    "waits": True,
}


def test_the_summary() -> None:
    """What waits, what is late, what is due, what is new; a quiet day says only what there is."""
    full = {"waiting": 2, "late": 1, "unread": 3, "soon": 1, "open": 5, "nearest": [NEAREST] * 4}
    quiet = {"waiting": 0, "late": 0, "unread": 1, "soon": 0, "open": 1, "nearest": []}
    approved("life/digest", drawn(Notice.DIGEST, None, full))
    approved("life/digest_quiet", drawn(Notice.DIGEST, None, quiet))


def away(begins: int = 2, lasts: int = 4) -> Absence:
    """An absence so many days from now."""
    from_ms = NOW_MS - 12 * HOUR_MS + begins * DAY_MS
    until_ms = from_ms + lasts * DAY_MS
    return Absence(id=5, person_id=1, from_ms=from_ms, until_ms=until_ms, declared_ms=NOW_MS)


def test_absences() -> None:
    """None, one to come, and one that has begun."""
    approved("life/away_none", lambda tr: absence.away_screen((), tr, NOW_MS))
    both = (away(-1), away(10))
    approved("life/away_two", lambda tr: absence.away_screen(both, tr, NOW_MS))
    approved("life/away_ended_toast", lambda tr: absence.ended_toast(tr, had_begun=True))
    approved("life/away_not_going_toast", lambda tr: absence.ended_toast(tr, had_begun=False))
    approved("life/away_declared_toast", absence.declared_toast)


def test_declaring_an_absence() -> None:
    """The days to tap, and what stands still and what goes on, before it is declared."""
    approved("life/away_first", lambda tr: absence.first_question(FIRST, 0, POLICY, tr))
    approved("life/away_first_last_page", lambda tr: absence.first_question(FIRST, 6, POLICY, tr))
    approved("life/away_last", lambda tr: absence.last_question(FIRST, 1, POLICY, tr))
    approved("life/away_sure", lambda tr: absence.confirm_screen(FIRST, LAST, POLICY, tr))
    approved("life/away_no_day", lambda tr: str(absence.not_a_day(tr)))
    approved("life/away_before_first", lambda tr: str(absence.before_first(tr)))
    approved("life/away_tap", lambda tr: str(absence.wants_a_tap(tr)))


@pytest.mark.parametrize("role", [Role.BUYER, Role.SELLER])
@pytest.mark.parametrize("more", [0, 2])
def test_the_other_side_hears_of_an_absence(role: Role, more: int) -> None:
    """Who, from when to when, for which orders, and what that means."""
    facts = {"from_ms": away().from_ms, "until_ms": away().until_ms, "more": more}
    card = card_in(State.IN_PROGRESS, role)
    approved(f"life/away_notice_{role}_{more}", drawn(Notice.AWAY, card, facts))


def test_an_absence_stands_on_the_gig_and_the_quote() -> None:
    """Buyers see it before they order, with the day from which the delivery time counts."""
    back_ms = NOW_MS + 5 * DAY_MS
    card = replace(gig_card(), away_until_ms=back_ms, rating=Rating(47, 12, 15, 48, 46, 50))
    shown = Shown(
        policy=POLICY, bot_username="gighaat_bot", reviews=(), is_full=False, now_ms=NOW_MS
    )
    approved("life/gig_away", lambda tr: gig_screen(card, tr, shown))
    soon = replace(card, away_until_ms=None, away_soon=away())
    approved("life/gig_away_soon", lambda tr: gig_screen(soon, tr, shown))
    unhurried = OrderQuote(soon, soon.gig.price, NOW_MS)
    approved("life/quote_away_soon", lambda tr: quote_screen(unhurried, tr, POLICY))
    quote = OrderQuote(card, stars(250), NOW_MS, counts_from_ms=back_ms)
    approved("life/quote_away", lambda tr: quote_screen(quote, tr, POLICY))


@pytest.mark.parametrize("marks", [(0, 0, 0), (5, 0, 0), (5, 4, 0)])
def test_the_three_questions(marks: tuple[int, int, int]) -> None:
    """One at a time, under the answers given before."""
    given = sum(mark > 0 for mark in marks)
    approved(f"life/mark_{given}", lambda tr: reviews.mark_question(42, gig().title, marks, tr))


def test_a_buyers_words() -> None:
    """The marks stand above the question for words."""
    approved("life/mark_words", lambda tr: reviews.buyers_words_question((5, 4, 3), 1_000, tr))


def answered(**changes: Any) -> Review:
    """A buyer's review with marks that the seller has answered."""
    return replace(full_review(reply="Come <again>!", replied_ms=NOW_MS), **changes)


def test_a_review_with_marks_and_an_answer() -> None:
    """Both stand on the order's screen; the one reviewed may report it."""
    card = replace(card_in(State.CLEARED, Role.SELLER), reviews=(answered(),), may_review=False)
    approved("life/order_answered", lambda tr: order_screen(card, tr))


def test_a_review_that_was_taken_away() -> None:
    """Only its author still sees it, with the reason."""
    gone = answered(reply="", removed_reason="Insults <people>.")
    card = replace(card_in(State.CLEARED, Role.BUYER), mine=gone, may_review=False)
    approved("life/order_review_removed", lambda tr: order_screen(card, tr))


def test_a_late_order_may_be_reviewed() -> None:
    """Its buyer reads until when; afterwards, when the review is shown."""
    last = event(Event.LATE_CANCEL, State.IN_PROGRESS, State.CANCELLED)
    card = replace(card_in(State.CANCELLED, Role.BUYER), history=(last,), may_review=True)
    approved("life/order_late_review", lambda tr: order_screen(card, tr))
    mine = review(Role.BUYER, visible_from_ms=NOW_MS + 13 * DAY_MS)
    written = replace(card, mine=mine, may_review=False)
    approved("life/late_review_thanks", lambda tr: reviews.thanks_screen(written, tr))


def test_answering_a_review() -> None:
    """The review above the question; what both sides read afterwards."""
    card = replace(card_in(State.CLEARED, Role.SELLER), reviews=(full_review(),))
    found = reviews.review_to_answer(card)
    assert found == full_review()
    approved(
        "life/answer_question",
        lambda tr: review_words.answer_question(
            review_words.answered_words(card, full_review(), 1_000, tr), tr
        ),
    )
    bare = replace(full_review(), words="")
    approved(
        "life/answer_question_bare",
        lambda tr: review_words.answer_question(
            review_words.answered_words(card, bare, 1_000, tr), tr
        ),
    )
    approved("life/answered_toast", review_words.answered_toast)
    approved("life/nothing_to_answer_toast", review_words.nothing_to_answer_toast)


@pytest.mark.parametrize("role", [Role.BUYER, Role.SELLER])
def test_notices_about_reviews(role: Role) -> None:
    """An answer, and a removal with its reason."""
    card = card_in(State.CLEARED, role)
    reply = drawn(Notice.REVIEW_ANSWERED, card, {"reply": "Come <again>!"})
    approved(f"life/review_answered_{role}", reply)
    why = drawn(Notice.REVIEW_REMOVED, card, {"reason": "It names <people>."})
    approved(f"life/review_removed_{role}", why)


def test_what_is_said_about_a_seller() -> None:
    """Figures, means, reviews with answers; a way to report each; pages."""
    card = replace(gig_card(), rating=Rating(47, 12, 15, 48, 46, 50))
    many = (answered(), answered(words="", reply=""), *[full_review() for _ in range(5)])
    by_seller = replace(full_review(), role=Role.SELLER)
    for page in (0, 1):
        approved(f"life/seller_{page}", _page(card, (by_seller, *many), page))
    approved("life/seller_new", _page(GigCard(gig(), "Karim", Rating(0, 0, 0)), (), 0))


def _page(card: GigCard, found: tuple[Review, ...], page: int) -> Any:
    return lambda tr: review_words.seller_screen(card, found, page, tr, now_ms=NOW_MS)


@pytest.mark.parametrize("subject", reports.SUBJECTS)
def test_reporting(subject: Subject) -> None:
    """The reason by a button, then words or none."""
    approved(f"life/report_{subject}", lambda tr: reports.reason_question(subject, tr))
    approved(
        f"life/report_{subject}_words",
        lambda tr: reports.words_question(subject, OF_REPORTS[0], 1_980, tr),
    )


def test_a_report_is_with_the_operators() -> None:
    """What happens next, for a new one and for one that is open already."""
    approved("life/reported", lambda tr: reports.reported_screen(0, tr, is_new=True))
    approved("life/reported_again", lambda tr: reports.reported_screen(42, tr, is_new=False))
    approved("life/report_wants", lambda tr: str(reports.wants_reason(tr)))


def test_a_settled_report() -> None:
    """The operators' words; an appeal of a pause or a ban is answered likewise."""
    facts = {"report": 3, "subject": "gig", "about": 16, "reason": "It is <gone>."}
    approved("life/report_settled", drawn(Notice.REPORT_SETTLED, None, facts))
    appeal = facts | {"subject": "standing"}
    approved("life/appeal_settled", drawn(Notice.REPORT_SETTLED, None, appeal))
    again = facts | {"subject": "gig_again"}
    approved("life/gig_again_settled", drawn(Notice.REPORT_SETTLED, None, again))
    room = facts | {"subject": "room"}
    card = card_in(State.IN_PROGRESS, Role.BUYER)
    approved("life/report_settled_room", drawn(Notice.REPORT_SETTLED, card, room))


def test_settings_with_everything() -> None:
    """The summary's hour and the next absence stand there."""
    who = person(digest_hour=21)
    approved(
        "life/settings_away", lambda tr: settings.settings_screen(who, (away(-1),), tr, NOW_MS)
    )
    later = (away(10),)
    approved("life/settings_later", lambda tr: settings.settings_screen(who, later, tr, NOW_MS))
