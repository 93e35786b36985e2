"""The order's room in both languages: its screens, its warnings, its notices."""

from dataclasses import replace
from typing import Any

import pytest

from bot.i18n import Translator, plain, translator
from bot.ui.screen import Album, Invoice, Relay, Screen
from bot.views import outside, room
from bot.views.notices import render
from bot.views.orders import order_screen
from bot.views.room import Room
from bot.views.room_words import file_screen
from market.deadlines import DAY_MS, HOUR_MS
from market.gig import units
from market.notices import Message, Notice
from market.outside import Finding, Trace
from market.read import OrderCard
from market.room import QuickReply, RoomMessage, RoomPage, Said
from market.states import Role, State
from tests.support.samples import NOW_MS, POLICY, file, gig, order, room_message
from tests.views.approved import approved
from tests.views.order_cards import card_in
from tests.views.test_notices import reading

REPLIES = (
    QuickReply(id=1, words="Thank you, I begin & go on."),
    QuickReply(id=2, words="ধন্যবাদ! " * 20),
)
FOUND = (
    Finding(Trace.PHONE, "+8801712345678"),
    Finding(Trace.EMAIL, "a at b dot com"),
    Finding(Trace.HANDLE, "@rahim"),
    Finding(Trace.LINK, "t.me/rahim"),
)


def said(number: int = 1, **changes: Any) -> RoomMessage:
    """A message of the seller; `words`, `file` and the rest may be changed."""
    words = changes.pop("words", "Two ideas are <ready>.")
    thing = Said(words=words, file=changes.pop("file", None), chat_id=1002, message_id=70 + number)
    base = room_message(number=number, role=Role.SELLER, said=thing, at_ms=NOW_MS - HOUR_MS)
    return replace(base, **changes)


MESSAGES = (
    room_message(),
    said(2),
    said(3, words="✏️ Three ideas are ready."),
    said(4, words="Call 01712345678", is_flagged=True),
    said(5, words="", file=file(1)),
    said(6, words="The source", file=file(2, kind="document", name="logo-final.svg")),
)


def seen(viewer: Role, *messages: RoomMessage, before: int = 0, **changes: Any) -> Room:
    """The room of order 42 as this reader sees it."""
    page = RoomPage(
        order=order(),
        viewer=viewer,
        buyer_name="Ayesha",
        seller_name="Rahim Uddin",
        messages=messages,
        has_earlier=False,
        is_open=True,
        quick_replies=REPLIES if viewer is Role.SELLER else (),
        now_ms=NOW_MS,
    )
    shown = replace(page, **changes)
    return Room(page=shown, title=gig().title, before=before, policy=POLICY)


@pytest.mark.parametrize("viewer", [Role.BUYER, Role.SELLER, Role.OPERATOR])
def test_a_room_in_use(viewer: Role) -> None:
    """Who said what when, files as buttons, and what can be done here."""
    approved(f"room/room_{viewer}", lambda tr: room.room_screen(seen(viewer, *MESSAGES), tr))


def test_an_earlier_stretch() -> None:
    """Pages lead to both ends."""
    earlier = seen(Role.BUYER, *MESSAGES, before=26, has_earlier=True)
    approved("room/room_earlier", lambda tr: room.room_screen(earlier, tr))


def test_an_empty_room() -> None:
    """It says what happens with what is written."""
    empty = seen(Role.SELLER, quick_replies=())
    approved("room/room_empty", lambda tr: room.room_screen(empty, tr))


def test_closed_rooms() -> None:
    """Since when, or from when on."""
    over = order(State.CLEARED, entered_ms=NOW_MS - 31 * DAY_MS, paid_ms=1)
    closed = seen(Role.BUYER, MESSAGES[0], order=over, is_open=False)
    unpaid = seen(Role.BUYER, order=order(State.AWAITING_PAYMENT), is_open=False)
    approved("room/room_closed", lambda tr: room.room_screen(closed, tr))
    approved("room/room_unpaid", lambda tr: room.room_screen(unpaid, tr))


@pytest.mark.parametrize("language", ["bn", "en"])
def test_long_messages_fit(language: str) -> None:
    """Twenty of the longest make one screen; what is cut off is a page away."""
    long = [said(number, words="ক্ষ" * 900) for number in range(1, 21)]
    shown = room.room_screen(seen(Role.SELLER, *long), translator(language))
    assert units(plain(shown.text)) <= 4_096
    labels = [button.label for row in shown.rows for button in row]
    assert translator(language).label("Earlier messages") in labels


def test_writing() -> None:
    """The prompt, the tick, the tick that an operator will look, and the toast."""
    approved("room/prompt", lambda tr: room.prompt_screen("Ayesha", 42, tr))
    approved("room/sent", lambda tr: room.sent_screen("Ayesha", 42, tr, is_looked_at=False))
    approved(
        "room/sent_looked_at", lambda tr: room.sent_screen("Ayesha", 42, tr, is_looked_at=True)
    )
    approved("room/sent_toast", lambda tr: room.sent_toast("Ayesha", tr))
    approved("room/wants", lambda tr: plain(room.wants_sayable(tr)))
    approved("room/cannot_correct", lambda tr: plain(room.cannot_correct(tr)))


def test_quick_replies() -> None:
    """All of them with a way to remove each."""
    approved("room/quick", lambda tr: room.quick_screen(REPLIES, 42, tr, POLICY))
    approved("room/quick_none", lambda tr: room.quick_screen((), 42, tr, POLICY))
    approved("room/quick_again", lambda tr: room.quick_question(42, tr))


@pytest.mark.parametrize("is_third", [False, True])
def test_warnings(is_third: bool) -> None:
    """What was found, why it is better here, and both ways on."""
    name = "room/warned_third" if is_third else "room/warned"
    words = "Call <me>: +8801712345678"
    approved(name, lambda tr: outside.warning_screen(words, FOUND, tr, is_third=is_third))


@pytest.mark.parametrize("kind", Trace)
def test_every_kind_of_find_has_a_name(kind: Trace) -> None:
    """Nobody reads what a find is called in the code."""
    for language in ("bn", "en"):
        shown = outside.warning_screen(
            "words", (Finding(kind, "x"),), translator(language), is_third=False
        )
        assert f"• {kind.value}:" not in plain(shown.text)


def test_changing() -> None:
    """Short texts can be copied by a button; long ones stand there."""
    approved("room/change", lambda tr: outside.change_screen("Call <me>", 42, tr))
    approved("room/change_long", lambda tr: outside.change_screen("word " * 100, 42, tr))


def test_the_room_opens_from_the_order() -> None:
    """With the number of new messages; not before the payment, not for operators."""

    def labels(state: State, role: Role, unread: int = 0) -> list[str]:
        shown = order_screen(replace(card_in(state, role), unread=unread), translator("en"))
        found = [button.label for row in shown.rows for button in row]
        return [label for label in found if "Messages" in label]

    assert labels(State.IN_PROGRESS, Role.BUYER) == ["💬 Messages"]
    assert labels(State.IN_PROGRESS, Role.SELLER, 3) == ["💬 Messages (3 new)"]
    assert labels(State.AWAITING_PAYMENT, Role.BUYER) == []
    assert labels(State.IN_PROGRESS, Role.OPERATOR) == []


def card() -> OrderCard:
    """Order 42 as its buyer sees it."""
    return card_in(State.IN_PROGRESS, Role.BUYER)


def notice(kind: Notice, message: RoomMessage) -> Any:
    """The notice about a message, drawn."""
    facts: dict[str, object] = {"order": 42, "number": message.number}
    facts |= {"chat_id": 1002, "message_id": 77}
    sent = Message(notice=kind, key="k", person_id=1, order_id=42, facts=facts)

    def draw(tr: Translator) -> Screen | Album | Relay | Invoice:
        shown = render(sent, reading(card(), said=message), tr)
        assert shown is not None, "there is something to say"
        return shown

    return draw


@pytest.mark.parametrize(
    ("name", "message"),
    [("plain", MESSAGES[1]), ("corrected", MESSAGES[2]), ("flagged", MESSAGES[3])],
)
def test_words_arrive(name: str, message: RoomMessage) -> None:
    """Who writes, about which order, the words, and a way to answer."""
    approved(f"room/notice_words_{name}", notice(Notice.ROOM_WORDS, message))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("photo", MESSAGES[4]),
        ("document", MESSAGES[5]),
        ("long", said(7, words="Please read: " + "word " * 400, file=file(1))),
        ("sticker", said(8, words="", file=file(9, kind="sticker"))),
        ("flagged", said(9, words="Call 01712345678", file=file(1), is_flagged=True)),
    ],
)
def test_files_arrive(name: str, message: RoomMessage) -> None:
    """Copied under our own caption; a sticker's button says who it is from."""
    approved(f"room/notice_file_{name}", notice(Notice.ROOM_FILE, message))


def test_a_file_once_more() -> None:
    """It says which message it came with."""
    approved("room/file_again", lambda tr: file_screen(MESSAGES[5], tr))


@pytest.mark.parametrize("kind", ["video", "audio", "voice", "animation", "video_note"])
def test_files_without_a_name_are_called_what_they_are(kind: Any) -> None:
    """The button in the room names the kind in the reader's language."""
    shown = seen(Role.BUYER, said(2, words="", file=file(1, kind=kind)))
    for language in ("bn", "en"):
        labels = [
            b.label for row in room.room_screen(shown, translator(language)).rows for b in row
        ]
        assert not any(label.endswith(f" {kind}") for label in labels if language == "bn")
