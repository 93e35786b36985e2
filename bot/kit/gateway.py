"""Questions and provider calls to Telegram: refunds, rights, topics. Messages go elsewhere."""

from dataclasses import dataclass

from telegram import ChatMemberAdministrator, ChatMemberMember, ChatMemberOwner
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.kit.outcomes import outcome_of
from bot.kit.sending import Bot
from services.ports import Clock
from services.rows import SendOutcome, Sent

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
