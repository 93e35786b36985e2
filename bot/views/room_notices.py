"""Messages of a room as the other side gets them: who writes, in which order, and a way to answer.

Words are written anew here; a file is copied by Telegram from where it lies.
"""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Relay, Screen
from bot.ui.taps import ReplyInRoom, ShowRoom, ShowRoomFile, StartReport
from bot.views.codes import order_code
from bot.views.excerpt import excerpt
from bot.views.outside import outside_words
from bot.views.programs import program_words
from bot.views.reading import Reading
from bot.views.reports import ROOM
from bot.views.room_words import room_words
from bot.views.typed import name_of, one_line
from market.files import WITHOUT_WORDS, is_program
from market.gig import units
from market.notices import Message
from market.read import OrderCard
from market.room import RoomMessage
from market.states import Role

WORDS_MAX, CAPTION_MAX, WARNED_MAX, TITLE_MAX = 3_000, 700, 300, 40
LABEL_MAX = 36
Rows = tuple[tuple[Button, ...], ...]


def words_notice(_message: Message, reading: Reading, tr: Translator) -> Screen | None:
    """A message in words."""
    if reading.card is None or reading.said is None:
        return None
    text = _text(reading.card, reading.said, WORDS_MAX, tr)
    return Screen(text=text, rows=_rows(reading.said, tr))


def file_notice(message: Message, reading: Reading, tr: Translator) -> Relay | None:
    """A message with a file; its own caption is replaced by ours, which was looked over."""
    card, said = reading.card, reading.said
    chat_id, message_id = message.facts.get("chat_id"), message.facts.get("message_id")
    if card is None or said is None or said.said.file is None:
        return None
    assert isinstance(chat_id, int), "a file lies in a chat"
    assert isinstance(message_id, int), "a file lies in a message"
    rows = _rows(said, tr)
    if said.said.file.kind in WITHOUT_WORDS:
        rows = _speaking_rows(card, said, tr)
    return Relay(
        chat_id=chat_id,
        message_id=message_id,
        caption=_text(card, said, _most(said), tr),
        file=said.said.file,
        rows=rows,
    )


def _text(card: OrderCard, said: RoomMessage, most: int, tr: Translator) -> Markup:
    warning = program_words([said.said.file] if said.said.file else (), tr)
    parts = [_head(card, said, tr), warning, room_words(said, most, tr)]
    if said.is_flagged:
        parts.append(outside_words(tr))
    return Markup("\n\n").join(part for part in parts if part)


def _most(said: RoomMessage) -> int:
    """How many words a caption has room for: a warning stands there, too."""
    is_warned = said.said.file is not None and is_program(said.said.file)
    return WARNED_MAX if is_warned else CAPTION_MAX


def _head(card: OrderCard, said: RoomMessage, tr: Translator) -> Markup:
    return tr(
        "💬 <b>{name}</b> · order {code} · {title}",
        name=_author(card, said),
        code=order_code(card.order.id),
        title=one_line(card.gig.title, TITLE_MAX),
    )


def _author(card: OrderCard, said: RoomMessage) -> str:
    return name_of(card.buyer_name if said.role is Role.BUYER else card.seller_name)


def _rows(said: RoomMessage, tr: Translator) -> Rows:
    order_id = said.order_id
    row = [
        Button(label=tr.label("Reply"), tap=ReplyInRoom(order_id), style="primary"),
        Button(label=tr.label("💬 Messages"), tap=ShowRoom(order_id, 0)),
    ]
    if said.is_flagged:
        flag = StartReport(ROOM, order_id, order_id)
        row.append(Button(label=tr.label("🚩 Report"), tap=flag))
    if said.said.file is not None and units(said.said.words) > _most(said):
        whole = ShowRoomFile(order_id, said.number)
        return tuple(row), (Button(label=tr.label("The whole text"), tap=whole),)
    return (tuple(row),)


def _speaking_rows(card: OrderCard, said: RoomMessage, tr: Translator) -> Rows:
    """A sticker stands over no text, so its button says who it is from."""
    label = tr.label(
        "{name} ({code}): reply", name=_author(card, said), code=order_code(card.order.id)
    )
    tap = ReplyInRoom(said.order_id)
    return ((Button(label=excerpt(label, LABEL_MAX), tap=tap),),)
