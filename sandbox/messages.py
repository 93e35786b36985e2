"""A message and the shape the Bot API gives it. Where it may be sent is decided elsewhere."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.chats import Chat
    from sandbox.people import User
    from sandbox.polls import Poll

INLINE = "inline_keyboard"


@dataclass(slots=True, eq=False)
class Message:
    """`content` holds the Bot API fields that make the kind: text, photo, invoice, and so on.

    `sender` is who it seems to be from, nobody in a channel; `author` is who really wrote it.
    `is_seen` tells whether the bot got it as an update.
    """

    chat: "Chat"
    id: int
    date: int
    content: dict[str, Any]
    sender: "User | None" = None
    sender_chat: "Chat | None" = None
    author: "User | None" = None
    signature: str | None = None
    thread: int | None = None
    reply_to: "Message | None" = None
    markup: dict[str, Any] | None = None
    edit_date: int | None = None
    changed: int = 0
    is_pinned: bool = False
    invoice: "InvoiceTerms | None" = None
    paid_by: set[int] = field(default_factory=set)
    inline_id: str | None = None
    poll: "Poll | None" = None
    reactions: dict[int, str] = field(default_factory=dict)
    is_seen: bool = False

    @property
    def text(self) -> str:
        words: str = self.content.get("text") or self.content.get("caption") or ""
        return words

    @property
    def entities(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (
            self.content.get("entities") or self.content.get("caption_entities") or []
        )
        return found

    @property
    def keyboard(self) -> list[list[dict[str, Any]]]:
        rows: list[list[dict[str, Any]]] = (self.markup or {}).get(INLINE, [])
        return rows

    @property
    def service(self) -> str | None:
        return next((name for name in self.content if name in SERVICE), None)

    def to_api(self, *, with_reply: bool = True) -> dict[str, Any]:
        shown: dict[str, Any] = {"message_id": self.id}
        if self.thread is not None:
            shown["message_thread_id"] = self.thread
            shown["is_topic_message"] = True
        shown |= self._from()
        shown["chat"] = self.chat.to_api()
        shown["date"] = self.date
        if self.edit_date is not None:
            shown["edit_date"] = self.edit_date
        if with_reply and self.reply_to is not None:
            shown["reply_to_message"] = self.reply_to.to_api(with_reply=False)
        shown.update(self.content)
        if self.poll is not None:
            shown["poll"] = self.poll.to_api(message=self)
        if self.markup and INLINE in self.markup:
            shown["reply_markup"] = self.markup
        return shown

    def _from(self) -> dict[str, Any]:
        shown: dict[str, Any] = {}
        if self.sender is not None:
            shown["from"] = self.sender.to_api()
        if self.sender_chat is not None:
            shown["sender_chat"] = self.sender_chat.to_api()
        if self.signature:
            shown["author_signature"] = self.signature
        return shown


@dataclass(frozen=True, slots=True)
class InvoiceTerms:
    """What paying the invoice means; the payload never leaves the bot's side."""

    title: str
    description: str
    currency: str
    amount: int
    payload: str
    start_parameter: str = ""
    period: int = 0

    def to_api(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "description": self.description,
            "start_parameter": self.start_parameter,
            "currency": self.currency,
            "total_amount": self.amount,
        }


SERVICE = frozenset(
    {
        "new_chat_members",
        "left_chat_member",
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
        "pinned_message",
        "successful_payment",
        "refunded_payment",
        "supergroup_chat_created",
        "group_chat_created",
        "channel_chat_created",
        "users_shared",
        "chat_shared",
    }
)
# An animation is a document too, and a venue a location: the first that fits names the kind.
MEDIA = (
    "photo",
    "video",
    "animation",
    "document",
    "audio",
    "voice",
    "video_note",
    "sticker",
    "contact",
    "venue",
    "location",
    "dice",
)
CAPTIONED = frozenset({"photo", "video", "animation", "document", "audio", "voice"})
