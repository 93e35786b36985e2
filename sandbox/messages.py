"""A message and the shape the Bot API gives it. Where it may be sent is decided elsewhere."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.chats import Chat
    from sandbox.people import User

INLINE = "inline_keyboard"


@dataclass(slots=True, eq=False)
class Message:
    """`content` holds the Bot API fields that make the kind: text, photo, invoice, and so on."""

    chat: "Chat"
    id: int
    date: int
    content: dict[str, Any]
    sender: "User | None" = None
    thread: int | None = None
    reply_to: "Message | None" = None
    markup: dict[str, Any] | None = None
    edit_date: int | None = None
    changed: int = 0
    is_pinned: bool = False
    invoice: "InvoiceTerms | None" = None
    paid_by: set[int] = field(default_factory=set)
    inline_id: str | None = None

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
        if self.sender is not None:
            shown["from"] = self.sender.to_api()
        else:
            shown["sender_chat"] = self.chat.to_api()
        shown["chat"] = self.chat.to_api()
        shown["date"] = self.date
        if self.edit_date is not None:
            shown["edit_date"] = self.edit_date
        if with_reply and self.reply_to is not None:
            shown["reply_to_message"] = self.reply_to.to_api(with_reply=False)
        shown.update(self.content)
        if self.markup and INLINE in self.markup:
            shown["reply_markup"] = self.markup
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
    }
)
MEDIA = ("photo", "video", "document", "voice", "sticker", "contact", "location")
