"""The composition root: settings become a running house. Everything is wired here, by hand."""

import asyncio
import gc
import signal
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import structlog
from telegram.error import NetworkError, RetryAfter
from telegram.ext import Application, ApplicationBuilder

from bot.config import Misconfigured, Settings
from bot.kit.apology import Apology
from bot.kit.client import Client, client
from bot.kit.delivery import Delivery
from bot.kit.doorway import Doorway
from bot.kit.errors import record
from bot.kit.finishing import Finishing
from bot.kit.gateway import FilesGateway, StarsGateway
from bot.kit.inbox import Inbox
from bot.kit.lanes import Desk, LaneProcessor
from bot.kit.menu import announce_menu
from bot.kit.pace import PACE, Pace
from bot.kit.routing import commands_of
from bot.kit.stopping import unless
from bot.kit.turn import DRAWER
from bot.kit.witness import Witness
from bot.pictures.draw import Drawer
from bot.routes import flows_of, routes_of
from market.deadlines import MINUTE_MS
from payments.crypto_pay.till import Key, Till
from payments.stars import StarsRail
from scheduler.runner import Runner
from scheduler.sweeps import Sweep, sweeps
from services.ports import Clock, Ids, Rail
from services.registry import Services, wire
from storage.backup import keep_one
from storage.cipher import Cipher
from storage.opening import OpenStorage, open_storage

START_WAITS_S = (1.0, 2.0, 5.0, 10.0)
STOP_S = 6.0
BACKUP_MS = 15 * MINUTE_MS
log = structlog.get_logger(__name__)
App = Application[Any, Any, Any, Any, Any, Any]


@dataclass(slots=True, kw_only=True)
class House:
    """Everything that runs, and how it starts and stops."""

    application: App
    bot: Client
    storage: OpenStorage
    services: Services
    inbox: Inbox
    runner: Runner
    drawer: Drawer
    till: Till | None = None
    _menu: asyncio.Task[None] | None = field(default=None)

    async def run(self) -> None:
        """Serve until SIGTERM or SIGINT."""
        stop = asyncio.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
        try:
            if await unless(stop, self._start()):
                log.info("polling", bot=self.bot.username)
                await unless(stop, self.inbox.run())
        finally:
            await self._stop()

    async def _start(self) -> None:
        await self._greet()
        log.info("starting")
        await self.drawer.start()
        policy = self.services.policy
        menu = announce_menu(self.bot, policy.operators, policy.owner_ids)
        self._menu = asyncio.create_task(menu)
        gc.freeze()  # what was loaded stays; no collection looks at it again
        await self.inbox.stand_by()
        await self._take_charge()

    async def _take_charge(self) -> None:
        """From here on this process writes.

        No money leaves before the first audit has ended, which the runner begins at once; people
        are served meanwhile.
        """
        if gap_ms := await self.services.upkeep.mend_outage():
            log.warning("deadlines_moved", by_s=gap_ms // 1_000)
        await self.services.upkeep.hold_money()
        if self.till is not None:
            await _open(self.till)
        self.runner.start()

    async def _greet(self) -> None:
        """Telegram may be out of reach for a moment; a token that it refuses stays refused."""
        for wait_s in START_WAITS_S:
            try:
                return await self.application.initialize()
            except (NetworkError, RetryAfter) as error:
                log.warning("telegram_out_of_reach", reason=error.message, again_in_s=wait_s)
                await asyncio.sleep(wait_s)
        return await self.application.initialize()

    async def _stop(self) -> None:
        """Within ten seconds; what is left is in the inbox and the outbox."""
        if self._menu is not None:
            log.info("stopping")
            self._menu.cancel()
        await asyncio.gather(self.inbox.finish(STOP_S), self.runner.stop(STOP_S))
        if self.till is not None:
            await self.till.close()
        await self.drawer.stop()
        await self.application.shutdown()
        await self.bot.hang_up()
        await self.storage.close()


async def build(settings: Settings, clock: Clock, ids: Ids) -> House:
    """Wire settings, storage, services, rails, routes, lanes and sweeps."""
    storage = await open_storage(settings.database, cipher=Cipher(settings.sealing_key()))
    services = wire(storage, clock, ids, settings.policy())
    token, has_limits = settings.token.get_secret_value(), settings.has_limits
    bot = client(token, settings.base_url, has_limits=has_limits)
    drawer, lanes = Drawer(), LaneProcessor()
    application = _application(bot, lanes, services, clock)
    witness, dispatch = Witness(clock), application.process_update
    application.bot_data[DRAWER] = drawer
    if has_limits:
        application.bot_data[PACE] = Pace()
    language = settings.group_language
    messenger = Delivery(
        bot=bot, services=services, clock=clock, drawer=drawer, group_language=language
    )
    stars = StarsGateway(bot, clock)
    rails: dict[str, Rail] = {StarsRail.name: StarsRail(stars)}
    till = _till(settings, clock, services, bot)
    if till is not None:
        rails[till.rail.name] = till.rail
    table = sweeps(services, messenger, rails, FilesGateway(bot), stars)
    if settings.backups is not None:
        table += (Sweep("backup", BACKUP_MS, partial(_back_up, settings, clock)),)
    return House(
        application=application,
        bot=bot,
        storage=storage,
        services=services,
        inbox=Inbox(bot, intake=services.intake, lanes=lanes, dispatch=dispatch, witness=witness),
        runner=Runner(
            table,
            record=services.upkeep.run,
            stir=services.post.stir,
            in_charge=services.intake.in_charge,
        ),
        drawer=drawer,
        till=till,
    )


async def _back_up(settings: Settings, clock: Clock) -> None:
    key, folder = settings.sealing_key(), settings.backup_folder()
    await keep_one(settings.database, folder, key=key, now_ms=clock.now_ms())


def _till(settings: Settings, clock: Clock, services: Services, bot: Client) -> Till | None:
    """Crypto Pay, where the house has a token for it."""
    if not settings.has_crypto_pay:
        return None
    key = Key(
        token=settings.crypto_pay_token.get_secret_value(),
        base_url=settings.crypto_pay_base_url,
        webhook_port=settings.crypto_pay_webhook_port,
    )
    return Till(key, clock, services.bills, lambda: f"https://t.me/{bot.username}")


async def _open(till: Till) -> None:
    try:
        await till.open()
    except OSError as error:
        raise Misconfigured(f"GIGHAAT_CRYPTO_PAY_WEBHOOK_PORT: {error}") from None


def _application(bot: Client, lanes: LaneProcessor, services: Services, clock: Clock) -> App:
    builder = ApplicationBuilder().bot(bot).updater(None).job_queue(None)
    application = builder.concurrent_updates(lanes).build()
    flows = flows_of(services)
    routes = routes_of(services, flows)
    application.add_handlers(routes)
    application.add_error_handler(record)
    desk = Desk(
        keeper=Finishing(services.intake),
        clock=clock,
        dispatch=application.process_update,
        prepare=Doorway(flows, commands_of(routes)).prepare,
        apologise=Apology(bot, services),
    )
    lanes.work_with(desk)
    return application
