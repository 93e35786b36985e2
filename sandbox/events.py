"""What happens in the world, told to whoever listens; with no listener it costs nothing."""

import asyncio
import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sandbox.transcript import shown_to

if TYPE_CHECKING:
    from sandbox.messages import Message
    from sandbox.recorder import Recorded

BACKLOG = 10_000


class Event:
    """One object for all listeners: it is written out once, however many there are."""

    def __init__(self, facts: dict[str, Any]) -> None:
        self.facts = facts

    @cached_property
    def frame(self) -> bytes:
        return f"data: {json.dumps(self.facts, ensure_ascii=False)}\n\n".encode()


GOODBYE = Event({"kind": "goodbye"})
Listener = asyncio.Queue[Event]


class Hub:
    def __init__(self) -> None:
        self._listeners: set[Listener] = set()

    def listen(self) -> Listener:
        queue: Listener = asyncio.Queue(maxsize=BACKLOG)
        self._listeners.add(queue)
        return queue

    def leave(self, queue: Listener) -> None:
        self._listeners.discard(queue)

    def tell(self, kind: str, **facts: Any) -> None:
        if self._listeners:
            self._spread(Event({"kind": kind, **facts}))

    def tell_message(self, kind: str, *, message: "Message") -> None:
        if self._listeners:
            self.tell(kind, chat=message.chat.id, message=shown_to(message, viewer=None))

    def tell_call(self, call: "Recorded") -> None:
        if self._listeners:
            self.tell("call", call=call.to_control())

    def close(self) -> None:
        """Ends every stream of events: the server is going down."""
        self._spread(GOODBYE)

    def _spread(self, event: Event) -> None:
        for queue in tuple(self._listeners):
            try:
                queue.put_nowait(event)
            except asyncio.QueueFull:
                self._cut_off(queue)

    def _cut_off(self, queue: Listener) -> None:
        """Who lags this far behind has missed something: the stream ends and may begin anew."""
        self._listeners.discard(queue)
        while not queue.empty():
            queue.get_nowait()
        queue.put_nowait(GOODBYE)
