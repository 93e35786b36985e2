"""Talking in an order's room: relaying, warnings, corrections, quick replies, closed rooms."""

from dataclasses import replace
from typing import Any

import pytest

from bot.conversations import room
from bot.handlers import room as rooms
from bot.i18n import plain, translator
from bot.kit.flows import Done, Go, Next, Stay, from_json, to_json
from bot.kit.sessions import Live
from bot.ui.callbacks import Tap
from bot.ui.taps import (
    ChangeWords,
    DropQuick,
    LeaveRoom,
    ReplyInRoom,
    SendAnyway,
    SendQuick,
    ShowQuick,
    ShowRoom,
    ShowRoomFile,
)
from market.errors import NotFound
from market.notices import Notice
from market.states import Event, State
from tests.support.samples import file
from tests.support.town import Town
from tests.support.turns import came, turn_of, wrote

FLOW = room.flow(None)  # type: ignore[arg-type]
PHONE = "Call me: 01712345678"


def gone(following: Next) -> Go:
    """The flow goes on; its draft survives a restart."""
    assert isinstance(following, Go), following
    assert following.draft == from_json(FLOW, to_json(FLOW, following.draft))
    return following


def words(turn: Any, following: Next) -> str:
    """What the person reads now."""
    if isinstance(following, Done):
        assert following.screen is not None
        return plain(following.screen.text)
    go = gone(following)
    return plain((go.screen or FLOW.steps[go.step].ask(turn, go.draft)).text)


async def enters(turn: Any, tap: Tap) -> Next:
    return await FLOW.entries[type(tap)](turn, tap)


async def taps(turn: Any, before: Next, tap: Tap) -> Next:
    turn.incoming = None
    go = gone(before)
    return await FLOW.steps[go.step].taps[type(tap)](turn, go.draft, tap)


async def says(turn: Any, before: Next, text: str, *, number: int = 1) -> Next:
    turn.incoming, go = wrote(text, number=number), gone(before)
    on_text = FLOW.steps[go.step].text
    assert on_text is not None
    return await on_text(fresh(turn), go.draft, text)


async def sends(turn: Any, before: Next, **how: Any) -> Next:
    turn.incoming, go = came(file(), **how), gone(before)
    on_file = FLOW.steps[go.step].file
    assert on_file is not None
    return await on_file(fresh(turn), go.draft, file())


async def edits(turn: Any, before: Next, text: str, *, number: int) -> Next:
    turn.incoming, go = wrote(text, number=number), gone(before)
    on_edited = FLOW.steps[go.step].edited
    assert on_edited is not None
    return await on_edited(fresh(turn), go.draft, text)


def fresh(turn: Any) -> Any:
    """Each message has a key of its own."""
    turn.command = replace(turn.command, key=f"{turn.command.key}+")
    return turn


async def inside(town: Town, person: Any = None) -> tuple[Any, Next, int]:
    """Somebody stands in the room of an order in progress."""
    order = await town.order_in(State.IN_PROGRESS)
    turn = turn_of(town, person or town.seller)
    return turn, await enters(turn, ShowRoom(order.id, 0)), order.id


async def said_in(town: Town, order_id: int) -> list[str]:
    """All words of the room, as the buyer reads them."""
    page = await town.services.rooms.room(town.buyer.id, order_id)
    return [message.said.words for message in page.messages]


async def test_words_are_relayed_at_once_with_a_tick(town: Town) -> None:
    """The other side gets them; the writer reads a quiet tick, and nothing is left to keep."""
    turn, now, order_id = await inside(town)
    assert "Whatever you write or send now goes to Ayesha" in words(turn, now)
    now = gone(await says(turn, now, "Two ideas are ready"))
    assert words(turn, now) == "✓ Sent to Ayesha."
    assert now.is_spent
    assert now.screen is not None
    assert now.screen.is_quiet
    await town.drain()
    assert Notice.ROOM_WORDS in town.messenger.notices(town.buyer)
    assert await said_in(town, order_id) == ["Two ideas are ready"]


async def test_albums_and_stickers_go_one_by_one(town: Town) -> None:
    """Each file is a message of its own, with the words that came with it."""
    turn, now, order_id = await inside(town)
    now = await sends(turn, now, album="a", caption="One of two", number=5)
    await sends(turn, now, album="a", number=6)
    await town.drain()
    assert town.messenger.notices(town.buyer).count(Notice.ROOM_FILE) == 2
    assert await said_in(town, order_id) == ["One of two", ""]
    assert FLOW.steps["room"].has_stickers


async def test_contact_data_stops_at_a_warning(town: Town) -> None:
    """What was found is named, nothing is sent, and what was typed stands there."""
    turn, now, order_id = await inside(town)
    now = await says(turn, now, PHONE)
    text = words(turn, now)
    assert "Not sent yet" in text
    assert "a phone number: Call me: 01712345678" in text
    assert PHONE in text
    assert await said_in(town, order_id) == []


async def test_a_warned_message_may_be_sent_anyway(town: Town) -> None:
    """Its reader is told what GigHaat protects; the third one goes before an operator."""
    turn, now, order_id = await inside(town)
    for number in range(3):
        now = await says(turn, now, f"{PHONE} {number}")
        assert ("third such message" in words(turn, now)) == (number == 2)
        now = await taps(fresh(turn), now, SendAnyway())
        assert ("An operator will look" in words(turn, now)) == (number == 2)
    page = await town.services.rooms.room(town.buyer.id, order_id)
    assert [message.is_flagged for message in page.messages] == [True] * 3


async def test_a_warned_message_may_be_changed(town: Town) -> None:
    """The words are given back to be copied; the next message is an ordinary one."""
    turn, now, order_id = await inside(town)
    now = await taps(turn, await says(turn, now, PHONE), ChangeWords())
    assert PHONE in words(turn, now)
    assert gone(now).step == "room"
    await says(turn, now, "Ask me here")
    assert await said_in(town, order_id) == ["Ask me here"]


async def test_a_warning_waits_while_other_things_come(town: Town, live: Live) -> None:
    """A file of the same album goes out; coming back to the room shows the warning again."""
    turn, now, order_id = await inside(town)
    now = await sends(turn, now, album="a", caption=PHONE)
    now = await sends(turn, now, album="a")
    assert "Not sent yet" in words(turn, now)
    assert gone(now).note == "✓ Sent to Ayesha.", "the file, that is, and not the warned words"
    assert await said_in(town, order_id) == [""]
    live.session.move("room", "warned", to_json(FLOW, gone(now).draft))
    for tap in (ShowRoom(order_id, 0), ReplyInRoom(order_id)):
        assert PHONE in words(turn, await enters(turn, tap))


async def test_clean_words_after_a_warning_replace_it(town: Town) -> None:
    """Writing anew is the change that was asked for."""
    turn, now, order_id = await inside(town)
    now = await says(turn, await says(turn, now, PHONE), "Ask me here")
    assert "Sent" in words(turn, now)
    assert await said_in(town, order_id) == ["Ask me here"]


async def test_an_edit_goes_out_as_a_correction(town: Town) -> None:
    """The other side reads the new version, marked; what was said first stays as evidence."""
    turn, now, order_id = await inside(town)
    now = await says(turn, now, "Ready on Munday", number=7)
    now = await edits(turn, now, "Ready on Monday", number=7)
    assert "Sent" in words(turn, now)
    assert await said_in(town, order_id) == ["Ready on Munday", "✏️ Ready on Monday"]


async def test_editing_a_warned_message_is_changing_it(town: Town) -> None:
    """What was not sent needs no correction mark."""
    turn, now, order_id = await inside(town)
    now = await says(turn, now, PHONE, number=7)
    await edits(turn, now, "Ask me here", number=7)
    assert await said_in(town, order_id) == ["Ask me here"]


async def test_an_edit_of_something_else_is_not_relayed(town: Town) -> None:
    """Words that were written elsewhere never reach this room."""
    turn, now, order_id = await inside(town)
    following = await edits(turn, now, "My password is 1234", number=99)
    assert isinstance(following, Stay)
    assert "send it as a new message" in following.note
    assert await said_in(town, order_id) == []


async def test_replying_keeps_the_message_that_is_answered(town: Town) -> None:
    """The tapped notice stays; the person is asked to write, and has read the room."""
    turn, _, order_id = await inside(town, town.buyer)
    await town.say(town.seller, order_id, "Here?")
    assert await town.services.rooms.unread(town.buyer.id) == {order_id: 1}
    now = await enters(turn, ReplyInRoom(order_id))
    assert "Write to Rahim" in words(turn, now)
    assert turn.is_kept
    assert await town.services.rooms.unread(town.buyer.id) == {}


async def test_leaving_shows_the_order(town: Town) -> None:
    """By its button, from every step, and when the flow was over already."""
    turn, now, order_id = await inside(town)
    assert "In progress" in words(turn, await taps(turn, now, LeaveRoom(order_id)))
    await rooms.on_leave_room(turn, LeaveRoom(order_id))
    assert "In progress" in turn.text


async def test_a_closed_room_says_since_when(town: Town) -> None:
    """Also when it closes while somebody stands in it; nothing is sent then."""
    turn, now, order_id = await inside(town)
    await town.act(town.seller, order_id, Event.SELLER_CANCEL, "sorry")
    town.clock.advance(town.windows.room_ms)
    over = await says(turn, now, "One more thing")
    assert isinstance(over, Done)
    assert "This room closed on" in words(turn, over)
    assert "This room closed on" in words(turn, await enters(turn, ReplyInRoom(order_id)))
    assert "This room closed on" in words(turn, await enters(turn, ShowQuick(order_id)))


async def test_before_the_payment_there_is_no_room(town: Town) -> None:
    """An unpaid order says when it opens."""
    order = await town.placed()
    turn = turn_of(town, town.buyer)
    assert "opens with the payment" in words(turn, await enters(turn, ShowRoom(order.id, 0)))


async def test_operators_only_read(town: Town) -> None:
    """They see everything and cannot write; strangers see nothing."""
    turn, now, order_id = await inside(town)
    await says(turn, now, "Hello")
    looking = turn_of(town, town.operator)
    over = await enters(looking, ShowRoom(order_id, 0))
    assert isinstance(over, Done)
    assert "Hello" in words(looking, over)
    stranger = turn_of(town, await town.citizen(800))
    with pytest.raises(NotFound):
        await enters(stranger, ShowRoom(order_id, 0))


async def test_quick_replies_are_kept_sent_and_removed(town: Town) -> None:
    """One tap sends them; what holds contact data is warned of as everything else."""
    turn, _, order_id = await inside(town)
    now = await enters(turn, ShowQuick(order_id))
    assert "Quick replies" in words(turn, now)
    assert "Write a sentence" in plain(FLOW.steps["quick"].ask(turn, gone(now).draft).text)
    now = await says(turn, now, "Thank you for waiting!")
    await says(turn, now, PHONE)
    kept = await town.services.rooms.quick_replies(town.seller.id)
    turn.incoming = None
    now = await enters(fresh(turn), SendQuick(order_id, kept[0].id))
    assert turn.toasts == ["✓ Sent to Ayesha."]
    assert "Thank you for waiting!" in words(turn, now)
    assert "Not sent yet" in words(turn, await enters(fresh(turn), SendQuick(order_id, kept[1].id)))
    await enters(fresh(turn), DropQuick(order_id, kept[0].id))
    assert await town.services.rooms.quick_replies(town.seller.id) == kept[1:]
    with pytest.raises(NotFound):
        await enters(fresh(turn), SendQuick(order_id, kept[0].id))


async def test_a_file_of_the_room_is_sent_again_with_all_its_words(town: Town) -> None:
    """By the button in the room, for either side; words alone have no file."""
    turn, _, order_id = await inside(town, town.buyer)
    await town.say(town.seller, order_id, "x" * 900, file=file(3))
    await town.say(town.seller, order_id, "no file")
    await rooms.on_show_room_file(turn, ShowRoomFile(order_id, 1))
    picture, text = turn.sent
    assert (picture.media, plain(text.text)) == (file(3), "x" * 900)
    with pytest.raises(NotFound):
        await rooms.on_show_room_file(turn, ShowRoomFile(order_id, 2))


def test_the_flow_is_left_by_other_buttons() -> None:
    """Whatever is written in it goes to somebody else, so other buttons end it."""
    assert FLOW.is_left_by_taps
    assert ShowRoomFile in FLOW.lets_through


@pytest.mark.parametrize("language", ["bn", "en"])
def test_the_flow_speaks(language: str) -> None:
    """It has a name for menus and says what it wants, in both languages."""
    tr = translator(language)
    assert FLOW.title(tr)
    assert all(step.wants(tr) for step in FLOW.steps.values())


def test_routes(town: Town) -> None:
    """Both taps outside of the flow are answered."""
    assert len(rooms.routes(town.services)) == 2
