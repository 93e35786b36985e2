"""A house on SQLite with a scripted Telegram: what most tests of the kit need."""

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from telegram.ext import Application, ApplicationBuilder

from bot.kit.apology import Apology
from bot.kit.client import Client
from bot.kit.dialog import routes_of
from bot.kit.doorway import Doorway
from bot.kit.errors import record
from bot.kit.finishing import Finishing
from bot.kit.flows import Flow
from bot.kit.home import ways_home
from bot.kit.inbox import Inbox
from bot.kit.lanes import HELD, Desk, LaneProcessor
from bot.kit.routing import Route
from bot.kit.witness import Witness
from market.policy import Policy
from services.registry import Services, wire
from services.rows import SessionRow
from storage import OpenStorage
from tests.support.clock import SeededIds, SettableClock
from tests.support.telegram import ScriptedRequest, parsed, scripted_bot

START_MS = 1_700_000_000_000


@dataclass
class Desktop:
    """Everything around one application."""

    services: Services
    clock: SettableClock
    bot: Client
    telegram: ScriptedRequest

    def application(self, routes: Sequence[Route], flows: Sequence[Flow] = ()) -> "Running":
        """An application with these routes and flows over the same database."""
        lanes = LaneProcessor()
        builder = ApplicationBuilder().bot(self.bot).updater(None).job_queue(None)
        application = builder.concurrent_updates(lanes).build()
        for flow in flows:
            application.add_handlers(routes_of(self.services, flow))
        application.add_handlers([*routes, *ways_home(self.services)])
        application.add_error_handler(record)
        lanes.work_with(
            Desk(
                keeper=Finishing(self.services.intake),
                clock=self.clock,
                dispatch=application.process_update,
                prepare=Doorway(flows, {"orders"}).prepare,
                apologise=Apology(self.bot, self.services),
                waits_s=(0.0,),
            )
        )
        return Running(self, application, lanes)


@dataclass
class Running:
    """One application that takes updates."""

    desktop: Desktop
    application: Application[Any, Any, Any, Any, Any, Any]
    lanes: LaneProcessor

    async def takes(self, *raws: dict[str, Any]) -> None:
        """Store and handle updates one after the other, as the inbox does."""
        await self.application.initialize()
        for raw in raws:
            await self.desktop.services.intake.store([raw], bot_id=7)
            for row in await self.desktop.services.intake.pending(after_id=0, limit=100):
                HELD.set(row)
                update = parsed(json.loads(row.raw), self.desktop.bot)
                dispatch = self.application.process_update(update)
                await self.lanes.process_update(update, dispatch)

    async def session(self, telegram_id: int = 11) -> SessionRow | None:
        """The stored session of a private chat."""
        return await self.desktop.services.intake.session(telegram_id, telegram_id)

    def inbox(self) -> Inbox:
        """An inbox that feeds this application."""
        return Inbox(
            self.desktop.bot,
            intake=self.desktop.services.intake,
            lanes=self.lanes,
            dispatch=self.application.process_update,
            witness=Witness(self.desktop.clock),
        )


@pytest.fixture
async def desktop(sqlite_storage: OpenStorage) -> AsyncIterator[Desktop]:
    """A house with an empty database."""
    clock = SettableClock(START_MS)
    services = wire(sqlite_storage, clock, SeededIds(), Policy(operators=frozenset({99})))
    bot, telegram = await scripted_bot()
    yield Desktop(services, clock, bot, telegram)
    await bot.shutdown()
