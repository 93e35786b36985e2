"""The whole front end in one process: real routes over real services, with a scripted Telegram."""

import hashlib
import sqlite3
from collections.abc import Iterable
from typing import Any

from telegram.ext import Application, ApplicationBuilder

from bot.kit.client import Client
from bot.kit.doorway import Doorway
from bot.kit.errors import record
from bot.kit.pace import PACE, Pace
from bot.kit.routing import commands_of
from bot.kit.sessions import Live, Session, enter, leave
from bot.routes import flows_of, routes_of
from tests.support.telegram import Person, ScriptedRequest, parsed, scripted_bot
from tests.support.town import Town

# What any update may write: that it came, where a conversation stands, which keys were used.
PASSING = frozenset({"inbox", "session", "command"})


class Office:
    """Takes updates one after the other; each finds the session that it is given."""

    def __init__(self, town: Town, bot: Client, telegram: ScriptedRequest) -> None:
        self.town = town
        self.bot = bot
        self.telegram = telegram
        flows = flows_of(town.services)
        routes = routes_of(town.services, flows)
        builder = ApplicationBuilder().bot(bot).updater(None).job_queue(None)
        self.application: Application[Any, Any, Any, Any, Any, Any] = builder.build()
        self.application.add_handlers(routes)
        self.application.add_error_handler(record)
        self._prepare = Doorway(flows, commands_of(routes)).prepare

    @classmethod
    async def open(cls, town: Town, pace: Pace | None = None) -> "Office":
        """The application is ready; people may go as fast as they like unless told otherwise."""
        bot, telegram = await scripted_bot()
        office = cls(town, bot, telegram)
        await office.application.initialize()
        if pace is not None:
            office.application.bot_data[PACE] = pace
        return office

    async def takes(self, raw: dict[str, Any], session: Session | None = None) -> None:
        """Answer one update; a failure that no handler turned into an answer is raised."""
        update = parsed(raw, self.bot)
        user, chat = update.effective_user, update.effective_chat
        live = Live(
            session=session or Session(chat.id if chat else 0, user.id if user else 0),
            now_ms=self.town.clock.now_ms(),
        )
        token = enter(live)
        try:
            self._prepare(live.session, update)
            await self.application.process_update(update)
        finally:
            leave(token)
        if live.failure is not None:
            raise live.failure

    async def taps(self, telegram_id: int, data: str, name: str = "") -> list[str]:
        """A tap in the private chat; every text that came of it."""
        self.telegram.calls.clear()
        await self.takes(_known(telegram_id, name).taps(data))
        return self.said()

    async def says(self, telegram_id: int, text: str, name: str = "") -> list[str]:
        """A message in the private chat; every text that came of it."""
        self.telegram.calls.clear()
        await self.takes(_known(telegram_id, name).says(text))
        return self.said()

    def said(self) -> list[str]:
        """Screens and toasts since the calls were cleared."""
        toasts = [d.get("text", "") for d in self.telegram.named("answerCallbackQuery")]
        return [text for text in (*self.telegram.texts(), *toasts) if text]


def _known(telegram_id: int, name: str) -> Person:
    """Somebody whose name is the one the house knows, so that arriving writes nothing."""
    return Person(telegram_id, name or "Ann", "en")


def digests(connection: sqlite3.Connection) -> dict[str, str]:
    """Every table's contents as a hash, the passing ones left out."""
    return {table: _digest(connection, table) for table in tables(connection)}


def tables(connection: sqlite3.Connection) -> list[str]:
    """The house's tables."""
    named = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " ORDER BY name"
    )
    return [name for (name,) in map(tuple, named) if name not in PASSING]


def _digest(connection: sqlite3.Connection, table: str) -> str:
    rows: Iterable[Any] = connection.execute(f"SELECT * FROM {table}")
    return hashlib.sha256("\n".join(sorted(repr(tuple(row)) for row in rows)).encode()).hexdigest()
