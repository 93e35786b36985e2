"""Webhook delivery: one update at a time, in order, with the secret header and a retry."""

import asyncio
import re
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import aiohttp

from sandbox.rules import Refusal, refuse

if TYPE_CHECKING:
    from sandbox.call import Call
    from sandbox.updates import UpdateQueue

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_RETRY_SECONDS = (0.2, 0.5, 1, 2, 5, 10)
_TIMEOUT = aiohttp.ClientTimeout(total=60)


class Webhook:
    def __init__(self, queue: "UpdateQueue") -> None:
        self._queue = queue
        self._pump: asyncio.Task[None] | None = None
        self.url = ""
        self.secret = ""
        self.connections = 40
        self.error: tuple[int, str] | None = None

    def start(self, url: str, *, secret: str, connections: int) -> None:
        self.url, self.secret, self.connections, self.error = url, secret, connections, None
        self._restart()

    def stop(self) -> None:
        self.url = self.secret = ""
        self.error = None
        self._cancel()

    def to_api(self) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._queue),
        }
        if self.url:
            shown |= {"max_connections": self.connections, "ip_address": "127.0.0.1"}
        if self.error:
            shown["last_error_date"], shown["last_error_message"] = self.error
        if self._queue.allowed:
            shown["allowed_updates"] = self._queue.allowed
        return shown

    def _restart(self) -> None:
        self._cancel()
        self._pump = asyncio.ensure_future(self._deliver_forever())

    def _cancel(self) -> None:
        if self._pump is not None:
            self._pump.cancel()
            self._pump = None

    async def _deliver_forever(self) -> None:
        headers = {SECRET_HEADER: self.secret} if self.secret else {}
        async with aiohttp.ClientSession(timeout=_TIMEOUT, headers=headers) as session:
            while True:
                self._queue.arrived.clear()
                for update in self._queue.first(100):
                    await self._deliver(update, session=session)
                    self._queue.confirm(update["update_id"] + 1)
                if not self._queue.first(1):
                    await self._queue.arrived.wait()

    async def _deliver(self, update: dict[str, Any], *, session: aiohttp.ClientSession) -> None:
        tries = 0
        while not await self._delivered(update, session=session):
            await asyncio.sleep(_RETRY_SECONDS[min(tries, len(_RETRY_SECONDS) - 1)])
            tries += 1

    async def _delivered(self, update: dict[str, Any], *, session: aiohttp.ClientSession) -> bool:
        try:
            async with session.post(self.url, json=update) as response:
                if response.ok:
                    return True
                problem = f"Wrong response from the webhook: {response.status} {response.reason}"
        except (aiohttp.ClientError, TimeoutError) as failure:
            problem = str(failure) or type(failure).__name__
        self.error = (int(time.time()), problem)
        return False


def set_webhook(call: "Call") -> bool:
    url, secret = call.text("url"), call.text("secret_token")
    if secret and not _SECRET.fullmatch(secret):
        raise refuse("secret_token")
    if url and urlsplit(url).scheme not in {"http", "https"}:
        raise refuse("webhook_url", reason="An HTTPS URL must be provided for webhook")
    _subscribe(call)
    if not url:
        return delete_webhook(call)
    _drop_pending(call)
    call.world.poller.end(refuse("webhook_active"))
    connections = min(max(call.number("max_connections", default=40), 1), 100)
    call.world.webhook.start(url, secret=secret, connections=connections)
    return True


def delete_webhook(call: "Call") -> bool:
    _drop_pending(call)
    call.world.webhook.stop()
    return True


def get_webhook_info(call: "Call") -> dict[str, Any]:
    return call.world.webhook.to_api()


def _subscribe(call: "Call") -> None:
    try:
        call.world.updates.subscribe(call.json("allowed_updates"))
    except Refusal:
        return


def _drop_pending(call: "Call") -> None:
    if call.flag("drop_pending_updates"):
        call.world.updates.clear()


METHODS = {
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
}
