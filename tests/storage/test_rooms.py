"""Order rooms: messages, what is new to whom, strikes, quick replies."""

import asyncio
from dataclasses import replace

import pytest

from market.contract import Order
from market.errors import NotFound
from market.room import QuickReply, RoomMessage, Said
from market.states import Role, State
from services.ports import Storage
from storage import OpenStorage
from tests.support.walk import PICTURE, Market, order_at

WORDS = Said(words="When will it be ready?", file=None, chat_id=1001, message_id=5)


async def _say(
    storage: Storage, order: Order, role: Role, said: Said = WORDS, *, is_flagged: bool = False
) -> RoomMessage:
    async with storage.begin() as unit:
        return await unit.rooms.add(order, role=role, said=said, is_flagged=is_flagged, now_ms=7)


async def test_messages_come_back_whole(storage: OpenStorage, market: Market) -> None:
    """Numbered from one, with words or a file, and where Telegram has them."""
    order = await order_at(storage, market, State.IN_PROGRESS)
    one = await _say(storage, order, Role.BUYER)
    photo = Said(words="", file=PICTURE, chat_id=1002, message_id=6)
    two = await _say(storage, order, Role.SELLER, photo, is_flagged=True)
    async with storage.read() as unit:
        assert (one, two) == await unit.rooms.messages(order.id, limit=9)
    assert (1, order.buyer_id, False) == (one.number, one.person_id, one.is_flagged)
    assert (2, order.seller_id, photo, True) == (
        two.number,
        two.person_id,
        two.said,
        two.is_flagged,
    )


async def test_pages_go_backwards(storage: OpenStorage, market: Market) -> None:
    """The newest page first; the one before ends before its first message."""
    order = await order_at(storage, market, State.IN_PROGRESS)
    said = [await _say(storage, order, Role.BUYER) for _ in range(5)]
    async with storage.read() as unit:
        assert tuple(said[3:]) == await unit.rooms.messages(order.id, limit=2)
        assert tuple(said[1:3]) == await unit.rooms.messages(order.id, before=4, limit=2)
        assert await unit.rooms.messages(order.id, before=1, limit=2) == ()


async def test_only_the_other_sides_messages_are_new(storage: OpenStorage, market: Market) -> None:
    """Counts fall with what was read, and never rise by reading an older screen."""
    order = await order_at(storage, market, State.IN_PROGRESS)
    quiet = await order_at(storage, market, State.IN_PROGRESS)
    buyer, seller = order.buyer_id, order.seller_id
    for role in (Role.BUYER, Role.BUYER, Role.SELLER, Role.BUYER):
        await _say(storage, order, role)
    async with storage.begin() as unit:
        assert {order.id: 3} == await unit.rooms.unread(seller)
        assert {order.id: 1} == await unit.rooms.unread(buyer)
        await unit.rooms.read(order.id, seller, number=2)
        assert {order.id: 1} == await unit.rooms.unread(seller)
        await unit.rooms.read(order.id, seller, number=1)
        assert {order.id: 1} == await unit.rooms.unread(seller)
        await unit.rooms.read(order.id, seller, number=4)
        await unit.rooms.read(quiet.id, seller, number=0)
        assert await unit.rooms.unread(seller) == {}
    await _say(storage, order, Role.BUYER)
    async with storage.read() as unit:
        assert {order.id: 1} == await unit.rooms.unread(seller)


async def test_both_write_and_read_at_once(storage: OpenStorage, market: Market) -> None:
    """Numbers have no gaps and no message is lost from the count, whoever is faster."""
    order = await order_at(storage, market, State.IN_PROGRESS)

    async def look() -> None:
        async with storage.begin() as unit:
            seen = await unit.rooms.messages(order.id, limit=1)
            number = seen[0].number if seen else 0
            await unit.rooms.read(order.id, order.seller_id, number=number)

    roles = (Role.BUYER, Role.SELLER) * 4
    await asyncio.gather(*(_say(storage, order, role) for role in roles), *(look() for _ in roles))
    async with storage.begin() as unit:
        said = await unit.rooms.messages(order.id, limit=99)
        assert list(range(1, 9)) == [message.number for message in said]
        await unit.rooms.read(order.id, order.seller_id, number=0)
        new = (await unit.rooms.unread(order.seller_id)).get(order.id, 0)
        await unit.rooms.read(order.id, order.seller_id, number=8)
        assert await unit.rooms.unread(order.seller_id) == {}
    assert 0 <= new <= 4


async def test_a_room_belongs_to_an_order(storage: OpenStorage, market: Market) -> None:
    """Reading the room of an unknown order raises NotFound."""
    async with storage.begin() as unit:
        with pytest.raises(NotFound):
            await unit.rooms.read(99, market.buyer.id, number=1)


async def test_strikes_count_flagged_messages(storage: OpenStorage, market: Market) -> None:
    """In all orders of the person, as buyer or seller."""
    one = await order_at(storage, market, State.IN_PROGRESS)
    two = await order_at(storage, market, State.DELIVERED)
    for order, role in ((one, Role.BUYER), (two, Role.BUYER), (two, Role.SELLER)):
        await _say(storage, order, role, is_flagged=True)
        await _say(storage, order, role)
    async with storage.read() as unit:
        assert await unit.rooms.strikes(market.buyer.id) == 2
        assert await unit.rooms.strikes(market.seller.id) == 1


async def test_quick_replies_are_kept_and_dropped(storage: OpenStorage, market: Market) -> None:
    """In the order they were made; nobody drops another one's."""
    buyer, seller = market.buyer.id, market.seller.id
    async with storage.begin() as unit:
        rooms = unit.rooms
        one = await rooms.add_quick_reply(seller, "Thanks, I begin today.")
        two = await rooms.add_quick_reply(seller, "ধন্যবাদ")
        assert (one, two) == await rooms.quick_replies(seller)
        assert replace(one, words=two.words) == QuickReply(id=one.id, words="ধন্যবাদ")
        assert not await rooms.drop_quick_reply(buyer, one.id)
        assert await rooms.drop_quick_reply(seller, one.id)
        assert not await rooms.drop_quick_reply(seller, one.id)
        assert (two,) == await rooms.quick_replies(seller)
        assert await rooms.quick_replies(buyer) == ()
