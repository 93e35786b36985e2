"""setWebhook and delivery: posts updates, in order within a chat, and tries again with back-off.

A reply that names a method is a call of the bot; who performs it is set by server.py.
"""

import asyncio
import re
from collections import deque
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import aiohttp

from sandbox.call import Described
from sandbox.polling import allowed_updates_of
from sandbox.rules import refuse
from sandbox.strict_json import read

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sandbox.call import Call
    from sandbox.updates import UpdateQueue

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
RETRY_SECONDS = (0.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0)
RETRY_AFTER_MAX = 3_600
TAKEN = range(200, 300)
REPLY_MAX = 1024 * 1024
CONNECTIONS, CONNECTIONS_MAX, LOADED_MAX = 40, 100, 200
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_TIMEOUT = aiohttp.ClientTimeout(total=60)
_NOT_IN_REPLIES = frozenset({"deletewebhook", "setwebhook", "close", "logout"})


class Webhook:
    """One lane per chat (or person): within a lane the next update waits for the one before."""

    def __init__(self, queue: "UpdateQueue", *, clock: "Callable[[], float]") -> None:
        self._queue = queue
        self._clock = clock
        self._pump: asyncio.Task[None] | None = None
        self._lanes: dict[object, deque[dict[str, Any]]] = {}
        self._running: set[asyncio.Task[None]] = set()
        self.perform: Callable[[str, dict[str, Any]], Awaitable[None]] | None = None
        self.url = ""
        self.secret = ""
        self.connections = CONNECTIONS
        self.has_certificate = False
        self.error: tuple[int, str] | None = None

    def start(self, url: str, *, secret: str, connections: int, certificate: bool) -> None:
        self.stop()
        self.url, self.secret, self.connections = url, secret, connections
        self.has_certificate = certificate
        self._pump = asyncio.ensure_future(self._deliver_forever())

    def stop(self) -> None:
        self.url = self.secret = ""
        self.error = None
        self.has_certificate = False
        for running in (*self._running, *([self._pump] if self._pump else [])):
            running.cancel()
        self._pump = None
        self._lanes.clear()
        self._running.clear()

    def to_api(self) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "url": self.url,
            "has_custom_certificate": self.has_certificate,
            "pending_update_count": len(self._queue),
        }
        if self.url:
            shown |= {"max_connections": self.connections, "ip_address": "127.0.0.1"}
        if self.error:
            shown["last_error_date"], shown["last_error_message"] = self.error
        if self._queue.allowed:
            shown["allowed_updates"] = self._queue.allowed
        return shown

    async def _deliver_forever(self) -> None:
        headers = {SECRET_HEADER: self.secret} if self.secret else {}
        connector = aiohttp.TCPConnector(limit=self.connections)
        async with aiohttp.ClientSession(
            timeout=_TIMEOUT, headers=headers, connector=connector
        ) as session:
            taken = 0
            while True:
                self._queue.arrived.clear()
                for update in self._queue.first(LOADED_MAX):
                    if update["update_id"] > taken:
                        taken = update["update_id"]
                        self._line_up(update, session=session)
                await self._queue.arrived.wait()

    def _line_up(self, update: dict[str, Any], *, session: aiohttp.ClientSession) -> None:
        key = lane_of(update)
        lane = self._lanes.setdefault(key, deque())
        lane.append(update)
        if len(lane) == 1:
            running = asyncio.ensure_future(self._empty_lane(key, session=session))
            self._running.add(running)
            running.add_done_callback(self._running.discard)

    async def _empty_lane(self, key: object, *, session: aiohttp.ClientSession) -> None:
        lane = self._lanes[key]
        while lane:
            await self._deliver(lane[0], session=session)
            self._queue.drop(lane.popleft()["update_id"])
            self._queue.arrived.set()
        self._lanes.pop(key, None)

    async def _deliver(self, update: dict[str, Any], *, session: aiohttp.ClientSession) -> None:
        """Until it is taken, or a day old and gone from the queue."""
        tries = 0
        while update["update_id"] in self._queue:
            wait = await self._delivered(update, session=session)
            if wait is None:
                return
            planned = RETRY_SECONDS[min(tries, len(RETRY_SECONDS) - 1)]
            await asyncio.sleep(min(wait, RETRY_AFTER_MAX) or planned)
            tries += 1

    async def _delivered(
        self, update: dict[str, Any], *, session: aiohttp.ClientSession
    ) -> float | None:
        """None when it was taken; else the seconds that the bot asked to wait."""
        try:
            async with session.post(self.url, json=update, allow_redirects=False) as response:
                if response.status in TAKEN:
                    await self._reply(await _reply_of(response), kind=response.content_type)
                    return None
                problem = f"Wrong response from the webhook: {response.status} {response.reason}"
                after = response.headers.get("Retry-After", "0")
        except aiohttp.ClientConnectorError:
            problem, after = "Connection refused", "0"
        except TimeoutError:
            problem, after = "Read timeout expired", "0"
        except (aiohttp.ClientError, OSError, ValueError) as failure:
            problem, after = str(failure) or "Webhook connection closed", "0"
        self.error = (int(self._clock()), problem)
        return float(after) if after.isdecimal() else 0.0

    async def _reply(self, body: bytes, *, kind: str) -> None:
        params = _params_of(body, kind=kind)
        method = str(params.pop("method", ""))
        lowered = method.lower()
        if not method or lowered in _NOT_IN_REPLIES or lowered.startswith("get"):
            return
        if self.perform is not None:
            await self.perform(method, params)


def lane_of(update: dict[str, Any]) -> object:
    """The chat of an update, or the person when it has none."""
    payload = next(value for name, value in update.items() if name != "update_id")
    place = payload.get("message") if isinstance(payload.get("message"), dict) else payload
    for name in ("chat", "from", "user"):
        found = place.get(name) or payload.get(name)
        if isinstance(found, dict) and "id" in found:
            return found["id"]
    return None


async def _reply_of(response: aiohttp.ClientResponse) -> bytes:
    """Of a reply without an end no more than a call can be long."""
    body = bytearray()
    async for part in response.content.iter_any():
        body += part
        if len(body) > REPLY_MAX:
            return b""
    return bytes(body)


def _params_of(body: bytes, *, kind: str) -> dict[str, Any]:
    text = body.decode("utf-8", "replace")
    if kind == "application/x-www-form-urlencoded":
        return dict(parse_qsl(text, keep_blank_values=True))
    try:
        values = read(text) if text.strip() else {}
    except ValueError:
        return {}
    return values if isinstance(values, dict) else {}


def set_webhook(call: "Call") -> Described:
    url, secret = call.text("url"), call.text("secret_token")
    if not url:
        call.world.updates.subscribe(allowed_updates_of(call))
        return delete_webhook(call)
    if not _is_address(url):
        raise refuse("webhook_url")
    if secret and not _SECRET.fullmatch(secret):
        raise refuse("secret_token")
    connections = min(max(call.number("max_connections", default=CONNECTIONS), 1), CONNECTIONS_MAX)
    webhook = call.world.webhook
    certificate = "certificate" in call.uploads
    call.world.updates.subscribe(allowed_updates_of(call))
    wanted = (url, secret, connections, certificate, False)
    has = (webhook.url, webhook.secret, webhook.connections, webhook.has_certificate)
    if wanted == (*has, call.flag("drop_pending_updates")):
        return Described(result=True, words="Webhook is already set")
    _drop_pending(call)
    call.world.poller.end(refuse("poll_webhook"))
    webhook.start(url, secret=secret, connections=connections, certificate=certificate)
    return Described(result=True, words="Webhook was set")


def _is_address(url: str) -> bool:
    """Brackets that do not close, or a port beyond all ports, are found when they are asked for."""
    try:
        parts = urlsplit(url)
        is_port = parts.port is None or parts.port > 0
    except ValueError:
        return False
    return is_port and parts.scheme in {"http", "https"} and bool(parts.hostname)


def delete_webhook(call: "Call") -> Described:
    had = bool(call.world.webhook.url)
    _drop_pending(call)
    call.world.webhook.stop()
    return Described(result=True, words=f"Webhook {'was' if had else 'is already'} deleted")


def get_webhook_info(call: "Call") -> dict[str, Any]:
    return call.world.webhook.to_api()


def _drop_pending(call: "Call") -> None:
    if call.flag("drop_pending_updates"):
        call.world.updates.clear()


METHODS = {
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
}
