"""Orders through their service: placing, acting, handing over, looking."""

from typing import Any

import pytest

from market.deadlines import DAY_MS, HOUR_MS
from market.errors import (
    GigUnavailable,
    NoChangesLeft,
    NotFound,
    NothingToSend,
    NotYours,
    OwnGig,
    Stale,
    Standing,
    TermsNotAccepted,
    TextTooLong,
    TextTooShort,
    TooEarly,
    TooManyFiles,
    TooManyOpenOrders,
    WrongState,
)
from market.files import FileRef
from market.notices import Notice
from market.people import Standing as PersonStanding
from market.read import Answer
from market.states import Event, Outcome, Role, State
from services.rows import Command
from tests.support.town import PRICE, Town


def _file(number: int, kind: Any = "photo") -> FileRef:
    return FileRef(
        file_id=f"f{number}", file_unique_id=f"u{number}", kind=kind, name=f"{number}", size=1
    )


async def test_a_quote_shows_gig_and_price(town: Town) -> None:
    """A quote carries the gig's card and its price."""
    gig = await town.gig()
    quote = await town.services.orders.quote(town.buyer.id, gig.id)
    assert (gig, "Rahim", PRICE) == (quote.card.gig, quote.card.seller_name, quote.price)


async def test_nobody_orders_from_oneself(town: Town) -> None:
    """The seller's own gig is refused."""
    gig = await town.gig()
    with pytest.raises(OwnGig):
        await town.services.orders.quote(town.seller.id, gig.id)


async def test_a_paused_gig_takes_no_orders(town: Town) -> None:
    """A paused gig is unavailable."""
    gig = await town.gig()
    await town.services.gigs.pause(town.command(town.seller), gig.id)
    with pytest.raises(GigUnavailable):
        await town.placed(gig)


async def test_a_banned_sellers_gig_takes_no_orders(town: Town) -> None:
    """Gigs of sellers without good standing are unavailable."""
    gig = await town.gig()
    await town.change_person(town.seller, standing=PersonStanding.BANNED)
    with pytest.raises(GigUnavailable):
        await town.placed(gig)


async def test_a_paused_person_may_not_order(town: Town) -> None:
    """Ordering needs good standing."""
    gig = await town.gig()
    await town.change_person(town.buyer, standing=PersonStanding.PAUSED)
    with pytest.raises(Standing):
        await town.services.orders.quote(town.buyer.id, gig.id)


async def test_ordering_needs_accepted_terms(town: Town) -> None:
    """Somebody who has not accepted the terms is asked to."""
    gig = await town.gig()
    stranger = await town.services.people.arrive(777, name="New", username=None, language_code=None)
    with pytest.raises(TermsNotAccepted):
        await town.placed(gig, stranger)


async def test_open_orders_are_limited(town: Town) -> None:
    """The eleventh unfinished order is refused."""
    gig = await town.gig()
    for _ in range(town.policy.limits.open_orders_max):
        await town.placed(gig)
    with pytest.raises(TooManyOpenOrders):
        await town.placed(gig)


async def test_placing_freezes_terms_and_sends_the_invoice(town: Town) -> None:
    """An order waits for payment with frozen terms, an intent and one invoice."""
    order = await town.placed()
    await town.drain()
    assert (order.state, order.version) == (State.AWAITING_PAYMENT, 1)
    assert (
        order.terms.fee_bp,
        order.terms.clearing_ms,
        order.terms.charge_hold_ms,
    ) == (1_000, 14 * DAY_MS, 21 * DAY_MS)
    assert town.messenger.notices(town.buyer) == [Notice.INVOICE]
    assert await town.services.payments.intent_of(order.id) is not None


async def test_a_sellers_clearing_is_plain_after_three_orders(town: Town) -> None:
    """A seller with three cleared orders has the plain clearing period."""
    gig = await town.gig()
    for _ in range(3):
        assert (await town.order_in(State.CLEARED, gig)).state is State.CLEARED
    order = await town.placed(gig)
    assert (order.terms.clearing_ms, order.terms.charge_hold_ms) == (7 * DAY_MS, 21 * DAY_MS)


async def test_a_repeated_key_answers_the_same_order(town: Town) -> None:
    """Placing twice with one key makes one order."""
    gig, command = await town.gig(), town.command(town.buyer)
    first = await town.services.orders.place(command, gig.id, gig.version_id)
    again = await town.services.orders.place(command, gig.id, gig.version_id)
    assert first == again
    board = await town.services.orders.board(town.buyer.id, finished=False, page=0)
    assert len(board.lines) == 1


async def test_another_version_than_shown_is_stale(town: Town) -> None:
    """An order on a version that is no longer the present one is refused."""
    gig = await town.gig()
    with pytest.raises(Stale):
        await town.services.orders.place(town.command(town.buyer), gig.id, gig.version_id + 1)


async def test_the_invoice_may_be_sent_again(town: Town) -> None:
    """Each new wish sends the invoice once more, a repeated key does not."""
    order, command = await town.placed(), town.command(town.buyer)
    await town.services.orders.resend_invoice(command, order.id)
    await town.services.orders.resend_invoice(command, order.id)
    await town.drain()
    assert town.messenger.notices(town.buyer) == [Notice.INVOICE, Notice.INVOICE]


async def test_the_seller_gets_no_invoice(town: Town) -> None:
    """Only the buyer asks for the invoice."""
    order = await town.placed()
    with pytest.raises(NotYours):
        await town.services.orders.resend_invoice(town.command(town.seller), order.id)


async def test_a_paid_order_has_no_invoice(town: Town) -> None:
    """Once paid there is nothing to send again."""
    order = await town.order_in(State.AWAITING_REQUIREMENTS)
    with pytest.raises(WrongState):
        await town.services.orders.resend_invoice(town.command(town.buyer), order.id)


async def test_payment_of_a_gig_that_asks_nothing_starts_the_work(town: Town) -> None:
    """Without a question the order is in progress as soon as it is paid."""
    order = await town.placed(await town.gig(question=None))
    await town.pay(order)
    assert State.IN_PROGRESS is (await town.order(order.id)).state


async def test_the_answer_starts_the_work(town: Town) -> None:
    """The buyer's answer with files reaches the seller: files first, then the notice."""
    order = await town.order_in(State.AWAITING_REQUIREMENTS)
    await town.drain()
    town.messenger.sent.clear()
    card = await town.services.orders.answer(
        town.command(town.buyer),
        order.id,
        version=order.version,
        answer=Answer(" Haat ", (_file(1), _file(2, "document"), _file(3))),
    )
    await town.drain()
    assert (card.order.state, card.answer and card.answer.text) == (State.IN_PROGRESS, "Haat")
    assert town.messenger.notices(town.seller) == [
        Notice.REQUIREMENT_FILES,
        Notice.REQUIREMENT_FILES,
        Notice.REQUIREMENTS_READY,
    ]


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [
        (Answer("  ", ()), NothingToSend),
        (Answer("x", tuple(_file(n) for n in range(21))), TooManyFiles),
        (Answer("x" * 2001, ()), TextTooLong),
    ],
)
async def test_an_answer_has_limits(town: Town, answer: Answer, refusal: type[Exception]) -> None:
    """Nothing, too many files and too much text are refused."""
    order = await town.order_in(State.AWAITING_REQUIREMENTS)
    with pytest.raises(refusal):
        await town.services.orders.answer(
            town.command(town.buyer), order.id, version=order.version, answer=answer
        )


async def test_a_delivery_goes_out_files_first(town: Town) -> None:
    """Albums and single files go before the notice with the buttons, which names its delivery."""
    order = await town.order_in(State.IN_PROGRESS)
    await town.drain()
    town.messenger.sent.clear()
    files = (_file(1), _file(2, "voice"), *(_file(n, "video") for n in range(3, 13)))
    card = await town.services.orders.deliver(
        town.command(town.seller), order.id, version=order.version, text="Done", files=files
    )
    await town.drain()
    facts = [row.message.facts for row in town.messenger.sent if row.message]
    assert [(f["delivery"], f.get("from"), f.get("count")) for f in facts] == [
        (1, 0, 10),
        (1, 10, 1),
        (1, 11, 1),
        (1, None, None),
    ]
    assert card.deliveries[0].files[11].kind == "voice"


async def test_a_delivery_needs_something(town: Town) -> None:
    """Neither text nor file is no delivery."""
    order = await town.order_in(State.IN_PROGRESS)
    with pytest.raises(NothingToSend):
        await town.deliver(order.id, "  ")


async def test_a_repeated_delivery_has_no_effect(town: Town) -> None:
    """The same key delivers once."""
    order = await town.order_in(State.IN_PROGRESS)
    command = town.command(town.seller)
    for _ in range(2):
        card = await town.services.orders.deliver(
            command, order.id, version=order.version, text="Done", files=()
        )
    assert (len(card.deliveries), card.order.state) == (1, State.DELIVERED)


async def test_accepting_releases_the_money(town: Town) -> None:
    """The seller's share and the fee leave the escrow exactly."""
    order = await town.order_in(State.COMPLETED)
    assert Outcome.ACCEPTED is order.outcome
    assert await town.balances(town.seller) == {"clearing": 225}
    assert await town.balances(town.buyer) == {}


async def test_accepting_tells_both(town: Town) -> None:
    """The seller hears of it, both are asked for a review."""
    await town.order_in(State.COMPLETED)
    await town.drain()
    assert Notice.REVIEW_REQUEST is town.messenger.notices(town.buyer)[-1]
    assert town.messenger.notices(town.seller)[-2:] == [
        Notice.ORDER_ACCEPTED,
        Notice.REVIEW_REQUEST,
    ]


async def test_a_double_tap_has_one_effect(town: Town) -> None:
    """The same key answers the present state and moves nothing."""
    order, command = await town.order_in(State.DELIVERED), town.command(town.buyer)
    for _ in range(2):
        card = await town.services.orders.act(
            command, order.id, event=Event.ACCEPT, version=order.version
        )
    assert State.COMPLETED is card.order.state
    assert await town.balances(town.seller) == {"clearing": 225}


async def test_a_stale_button_is_refused(town: Town) -> None:
    """A button of an older version changes nothing."""
    order = await town.order_in(State.DELIVERED)
    with pytest.raises(Stale):
        await town.services.orders.act(
            town.command(town.buyer), order.id, event=Event.ACCEPT, version=order.version - 1
        )


async def test_the_seller_cannot_accept(town: Town) -> None:
    """Acts of the other role are refused."""
    order = await town.order_in(State.DELIVERED)
    with pytest.raises(NotYours):
        await town.act(town.seller, order.id, Event.ACCEPT)


async def test_strangers_see_and_do_nothing(town: Town) -> None:
    """For others there is no such order, also for operators who want to act."""
    order = await town.order_in(State.DELIVERED)
    stranger = await town.citizen(700)
    with pytest.raises(NotFound):
        await town.services.orders.card(stranger.id, order.id)
    for person in (stranger, town.operator):
        with pytest.raises(NotFound):
            await town.act(person, order.id, Event.ACCEPT)


@pytest.mark.parametrize("event", [Event.PAID, Event.CLEAR, Event.DELIVER, Event.AUTO_COMPLETE])
async def test_only_one_tap_events_are_acts(town: Town, event: Event) -> None:
    """Events of the clock, the provider and the flows cannot be tapped."""
    order = await town.order_in(State.DELIVERED)
    with pytest.raises(NotYours):
        await town.act(town.buyer, order.id, event)


async def test_operators_see_every_order(town: Town) -> None:
    """An operator looks at an order as operator."""
    order = await town.order_in(State.DELIVERED)
    card = await town.services.orders.card(town.operator.id, order.id)
    assert (card.viewer, card.may_review) == (Role.OPERATOR, False)


async def test_changes_carry_the_buyers_words(town: Town) -> None:
    """Asking for changes needs words; the seller sees them and resumes."""
    order = await town.order_in(State.DELIVERED)
    with pytest.raises(TextTooShort):
        await town.act(town.buyer, order.id, Event.REVISE)
    card = await town.act(town.buyer, order.id, Event.REVISE, "More green, please")
    assert (card.asked, card.order.state) == ("More green, please", State.REVISION_REQUESTED)
    assert State.IN_PROGRESS is (await town.act(town.seller, order.id, Event.RESUME)).order.state


async def test_changes_are_counted(town: Town) -> None:
    """The third round of changes of two is refused."""
    order = await town.order_in(State.DELIVERED)
    for _ in range(2):
        await town.act(town.buyer, order.id, Event.REVISE, "again")
        await town.act(town.seller, order.id, Event.RESUME)
        await town.deliver(order.id)
    with pytest.raises(NoChangesLeft):
        await town.act(town.buyer, order.id, Event.REVISE, "again")


async def test_an_unpaid_order_is_cancelled_for_free(town: Town) -> None:
    """Cancelling before payment moves no money."""
    order = await town.placed()
    card = await town.act(town.seller, order.id, Event.CANCEL_UNPAID)
    assert (card.order.state, await town.journals()) == (State.CANCELLED, 0)


_REFUNDING = [
    (State.AWAITING_REQUIREMENTS, "buyer", Event.BUYER_CANCEL_EARLY),
    (State.AWAITING_REQUIREMENTS, "seller", Event.SELLER_CANCEL),
    (State.IN_PROGRESS, "seller", Event.SELLER_CANCEL),
    (State.DELIVERED, "seller", Event.SELLER_CANCEL),
]


@pytest.mark.parametrize(("state", "who", "event"), _REFUNDING)
async def test_cancelling_sends_everything_back(
    town: Town, state: State, who: str, event: Event
) -> None:
    """The whole charge goes back to the buyer, who hears of it once."""
    order = await town.order_in(state)
    await town.act(getattr(town, who), order.id, event, "I am ill.")
    await town.drain()
    assert [(town.buyer.telegram_id, "charge-1")] == town.stars.calls
    assert (await town.balances(town.buyer), await town.balances(town.seller)) == ({}, {})
    assert town.messenger.notices(town.buyer).count(Notice.REFUND_SENT) == 1


async def test_a_late_order_may_be_left_after_a_day(town: Town) -> None:
    """The buyer waits a day after the deadline, then gets the money back."""
    order = await town.order_in(State.IN_PROGRESS)
    town.clock.advance(3 * DAY_MS + 23 * HOUR_MS)
    with pytest.raises(TooEarly):
        await town.act(town.buyer, order.id, Event.LATE_CANCEL)
    town.clock.advance(HOUR_MS)
    await town.act(town.buyer, order.id, Event.LATE_CANCEL)
    await town.drain()
    assert [(town.buyer.telegram_id, "charge-1")] == town.stars.calls


async def test_the_board_shows_open_and_finished_orders(town: Town) -> None:
    """Nine open orders are two pages, the cancelled one stands with the finished."""
    gig = await town.gig()
    for _ in range(9):
        await town.placed(gig)
    done = await town.placed(gig)
    await town.act(town.buyer, done.id, Event.CANCEL_UNPAID)
    board = town.services.orders.board
    first = await board(town.buyer.id, finished=False, page=0)
    second = await board(town.buyer.id, finished=False, page=1)
    finished = await board(town.seller.id, finished=True, page=0)
    assert (
        len(first.lines),
        first.has_more,
        len(second.lines),
        second.has_more,
    ) == (8, True, 1, False)
    assert [done.id] == [line.order_id for line in finished.lines]


async def test_an_unknown_order_is_not_found(town: Town) -> None:
    """There is no order 999."""
    with pytest.raises(NotFound):
        await town.services.orders.act(
            Command("k", town.buyer.id), 999, event=Event.ACCEPT, version=1
        )


async def test_an_unpaid_order_is_found_again(town: Town) -> None:
    """The buyer's order of this very gig that waits for payment; none after it."""
    gig = await town.gig()
    unpaid = town.services.orders.unpaid
    assert await unpaid(town.buyer.id, gig.version_id) is None
    order = await town.placed(gig)
    card = await unpaid(town.buyer.id, gig.version_id)
    assert order.id == (card and card.order.id)
    await town.pay(order)
    assert await unpaid(town.buyer.id, gig.version_id) is None
