"""What happens in the world, told to whoever listens; with no listener it costs nothing."""

import asyncio
from typing import TYPE_CHECKING, Any

from sandbox.transcript import shown_to

if TYPE_CHECKING:
    from sandbox.messages import Message
    from sandbox.recorder import Recorded

BACKLOG = 10_000
GOODBYE: dict[str, Any] = {"kind": "goodbye"}


class Hub:
    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[dict[str, Any]]] = set()

    def listen(self) -> asyncio.Queue[dict[str, Any]]:
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue(maxsize=BACKLOG)
        self._listeners.add(queue)
        return queue

    def leave(self, queue: asyncio.Queue[dict[str, Any]]) -> None:
        self._listeners.discard(queue)

    def tell(self, kind: str, **facts: Any) -> None:
        if self._listeners:
            self._spread({"kind": kind, **facts})

    def tell_message(self, kind: str, *, message: "Message") -> None:
        if self._listeners:
            self._spread(
                {"kind": kind, "chat": message.chat.id, "message": shown_to(message, viewer=None)}
            )

    def tell_call(self, call: "Recorded") -> None:
        if self._listeners:
            self._spread({"kind": "call", "call": call.to_control()})

    def close(self) -> None:
        """Ends every stream of events: the server is going down."""
        self._spread(GOODBYE)

    def _spread(self, event: dict[str, Any]) -> None:
        for queue in tuple(self._listeners):
            try:
                queue.put_nowait(event)
            except asyncio.QueueFull:
                self._listeners.discard(queue)
