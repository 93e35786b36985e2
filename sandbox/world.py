"""The whole state of the sandbox and the few steps every part shares.

What people do lives in control/, what the bot may do in methods/; neither keeps state of its own.
"""

import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.chats import PRIVATE, Chat
from sandbox.events import Hub
from sandbox.faults import Faults
from sandbox.files import FileStore
from sandbox.flood import Flood
from sandbox.history import History
from sandbox.lint import Lint
from sandbox.menu import Menu
from sandbox.people import User
from sandbox.polling import Poller
from sandbox.queries import Queries
from sandbox.record import Record
from sandbox.stars import Ledger
from sandbox.updates import UpdateQueue
from sandbox.webhook import Webhook

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.inline import Cached, InlineAnswer
    from sandbox.messages import InvoiceTerms, Message
    from sandbox.polls import Poll
    from sandbox.prepared import PreparedMessage
    from sandbox.recorder import Recorded

CALLS_KEPT = 5_000
DEFAULT_BOT_ID = 7_000_000_001
FIRST_PERSON_ID = 6_200_000_001
FIRST_CHAT_NUMBER = 2_200_000_001


@dataclass(frozen=True, slots=True)
class Settings:
    token: str | None = None
    username: str = "gighaat_bot"
    name: str = "GigHaat"
    flood: bool = False
    privacy: bool = True
    record: bool = False
    checkout_seconds: float = 10.0
    tap_seconds: float = 15.0
    query_seconds: float = 60.0


@dataclass(slots=True)
class Contents:
    """What a reset throws away."""

    people: dict[int, User] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    public: dict[str, Chat] = field(default_factory=dict)
    usernames: set[str] = field(default_factory=set)
    links: "dict[str, InvoiceTerms]" = field(default_factory=dict)
    inline: "dict[int, InlineAnswer]" = field(default_factory=dict)
    inline_cache: "dict[tuple[int, str, str], Cached]" = field(default_factory=dict)
    inline_messages: "dict[str, Message]" = field(default_factory=dict)
    prepared: "dict[str, PreparedMessage]" = field(default_factory=dict)
    polls: "dict[str, Poll]" = field(default_factory=dict)


class World:
    def __init__(self, settings: Settings, *, clock: "Callable[[], float]" = time.time) -> None:
        self.settings = settings
        self.offset_ms = 0
        self.clock: Callable[[], float] = lambda: clock() + self.offset_ms / 1000
        self.token = settings.token
        self.bot = User(
            id=_bot_id(settings.token),
            name=settings.name,
            username=settings.username,
            is_bot=True,
            reads_all=not settings.privacy,
        )
        self.hub = Hub()
        self.record = Record(active=settings.record)
        self.updates = UpdateQueue(self.record, clock=self.read_clock)
        self.poller = Poller(self.updates)
        self.webhook = Webhook(self.updates, clock=self.read_clock)
        self.faults = Faults()
        self.flood = Flood(active=settings.flood)
        self._people_made = 0
        self._chats_made = 0
        self._changes = 0
        self._empty()

    def _empty(self) -> None:
        self.contents = Contents()
        self.history = History()
        self.files = FileStore()
        self.stars = Ledger()
        self.queries = Queries()
        self.menu = Menu(self.settings.name)
        self.lint = Lint()
        self.calls: deque[Recorded] = deque(maxlen=CALLS_KEPT)
        self.faults.clear()

    def reset(self) -> None:
        """Numbers of people, chats and updates go on: a running bot must not meet old ids."""
        self._empty()
        self.bot.name = self.settings.name
        self.updates.clear()
        self.hub.tell("reset")

    def now(self) -> int:
        return int(self.clock())

    def read_clock(self) -> float:
        """For those who keep it: a test may put another clock in."""
        return self.clock()

    def advance(self, milliseconds: int) -> None:
        """Time passes at once: questions that are now too old end without an answer."""
        self.offset_ms += milliseconds
        self.queries.lapse(self.clock())

    def claim(self, token: str) -> bool:
        """The first caller becomes the bot when no token was given."""
        if self.token is None:
            self.token = token
            self.bot.id = _bot_id(token)
        return token == self.token

    def next_change(self) -> int:
        self._changes += 1
        return self._changes

    def add_person(self, person: User) -> User:
        self.contents.people[person.id] = person
        if person.username:
            self.contents.usernames.add(person.username)
        self.contents.chats[person.id] = Chat(
            id=person.id,
            kind=PRIVATE,
            title=person.name,
            username=person.username,
            person=person,
        )
        return person

    def add_chat(self, chat: Chat) -> Chat:
        """The first chat of a name keeps it."""
        self.contents.chats[chat.id] = chat
        if chat.username:
            self.contents.public.setdefault(chat.username.lower(), chat)
        return chat

    def next_person_id(self) -> int:
        self._people_made += 1
        return FIRST_PERSON_ID + self._people_made - 1

    def next_chat_id(self, *, channel_like: bool) -> int:
        self._chats_made += 1
        number = FIRST_CHAT_NUMBER + self._chats_made - 1
        return -1_000_000_000_000 - number if channel_like else -number

    def user(self, user_id: int) -> User | None:
        return self.bot if user_id == self.bot.id else self.contents.people.get(user_id)

    def chat(self, key: object) -> Chat | None:
        """By number or by @name; anything else names no chat."""
        if isinstance(key, int):
            return self.contents.chats.get(key)
        if not isinstance(key, str):
            return None
        return self.contents.public.get(key.removeprefix("@").lower())

    def linked(self, link: str) -> Chat | None:
        """The chat that an invite link leads to."""
        chats = self.contents.chats.values()
        return next((one for one in chats if one.invites and link in one.invites.links), None)

    def to_control(self) -> dict[str, Any]:
        groups = [chat for chat in self.contents.chats.values() if chat.kind != PRIVATE]
        return {
            "bot": {**self.bot.to_author(), "stars": self.stars.balance},
            "people": [person.to_control() for person in self.contents.people.values()],
            "chats": [chat.to_control() for chat in groups],
        }


def _bot_id(token: str | None) -> int:
    digits = (token or "").partition(":")[0]
    return int(digits) if digits.isdigit() and int(digits) else DEFAULT_BOT_ID
