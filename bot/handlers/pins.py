"""The own PIN by taps: looking at it, having forgotten it, and not having forgotten it."""

from bot.kit.routing import Route, tap
from bot.kit.turn import Turn
from bot.ui.taps import ForgetPin, RememberPin, ShowPin
from bot.views.pins import (
    SURE,
    forget_confirm,
    forgotten_toast,
    pin_screen,
    remembered_toast,
)
from market.pin import PinCard
from market.rights import By
from services.registry import Services


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [
        tap(services, ShowPin, on_show_pin, by=By.ANYBODY),
        tap(services, ForgetPin, on_forget_pin, by=By.ANYBODY),
        tap(services, RememberPin, on_remember_pin, by=By.ANYBODY),
    ]


async def on_show_pin(turn: Turn, _tap: ShowPin) -> None:
    await _show(turn, await turn.services.pins.card(turn.person.id))


async def on_forget_pin(turn: Turn, tap: ForgetPin) -> None:
    """Asked once more; then the PIN goes after a while, and the person hears of it."""
    if tap.sure != SURE:
        await turn.show(forget_confirm(turn.policy.windows.pin_reset_ms, turn.tr))
        return
    card = await turn.services.pins.forgot(turn.command)
    await turn.toast(forgotten_toast(turn.tr))
    await _show(turn, card)


async def on_remember_pin(turn: Turn, _tap: RememberPin) -> None:
    card = await turn.services.pins.remember(turn.command)
    await turn.toast(remembered_toast(turn.tr))
    await _show(turn, card)


async def _show(turn: Turn, card: PinCard) -> None:
    await turn.show(pin_screen(card, turn.policy, turn.tr))
