"""/deletemydata: asked twice, then the person is a number."""

from bot.kit.routing import Route, command, tap
from bot.kit.sessions import current
from bot.kit.turn import Turn
from bot.ui.taps import ForgetMe
from bot.views.forgetting import NOW, SURE, forget_confirm, forget_screen, forgotten_screen
from market.rights import By
from services.registry import Services


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [
        command(services, "deletemydata", on_delete_my_data, by=By.ANYBODY),
        tap(services, ForgetMe, on_forget_me, by=By.ANYBODY),
    ]


async def on_delete_my_data(turn: Turn) -> None:
    needs = await turn.services.privacy.needs(turn.person.id)
    await turn.show(forget_screen(needs, turn.tr, turn.policy))


async def on_forget_me(turn: Turn, tap: ForgetMe) -> None:
    """Whatever has come between the two questions is told in place of the second one."""
    needs = await turn.services.privacy.needs(turn.person.id)
    if tap.sure not in {SURE, NOW} or not needs.is_free:
        await on_delete_my_data(turn)
    elif tap.sure == SURE:
        await turn.show(forget_confirm(turn.tr))
    else:
        await turn.services.privacy.forget(turn.command)
        current().session.forget_all()
        await turn.show(forgotten_screen(turn.tr))
