"""Questions and provider calls to Telegram: refunds, rights, topics, bytes. Messages elsewhere."""

from dataclasses import dataclass

from telegram import ChatMemberAdministrator, ChatMemberMember, ChatMemberOwner
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.kit.outcomes import outcome_of
from bot.kit.request import AiohttpRequest
from bot.kit.sending import Bot
from services.ports import Clock
from services.rows import SendOutcome, Sent, ToRead

READ_BYTES_MAX = 20 * 1024 * 1024

_DONE_BEFORE = "charge_already_refunded"


@dataclass(frozen=True, slots=True)
class StarsGateway:
    """Implements services.ports.Stars."""

    bot: Bot
    clock: Clock

    async def refund(self, telegram_id: int, charge_id: str) -> SendOutcome:
        """Send the whole charge back; Telegram does that once however often it is asked."""
        try:
            await self.bot.refund_star_payment(telegram_id, charge_id)
        except BadRequest as error:
            if _DONE_BEFORE in error.message.lower():
                return Sent()
            return outcome_of(error, self.clock.now_ms())
        except TelegramError as error:
            return outcome_of(error, self.clock.now_ms())
        return Sent()


@dataclass(frozen=True, slots=True)
class ChatsGateway:
    """Implements services.ports.Chats."""

    bot: Bot

    async def may_post(self, chat_id: int) -> bool:
        """The bot may write there: as a member of a group, or with the right in a channel."""
        try:
            chat = await self.bot.get_chat(chat_id)
            member = await self.bot.get_chat_member(chat_id, self.bot.id)
        except (BadRequest, Forbidden):
            return False
        if chat.type == chat.CHANNEL:
            return isinstance(member, ChatMemberAdministrator) and bool(member.can_post_messages)
        return isinstance(member, ChatMemberAdministrator | ChatMemberOwner | ChatMemberMember)

    async def title(self, chat_id: int) -> str:
        """What the chat is called; empty when the bot may not know."""
        try:
            return (await self.bot.get_chat(chat_id)).title or ""
        except (BadRequest, Forbidden):
            return ""

    async def create_topic(self, chat_id: int, name: str) -> int:
        """A new forum topic; raises PermissionError without the right to manage topics."""
        try:
            topic = await self.bot.create_forum_topic(chat_id, name)
        except (BadRequest, Forbidden) as error:
            raise PermissionError(error.message) from error
        return topic.message_thread_id


@dataclass(frozen=True, slots=True)
class FilesGateway:
    """Implements services.ports.Files."""

    bot: Bot

    async def fingerprint(self, file: ToRead) -> str:
        """The hash of the bytes; empty for what Telegram gives no bot to read."""
        if file.size > READ_BYTES_MAX:
            return ""
        try:
            found = await self.bot.get_file(file.file_id)
        except (BadRequest, Forbidden):
            return ""
        request, path = self.bot.request, found.file_path or ""
        assert isinstance(request, AiohttpRequest), "files come over our own transport"
        return await request.fingerprint(path) if path.startswith("http") else ""
