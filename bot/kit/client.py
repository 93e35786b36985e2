"""Our Bot object: PTB's, and the raw updates that the inbox stores as they came."""

from typing import Any, cast

from telegram.ext import ExtBot

from bot.kit.request import AiohttpRequest
from bot.kit.throttle import Throttle

POLL_S = 30
PAGE_MOST = 100
ALLOWED = (
    "message",
    "edited_message",
    "callback_query",
    "pre_checkout_query",
    "my_chat_member",
)


class Client(ExtBot[str]):
    """PTB would turn updates into objects, whose JSON differs from what Telegram sent."""

    async def raw_updates(self, offset: int | None) -> list[dict[str, Any]]:
        """Wait for updates from `offset` on; asking with an offset confirms those before it."""
        asked = {
            "timeout": POLL_S,
            "limit": PAGE_MOST,
            "offset": offset,
            "allowed_updates": list(ALLOWED),
        }
        data = {name: value for name, value in asked.items() if value is not None}
        return cast(
            "list[dict[str, Any]]",
            await self._post("getUpdates", data, read_timeout=POLL_S + 10),
        )

    async def hang_up(self) -> None:
        """Close the connections, also of a bot that never got as far as its own name."""
        for request in self._request:
            await request.shutdown()


def client(token: str, base_url: str, *, has_limits: bool) -> Client:
    """A bot over our transport. `has_limits` keeps to Telegram's limits before it says so."""
    return Client(
        token,
        base_url=f"{base_url}/bot",
        base_file_url=f"{base_url}/file/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(connections=2),
        rate_limiter=Throttle(is_proactive=has_limits),
    )
