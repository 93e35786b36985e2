"""An update was given up: its person is told, with the code that operators find it by."""

from dataclasses import dataclass

import structlog
from telegram import Update
from telegram.error import TelegramError

from bot.i18n import translator
from bot.kit.present import Reply
from bot.kit.sending import Bot
from bot.kit.turn import is_somebody, topic_of
from bot.views.apology import apology_screen
from services.registry import Services
from services.rows import InboxRow

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Apology:
    """Called by the lane after the last try; it never fails itself."""

    bot: Bot
    services: Services

    async def __call__(self, update: Update, row: InboxRow) -> None:
        """Say sorry where the person was."""
        user, chat = update.effective_user, update.effective_chat
        if user is None or chat is None or not is_somebody(update):
            return
        person = await self.services.people.arrive(
            user.id, name=user.full_name, username=user.username, language_code=user.language_code
        )
        topic_id, tap = topic_of(update.effective_message), update.callback_query
        reply = Reply(self.bot, chat_id=chat.id, topic_id=topic_id, tap=tap)
        try:
            await reply.close()
            tr = translator(person.language, person.zone)
            await reply.send(apology_screen(str(row.id), tr))
        except TelegramError as error:
            log.warning("apology_not_sent", row=row.id, reason=error.message)
