"""How fast one person may go on: commands and taps that come too fast are dropped, kindly.

What people write and send in a conversation is never dropped, nor is anything about money that
has moved: those routes do not ask here.
"""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from telegram import Update
from telegram.error import TelegramError

from bot.i18n import translator
from bot.kit.throttle import Bucket
from bot.views.pace import too_fast_toast

PACE = "pace"
COMMANDS = (1.0, 5.0)
TAPS = (20 / 60, 20.0)
KEPT = 10_000


@dataclass(slots=True)
class Pace:
    """Each person's buckets of commands and of taps; in memory, a restart fills them."""

    now_s: Callable[[], float] = monotonic
    commands: tuple[float, float] = COMMANDS
    taps: tuple[float, float] = TAPS
    _buckets: dict[tuple[bool, int], Bucket] = field(default_factory=dict)
    _told: set[tuple[bool, int]] = field(default_factory=set)

    def allows(self, telegram_id: int, *, is_tap: bool) -> bool:
        """Whether one more goes through now; what does not costs nothing."""
        now_s, key = self.now_s(), (is_tap, telegram_id)
        bucket = self._bucket(key, now_s)
        if bucket.has_one(now_s):
            bucket.take(now_s)
            self._told.discard(key)
            return True
        return False

    def is_news(self, telegram_id: int, *, is_tap: bool) -> bool:
        """The person has not been told since the last one that went through."""
        key = (is_tap, telegram_id)
        is_news = key not in self._told
        self._told.add(key)
        return is_news

    def _bucket(self, key: tuple[bool, int], now_s: float) -> Bucket:
        if len(self._buckets) >= KEPT:
            self._buckets = {k: b for k, b in self._buckets.items() if not b.is_full(now_s)}
            self._told &= self._buckets.keys()
        if key not in self._buckets:
            rate, size = self.taps if key[0] else self.commands
            self._buckets[key] = Bucket(rate, size, size, now_s)
        return self._buckets[key]


async def is_too_fast(update: Update, context: Any) -> bool:  # noqa: ANN401 - PTB's context
    """Count it; the first that is dropped is answered with a line, the others with nothing."""
    pace, user = context.bot_data.get(PACE), update.effective_user
    if pace is None or user is None or not (update.callback_query or _is_command(update)):
        return False
    is_tap = update.callback_query is not None
    if pace.allows(user.id, is_tap=is_tap):
        return False
    if pace.is_news(user.id, is_tap=is_tap):
        with contextlib.suppress(TelegramError):  # whoever floods can do without
            await _tell(update, user.language_code or "")
    return True


async def _tell(update: Update, code: str) -> None:
    words = too_fast_toast(translator("bn" if code.startswith("bn") else "en"))
    if update.callback_query is not None:
        await update.callback_query.answer(words)
    elif update.message is not None:
        await update.message.reply_text(words)


def _is_command(update: Update) -> bool:
    return bool(update.message and (update.message.text or "").startswith("/"))
