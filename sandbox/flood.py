"""Telegram's rate limits, off unless asked for.

1 a second in a chat, 20 a minute in a group, 30 a second in all: Telegram's FAQ for bots. Edits
count as messages do. Time is the sandbox's own, so moving its clock ends a wait.
"""

from collections import defaultdict, deque
from dataclasses import dataclass, field

from sandbox.rules import refuse

_KEYS_KEPT = 4_096
_CHAT, _GROUP, _ALL = (1, 1.0), (20, 60.0), (30, 1.0)


@dataclass(slots=True)
class Flood:
    active: bool = False
    _sent: "defaultdict[str, deque[float]]" = field(
        default_factory=lambda: defaultdict(lambda: deque(maxlen=64))
    )

    def admit(self, chat_id: int, *, now: float) -> None:
        """Counts one message, or refuses it with the whole wait."""
        if not self.active:
            return
        if len(self._sent) > _KEYS_KEPT:
            self._forget(now)
        limits = {f"chat {chat_id}": _CHAT, "all": _ALL}
        if chat_id < 0:
            limits[f"group {chat_id}"] = _GROUP
        wait = max(self._wait(key, limit=limit, now=now) for key, limit in limits.items())
        if wait > 0:
            raise _too_many(wait)
        for key in limits:
            self._sent[key].append(now)

    def _forget(self, now: float) -> None:
        """Chats that have been quiet for the longest window."""
        for key in [one for one, sent in self._sent.items() if not sent or sent[-1] < now - 60]:
            del self._sent[key]

    def _wait(self, key: str, *, limit: tuple[int, float], now: float) -> float:
        count, window = limit
        sent = self._sent[key]
        while sent and sent[0] <= now - window:
            sent.popleft()
        return sent[0] + window - now if len(sent) >= count else 0.0


def _too_many(wait: float) -> Exception:
    seconds = max(1, round(wait + 0.5))
    refusal = refuse("too_many", seconds=seconds)
    refusal.retry_after = seconds
    return refusal
