"""The door for Crypto Pay's webhooks: only what it signed comes in. TLS is the proxy's in front.

Nothing depends on it: open invoices are asked for anyway. It only makes the news come sooner.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from payments.crypto_pay import answers
from payments.crypto_pay.rail import report
from payments.crypto_pay.signature import is_fresh, is_genuine
from services.bill_rows import BillReport
from services.ports import Clock

BODY_MAX = 1_048_576
PATH, HEADER = "/crypto-pay", "crypto-pay-api-signature"
FINE, MALFORMED, FORBIDDEN, BROKEN = 200, 400, 403, 500
Take = Callable[[BillReport], Awaitable[object]]
log = logging.getLogger(__name__)


class Webhook:
    """Answers 200 only after `take` has written the report down; Crypto Pay repeats the rest."""

    def __init__(self, token: str, clock: Clock, take: Take) -> None:
        self._token = token
        self._clock = clock
        self._take = take
        self._runner: web.AppRunner | None = None

    def application(self) -> web.Application:
        """One address, nothing else."""
        app = web.Application(client_max_size=BODY_MAX)
        app.router.add_post(PATH, self._on_request)
        return app

    async def start(self, port: int) -> None:
        """Listen on this machine only."""
        self._runner = web.AppRunner(self.application(), access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()

    async def stop(self) -> None:
        """Take no more."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _on_request(self, request: web.Request) -> web.Response:
        raw = await request.read()
        if not is_genuine(self._token, raw, request.headers.get(HEADER, "")):
            return web.Response(status=FORBIDDEN)
        try:
            paid = self._read(raw)
        except ValueError:
            return web.Response(status=MALFORMED)
        return web.Response(status=FINE if paid is None else await self._written(paid))

    def _read(self, raw: bytes) -> BillReport | None:
        """None for news that are not ours; raises ValueError for what is stale or no news."""
        update: Mapping[str, object] = answers.mapping(answers.loads(raw))
        if not is_fresh(update.get("request_date"), self._clock.now_ms()):
            raise ValueError("stale")
        if update.get("update_type") != "invoice_paid":
            return None
        return report(answers.invoice(update.get("payload")))

    async def _written(self, paid: BillReport) -> int:
        try:
            await self._take(paid)
        except Exception:
            log.exception("a paid invoice could not be written down; Crypto Pay repeats it")
            return BROKEN
        return FINE
