"""Telegram's limits, kept from our side: who may send when (telegram.md 3.7).

Answers to a person hardly wait, the outbox keeps to one message a second and chat, and what has a
deadline never waits. A 429 pauses the chat that it speaks of and no other.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.kit.sending import OUTBOX

DEADLINE = frozenset({"answerPreCheckoutQuery", "answerCallbackQuery", "refundStarPayment"})
PATIENCE_S = 10.0
TRIES = 3
CHATS_KEPT = 10_000


@dataclass(slots=True)
class Bucket:
    """Tokens that come back at `rate` per second, up to `size`."""

    rate: float
    size: float
    tokens: float
    at_s: float

    def take(self, now_s: float) -> float:
        """Take a token; answers how long to wait for it. Later takers wait behind."""
        self.tokens = min(self.size, self.tokens + (now_s - self.at_s) * self.rate) - 1
        self.at_s = now_s
        return max(0.0, -self.tokens / self.rate)

    def has_one(self, now_s: float) -> bool:
        """A token can be taken without waiting."""
        return self.tokens + (now_s - self.at_s) * self.rate >= 1

    def is_full(self, now_s: float) -> bool:
        """Nothing was taken lately."""
        return self.tokens + (now_s - self.at_s) * self.rate >= self.size


class Throttle(BaseRateLimiter[str]):
    """PTB asks before every call. `is_proactive` False leaves only the handling of 429."""

    def __init__(
        self,
        *,
        is_proactive: bool = True,
        now_s: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._is_proactive = is_proactive
        self._now_s = now_s
        self._sleep = sleep
        self._everything = Bucket(25.0, 25.0, 25.0, now_s())
        self._chats: dict[object, Bucket] = {}
        self._paused: dict[object, float] = {}

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def process_request(  # noqa: PLR0913, PLR0917 - PTB's signature
        self,
        callback: Callable[..., Awaitable[Any]],
        args: Any,  # noqa: ANN401 - PTB's signature
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: str | None,
    ) -> Any:  # noqa: ANN401 - PTB's signature
        """Call now or after a wait."""
        chat = data.get("chat_id")
        if endpoint in DEADLINE or chat is None:
            return await callback(*args, **kwargs)
        if rate_limit_args == OUTBOX:
            return await self._from_outbox(chat, lambda: callback(*args, **kwargs))
        return await self._answer(chat, lambda: callback(*args, **kwargs))

    async def _from_outbox(self, chat: object, call: Callable[[], Awaitable[Any]]) -> object:
        """A paused chat's row goes back into the outbox until the pause is over."""
        self._raise_if_paused(chat, patience_s=0.0)
        if self._is_proactive:
            now_s = self._now_s()
            wait = max(self._everything.take(now_s), self._bucket(chat).take(now_s))
            if wait:
                await self._sleep(wait)
            self._raise_if_paused(chat, patience_s=0.0)
        return await self._called(chat, call)

    async def _answer(self, chat: object, call: Callable[[], Awaitable[Any]]) -> object:
        """Somebody waits for this: a short pause is waited out here."""
        for _ in range(TRIES - 1):
            await self._wait_out(chat)
            try:
                return await self._called(chat, call)
            except RetryAfter:
                continue
        await self._wait_out(chat)
        return await self._called(chat, call)

    async def _called(self, chat: object, call: Callable[[], Awaitable[Any]]) -> object:
        try:
            return await call()
        except RetryAfter as error:
            until_s = self._now_s() + wait_s(error)
            self._paused[chat] = max(until_s, self._paused.get(chat, 0.0))
            raise

    async def _wait_out(self, chat: object) -> None:
        left_s = self._raise_if_paused(chat, patience_s=PATIENCE_S)
        if left_s:
            await self._sleep(left_s)

    def _raise_if_paused(self, chat: object, *, patience_s: float) -> float:
        left_s = self._paused.get(chat, 0.0) - self._now_s()
        if left_s <= 0:
            self._paused.pop(chat, None)
            return 0.0
        if left_s > patience_s:
            raise RetryAfter(timedelta(seconds=left_s))
        return left_s

    def _bucket(self, chat: object) -> Bucket:
        """One message a second to a person, twenty a minute into a group or channel."""
        if len(self._chats) >= CHATS_KEPT:
            now_s = self._now_s()
            self._chats = {one: at for one, at in self._chats.items() if not at.is_full(now_s)}
        if chat not in self._chats:
            is_group = not isinstance(chat, int) or chat < 0
            rate, size = (20 / 60, 5.0) if is_group else (1.0, 3.0)
            self._chats[chat] = Bucket(rate, size, size, self._now_s())
        return self._chats[chat]


def wait_s(error: RetryAfter) -> float:
    """Seconds to wait, whichever type PTB gives."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
