"""Answers to the person who acts: decides edit, send or replace, and answers each tap once."""

from telegram import CallbackQuery, Message
from telegram.error import BadRequest, Forbidden

from bot.kit.cutting import TOAST_MAX, fit_plain
from bot.kit.editing import Spot, edit, says
from bot.kit.sending import Bot, Target, Thing, send
from bot.ui.screen import Picture, Screen
from market.files import FileRef

_IS_GONE = ("message to delete not found",)
_TOO_LATE = ("query is too old", "query_id_invalid", "query id is invalid")


class Reply:
    """What one turn says. The first screen after a tap takes the tapped message's place."""

    def __init__(
        self, bot: Bot, *, chat_id: int, topic_id: int | None, tap: CallbackQuery | None
    ) -> None:
        self._bot = bot
        self._target = Target(chat_id=chat_id, topic_id=topic_id)
        self._tap = tap
        self._is_answered = tap is None
        self._tapped = _tapped(tap)

    async def show(self, screen: Screen) -> None:
        """Edit the tapped message into the screen, or send it."""
        tapped, self._tapped = self._tapped, None
        if tapped is None or not await self._turned(tapped, screen):
            await self.send(screen)
            await self._retire(tapped)

    def keep_tapped(self) -> None:
        """The tapped message stays; screens are sent."""
        self._tapped = None

    async def send(self, thing: Thing) -> None:
        """A new message. Somebody who has just blocked the bot reads nothing more."""
        try:
            await send(self._bot, self._target, thing)
        except Forbidden:
            return

    async def take_away(self, message_id: int) -> bool:
        """Delete a message of the person; one that is gone already is gone."""
        try:
            await self._bot.delete_message(self._target.chat_id, message_id)
        except BadRequest as error:
            return says(error, *_IS_GONE)
        except Forbidden:
            return False
        return True

    async def toast(self, text: str, *, alert: bool = False) -> None:
        """Answer the tap; Telegram takes one answer, so later ones are not sent."""
        if self._is_answered or self._tap is None:
            return
        self._is_answered = True
        try:
            await self._bot.answer_callback_query(
                self._tap.id, fit_plain(text, TOAST_MAX) or None, show_alert=alert or None
            )
        except BadRequest as error:
            if not says(error, *_TOO_LATE):
                raise

    async def close(self) -> None:
        """The turn is over: a tap that nobody answered gets its empty answer."""
        await self.toast("")

    async def _turned(self, tapped: Message, screen: Screen) -> bool:
        if not _fits(tapped, screen.media):
            return False
        spot = Spot(tapped.chat_id, tapped.message_id)
        try:
            return await edit(self._bot, spot, screen, new_media=not _is_same(tapped, screen.media))
        except Forbidden:
            return True

    async def _retire(self, tapped: Message | None) -> None:
        """Take the buttons off a message that a new one has replaced; an invoice keeps Pay."""
        if tapped is None or tapped.reply_markup is None or tapped.invoice is not None:
            return
        try:
            await self._bot.edit_message_reply_markup(tapped.chat_id, tapped.message_id)
        except (BadRequest, Forbidden):
            return


def _tapped(tap: CallbackQuery | None) -> Message | None:
    message = tap.message if tap else None
    return message if isinstance(message, Message) and message.is_accessible else None


def _fits(tapped: Message, media: FileRef | Picture | None) -> bool:
    """Text becomes text and media becomes media; nothing becomes or was a voice message."""
    if tapped.invoice is not None or tapped.media_group_id is not None:
        return False
    if media is None:
        return tapped.text is not None
    is_voice = isinstance(media, FileRef) and media.kind == "voice" and not _is_same(tapped, media)
    return tapped.text is None and tapped.effective_attachment is not None and not is_voice


def _is_same(tapped: Message, media: FileRef | Picture | None) -> bool:
    if not isinstance(media, FileRef):
        return False
    held = tapped.effective_attachment
    parts = held if isinstance(held, list | tuple) else (held,)
    return any(getattr(part, "file_unique_id", None) == media.file_unique_id for part in parts)
