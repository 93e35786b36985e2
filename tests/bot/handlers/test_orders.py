"""Ordering by taps: what each tap does, and that stale, foreign and replayed taps do no harm."""

from typing import Any

import pytest

from bot.handlers import orders, quoting
from bot.ui.screen import Album
from bot.ui.taps import (
    AcceptDelivery,
    AgreeAndOrder,
    AskOrder,
    CancelOrder,
    ExplainCancel,
    FinishFiles,
    PlaceOrder,
    ResumeWork,
    ShowBoard,
    ShowFiles,
    ShowInvoice,
    ShowOrder,
)
from market import errors
from market.deadlines import DAY_MS
from market.notices import Notice
from market.people import TERMS_VERSION, Person
from market.read import Answer
from market.states import Event, State
from tests.support.samples import file
from tests.support.town import Town
from tests.support.turns import turn_of


async def state(town: Town, order_id: int) -> State:
    """Where the order stands."""
    return (await town.order(order_id)).state


async def test_from_quote_to_invoice(town: Town) -> None:
    """The quote leads to the order's screen, and the invoice is on its way."""
    gig = await town.gig()
    turn = turn_of(town, town.buyer)
    await quoting.on_ask_order(turn, AskOrder(gig.id))
    assert "You pay 250 ⭐" in turn.text
    await quoting.on_place_order(turn, PlaceOrder(gig.id, gig.version_id))
    assert "Waiting for payment" in turn.text
    assert turn.toasts == ["The invoice is coming."]
    await town.drain()
    assert town.messenger.notices(town.buyer) == [Notice.INVOICE]


async def test_a_replayed_order_is_one_order(town: Town) -> None:
    """The same tap handled twice places one order."""
    gig = await town.gig()
    for _ in range(2):
        turn = turn_of(town, town.buyer, "tap:1")
        await quoting.on_place_order(turn, PlaceOrder(gig.id, gig.version_id))
    board = await town.services.orders.board(town.buyer.id, finished=False, page=0)
    assert len(board.lines) == 1


async def test_a_double_tap_is_one_order(town: Town) -> None:
    """While an order of the gig waits for its payment, another tap shows that order."""
    gig = await town.gig()
    for key in ("tap:1", "tap:2"):
        turn = turn_of(town, town.buyer, key)
        await quoting.on_place_order(turn, PlaceOrder(gig.id, gig.version_id))
        assert "Waiting for payment" in turn.text
        assert turn.toasts == ["The invoice is coming."]
    board = await town.services.orders.board(town.buyer.id, finished=False, page=0)
    assert len(board.lines) == 1


async def test_a_changed_gig_is_quoted_again(town: Town) -> None:
    """A quote of another version of the gig orders nothing and shows the present one."""
    gig = await town.gig()
    turn = turn_of(town, town.buyer)
    await quoting.on_place_order(turn, PlaceOrder(gig.id, gig.version_id + 1))
    assert "has just changed this gig" in turn.text
    assert (await town.services.orders.board(town.buyer.id, finished=False, page=0)).lines == ()


async def newcomer(town: Town) -> Person:
    """Somebody who has not accepted the terms."""
    return await town.services.people.arrive(700, name="Nila", username=None, language_code="en")


async def test_terms_come_before_the_first_order(town: Town) -> None:
    """Without the terms they are asked; agreeing comes back to the quote."""
    gig, person = await town.gig(), await newcomer(town)
    turn = turn_of(town, person)
    await quoting.on_ask_order(turn, AskOrder(gig.id))
    agree = AgreeAndOrder(TERMS_VERSION, gig.id)
    assert agree in [button.tap for row in turn.shown[-1].rows for button in row]
    await quoting.on_agree_and_order(turn, agree)
    assert "You pay 250 ⭐" in turn.text


async def test_placing_without_the_terms(town: Town) -> None:
    """An old quote does not go around the terms."""
    gig, person = await town.gig(), await newcomer(town)
    turn = turn_of(town, person)
    await quoting.on_place_order(turn, PlaceOrder(gig.id, gig.version_id))
    assert AgreeAndOrder(TERMS_VERSION, gig.id) in [
        button.tap for row in turn.shown[-1].rows for button in row
    ]


async def test_own_gigs_cannot_be_ordered(town: Town) -> None:
    """A seller asks for a quote of the own gig in vain."""
    gig = await town.gig()
    with pytest.raises(errors.OwnGig):
        await quoting.on_ask_order(turn_of(town, town.seller), AskOrder(gig.id))


async def test_accept_asks_then_does(town: Town) -> None:
    """The first tap explains, the second releases the money, a replay has no effect."""
    order = await town.order_in(State.DELIVERED)
    turn = turn_of(town, town.buyer, "tap:9")
    await orders.on_accept_delivery(turn, AcceptDelivery(order.id, order.version, 0))
    assert "cannot be undone" in turn.text
    assert await state(town, order.id) is State.DELIVERED
    for _ in range(2):
        await orders.on_accept_delivery(turn, AcceptDelivery(order.id, order.version, 1))
        assert "Completed" in turn.text
    assert (await town.balances(town.seller))["clearing"] == 225


@pytest.mark.parametrize("sure", [0, 1])
async def test_foreign_and_stale_accepts(town: Town, sure: int) -> None:
    """The seller, a stranger and an old button accept nothing."""
    order = await town.order_in(State.DELIVERED)
    stranger = await town.citizen(800)
    cases: list[tuple[Person, int, Any]] = [
        (town.seller, order.version, errors.NotYours),
        (stranger, order.version, errors.NotFound),
        (town.buyer, order.version - 1, errors.Stale),
        (town.operator, order.version, (errors.NotYours, errors.NotFound)),
    ]
    for person, version, refusal in cases:
        tap = AcceptDelivery(order.id, version, sure)
        with pytest.raises(refusal):
            await orders.on_accept_delivery(turn_of(town, person), tap)
    assert await state(town, order.id) is State.DELIVERED


async def test_cancel_before_the_payment(town: Town) -> None:
    """Either side may leave an unpaid order; the question says that nothing was charged."""
    for person in (town.buyer, town.seller):
        order = await town.placed()
        turn = turn_of(town, person)
        await orders.on_cancel_order(turn, CancelOrder(order.id, order.version, 0))
        assert "Nothing was charged" in turn.text
        await orders.on_cancel_order(turn, CancelOrder(order.id, order.version, 1))
        assert turn.toasts == ["The order is cancelled."]
        assert await state(town, order.id) is State.CANCELLED


async def test_cancel_before_the_work(town: Town) -> None:
    """The buyer gets everything back before the requirements are answered."""
    order = await town.order_in(State.AWAITING_REQUIREMENTS)
    turn = turn_of(town, town.buyer)
    await orders.on_cancel_order(turn, CancelOrder(order.id, order.version, 1))
    assert await state(town, order.id) is State.CANCELLED
    assert "The whole 250 ⭐" in turn.text


async def test_cancel_of_late_work(town: Town) -> None:
    """After the day of grace the buyer of a late order may leave, not before."""
    order = await town.order_in(State.IN_PROGRESS)
    assert order.due_at_ms is not None
    tap = CancelOrder(order.id, order.version, 1)
    with pytest.raises(errors.TooEarly):
        await orders.on_cancel_order(turn_of(town, town.buyer), tap)
    town.clock.set(order.due_at_ms + DAY_MS)
    await orders.on_cancel_order(turn_of(town, town.buyer), tap)
    assert await state(town, order.id) is State.CANCELLED


@pytest.mark.parametrize("sure", [0, 1])
async def test_sellers_explain_first(town: Town, sure: int) -> None:
    """Even a forged "sure" only leads a seller to the reason."""
    order = await town.order_in(State.IN_PROGRESS)
    turn = turn_of(town, town.seller)
    await orders.on_cancel_order(turn, CancelOrder(order.id, order.version, sure))
    taps = [button.tap for row in turn.shown[-1].rows for button in row]
    assert ExplainCancel(order.id, order.version) in taps
    assert await state(town, order.id) is State.IN_PROGRESS


async def test_nothing_to_cancel(town: Town) -> None:
    """A finished order cannot be cancelled, nor a delivered one by its buyer."""
    done = await town.order_in(State.COMPLETED)
    with pytest.raises(errors.WrongState):
        await orders.on_cancel_order(
            turn_of(town, town.buyer), CancelOrder(done.id, done.version, 1)
        )
    delivered = await town.order_in(State.DELIVERED)
    tap = CancelOrder(delivered.id, delivered.version, 1)
    with pytest.raises(errors.NotYours):
        await orders.on_cancel_order(turn_of(town, town.buyer), tap)


async def test_resume(town: Town) -> None:
    """The seller goes on after changes were asked."""
    order = await town.order_in(State.DELIVERED)
    card = await town.act(town.buyer, order.id, Event.REVISE, "Greener")
    turn = turn_of(town, town.seller)
    await orders.on_resume_work(turn, ResumeWork(order.id, card.order.version))
    assert "Deliver" in turn.labels


async def test_the_invoice_again(town: Town) -> None:
    """The buyer gets the invoice once more; a paid order has none."""
    order = await town.placed()
    turn = turn_of(town, town.buyer)
    await orders.on_show_invoice(turn, ShowInvoice(order.id))
    await town.drain()
    assert town.messenger.notices(town.buyer) == [Notice.INVOICE, Notice.INVOICE]
    await town.pay(order)
    with pytest.raises(errors.WrongState):
        await orders.on_show_invoice(turn_of(town, town.buyer), ShowInvoice(order.id))


async def test_files_again(town: Town) -> None:
    """All files of a delivery, packed as Telegram packs them, then its words."""
    order = await town.order_in(State.IN_PROGRESS)
    sent = (file(1), file(2), file(3, kind="document", name="logo.svg"))
    await town.services.orders.deliver(
        town.command(town.seller), order.id, version=order.version, text="Look <here>", files=sent
    )
    turn = turn_of(town, town.buyer)
    await orders.on_show_files(turn, ShowFiles(order.id, 1))
    albums = [thing for thing in turn.sent if isinstance(thing, Album)]
    assert [len(album.files) for album in albums] == [2, 1]
    assert "Look &lt;here&gt;" in turn.sent[-1].text
    with pytest.raises(errors.NotFound):
        await orders.on_show_files(turn, ShowFiles(order.id, 2))


async def test_requirement_files_again(town: Town) -> None:
    """The seller opens the buyer's answer in full; a stranger does not."""
    order = await town.order_in(State.AWAITING_REQUIREMENTS)
    with pytest.raises(errors.NotFound):
        await orders.on_show_files(turn_of(town, town.seller), ShowFiles(order.id, 0))
    await town.services.orders.answer(
        town.command(town.buyer), order.id, version=order.version, answer=Answer("Blue", ())
    )
    turn = turn_of(town, town.seller)
    await orders.on_show_files(turn, ShowFiles(order.id, 0))
    assert "Blue" in turn.sent[0].text
    stranger = turn_of(town, await town.citizen(800))
    with pytest.raises(errors.NotFound):
        await orders.on_show_files(stranger, ShowFiles(order.id, 0))


async def test_board_and_order(town: Town) -> None:
    """/orders lists what is open, its tab what is finished, and a line opens the order."""
    order = await town.order_in(State.DELIVERED)
    turn = turn_of(town, town.buyer)
    await orders.on_orders(turn)
    assert "Waiting for you" in turn.text
    await orders.on_show_board(turn, ShowBoard(1, -5))
    assert "No order is finished yet." in turn.text
    await orders.on_show_order(turn, ShowOrder(order.id))
    assert "Delivered: your turn" in turn.text


async def test_orders_of_others_do_not_exist(town: Town) -> None:
    """A stranger who guesses a number finds nothing; an operator sees the order."""
    order = await town.order_in(State.IN_PROGRESS)
    with pytest.raises(errors.NotFound):
        await orders.on_show_order(turn_of(town, await town.citizen(800)), ShowOrder(order.id))
    turn = turn_of(town, town.operator)
    await orders.on_show_order(turn, ShowOrder(order.id))
    assert "Buyer: Ayesha. Seller: Rahim" in turn.text


async def test_second_done(town: Town) -> None:
    """A double tap on Done, or an old one, sends nothing and shows the order as it is."""
    order = await town.order_in(State.DELIVERED)
    turn = turn_of(town, town.seller)
    await orders.on_late_finish(turn, FinishFiles(2, order.id, order.version))
    assert "Delivered" in turn.text
    assert len(turn.toasts) == 1


def test_routes(town: Town) -> None:
    """All taps of ordering are answered."""
    assert len(orders.routes(town.services)) + len(quoting.routes(town.services)) == 17
