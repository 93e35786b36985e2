"""A raw record of what went over the wire, for outside judges: each answer and each update.

Off unless asked for. Values are frozen as JSON when they are sent; the readable record of calls
that the page shows is recorder.py.
"""

import json
from collections import deque
from typing import Any

ENTRIES_KEPT = 20_000


class Record:
    """The oldest entries go first; numbers have no gaps, so a reader sees when some are gone."""

    def __init__(self, *, active: bool) -> None:
        self.active = active
        self._entries: deque[tuple[int, str]] = deque(maxlen=ENTRIES_KEPT)
        self._made = 0
        self._last_poll: dict[str, Any] = {}

    def update(self, update: dict[str, Any]) -> None:
        if self.active:
            self._add({"kind": "update", "update": update})

    def answer(
        self, method: str, *, params: dict[str, Any], uploads: tuple[str, ...], answer: Any
    ) -> None:
        """A poll that ends well is kept once as long as the bot asks alike.

        Its result is left out: the updates stand here already.
        """
        if not self.active:
            return
        if method == "getUpdates" and answer["ok"]:
            if self._is_known(params):
                return
            answer = {"ok": True, "result": []}
        facts = {"method": method, "params": params, "uploads": uploads, "answer": answer}
        self._add({"kind": "answer", **facts})

    def after(self, number: int) -> list[dict[str, Any]]:
        return [{"id": made, **json.loads(text)} for made, text in self._entries if made > number]

    def _is_known(self, poll: dict[str, Any]) -> bool:
        asked = {name: value for name, value in poll.items() if name != "offset"}
        is_known, self._last_poll = asked == self._last_poll, asked
        return is_known

    def _add(self, entry: dict[str, Any]) -> None:
        self._made += 1
        self._entries.append((self._made, json.dumps(entry, ensure_ascii=False)))
