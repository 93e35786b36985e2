"""What a flow is: typed steps over a draft. How PTB drives it is `dialog`'s."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from markupsafe import Markup
from pydantic import TypeAdapter, ValidationError

from bot.i18n import Translator
from bot.kit.sessions import current
from bot.kit.turn import Turn
from bot.ui.callbacks import Tap
from bot.ui.screen import Screen
from market.rights import By


@dataclass(frozen=True, slots=True)
class Go:
    """Save the draft, show `note` and the question of `step`.

    `screen` is shown in place of the question. `is_spent`: whatever was entered has gone out, so
    that leaving the flow keeps nothing.
    """

    step: str
    draft: Any
    note: Markup | None = None
    screen: Screen | None = None
    is_spent: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """The flow ends and its draft is gone; the screen is shown."""

    screen: Screen | None
    toast: str | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """Show the note and the question again; nothing changes."""

    note: Markup


@dataclass(frozen=True, slots=True)
class Quiet:
    """Save the draft and show nothing."""

    draft: Any


@dataclass(frozen=True, slots=True)
class Old:
    """The button is that of something earlier: say so and ask what is asked now."""


Next = Go | Done | Stay | Quiet | Old
# A step's draft and tap are typed where the step is written; here they are whatever they are.
Ask = Callable[[Turn, Any], Screen]
OnText = Callable[[Turn, Any, str], Awaitable[Next]]
OnFile = Callable[[Turn, Any, Any], Awaitable[Next]]
OnTap = Callable[[Turn, Any, Any], Awaitable[Next]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One question. `wants` says what kind of answer is needed when another kind came.

    `edited` hears of messages that the person edits meanwhile. `has_stickers`: `file` takes
    stickers and round videos too. `is_secret`: what is typed is taken out of the chat and kept
    nowhere.
    """

    ask: Ask
    wants: Callable[[Translator], Markup]
    text: OnText | None = None
    file: OnFile | None = None
    edited: OnText | None = None
    has_stickers: bool = False
    is_secret: bool = False
    taps: dict[type[Tap], OnTap] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A conversation: how it is entered, its steps, and what its draft is called in menus.

    `by` says whom it is for, at the door by the numbers of the button and then by those of the
    draft; `entry_by` where an entry is for others.
    `is_left_by_taps`: any button outside of it ends it, for what is written in it goes to others;
    those in `lets_through` do not, and ordinary handlers answer them.
    """

    name: str
    by: By
    draft: type
    steps: dict[str, Step]
    title: Callable[[Translator], str]
    commands: dict[str, Callable[[Turn], Awaitable[Next]]] = field(default_factory=dict)
    entries: dict[type[Tap], Callable[[Turn, Any], Awaitable[Next]]] = field(default_factory=dict)
    entry_by: dict[type[Tap], By] = field(default_factory=dict)
    is_left_by_taps: bool = False
    lets_through: frozenset[type[Tap]] = frozenset()

    @property
    def own_taps(self) -> frozenset[type[Tap]]:
        """The buttons of all its steps, those that enter it, and those that pass by."""
        steps = (step.taps for step in self.steps.values())
        return self.lets_through.union(self.entries, *steps)


@lru_cache(maxsize=64)
def _adapter(draft: type) -> TypeAdapter[Any]:
    return TypeAdapter(draft)


def to_json(flow: Flow, draft: object) -> dict[str, Any]:
    """The draft as the session keeps it."""
    assert isinstance(draft, flow.draft), "a flow keeps its own kind of draft"
    stored: dict[str, Any] = _adapter(flow.draft).dump_python(draft, mode="json")
    return stored


def from_json(flow: Flow, stored: dict[str, Any]) -> object:
    """The draft that the session kept; raises ValueError for one of another shape."""
    draft: object = _adapter(flow.draft).validate_python(stored)
    return draft


def taken_up(name: str, draft: type, **matter: object) -> object | None:
    """What this person has entered in that flow about this matter and not sent; it is live now.

    What the person was in the middle of is kept.
    """
    session = current().session

    def fits(stored: dict[str, Any]) -> bool:
        return matter.items() <= stored.items()

    is_live = session.flow == name and fits(session.draft)
    if is_live or session.resume(name, fits):
        return _adapter(draft).validate_python(session.draft)  # type: ignore[no-any-return]
    session.leave(keep=True)
    return None


def is_readable(flow: Flow, step: str | None, stored: dict[str, Any]) -> bool:
    """The step still exists and the draft still has this shape."""
    if step not in flow.steps:
        return False
    try:
        from_json(flow, stored)
    except ValidationError:
        return False
    return True
