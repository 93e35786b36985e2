"""The bot's queue of updates: numbering, subscription, confirmation and waking whoever waits.

How the queue is read (long poll or webhook) lives in polling.py and webhook.py.
"""

import asyncio
import random
from collections import OrderedDict
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from sandbox.record import Record
from sandbox.schema import spec

if TYPE_CHECKING:
    from collections.abc import Callable

UPDATES_KEPT = 10_000
LASTS_SECONDS = 24 * 3600
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, slots=True)
class Waiting:
    update: dict[str, Any]
    expires_at: float


class UpdateQueue:
    """The oldest go first: after a day by the sandbox's clock, or when there are too many."""

    def __init__(self, record: Record, *, clock: "Callable[[], float]") -> None:
        self._record = record
        self._clock = clock
        self._next_id = random.randint(100_000_000, 900_000_000)
        self._waiting: OrderedDict[int, Waiting] = OrderedDict()
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
        self._forget_old()
        return len(self._waiting)

    def __contains__(self, update_id: int) -> bool:
        self._forget_old()
        return update_id in self._waiting

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
        update = {"update_id": self._next_id, kind: payload}
        self._waiting[self._next_id] = Waiting(update, self._clock() + LASTS_SECONDS)
        if len(self._waiting) > UPDATES_KEPT:
            self._waiting.popitem(last=False)
        self._record.update(update)
        self._next_id += 1
        self.arrived.set()

    def confirm(self, offset: int) -> None:
        """A negative offset keeps only that many from the end, as Telegram's does."""
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popitem(last=False)
        elif offset > 0:
            while self._waiting and next(iter(self._waiting)) < offset:
                self._waiting.popitem(last=False)

    def drop(self, update_id: int) -> None:
        """One that is delivered, out of turn as webhooks do."""
        self._waiting.pop(update_id, None)

    def first(self, limit: int) -> list[dict[str, Any]]:
        self._forget_old()
        return [waiting.update for waiting in islice(self._waiting.values(), limit)]

    def clear(self) -> None:
        """Numbers go on, so that a bot that is running keeps a valid offset."""
        self._waiting.clear()

    def _forget_old(self) -> None:
        now = self._clock()
        while self._waiting and next(iter(self._waiting.values())).expires_at < now:
            self._waiting.popitem(last=False)
