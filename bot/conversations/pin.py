"""The own PIN: the old one where there is one, then the new one. Nothing typed here is kept."""

from dataclasses import dataclass

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, Step
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import StartPin
from bot.views import pins as views
from market.errors import NotFound, PinNeeded
from market.pin import Use
from market.rights import By
from services.registry import Services

OLD, NEW = "old", "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class PinDraft:
    """What is to become of it (bot.views.pins); the digits are never in it."""

    how: int


def flow(_services: Services) -> Flow:
    """The flow."""
    wants = views.wants_pin
    return Flow(
        name="pin",
        by=By.ANYBODY,
        draft=PinDraft,
        steps={
            OLD: Step(ask=_ask_old, wants=wants, text=on_old, is_secret=True),
            NEW: Step(ask=_ask_new, wants=wants, text=on_new, is_secret=True),
        },
        entries={StartPin: on_start},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("your PIN")


def _ask_old(turn: Turn, _draft: PinDraft) -> Screen:
    return views.old_question(turn.tr)


def _ask_new(turn: Turn, _draft: PinDraft) -> Screen:
    return views.new_question(turn.tr)


async def on_start(turn: Turn, tap: StartPin) -> Next:
    card, draft = await turn.services.pins.card(turn.person.id), PinDraft(how=tap.how)
    if tap.how not in {views.KEEP, views.REMOVE} or (tap.how == views.REMOVE and not card.is_set):
        raise NotFound("pin")
    return Go(OLD if card.is_set else NEW, draft)


async def on_old(turn: Turn, draft: PinDraft, text: str) -> Next:
    """Raises PinUnfit, PinWrong, PinLocked."""
    await turn.services.pins.prove(turn.command, text, Use.CHANGE)
    if draft.how == views.KEEP:
        return Go(NEW, draft)
    card = await turn.services.pins.remove(turn.command)
    screen = views.pin_screen(card, turn.policy, turn.tr)
    return Done(screen, views.removed_toast(turn.tr))


async def on_new(turn: Turn, draft: PinDraft, text: str) -> Next:
    """The old one counts for some minutes; after that it is asked for again."""
    try:
        card = await turn.services.pins.keep(turn.command, text)
    except PinNeeded:
        return Go(OLD, draft)
    screen = views.pin_screen(card, turn.policy, turn.tr)
    return Done(screen, views.kept_toast(turn.tr))
