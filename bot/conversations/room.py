"""Talking in an order's room: whatever comes is relayed at once, quick replies, warnings.

The flow ends with any button outside of it, since what is written in it goes to somebody else.
"""

from dataclasses import dataclass, replace

from markupsafe import Markup

from bot.i18n import Translator
from bot.kit.flows import Ask, Done, Flow, Go, Next, OnTap, Stay, Step, taken_up
from bot.kit.turn import Turn
from bot.ui.callbacks import Tap
from bot.ui.screen import Screen
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
from bot.views.deliveries import wants_words
from bot.views.orders import order_screen
from bot.views.outside import change_screen, warning_screen
from bot.views.room import (
    Room,
    cannot_correct,
    other_name,
    prompt_screen,
    quick_question,
    quick_screen,
    room_screen,
    sent_screen,
    sent_toast,
    wants_sayable,
)
from bot.views.room_words import CORRECTED
from market.errors import NotFound, RoomClosed
from market.files import FileRef
from market.outside import Finding, Trace
from market.rights import By
from market.room import Said
from services.registry import Services
from services.rooms import STRIKES, Warned

NAME = "room"
ROOM, WARNED, QUICK = "room", "warned", "quick"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomDraft:
    """Whose room, and what was warned of and not sent: its words, its file, what was found."""

    order_id: int
    name: str
    words: str = ""
    file: FileRef | None = None
    message_id: int = 0
    kinds: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    is_third: bool = False

    @property
    def is_held(self) -> bool:
        """Something waits for its writer's decision."""
        return bool(self.kinds)


def flow(_services: Services) -> Flow:
    """The flow."""
    out: dict[type[Tap], OnTap] = {LeaveRoom: on_leave}
    ways: dict[type[Tap], OnTap] = {SendAnyway: on_anyway, ChangeWords: on_change, **out}
    quick = Step(ask=_ask_quick, wants=wants_words, text=on_new_quick, taps=out)
    return Flow(
        name=NAME,
        by=By.VIEWER,
        draft=RoomDraft,
        steps={ROOM: _writing(_ask, out), WARNED: _writing(_ask_warned, ways), QUICK: quick},
        entries={
            ShowRoom: on_show_room,
            ReplyInRoom: on_reply,
            ShowQuick: on_show_quick,
            SendQuick: on_send_quick,
            DropQuick: on_drop_quick,
        },
        title=_title,
        is_left_by_taps=True,
        lets_through=frozenset({ShowRoomFile}),
    )


def _writing(ask: Ask, taps: dict[type[Tap], OnTap]) -> Step:
    return Step(
        ask=ask,
        wants=wants_sayable,
        text=on_text,
        file=on_file,
        edited=on_edited,
        has_stickers=True,
        taps=taps,
    )


def _title(tr: Translator) -> str:
    return tr.label("your message in an order")


def _ask(turn: Turn, draft: RoomDraft) -> Screen:
    return prompt_screen(draft.name, draft.order_id, turn.tr)


def _ask_warned(turn: Turn, draft: RoomDraft) -> Screen:
    found = tuple(
        Finding(Trace(kind), text) for kind, text in zip(draft.kinds, draft.texts, strict=True)
    )
    return warning_screen(draft.words, found, turn.tr, is_third=draft.is_third)


def _ask_quick(turn: Turn, draft: RoomDraft) -> Screen:
    return quick_question(draft.order_id, turn.tr)


async def on_show_room(turn: Turn, tap: ShowRoom) -> Next:
    """The room's messages; what was warned of and not sent comes first."""
    held = taken_up(NAME, RoomDraft, order_id=tap.order_id)
    if isinstance(held, RoomDraft) and held.is_held and not tap.before:
        return Go(WARNED, held)
    return await _entered(turn, tap.order_id, tap.before)


async def _entered(turn: Turn, order_id: int, before: int = 0) -> Next:
    room = await _room(turn, order_id, before)
    screen = room_screen(room, turn.tr)
    if not room.is_mine:
        return Done(screen)
    return Go(ROOM, _fresh(room), screen=screen, is_spent=True)


async def _room(turn: Turn, order_id: int, before: int = 0) -> Room:
    card = await turn.services.orders.card(turn.person.id, order_id)
    page = await turn.services.rooms.room(turn.person.id, order_id, before=before or None)
    return Room(page=page, title=card.gig.title, before=before, policy=turn.policy)


def _fresh(room: Room) -> RoomDraft:
    return RoomDraft(order_id=room.order_id, name=other_name(room.page))


async def on_reply(turn: Turn, tap: ReplyInRoom) -> Next:
    """The message that is answered stays where it is."""
    turn.keep_tapped()
    held = taken_up(NAME, RoomDraft, order_id=tap.order_id)
    if isinstance(held, RoomDraft) and held.is_held:
        return Go(WARNED, held)
    room = await _room(turn, tap.order_id)
    if not room.is_mine:
        return Done(room_screen(room, turn.tr))
    return Go(ROOM, _fresh(room), is_spent=True)


async def on_text(turn: Turn, draft: RoomDraft, text: str) -> Next:
    return await _say(turn, draft, _said(turn, text, None))


async def on_file(turn: Turn, draft: RoomDraft, file: FileRef) -> Next:
    """A file that comes while a warning waits goes out, and that is said; the words wait on."""
    caption = turn.incoming.text if turn.incoming else ""
    following = await _say(turn, draft, _said(turn, caption, file))
    if draft.is_held and isinstance(following, Go) and following.step == ROOM:
        return Go(WARNED, draft, Markup.escape(sent_toast(draft.name, turn.tr)))
    return following


async def on_edited(turn: Turn, draft: RoomDraft, text: str) -> Next:
    """The new version of one of the last messages goes out as a correction of it."""
    assert turn.incoming is not None, "an edit is of a message"
    number, file = turn.incoming.message_id, turn.incoming.file
    if draft.is_held and number == draft.message_id:
        return await _say(turn, draft, _said(turn, text, file))
    page = await turn.services.rooms.room(turn.person.id, draft.order_id)
    if not any(m.role is page.viewer and m.said.message_id == number for m in page.messages):
        return Stay(cannot_correct(turn.tr))
    return await _say(turn, draft, _said(turn, f"{CORRECTED}{text}", file))


def _said(turn: Turn, words: str, file: FileRef | None) -> Said:
    number = turn.incoming.message_id if turn.incoming else 0
    return Said(words=words, file=file, chat_id=turn.chat_id, message_id=number)


async def _say(turn: Turn, draft: RoomDraft, said: Said, *, anyway: bool = False) -> Next:
    """Relay it, or stop at the warning; whoever writes has read what came before."""
    rooms, order_id = turn.services.rooms, draft.order_id
    try:
        outcome = await rooms.say(turn.command, order_id, said, anyway=anyway)
    except RoomClosed:
        return await _entered(turn, order_id)
    strikes = await rooms.strikes(turn.person.id)
    if isinstance(outcome, Warned):
        return Go(WARNED, _held(draft, said, outcome, is_third=(strikes + 1) % STRIKES == 0))
    await rooms.room(turn.person.id, order_id)
    is_looked_at = outcome.is_flagged and strikes % STRIKES == 0
    screen = sent_screen(draft.name, order_id, turn.tr, is_looked_at=is_looked_at)
    fresh = RoomDraft(order_id=order_id, name=draft.name)
    return Go(ROOM, fresh, screen=screen, is_spent=True)


def _held(draft: RoomDraft, said: Said, warned: Warned, *, is_third: bool) -> RoomDraft:
    return replace(
        draft,
        words=said.words,
        file=said.file,
        message_id=said.message_id,
        kinds=tuple(finding.kind.value for finding in warned.findings),
        texts=tuple(finding.text for finding in warned.findings),
        is_third=is_third,
    )


async def on_anyway(turn: Turn, draft: RoomDraft, _tap: SendAnyway) -> Next:
    said = Said(
        words=draft.words, file=draft.file, chat_id=turn.chat_id, message_id=draft.message_id
    )
    return await _say(turn, draft, said, anyway=True)


async def on_change(turn: Turn, draft: RoomDraft, _tap: ChangeWords) -> Next:
    fresh = RoomDraft(order_id=draft.order_id, name=draft.name)
    screen = change_screen(draft.words, draft.order_id, turn.tr)
    return Go(ROOM, fresh, screen=screen, is_spent=True)


async def on_leave(turn: Turn, draft: RoomDraft, _tap: LeaveRoom) -> Next:
    card = await turn.services.orders.card(turn.person.id, draft.order_id)
    return Done(order_screen(card, turn.tr))


async def on_show_quick(turn: Turn, tap: ShowQuick) -> Next:
    return await _quick(turn, tap.order_id)


async def _quick(turn: Turn, order_id: int) -> Next:
    room = await _room(turn, order_id)
    if not room.is_mine:
        return Done(room_screen(room, turn.tr))
    screen = quick_screen(room.page.quick_replies, order_id, turn.tr, turn.policy)
    return Go(QUICK, _fresh(room), screen=screen, is_spent=True)


async def on_new_quick(turn: Turn, draft: RoomDraft, text: str) -> Next:
    kept = await turn.services.rooms.add_quick_reply(turn.command, text)
    screen = quick_screen(kept, draft.order_id, turn.tr, turn.policy)
    return Go(QUICK, draft, screen=screen, is_spent=True)


async def on_drop_quick(turn: Turn, tap: DropQuick) -> Next:
    await turn.services.rooms.drop_quick_reply(turn.command, tap.reply_id)
    return await _quick(turn, tap.order_id)


async def on_send_quick(turn: Turn, tap: SendQuick) -> Next:
    """The room is shown with what was sent."""
    kept = await turn.services.rooms.quick_replies(turn.person.id)
    words = next((reply.words for reply in kept if reply.id == tap.reply_id), None)
    if words is None:
        raise NotFound("quick reply")
    room = await _room(turn, tap.order_id)
    following = await _say(turn, _fresh(room), _said(turn, words, None))
    if not isinstance(following, Go) or following.step != ROOM:
        return following
    await turn.toast(sent_toast(other_name(room.page), turn.tr))
    return await _entered(turn, tap.order_id)
