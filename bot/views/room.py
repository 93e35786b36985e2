"""The room of an order: its messages as one screen, what was sent, quick replies."""

from dataclasses import dataclass

from markupsafe import Markup

from bot.i18n import Translator, plain
from bot.ui.screen import Button, Screen
from bot.ui.taps import (
    DropQuick,
    LeaveRoom,
    SendQuick,
    ShowQuick,
    ShowRoom,
    ShowRoomFile,
    StartReport,
    StartSupport,
)
from bot.views.codes import order_code
from bot.views.excerpt import excerpt
from bot.views.reports import ROOM
from bot.views.room_words import file_name, room_words
from bot.views.typed import name_of, one_line
from market.gig import units
from market.policy import Policy
from market.read import OrderCard
from market.room import QuickReply, RoomMessage, RoomPage, closes_ms
from market.states import Role

TEXT_MAX = 3_200
WORDS_MAX = 500
FILES_MAX = 6
QUICK_SHOWN = 3
LABEL_MAX = 36
SUPPORT = 0
PARTIES = frozenset({Role.BUYER, Role.SELLER})
Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A stretch of the room as it is looked at; `before` is where it ends, 0 at the newest."""

    page: RoomPage
    title: str
    before: int
    policy: Policy

    @property
    def order_id(self) -> int:
        """Whose room it is."""
        return self.page.order.id

    @property
    def is_mine(self) -> bool:
        """The reader may write here."""
        return self.page.is_open and self.page.viewer in PARTIES


def room_button(card: OrderCard, tr: Translator) -> list[Button]:
    """The way in from the order, with the number of new messages."""
    if card.order.paid_ms is None or card.viewer not in PARTIES:
        return []
    label = tr.label("💬 Messages")
    if card.unread:
        label = tr.label("💬 Messages ({count} new)", count=card.unread)
    return [Button(label=label, tap=ShowRoom(card.order.id, 0))]


def other_name(page: RoomPage) -> str:
    """The one across the table, fit to be shown."""
    return name_of(page.seller_name if page.viewer is Role.BUYER else page.buyer_name)


def room_screen(room: Room, tr: Translator) -> Screen:
    """As many of the messages as fit, the newest last, and what can be done here."""
    shown = _fitting(room, tr)
    lines = [line for _, line in shown] or [tr("Nothing has been written here yet.")]
    text = Markup("\n\n").join([_head(room, tr), *lines, _foot(room, tr)])
    return Screen(text=text, rows=_rows(room, [message for message, _ in shown], tr))


def _fitting(room: Room, tr: Translator) -> list[tuple[RoomMessage, Markup]]:
    left = TEXT_MAX
    kept: list[tuple[RoomMessage, Markup]] = []
    for message in reversed(room.page.messages):
        line = _line(message, room.page, tr)
        left -= units(plain(line)) + 2
        if left < 0:
            break
        kept.insert(0, (message, line))
    return kept


def _line(message: RoomMessage, page: RoomPage, tr: Translator) -> Markup:
    when = tr.when(message.at_ms, page.now_ms)
    head = tr("<b>{name}</b> · {when}", name=_who(message, page, tr), when=when)
    parts = [head, room_words(message, WORDS_MAX, tr)]
    if message.said.file is not None:
        parts.append(Markup("📎 {}").format(file_name(message.said.file, tr)))
    return Markup("\n").join(part for part in parts if part)


def _who(message: RoomMessage, page: RoomPage, tr: Translator) -> str:
    if message.role is page.viewer:
        return tr.label("You")
    return name_of(page.buyer_name if message.role is Role.BUYER else page.seller_name)


def _head(room: Room, tr: Translator) -> Markup:
    code, title = order_code(room.order_id), one_line(room.title)
    if room.page.viewer is Role.OPERATOR:
        return tr("💬 <b>The room of order {code}</b>\n{title}", code=code, title=title)
    return tr(
        "💬 <b>{name}</b>\nOrder {code} · {title}",
        name=other_name(room.page),
        code=code,
        title=title,
    )


def _foot(room: Room, tr: Translator) -> Markup:
    page, end_ms = room.page, closes_ms(room.page.order, room.policy.windows)
    if page.is_open:
        return _open_foot(room, tr)
    if page.order.paid_ms is None:
        return tr("<i>The room opens with the payment.</i>")
    return tr(
        "<i>This room closed on {date}; everything in it is kept. If something is still open, "
        "write to an operator.</i>",
        date=tr.date(page.now_ms if end_ms is None else end_ms),
    )


def _open_foot(room: Room, tr: Translator) -> Markup:
    if not room.is_mine:
        return tr("<i>Only buyer and seller write here.</i>")
    return tr(
        "<i>Whatever you write or send now goes to {name} at once: text, photos, files, voice. "
        "Nobody sees your Telegram account. It is kept as evidence.</i>",
        name=other_name(room.page),
    )


def _rows(room: Room, shown: list[RoomMessage], tr: Translator) -> Rows:
    files = [_file(message, tr) for message in shown if message.said.file is not None]
    rows = [_pages(room, shown, tr), *_quick_rows(room, tr), *_in_pairs(files[-FILES_MAX:])]
    return (*(row for row in rows if row), _last(room, tr))


def _in_pairs(buttons: list[Button]) -> list[tuple[Button, ...]]:
    return [tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2)]


def _file(message: RoomMessage, tr: Translator) -> Button:
    assert message.said.file is not None, "only messages with a file have this button"
    name = one_line(file_name(message.said.file, tr), 20)
    tap = ShowRoomFile(message.order_id, message.number)
    return Button(label=f"📎 {tr.number(message.number)}. {name}", tap=tap)


def _pages(room: Room, shown: list[RoomMessage], tr: Translator) -> tuple[Button, ...]:
    has_earlier = room.page.has_earlier or len(shown) < len(room.page.messages)
    made = []
    if has_earlier and shown:
        earlier = ShowRoom(room.order_id, shown[0].number)
        made.append(Button(label=tr.label("Earlier messages"), tap=earlier))
    if room.before:
        newest = ShowRoom(room.order_id, 0)
        made.append(Button(label=tr.label("Newest messages"), tap=newest))
    return tuple(made)


def _quick_rows(room: Room, tr: Translator) -> list[tuple[Button, ...]]:
    """Sellers keep sentences that they need again and again."""
    if not room.is_mine or room.page.viewer is not Role.SELLER:
        return []
    kept = room.page.quick_replies
    few = [(_quick(room.order_id, reply),) for reply in kept[:QUICK_SHOWN]]
    label = tr.label("⚡ All quick replies") if kept else tr.label("⚡ Quick replies")
    return [*few, (Button(label=label, tap=ShowQuick(room.order_id)),)]


def _quick(order_id: int, reply: QuickReply) -> Button:
    label = excerpt(f"⚡ {one_line(reply.words)}", LABEL_MAX)
    return Button(label=label, tap=SendQuick(order_id, reply.id))


def _last(room: Room, tr: Translator) -> tuple[Button, ...]:
    leave = Button(label=tr.label("Open the order"), tap=LeaveRoom(room.order_id))
    if room.page.viewer not in PARTIES:
        return (leave,)
    if not room.page.is_open:
        ask = Button(label=tr.label("Ask an operator"), tap=StartSupport(SUPPORT, room.order_id))
        return leave, ask
    flag = StartReport(ROOM, room.order_id, room.order_id)
    return leave, Button(label=tr.label("🚩 Report"), tap=flag)


def prompt_screen(name: str, order_id: int, tr: Translator) -> Screen:
    """The person stands in the room: what is written goes out."""
    text = tr(
        "✍️ Write to <b>{name}</b> (order {code}): text, photos, files or voice. Everything you "
        "send goes out at once.",
        name=name,
        code=order_code(order_id),
    )
    return Screen(text=text, rows=(_ways(order_id, tr),))


def sent_screen(name: str, order_id: int, tr: Translator, *, is_looked_at: bool) -> Screen:
    """A quiet tick; after the third warned message, who will look at it."""
    text = tr("✓ Sent to {name}.", name=name)
    if is_looked_at:
        note = tr("An operator will look at this conversation.")
        text = Markup("{}\n{}").format(text, note)
    return Screen(text=text, rows=(_ways(order_id, tr),), is_quiet=True)


def sent_toast(name: str, tr: Translator) -> str:
    """The same after a tap."""
    return tr.label("✓ Sent to {name}.", name=name)


def _ways(order_id: int, tr: Translator) -> tuple[Button, ...]:
    return (
        Button(label=tr.label("💬 Messages"), tap=ShowRoom(order_id, 0)),
        Button(label=tr.label("Leave the room"), tap=LeaveRoom(order_id)),
    )


def quick_screen(
    replies: tuple[QuickReply, ...], order_id: int, tr: Translator, policy: Policy
) -> Screen:
    """All of them; a text that is sent now is kept as another one."""
    limits = policy.limits
    text = tr(
        "⚡ <b>Quick replies</b>\nTap one to send it. To keep a new one, write it to me now (at "
        "most {most} characters); {count} of {all} are kept.",
        most=limits.quick_reply_max,
        count=len(replies),
        all=limits.quick_replies_max,
    )
    rows = [(_quick(order_id, reply), _drop(order_id, reply, tr)) for reply in replies]
    back = Button(label=tr.label("Back to the room"), tap=ShowRoom(order_id, 0))
    return Screen(text=text, rows=(*rows, (back,)))


def _drop(order_id: int, reply: QuickReply, tr: Translator) -> Button:
    return Button(label=tr.label("Remove"), tap=DropQuick(order_id, reply.id))


def quick_question(order_id: int, tr: Translator) -> Screen:
    """The same without the list, when something else came in between."""
    text = tr("⚡ Write a sentence that I should keep as a quick reply, or go back to the room.")
    every = Button(label=tr.label("⚡ All quick replies"), tap=ShowQuick(order_id))
    back = Button(label=tr.label("Back to the room"), tap=ShowRoom(order_id, 0))
    return Screen(text=text, rows=((every, back),))


def wants_sayable(tr: Translator) -> Markup:
    """A contact or a place came."""
    return tr(
        "I cannot pass this kind of message on. Send text, photos, videos, files, voice messages "
        "or stickers; contacts and locations stay with you."
    )


def cannot_correct(tr: Translator) -> Markup:
    """An edited message that is none of this room's last ones."""
    return tr(
        "You have edited a message that is not among the last ones of this room, so I cannot pass "
        "the correction on. Please send it as a new message."
    )
