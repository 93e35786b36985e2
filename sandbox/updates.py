"""The bot's queue of updates: numbering, subscription, confirmation and waking whoever waits.

How the queue is read (long poll or webhook) lives in polling.py and webhook.py.
"""

import asyncio
import random
from collections import deque
from typing import Any

from sandbox.schema import spec

UPDATES_KEPT = 10_000
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class UpdateQueue:
    def __init__(self) -> None:
        self._next_id = random.randint(100_000_000, 900_000_000)
        self._waiting: deque[dict[str, Any]] = deque(maxlen=UPDATES_KEPT)
        self._allowed: frozenset[str] | None = None
        self.arrived = asyncio.Event()

    @property
    def known_kinds(self) -> frozenset[str]:
        return frozenset(spec().fields["Update"]) - {"update_id"}

    @property
    def allowed(self) -> list[str]:
        """As getWebhookInfo shows it: nothing when the default holds."""
        return sorted(self._allowed or ())

    def __len__(self) -> int:
        return len(self._waiting)

    def subscribe(self, kinds: object) -> None:
        """A malformed list keeps the former subscription; an empty one restores the default."""
        if not isinstance(kinds, list) or not all(isinstance(kind, str) for kind in kinds):
            return
        known = frozenset(kind.lower() for kind in kinds) & self.known_kinds
        self._allowed = known or None

    def wants(self, kind: str) -> bool:
        return kind in self._allowed if self._allowed else kind not in NOT_BY_DEFAULT

    def push(self, kind: str, *, payload: dict[str, Any]) -> None:
        if not self.wants(kind):
            return
        self._waiting.append({"update_id": self._next_id, kind: payload})
        self._next_id += 1
        self.arrived.set()

    def confirm(self, offset: int) -> None:
        """A negative offset keeps only that many from the end, as Telegram's does."""
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popleft()
        elif offset > 0:
            while self._waiting and self._waiting[0]["update_id"] < offset:
                self._waiting.popleft()

    def first(self, limit: int) -> list[dict[str, Any]]:
        if len(self._waiting) <= limit:
            return list(self._waiting)
        return [self._waiting[index] for index in range(limit)]

    def clear(self) -> None:
        """Numbers go on, so that a bot that is running keeps a valid offset."""
        self._waiting.clear()
