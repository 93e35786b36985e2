"""All messages of all chats in the order in which they came, so that the oldest can be dropped.

A chat drops its own oldest by itself (chats.py); this is the limit of the whole world.
"""

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.chats import Chat
    from sandbox.messages import Message

MESSAGES_KEPT_IN_ALL = 50_000


class History:
    """Names of messages, not messages: what a chat has let go is not held here."""

    def __init__(self) -> None:
        self._order: deque[tuple[Chat, int]] = deque()

    def keep(self, message: "Message") -> None:
        message.chat.keep(message)
        self._order.append((message.chat, message.id))
        if len(self._order) > MESSAGES_KEPT_IN_ALL:
            chat, oldest = self._order.popleft()
            chat.forget(oldest)
