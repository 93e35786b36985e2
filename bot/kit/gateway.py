"""Questions and provider calls to Telegram: refunds, rights, topics, bytes. Messages elsewhere."""

from dataclasses import dataclass, replace

from telegram import (
    ChatMemberAdministrator,
    ChatMemberMember,
    ChatMemberOwner,
    StarTransaction,
    TransactionPartnerUser,
)
from telegram.constants import TransactionPartnerUser as Partner
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.kit.outcomes import outcome_of
from bot.kit.request import AiohttpRequest
from bot.kit.sending import Bot
from market.money import Currency, Money
from services.feed_rows import FeedRow, StarsBalance
from services.payments import STARS
from services.ports import Clock
from services.rows import SendOutcome, Sent, ToRead

READ_BYTES_MAX = 20 * 1024 * 1024

_DONE_BEFORE = "charge_already_refunded"


@dataclass(frozen=True, slots=True)
class StarsGateway:
    """Implements services.ports.Stars and StarsFeed."""

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

    async def transactions(self, *, offset: int, limit: int) -> tuple[FeedRow, ...]:
        """What came in and went out, the oldest first."""
        found = await self.bot.get_star_transactions(offset=offset, limit=limit)
        return tuple(_feed_row(one) for one in found.transactions)

    async def balance(self) -> StarsBalance:
        """What the bot has now."""
        found = await self.bot.get_my_star_balance()
        return StarsBalance(found.amount, has_extra=bool(found.nanostar_amount))


def _feed_row(one: StarTransaction) -> FeedRow:
    """A refund is a line of its own with the id of its payment and the other direction."""
    partner = one.source or one.receiver
    row = FeedRow(
        rail=STARS,
        external_id=one.id,
        direction="out" if one.source is None else "in",
        kind="nobody" if partner is None else partner.type,
        amount=Money(one.amount, Currency.XTR),
        at_ms=int(one.date.timestamp() * 1_000),
        has_extra=bool(one.nanostar_amount),
    )
    return _of_person(row, partner) if isinstance(partner, TransactionPartnerUser) else row


def _of_person(row: FeedRow, partner: TransactionPartnerUser) -> FeedRow:
    is_invoice = partner.transaction_type == Partner.INVOICE_PAYMENT
    return replace(
        row,
        kind="invoice" if is_invoice else "person",
        telegram_id=partner.user.id,
        payload=partner.invoice_payload or "",
        has_extra=row.has_extra or partner.affiliate is not None,
    )


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
