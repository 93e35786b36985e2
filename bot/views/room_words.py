"""What one message of a room says, for the room's screen, the notice and operators alike."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Screen
from bot.views.codes import order_code
from bot.views.excerpt import excerpt
from bot.views.programs import beside_programs
from bot.views.typed import cleaned, one_line
from market.files import FileRef
from market.room import RoomMessage

WHOLE_MAX = 3_000
CORRECTED = "✏️ "


def room_words(message: RoomMessage, most: int, tr: Translator) -> Markup:
    """The words; a correction and a message that was warned of say so. May be empty."""
    said = message.said.words
    words: Markup | str = excerpt(cleaned(said.removeprefix(CORRECTED)).strip(), most)
    if said.startswith(CORRECTED):
        words = tr("✏️ <i>corrected:</i> {words}", words=words)
    if message.is_flagged:
        words = Markup("⚠️ {}").format(words)
    return Markup.escape(words)


def file_name(file: FileRef, tr: Translator) -> str:
    """A file's own name, or what it is."""
    names = {
        "photo": tr.label("photo"),
        "video": tr.label("video"),
        "audio": tr.label("audio"),
        "voice": tr.label("voice message"),
        "animation": tr.label("animation"),
        "sticker": tr.label("sticker"),
        "video_note": tr.label("round video"),
        "document": tr.label("file"),
    }
    return one_line(file.name) or names[file.kind]


def file_screen(message: RoomMessage, tr: Translator) -> Screen:
    """The file of a message, named by its place in the room."""
    assert message.said.file is not None, "the message has a file"
    caption = tr(
        "📎 Message {number} of order {code}",
        number=message.number,
        code=order_code(message.order_id),
    )
    text = beside_programs(caption, (message.said.file,), tr)
    return Screen(text=text, media=message.said.file)
