"""What a control call said: values read with a plain refusal for each that is missing or wrong."""

import base64
import binascii
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.call import Upload
from sandbox.files import mime_of
from sandbox.membership import end_restrictions

if TYPE_CHECKING:
    from sandbox.chats import Chat
    from sandbox.messages import Message
    from sandbox.people import User
    from sandbox.world import World

BOT = "bot"
_TRUE = {"true", "1", "yes", "on"}


class Refused(Exception):
    """A control call that cannot be done; it becomes a 4xx answer with this sentence."""

    def __init__(self, error: str, *, code: int = 400) -> None:
        super().__init__(error)
        self.error = error
        self.code = code


@dataclass(slots=True)
class Body:
    world: "World"
    values: dict[str, Any]
    uploads: dict[str, list[Upload]] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        return self.values.get(name) not in (None, "", []) or bool(self.uploads.get(name))

    def text(self, name: str) -> str:
        value = self.optional_text(name)
        if not value:
            raise Refused(f"{name} is missing")
        return value

    def optional_text(self, name: str) -> str | None:
        value = self.values.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            raise Refused(f"{name} must be a text")
        return value

    def number(self, name: str) -> int:
        value = self.optional_number(name)
        if value is None:
            raise Refused(f"{name} is missing")
        return value

    def optional_number(self, name: str) -> int | None:
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise Refused(f"{name} must be a whole number")
        try:
            return int(value)
        except ValueError:
            raise Refused(f"{name} must be a whole number") from None

    def flag(self, name: str) -> bool:
        value = self.values.get(name)
        return value if isinstance(value, bool) else str(value).lower() in _TRUE

    def items(self, name: str) -> list[Any]:
        value = self.values.get(name) or []
        if not isinstance(value, list):
            raise Refused(f"{name} must be a list")
        return value

    def object(self, name: str) -> dict[str, Any]:
        value = self.values.get(name)
        if not isinstance(value, dict):
            raise Refused(f"{name} must be an object")
        return value

    def optional_object(self, name: str) -> dict[str, Any]:
        return self.object(name) if self.has(name) else {}

    def person(self) -> "User":
        found = self.world.contents.people.get(self.number("person"))
        if found is None:
            raise Refused("person not found", code=404)
        return found

    def user(self, value: Any) -> "User":
        """A person by number, or the bot by the word."""
        if value == BOT:
            return self.world.bot
        try:
            found = self.world.user(int(value))
        except (TypeError, ValueError, OverflowError):
            found = None
        if found is None:
            raise Refused("person not found", code=404)
        return found

    def chat(self) -> "Chat":
        found = self.world.chat(self.number("chat"))
        if found is None:
            raise Refused("chat not found", code=404)
        end_restrictions(self.world, found)
        return found

    def chat_with(self, person: "User") -> "Chat":
        """The chat that is named, else the person's private chat; the person must be in it."""
        chat = self.chat() if self.has("chat") else self.world.contents.chats[person.id]
        if not chat.holds(person.id):
            raise Refused("this person is not in this chat", code=403)
        return chat

    def message_in(self, chat: "Chat", *, name: str = "message") -> "Message":
        found = chat.messages.get(self.number(name))
        if found is None:
            raise Refused("message not found", code=404)
        return found


def upload_from(value: Any) -> Upload:
    """A file given inside JSON."""
    if not isinstance(value, dict) or not isinstance(value.get("data_base64"), str):
        raise Refused("a file is {name, data_base64, mime} or a file_id")
    try:
        data = base64.b64decode(value["data_base64"], validate=True)
    except (binascii.Error, ValueError):
        raise Refused("data_base64 is not base64") from None
    name = value.get("name") or "file"
    mime = value.get("mime")
    if not isinstance(name, str) or not isinstance(mime, str | None):
        raise Refused("name and mime must be texts")
    return Upload(name, mime or mime_of(name), data)
