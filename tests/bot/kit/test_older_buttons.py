"""Buttons of messages that collected for something else: they finish and clear nothing of now."""

import json
from typing import Any

import pytest

from bot.conversations import deliver, dispute, statement
from bot.handlers import orders
from bot.i18n import translator
from bot.ui.callbacks import Tap, encode
from bot.ui.taps import LeaveFlow, OpenDispute, PickReason, SpeakUp, StartDelivery
from bot.views.codes import order_code
from market.contract import Order
from market.states import Event, State
from storage import OpenStorage
from tests.bot.kit.conftest import Desktop, Running
from tests.support.telegram import Person
from tests.support.town import Town

WORDS = "These are my words about it."


@pytest.fixture
async def town(sqlite_storage: OpenStorage) -> Town:
    """People with orders in the desktop's house."""
    place = Town(sqlite_storage)
    await place.settle_in()
    return place


@pytest.fixture
def running(desktop: Desktop, town: Town) -> Running:
    """The three flows that collect, and the orders' own buttons."""
    desktop.clock.set(town.clock.now_ms())
    made = [module.flow(desktop.services) for module in (deliver, dispute, statement)]
    return desktop.application(orders.routes(desktop.services), made)


@pytest.fixture
def seller() -> Person:
    """The town's seller at Telegram."""
    return Person(501, "Rahim")


def button(running: Running, label: str) -> str:
    """The data of the newest button of that English name."""
    wanted = translator("bn").label(label)
    sent = running.desktop.telegram.named("sendMessage", "editMessageText")
    marks = [json.dumps(one["reply_markup"]) for one in sent if "reply_markup" in one]
    rows = [json.loads(mark)["inline_keyboard"] for mark in marks]
    found = [one for row in rows for line in row for one in line if one["text"] == wanted]
    return str(found[-1]["callback_data"])


async def collects(running: Running, seller: Person, *ways: Tap) -> None:
    """The flow is entered and has words in it."""
    await running.takes(*(seller.taps(encode(way)) for way in ways))
    await running.takes(seller.says(WORDS))


async def delivers_later(running: Running, seller: Person, order: Order) -> dict[str, str]:
    """A delivery that was begun and left for later: the buttons of its message."""
    await collects(running, seller, StartDelivery(order.id, order.version))
    old = {label: button(running, label) for label in ("Done", "Start again")}
    await running.takes(seller.taps(encode(LeaveFlow())))
    return old


async def told(running: Running) -> tuple[Any, str]:
    """The draft of now, and the last answer to a tap."""
    row = await running.session(501)
    held = json.loads(row.draft)["draft"] if row and row.flow else None
    return held, running.desktop.telegram.named("answerCallbackQuery")[-1].get("text", "")


async def state_of(town: Town, order: Order) -> State:
    """Where the order stands."""
    return (await town.order(order.id)).state


@pytest.mark.parametrize("label", ["Done", "Start again"])
async def test_another_orders_button_changes_nothing(
    running: Running, seller: Person, town: Town, label: str
) -> None:
    """Neither delivery goes out; the question of the present one takes the old one's place."""
    first, second = [await town.order_in(State.IN_PROGRESS) for _ in range(2)]
    old = await delivers_later(running, seller, first)
    await collects(running, seller, StartDelivery(second.id, second.version))
    await running.takes(seller.taps(old[label]))
    draft, toast = await told(running)
    assert (second.id, WORDS) == (draft["order_id"], draft["text"])
    assert translator("bn").label("That button is old. This is where you are.") == toast
    assert WORDS in running.desktop.telegram.texts()[-1]
    for order in (first, second):
        assert await state_of(town, order) is State.IN_PROGRESS


async def test_another_flows_done_opens_no_dispute(
    running: Running, seller: Person, town: Town
) -> None:
    """The delivery's Done leaves the same order's dispute, which is being written, alone."""
    order = await town.order_in(State.IN_PROGRESS)
    await town.ask_cancel(town.seller, order.id)
    await town.act(town.buyer, order.id, Event.REFUSE)
    order = await town.order(order.id)
    old = await delivers_later(running, seller, order)
    await collects(running, seller, OpenDispute(order.id, order.version), PickReason(0))
    await running.takes(seller.taps(old["Done"]))
    assert await state_of(town, order) is State.IN_PROGRESS
    await running.takes(seller.taps(button(running, "Done")))
    assert await state_of(town, order) is State.DISPUTED


async def test_an_earlier_deliverys_done_makes_no_statement(
    running: Running, seller: Person, town: Town
) -> None:
    """A dispute's statement is finished by its own Done only."""
    order = await town.order_in(State.IN_PROGRESS)
    old = await delivers_later(running, seller, order)
    await town.deliver(order.id)
    await town.open_dispute(order.id)
    await collects(running, seller, SpeakUp(order.id))
    await running.takes(seller.taps(old["Done"]))
    assert await spoken(town, order) == 1
    await running.takes(seller.taps(button(running, "Done")))
    assert await spoken(town, order) == 2


async def spoken(town: Town, order: Order) -> int:
    """How many statements the dispute has."""
    return len((await town.services.disputes.card(town.seller.id, order.id)).statements)


async def test_a_done_when_nothing_is_collected_shows_the_order(
    running: Running, seller: Person, town: Town
) -> None:
    """The old button becomes the order as it is now; what was kept for later stays kept."""
    order = await town.order_in(State.IN_PROGRESS)
    old = await delivers_later(running, seller, order)
    await running.takes(seller.taps(old["Done"]))
    row = await running.session(501)
    assert row is not None
    assert WORDS in (row.kept or "")
    assert await state_of(town, order) is State.IN_PROGRESS
    assert order_code(order.id) in running.desktop.telegram.texts()[-1]
