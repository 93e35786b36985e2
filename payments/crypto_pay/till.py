"""Everything of Crypto Pay that opens and closes with the house: connections, rail, webhooks."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from payments.crypto_pay.client import CryptoPay
from payments.crypto_pay.rail import CryptoPayRail
from payments.crypto_pay.webhook import Webhook
from services.bills import BillService
from services.ports import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """How Crypto Pay is reached, and where its webhooks come in (None: nowhere)."""

    token: str
    base_url: str
    webhook_port: int | None = None


class Till:
    """Webhooks are optional: open invoices are asked for in any case."""

    def __init__(self, key: Key, clock: Clock, bills: BillService, back: Callable[[], str]) -> None:
        self._client = CryptoPay(key.token, key.base_url)
        self._port = key.webhook_port
        self.rail = CryptoPayRail(self._client, clock, back)
        self._webhook = Webhook(key.token, clock, partial(bills.reported, self.rail.name))

    async def open(self) -> None:
        """Begin to listen, where that is wanted."""
        if self._port is not None:
            await self._webhook.start(self._port)

    async def close(self) -> None:
        """Take no more webhooks and hang up."""
        await self._webhook.stop()
        await self._client.close()


async def app_name(key: Key) -> str:
    """What the token belongs to; raises what the client raises."""
    client = CryptoPay(key.token, key.base_url)
    try:
        return await client.app_name()
    finally:
        await client.close()
