"""Order rooms: relaying, warnings and strikes, reading, quick replies."""

import pytest

from market.deadlines import DAY_MS
from market.errors import (
    NotFound,
    NothingToSend,
    RoomClosed,
    TextTooLong,
    TextTooShort,
    TooManyQuickReplies,
)
from market.files import FileRef
from market.notices import Message, Notice
from market.reports import Subject
from market.room import RoomMessage, Said
from market.states import Event, State
from services.rooms import Warned
from tests.support.town import Town

PHONE = "Call me: 01711223344"
FILE = FileRef(file_id="f", file_unique_id="u", kind="voice", name="", size=9)


def _heard(town: Town, notice: Notice) -> list[Message]:
    messages = [row.message for row in town.messenger.sent if row.message is not None]
    return [message for message in messages if message.notice is notice]


async def test_words_reach_the_other_side(town: Town) -> None:
    """They are relayed as a notice that names order and number, and count as unread."""
    order = await town.order_in(State.IN_PROGRESS)
    message = await town.say(town.buyer, order.id, "Could it be green?")
    await town.drain()
    (told,) = _heard(town, Notice.ROOM_WORDS)
    assert isinstance(message, RoomMessage)
    assert (town.seller.id, {"order": order.id, "number": 1, "by": "buyer"}) == (
        told.person_id,
        told.facts,
    )
    assert await town.services.rooms.unread(town.seller.id) == {order.id: 1}
    assert (await town.services.orders.card(town.seller.id, order.id)).unread == 1
    shown = await town.services.rooms.message(town.seller.id, order.id, 1)
    assert message == shown


async def test_a_file_is_copied_from_where_it_lies(town: Town) -> None:
    """The notice of a file names the chat and the message to copy."""
    order = await town.order_in(State.IN_PROGRESS)
    await town.say(town.seller, order.id, "", file=FILE)
    await town.drain()
    (told,) = _heard(town, Notice.ROOM_FILE)
    assert (town.seller.telegram_id, 1) == (told.facts["chat_id"], told.facts["message_id"])


async def test_a_message_is_relayed_once(town: Town) -> None:
    """The same key answers the same message."""
    order, command = await town.order_in(State.IN_PROGRESS), town.command(town.buyer)
    said = Said(words="Hello", file=None, chat_id=1, message_id=1)
    first = await town.services.rooms.say(command, order.id, said)
    assert first == await town.services.rooms.say(command, order.id, said)
    assert len((await town.services.rooms.room(town.buyer.id, order.id)).messages) == 1


async def test_contact_data_is_warned_of_before_it_leaves(town: Town) -> None:
    """Nothing is sent; who insists sends it, and it counts."""
    order = await town.order_in(State.IN_PROGRESS)
    warned = await town.say(town.buyer, order.id, PHONE)
    assert isinstance(warned, Warned)
    assert warned.findings
    assert (await town.services.rooms.room(town.seller.id, order.id)).messages == ()
    message = await town.say(town.buyer, order.id, PHONE, anyway=True)
    assert message.is_flagged
    await town.drain()
    assert len(_heard(town, Notice.ROOM_WORDS)) == 1


async def test_each_third_strike_goes_before_the_operators(town: Town) -> None:
    """Two are forgiven; the third is reported and alarms, the sixth again after a settlement."""
    order = await town.order_in(State.IN_PROGRESS)
    for number in range(1, 7):
        await town.say(town.buyer, order.id, PHONE, anyway=True)
        assert await town.services.rooms.strikes(town.buyer.id) == number
        reports = await town.services.desk.reports(town.operator.id, Subject.STRIKES)
        assert [str(number)] * (number % 3 == 0) == [report.words for report in reports]
        for report in reports:
            await town.services.desk.settle(town.command(town.operator), report.id, answer="Warned")
    await town.drain()
    assert len(_heard(town, Notice.ALARM)) == 2


async def test_a_room_is_open_from_payment_to_a_month_after_the_end(town: Town) -> None:
    """Unpaid orders have no room; a closed room can be read."""
    order = await town.placed()
    with pytest.raises(RoomClosed):
        await town.say(town.buyer, order.id, "Hello")
    await town.pay(order)
    assert (await town.services.orders.card(town.buyer.id, order.id)).has_room
    await town.act(town.seller, order.id, Event.SELLER_CANCEL, "Too busy")
    town.clock.advance(30 * DAY_MS - 1)
    await town.say(town.buyer, order.id, "A pity")
    town.clock.advance(1)
    with pytest.raises(RoomClosed):
        await town.say(town.buyer, order.id, "Hello?")
    page = await town.services.rooms.room(town.seller.id, order.id)
    assert (len(page.messages), page.is_open) == (1, False)


async def test_a_message_has_limits(town: Town) -> None:
    """Nothing at all and too much are refused; strangers find no room."""
    order = await town.order_in(State.IN_PROGRESS)
    with pytest.raises(NothingToSend):
        await town.say(town.buyer, order.id, " ")
    with pytest.raises(TextTooLong):
        await town.say(town.buyer, order.id, "x" * 3001)
    stranger = await town.citizen(700)
    with pytest.raises(NotFound):
        await town.say(stranger, order.id, "Hello")
    with pytest.raises(NotFound):
        await town.services.rooms.room(stranger.id, order.id)
    with pytest.raises(NotFound):
        await town.services.rooms.message(town.buyer.id, order.id, 1)


async def test_a_long_room_has_pages(town: Town) -> None:
    """Twenty messages to a page, newest page first; looking at it is reading."""
    order = await town.order_in(State.IN_PROGRESS)
    for number in range(1, 23):
        await town.say(town.buyer, order.id, f"Line {number}")
    room = town.services.rooms.room
    operators = await room(town.operator.id, order.id)
    assert await town.services.rooms.unread(town.seller.id) == {order.id: 22}
    newest = await room(town.seller.id, order.id)
    assert await town.services.rooms.unread(town.seller.id) == {}
    older = await room(town.seller.id, order.id, before=newest.messages[0].number)
    assert (
        len(newest.messages),
        newest.has_earlier,
        len(older.messages),
        older.has_earlier,
    ) == (20, True, 2, False)
    assert operators.messages == newest.messages


async def test_quick_replies_are_kept_and_dropped(town: Town) -> None:
    """Ten at most, one's own only, each with words."""
    rooms, command = town.services.rooms, town.command(town.seller)
    for _ in range(2):
        kept = await rooms.add_quick_reply(command, " On it! ")
    assert [reply.words for reply in kept] == ["On it!"]
    for _ in range(9):
        kept = await rooms.add_quick_reply(town.command(town.seller), "Thank you.")
    with pytest.raises(TooManyQuickReplies):
        await rooms.add_quick_reply(town.command(town.seller), "One more")
    with pytest.raises(TextTooShort):
        await rooms.add_quick_reply(town.command(town.seller), " ")
    await rooms.drop_quick_reply(town.command(town.buyer), kept[0].id)
    assert kept == await rooms.quick_replies(town.seller.id)
    assert kept[1:] == await rooms.drop_quick_reply(town.command(town.seller), kept[0].id)
