"""A screen as a value: text, rows of buttons, perhaps a picture. Nothing here talks to Telegram."""

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from bot.ui.callbacks import Tap
from market.files import FileRef
from market.money import Money

ROW_MAX = 3
Style = Literal["primary", "success", "danger"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """One inline button: exactly one of `tap`, `url`, `copy`."""

    label: str
    tap: Tap | None = None
    url: str | None = None
    copy: str | None = None
    style: Style | None = None

    def __post_init__(self) -> None:
        actions = [self.tap, self.url, self.copy]
        assert sum(action is not None for action in actions) == 1, "one action per button"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture drawn by the house: PNG bytes and the key under which it may be cached."""

    key: str
    png: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """What one message shows. `text` is Telegram HTML made by the translator (escaped values).

    With `media` the text is its caption (at most 1,024 units), else a message (4,096).
    `is_quiet`: a new message makes no sound.
    """

    text: Markup
    rows: tuple[tuple[Button, ...], ...] = ()
    media: FileRef | Picture | None = None
    is_quiet: bool = False

    def __post_init__(self) -> None:
        assert all(len(row) <= ROW_MAX for row in self.rows), "at most three buttons in a row"


@dataclass(frozen=True, slots=True, kw_only=True)
class Album:
    """Files that are sent together, without buttons: one Telegram call, 1 to 10 of one kind."""

    files: tuple[FileRef, ...]
    caption: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """What a person sent, copied by Telegram from the chat where it lies, under our caption.

    `file` is the same by its handle, for when the message itself is gone. Stickers and round
    videos carry no caption.
    """

    chat_id: int
    message_id: int
    caption: Markup
    file: FileRef
    rows: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """A Stars invoice; `payload` is a payment intent's id."""

    title: str
    description: str
    payload: str
    amount: Money
    pay_label: str
    rows: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A file made by the house, under its name."""

    name: str
    content: bytes
    caption: Markup
    rows: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Toast:
    """The answer to a tap: a line that fades, or an alert to be closed; at most 200 units."""

    text: str
    alert: bool = False
