"""One value, one call: a screen, an album, a document or an invoice becomes a new message.

Whether to edit, send or replace is `present`'s decision; what failed calls mean is `delivery`'s.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, assert_never

from markupsafe import Markup
from telegram import (
    Animation,
    Audio,
    Document,
    InputFile,
    InputMediaAnimation,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    LabeledPrice,
    LinkPreviewOptions,
    Message,
    MessageId,
    PhotoSize,
    Sticker,
    Video,
    VideoNote,
    Voice,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import ExtBot

from bot.kit.cutting import CAPTION_MAX, TEXT_MAX, fit, fit_plain
from bot.kit.keyboards import invoice_keyboard, keyboard
from bot.ui.screen import Album, Invoice, Paper, Picture, Relay, Screen
from market.files import WITHOUT_WORDS, FileRef

OUTBOX = "outbox"
ANSWER = "answer"
TITLE_MAX, DESCRIPTION_MAX, LABEL_MAX = 32, 255, 32
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_GONE = ("message to copy not found", "message can't be copied")
_PICTURES_KEPT = 2_000
_pictures: dict[tuple[int, str], str] = {}

Bot = ExtBot[Any]
Thing = Screen | Album | Relay | Invoice | Paper
Media = (
    InputMediaPhoto | InputMediaVideo | InputMediaAnimation | InputMediaAudio | InputMediaDocument
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a new message goes, and how it is paced: ANSWER to the one who acts, or OUTBOX."""

    chat_id: int
    topic_id: int | None = None
    pace: str = ANSWER
    silent: bool = False

    def options(self) -> dict[str, Any]:
        """What every sending call takes."""
        return {
            "chat_id": self.chat_id,
            "message_thread_id": self.topic_id,
            "disable_notification": self.silent or None,
            "rate_limit_args": self.pace,
        }


async def send(bot: Bot, target: Target, thing: Thing) -> Message | MessageId:
    """Send one value; an album answers its first message, a copy only its id."""
    match thing:
        case Screen(is_quiet=True) if not target.silent:
            return await send(bot, replace(target, silent=True), thing)
        case Screen(media=None):
            return await _send_text(bot, target, thing)
        case Screen():
            return await _send_media(bot, target, thing)
        case Album():
            return await _send_album(bot, target, thing)
        case Relay():
            return await _copy(bot, target, thing)
        case Invoice():
            return await _send_invoice(bot, target, thing)
        case Paper():
            return await _send_paper(bot, target, thing)
        case _:
            assert_never(thing)


async def _send_text(bot: Bot, target: Target, screen: Screen) -> Message:
    return await bot.send_message(
        text=fit(screen.text, TEXT_MAX),
        parse_mode=ParseMode.HTML,
        link_preview_options=NO_PREVIEW,
        reply_markup=keyboard(screen.rows),
        **target.options(),
    )


async def _send_media(bot: Bot, target: Target, screen: Screen) -> Message:
    assert screen.media is not None, "a screen with media"
    name, media = _argument(bot, screen.media)
    method: Callable[..., Awaitable[Message]] = getattr(bot, f"send_{name}")
    message = await method(
        **{name: media},
        **_captioned(screen.media, screen.text),
        reply_markup=keyboard(screen.rows),
        **target.options(),
    )
    remember(bot, screen.media, message)
    return message


async def _copy(bot: Bot, target: Target, relay: Relay) -> Message | MessageId:
    """Telegram copies it; a message that its writer has deleted meanwhile is sent by its file."""
    try:
        return await bot.copy_message(
            from_chat_id=relay.chat_id,
            message_id=relay.message_id,
            **_captioned(relay.file, relay.caption),
            reply_markup=keyboard(relay.rows),
            **target.options(),
        )
    except BadRequest as error:
        if not any(phrase in error.message.lower() for phrase in _GONE):
            raise
    return await _send_media(
        bot, target, Screen(text=relay.caption, rows=relay.rows, media=relay.file)
    )


def _captioned(media: FileRef | Picture, text: Markup) -> dict[str, Any]:
    """The caption, for what may have one."""
    if isinstance(media, FileRef) and media.kind in WITHOUT_WORDS:
        return {}
    return {"caption": fit(text, CAPTION_MAX), "parse_mode": ParseMode.HTML}


async def _send_album(bot: Bot, target: Target, album: Album) -> Message:
    if len(album.files) == 1:
        screen = Screen(text=album.caption, media=album.files[0])
        return await _send_media(bot, target, screen)
    first, *rest = album.files
    media = [
        input_media(bot, first, fit(album.caption, CAPTION_MAX)),
        *(input_media(bot, file, None) for file in rest),
    ]
    messages = await bot.send_media_group(media=media, **target.options())  # type: ignore[arg-type]
    return messages[0]


async def _send_invoice(bot: Bot, target: Target, invoice: Invoice) -> Message:
    return await bot.send_invoice(
        title=fit_plain(invoice.title, TITLE_MAX),
        description=fit_plain(invoice.description, DESCRIPTION_MAX),
        payload=invoice.payload,
        provider_token="",
        currency=invoice.amount.currency.value,
        prices=[LabeledPrice(fit_plain(invoice.title, LABEL_MAX), invoice.amount.minor)],
        # Without a start parameter a forwarded copy could be paid by anyone, many times.
        start_parameter="pay",
        reply_markup=invoice_keyboard(invoice),
        **target.options(),
    )


async def _send_paper(bot: Bot, target: Target, paper: Paper) -> Message:
    return await bot.send_document(
        document=InputFile(paper.content, filename=paper.name),
        caption=fit(paper.caption, CAPTION_MAX),
        parse_mode=ParseMode.HTML,
        reply_markup=keyboard(paper.rows),
        **target.options(),
    )


def input_media(bot: Bot, media: FileRef | Picture, caption: str | None) -> Media:
    """The media as part of an album or of an edit. Voice messages cannot be that."""
    name, value = _argument(bot, media)
    kinds: dict[str, Callable[..., Media]] = {
        "photo": InputMediaPhoto,
        "video": InputMediaVideo,
        "animation": InputMediaAnimation,
        "audio": InputMediaAudio,
        "document": InputMediaDocument,
    }
    return kinds[name](media=value, caption=caption, parse_mode=ParseMode.HTML)


def remember(bot: Bot, media: FileRef | Picture, message: object) -> None:
    """A drawn picture is uploaded once; afterwards Telegram's copy is sent."""
    if isinstance(media, Picture) and isinstance(message, Message) and message.photo:
        if len(_pictures) >= _PICTURES_KEPT:
            del _pictures[next(iter(_pictures))]
        _pictures[bot.id, media.key] = message.photo[-1].file_id


def _argument(bot: Bot, media: FileRef | Picture) -> tuple[str, object]:
    """The method's word for this media and its value: never a plain text.

    PTB opens and uploads a local file when a text happens to be an existing path.
    """
    if isinstance(media, Picture):
        known = _pictures.get((bot.id, media.key))
        return "photo", media.png if known is None else PhotoSize(known, known, 0, 0)
    return media.kind, _by_id(media)


def _by_id(file: FileRef) -> object:
    return _HANDLES[file.kind](file.file_id, file.file_unique_id)


# PTB wants sizes that only Telegram knows; it sends nothing of them but the id.
_HANDLES: dict[str, Callable[[str, str], object]] = {
    "photo": lambda one, unique: PhotoSize(one, unique, 0, 0),
    "video": lambda one, unique: Video(one, unique, 0, 0, 0),
    "animation": lambda one, unique: Animation(one, unique, 0, 0, 0),
    "audio": lambda one, unique: Audio(one, unique, 0),
    "voice": lambda one, unique: Voice(one, unique, 0),
    "document": Document,
    "sticker": lambda one, unique: Sticker(one, unique, 0, 0, False, False, Sticker.REGULAR),  # noqa: FBT003
    "video_note": lambda one, unique: VideoNote(one, unique, 0, 0),
}
