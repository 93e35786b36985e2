"""A turn without Telegram: real services, and a record of what the person was shown."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from bot.i18n import Translator, plain, translator
from bot.kit.incoming import Incoming
from bot.ui.screen import Album, Invoice, Paper, Screen
from market.files import FileRef
from market.people import Person
from market.policy import Policy
from services.registry import Services
from services.rows import Command
from tests.support.town import Town


@dataclass
class FakeTurn:
    """What handlers and steps use of a turn; `shown` and `sent` keep the order of things."""

    person: Person
    services: Services
    command: Command
    now_ms: int
    tr: Translator = field(default_factory=lambda: translator("en"))
    incoming: Incoming | None = None
    update: Any = None
    argument: str = ""
    bot_username: str = "gighaat_bot"
    drawer: Any = None
    is_kept: bool = False
    shown: list[Screen] = field(default_factory=list)
    sent: list[Screen | Album | Invoice | Paper] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)

    @property
    def chat_id(self) -> int:
        """The private chat."""
        return self.person.telegram_id

    async def end_flow(self) -> None:
        """Nothing else is under way."""

    def keep_tapped(self) -> None:
        self.is_kept = True

    def speak(self, person: Person) -> None:
        self.person = person

    @property
    def is_operator(self) -> bool:
        return self.person.telegram_id in self.policy.operators

    @property
    def policy(self) -> Policy:
        return self.services.policy

    @property
    def text(self) -> str:
        """The words of the screen shown last."""
        return plain(self.shown[-1].text)

    @property
    def labels(self) -> list[str]:
        """The buttons of the screen shown last."""
        return [button.label for row in self.shown[-1].rows for button in row]

    async def show(self, screen: Screen) -> None:
        self.shown.append(screen)

    async def send(self, thing: Screen | Album | Invoice | Paper) -> None:
        self.sent.append(thing)

    async def toast(self, text: str, *, alert: bool = False) -> None:
        assert not alert, "ordering whispers"
        self.toasts.append(text)


def turn_of(town: Town, person: Person, key: str | None = None, **changes: Any) -> Any:
    """A turn of this person now; typed as anything, so that handlers take it for a Turn."""
    command = town.command(person, key)
    return FakeTurn(person, town.services, command, town.clock.now_ms(), **changes)


def came(
    file: FileRef, *, caption: str = "", album: str | None = None, number: int = 1
) -> Incoming:
    """A message with a file."""
    return Incoming(
        kind=file.kind,
        text=caption,
        file=file,
        media_group=album,
        message_id=number,
        size=file.size,
        forwarded_from_chat=None,
    )


def wrote(text: str, *, number: int = 1) -> Incoming:
    """A message in words."""
    return Incoming(
        kind="text",
        text=text,
        file=None,
        media_group=None,
        message_id=number,
        size=0,
        forwarded_from_chat=None,
    )


def payment_update(**facts: Any) -> Any:
    """An update whose message carries a payment or a refund."""
    known = {"successful_payment": None, "refunded_payment": None}
    return SimpleNamespace(message=SimpleNamespace(**(known | facts)))
